"""Translate single sentences, and say how far to trust what came out.

Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.engine.cancel import Cancel
from assistant.engine.decoding import Hypothesis, Rules, beam_search, greedy
from assistant.engine.translation_guards import (
    is_loop,
    most_tokens,
    said_again,
    without_loops,
)
from assistant.engine.translation_model import TranslationModel
from assistant.text.characters import has_han
from assistant.text.protected import find_protected, lost
from assistant.text.segments import pieces_of

_NO_REPEAT = 3
"""A sentence that goes round in circles is written anew without any three tokens coming twice."""
_DOUBTFUL_BELOW = 0.2
_WESTERN = str.maketrans("。、，；：！？（）《》【】“”‘’", '.,,;:!?()""[]""\'\'')


@dataclass(frozen=True, slots=True)
class Translated:
    """A sentence's translation.

    ``score`` is the geometric mean of the tokens' probabilities; ``is_doubtful`` tells that it is
    low, or that a guard warns.
    """

    text: str
    score: float
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a sentence; ``sentence`` is which one, no ``ids`` mean that it is copied."""

    sentence: int
    text: str
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Written:
    """What came of a piece; ``is_whole`` is False where a loop or the limit cut it off."""

    text: str
    log_prob: float = 0.0
    tokens: int = 0
    is_whole: bool = True


class SentenceTranslator:
    """Translates sentences with one model; remembers nothing."""

    def __init__(self, model: TranslationModel, settings: Mapping[str, Any]) -> None:
        """Take ``doubtful_below``, ``max_source`` and ``max_target`` (tokens) from ``settings``."""
        self._model = model
        self._doubtful_below = float(settings.get("doubtful_below", _DOUBTFUL_BELOW))
        self._max_source = min(int(settings.get("max_source", 10**6)), model.max_source)
        self._max_target = int(settings.get("max_target", 2 * model.max_source))

    def translate(
        self, sentences: Sequence[str], beams: int, cancel: Cancel | None = None
    ) -> list[Translated]:
        """Translate ``sentences`` side by side. Raises Cancelled."""
        pieces = [piece for i, text in enumerate(sentences) for piece in self._pieces(i, text)]
        written = self._write(pieces, beams, cancel)
        return [
            self._join(
                text, [w for piece, w in zip(pieces, written, strict=True) if piece.sentence == i]
            )
            for i, text in enumerate(sentences)
        ]

    def _pieces(self, number: int, sentence: str) -> list[_Piece]:
        """Cut out what must be copied, and split at clauses what is too long."""
        pieces: list[_Piece] = []
        encode = cache(self._model.encode_text)
        end = 0
        for start, stop in (*find_protected(sentence), (len(sentence), len(sentence))):
            between = sentence[end:start]
            if has_han(between):
                for part in pieces_of(between.strip(), lambda t: len(encode(t)), self._max_source):
                    pieces.append(_Piece(number, part, encode(part)))
            elif between.strip():
                pieces.append(_Piece(number, between.strip().translate(_WESTERN)))
            if start < stop:
                pieces.append(_Piece(number, sentence[start:stop]))
            end = stop
        return pieces

    def _write(self, pieces: Sequence[_Piece], beams: int, cancel: Cancel | None) -> list[_Written]:
        read = [piece for piece in pieces if piece.ids]
        found = self._search([piece.ids for piece in read], beams, 0, cancel) if read else []
        ours: dict[int, _Written] = {}
        for piece, hypothesis in zip(read, found, strict=True):
            ours[id(piece)] = self._guarded(piece, hypothesis, beams, cancel)
        return [ours.get(id(piece), _Written(piece.text)) for piece in pieces]

    def _search(
        self,
        sources: Sequence[tuple[int, ...]],
        beams: int,
        no_repeat: int,
        cancel: Cancel | None,
    ) -> list[Hypothesis]:
        limits = tuple(most_tokens(len(ids), self._max_target) for ids in sources)
        rules = Rules(self._model.start, self._model.eos, limits, no_repeat)
        reading = self._model.read(sources, cancel)
        if beams == 1:
            return greedy(reading, rules, cancel)
        return beam_search(reading, rules, beams, cancel)

    def _guarded(
        self, piece: _Piece, hypothesis: Hypothesis, beams: int, cancel: Cancel | None
    ) -> _Written:
        """Return what a hypothesis says, written anew or shortened where it goes in circles.

        What repeats itself in the source (不，不，不) may do so as often in the translation; it is
        not written anew, but only shortened.
        """
        text, said = self._model.decode_ids(hypothesis.ids), said_again(piece.text)
        whole = text
        if is_loop(hypothesis.ids, text, said):
            if said.is_plain:
                hypothesis = self._search([piece.ids], beams, _NO_REPEAT, cancel)[0]
                whole = self._model.decode_ids(hypothesis.ids)
            text = without_loops(whole, said)
        is_whole = hypothesis.is_ended and text == whole
        return _Written(text, hypothesis.log_prob, hypothesis.length, is_whole)

    def _join(self, source: str, pieces: Sequence[_Written]) -> Translated:
        parts = [piece.text for piece in pieces if piece.text]
        # What is only a part of a sentence does not end one.
        parts[:-1] = [part.removesuffix(".") for part in parts[:-1]]
        text = " ".join(parts)
        for mark in ".,;:!?":
            text = text.replace(f" {mark}", mark)
        tokens = sum(piece.tokens for piece in pieces)
        score = math.exp(sum(piece.log_prob for piece in pieces) / tokens) if tokens else 0.0
        is_doubtful = (
            score < self._doubtful_below
            or not all(piece.is_whole for piece in pieces)
            or any(piece.tokens and not piece.text for piece in pieces)
            or bool(lost(source, text))
        )
        return Translated(text, score, is_doubtful)
