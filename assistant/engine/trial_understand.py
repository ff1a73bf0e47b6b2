"""Try an understand package through the engine that ships: sentiment, labels, or both.

Imports neither Qt nor onnxruntime itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from assistant.engine.package import Package
from assistant.engine.trial import Answer, Answers, insane
from assistant.engine.understand import Understander
from assistant.errors import InputError

_TEXTS = (
    "这家饭馆的菜很好吃，服务员也热情。",
    "等了一个小时才上菜，还是凉的！以后再也不来了。",
    "会议改到星期三下午三点。Room 305。",
)
_LABELS = ("餐饮", "体育", "会议安排")
_TOLERANCE = 1e-3


def self_test(package: Package) -> None:
    """Judge some sentences. Raises ModelError when the answer is not sane."""
    understander = Understander(package)
    if package.manifest.sentiment is not None:
        for text in _TEXTS:
            mood = understander.sentiment.analyse(text)
            for verdict in (mood, *mood.sentences):
                _check(package, (verdict.confidence, verdict.positivity))
    if package.manifest.entailment is not None:
        for multi in (False, True):
            result = understander.labels.classify(_TEXTS[0], _LABELS, multi=multi)
            if {score.label for score in result.labels} != set(_LABELS):
                raise insane(package, "labels are missing")
            _check(package, (score.confidence for score in result.labels))


def open_answers(package: Package, labels: tuple[str, ...] = ()) -> Answers:
    """Load ``package``; return what judges a text: among ``labels``, else its sentiment."""
    understander = Understander(package)
    manifest = package.manifest
    if manifest.sentiment is None and not labels:
        raise insane(package, "no labels were given, and it has no sentiment")

    def answer(text: str) -> tuple[Answer, ...]:
        try:
            if labels:
                found = understander.labels.classify(text, labels)
                options = tuple((score.label, score.confidence) for score in found.labels)
            else:
                mood = understander.sentiment.analyse(text)
                options = ((mood.polarity.value, mood.confidence),)
        except InputError:  # a line without Chinese, for example
            return ()
        return (Answer(0, len(text), options),)

    return answer


def _check(package: Package, chances: Iterable[float]) -> None:
    if not all(math.isfinite(p) and -_TOLERANCE <= p <= 1 + _TOLERANCE for p in chances):
        raise insane(package, "no probabilities")
