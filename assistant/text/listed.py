"""Words that a person lists in one line. Pure; imports nothing of ours."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[、，,；;\n\t]+")


def listed_words(text: str) -> tuple[str, ...]:
    """Return the words between commas (Chinese or not), semicolons, tabs or lines, each once."""
    words = (word.strip() for word in _BETWEEN.split(text))
    return tuple(dict.fromkeys(word for word in words if word))
