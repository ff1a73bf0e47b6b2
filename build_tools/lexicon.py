"""Make ``resources/lexicon/``: common characters and words, idioms, look-alike characters.

Characters and words come from jieba's dictionary (MIT), look-alikes from the glyphs of an open
font. Each file is xz-compressed UTF-8, small enough to be read at once.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from assistant.text.characters import is_han
from build_tools.glyphs import neighbours, render

COMMON = 3800
"""Characters kept, commonest first."""
WORDS = 6000
"""Words kept, commonest first."""
IDIOMS = 1500
"""Idioms kept beside them."""
NEIGHBOURS = 10
_WORD_TAGS = frozenset("nvadrpcqzbfst")
"""First letters of the tags of plain words: no names, numbers, particles or set phrases."""
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_NAMES = frozenset(("周恩来", "嘉靖", "顺治", "大清", "神农架", "笔架山", "学院路"))
"""Names that the dictionary tags as plain words."""
_GARBLED = frozenset("涓锛浜浠杩瀵姘绗寰浣棣寮")
"""Characters of GB 2312 whose counts come from UTF-8 read as GBK (锛 is half of a comma)."""
_IDIOM_TAGS = {"i", "l"}
_IDIOM_CHARS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the dictionary."""

    word: str
    count: int
    tag: str


def read_dictionary(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of a jieba dictionary: ``word count tag`` on each line."""
    for line in lines:
        word, count, tag = line.split()
        yield Entry(word, int(count), tag)


def is_readable(word: str) -> bool:
    """Return whether ``word`` is written in characters of GB 2312, and not garbled.

    The text that the dictionary was counted on was partly UTF-8 read as GBK: 銆 and 鏄 stand among
    its commonest words.
    """
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return _GARBLED.isdisjoint(word)


def common_characters(entries: Iterable[Entry], count: int) -> str:
    """Return the ``count`` Chinese characters that the counted words use most."""
    uses: Counter[str] = Counter()
    for entry in entries:
        for character in filter(is_han, entry.word):
            uses[character] += entry.count
    uses = Counter({character: n for character, n in uses.items() if is_readable(character)})
    return "".join(character for character, _ in uses.most_common(count))


def idioms(entries: Iterable[Entry], known: frozenset[str]) -> list[str]:
    """Return the dictionary's four-character set phrases that ``known`` also lists, sorted.

    The dictionary tags many plain phrases as idioms; a second list tells them apart.
    """
    return sorted(
        entry.word
        for entry in entries
        if entry.tag in _IDIOM_TAGS
        and len(entry.word) == _IDIOM_CHARS
        and all(map(is_han, entry.word))
        and entry.word in known
    )


def common_words(entries: Iterable[Entry], idioms: Iterable[str], count: int) -> list[str]:
    """Return the ``count`` commonest plain words and ``IDIOMS`` idioms, commonest first.

    Each stands after the first letter of its tag, idioms all after ``i``.
    """
    known = frozenset(idioms)
    ranked = sorted(entries, key=lambda entry: (-entry.count, entry.word))
    phrases = [entry.word for entry in ranked if entry.word in known][:IDIOMS]
    plain = [entry.word for entry in ranked if _is_plain(entry) and entry.word not in known]
    kept = {*phrases, *plain[:count]}
    return [
        ("i" if entry.word in known else entry.tag[0]) + entry.word
        for entry in ranked
        if entry.word in kept
    ]


def _is_plain(entry: Entry) -> bool:
    return (
        entry.tag[0] in _WORD_TAGS
        and not entry.tag.startswith(_NAME_TAGS)
        and entry.word not in _NAMES
        and all(map(is_han, entry.word))
        and is_readable(entry.word)
    )


def write(path: Path, lines: Iterable[str]) -> int:
    """Write ``lines`` compressed to ``path``; return the size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    path.write_bytes(data)
    return len(data)


def _read_known(path: Path) -> frozenset[str]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        return frozenset(line.split("\t", 1)[0].strip() for line in stream)


def _jieba_dictionary() -> Path:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install jieba, or name a --dictionary")
    return Path(spec.origin).parent / "dict.txt"


def main() -> None:
    """Build all files; without a --font those that need none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dictionary", type=Path, help="default: jieba's dict.txt")
    parser.add_argument("--known", type=Path, default=Path("../shared/data/idioms.tsv.xz"))
    parser.add_argument("--font", type=Path, help="an open CJK font (ttc, otf), for look-alikes")
    parser.add_argument("--out", type=Path, default=Path("resources/lexicon"))
    arguments = parser.parse_args()
    dictionary: Path = arguments.dictionary or _jieba_dictionary()
    with dictionary.open(encoding="utf-8") as stream:
        entries = list(read_dictionary(stream))
    phrases = idioms(entries, _read_known(arguments.known))
    files = {
        "idioms.txt.xz": phrases,
        "words.txt.xz": common_words(entries, phrases, WORDS),
    }
    if arguments.font is not None:
        files["glyphs.txt.xz"] = _look_alikes(entries, arguments.font)
    for name, lines in files.items():
        print(f"{name}: {write(arguments.out / name, lines) / 1000:.0f} kB")


def _look_alikes(entries: Iterable[Entry], font: Path) -> list[str]:
    """Return every common character with those that look like it after it."""
    characters = common_characters(entries, COMMON)
    similar = neighbours(render(characters, font), NEIGHBOURS)
    return [characters[i] + "".join(characters[j] for j in row) for i, row in enumerate(similar)]


if __name__ == "__main__":
    main()
