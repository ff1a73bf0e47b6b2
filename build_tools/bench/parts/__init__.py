"""The parts of the benchmark: each measures one thing and says it in sections of the report."""

from __future__ import annotations

from collections.abc import Callable

from build_tools.bench.parts import (
    fill,
    load,
    long,
    peak,
    process,
    translation,
    tried,
    ui,
    understand,
)
from build_tools.bench.section import Section
from build_tools.bench.settings import Settings

PARTS: dict[str, Callable[[Settings], list[Section]]] = {
    "fill": fill.run,
    "bert": fill.run_bert,
    "understand": understand.run,
    "bert-understand": understand.run_bert,
    "documents": understand.run_documents,
    "long": long.run,
    "translate": translation.run,
    "marian": translation.run_marian,
    "process": process.run,
    "ui": ui.run,
    "load": load.run,
    "peak": peak.run,
    "tried": tried.run,
}
"""In the order of the report."""
