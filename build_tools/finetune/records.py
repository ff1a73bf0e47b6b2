"""One training row as text: what is known of it, before it is turned into questions.

Imports nothing of ours. A file of rows is JSON lines, one folder per prepared corpus.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

NEGATIVE, POSITIVE, CALM = 0, 1, 2
"""Judgements, and the columns of the sentiment head; CALM judges nothing and tells of nothing that
is good or bad: the package calls it neutral."""
ENTAILMENT, NEUTRAL, CONTRADICTION, NOT_ENTAILMENT = 0, 1, 2, 3
"""Classes of inference; NOT_ENTAILMENT means neutral or contradiction, nobody said which."""

FEELINGS, PLAIN, WRITTEN = "feelings", "plain", "written"
"""Sources of rows that a list of words judges, sentences that hold one and that hold none, and of
those written for this."""
GOODS, OPINIONS = "judged_goods", "judged_opinions"
POSTS, PROSE, TALK = "judged_posts", "judged_prose", "judged_talk"
"""Sources of rows judged for this: reviews of goods, sentences of other reviews; posts, sentences
of prose, lines of films."""
OF_THREE = frozenset((WRITTEN, GOODS, OPINIONS, POSTS, PROSE, TALK))
"""Sources whose judgements choose among all three. Of other judged texts stars say, or words, on
which side they are, not that they are on one; others yet are known to be on none."""


@dataclass(frozen=True, slots=True)
class Row:
    """A text of ``source`` and what is known of it.

    ``sentiment`` is NEGATIVE, POSITIVE or CALM; ``topic`` a label of the source's set; ``keyword``
    a word that the text is about and need not hold; ``hypothesis`` with ``inference`` a pair.
    """

    source: str
    text: str
    sentiment: int | None = None
    topic: str | None = None
    keyword: str | None = None
    hypothesis: str | None = None
    inference: int | None = None


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write ``rows`` to ``path``; return how many."""
    count = 0
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as stream:
        for row in rows:
            values = {name: getattr(row, name) for name in Row.__slots__}
            known = {name: value for name, value in values.items() if value is not None}
            stream.write(json.dumps(known, ensure_ascii=False) + "\n")
            count += 1
    part.replace(path)
    return count


def read_rows(path: Path) -> list[Row]:
    """Read the rows of ``path``."""
    with path.open(encoding="utf-8") as stream:
        return [Row(**json.loads(line)) for line in stream]
