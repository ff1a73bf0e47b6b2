"""The candidates of one span as a person sees them: found by the search, weighed as whole words.

Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.engine.cancel import Cancel
from assistant.engine.choices import ChoiceGate
from assistant.engine.context import Context, Query, Slot
from assistant.engine.knowledge import Knowledge
from assistant.engine.predictor import Predictor
from assistant.engine.proposals import Proposals
from assistant.engine.search import RANK_WIDTH, Found, SpanSearch, Word
from assistant.engine.suiting import Suiting, of_length
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.word_gate import Opinion, Pool, WordGate, mix_own
from assistant.engine.word_ranker import Clues
from assistant.records import MAX_UNKNOWN_CHARS, RANK_LIMIT, Candidate, Evidence, Source
from assistant.text.characters import is_han

POOL = 12
"""Words of the search that are weighed against each other,"""
POOL_WIDTH = 2
"""and beginnings it follows: whole words are proposed beside it, so wider finds hardly more."""
_TELLING = 2
"""Neighbours that an n-gram must hold to count as the source of a candidate."""
_RANK_MARGIN = 2.0
"""Nats by which the gate may lift a word over others, when ranks are counted."""


class Candidates:
    """Finds, weighs and judges words for the spans of one context."""

    def __init__(
        self,
        predictor: Predictor,
        vocabulary: Vocabulary,
        context: Context,
        knowledge: Knowledge | None = None,
    ) -> None:
        self._search = SpanSearch(predictor, vocabulary, context)
        self._predictor = predictor
        self._mixer = predictor.mixer
        self._vocabulary = vocabulary
        self._context = context
        self._knowledge = knowledge
        self._suiting = Suiting(knowledge, self._search) if knowledge else None
        self._proposals = (
            Proposals(self._search, vocabulary, knowledge.words, self._suiting)
            if knowledge and self._suiting
            else None
        )
        self._pools: dict[tuple[tuple[Slot, ...], int], list[Word]] = {}

    def best(
        self,
        slots: Sequence[Slot],
        index: int,
        count: int,
        cancel: Cancel | None = None,
        width: int | None = None,
    ) -> list[Word]:
        """Return the ``count`` best words for slot ``index`` with their final ln P.

        The other slots stay as they are. Raises Cancelled.
        """
        gate = self._gate(slots, index)
        if gate is None:
            return self._search.best(slots, index, count, cancel, width).words
        pool = self._pools[tuple(slots), index] = self.pool(slots, index, POOL, cancel, width)
        more: list[Word] = []
        if count > POOL:
            known = {word.ids for word in pool}
            found = self._search.best(slots, index, count, cancel, width).words
            more = [word for word in found if word.ids not in known]
        weighed = self._weigh(gate, slots, index, pool + more, len(pool), cancel)
        return sorted(weighed, key=lambda word: -word.log_prob)[:count]

    def judge(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[tuple[int, ...]],
        *,
        rank: bool,
        cancel: Cancel | None = None,
    ) -> list[tuple[float, int | None]]:
        """Return final ln P and (if asked for) rank of words given as token ids.

        −inf for a word the model cannot write. Raises Cancelled.
        """
        judged: list[tuple[float, int | None]] = []
        log_probs = self._search.score(slots, index, words, cancel)
        gate = self._gate(slots, index)
        pool = self._known_pool(slots, index, cancel) if gate and words else []
        for ids, log_prob in zip(words, log_probs, strict=True):
            place = self._rank(slots, index, ids, log_prob, cancel) if rank else None
            final = self._final(gate, slots, index, pool, ids, log_prob, cancel)
            judged.append((final, place))
        return judged

    def choose(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[tuple[int, ...]],
        cancel: Cancel | None = None,
    ) -> list[float]:
        """Return the probability of each of ``words`` (token ids) if one of them is right.

        Raises Cancelled.
        """
        gate = self._knowledge.choices if self._knowledge else ChoiceGate({})
        merits = self.compared(slots, index, words, cancel)
        return gate.shares(merits, _common_length(words)).tolist()

    def compared(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[tuple[int, ...]],
        cancel: Cancel | None = None,
    ) -> list[list[float]]:
        """Return, of each of ``words``, four lists.

        The search's ln P, how it suits the text, how the gap, and ln P among all words of its
        length. Words of one length are compared as if it were known. Raises Cancelled.
        """
        length = _common_length(words)
        asked = list(slots)
        if length:
            asked[index] = Slot(masks=length)
        log_probs = self._search.score(asked, index, words, cancel)
        if self._suiting is None:
            return [log_probs, *[[0.0] * len(words)] * 3]
        row, listed = self._first(slots, index).ids, self._listed(asked, index)
        return [
            log_probs,
            self._suiting.text(row, words),
            self._suiting.gap(asked, index, words, cancel),
            self._suiting.ranked(asked, index, words, row, listed, cancel),
        ]

    def records(
        self, slots: Sequence[Slot], index: int, words: Sequence[Word]
    ) -> tuple[Candidate, ...]:
        """Return the records of found words, each with what text and memories have seen of it."""
        query = self._context.query(slots, index)
        evidence = self._mixer.evidence(query.left, query.right, [word.text for word in words])
        return tuple(
            _record(word, self._said(word.text, query), seen)
            for word, seen in zip(words, evidence, strict=True)
        )

    def _said(self, word: str, query: Query) -> tuple[Evidence, ...]:
        """Return where else the text says ``word``: a single character, beside one neighbour."""
        if len(word) > 1:
            sides = [("", "")]
        else:
            sides = [("", query.right[:1]), (query.left[-1:], "")]
            sides = [(a, b) for a, b in sides if is_han(a or b)]
        times = self._context.sight.times
        said = [Evidence(a, b, n, in_text=True) for a, b in sides if (n := times(a + word + b))]
        return tuple(sorted(said, key=lambda e: -e.count)[:1])

    def pool(
        self,
        slots: Sequence[Slot],
        index: int,
        count: int,
        cancel: Cancel | None = None,
        width: int | None = None,
    ) -> list[Word]:
        """Return the search's ``count`` best words and those that memory and word list propose."""
        found = self._search.best(slots, index, count, cancel, width or POOL_WIDTH)
        return self._with_proposals(slots, index, found, cancel)

    def _known_pool(self, slots: Sequence[Slot], index: int, cancel: Cancel | None) -> list[Word]:
        """Return the pool of the slot: dear, and the same for the best words and for all judged."""
        key = tuple(slots), index
        if key not in self._pools:
            self._pools[key] = self.pool(slots, index, POOL, cancel)
        return self._pools[key]

    def opinions(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[Word],
        basis: int | None = None,
        cancel: Cancel | None = None,
    ) -> Pool:
        """Return what is known of ``words``, of which ``basis`` were found.

        Raises Cancelled, or ValueError without a word list.
        """
        if self._knowledge is None or self._suiting is None:
            raise ValueError("nothing is known of words")
        listed = self._listed(slots, index)
        query, table = self._first(slots, index), self._knowledge.words
        ids = [word.ids for word in words]
        topics = self._suiting.text(query.ids, ids)
        gaps = self._suiting.gap(slots, index, ids, cancel)
        ranked = self._suiting.ranked(slots, index, ids, query.ids, listed, cancel)
        joined = self._mixer.joined(query.left, query.right, [word.text for word in words])
        called = self._suiting.called(slots, index, ids)
        whole = zip(*joined.tolist(), ranked, *called.tolist(), strict=True)
        opinions = [
            Opinion(
                word.log_prob,
                listed.get(word.text, 0.0),
                table.frequency(word.ids),
                len(word.ids),
                topic,
                gap,
                math.log1p(self._context.sight.times(word.text)),
                word.guessed,
                *known,
            )
            for word, topic, gap, known in zip(words, topics, gaps, whole, strict=True)
        ]
        return Pool(opinions, self._search.lengths(slots, index, cancel), basis)

    def clues(
        self, slots: Sequence[Slot], index: int, length: int, cancel: Cancel | None = None
    ) -> Clues:
        """Return what is known of slot ``index`` as a gap of ``length`` characters.

        Raises Cancelled, or ValueError without a word list.
        """
        if self._suiting is None:
            raise ValueError("nothing is known of words")
        row, listed = self._first(slots, index).ids, self._listed(slots, index)
        return self._suiting.clues(slots, index, length, row, listed, cancel)

    def _gate(self, slots: Sequence[Slot], index: int) -> WordGate | None:
        """Return what weighs the words of this slot; None: the search has the last word."""
        known = slots[index].masks
        if self._knowledge is None or self._knowledge.gates is None:
            return None
        if known is None:
            return self._knowledge.gates.unknown
        return self._knowledge.gates.known if 1 < known <= MAX_UNKNOWN_CHARS else None

    def _listed(self, slots: Sequence[Slot], index: int) -> dict[str, float]:
        """Return the memory's words for this gap with P; given its length where that is known."""
        query = self._first(slots, index)
        known = slots[index].masks
        listed = dict(self._mixer.proposals(query.left, query.right, None))
        return listed if known is None else of_length(listed, known)

    def _first(self, slots: Sequence[Slot], index: int) -> Query:
        """Return the query of slot ``index`` as if it were one place."""
        one = [Slot() if i == index else slot for i, slot in enumerate(slots)]
        return self._context.query(one, index)

    def _with_proposals(
        self, slots: Sequence[Slot], index: int, found: Found, cancel: Cancel | None
    ) -> list[Word]:
        """Return the words of ``found`` and those that are proposed beside them."""
        if self._proposals is None:
            return found.words
        row, listed = self._first(slots, index).ids, self._listed(slots, index)
        more = self._proposals.beside(slots, index, found, listed, row, cancel)
        return found.words + more

    def _weigh(
        self,
        gate: WordGate,
        slots: Sequence[Slot],
        index: int,
        pool: Sequence[Word],
        basis: int | None = None,
        cancel: Cancel | None = None,
    ) -> list[Word]:
        query = self._first(slots, index)
        final = gate.mix(self.opinions(slots, index, pool, basis, cancel))
        own = [self._mixer.personal_count(query.left, query.right, word.text) for word in pool]
        if any(own):
            final = mix_own(final, own, basis, self._mixer.personal_weight)
        return [Word(word.ids, word.text, p) for word, p in zip(pool, final, strict=True)]

    def _final(
        self,
        gate: WordGate | None,
        slots: Sequence[Slot],
        index: int,
        pool: Sequence[Word],
        ids: tuple[int, ...],
        log_prob: float,
        cancel: Cancel | None,
    ) -> float:
        """Return the final ln P of one word with the search's ``log_prob``, weighed in ``pool``."""
        if gate is None or log_prob == -math.inf:
            return log_prob
        basis = len(pool)
        words = list(pool)
        if all(word.ids != ids for word in words):
            text = "".join(self._vocabulary.tokens[i] for i in ids)
            words.append(Word(ids, text, log_prob))
        weighed = self._weigh(gate, slots, index, words, basis, cancel)
        return next(word.log_prob for word in weighed if word.ids == ids)

    def _rank(
        self,
        slots: Sequence[Slot],
        index: int,
        ids: tuple[int, ...],
        log_prob: float,
        cancel: Cancel | None,
    ) -> int | None:
        """Return the place of a word among all words; None beyond RANK_LIMIT or too far to tell."""
        if log_prob == -math.inf:
            return None
        gate = self._gate(slots, index)
        floor = log_prob - (_RANK_MARGIN if gate else 0.0)
        found = self._search.above(slots, index, floor, RANK_LIMIT, RANK_WIDTH, cancel)
        if gate is None:
            better = sum(word.ids != ids for word in found.words)
            return better + 1 if found.complete and better < RANK_LIMIT else None
        pool = self._with_proposals(slots, index, found, cancel)
        final = self._weigh(gate, slots, index, pool, cancel=cancel)
        weighed = {word.ids: word.log_prob for word in final}
        if ids not in weighed:
            return None
        better = sum(p > weighed[ids] for p in weighed.values())
        return better + 1 if found.complete or better < len(found.words) // 2 else None


def _common_length(words: Sequence[tuple[int, ...]]) -> int | None:
    """Return the length of all words in tokens, None where they differ."""
    lengths = {len(ids) for ids in words}
    return lengths.pop() if len(lengths) == 1 else None


def _record(word: Word, said: tuple[Evidence, ...], evidence: tuple[Evidence, ...]) -> Candidate:
    """Name the source of a candidate: a memory that has seen it between two neighbours or more."""
    source = Source.ENCODER
    if any(len(e.left) + len(e.right) >= _TELLING for e in evidence):
        source = Source.PERSONAL if evidence[0].personal is not None else Source.MEMORY
    return Candidate(word.text, math.exp(word.log_prob), source, said + evidence)
