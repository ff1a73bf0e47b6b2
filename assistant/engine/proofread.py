"""Proof-reading: characters that are improbable where another, easily mixed up, is probable.

text → lines → the memory's scan → the encoder at the few suspicious places → mistakes. Neither Qt
nor onnxruntime here; one thread at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assistant.engine.cancel import Cancel
from assistant.engine.confusions import KINDS, Confusions, SoundAlikes
from assistant.engine.context import Context, Query
from assistant.engine.fill import Filler
from assistant.engine.lru import Lru
from assistant.engine.memory_alphabet import BORDER
from assistant.engine.memory_counts import Floats
from assistant.engine.proof_errors import NoProofreadingError
from assistant.engine.proof_gate import OPTIONS, ProofGate, option_features
from assistant.engine.proof_scan import Scan, scan
from assistant.errors import EmptyTextError
from assistant.records import Mistake, Proofreading, Span
from assistant.text.offsets import OffsetMap
from assistant.text.verse import is_verse

_SUSPICION = 1.5
"""How much better an alternative must fit by counts before the encoder is asked."""
_CHUNK_CHARS = 400
_WORD_REACH = 4
_NEIGHBOURS = 16
_CONTEXT_CHARS = 64
"""What the encoder reads around a place: more of it cost twice the time and decided nothing."""

_SEEN_CHARS = _CONTEXT_CHARS + 16
"""What stands further from a part cannot change what is found in it."""
_KNOWN_PARTS = 4096
_KEPT_PREDICTIONS = 48
"""As many as a part has places to ask about: a part read again is known as a whole."""

Progress = Callable[[int, tuple[Mistake, ...]], None]
"""Called with the characters read so far and the mistakes found since the last call."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A place with its best alternatives: what the gate is to decide.

    ``features`` [K, F]; ``suggestions`` and ``kinds`` K each, the likeliest by counts first.
    """

    start_char: int
    found: str
    suggestions: tuple[str, ...]
    kinds: tuple[int, ...]
    features: Floats


class ProofSource:
    """What proof-reading needs of a loaded fill package."""

    def __init__(
        self,
        filler: Filler,
        characters: Sequence[str],
        sounds: SoundAlikes,
        look_alikes: Mapping[str, str],
    ) -> None:
        """Take a filler of its own and what is mixed up among the common ``characters``.

        Raises NoProofreadingError when the package has no phrase memory.
        """
        if filler.memory is None:
            raise NoProofreadingError
        self._predictor = filler.predictor
        self._predictor.kept = _KEPT_PREDICTIONS
        self._vocabulary = filler.vocabulary
        self.memory = memory = filler.memory
        self.confusions = Confusions(characters, memory.alphabet.han_ids(), sounds, look_alikes)
        lexicon = memory.lexicon
        self._words = frozenset(
            memory.alphabet.text(lexicon.word(i))
            for i in np.flatnonzero(lexicon.lengths > 1).tolist()
        )

    def suspicions(
        self, text: str, start_char: int, end_char: int, cancel: Cancel | None = None
    ) -> list[Suspicion]:
        """Return the suspicious places of a part of one line of ``text``. Raises Cancelled."""
        low, high = max(0, start_char - _NEIGHBOURS), end_char + _NEIGHBOURS
        before, after = text[low:start_char], text[end_char:high]
        low += before.rfind("\n") + 1
        high = end_char + (after + "\n").find("\n")
        # Where the line goes on, a symbol too many beyond the reach of the n-grams is harmless.
        shown = BORDER + text[low:high] + BORDER
        ids, units = self.memory.alphabet.encode_with_places(shown)
        to_char = OffsetMap(shown).to_char
        chars = np.array([low + to_char(int(unit)) - len(BORDER) for unit in units])
        inside = np.flatnonzero((chars >= start_char) & (chars < end_char))
        found = scan(self.memory.store, self.confusions, ids.astype(np.int64), inside)
        return self._weigh(text, found, chars, cancel)

    def _weigh(
        self, text: str, found: Scan, chars: np.ndarray, cancel: Cancel | None
    ) -> list[Suspicion]:
        """Ask the encoder about the places where counts prefer another character."""
        alphabet = self.memory.alphabet
        merit = found.merit(self.memory.store.unigrams)
        rows: list[tuple[int, int, np.ndarray]] = []
        for row in np.flatnonzero(merit[:, 1:].max(axis=1) - merit[:, 0] > _SUSPICION):
            start = int(chars[found.places[row]])
            # A traditional form is looked up as the simplified one, but is no mistake.
            if text[start] == alphabet.character(int(found.options[row, 0])):
                best = np.argsort(-merit[row, 1:])[:OPTIONS] + 1
                rows.append((int(row), start, best[merit[row, best] > -np.inf]))
        queries = [self._query(text, start) for _, start, _ in rows]
        vectors = self._predictor.encoder_log_probs(queries, cancel)
        return [
            self._suspicion(text, found, row, start, best, vector, query)
            for (row, start, best), vector, query in zip(rows, vectors, queries, strict=True)
        ]

    def _query(self, text: str, start: int) -> Query:
        context = Context(self._vocabulary, text, [Span(start, start + 1, 1)], _CONTEXT_CHARS)
        return context.query(context.open_slots(), 0)

    def _suspicion(
        self,
        text: str,
        found: Scan,
        row: int,
        start: int,
        best: np.ndarray,
        vector: Floats,
        query: Query,
    ) -> Suspicion:
        alphabet = self.memory.alphabet
        columns = np.concatenate(([0], best))
        ids = found.options[row, columns]
        characters = [alphabet.character(int(i)) for i in ids]
        mixed = self._predictor.mixer.mix(vector, query.left, query.right, query.place)
        tokens = [self._vocabulary.encode(character)[0][0] for character in characters]
        kinds = found.kinds[row, best]
        features = option_features(
            found.logs[row, columns],
            mixed[tokens],
            vector[tokens],
            self.memory.store.unigrams[ids],
            np.array([self._longest_word(text, start, c) for c in characters], dtype=np.float32),
            (kinds[:, None] == np.arange(len(KINDS))).astype(np.float32),
        )
        return Suspicion(
            start, characters[0], tuple(characters[1:]), tuple(kinds.tolist()), features
        )

    def _longest_word(self, text: str, start: int, character: str) -> int:
        """Return the length of the longest listed word that ``character`` makes at ``start``."""
        left = text[max(0, start - _WORD_REACH + 1) : start]
        right = text[start + 1 : start + _WORD_REACH]
        whole = left + character + right
        return max(
            (
                b - a
                for a in range(len(left) + 1)
                for b in range(len(left) + 1, min(a + _WORD_REACH, len(whole)) + 1)
                if whole[a:b] in self._words
            ),
            default=0,
        )


class Proofreader:
    """Finds mistakes in texts; what it has read once it knows, wherever it stands next time."""

    def __init__(self, source: ProofSource, settings: Mapping[str, Any]) -> None:
        """Take the ``manifest.settings`` of the package.

        Raises NoProofreadingError when they hold no gate, or none that fits.
        """
        try:
            self._gate = ProofGate(settings["proofread"])
        except (KeyError, TypeError, ValueError) as error:
            raise NoProofreadingError(repr(error)) from error
        self._source = source
        self._known: Lru[tuple[str, int, int], tuple[Mistake, ...]] = Lru(_KNOWN_PARTS)

    def check(
        self, text: str, cancel: Cancel | None = None, progress: Progress | None = None
    ) -> Proofreading:
        """Return the mistakes of ``text`` that are more probable than the gate's threshold.

        Verse is passed over. ``progress`` is told after every part. Raises EmptyTextError or
        Cancelled.
        """
        started = time.perf_counter()
        if not text.strip():
            raise EmptyTextError
        mistakes: list[Mistake] = []
        for start, end in _parts(text):
            found = self.check_part(text, start, end, cancel)
            mistakes += found
            if progress:
                progress(end, found)
        elapsed = (time.perf_counter() - started) * 1000
        return Proofreading(text, tuple(mistakes), elapsed)

    def check_part(
        self, text: str, start_char: int, end_char: int, cancel: Cancel | None = None
    ) -> tuple[Mistake, ...]:
        """Return the mistakes of a part of one line of ``text``. Raises Cancelled."""
        if cancel is not None:
            cancel.check()
        low = max(0, start_char - _SEEN_CHARS)
        shown = text[low : end_char + _SEEN_CHARS]
        key = (shown, start_char - low, end_char - low)
        found = self._known.get(key)
        if found is None:
            suspicions = self._source.suspicions(*key, cancel)
            found = tuple(filter(None, map(self._judge, suspicions)))
            self._known.put(key, found)
        return tuple(
            replace(m, start_char=m.start_char + low, end_char=m.end_char + low) for m in found
        )

    def _judge(self, suspicion: Suspicion) -> Mistake | None:
        probabilities = self._gate.probabilities(suspicion.features)
        order: list[int] = np.argsort(-probabilities, kind="stable").tolist()
        confidence = float(probabilities[order[0]])
        if confidence < self._gate.threshold:
            return None
        shown = [i for i in order if probabilities[i] > 0.1 * confidence]
        return Mistake(
            suspicion.start_char,
            suspicion.start_char + 1,
            suspicion.found,
            tuple(suspicion.suggestions[i] for i in shown),
            confidence,
            KINDS[suspicion.kinds[order[0]]],
        )


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the prose lines of ``text``, long ones in parts."""
    start = 0
    for line in text.split("\n"):
        if not is_verse(line):
            for part in range(0, len(line), _CHUNK_CHARS):
                yield start + part, start + min(part + _CHUNK_CHARS, len(line))
        start += len(line) + 1
