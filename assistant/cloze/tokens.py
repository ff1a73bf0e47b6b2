"""Words of a passage with their parts of speech, by rjieba (imported when first needed). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from assistant.text.characters import is_han, without_surrogates


class Part(Enum):
    """A part of speech a teacher asks for; the value is the option's name."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    PRONOUN = "pronoun"
    MEASURE = "measure"
    CONJUNCTION = "conjunction"
    PREPOSITION = "preposition"
    PARTICLE = "particle"
    FUNCTION = "function"
    CONTENT = "content"


_TAGS = {
    Part.NOUN: ("n", "t", "s", "f"),
    Part.VERB: ("v",),
    Part.ADJECTIVE: ("a", "z", "b"),
    Part.ADVERB: ("d",),
    Part.PRONOUN: ("r",),
    Part.MEASURE: ("q",),
    Part.CONJUNCTION: ("c",),
    Part.PREPOSITION: ("p",),
    Part.PARTICLE: ("u", "y", "e"),
    Part.FUNCTION: ("d", "c", "p", "u", "y"),
    Part.CONTENT: ("n", "t", "s", "f", "v", "a", "z", "b", "i"),
}
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_NUMBER_TAGS = ("m", "eng", "x")
_USES = 20
_NAME_USES = 200
"""Uses in the dictionary's corpus from which a word (tagged as a name) counts as common."""
_PHRASE_TAGS, _PHRASE_CHARS = ("i", "v"), 3
"""Of three characters the dictionary lists many phrases as idioms or verbs (剪头发, 唱起歌)."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word at ``[start_char, end_char)`` with jieba's tag (``n``, ``v``, ``nr``, …)."""

    text: str
    start_char: int
    end_char: int
    tag: str

    @property
    def is_word(self) -> bool:
        """Whether it consists of Chinese characters."""
        return all(map(is_han, self.text))

    @property
    def is_name_or_number(self) -> bool:
        """Whether it names somebody or some place, counts, is not Chinese, or is in no dictionary.

        What is in none is mostly a name, or two words taken for one; some of these are in one.
        """
        is_name = self.tag.startswith(_NAME_TAGS + _NUMBER_TAGS)
        return is_name or not self.is_word or not is_listed(self.text) or self._is_phrase

    @property
    def _is_phrase(self) -> bool:
        short = len(self.text) == _PHRASE_CHARS and self.tag in _PHRASE_TAGS
        # What is rarer than its parts side by side (传得, 先用) is cut when it stands alone.
        return not part_of(self.text) or (short and not is_common(self.text))

    def is_part(self, parts: Iterable[Part]) -> bool:
        """Return whether it is of one of ``parts``."""
        return any(self.tag.startswith(_TAGS[part]) for part in parts)


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` in order, white space and punctuation included."""
    import rjieba  # its dictionary takes some tenths of a second to load

    tokens: list[Token] = []
    start = 0
    for word, tag in rjieba.tag(without_surrogates(text)):
        end = start + len(word)
        tokens.append(Token(text[start:end], start, end, tag))
        start = end
    return tuple(tokens)


def is_listed(word: str) -> bool:
    """Return whether the dictionary lists ``word``."""
    import rjieba

    return rjieba.has_word(word)


def is_common(word: str) -> bool:
    """Return whether ``word`` is one that students may know: listed, used, and not a name."""
    import rjieba

    if not rjieba.has_word(word):
        return False
    tokens = tokenize(word)
    if len(tokens) != 1 or tokens[0].tag.startswith(("nr", "ns", "nt")):
        return False
    least = _NAME_USES if tokens[0].tag == "nz" else _USES
    # There is no other way to a word's count: the count it would need to be kept whole.
    return rjieba.suggest_freq(word) >= least


def part_of(word: str) -> str:
    """Return the class of ``word`` on its own: the first letter of its tag, "" if it is several."""
    tokens = tokenize(word)
    return tokens[0].tag[0] if len(tokens) == 1 else ""
