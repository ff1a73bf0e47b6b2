"""What the search asks the encoder: one place of a word, with so much text around it.

Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.engine.context import Context, Query, Slot
from assistant.engine.tokenizer import Vocabulary

LENGTH_REACH = 16
"""Tokens on either side of a word of unknown length that are read to tell its length,"""
_WORD_REACH = 24
"""to begin it, where it is of several characters (one alone may depend on all of the text),"""
_END_REACH = 12
"""and to go on with it."""


def place_query(context: Context, slots: Sequence[Slot], index: int, state: Slot) -> Query:
    """Return the query for the next place of slot ``index``, which is in ``state``.

    Who leaves the length open leaves out a word, so that a single character is a whole one.
    """
    reach, unknown = None, slots[index].masks is None
    alone = not state.ids and state.masks == 1
    if unknown and not alone:
        reach = _END_REACH if state.ids else _WORD_REACH
    asked = [state if i == index else slot for i, slot in enumerate(slots)]
    return replace(context.query(asked, index, reach), whole=unknown and alone)


def filled_slot(vocabulary: Vocabulary, ids: tuple[int, ...], masks: int) -> Slot:
    """Return a slot that holds ``ids`` and still has ``masks`` open places."""
    return Slot(ids, "".join(vocabulary.tokens[i] for i in ids), masks)
