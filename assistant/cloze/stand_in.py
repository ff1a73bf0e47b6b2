"""Whether one word could stand where another stands, by word borders and parts of speech. Pure."""

from __future__ import annotations

from assistant.cloze.places import Place
from assistant.cloze.tokens import is_listed, part_of, tokenize

_AROUND = 20
"""Characters on each side that are cut into words."""
_CLASSES = {
    **dict.fromkeys("nts", "noun"),
    **dict.fromkeys("azbil", "adjective"),
    **dict.fromkeys("uye", "particle"),
    "r": "pronoun",
    "m": "number",
    "p": "preposition",
}
"""First letters of jieba's tags that count as one part of speech; others stand for themselves."""


_CLOSED = ("pronoun", "particle", "number", "preposition")


def can_stand_in(text: str, place: Place, word: str) -> bool:
    """Return whether ``word`` at ``place`` would be a word of its own of the answer's class.

    What merges with its neighbours into another word cannot (边 in 溪边【界】). Where the gap is a
    part of a word, the whole must be a listed word; where it is several words, only its borders
    must hold.
    """
    before = text[max(0, place.start_char - _AROUND) : place.start_char]
    answer = text[place.start_char : place.end_char]
    after = text[place.end_char : place.end_char + _AROUND]
    start, end = len(before), len(before) + len(answer)
    own = [
        t for t in tokenize(before + answer + after) if t.start_char < end and t.end_char > start
    ]
    if len(own) == 1 and own[0].text != answer:
        return is_listed(before[own[0].start_char :] + word + after[: own[0].end_char - end])
    end = start + len(word)
    new = [t for t in tokenize(before + word + after) if t.start_char < end and t.end_char > start]
    if (new[0].start_char, new[-1].end_char) != (start, end):
        return False
    if len(own) > 1:
        return True
    return len(new) == 1 and (
        _class(new[0].tag) == _class(own[0].tag) or _class(part_of(word)) == _class(part_of(answer))
    )


def is_closed_class(word: str) -> bool:
    """Return whether ``word`` is a pronoun, a particle, a number or a preposition."""
    return _class(part_of(word)) in _CLOSED


def _class(tag: str) -> str:
    return _CLASSES.get(tag[:1], tag[:1])
