"""Map offsets between Qt's UTF-16 units and Python's code points.

Pure: imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class OffsetMap:
    """The offsets of one text in both units.

    A code point above U+FFFF is two UTF-16 units; a lone surrogate is one of each. Building is
    one pass over the text (about a millisecond for 300,000 characters), a look-up is O(log n).
    """

    def __init__(self, text: str) -> None:
        """Build the map of ``text``."""
        self._astral_chars = [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_utf16 = [start + i for i, start in enumerate(self._astral_chars)]
        self.char_length = len(text)
        self.utf16_length = len(text) + len(self._astral_chars)

    def to_utf16(self, offset_char: int) -> int:
        """Return the UTF-16 offset of the code-point offset.

        Raises ValueError outside 0…char_length.
        """
        if not 0 <= offset_char <= self.char_length:
            raise ValueError(f"offset_char {offset_char} outside 0…{self.char_length}")
        return offset_char + bisect_left(self._astral_chars, offset_char)

    def to_char(self, offset_utf16: int) -> int:
        """Return the code-point offset; inside a surrogate pair that of the pair's character.

        Raises ValueError outside 0…utf16_length.
        """
        if not 0 <= offset_utf16 <= self.utf16_length:
            raise ValueError(f"offset_utf16 {offset_utf16} outside 0…{self.utf16_length}")
        return offset_utf16 - bisect_left(self._astral_utf16, offset_utf16)
