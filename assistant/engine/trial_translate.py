"""Try a translate package through the engine that ships.

Imports neither Qt nor onnxruntime itself.
"""

from __future__ import annotations

import math

import numpy as np

from assistant.engine.package import Package
from assistant.engine.translate import GREEDY, Translator
from assistant.engine.trial import Answer, Answers, insane

_TEXTS = ("今天天气很好。", "我们下午三点在图书馆见面。", "GPU 的价格涨了 5%！")
_TOLERANCE = 0.05


def self_test(package: Package) -> None:
    """Translate some sentences both ways. Raises ModelError when the answer is not sane."""
    translator = Translator(package)
    _check_first_step(package, translator)
    # The better way once: a model that never ends its sentences takes a minute for each.
    jobs = [(text, GREEDY) for text in _TEXTS] + [(_TEXTS[0], translator.max_beams)]
    for text, beams in jobs:
        found = translator.translate(text, beams)
        if not found.sentences:
            raise insane(package, "no sentences")
        scores = [sentence.score for sentence in found.sentences]
        if not all(math.isfinite(p) and 0 <= p <= 1 + _TOLERANCE for p in scores):
            raise insane(package, "no probabilities")


def open_answers(package: Package, labels: tuple[str, ...] = ()) -> Answers:
    """Load ``package``; return what translates the sentences of a text."""
    del labels
    translator = Translator(package)

    def answer(text: str) -> tuple[Answer, ...]:
        return tuple(
            Answer(one.start_char, one.end_char, ((one.target, one.score),))
            for one in translator.translate(text).sentences
        )

    return answer


def _check_first_step(package: Package, translator: Translator) -> None:
    """Look at the graph's own numbers: shapes, order, ids of the vocabulary, probabilities."""
    model = translator.model
    sources = [model.encode_text(text)[: model.max_source] for text in _TEXTS]
    if not all(sources):
        raise insane(package, "no tokens")
    log_probs, ids = model.read(sources).write([model.start] * len(sources), range(len(sources)))
    shape = (1, len(sources), model.top_k)
    if log_probs.shape != shape or ids.shape != shape:
        raise insane(package, f"{log_probs.shape} instead of {shape}")
    if ids.min() < 0 or ids.max() >= package.manifest.vocab_size:
        raise insane(package, "ids beyond the vocabulary")
    if not np.isfinite(log_probs).all() or (np.exp(log_probs).sum(axis=2) > 1 + _TOLERANCE).any():
        raise insane(package, "no probabilities")
    if (np.diff(log_probs, axis=2) > 0).any():
        raise insane(package, "not the best first")
