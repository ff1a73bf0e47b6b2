"""Texts of the training sets that were judged for this, one by one: negative, neutral or positive.

Imports nothing of ``assistant``. Reviews say by their stars on which side they are and never that
they are on neither; posts carry faces that people put in jest; sentences of stories say nothing of
themselves. A large language model read these and judged them. The files of ``judgements/`` hold
the digest of each text (``passage_digest``) and its label, not the text: that is looked up in the
data.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from build_tools.corpus.overlap import passage_digest
from build_tools.finetune.feelings import sentences, sentences_of
from build_tools.finetune.records import GOODS, OPINIONS, POSTS, PROSE, TALK, Row
from build_tools.finetune.sources import lines_of_films, posts, starred_reviews, unlabelled_texts
from build_tools.finetune.split import is_held_out
from build_tools.finetune.written import SENTIMENTS

FOLDER = Path(__file__).parent / "judgements"
_LONGEST = 90
_PROSE = (
    "tatoeba_cmn",
    "literature_pd",
    "niutrans_modern",
    "dialog_smile",
    "wiki_cmrc_drcd_ud",
    "dialog_crosswoz_kdconv",
    "howto_unlicense",
    "tech_lctt",
)


def judged_rows(data: Path, folder: Path = FOLDER) -> Iterator[Row]:
    """Yield each judged text that ``data`` holds, once; raises ValueError for a line in error."""
    for source in (GOODS, OPINIONS, POSTS, PROSE, TALK):
        wanted = judgements(folder / f"{source}.tsv")
        for text in _texts(data, source):
            sentiment = wanted.pop(passage_digest(text), None)
            if sentiment is not None:
                yield Row(source, text, sentiment)


def judgements(path: Path) -> dict[int, int]:
    """Read lines of digest, tab, label; raises ValueError for a line of another form."""
    found = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        digest, _, label = line.partition("\t")
        try:
            found[int(digest, 16)] = SENTIMENTS[label]
        except (ValueError, KeyError) as error:
            raise ValueError(f"{path.name}:{number}: no digest, tab and label: {line!r}") from error
    return found


def _texts(data: Path, source: str) -> Iterator[str]:
    if source == GOODS:
        yield from unlabelled_texts(data)
    elif source == OPINIONS:
        for row in starred_reviews(data):
            # Of a review that is held out no sentence is learnt.
            if not is_held_out(row):
                yield from sentences_of(row.text, _LONGEST)
    elif source == POSTS:
        yield from posts(data)
    elif source == TALK:
        yield from lines_of_films(data)
    else:
        for name in _PROSE:
            yield from sentences(data / "open" / f"{name}.txt.xz", _LONGEST)
