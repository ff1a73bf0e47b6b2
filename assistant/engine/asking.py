"""What the search asks the encoder: one place of a word, with so much text around it.

Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.engine.context import Context, Query, Slot
from assistant.engine.reranker import Part
from assistant.engine.tokenizer import Vocabulary
from assistant.records import MAX_UNKNOWN_CHARS

LENGTH_REACH = 16
"""Tokens on either side of a word of unknown length that are read to tell its length,"""
_WORD_REACH = 24
"""to begin it, where it is of several characters (one alone may depend on all of the text),"""
_END_REACH = 12
"""and to go on with it."""


def place_query(context: Context, slots: Sequence[Slot], index: int, state: Slot) -> Query:
    """Return the query for the next place of slot ``index``, which is in ``state``."""
    reach, unknown = None, slots[index].masks is None
    if unknown and (state.ids or state.masks != 1):
        reach = _END_REACH if state.ids else _WORD_REACH
    asked = [state if i == index else slot for i, slot in enumerate(slots)]
    return replace(context.query(asked, index, reach), part=_part(state, unknown=unknown))


def _part(state: Slot, *, unknown: bool) -> Part:
    """Return what part of a word is next in ``state``.

    What people leave out is a word, but for a single place of which they say that it is one.
    """
    length = len(state.ids) + (state.masks or 1)
    if length == 1:
        return Part.WORD if unknown else Part.ANY
    if length > MAX_UNKNOWN_CHARS:
        return Part.ANY
    return Part.REST if state.ids else Part.BEGIN


def filled_slot(vocabulary: Vocabulary, ids: tuple[int, ...], masks: int) -> Slot:
    """Return a slot that holds ``ids`` and still has ``masks`` open places."""
    return Slot(ids, "".join(vocabulary.tokens[i] for i in ids), masks)
