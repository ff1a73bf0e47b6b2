"""Try a fill package through the engine that ships. Imports neither Qt nor onnxruntime itself."""

from __future__ import annotations

import math

import numpy as np

from assistant.engine.context import Query
from assistant.engine.fill import Filler
from assistant.engine.package import Package
from assistant.engine.trial import TOP, Answer, Answers, insane
from assistant.records import FillRequest, FillResult
from assistant.text.masks import find_spans

_TEXTS = (
    "春天来了，[MASK]开了。",
    "他[MASK][MASK]地走进教室，把书放在□上。",
    "Bubai 有 3 个[MASK]。",
)
_TOLERANCE = 0.05


def self_test(package: Package) -> None:
    """Fill some blanks. Raises ModelError when the answer is not sane."""
    filler = Filler(package)
    _check_distribution(package, filler)
    for text in _TEXTS:
        result = filler.fill(FillRequest(text, find_spans(text)))
        _check(package, result)


def open_answers(package: Package, labels: tuple[str, ...] = ()) -> Answers:
    """Load ``package``; return what fills the blanks of a text."""
    del labels
    filler = Filler(package)

    def answer(text: str) -> tuple[Answer, ...]:
        spans = find_spans(text)
        if not spans:
            return ()
        result = filler.fill(FillRequest(text, spans, TOP, joint=False))
        return tuple(
            Answer(
                fill.span.start_char,
                fill.span.end_char,
                tuple((candidate.text, candidate.confidence) for candidate in fill.candidates),
            )
            for fill in result.spans
        )

    return answer


def _check_distribution(package: Package, filler: Filler) -> None:
    """Look at the graph's own numbers: whole vocabulary, probabilities, the last id allowed."""
    vocabulary = filler.vocabulary
    ids = (vocabulary.cls, vocabulary.mask, vocabulary.size - 1, vocabulary.sep)
    (vector,) = filler.predictor.encoder_log_probs([Query(ids, 1, "", "")])
    if vector.shape != (vocabulary.size,):
        raise insane(package, f"{vector.shape} for a vocabulary of {vocabulary.size}")
    total = float(np.exp(vector.astype(np.float64)).sum())
    if np.isnan(vector).any() or not math.isclose(total, 1.0, abs_tol=_TOLERANCE):
        raise insane(package, "no probabilities")


def _check(package: Package, result: FillResult) -> None:
    for fill in result.spans:
        chances = [candidate.confidence for candidate in fill.candidates]
        if not chances:
            raise insane(package, "no candidates")
        if not all(math.isfinite(p) and 0 <= p <= 1 + _TOLERANCE for p in chances):
            raise insane(package, "no probabilities")
