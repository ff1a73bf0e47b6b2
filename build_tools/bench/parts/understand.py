"""Sentiment and labels: our model against PyTorch, BERT's shape against transformers."""

from __future__ import annotations

from build_tools.bench.contest import Case, Contest, Variant, hold
from build_tools.bench.long_text import long_sentences
from build_tools.bench.made import Maker
from build_tools.bench.section import Section, contest_table, faster
from build_tools.bench.settings import Settings
from build_tools.bench.texts import LABELS, REVIEW

_SIZES = (20, 60, 120)
_SENTENCES, _FEW = 1000, 100


def run(settings: Settings) -> list[Section]:
    """Hold the contest of our model."""
    package = str(Maker(settings).own("understand"))
    weights = {"checkpoint": str(Maker(settings).own_checkpoint("understand"))}
    variants = (
        Variant("engine", "补白 INT8", "understand.engine", {"package": package}),
        Variant("torch-int8", "PyTorch dynamic INT8", "understand.eager",
                {**weights, "int8": True}),
        Variant("torch", "PyTorch eager FP32", "understand.eager", weights),
    )  # fmt: skip
    contest = Contest("understand", variants, (*_sentiment_cases(), _label_case()))
    repeats = hold(contest, settings)
    section = Section("Sentiment and labels, our model", [contest_table(contest, repeats)])
    section.body.append(
        "For PyTorch the text with each label is a row, all rows one batch; the engine may put "
        "several labels in a row. The engine judges each sentence and the text as a whole."
    )
    for case in contest.cases:
        name = f"understand {case.name}: engine INT8 / PyTorch FP32"
        section.ratios.append(faster(name, repeats, "torch", "engine", case.name))
    return [section]


def run_bert(settings: Settings) -> list[Section]:
    """Hold the contests of bert-base-chinese's shape: sentiment, then labels."""
    maker = Maker(settings)
    sections: list[Section] = []
    labels = Case(_label_case().name, _label_case().payloads, 1 if settings.quick else 2, 1)
    for kind, task, cases in (
        ("sentiment", "text-classification", _sentiment_cases()),
        ("understand", "zero-shot-classification", (labels,)),
    ):
        weights = {"checkpoint": str(maker.checkpoint(kind)), "task": task}
        ours = {int8: {"package": str(maker.bert_understand(kind, int8))} for int8 in (True, False)}
        variants = (
            Variant("engine", "补白 INT8", "understand.engine", ours[True]),
            Variant("engine-fp32", "补白's engine, ORT FP32", "understand.engine", ours[False]),
            Variant("torch-int8", f"{task}, PyTorch dynamic INT8", "understand.transformers",
                    {**weights, "int8": True}),
            Variant("transformers", f"{task}, PyTorch FP32", "understand.transformers", weights),
        )  # fmt: skip
        contest = Contest(f"bert-{kind}", variants, cases)
        repeats = hold(contest, settings)
        title = "Labels" if kind == "understand" else "Sentiment"
        section = Section(
            f"{title}, the shape of bert-base-chinese", [contest_table(contest, repeats)]
        )
        for case in cases:
            name = f"bert-base {case.name}: engine INT8 / transformers FP32"
            section.ratios.append(faster(name, repeats, "transformers", "engine", case.name))
        sections.append(section)
    return sections


def run_documents(settings: Settings) -> list[Section]:
    """Judge 1,000 sentences: time per sentence."""
    count = 50 if settings.quick else _SENTENCES
    case = Case(f"{count} sentences", ({"sentences": long_sentences(count)},), 1, 0)
    few = Case(f"{_FEW} sentences", ({"sentences": long_sentences(count)[:_FEW]},), 1, 0)
    maker = Maker(settings)
    package = {"package": str(maker.own("understand"))}
    weights = {"checkpoint": str(maker.own_checkpoint("understand"))}
    variants = (
        Variant("rows", "补白 INT8, sentences only", "understand.classifier", package),
        Variant("engine", "补白 INT8, and the text as a whole", "understand.engine", package),
        Variant("torch", "PyTorch eager FP32, sorted, 16 together", "understand.eager", weights),
    )
    own = _document("our model", Contest("document", variants, (case,)), settings)
    package = {"package": str(maker.bert_understand("sentiment", int8=True))}
    weights = {"checkpoint": str(maker.checkpoint("sentiment")), "task": "text-classification"}
    variants = (
        Variant("rows", "补白 INT8, sentences only", "understand.classifier", package),
        Variant("transformers", "transformers, PyTorch FP32, 16 together",
                "understand.transformers", weights),
    )  # fmt: skip
    contest = Contest("bert-document", variants, (few,))
    return [own, _document("the shape of bert-base-chinese", contest, settings)]


def _document(what: str, contest: Contest, settings: Settings) -> Section:
    repeats = hold(contest, settings)
    body = [contest_table(contest, repeats), "Milliseconds are those of one sentence."]
    slow, case = contest.variants[-1].name, contest.cases[0].name
    name = f"document of sentences, {what}: engine INT8 / PyTorch FP32"
    return Section(f"A document, {what}", body, [faster(name, repeats, slow, "rows", case)])


def _sentiment_cases() -> tuple[Case, ...]:
    return tuple(
        Case(f"{size} characters", ({"text": REVIEW[: size - 1] + "。"},) * 2) for size in _SIZES
    )


def _label_case() -> Case:
    payload = {"text": REVIEW[:119] + "。", "labels": list(LABELS)}
    return Case(f"{len(LABELS)} labels, 120 characters", (payload,))
