"""Check an understand package: ``python -m build_tools.verify PACKAGE --task understand``.

Development sets through ``assistant.engine``, the code that ships: sentiment, labels the model was
trained on, pairs, and label sets it has never seen. With ``fp32`` both graphs on the same texts,
fewer of them.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.engine.classifier import Classifier
from assistant.engine.labels import Labeller
from assistant.engine.package import load_package
from assistant.engine.sentiment import SentimentAnalyser
from assistant.records import Task
from assistant.text.characters import has_han
from build_tools.accuracy import Guess, calibration_error
from build_tools.package_writer import with_graph
from build_tools.polarity_sets import polarity_sets
from build_tools.understand_sets import (
    JUDGED_SETS,
    Judged,
    Labelled,
    LabelSet,
    Pair,
    judged,
    label_set,
    pairs,
    some,
)

MOST_LOST = 0.01
"""Accuracy that INT8 may cost, on average over the rows."""
LIMIT = 3000
"""Texts per set."""
_COMPARED, _COMPARED_PAIRS = 300, 3_000
"""Texts per set, and texts × labels, on which INT8 and FP32 are compared."""
_LABELLED = ("tnews", "sib200", "smp2020", "csldcp", "iflytek")
_PAIRS_PER_SET = 150_000
"""Texts of a label set are limited so that texts × labels stay below this."""
Metrics = dict[str, Any]


def verify_understand(
    folder: Path,
    data: Path,
    limit: int,
    fp32: Path | None,
    baseline: dict[str, float] | None = None,
) -> Metrics:
    """Return all figures of the package in ``folder``; ``limit`` is of texts per set.

    ``baseline``: accuracy of linear models by set, put beside the package's.
    """
    found = _measure(folder, data, limit, _PAIRS_PER_SET)
    for name, least in (baseline or {}).items():
        if name in found:
            found[name]["linear_baseline"] = least
    metrics: Metrics = {"accuracy": found}
    if fp32 is not None:
        with tempfile.TemporaryDirectory() as work:
            other = Path(work) / "fp32"
            with_graph(folder, fp32, other)
            few = min(limit, _COMPARED)
            both = [_measure(one, data, few, _COMPARED_PAIRS) for one in (folder, other)]
            metrics["int8_against_fp32"] = _compared(*both)
    return metrics


def broken(metrics: Metrics) -> list[str]:
    """Return a sentence for each bound that ``metrics`` break."""
    lost = metrics.get("int8_against_fp32", {}).get("mean_accuracy_lost", 0.0)
    return [] if lost <= MOST_LOST else [f"INT8 loses {lost:.3f} of accuracy on average"]


def _measure(folder: Path, data: Path, limit: int, most_pairs: int) -> Metrics:
    classifier = Classifier(load_package(folder, Task.UNDERSTAND))
    found: Metrics = {}
    if classifier.manifest.sentiment is not None:
        analyser = SentimentAnalyser(classifier)
        for name in JUDGED_SETS:
            items = some(judged(data / f"{name}_dev.tsv.xz"), limit, 0)
            found[name] = sentiment_figures(analyser, items)
            print(name, found[name], flush=True)
        for name, sentences in polarity_sets(data).items():
            found[name] = polarity_figures(analyser, some(sentences, limit, 0))
            print(name, found[name], flush=True)
    if classifier.manifest.entailment is not None:
        found["ocnli"] = pair_figures(classifier, some(pairs(data / "ocnli_dev.tsv.xz"), limit, 0))
        print("ocnli", found["ocnli"], flush=True)
        labeller = Labeller(classifier)
        for name in _LABELLED:
            whole = label_set(data, name)
            most = min(limit, most_pairs // len(whole.labels))
            found[name] = label_figures(labeller, label_set(data, name, most))
            print(name, found[name], flush=True)
    return found


def sentiment_figures(analyser: SentimentAnalyser, items: Sequence[Judged]) -> Metrics:
    """Judge whole texts; the better of the two sides counts, neutral or not."""
    guesses, neutral = [], 0
    for item in items:
        verdict = analyser.analyse(item.text)
        sure = max(verdict.positivity, 1 - verdict.positivity)
        guesses.append(_guess(sure, (verdict.positivity > 0.5) == item.positive))
        neutral += verdict.polarity.value == "neutral"
    return {**_figures(guesses), "called_neutral": neutral / len(items)}


def polarity_figures(analyser: SentimentAnalyser, sentences: Sequence[Labelled]) -> Metrics:
    """Judge sentences: negative, neutral and positive count alike."""
    guesses, right = [], Counter[str]()
    for sentence in sentences:
        verdict = analyser.analyse(sentence.text)
        is_right = verdict.polarity.value == sentence.label
        guesses.append(_guess(verdict.confidence, is_right))
        right[sentence.label] += is_right
    return {**_figures(guesses), **{f"{name}_found": count for name, count in right.items()}}


def pair_figures(classifier: Classifier, items: Sequence[Pair]) -> Metrics:
    """Infer pairs with the entailment head, all its classes."""
    head = classifier.manifest.entailment
    assert head is not None
    tokenizer = classifier.tokenizer
    known = [item for item in items if item.label in head.labels]
    firsts = tokenizer.ids([item.premise for item in known])
    seconds = tokenizer.ids([item.hypothesis for item in known])
    rows = [tokenizer.pair(one, two) for one, two in zip(firsts, seconds, strict=True)]
    best = classifier.logits(rows, head).argmax(axis=1)
    right = sum(head.labels[i] == item.label for i, item in zip(best, known, strict=True))
    return {"accuracy": right / len(known), "texts": len(known)}


def label_figures(labeller: Labeller, found: LabelSet) -> Metrics:
    """Choose one label of the set for each text; the engine reads none without Chinese."""
    guesses = []
    for item in found.texts:
        if not has_han(item.text):
            guesses.append(_guess(0.0, is_right=False))
            continue
        best = labeller.classify(item.text, found.labels, found.template).labels[0]
        guesses.append(_guess(best.confidence, best.label == item.label))
    return {**_figures(guesses), "labels": len(found.labels)}


def _guess(confidence: float, is_right: bool) -> Guess:
    return Guess(confidence, 1 if is_right else None)


def _figures(guesses: Sequence[Guess]) -> Metrics:
    return {
        "accuracy": sum(guess.place == 1 for guess in guesses) / len(guesses),
        "calibration_error": calibration_error(guesses),
        "texts": len(guesses),
    }


def _compared(int8: Metrics, fp32: Metrics) -> Metrics:
    lost = {name: fp32[name]["accuracy"] - int8[name]["accuracy"] for name in int8}
    return {
        "texts": {name: figures["texts"] for name, figures in int8.items()},
        **{f"{name}_int8": int8[name]["accuracy"] for name in int8},
        **{f"{name}_fp32": fp32[name]["accuracy"] for name in int8},
        "mean_accuracy_lost": sum(lost.values()) / len(lost),
        "most_accuracy_lost": max(lost.values()),
    }
