"""Sentences of our own as writers write them: stories, letters, reports, headings, opinions.

What development sets of reviews do not hold; never trained on. ``SEEN`` were looked at while words
of feeling, sources and shares were chosen; ``UNSEEN`` were not, until a package was measured.
"""

from __future__ import annotations

from pathlib import Path

from assistant.records import Polarity

_FOLDER = Path(__file__).parent / "sentences_to_measure"


def _read(name: str) -> tuple[tuple[str, Polarity], ...]:
    lines = (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    judged = (line.split("\t") for line in lines)
    return tuple((sentence, Polarity(label)) for label, sentence in judged)


SEEN, UNSEEN = _read("seen"), _read("unseen")
"""Each sentence with what a reader would call it."""
