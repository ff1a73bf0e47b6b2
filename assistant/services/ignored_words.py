"""The words that proof-reading is to leave alone: names, terms, a person's own spellings.

One JSON file among the person's data, written at every change. No Qt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from assistant.disk import write_atomically, write_error
from assistant.records import Mistake

MAX_WORD_CHARS = 20


class IgnoredWords:
    """A set of words; a mistake inside one of them is none."""

    def __init__(self, path: Path) -> None:
        """Read the words in the file at ``path``; a broken file counts as none."""
        self._path = path
        self._words = dict.fromkeys(_read(path))

    def all(self) -> tuple[str, ...]:
        """Return the words, in the order in which they were added."""
        return tuple(self._words)

    def add(self, word: str) -> None:
        """Leave ``word`` alone from now on. Raises FileWriteError."""
        self._write(dict.fromkeys([*self._words, word.strip()[:MAX_WORD_CHARS]]))

    def remove(self, word: str) -> None:
        """Look at ``word`` again from now on. Raises FileWriteError."""
        self._write({kept: None for kept in self._words if kept != word})

    def without(self, text: str, mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
        """Return the mistakes in ``text`` that are not inside an ignored word."""
        return tuple(m for m in mistakes if not self._covers(text, m.start_char))

    def _covers(self, text: str, place: int) -> bool:
        near = text[max(0, place - MAX_WORD_CHARS) : place + MAX_WORD_CHARS]
        offset = place - max(0, place - MAX_WORD_CHARS)
        return any(
            near.startswith(word, start)
            for word in self._words
            for start in range(max(0, offset - len(word) + 1), offset + 1)
        )

    def _write(self, words: dict[str, None]) -> None:
        words.pop("", None)
        content = json.dumps({"format": 1, "words": list(words)}, ensure_ascii=False, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, content.encode("utf-8"))
        except OSError as error:
            raise write_error(self._path, error) from error
        self._words = words


def _read(path: Path) -> list[str]:
    try:
        words = json.loads(path.read_text("utf-8"))["words"]
        return [word for word in words if isinstance(word, str) and word.strip()]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return []
