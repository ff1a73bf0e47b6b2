"""Choose what is hidden: characters, words, and whole words behind one ``[SPAN]``.

Imports numpy only, nothing of ``assistant``. Everything works on one flat array of many segments,
so that a GPU need not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from build_tools.corpus.tokenise import ID_BITS, WORD_START

IGNORED = -100
"""Label of a position that is not predicted (PyTorch's ``ignore_index``)."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class MaskRules:
    """Shares, 0 to 1.

    About ``characters`` of the Chinese characters are hidden. Of the words that are picked a share
    ``single`` hides one character, of the rest ``two_words`` the next word too; a share ``span`` of
    words hidden alone becomes one of unknown length. Of what is hidden ``masked`` is masked and
    ``random`` replaced, the rest stays. ``idioms`` of the idioms are masked whole.
    """

    characters: float = 0.20
    single: float = 0.35
    two_words: float = 0.15
    span: float = 0.20
    masked: float = 0.84
    random: float = 0.10
    idioms: float = 0.6


@dataclass(frozen=True, slots=True)
class SpecialIds:
    """Ids of the tokens with a role; ``lengths[k - 1]`` is ``[LENk]``."""

    pad: int
    cls: int
    sep: int
    mask: int
    span: int
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Masked:
    """Segments as the model sees them, ``[CLS] … [SEP]`` included, end to end.

    Segment i is ``ids[starts[i]:starts[i + 1]]``; ``labels`` hold the hidden id, the length token
    under a ``[SPAN]``, or ``IGNORED``.
    """

    ids: Ints
    labels: Ints
    starts: Ints


class IdiomFinder(Protocol):
    """Knows idioms of four tokens."""

    def begins(self, ids: Ints, starts: Ints) -> Bools:
        """Tell at which of ``starts`` an idiom begins in ``ids``."""
        ...


class Masker:
    """Applies ``MaskRules`` to batches of segments."""

    def __init__(
        self,
        rules: MaskRules,
        special: SpecialIds,
        is_han: Bools,
        idioms: IdiomFinder | None = None,
    ) -> None:
        """``is_han[id]`` tells which ids are Chinese characters: only those are hidden."""
        self._rules = rules
        self._special = special
        self._is_han = is_han
        self._idioms = idioms

    def apply(self, segments: list[NDArray[np.uint16]], rng: np.random.Generator) -> Masked:
        """Hide about ``rules.characters`` of the Chinese characters of every segment."""
        words = _Words.of(segments, self._is_han)
        picked = self._pick(words, rng)
        return self._write(words, picked, rng)

    def _pick(self, words: _Words, rng: np.random.Generator) -> _Picks:
        """Draw every word by itself, so that short and long segments are treated alike."""
        rules, count = self._rules, len(words.start)
        idiom = self._hidden_idioms(words, rng)
        single = (rng.random(count) < rules.single) & ~idiom
        double = ~single & (rng.random(count) < rules.two_words) & words.joined_to_next()
        double &= ~idiom & ~np.append(idiom[1:], True)
        picked = rng.random(count) < self._chance(words, single, double, idiom)
        picked |= idiom
        # A second word that is picked by itself is not taken along.
        double &= picked & ~np.append(picked[1:], True)
        span = picked & ~single & ~double & ~idiom & (rng.random(count) < rules.span)
        span &= words.length <= len(self._special.lengths)
        return _Picks(picked & single, picked & ~single, double, span, idiom)

    def _hidden_idioms(self, words: _Words, rng: np.random.Generator) -> Bools:
        """Draw the idioms to mask."""
        if self._idioms is None:
            return np.zeros(len(words.start), dtype=np.bool_)
        found = (words.length == 4) & (rng.random(len(words.start)) < self._rules.idioms)
        places = np.flatnonzero(found)
        found[places] = self._idioms.begins(words.ids, words.start[places])
        return found

    def _chance(self, words: _Words, single: Bools, double: Bools, idiom: Bools) -> float:
        """Return the chance of a word that, beside the idioms, hides the wanted share."""
        first = np.where(single, 1, words.length)[~idiom].sum()
        second = words.length[1:][double[:-1]].sum()
        wanted = self._rules.characters * words.length.sum()
        wanted = max(wanted - words.length[idiom].sum(), wanted / 2)
        chance = 0.0
        for _ in range(4):  # a second word counts only if it is not picked itself
            chance = min(1.0, wanted / max(1.0, first + (1.0 - chance) * second))
        return chance

    def _write(self, words: _Words, picks: _Picks, rng: np.random.Generator) -> Masked:
        rules, special = self._rules, self._special
        hidden = np.zeros(len(words.ids), dtype=np.bool_)
        fate = np.zeros(len(words.ids))  # one draw a pick: a word is masked or kept as a whole
        drawn = rng.random(len(words.start))
        drawn[picks.idiom] = 0.0  # an idiom is always masked
        place = words.start + (rng.random(len(words.start)) * words.length).astype(np.int64)
        hidden[place[picks.single]] = True
        fate[place[picks.single]] = drawn[picks.single]
        followers = np.flatnonzero(picks.double) + 1
        for chosen, fates in (
            (np.flatnonzero(picks.whole & ~picks.span), drawn),
            (followers, np.roll(drawn, 1)),
        ):
            inside = words.positions(chosen)
            hidden[inside] = True
            fate[inside] = np.repeat(fates[chosen], words.length[chosen])
        ids, labels = words.ids.copy(), np.full(len(words.ids), IGNORED, dtype=np.int64)
        labels[hidden] = ids[hidden]
        ids[hidden & (fate < rules.masked)] = special.mask
        swapped = hidden & (fate >= rules.masked) & (fate < rules.masked + rules.random)
        characters = words.ids[words.han]
        if swapped.any():
            # Characters as frequent as in text: a rare one would give itself away.
            ids[swapped] = rng.choice(characters, int(swapped.sum()))
        keep = np.ones(len(ids), dtype=np.bool_)
        spans = np.flatnonzero(picks.span)
        keep[words.positions(spans)] = False
        first = words.start[spans]
        keep[first] = True
        ids[first] = special.span
        labels[first] = np.array(special.lengths)[words.length[spans] - 1]
        return self._framed(ids, labels, keep, words)

    def _framed(self, ids: Ints, labels: Ints, keep: Bools, words: _Words) -> Masked:
        lengths = np.bincount(words.segment_of_token[keep], minlength=words.segments)
        starts = np.concatenate([[0], np.cumsum(lengths + 2)])
        place = np.arange(int(keep.sum())) + 2 * words.segment_of_token[keep] + 1
        framed = np.empty(starts[-1], dtype=np.int64)
        framed[starts[:-1]] = self._special.cls
        framed[starts[1:] - 1] = self._special.sep
        framed[place] = ids[keep]
        framed_labels = np.full(starts[-1], IGNORED, dtype=np.int64)
        framed_labels[place] = labels[keep]
        return Masked(framed, framed_labels, starts)


@dataclass(frozen=True, slots=True)
class _Picks:
    single: Bools
    whole: Bools
    double: Bools
    span: Bools
    idiom: Bools


@dataclass(frozen=True, slots=True)
class _Words:
    """The Chinese words of many segments, as places in one flat array of ids."""

    ids: Ints
    han: Bools
    segment_of_token: Ints
    start: Ints
    length: Ints
    segment: Ints
    segments: int

    @classmethod
    def of(cls, segments: list[NDArray[np.uint16]], is_han: Bools) -> _Words:
        tokens = np.concatenate(segments)
        ids = (tokens & ID_BITS).astype(np.int64)
        lengths = np.array([len(segment) for segment in segments])
        segment_of_token = np.repeat(np.arange(len(segments)), lengths)
        begins = (tokens & WORD_START) > 0
        begins[np.concatenate([[0], np.cumsum(lengths)[:-1]])] = True  # a cut word begins anew
        start = np.flatnonzero(begins)
        length = np.diff(np.append(start, len(ids)))
        han = is_han[ids]
        chinese = np.logical_and.reduceat(han, start)
        start, length = start[chinese], length[chinese]
        return cls(
            ids, han, segment_of_token, start, length, segment_of_token[start], len(segments)
        )

    def joined_to_next(self) -> Bools:
        """Tell which words are directly followed by another one of the same segment."""
        follows = self.start[1:] == self.start[:-1] + self.length[:-1]
        return np.append(follows & (self.segment[1:] == self.segment[:-1]), False)

    def positions(self, words: Ints) -> Ints:
        """Return the places of all characters of ``words``, in order."""
        lengths = self.length[words]
        offsets = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return np.repeat(self.start[words], lengths) + offsets
