"""Sentences written for this: what people write in an editor, judged by who wrote them.

Imports nothing of ``assistant``. Reviews teach praise and blame of goods, words of a list what a
story says outright; these teach what it shows: events, gestures, images, idioms. Each file of
``sentences/`` is one kind of text, ``label TAB sentence``, the label negative, neutral or positive.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from build_tools.finetune.records import CALM, NEGATIVE, POSITIVE, WRITTEN, Row

FOLDER = Path(__file__).parent / "sentences"
_SENTIMENTS = {"negative": NEGATIVE, "neutral": CALM, "positive": POSITIVE}


def written_rows(folder: Path = FOLDER) -> Iterator[Row]:
    """Yield the rows of all files in ``folder``; raises ValueError for a line of another form."""
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            label, _, sentence = line.partition("\t")
            if label not in _SENTIMENTS or not sentence:
                raise ValueError(f"{path.name}:{number}: no label, tab and sentence: {line!r}")
            yield Row(WRITTEN, sentence, _SENTIMENTS[label])
