"""Fill: our model and bert-base-chinese's shape against transformers, text in → top-5 out."""

from __future__ import annotations

from pathlib import Path
from random import Random

from build_tools.bench.contest import Case, Contest, Repeat, Variant, hold, pooled
from build_tools.bench.long_text import long_sentences
from build_tools.bench.made import Maker
from build_tools.bench.samples import median
from build_tools.bench.section import Ratio, Section, contest_table, faster, span, speed_ups, table
from build_tools.bench.settings import Settings
from build_tools.bench.texts import LENGTHS, texts, with_blank

_TOKENS = (32, 128, 512)
_ANSWERS = "blanks"
_BLANKS, _BERT_BLANKS = 200, 60


def run(settings: Settings) -> list[Section]:
    """Hold the contest of our model."""
    maker = Maker(settings)
    int8, fp32, checkpoint = maker.own("fill"), maker.own_fill_fp32(), maker.own_checkpoint("fill")
    forward = Variant("forward", "one forward pass", "fill.forward", {"package": str(int8)})
    known, unknown, *others = _variants(int8, fp32, checkpoint, unknown=True)
    variants = (known, unknown, forward, *others)
    cases = tuple(Case(f"{size} characters", tuple(texts(size))) for size in LENGTHS)
    contest = Contest("fill", variants, (*cases, _answers(_BLANKS)))
    repeats = hold(contest, settings)
    section = Section("Fill, our model", [contest_table(contest, repeats)])
    section.body.append(
        "Text in, five best fills out. The engine reads the phrase memory too and at most "
        "126 characters around the blank; the others fill one token and read all. "
        "“One forward pass” runs the encoder once on the longest row of an unknown length."
    )
    for case, target in zip(cases, (8.0, 6.0), strict=True):
        name = f"fill {case.name}: engine INT8 / transformers FP32"
        section.ratios.append(faster(name, repeats, "transformers", "engine", case.name, target))
        section.ratios += _engine_ratios(repeats, case.name)
    section.body += [_inside(contest, repeats), *_accuracy(contest, repeats)]
    return [section]


def run_bert(settings: Settings) -> list[Section]:
    """Hold the contest of bert-base-chinese's shape with random weights."""
    maker = Maker(settings)
    checkpoint = maker.checkpoint("fill")
    int8, fp32 = maker.bert_fill(int8=True), maker.bert_fill(int8=False)
    cases = tuple(
        # [CLS], [SEP] and the blank are tokens like the characters.
        Case(f"{size} tokens", tuple(texts(size - 2)[: 1 if size > 128 else 3]))
        for size in (_TOKENS[:1] if settings.quick else _TOKENS)
    )
    variants = _variants(int8, fp32, checkpoint, unknown=False)
    contest = Contest("bert", variants, (*cases, _answers(_BERT_BLANKS)))
    repeats = hold(contest, settings)
    section = Section("Fill, the shape of bert-base-chinese", [contest_table(contest, repeats)])
    section.body.append(
        "12 layers of 768, 21,128 words, random weights: speed does not depend on them."
    )
    for case in cases:
        targets = (6.5, 3.3) if case.name == "128 tokens" else (None, None)
        for peer, what, target in zip(
            ("transformers", "engine-fp32"), ("transformers FP32", "ORT FP32"), targets, strict=True
        ):
            name = f"bert-base fill {case.name}: engine INT8 / {what}"
            section.ratios.append(faster(name, repeats, peer, "engine", case.name, target))
    section.body += _accuracy(contest, repeats)
    memory = [one["engine"].resident_mb / one["transformers"].resident_mb for one in repeats]
    section.ratios.append(
        Ratio("bert-base fill: memory, engine / transformers", tuple(memory), higher=False)
    )
    return [section]


def _variants(int8: Path, fp32: Path, checkpoint: Path, *, unknown: bool) -> tuple[Variant, ...]:
    small, plain, weights = (
        {"package": str(int8)},
        {"package": str(fp32)},
        {"checkpoint": str(checkpoint)},
    )
    found = [Variant("engine", "补白 INT8", "fill.engine", {**small, "length": 1})]
    if unknown:
        found.append(
            Variant(
                "unknown", "补白 INT8, unknown length", "fill.engine", {**small, "length": None}
            )
        )
    found += [
        Variant("engine-fp32", "补白's engine, ORT FP32", "fill.engine", {**plain, "length": 1}),
        Variant(
            "torch-int8", "transformers, PyTorch dynamic INT8", "fill.transformers",
            {**weights, "int8": True},
        ),
        Variant("transformers", "transformers, PyTorch FP32", "fill.transformers", weights),
    ]  # fmt: skip
    return tuple(found)


def _engine_ratios(repeats: list[Repeat], case: str) -> list[Ratio]:
    outside = [1 - _inside_share(repeat, "engine", case) for repeat in repeats]
    unknown = speed_ups(repeats, "unknown", "forward", case)
    return [
        Ratio(f"fill {case}: Python around session.run", tuple(outside), 0.2, False, 0.3),
        Ratio(f"fill {case}: unknown length / one forward pass", tuple(unknown), 3.0, False),
    ]


def _inside_share(repeat: Repeat, variant: str, case: str) -> float:
    samples = repeat[variant].cases[case]
    return median([i / wall for i, wall in zip(samples.inside, samples.wall, strict=True)])


def _inside(contest: Contest, repeats: list[Repeat]) -> str:
    rows: list[list[str]] = []
    for variant in contest.variants:
        if variant.maker != "fill.engine":
            continue
        for case in (case for case in contest.cases if case.is_timed):
            inside = pooled(repeats, variant.name, case.name, "inside")
            wall = pooled(repeats, variant.name, case.name, "wall")
            shares = [1 - _inside_share(repeat, variant.name, case.name) for repeat in repeats]
            rows.append(
                [variant.description, case.name, f"{median(wall):.2f}", f"{median(inside):.2f}",
                 span(shares)]
            )  # fmt: skip
    return table(["", "text", "whole, ms", "inside session.run, ms", "share of Python"], rows)


def _answers(count: int) -> Case:
    return Case(_ANSWERS, tuple(blank for blank, _ in _hidden(count)), 1, 0, is_timed=False)


def _hidden(count: int) -> list[tuple[str, str]]:
    """Return ``count`` sentences with any one character hidden, and those characters."""
    chance = Random(5)
    sentences = long_sentences(count, seed=5)
    blanks = [with_blank(sentence, chance) for sentence in sentences]
    return [
        (blank, sentence[blank.index("[MASK]")])
        for blank, sentence in zip(blanks, sentences, strict=True)
    ]


def _accuracy(contest: Contest, repeats: list[Repeat]) -> list[str]:
    """Say how often each variant's best fill is the hidden character, and transformers'."""
    hidden = [character for _, character in _hidden(len(contest.cases[-1].payloads))]
    best = {
        variant.name: repeats[0][variant.name].cases[_ANSWERS].extras["best"]
        for variant in contest.variants
        if variant.name != "forward"
    }
    names = {variant.name: variant.description for variant in contest.variants}
    rows = [
        [names[name], *(f"{_share(found, other):.3f}" for other in (hidden, best["transformers"]))]
        for name, found in best.items()
    ]
    head = ["", "the hidden character is best", "the same is best as in transformers FP32"]
    return [f"{len(best['engine'])} blanks in sentences of our own:", table(head, rows)]


def _share(one: list[str], other: list[str]) -> float:
    return sum(a == b for a, b in zip(one, other, strict=False)) / len(one)
