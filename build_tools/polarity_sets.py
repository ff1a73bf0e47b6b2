"""What verdicts of three kinds are measured on: negative, neutral and positive sentences and posts.

Imports nothing of ``assistant``. Sentences of our own as writers write them: stories, letters,
reports, headings, opinions, which development sets of reviews do not hold. ``seen`` were looked at
while words of feeling, sources and shares were chosen; ``unseen`` were not, but for the package
that was taken among four. None is ever trained on.
"""

from __future__ import annotations

from pathlib import Path

from build_tools.corpus.clean import han_only
from build_tools.understand_sets import Labelled, label_set

POLARITIES = ("negative", "neutral", "positive")
_FOLDER = Path(__file__).parent / "sentences_to_measure"
_OF_EMOTION = {
    "高兴": "positive",
    "平静": "neutral",
    "愤怒": "negative",
    "悲伤": "negative",
    "恐惧": "negative",
}
"""What an emotion of ``smp2020`` is; surprise may be any and is left out."""
_POSTS_OF_EACH = 300


def polarity_sets(dev: Path) -> dict[str, list[Labelled]]:
    """Return our own sentences and as many posts of each kind from ``dev``, by name of the set."""
    own = {f"sentences_{name}": own_sentences(name) for name in ("seen", "unseen")}
    return {**own, "smp2020_polarity": _posts(dev)}


def own_sentences(name: str) -> list[Labelled]:
    """Return the sentences ``seen`` or ``unseen``."""
    return labelled_sentences(_FOLDER / f"{name}.tsv")


def labelled_sentences(path: Path) -> list[Labelled]:
    """Read lines of label, tab, sentence; raises ValueError for a line of another form."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        label, _, sentence = line.partition("\t")
        if label not in POLARITIES or not sentence:
            raise ValueError(f"{path.name}:{number}: no label, tab and sentence: {line!r}")
        found.append(Labelled(sentence, label))
    return found


def _posts(dev: Path) -> list[Labelled]:
    posts = [
        Labelled(post.text, _OF_EMOTION[post.label])
        for post in label_set(dev, "smp2020").texts
        if post.label in _OF_EMOTION and han_only(post.text)
    ]
    kinds = ([post for post in posts if post.label == kind] for kind in POLARITIES)
    return [post for kind in kinds for post in kind[:_POSTS_OF_EACH]]
