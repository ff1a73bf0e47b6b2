"""Read word lists: pasted words, a 生字表, an HSK list as txt or csv. Pure."""

from __future__ import annotations

import re

from assistant.text.characters import is_han

_SEPARATORS = re.compile(r"[\s,，、;；|\t]+")


def parse_words(text: str) -> tuple[str, ...]:
    """Return the Chinese words of ``text`` in order, each once.

    Columns with numbers, pinyin or translations are passed over, as are comments after ``#``.
    """
    lines = (line.split("#", 1)[0] for line in text.splitlines())
    cells = (cell.strip("\"'“”") for line in lines for cell in _SEPARATORS.split(line))
    return tuple(dict.fromkeys(cell for cell in cells if cell and all(map(is_han, cell))))
