"""One window of text with its open spans, as rows of token ids for the encoder.

A row is built from the tokens around the spans (encoded once) and the state of every span:
a ``Slot`` holds the tokens already filled and how many masks follow. Neither Qt nor onnxruntime.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.engine.reranker import Place
from assistant.engine.sight import Sight
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.triggers import REACH, Around
from assistant.records import Span
from assistant.text.masks import find_spans
from assistant.text.sentences import sentence_borders
from assistant.text.windows import window

UNKNOWN = "\0"
"""Stands in the neighbours for a blank that is still open."""
BORDER = "\n"
"""Stands in the neighbours for the border of the text."""
_NEIGHBOURS = 16
"""Neighbours handed to the memory: white space and runs of one class shrink there."""
_BESIDE = 200
"""Characters on either side of the window that are looked through for what is said again."""
_TYPICAL_MASKS = 2
"""Masks that stand for an unknown word in a model without a span token: the commonest length."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The state of one span in a row: what is filled (ids and text), then ``masks`` open places.

    ``masks`` None: a word of unknown length (nothing filled yet).
    """

    ids: tuple[int, ...] = ()
    text: str = ""
    masks: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A place to predict: a row of ids, the column in it, and the visible neighbours.

    ``left[-1]`` and ``right[0]`` touch the place; UNKNOWN and BORDER mark what is not text.
    ``around`` are the tokens on either side of its span, ``sight`` is what can be seen there.
    ``whole``: a word of one character is asked for, not a character of any word.
    """

    ids: tuple[int, ...]
    column: int
    left: str
    right: str
    around: Around = field(default=Around(), compare=False, repr=False)
    sight: Sight | None = field(default=None, compare=False, repr=False)
    whole: bool = False

    @property
    def place(self) -> Place:
        """Return where the blank stands in its text."""
        return Place(self.ids, self.column, self.sight, self.around, self.whole)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text between two spans: its ids, their (start, end) offsets in it, and its neighbours."""

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    shown: str


class Context:
    """The window of one group of spans; builds queries for any state of its slots."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        text: str,
        spans: Sequence[Span],
        budget_chars: int,
    ) -> None:
        """Choose the window around ``spans`` (in order) and encode what stands between them."""
        self._vocabulary = vocabulary
        self.spans = tuple(spans)
        marks = sum(span.end_char - span.start_char - (span.length or 1) for span in spans)
        self.start_char, self.end_char = window(
            text, spans[0].start_char, spans[-1].end_char, budget_chars + marks
        )
        edges = [self.start_char]
        for span in spans:
            edges += [span.start_char, span.end_char]
        edges.append(self.end_char)
        pieces = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
        self._starts = edges[::2]
        self._pieces = [self._piece(piece) for piece in pieces]
        self.sight = Sight(
            vocabulary,
            text[max(0, self.start_char - _BESIDE) : self.start_char],
            [(piece, one.ids) for piece, one in zip(pieces, self._pieces, strict=True)],
            text[self.end_char : self.end_char + _BESIDE],
        )

    def open_slots(self) -> tuple[Slot, ...]:
        """Return the state in which nothing is filled."""
        return tuple(Slot(masks=span.length) for span in self.spans)

    def query(self, slots: Sequence[Slot], index: int, reach: int | None = None) -> Query:
        """Return the query for the first open place of slot ``index``.

        With ``reach`` the row holds only so many tokens on either side of the slot.
        """
        vocabulary = self._vocabulary
        ids: list[int] = [vocabulary.cls]
        before: list[str] = [BORDER]
        after: list[str] = []
        shown, column, end = before, 0, 0
        for i, slot in enumerate(slots):
            ids += (*self._pieces[i].ids, *slot.ids)
            shown += [self._pieces[i].shown, slot.text]
            still_open = 1 if slot.masks is None else slot.masks
            if i == index:
                column, shown, still_open = len(ids), after, still_open - 1
            shown.append(UNKNOWN * still_open)
            ids += self._open_ids(slot)
            if i == index:
                end = len(ids)
        ids += (*self._pieces[-1].ids, vocabulary.sep)
        shown += [self._pieces[-1].shown, BORDER]
        left, right = "".join(before), "".join(after)
        start = column - len(slots[index].ids)
        around = Around(tuple(ids[max(0, start - REACH) : start]), tuple(ids[end : end + REACH]))
        if reach is not None:
            start = max(1, start - reach)
            ids = [vocabulary.cls, *ids[start : min(len(ids) - 1, end + reach)], vocabulary.sep]
            column -= start - 1
        near = left[-_NEIGHBOURS:], right[:_NEIGHBOURS]
        return Query(tuple(ids), column, *near, around, self.sight)

    def visible_tokens(self, slots: Sequence[Slot]) -> Iterator[tuple[int, int, int]]:
        """Yield (column in the row, start_char, end_char) of every token of the context."""
        column = 1
        for i, piece in enumerate(self._pieces):
            for start, end in piece.offsets:
                yield column, self._starts[i] + start, self._starts[i] + end
                column += 1
            if i < len(slots):
                column += len(slots[i].ids) + len(self._open_ids(slots[i]))

    def _piece(self, text: str) -> _Piece:
        """Encode what stands between two spans; a blank nobody asks about is an open place."""
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        shown = ""
        end = 0
        for span in (*find_spans(text), None):
            plain = text[end : span.start_char if span else None]
            plain_ids, plain_offsets = self._vocabulary.encode(plain)
            ids += plain_ids
            offsets += [(a + end, b + end) for a, b in plain_offsets]
            shown += _compact(plain)
            if span:
                open_ids = self._open_ids(Slot(masks=span.length))
                ids += open_ids
                offsets += [(span.start_char, span.end_char)] * len(open_ids)
                shown += UNKNOWN * (span.length or 1)
                end = span.end_char
        return _Piece(tuple(ids), tuple(offsets), shown)

    def _open_ids(self, slot: Slot) -> list[int]:
        if slot.masks is not None:
            return [self._vocabulary.mask] * slot.masks
        if self._vocabulary.span is not None:
            return [self._vocabulary.span]
        return [self._vocabulary.mask] * _TYPICAL_MASKS


def group_spans(text: str, spans: Sequence[Span], budget_chars: int) -> list[tuple[Span, ...]]:
    """Split ``spans`` (in order) into groups that fit one window with their own sentences.

    Spans further apart than that do not see each other and are filled independently.
    """
    groups: list[list[Span]] = []
    for span in spans:
        if groups and _extent(text, groups[-1][0], span) <= budget_chars:
            groups[-1].append(span)
        else:
            groups.append([span])
    return [tuple(group) for group in groups]


def _extent(text: str, first: Span, last: Span) -> int:
    """Characters from the sentence begin of ``first`` to the sentence end of ``last``."""
    base = max(0, first.start_char - _EXTENT_REACH)
    part = text[base : last.end_char + _EXTENT_REACH]
    borders = sentence_borders(part)
    low = max(b for b in borders if b <= first.start_char - base)
    high = min(b for b in borders if b >= last.end_char - base)
    return high - low


_EXTENT_REACH = 200


def _compact(text: str) -> str:
    """Drop white space, as the tokenizer does, but keep line breaks as text borders."""
    lines = ("".join(line.split()) for line in text.splitlines(keepends=False))
    joined = BORDER.join(lines)
    return joined + BORDER if text.endswith(("\n", "\r")) else joined
