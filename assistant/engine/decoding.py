"""Greedy and beam search over a step graph, as transformers' ``generate`` does them.

Pure bookkeeping in numpy; knows no words. Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.engine.cancel import Cancel

_NEVER = -1e9
"""transformers' score of what is not there; a real log-probability is far above it."""
_NOTHING: tuple[int, ...] = ()
_Open = tuple[float, tuple[int, ...], int]
"""An open hypothesis: log-probability, ids, the row that it continues."""


class Steps(Protocol):
    """Sentences that were read: see :class:`assistant.engine.translation_model.Reading`."""

    def write(
        self,
        tokens: Sequence[int] | NDArray[np.int64],
        order: Sequence[int] | NDArray[np.int64],
        most: int = 1,
        cancel: Cancel | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Continue rows, up to ``most`` steps; return what may come next at each, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What was written for one sentence, without the start and the end mark.

    ``log_prob`` is the sum over all tokens, the end mark included; ``is_ended`` says that the end
    mark was written, not the limit reached.
    """

    ids: tuple[int, ...]
    log_prob: float
    is_ended: bool

    @property
    def length(self) -> int:
        """The number of tokens that ``log_prob`` is the sum of."""
        return len(self.ids) + self.is_ended


@dataclass(frozen=True, slots=True)
class Rules:
    """How to search: ``limits[i]`` is the most tokens for sentence i, the end mark included.

    With ``no_repeat`` n above 0 no n tokens in a row are written twice.
    """

    start: int
    eos: int
    limits: tuple[int, ...]
    no_repeat: int = 0
    length_penalty: float = 1.0


def greedy(steps: Steps, rules: Rules, cancel: Cancel | None = None) -> list[Hypothesis]:
    """Write the likeliest token again and again, all in one call. Raises Cancelled."""
    if rules.no_repeat:
        return _without_repeats(steps, rules, cancel)
    rows = range(len(rules.limits))
    log_probs, ids = steps.write([rules.start] * len(rows), rows, max(rules.limits), cancel)
    return [_until_the_end(log_probs[:, i, 0], ids[:, i, 0], i, rules) for i in rows]


def _until_the_end(
    log_probs: NDArray[np.float32], ids: NDArray[np.int64], sentence: int, rules: Rules
) -> Hypothesis:
    """Return what row ``sentence`` says, [steps] each, up to its end mark or its limit."""
    written: list[int] = ids[: rules.limits[sentence]].tolist()
    is_ended = rules.eos in written
    if is_ended:
        del written[written.index(rules.eos) :]
    total = float(log_probs[: len(written) + is_ended].sum(dtype=np.float64))
    return Hypothesis(tuple(written), total, is_ended)


def _without_repeats(steps: Steps, rules: Rules, cancel: Cancel | None) -> list[Hypothesis]:
    """Write the likeliest token that repeats nothing again and again."""
    count = len(rules.limits)
    written: list[list[int]] = [[] for _ in range(count)]
    sums, ended = [0.0] * count, [False] * count
    rows = list(range(count))
    tokens, order = [rules.start] * count, list(range(count))
    while rows:
        log_probs, ids = (found[0] for found in steps.write(tokens, order, cancel=cancel))
        going: list[int] = []
        tokens, order = list[int](), list[int]()
        for place, sentence in enumerate(rows):
            choice = _first_allowed(ids[place], written[sentence], rules)
            token = int(ids[place, choice]) if choice is not None else rules.eos
            if choice is not None:
                sums[sentence] += float(log_probs[place, choice])
            if token == rules.eos:
                ended[sentence] = choice is not None
                continue
            written[sentence].append(token)
            if len(written[sentence]) < rules.limits[sentence]:
                going.append(sentence)
                tokens.append(token)
                order.append(place)
        rows = going
    return [
        Hypothesis(tuple(ids), total, end)
        for ids, total, end in zip(written, sums, ended, strict=True)
    ]


def beam_search(
    steps: Steps, rules: Rules, beams: int, cancel: Cancel | None = None
) -> list[Hypothesis]:
    """Return the best of ``beams`` hypotheses for every sentence. Raises Cancelled.

    transformers' rules with ``early_stopping=False``: a sentence is done when the best hypothesis
    still open scores no better, for its present length, than the worst of ``beams`` ended ones.
    """
    searches = [_Search(rules, limit, beams) for limit in rules.limits]
    tokens = [rules.start] * len(searches)
    order = list(range(len(searches)))
    going = searches
    while going:
        log_probs, ids = (found[0] for found in steps.write(tokens, order, cancel=cancel))
        still: list[_Search] = []
        tokens, order = list[int](), list[int]()
        place = 0
        for search in going:
            end = place + search.rows
            search.take(log_probs[place:end], ids[place:end])
            if not search.is_done:
                still.append(search)
                tokens += search.last
                order += [place + parent for parent in search.parents]
            place = end
        going = still
    return [search.best() for search in searches]


@dataclass(slots=True)
class _Search:
    """The beams of one sentence."""

    rules: Rules
    limit: int
    beams: int
    written: list[tuple[int, ...]] = field(default_factory=lambda: [_NOTHING])
    scores: list[float] = field(default_factory=lambda: [0.0])
    parents: list[int] = field(default_factory=lambda: [0])
    ended: list[tuple[float, Hypothesis]] = field(default_factory=list[tuple[float, Hypothesis]])
    is_done: bool = False

    @property
    def rows(self) -> int:
        """The number of open hypotheses: one at first, then ``beams``."""
        return len(self.written)

    @property
    def last(self) -> list[int]:
        """The last token of every open hypothesis."""
        return [ids[-1] for ids in self.written]

    def take(self, log_probs: NDArray[np.float32], ids: NDArray[np.int64]) -> None:
        """Go on with what may come next, [rows, K] each."""
        scores = log_probs + np.array(self.scores, np.float32)[:, None]
        for row, written in enumerate(self.written):
            for choice in _banned(ids[row], written, self.rules):
                scores[row, choice] = _NEVER
        flat: list[float] = scores.ravel().tolist()
        tokens: list[int] = ids.ravel().tolist()
        # Sorting is stable: the first of equals stays first. Numpy is slower on so few.
        best = sorted(range(len(flat)), key=flat.__getitem__, reverse=True)[: 2 * self.beams]
        width: int = ids.shape[1]
        length = len(self.written[0]) + 1
        open_: list[_Open] = []
        for rank, place in enumerate(best):
            score, row, token = flat[place], place // width, tokens[place]
            if score <= _NEVER / 2:
                continue
            written = self.written[row]
            if token != self.rules.eos and length < self.limit:
                open_.append((score, (*written, token), row))
            elif rank < self.beams:
                self._end(score, written, token, length)
        self._go_on(open_[: self.beams], length)

    def _end(self, score: float, written: tuple[int, ...], token: int, length: int) -> None:
        is_ended = token == self.rules.eos
        ids = written if is_ended else (*written, token)
        found = score / length**self.rules.length_penalty
        self.ended.append((found, Hypothesis(ids, score, is_ended)))
        self.ended.sort(key=lambda entry: -entry[0])  # stable: the older of equals stays first
        del self.ended[self.beams :]

    def _go_on(self, open_: list[_Open], length: int) -> None:
        if not open_:
            self.is_done = True
            return
        possible = open_[0][0] / length**self.rules.length_penalty
        if len(self.ended) == self.beams and possible <= self.ended[-1][0]:
            self.is_done = True
            return
        self.scores = [score for score, _, _ in open_]
        self.written = [ids for _, ids, _ in open_]
        self.parents = [row for _, _, row in open_]

    def best(self) -> Hypothesis:
        """Return the best ended hypothesis, or the best open one where none could end."""
        if self.ended:
            return self.ended[0][1]
        return Hypothesis(self.written[0], self.scores[0], False)


def _first_allowed(ids: NDArray[np.int64], written: list[int], rules: Rules) -> int | None:
    banned = set(_banned(ids, tuple(written), rules))
    return next((choice for choice in range(len(ids)) if choice not in banned), None)


def _banned(ids: NDArray[np.int64], written: tuple[int, ...], rules: Rules) -> list[int]:
    """Return which of ``ids`` would repeat n tokens that were written before."""
    size = rules.no_repeat
    if not size or len(written) < size:
        return []
    tail = written[len(written) - size + 1 :]
    known = {
        written[i + size - 1]
        for i in range(len(written) - size + 1)
        if written[i : i + size - 1] == tail
    }
    return [choice for choice, token in enumerate(ids.tolist()) if token in known]
