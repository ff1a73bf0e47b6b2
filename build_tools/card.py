"""Model cards: what a model is, what it was trained on, and what was measured.

``pack`` writes the card from a description (TOML), ``verify`` renews its table of figures.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CARD_NAME = "MODEL_CARD.md"
_BEGIN = "<!-- figures: written by build_tools.verify -->"
_END = "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class TrainingText:
    """One source of training text and the licence it states."""

    name: str
    licence: str


@dataclass(frozen=True, slots=True)
class About:
    """What a person writes about a model; see ``build_tools/cards/`` for examples."""

    name: str
    version: str
    licence: str
    summary: str
    training: str
    limits: str
    context_chars: int
    sources: tuple[TrainingText, ...]


def read_about(path: Path) -> About:
    """Read a description. Raises KeyError for a field that is missing."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return About(
        **{key: str(raw[key]).strip() for key in ("name", "version", "licence")},
        **{key: str(raw[key]).strip() for key in ("summary", "training", "limits")},
        context_chars=int(raw["context_chars"]),
        sources=tuple(TrainingText(s["name"], s["licence"]) for s in raw.get("sources", [])),
    )


def card(about: About, facts: Mapping[str, str], metrics: Mapping[str, Any]) -> str:
    """Return the text of MODEL_CARD.md; ``facts`` are rows of its first table."""
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    sources = "\n".join(f"| {source.name} | {source.licence} |" for source in about.sources)
    return f"""# {about.name} {about.version}

{about.summary}

| | |
|---|---|
| licence of the weights | {about.licence} |
{rows}

## Training

{about.training}

| training text | licence it states |
|---|---|
{sources}

## Measured

{_BEGIN}
{figures(metrics)}
{_END}

## Limits

{about.limits}
"""


def renew_figures(text: str, metrics: Mapping[str, Any]) -> str:
    """Return the card ``text`` with its table of figures made from ``metrics``.

    Raises ValueError when the card has no place for them.
    """
    pattern = re.compile(f"{re.escape(_BEGIN)}\n.*?\n{re.escape(_END)}", re.DOTALL)
    table = f"{_BEGIN}\n{figures(metrics)}\n{_END}"
    renewed, count = pattern.subn(lambda _: table, text)
    if count != 1:
        raise ValueError("the model card has no place for the figures")
    return renewed


def figures(metrics: Mapping[str, Any]) -> str:
    """Return a table of ``metrics``: one row for each figure, nested names joined."""
    if not metrics:
        return "Nothing was measured yet."
    rows = "\n".join(f"| {name} | {_figure(value)} |" for name, value in _flat(metrics))
    return f"| measured | figure |\n|---|---|\n{rows}"


def _flat(metrics: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for key, value in metrics.items():
        name = f"{prefix}{key}".replace("_", " ")
        rows += _flat(value, f"{name}: ") if isinstance(value, Mapping) else [(name, value)]
    return rows


def _figure(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
