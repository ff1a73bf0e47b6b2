"""Words that are weighed beside those of the search: proposed by what knows whole words.

The search follows few beginnings, and most words begin with none of them. Two others know whole
words: the memory those it has seen in this gap, and the ranker how likely each of its list is. No
row of the encoder is spent on them: what the search would say is guessed where it has not been.
Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from assistant.engine.cancel import Cancel
from assistant.engine.context import Slot
from assistant.engine.search import Beginning, Found, SpanSearch, Word
from assistant.engine.suiting import Suiting
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.word_table import WordTable

SEEN = 16
"""Words of the memory that are weighed,"""
LISTED = 32
"""of the ranked list, shared out among the lengths,"""
CALLED = 10
"""and single characters that the text calls for."""
_Ids = tuple[int, ...]


class Proposals:
    """Proposes words for the slots of one context."""

    def __init__(
        self, search: SpanSearch, vocabulary: Vocabulary, words: WordTable, suiting: Suiting
    ) -> None:
        """``search`` says how likely a word is, ``suiting`` ranks the list for text and gap."""
        self._search, self._vocabulary = search, vocabulary
        self._words, self._suiting = words, suiting

    def beside(
        self,
        slots: Sequence[Slot],
        index: int,
        found: Found,
        listed: Mapping[str, float],
        row: Sequence[int],
        cancel: Cancel | None = None,
    ) -> list[Word]:
        """Return words that the search has not ``found`` for slot ``index``.

        ``listed`` are the memory's for this gap with P, best first, ``row`` the text as token ids.
        Raises Cancelled.
        """
        known = {word.ids for word in found.words}
        lengths = self._search.hopeful(slots, index, cancel)
        seen = islice(listed, SEEN)
        of_memory = [ids for text in seen if (ids := self._words.ids(text)) is not None]
        of_list = self._of_list(slots, index, lengths, row, listed, cancel)
        called = self._suiting.characters(slots, index, CALLED, cancel) if 1 in lengths else []
        new = [ids for ids in dict.fromkeys((*of_list, *of_memory, *called)) if ids not in known]
        new = [ids for ids in new if len(ids) in lengths]
        scored = [ids for ids in new if is_followed(ids, found.followed)]
        guessed = [ids for ids in new if not is_followed(ids, found.followed)]
        scores = self._search.score(slots, index, scored, cancel)
        bonds = [self._words.bond(ids) for ids in guessed]
        guesses = self._search.guess(slots, index, guessed, bonds, cancel)
        words = [self._word(ids, p) for ids, p in zip(scored, scores, strict=True)]
        words += [self._word(*one, guessed=True) for one in zip(guessed, guesses, strict=True)]
        return [word for word in words if word.log_prob > -math.inf]

    def _of_list(
        self,
        slots: Sequence[Slot],
        index: int,
        lengths: Mapping[int, float],
        row: Sequence[int],
        listed: Mapping[str, float],
        cancel: Cancel | None,
    ) -> list[_Ids]:
        """Return the likeliest words of the list, of every length its share."""
        found: list[_Ids] = []
        for length, log_prob in lengths.items():
            share = math.ceil(LISTED * math.exp(log_prob) - 0.25)
            if share > 0:
                ranking = self._suiting.ranking(slots, index, length, row, listed, cancel)
                found += ranking.best(share) if ranking else []
        return found

    def _word(self, ids: _Ids, log_prob: float, *, guessed: bool = False) -> Word:
        text = "".join(self._vocabulary.tokens[i] for i in ids)
        return Word(ids, text, log_prob, guessed)


def is_followed(ids: _Ids, followed: Collection[Beginning]) -> bool:
    """Return whether the search has asked for every token of a word: its score is there."""
    return all((len(ids), ids[:place]) in followed for place in range(1, len(ids)))
