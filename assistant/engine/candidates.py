"""The candidates of one span as a person sees them: found by the search, weighed as whole words.

Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from assistant.engine.cancel import Cancel
from assistant.engine.choices import ChoiceGate
from assistant.engine.context import Context, Query, Slot
from assistant.engine.knowledge import Knowledge
from assistant.engine.predictor import Predictor
from assistant.engine.search import RANK_WIDTH, Beginning, Found, SpanSearch, Word
from assistant.engine.suiting import Suiting
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.word_gate import Opinion, WordGate
from assistant.records import MAX_UNKNOWN_CHARS, RANK_LIMIT, Candidate, Evidence, Source
from assistant.text.characters import is_han

POOL = 12
"""Words of the search that are weighed against each other."""
PROPOSALS = 8
"""Words of the memory, and words that fit the encoder's view, that are weighed beside them."""
_NEW_BEGINNINGS = 2
"""Beginnings that the search has not followed and proposals of unknown length may begin with."""
_NEW_WORDS = 5
"""Words of known length that begin like none the search has followed, each place a row.

On 400 CFT words of two to four characters (seed 1) five were as good as all, hit@5 .193 against
.190, in 72 % of the time; three .180."""
_OWN_WORD = 6.0
"""ln(1 + count) that a person's own word in its own gap has over its count: a common word."""
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
        self._suiting = Suiting(knowledge.topics if knowledge else None, self._search)
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
        return gate.shares(*merits, _common_length(words)).tolist()

    def compared(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[tuple[int, ...]],
        cancel: Cancel | None = None,
    ) -> tuple[list[float], list[float], list[float]]:
        """Return of each of ``words`` the search's ln P, how it suits the text, and the gap.

        Words of one length are compared as if it were known. Raises Cancelled.
        """
        length = _common_length(words)
        asked = list(slots)
        if length:
            asked[index] = Slot(masks=length)
        log_probs = self._search.score(asked, index, words, cancel)
        topics = self._suiting.text(self._first(slots, index).ids, words)
        return log_probs, topics, self._suiting.gap(asked, index, words, cancel)

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
        said = [Evidence(a, b, self._context.times(a + word + b), in_text=True) for a, b in sides]
        return tuple(sorted((e for e in said if e.count), key=lambda e: -e.count)[:1])

    def pool(
        self,
        slots: Sequence[Slot],
        index: int,
        count: int,
        cancel: Cancel | None = None,
        width: int | None = None,
    ) -> list[Word]:
        """Return the search's ``count`` best words and those that memory and word list propose."""
        found = self._search.best(slots, index, count, cancel, width)
        return self._with_proposals(slots, index, found, count, cancel)

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
        pool: Sequence[Word],
        cancel: Cancel | None = None,
    ) -> list[Opinion]:
        """Return what is known of each word of ``pool``. Raises Cancelled."""
        listed = self._listed(slots, index)
        query = self._first(slots, index)
        words = [word.ids for word in pool]
        topics = self._suiting.text(query.ids, words)
        gaps = self._suiting.gap(slots, index, words, cancel)
        return [
            Opinion(
                word.log_prob,
                listed.get(word.text, 0.0),
                self._frequency(word, query),
                len(word.ids),
                topic,
                gap,
                math.log1p(self._context.times(word.text)),
            )
            for word, topic, gap in zip(pool, topics, gaps, strict=True)
        ]

    def _frequency(self, word: Word, query: Query) -> float:
        """Return ln(1 + count) in the word list; a person's own words are words too."""
        listed = self._knowledge.words.frequency(word.ids) if self._knowledge else 0.0
        own = self._mixer.personal_count(query.left, query.right, word.text)
        return max(listed, math.log1p(own) + _OWN_WORD) if own else listed

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
        if known is None:
            return listed
        fitting = {text: p for text, p in listed.items() if len(text) == known}
        total = math.fsum(fitting.values()) + 1e-3
        return {text: p / total for text, p in fitting.items()}

    def _first(self, slots: Sequence[Slot], index: int) -> Query:
        """Return the query of slot ``index`` as if it were one place."""
        one = [Slot() if i == index else slot for i, slot in enumerate(slots)]
        return self._context.query(one, index)

    def _with_proposals(
        self,
        slots: Sequence[Slot],
        index: int,
        found: Found,
        count: int,
        cancel: Cancel | None,
    ) -> list[Word]:
        """Return the best ``count`` words of ``found`` and those that are proposed beside them."""
        words = found.words[:count]
        known = {word.ids for word in words}
        listed = list(self._listed(slots, index))[:PROPOSALS]
        fitting, suiting = self._of_list(slots, index, cancel)
        proposed = suiting + [self._vocabulary.encode(text)[0] for text in listed] + fitting
        new = [ids for ids in dict.fromkeys(proposed) if ids not in known]
        known_length = slots[index].masks
        if known_length is None:
            lengths = self._search.hopeful(slots, index, cancel)
            new = [ids for ids in new if len(ids) in lengths]
            room = _NEW_BEGINNINGS
        else:
            room = _NEW_WORDS * (known_length - 1)
        new = affordable(new, found.followed, room)
        scores = self._search.score(slots, index, new, cancel)
        texts = ("".join(self._vocabulary.tokens[i] for i in ids) for ids in new)
        more = [Word(*item) for item in zip(new, texts, scores, strict=True)]
        return words + [word for word in more if word.log_prob > -math.inf]

    def _of_list(
        self, slots: Sequence[Slot], index: int, cancel: Cancel | None
    ) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
        """Return words of the list that fit the encoder's view, and some that suit the text too.

        Of single characters the search looks through all, and may miss those that suit.
        """
        fitting: list[tuple[int, ...]] = []
        suiting: list[tuple[int, ...]] = []
        if self._knowledge is None:
            return fitting, suiting
        row = self._first(slots, index).ids
        lengths = self._search.hopeful(slots, index, cancel)
        for length, log_prob in lengths.items():
            share = math.ceil(PROPOSALS * math.exp(log_prob) - 0.25)
            if length <= MAX_UNKNOWN_CHARS and share > 0:
                suits = self._suiting.merit(slots, index, row, length, cancel)
                if length == 1 and suits is None:
                    continue
                views = [v.log_probs for v in self._search.views(slots, index, length, cancel)]
                fit, suit = self._knowledge.words.propose(views, share, suits)
                suiting += suit
                if length > 1:
                    fitting += fit
        return fitting, suiting

    def _weigh(
        self,
        gate: WordGate,
        slots: Sequence[Slot],
        index: int,
        pool: Sequence[Word],
        basis: int | None = None,
        cancel: Cancel | None = None,
    ) -> list[Word]:
        final = gate.mix(self.opinions(slots, index, pool, cancel), basis)
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
        pool = self._with_proposals(slots, index, found, len(found.words), cancel)
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


def affordable(
    words: Sequence[tuple[int, ...]], followed: Collection[Beginning], room: int
) -> list[tuple[int, ...]]:
    """Return the words that begin like ``followed`` ones but for at most ``room`` beginnings.

    Each beginning is a row for the encoder; the first words are served first.
    """
    taken: list[tuple[int, ...]] = []
    known = set(followed)
    for ids in words:
        new = {(len(ids), ids[:place]) for place in range(1, len(ids))} - known
        if len(new) <= room:
            room -= len(new)
            known |= new
            taken.append(ids)
    return taken


def _record(word: Word, said: tuple[Evidence, ...], evidence: tuple[Evidence, ...]) -> Candidate:
    """Name the source of a candidate: a memory that has seen it between two neighbours or more."""
    source = Source.ENCODER
    if any(len(e.left) + len(e.right) >= _TELLING for e in evidence):
        source = Source.PERSONAL if evidence[0].personal is not None else Source.MEMORY
    return Candidate(word.text, math.exp(word.log_prob), source, said + evidence)
