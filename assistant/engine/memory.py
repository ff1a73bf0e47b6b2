"""The phrase memory: what stood between the same neighbours in the counted texts.

One memory-mapped file answers three questions about a blank: which character, which word of
unknown length, and on what evidence. Pure numpy; no Qt, no onnxruntime. Not thread-safe.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.engine.lru import Lru
from assistant.engine.memory_alphabet import FIRST_HAN, Alphabet
from assistant.engine.memory_counts import WINDOWS, Ints, Pairs, Seen
from assistant.engine.memory_evidence import Counted, around, longest, of_characters
from assistant.engine.memory_file import read_sections
from assistant.engine.memory_load import lexicon, scorer, store
from assistant.engine.memory_look import Characters, Look, answer
from assistant.engine.memory_table import Floats
from assistant.engine.memory_words import MAX_LENGTH, Lexicon, is_word
from assistant.errors import ModelFormatError
from assistant.records import Evidence

_VIEWS = 128
_RAREST = np.float32(1e-9)
_KEY_CHARS = 32
_Symbols = tuple[tuple[int, ...], tuple[int, ...]]
"""The symbols left and right of a blank, four a side, nearest first."""
_EVEN_LENGTHS = np.full(MAX_LENGTH, 1 / MAX_LENGTH, dtype=np.float32)
EVIDENCE_LIMIT = 3


@dataclass(frozen=True, slots=True)
class MemoryDistribution:
    """The characters for one blank, best first, with their probabilities.

    ``unseen`` is the probability of all characters that are not listed by the memory at all;
    ``order`` the length of the longest n-gram matched, ``count`` and ``kinds`` how often and with
    how many different characters the best window was seen; ``entropy`` in nats.
    """

    characters: tuple[str, ...]
    probabilities: tuple[float, ...]
    unseen: float
    order: int
    count: float
    kinds: int
    entropy: float


@dataclass(frozen=True, slots=True)
class View:
    """A scored blank: what was seen of K candidates, P of each [K], and P of all others."""

    seen: Seen
    probabilities: Floats
    unseen: float


class PhraseMemory:
    """A memory file, mapped; the bundled one or a personal one."""

    def __init__(self, path: Path, *, verify: bool = False) -> None:
        """Map the file at ``path``; see :meth:`open`."""
        sections: dict[str, Any] = dict(read_sections(path, verify=verify))
        try:
            self.meta: dict[str, Any] = json.loads(bytes(sections["meta"]))
            self.alphabet = Alphabet(sections["fold"], sections["codes"])
            self.store = store(self.alphabet, sections, self.meta)
            self._characters = Characters(self.store)
            self.exact = "levels" not in sections
            self.scorer = scorer(sections, "scorer.")
            self._lexicon = lexicon(sections)
            self._word_scorer = scorer(sections, "word_scorer.")
            self._other_lengths: Floats = sections.get("other_lengths", _EVEN_LENGTHS)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise ModelFormatError(
                repr(error), folder=path.parent.name, reason=path.name
            ) from error
        self.name: str | None = self.meta.get("name")
        self._unigram_mass = np.expm1(self.store.unigrams)
        self._unigram_mass[:FIRST_HAN] = 0
        self._unigram_mass /= max(float(self._unigram_mass.sum()), 1.0)
        self.commonness: Floats = np.log(np.maximum(self._unigram_mass, _RAREST))
        """ln P of every id of the alphabet, whatever stands beside it, [A]."""
        self._views: Lru[tuple[bool, str, str], View] = Lru(_VIEWS)
        self._by_symbols: Lru[_Symbols, View] = Lru(_VIEWS)
        self._last_pairs: tuple[tuple[str, str], Pairs] | None = None

    @classmethod
    def open(cls, path: Path, *, verify: bool = False) -> PhraseMemory:
        """Map the memory at ``path``; ``verify=True`` also checks every section's digest.

        Raises ModelMissingError, or ModelFormatError when the file is not a whole memory of this
        version.
        """
        return cls(path, verify=verify)

    @property
    def lexicon(self) -> Lexicon:
        """The words the memory knows, with their counts."""
        return self._lexicon

    def pairs(self, left: str, right: str) -> Pairs:
        """Look up the bigrams between ``left`` and ``right`` (as in :meth:`distribution`)."""
        alphabet = self.alphabet
        return self.store.pairs(alphabet.left_context(left), alphabet.right_context(right))

    def seen(self, pairs: Pairs) -> Seen:
        """Look up all windows of a blank of one character."""
        return answer(self.store, [self._characters.look(pairs)])[0]

    def view(self, left: str, right: str) -> View:
        """Return the scored blank of one character between ``left`` and ``right``."""
        return self._cached(False, left, right) or self._look(left, right, words=False)

    def view_of(self, left: Sequence[int], right: Sequence[int]) -> View:
        """Return the scored blank between symbols of the alphabet, four a side, nearest first."""
        return self.views_of([(left, right)])[0]

    def views_of(self, contexts: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[View]:
        """Return several scored blanks as :meth:`view_of`, looked up together.

        They are kept: who feeds the encoder and who mixes its opinion ask for the same.
        """
        keys = [(tuple(left), tuple(right)) for left, right in contexts]
        views = {key: self._by_symbols.get(key) for key in keys}
        new = [key for key, view in views.items() if view is None]
        looks = [self._characters.look(self.store.pairs(list(a), list(b))) for a, b in new]
        for key, seen in zip(new, answer(self.store, looks), strict=True):
            views[key] = self._keep(key, seen)
        return [view for key in keys if (view := views[key])]

    def _keep(self, key: _Symbols, seen: Seen) -> View:
        view = self._score(seen)
        self._by_symbols.put(key, view)
        return view

    def look_ahead(self, sides: Iterable[tuple[str, str]]) -> None:
        """Look up the blanks between ``sides`` that :meth:`view` will be asked for: at once."""
        new = {
            (left[-_KEY_CHARS:], right[:_KEY_CHARS]): None
            for left, right in sides
            if self._cached(False, left, right) is None
        }
        contexts = [
            (self.alphabet.left_context(left), self.alphabet.right_context(right))
            for left, right in new
        ]
        for (left, right), view in zip(new, self.views_of(contexts), strict=True):
            self._put(False, left, right, view)

    def word_view(self, left: str, right: str) -> View:
        """Return the scored blank of one word; its ids index the lexicon."""
        return self._cached(True, left, right) or self._look(left, right, words=True)

    def forget(self) -> None:
        """Drop the kept answers, so that a benchmark measures look-ups."""
        self._views.forget()
        self._by_symbols.forget()
        self._last_pairs = None

    def _cached(self, words: bool, left: str, right: str) -> View | None:
        return self._views.get((words, left[-_KEY_CHARS:], right[:_KEY_CHARS]))

    def _look(self, left: str, right: str, *, words: bool) -> View:
        """Score a blank as one character or, with ``words``, as one word.

        Who asks for words will ask for characters too: together they cost less.
        """
        pairs = self._last(left, right)
        symbols = tuple(pairs.left), tuple(pairs.right)
        view = self._cached(False, left, right) or self._by_symbols.get(symbols)
        looks: list[Look] = [] if view else [self._characters.look(pairs)]
        if words:
            looks.append(self._lexicon.look(self.store, pairs))
        found = answer(self.store, looks)
        view = view or self._keep(symbols, found[0])
        self._put(False, left, right, view)
        return self._put(True, left, right, self._score_words(found[-1])) if words else view

    def _put(self, words: bool, left: str, right: str, view: View) -> View:
        self._views.put((words, left[-_KEY_CHARS:], right[:_KEY_CHARS]), view)
        return view

    def _score(self, seen: Seen) -> View:
        return View(seen, *self.scorer.score(seen, self.store.unigrams[seen.ids]))

    def _score_words(self, seen: Seen) -> View:
        if not len(seen.ids):
            return View(seen, np.empty(0, dtype=np.float32), 1.0)
        return View(seen, *self._word_scorer.score(seen, self._lexicon.own(seen.ids)))

    def words(self, left: str, right: str, k: int | None) -> list[tuple[str, float]]:
        """Return the ``k`` likeliest (None: all) words of 1–4 characters for a gap, with their P.

        ``left`` and ``right`` as in :meth:`distribution`.
        """
        view = self.word_view(left, right)
        best = np.argsort(-view.probabilities, kind="stable")[:k]
        rows = view.seen.ids[best]
        texts = self.alphabet.texts(self._lexicon.ids[rows], self._lexicon.lengths[rows])
        return list(zip(texts, view.probabilities[best].tolist(), strict=True))

    def lengths(self, left: str, right: str) -> Floats:
        """Return P of the lengths 1–4 of the word in a gap, [4]; sums to 1."""
        view = self.word_view(left, right)
        counted = np.bincount(
            self._lexicon.lengths[view.seen.ids] - 1,
            weights=view.probabilities,
            minlength=len(self._other_lengths),
        )
        return (counted + view.unseen * self._other_lengths).astype(np.float32)

    def distribution(self, left: str, right: str, k: int) -> MemoryDistribution:
        r"""Return the ``k`` likeliest characters for one blank.

        ``left`` and ``right`` are the visible neighbours in reading order: left[-1] and right[0]
        touch the blank. "\n" is the border of the text, "\0" another blank: what lies behind it
        is not looked at, so a ``right`` that begins with "\0" leaves the left contexts alone.
        Traditional characters are looked up, and answered, in simplified form.
        """
        view = self.view(left, right)
        best = np.argsort(-view.probabilities, kind="stable")[:k]
        matched = np.flatnonzero(view.seen.kinds)
        window = int(matched[-1]) if len(matched) else 0
        known = view.probabilities[view.probabilities > 0]
        entropy = -float((known * np.log(known)).sum())
        if view.unseen > 0:
            entropy -= view.unseen * float(np.log(view.unseen))
        return MemoryDistribution(
            characters=tuple(self.alphabet.character(int(view.seen.ids[i])) for i in best),
            probabilities=tuple(float(view.probabilities[i]) for i in best),
            unseen=view.unseen,
            order=sum(WINDOWS[window]) + 1 if len(matched) else 1,
            count=float(np.expm1(view.seen.totals[window])),
            kinds=round(float(np.expm1(view.seen.kinds[window]))),
            entropy=entropy,
        )

    def map_characters(self, characters: Sequence[str]) -> Ints:
        """Return the memory's id of each string of ``characters``, 0 where it has none.

        The result is the ``alphabet_map`` of :meth:`vector`, made once per vocabulary.
        """
        ids = self.alphabet.han_ids()
        return np.array([ids.get(character, 0) for character in characters], dtype=np.int64)

    def vector(self, left: str, right: str, alphabet_map: Ints) -> Floats:
        """Return P of every entry of a vocabulary, [V]; 0 for what the memory cannot know.

        The unseen mass is shared out by how common the other characters are.
        """
        return self.spread(self.view(left, right))[alphabet_map]

    def spread(self, view: View) -> Floats:
        """Return P of every id of the memory's alphabet, [A]; sums to 1."""
        full = self._unigram_mass.copy()
        full[view.seen.ids] = 0
        full *= view.unseen / max(float(full.sum()), 1e-12)
        full[view.seen.ids] = view.probabilities
        return full

    def evidence(self, left: str, right: str, word: str) -> tuple[Evidence, ...]:
        """Return the longest n-grams that hold ``word`` (1–4 characters) and its neighbours.

        Counts are exact when :attr:`exact`, else the nearest stored level ("about").
        """
        return self.evidence_of(left, right, [word])[0]

    def evidence_of(
        self, left: str, right: str, words: Sequence[str]
    ) -> list[tuple[Evidence, ...]]:
        """Return :meth:`evidence` of each of ``words``, looked up together."""
        known = {word: ids for word in words if is_word(ids := self.alphabet.spell(word))}
        counts: dict[str, list[Counted]] = {}
        if any(len(ids) == 1 for ids in known.values()):
            counts = of_characters(self.view(left, right).seen, known)
        others = [word for word in known if word not in counts]
        if others:
            pairs = self._last(left, right)
            found = around(self.store, pairs, [known[word] for word in others])
            counts |= zip(others, found, strict=True)
        before = self.alphabet.text(self.alphabet.left_context(left)[::-1])
        after = self.alphabet.text(self.alphabet.right_context(right))
        return [
            tuple(
                Evidence(before[len(before) - a :], after[:b], count, self.name)
                for (a, b), count in longest(counts.get(word, ()), EVIDENCE_LIMIT)
            )
            for word in words
        ]

    def _last(self, left: str, right: str) -> Pairs:
        """Look the neighbours up once for all questions about a blank."""
        key = (left[-_KEY_CHARS:], right[:_KEY_CHARS])
        if self._last_pairs is None or self._last_pairs[0] != key:
            self._last_pairs = key, self.pairs(left, right)
        return self._last_pairs[1]
