"""Checkpoints that hold more than the architecture read from them, loaded without a report on it.

transformers prints a table of every weight that it has no place for; of ours that would hide the
tables that mean something. Imports nothing but the standard library.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

FEED = r"^memory_feed\."
"""The part that reads the memory: ``build_tools.memory_feed`` restores it."""
LANGUAGE_MODEL = (r"^head\.", r"^decoder\.", FEED)
"""What a masked language model has beside its encoder."""


@contextmanager
def left_out(architecture: Any, *patterns: str) -> Iterator[None]:
    """Load in here; weights that ``patterns`` match, and ``architecture`` lacks, go unmentioned.

    Missing weights, and others that it lacks, are reported as ever.
    """
    before = architecture._keys_to_ignore_on_load_unexpected
    architecture._keys_to_ignore_on_load_unexpected = [*(before or ()), *patterns]
    try:
        yield
    finally:
        architecture._keys_to_ignore_on_load_unexpected = before
