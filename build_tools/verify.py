"""Check a package: ``python -m build_tools.verify PACKAGE --checkpoint DIR --write``.

A fill package, or with ``--task translate`` a translation package. Parity (FP32 graph against
torch, INT8 against FP32) and accuracy through ``assistant.engine``, the code that ships. Exits
with 1 when a bound is broken, and says which. ``--write`` puts the figures into the manifest and
the model card.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from assistant.engine.context import Context
from assistant.engine.fill import Filler
from assistant.engine.package import Package, load_package
from assistant.engine.search import SpanSearch
from assistant.records import MAX_WORD_CHARS, FillRequest, Span, Task
from build_tools import datasets, parity
from build_tools.accuracy import calibration_error, choice_accuracy, guesses, hit_rate
from build_tools.card import CARD_NAME, renew_figures
from build_tools.checkpoint import load_model
from build_tools.export_onnx import export
from build_tools.package_writer import new_folder, read_manifest, with_graph, write_manifest

MOST_DIFFERENCE = 1e-3
"""FP32 graph against torch, in ln P."""
LEAST_AGREEMENT = 0.93
"""Share of blanks with FP32's best token, and of its best five, in INT8."""
MOST_LOST = 0.02
"""How much ln P of the right character INT8 may cost on average."""
MOST_POINTS = 0.01
"""Share of right words that INT8 may lose against FP32."""
_BLANK = "□"
_LIMIT = 2200

Metrics = dict[str, Any]


class EngineScorer:
    """Scores through the engine, as the app does."""

    def __init__(self, filler: Filler) -> None:
        self._filler = filler

    def best(self, left: str, right: str, length: int | None, top: int) -> list[tuple[str, float]]:
        """Return the engine's candidates; see :class:`build_tools.accuracy.Scorer`."""
        span = Span(len(left), len(left) + 1, length)
        request = FillRequest(left + _BLANK + right, (span,), top, joint=False)
        candidates = self._filler.fill(request).spans[0].candidates
        return [(candidate.text, candidate.confidence) for candidate in candidates]

    def scores(self, left: str, right: str, words: Sequence[str]) -> list[float]:
        """Return the engine's confidences of ``words``, which are of one length."""
        span = Span(len(left), len(left) + 1, len(words[0]))
        request = FillRequest(left + _BLANK + right, (span,), 1, tuple(words), joint=False)
        return [word.confidence for word in self._filler.fill(request).spans[0].scored]

    def shares(self, left: str, right: str, words: Sequence[str]) -> list[float]:
        """Return the engine's probabilities of ``words`` given that one of them is right."""
        span = Span(len(left), len(left) + 1, None)
        request = FillRequest(left + _BLANK + right, (span,), 1, choices=tuple(words), joint=False)
        found = self._filler.fill(request).spans[0].choices
        return [{choice.text: choice.confidence for choice in found}[word] for word in words]


