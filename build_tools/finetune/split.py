"""Which rows are held out of training: decided by the text, so that every preparation agrees.

Imports nothing of ``assistant``.
"""

from __future__ import annotations

from build_tools.corpus.overlap import passage_digest
from build_tools.finetune.records import OF_THREE, OPINIONS, Row

_ONE_IN, _ONE_IN_OF_THREE = 40, 8


def is_held_out(row: Row) -> bool:
    """Tell whether ``row`` is held out: one in 40, of what chose among all three one in 8.

    Sentences of reviews never are: those of held-out reviews are left out (``judged``).
    """
    if row.source == OPINIONS:
        return False
    one_in = _ONE_IN_OF_THREE if row.source in OF_THREE else _ONE_IN
    return passage_digest(row.text) % one_in == 0
