"""Where a strategy puts its gaps: all places that qualify; ``places`` chooses among them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum

from assistant.cloze.places import Place, sentences
from assistant.cloze.tokens import Part, Token

_IDIOM_CHARS = 4


class Strategy(Enum):
    """How gaps are found; the value is the option's name. MANUAL: the teacher marks them."""

    NTH = "nth"
    CTEST = "ctest"
    POS = "pos"
    WORDLIST = "wordlist"
    IDIOM = "idiom"
    ENTROPY = "entropy"
    MANUAL = "manual"


def nth_words(tokens: Sequence[Token], every: int, start: Place) -> list[Place]:
    """Return every ``every``-th word in ``start`` (Taylor 1953); the next one if it is a name."""
    places: list[Place] = []
    counted = 0
    for token in tokens:
        if not token.is_word or token.start_char < start.start_char:
            continue
        counted += 1
        if counted >= every and not token.is_name_or_number:
            places.append(Place(token.start_char, token.end_char))
            counted = 0
    return places


def ctest_halves(text: str, tokens: Sequence[Token]) -> list[Place]:
    """Return the second character of every second two-character word from sentence 2 on.

    The C-test of Klein-Braley and Raatz (second half of every second word) for Chinese.
    """
    found = sentences(text)
    start = found[1].start_char if len(found) > 1 else 0
    pairs = [
        token
        for token in tokens
        if len(token.text) == 2 and token.start_char >= start and not token.is_name_or_number
    ]
    return [Place(token.start_char + 1, token.end_char) for token in pairs[1::2]]


def parts_of_speech(tokens: Iterable[Token], parts: Collection[Part]) -> list[Place]:
    """Return the words of the given parts of speech, names and numbers left out."""
    return [
        Place(token.start_char, token.end_char)
        for token in tokens
        if token.is_part(parts) and not token.is_name_or_number
    ]


def listed_words(text: str, tokens: Sequence[Token], words: Collection[str]) -> list[Place]:
    """Return where the text uses a word of the list, longest first, not across word borders.

    Single characters are found inside words too: that is what a list of characters (生字表) means.
    """
    starts = {token.start_char for token in tokens}
    ends = {token.end_char for token in tokens}
    lengths = sorted({len(word) for word in words if word}, reverse=True)
    places: list[Place] = []
    at = 0
    while at < len(text):
        for length in lengths:
            end = at + length
            whole = length == 1 or (at in starts and end in ends)
            if whole and text[at:end] in words:
                places.append(Place(at, end))
                at = end - 1
                break
        at += 1
    return places


def idioms(text: str, known: Collection[str]) -> list[Place]:
    """Return where the text uses a known four-character idiom."""
    places: list[Place] = []
    at = 0
    while at + _IDIOM_CHARS <= len(text):
        if text[at : at + _IDIOM_CHARS] in known:
            places.append(Place(at, at + _IDIOM_CHARS))
            at += _IDIOM_CHARS
        else:
            at += 1
    return places


def scorable_words(tokens: Iterable[Token], parts: Collection[Part], longest: int) -> list[Place]:
    """Return the words of the given parts of speech that are not too long for a model to judge."""
    return [
        Place(token.start_char, token.end_char)
        for token in tokens
        if len(token.text) <= longest and token.is_part(parts) and not token.is_name_or_number
    ]
