"""What a translation must not touch (addresses, code, blanks) or lose (numbers, Latin names).

Pure; imports only the blanks of ``text``.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.text.masks import find_spans

_ADDRESS = (
    r"(?:https?|ftp|file|mailto)://[!-~]+"
    r"|(?<![A-Za-z0-9.])www\.[A-Za-z0-9-]+\.[!-~]+"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
# Code: between back ticks, a call, a file name or path, an identifier with _ or inner dots.
_CODE = (
    r"`[^`\n]+`"
    r"|\$\{?[A-Za-z_]\w*\}?"
    r"|(?<![\w./])(?:[A-Za-z]:\\|~?/)[\w.+-]+(?:[\\/][\w.+-]+)*"
    r"|(?<![\w.])[A-Za-z_][\w.]*\(\)"
    r"|(?<![\w.-])[A-Za-z][A-Za-z0-9-]*(?:[_.][A-Za-z0-9-]+)+"
    r"|(?<![\w-])--?[a-z][a-z0-9-]+"
)
_UNTOUCHED = re.compile(f"{_ADDRESS}|{_CODE}", re.ASCII)
_TRAILING = re.compile(r"[.,;:!?)\]}'\"]+$")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+#-]*", re.ASCII)
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def find_protected(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) offsets of what is copied as it is, in order, without overlaps.

    Web and mail addresses, code, paths and blanks (``[MASK]``, ``____``).
    """
    found = [(span.start_char, span.end_char) for span in find_spans(text)]
    for match in _UNTOUCHED.finditer(text):
        start, end = match.span()
        if not match[0].endswith(("`", "()", "}")):
            end = start + len(_TRAILING.sub("", match[0]))
        if start < end:
            found.append((start, end))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def to_keep(source: str) -> tuple[str, ...]:
    """Return the numbers and the Latin names of two letters and more in ``source``, plain."""
    source = _plain(source)
    numbers = [match[0] for match in _NUMBER.finditer(source)]
    names = [match[0] for match in _NAME.finditer(source) if len(match[0]) > 1]
    return (*numbers, *names)


def lost(source: str, target: str) -> tuple[str, ...]:
    """Return the numbers and Latin names of ``source`` that ``target`` does not hold.

    A number may be written out (3 as "three", "third" or "March"), scaled (3.5万 as 35,000) or
    grouped; case and width do not matter.
    """
    source, target = _plain(source), _plain(target)
    said = _numbers(target)
    missing: list[str] = []
    for match in _NUMBER.finditer(source):
        scale = _SCALES.get(source[match.end() : match.end() + 1], 1)
        if not _is_said(match[0], scale, said, target):
            missing.append(match[0])
    words = target.replace("-", "").replace(" ", "")
    missing += [
        match[0]
        for match in _NAME.finditer(source)
        if len(match[0]) > 1 and match[0].replace("-", "") not in words
    ]
    return tuple(missing)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _numbers(text: str) -> set[str]:
    return {_bare(match[0]) for match in _NUMBER.finditer(text)}


def _bare(number: str) -> str:
    """Return a number without grouping commas and needless zeros."""
    number = re.sub(r",(?=\d{3}(?!\d))", "", number)
    if re.fullmatch(r"\d+\.\d+", number):
        number = number.rstrip("0").rstrip(".")
    return number.lstrip("0") or "0"


def _is_said(number: str, scale: int, said: set[str], target: str) -> bool:
    bare = _bare(number)
    if bare in said or all(_bare(part) in said for part in re.split(r"[.,:/]", number)):
        return True
    if not re.fullmatch(r"\d{1,15}(?:\.\d{1,15})?", bare):
        return False
    value = float(bare) * scale
    if any(abs(value / unit - float(n)) < 1e-6 * value / unit for unit in (1, 1e3, 1e6, 1e9)
           for n in said if re.fullmatch(r"\d{1,15}(?:\.\d{1,15})?", n)):  # fmt: skip
        return True
    return _in_words(int(value), target) if value == int(value) else False


def _in_words(value: int, target: str) -> bool:
    lists = (_ONES, _ORDINALS, ["", *_MONTHS])
    words = {names[value] for names in lists if value < len(names)}
    return any(re.search(rf"\b{word}\b", target) for word in words if word)
