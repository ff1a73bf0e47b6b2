"""What a text is about, and which characters and words belong there. Pure numpy, no Qt.

The phrase memory sees the neighbours of a blank; rain in the first half of a sentence and an
umbrella in the second are beyond it, and a small encoder has read too little to know all of them.
So words are counted by the company they keep (positive pointwise mutual information, factored: Levy
and Goldberg 2014): a text is the sum of the vectors of its characters and pairs of characters, a
word the mean of the texts in which it stood, and their product says how much likelier the word is
here than elsewhere. The file is made by ``build_tools.memory.topics``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.engine.gap_words import GapWords
from assistant.engine.lru import Lru
from assistant.engine.memory_file import read_sections
from assistant.engine.triggers import CALLS, Around, Triggers
from assistant.engine.units import look_up, unit_rows
from assistant.errors import ModelFormatError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

VIEWS = 3
"""Views of a blank of one character: by itself, ending a word of two, beginning one."""
MOST_CHARACTERS = 4
ID_BITS = 15
_SCALE = np.float32(100)
"""What the scales of vectors are multiplied by as clues: they are about a hundredth."""
_TEXTS = 64
"""Texts whose vector is kept: the search asks many questions about one."""


def word_keys(ids: Ints) -> Ints:
    """Return one number for each word of ``ids`` [n, k], in their order; short ones end in 0."""
    keys = np.zeros(len(ids), dtype=np.int64)
    for column in ids.T:
        keys = keys << ID_BITS | column
    return keys


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of 8-bit integers [n, width] and what each row is multiplied by, [n]."""

    rows: NDArray[np.int8]
    scales: Floats

    def times(self, chosen: Ints, vector: Floats) -> Floats:
        """Return the products [n] of the rows ``chosen`` [n] and a ``vector`` [width]."""
        products = self.rows.take(chosen, 0) @ vector
        products *= self.scales.take(chosen)
        return products


