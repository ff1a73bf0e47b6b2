"""The bundled word knowledge: idioms, common words and characters, look-alike characters.

Reads ``resources/lexicon/`` (made by build_tools/lexicon.py) when first asked. Pure but for that.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from assistant.errors import LexiconError


class Lexicon:
    """Word lists in ``folder``; every list is read once, when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def idioms(self) -> frozenset[str]:
        """Four-character idioms. Raises LexiconError."""
        return frozenset(self._lines("idioms.txt.xz"))

    @cached_property
    def look_alikes(self) -> Mapping[str, str]:
        """For every common character those that look like it, most alike first.

        Raises LexiconError.
        """
        return {line[0]: line[1:] for line in self._lines("glyphs.txt.xz")}

    @property
    def characters(self) -> tuple[str, ...]:
        """The common characters, commonest first. Raises LexiconError."""
        return tuple(self.look_alikes)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Common words and idioms with the first letter of their tag, commonest first.

        Idioms have ``i``. Raises LexiconError.
        """
        return {line[1:]: line[0] for line in self._lines("words.txt.xz")}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The place of every common word among them, 0 for the commonest. Raises LexiconError."""
        return {word: place for place, word in enumerate(self.words)}

    def _lines(self, name: str) -> list[str]:
        try:
            with lzma.open(self._folder / name, "rt", encoding="utf-8") as stream:
                return stream.read().split("\n")
        except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
            raise LexiconError(repr(error), file=name) from error
