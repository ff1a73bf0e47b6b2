"""Which pairs are worth learning from, and how both sides are written.

Imports tokenizers for NFKC, so that training and ``tokenizer.json`` normalise alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tokenizers import Regex, normalizers

NORMALISER = normalizers.Sequence(
    [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_MARKUP = re.compile(
    r"https?:|www\.|[<>{}|`\\]|::|->|^\s*[#*=]|"
    r"^(description|title|author|tags?|date|layout|permalink|category|via|image)\s*:",
    re.IGNORECASE,
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_SPACES = re.compile(r"\s+")
_CLITIC = re.compile(r" (?='(?:s|re|ve|ll|d|m|t)\b)|(?<=\w) (?=n't\b)")
_BROKEN_NOT = re.compile(r"""(^|[.!?"-] |")?(\b[A-Za-z]+n) 'T\b""", re.IGNORECASE)
_CLOSING = re.compile(r'([.!?])"\.$')
_SPOKEN_COMMA = re.compile(r"[、。!?…]+|(?<!\d)[,;:]+|[,;:]+(?!\d)")

MAX_TRANSLATIONS = 3
"""Different translations kept of one Chinese sentence."""


def normalise_chinese(text: str) -> str:
    """Return ``text`` as the model reads it: NFKC, single spaces."""
    return _SPACES.sub(" ", NORMALISER.normalize_str(text)).strip()


def normalise_english(text: str) -> str:
    """Return ``text`` as the model should write it: NFKC, straight quotes, joined clitics."""
    text = _SPACES.sub(" ", NORMALISER.normalize_str(text).translate(_QUOTES)).strip()
    text = _CLITIC.sub("", _BROKEN_NOT.sub(_joined_not, text))
    if text.count('"') % 2:
        text = _CLOSING.sub(r"\1", text)
    return text


def _joined_not(found: re.Match[str]) -> str:
    """Join "Don 'T", which a set of re-cased subtitles has everywhere for "don't"."""
    before, word = found.group(1), found.group(2)
    return f"{before}{word}'t" if before is not None else f"{word.lower()}'t"


def is_useful(chinese: str, english: str) -> bool:
    """Tell whether a normalised pair looks like a sentence and its translation."""
    han = len(_HAN.findall(chinese))
    latin = len(_LATIN.findall(english))
    if not han or latin < 2 or _HAN.search(english) or _MARKUP.search(english):
        return False
    if _MARKUP.search(chinese) or han < 0.3 * len(chinese.replace(" ", "")):
        return False
    # English takes about 3.3 letters for a Chinese character; short lines vary more.
    slack = 8
    return latin <= 6.5 * han + 4 * slack and han * 1.2 <= latin + slack


def spoken(chinese: str) -> str:
    """Write ``chinese`` as subtitles do: spaces for punctuation, none at the end."""
    return _SPACES.sub(" ", _SPOKEN_COMMA.sub(" ", chinese)).strip()


class PairFilter:
    """Keeps the first of equal pairs and at most three translations of one sentence."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._translations: Counter[int] = Counter()

    def keep(self, chinese: str, english: str) -> bool:
        """Tell whether the pair is new, and remember it."""
        pair, sentence = hash((chinese, english.lower())), hash(chinese)
        if pair in self._seen or self._translations[sentence] >= MAX_TRANSLATIONS:
            return False
        self._seen.add(pair)
        self._translations[sentence] += 1
        return True


def clean_pairs(pairs: Iterable[tuple[str, str]], known: PairFilter) -> Iterator[tuple[str, str]]:
    """Yield the normalised pairs of ``pairs`` that are useful and new to ``known``."""
    for chinese, english in pairs:
        chinese, english = normalise_chinese(chinese), normalise_english(english)
        if is_useful(chinese, english) and known.keep(chinese, english):
            yield chinese, english
