"""What is timed, by name: each maker returns a function that does one payload.

A maker takes the variant's options. What the function returns is taken for extra numbers when it
is a dict: ``units`` divides the time (sentences of a file), others are kept as they are. Heavy
libraries are imported inside the makers: every variant has a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from build_tools.bench.peers import fill, graph, translation, understand

Run = Callable[[Any], object]

MAKERS: dict[str, Callable[..., Run]] = {
    **fill.MAKERS,
    **graph.MAKERS,
    **translation.MAKERS,
    **understand.MAKERS,
}
