"""Sentences written for this: what people write in an editor, judged by who wrote them.

Imports nothing of ``assistant``. Reviews teach praise and blame of goods, words of a list what a
story says outright; these teach what it shows: events, gestures, images, idioms. Each file of
``sentences/`` is one kind of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from build_tools.finetune.records import CALM, NEGATIVE, POSITIVE, WRITTEN, Row
from build_tools.polarity_sets import POLARITIES, labelled_sentences

FOLDER = Path(__file__).parent / "sentences"
SENTIMENTS = dict(zip(POLARITIES, (NEGATIVE, CALM, POSITIVE), strict=True))


def written_rows(folder: Path = FOLDER) -> Iterator[Row]:
    """Yield the rows of all files in ``folder``; raises ValueError for a line of another form."""
    for path in sorted(folder.glob("*.tsv")):
        for item in labelled_sentences(path):
            yield Row(WRITTEN, item.text, SENTIMENTS[item.label])