class Topics:
    """Knows how well characters and words suit a text.

    All answers are logarithms of how much likelier something is in this text, up to a factor that
    is fitted with the gates. Not thread-safe.
    """

    def __init__(self, sections: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the sections of a file for V tokens, P pairs, N words, vectors W wide.

        ``pairs`` [P] int32, ``units`` int8 [(V + P) · W], ``unit_scales`` [V + P], ``centre`` [W];
        ``word_ids`` int16 [N · 4] in the order of their keys, ``words`` int8 [N · W],
        ``word_scales`` [N]; ``characters`` int8 [V · W], ``character_scales`` [V].
        Raises KeyError or ValueError when they do not fit.
        """
        self._centre = np.asarray(sections["centre"], dtype=np.float32)
        self._units = _table(sections, "units", "unit_scales", len(self._centre))
        self._pairs = sections["pairs"].astype(np.int64)
        self._words = _table(sections, "words", "word_scales", len(self._centre))
        self.characters_known = len(sections["character_scales"])
        if len(self._units.rows) != self.characters_known + len(self._pairs):
            raise ValueError("units")
        characters = _table(sections, "characters", "character_scales", len(self._centre))
        # One row a dimension: read in long runs, a product with a text takes half the time.
        self._characters = np.multiply(characters.rows.T, characters.scales, order="C")
        ids = sections["word_ids"].astype(np.int64).reshape(len(self._words.rows), -1)
        self._keys = word_keys(ids)
        if ids.shape[1:] != (MOST_CHARACTERS,) or (np.diff(self._keys) <= 0).any():
            raise ValueError("word_ids")
        if len(ids) and not 0 <= ids.min() <= ids.max() < self.characters_known:
            raise ValueError("word_ids")
        two = np.flatnonzero((ids[:, 1] > 0) & (ids[:, 2] == 0))
        self._begun = _Partners.by(ids[two, 0], ids[two, 1], two)
        self._ended = _Partners.by(ids[two, 1], ids[two, 0], two)
        self._texts: Lru[bytes, Floats] = Lru(_TEXTS)
        self.gaps = GapWords(sections) if "gap_words" in sections else None
        """What knows the same words by the gaps in which they stood; None in an older file."""
        if self.gaps is not None and len(self.gaps) != len(self._keys):
            raise ValueError("gap_words")
        self._triggers: Triggers | None = None
        if "trigger_units" in sections:
            self._triggers = Triggers(sections, self.characters_known, len(self._keys))

    @classmethod
    def open(cls, path: Path, vocabulary: int) -> Topics:
        """Map the file ``path``. Raises ModelMissingError or ModelFormatError."""
        try:
            topics = cls(read_sections(path))
        except (KeyError, ValueError, IndexError) as error:
            raise ModelFormatError(
                repr(error), folder=path.parent.name, reason=path.name
            ) from error
        if topics.characters_known != vocabulary:
            raise ModelFormatError(folder=path.parent.name, reason=path.name)
        return topics

    def about(self, row: Sequence[int]) -> Floats:
        """Return the vector [W] of a text of token ids; marks and masks say nothing."""
        ids = np.array(row, dtype=np.int64)
        key = ids.tobytes()
        found = self._texts.get(key)
        if found is None:
            rows = unit_rows(ids, self._pairs, self.characters_known)
            total = np.asarray(self._units.scales[rows] @ self._units.rows[rows], dtype=np.float32)
            found = total / np.float32(np.linalg.norm(total) + 1e-6) - self._centre
            self._texts.put(key, found)
        return found

    def views(self, row: Sequence[int], column: int) -> Floats:
        """Return [VIEWS, V]: how well each token suits column ``column`` of ``row``.

        By itself, as the end of a word of two with its left neighbour, and as the beginning of one
        with its right neighbour; 0 where there is no such word.
        """
        text = self.about(row)
        found = np.zeros((VIEWS, self.characters_known), dtype=np.float32)
        np.matmul(text, self._characters, out=found[0])
        sides = ((self._begun, column - 1), (self._ended, column + 1))
        for view, (partners, place) in zip(found[1:], sides, strict=True):
            others, words = partners.of(row[place])
            view[others] = self._words.times(words, text)
        return found

    def words(self, row: Sequence[int], words: Sequence[tuple[int, ...]]) -> Floats:
        """Return how well each word (token ids) suits ``row``, [n]; 0 for one that is not known."""
        found = np.zeros(len(words), dtype=np.float32)
        short = [i for i, ids in enumerate(words) if 0 < len(ids) <= MOST_CHARACTERS]
        if short:
            padded = [(*words[i], *(0,) * (MOST_CHARACTERS - len(words[i]))) for i in short]
            found[short] = self.words_of(row, np.array(padded, dtype=np.int64))
        return found

    def words_of(self, row: Sequence[int], ids: Ints) -> Floats:
        """Return :meth:`words` for words of one length k, or padded with 0, ``ids`` [n, k], [n]."""
        places, known = self._places(ids)
        if not known.any():
            return np.zeros(len(ids), dtype=np.float32)
        return np.where(known, self._words.times(places, self.about(row)), np.float32(0))

    def asked_words(self, asked: Floats, ids: Ints) -> Floats:
        """Return how well words ``ids`` [n, k] suit a gap (``GapWords.asked``), [n]; 0: unknown."""
        places, known = self._places(ids)
        if self.gaps is None or not known.any():
            return np.zeros(len(ids), dtype=np.float32)
        return np.where(known, self.gaps.suiting(asked, places), np.float32(0))

    def called(self, around: Around, tokens: Ints) -> Floats | None:
        """Return how loudly ``around`` calls for ``tokens`` [n], [CALLS, n]; None: not known."""
        if self._triggers is None:
            return None
        return self._triggers.calls(around).take(tokens, axis=1)

    def called_words(self, around: Around, places: Ints) -> Floats | None:
        """Return the same of words at ``places`` [n] of the table; 0 where the place is −1."""
        if self._triggers is None:
            return None
        calls = self._triggers.calls(around)[:, self.characters_known :]
        return np.where(places >= 0, calls.take(places, axis=1, mode="clip"), np.float32(0))

    def places(self, ids: Ints) -> Ints:
        """Return where words ``ids`` [n, k] are in the table, [n]; −1 for one that is not."""
        places, known = self._places(ids)
        return np.where(known, places, -1)

    def suiting(
        self,
        row: Sequence[int],
        asked: Floats | None,
        around: Around,
        places: Ints,
        found: Floats,
    ) -> None:
        """Write into ``found`` [5 + CALLS, n] what is known of the words at ``places`` [n].

        How well they suit text and gap (``asked``: None of no gap), 1, how far either may reach:
        the scales of their vectors, and how loudly ``around`` calls for them. 0 where the place is
        −1.
        """
        known = places >= 0
        own = places[known]
        if not len(own):
            return
        rows = np.zeros((len(found), len(own)), dtype=np.float32)
        rows[0] = self._words.times(own, self.about(row))
        rows[2] = 1
        np.multiply(self._words.scales.take(own), _SCALE, out=rows[3])
        if self.gaps is not None and asked is not None:
            rows[1] = self.gaps.suiting(asked, own)
            np.multiply(self.gaps.scales.take(own), _SCALE, out=rows[4])
        if self._triggers is not None:
            calls = self._triggers.calls(around)
            calls.take(own + self.characters_known, axis=1, out=rows[-CALLS:])
        found[:, known] = rows

    def _places(self, ids: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        """Return where the words ``ids`` [n, k] are in the table, [n], and whether they are."""
        missing = np.int64(MOST_CHARACTERS - ids.shape[1])
        return look_up(self._keys, np.left_shift(word_keys(ids), missing * ID_BITS))


@dataclass(frozen=True, slots=True)
class _Partners:
    """Words of two characters by one of them: ``starts`` of runs of ``others`` and ``words``."""

    keys: Ints
    others: Ints
    words: Ints

    @classmethod
    def by(cls, keys: Ints, others: Ints, words: Ints) -> _Partners:
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], others[order], words[order])

    def of(self, key: int) -> tuple[Ints, Ints]:
        """Return the other characters, and the rows of the words."""
        run = slice(*np.searchsorted(self.keys, (key, key + 1)))
        return self.others[run], self.words[run]


def _table(
    sections: Mapping[str, NDArray[np.generic]], rows: str, scales: str, width: int
) -> _Table:
    values, factors = sections[rows], sections[scales]
    if values.dtype != np.int8 or factors.dtype != np.float32:
        raise ValueError(rows)
    return _Table(
        np.asarray(values, dtype=np.int8).reshape(len(factors), width),
        np.asarray(factors, dtype=np.float32),
    )