def measure_parity(
    package: Package, checkpoint: str, fp32: Path, data: Path, limit: int
) -> Metrics:
    """Compare torch, the FP32 graph and the package's INT8 graph at real blanks."""
    tokenizer = Tokenizer.from_file(str(package.path(package.manifest.tokenizer)))
    items = datasets.cft_characters(data / "cft.test.auto.xz", seed=0, limit=limit)
    rows = parity.encode(tokenizer, items)
    few = rows[:: max(1, len(rows) // 64)]
    feeder = Filler(package).predictor.feeder
    with_torch = parity.predict_with_torch(load_model(checkpoint), few, feeder)
    difference = parity.largest_difference(with_torch, parity.predict(fp32, few, feeder))
    reference = parity.predict(fp32, rows, feeder)
    predicted = parity.predict(package.path(package.manifest.model), rows, feeder)
    same = parity.agreement(reference, predicted)
    return {
        "fp32_graph_against_torch_largest_difference_ln_p": difference,
        "int8_against_fp32": {
            "same_best_token": same.top1,
            "common_among_best_five": same.top5,
            "largest_difference_ln_p_of_best_five": same.largest,
            "mean_ln_p_of_right_character_fp32": parity.mean_log_prob(reference, tokenizer, items),
            "mean_ln_p_of_right_character_int8": parity.mean_log_prob(predicted, tokenizer, items),
            "blanks": same.count,
        },
    }


def measure_accuracy(package: Package, data: Path, limit: int) -> Metrics:
    """Fill the development sets through the engine."""
    filler = Filler(package)
    scorer = EngineScorer(filler)
    accepted = datasets.acceptance(data / "acceptance_fill_30.tsv")
    cft = data / "cft.test.auto.xz"
    few = max(1, limit // 2)
    idioms = [*_chid(data, "dev"), *_chid(data, "train")]
    return {
        "acceptance_30_length_known": _hits(scorer, accepted, length_known=True),
        "acceptance_30_length_unknown": _hits(scorer, accepted, length_known=False),
        "cft_one_character": _hits(
            scorer, datasets.cft_characters(cft, seed=0, limit=limit), length_known=True
        ),
        "cft_one_word_length_known": _hits(
            scorer, datasets.cft_words(cft, seed=0, limit=limit), length_known=True
        ),
        "cft_one_word_length_unknown": _hits(
            scorer, datasets.cft_words(cft, seed=0, limit=limit), length_known=False
        ),
        "cft_as_people_mark_length_unknown": _hits(
            scorer, datasets.cft_marked(cft, seed=0, limit=limit), length_known=False
        ),
        "cloze_words_length_unknown": _hits(
            scorer, datasets.cloze_words(data, limit=few), length_known=False
        ),
        "word_length_right": _right_lengths(filler, datasets.cft_words(cft, seed=0, limit=few)),
        "chid_7_choices": choice_accuracy(scorer.scores, idioms),
        "chid_7_choices_compared": choice_accuracy(scorer.shares, idioms),
        "ccpm_4_choices": choice_accuracy(
            scorer.scores, list(filter(_fits, datasets.ccpm(data / "ccpm.valid.jsonl.xz")))[:few]
        ),
    }


def _chid(data: Path, part: str) -> list[datasets.Choice]:
    return datasets.chid(data / f"chid.{part}_few_all.json.xz")


def _fits(choice: datasets.Choice) -> bool:
    """Tell whether the words can be asked of one blank: of one length, and short enough."""
    lengths = {len(word) for word in choice.choices}
    return len(lengths) == 1 and max(lengths) <= MAX_WORD_CHARS


def _right_lengths(filler: Filler, items: Sequence[datasets.Item]) -> float:
    """Return the share of blanks of unknown length whose likeliest length is right."""
    right = 0
    for item in items:
        span = Span(len(item.left), len(item.left) + 1, None)
        text = item.left + _BLANK + item.right
        context = Context(filler.vocabulary, text, (span,), filler.budget_chars)
        search = SpanSearch(filler.predictor, filler.vocabulary, context)
        lengths = search.lengths(context.open_slots(), 0)
        right += max(lengths, key=lengths.__getitem__) == item.length
    return right / len(items)


def _hits(scorer: EngineScorer, items: Sequence[datasets.Item], *, length_known: bool) -> Metrics:
    results = guesses(scorer, items, length_known=length_known)
    return {
        "hit_at_1": hit_rate(results, 1),
        "hit_at_5": hit_rate(results, 5),
        "calibration_error": calibration_error(results),
        "blanks": len(results),
    }


def broken_bounds(metrics: Metrics, floors: dict[str, float]) -> list[str]:
    """Return a sentence for each bound that ``metrics`` break.

    ``floors`` are least values of figures, named ``group.figure``.
    """
    broken = _broken_parity(metrics["parity"]) if metrics.get("parity") else []
    if "accuracy_fp32" in metrics:
        broken += _lost_by_int8(metrics["accuracy_fp32"], metrics["accuracy"])
    for name, least in floors.items():
        value: Any = metrics
        for key in name.split("."):
            value = value[key]
        if not value >= least:
            broken.append(f"{name} is {value:.4f}, at least {least} is asked")
    return broken


def _lost_by_int8(fp32: Metrics, int8: Metrics) -> list[str]:
    """Name each set on which INT8 loses more than ``MOST_POINTS``, and more than two blanks."""
    broken = []
    for name, found in fp32.items():
        if not isinstance(found, dict):
            continue
        lost = found["hit_at_1"] - int8[name]["hit_at_1"]
        if lost > max(MOST_POINTS, 2 / found["blanks"]):
            broken.append(f"INT8 loses {lost:.3f} of hit@1 on {name}")
    return broken


def _broken_parity(found: Metrics) -> list[str]:
    broken = []
    difference = found["fp32_graph_against_torch_largest_difference_ln_p"]
    if not difference <= MOST_DIFFERENCE:
        broken.append(f"the FP32 graph differs from torch by {difference:.2g} in ln P")
    int8 = found["int8_against_fp32"]
    for name in ("same_best_token", "common_among_best_five"):
        if not int8[name] >= LEAST_AGREEMENT:
            broken.append(f"INT8 against FP32, {name} is {int8[name]:.3f}")
    lost = int8["mean_ln_p_of_right_character_fp32"] - int8["mean_ln_p_of_right_character_int8"]
    if not lost <= MOST_LOST:
        broken.append(f"INT8 loses {lost:.3f} of ln P of the right character")
    return broken


def write_metrics(folder: Path, metrics: Metrics) -> None:
    """Put ``metrics`` into the manifest and the card of the package ``folder``.

    Groups of figures that are not among them stay as they are.
    """
    metrics = {**read_manifest(folder)["metrics"], **metrics}
    with new_folder(folder) as work:
        for path in folder.iterdir():
            (work / path.name).write_bytes(path.read_bytes())
        card = work / CARD_NAME
        text = renew_figures(card.read_text(encoding="utf-8"), metrics)
        card.write_text(text, encoding="utf-8", newline="\n")
        write_manifest(work, {**read_manifest(work), "metrics": metrics})


def verify(
    folder: Path, data: Path, limit: int, checkpoint: str | None, fp32: Path | None
) -> Metrics:
    """Return all figures of the package in ``folder``.

    Parity, and the accuracy of the FP32 graph in the package's place, only with a checkpoint.
    """
    package = load_package(folder, Task.FILL)
    metrics: Metrics = {}
    with tempfile.TemporaryDirectory() as work:
        if checkpoint is not None:
            if fp32 is None:
                fp32 = Path(work) / "plain.onnx"
                export(checkpoint, fp32)
            metrics["parity"] = measure_parity(package, checkpoint, fp32, data, limit)
            with_graph(folder, fp32, Path(work) / "fp32")
            plain = load_package(Path(work) / "fp32", Task.FILL, verify=False)
            metrics["accuracy_fp32"] = measure_accuracy(plain, data, limit)
        metrics["accuracy"] = measure_accuracy(package, data, limit)
    return metrics


def main() -> int:
    """Parse the command line, measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/dev"))
    parser.add_argument("--checkpoint", help="directory or hub name, to check parity with")
    parser.add_argument("--fp32", type=Path, help="its FP32 graph; exported anew if not given")
    parser.add_argument("--limit", type=int, help="blanks, or sentences, of the largest set")
    parser.add_argument("--task", choices=("fill", "understand", "translate"), default="fill")
    parser.add_argument("--baseline", type=Path, help="understand: what finetune baseline wrote")
    parser.add_argument(
        "--floor",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="least figure, such as accuracy.cft_one_character.hit_at_1=0.28; may be repeated",
    )
    parser.add_argument("--write", action="store_true", help="write figures into the package")
    options = parser.parse_args()
    floors = {name: float(value) for name, value in (f.split("=") for f in options.floor)}
    start = time.perf_counter()
    if options.task == "translate":
        # Needs sacrebleu, which checking a fill package does not.
        from build_tools import verify_translation as other

        metrics = other.verify_translation(
            options.package, options.data, options.limit, options.checkpoint
        )
        broken = other.broken_bounds(metrics) + broken_bounds({**metrics, "parity": {}}, floors)
    elif options.task == "understand":
        from build_tools import verify_understand as reader  # loads no torch

        limit = options.limit or reader.LIMIT
        known = json.loads(options.baseline.read_text("utf-8")) if options.baseline else None
        metrics = reader.verify_understand(
            options.package, options.data, limit, options.fp32, known
        )
        broken = reader.broken(metrics) + broken_bounds(metrics, floors)
    else:
        limit = options.limit or _LIMIT
        metrics = verify(options.package, options.data, limit, options.checkpoint, options.fp32)
        broken = broken_bounds(metrics, floors)
    _print(metrics)
    print(f"{time.perf_counter() - start:.0f} s")
    for sentence in broken:
        print(f"FAILED: {sentence}", file=sys.stderr)
    if options.write and not broken:
        write_metrics(options.package, metrics)
    return 1 if broken else 0


def _print(metrics: Metrics, indent: str = "") -> None:
    for key, value in metrics.items():
        if isinstance(value, dict):
            print(f"{indent}{key}")
            _print(value, indent + "  ")
        else:
            print(f"{indent}{key}: {value if isinstance(value, str) else f'{value:.4g}'}")


if __name__ == "__main__":
    sys.exit(main())
