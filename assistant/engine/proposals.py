"""Words that are weighed beside those of the search: proposed by what knows whole words.

The search follows few beginnings, and most words begin with none of them. Three others know whole
words: the memory those it has seen in this gap, the word list which of its words fit what the
encoder sees in the places of the blank, and the topics which of them suit the text. No row of the
encoder is spent on them: how likely they are is guessed where the search has not been. Neither Qt
nor onnxruntime here.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from assistant.engine.cancel import Cancel
from assistant.engine.context import Slot
from assistant.engine.search import Beginning, Found, SpanSearch, Word
from assistant.engine.suiting import Suiting
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.word_table import WordTable
from assistant.records import MAX_UNKNOWN_CHARS

COUNT = 16
"""Words that each of the three proposes; the word list shares them out among the lengths."""
_Ids = tuple[int, ...]


class Proposals:
    """Proposes words for the slots of one context."""

    def __init__(
        self, search: SpanSearch, vocabulary: Vocabulary, words: WordTable, suiting: Suiting
    ) -> None:
        """``search`` says how likely a word is, ``suiting`` how well it suits text and gap."""
        self._search, self._vocabulary = search, vocabulary
        self._words, self._suiting = words, suiting

    def beside(
        self,
        slots: Sequence[Slot],
        index: int,
        found: Found,
        listed: Sequence[str],
        row: Sequence[int],
        cancel: Cancel | None = None,
    ) -> list[Word]:
        """Return words that the search has not ``found`` for slot ``index``.

        ``listed`` are the memory's for this gap, best first, ``row`` the text as token ids. Raises
        Cancelled.
        """
        known = {word.ids for word in found.words}
        lengths = self._search.hopeful(slots, index, cancel)
        fitting, suiting = self._of_list(slots, index, lengths, row, cancel)
        proposed = [*suiting, *(self._vocabulary.encode(text)[0] for text in listed[:COUNT])]
        new = [ids for ids in dict.fromkeys((*proposed, *fitting)) if ids not in known]
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
        cancel: Cancel | None,
    ) -> tuple[list[_Ids], list[_Ids]]:
        """Return words of the list that fit the encoder's view, and some that suit the text too.

        Of single characters the search looks through all, and may miss those that suit.
        """
        fitting: list[_Ids] = []
        suiting: list[_Ids] = []
        for length, log_prob in lengths.items():
            share = math.ceil(COUNT * math.exp(log_prob) - 0.25)
            if length <= MAX_UNKNOWN_CHARS and share > 0:
                suits = self._suiting.merit(slots, index, row, length, cancel)
                if length == 1 and suits is None:
                    continue
                views = [v.log_probs for v in self._search.views(slots, index, length, cancel)]
                fit, suit = self._words.propose(views, share, suits)
                suiting += suit
                if length > 1:
                    fitting += fit
        return fitting, suiting

    def _word(self, ids: _Ids, log_prob: float, *, guessed: bool = False) -> Word:
        text = "".join(self._vocabulary.tokens[i] for i in ids)
        return Word(ids, text, log_prob, guessed)


def is_followed(ids: _Ids, followed: Collection[Beginning]) -> bool:
    """Return whether the search has asked for every token of a word: its score is there."""
    return all((len(ids), ids[:place]) in followed for place in range(1, len(ids)))
