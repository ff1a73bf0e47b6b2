"""Fit when a translation is marked doubtful: ``python -m build_tools.fit_doubt PACKAGE --write``.

The engine marks a sentence whose score (the geometric mean of its tokens' probabilities) is below
``settings["doubtful_below"]``. This tool translates development sentences greedily through
``assistant.engine``, calls those *bad* whose chrF2 against the reference is below a bound, and
takes the score that best tells bad from other ones: the share of bad ones marked less the share of
others marked (Youden's J) is largest, so that it does not hang on how many are bad. It is fitted
on every second sentence; the figures are of the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sacrebleu.metrics.chrf import CHRF

from assistant.engine.package import load_package
from assistant.engine.translate import Translator, text_score
from assistant.records import Task
from build_tools.card import CARD_NAME, renew_figures
from build_tools.package_writer import new_folder, read_manifest, write_manifest
from build_tools.verify_translation import SETS, read_pairs

BAD_BELOW = 30.0
"""chrF2 (0–100) below which little of a sentence is right.

The score tells such sentences from others (ROC AUC 0.73 on 5,380 of the first weights); worse ones
(below 20) it tells less well (0.57), as those are often short and said with confidence. Length and
length ratio beside the score added 0.01 and were left out.
"""
_LIMIT = 400
_GROUP = "doubtful"


@dataclass(frozen=True, slots=True)
class Row:
    """A translated sentence: the model's score, chrF2 against its reference."""

    score: float
    chrf: float


def fit(rows: Sequence[Row], bad_below: float = BAD_BELOW) -> float:
    """Return the score that tells bad rows from others best; 0 where there is but one kind."""
    bad = sum(row.chrf < bad_below for row in rows)
    others = len(rows) - bad
    if not bad or not others:
        return 0.0
    ordered = sorted(rows, key=lambda row: row.score)
    best, chosen, gain = 0.0, 0.0, 0.0
    for place, row in enumerate(ordered):
        if gain > best and row.score > ordered[place - 1].score:
            best, chosen = gain, (row.score + ordered[place - 1].score) / 2
        gain += 1 / bad if row.chrf < bad_below else -1 / others
    return chosen


def report(rows: Sequence[Row], below: float, bad_below: float = BAD_BELOW) -> dict[str, float]:
    """Return how the mark does on ``rows``: precision, recall, shares, ROC AUC of the score."""
    bad = [row for row in rows if row.chrf < bad_below]
    marked = [row for row in rows if row.score < below]
    hits = sum(row.chrf < bad_below for row in marked)
    return {
        "bad": round(len(bad) / len(rows), 3),
        "marked": round(len(marked) / len(rows), 3),
        "precision": round(hits / len(marked), 3) if marked else 0.0,
        "recall": round(hits / len(bad), 3) if bad else 0.0,
        "auc": round(_auc(rows, bad_below), 3),
        "chrf2_marked": _mean([row.chrf for row in marked]),
        "chrf2_not_marked": _mean([row.chrf for row in rows if row.score >= below]),
        "sentences": len(rows),
    }


def _auc(rows: Sequence[Row], bad_below: float) -> float:
    """Return the chance that a bad row scores lower than another one."""
    ordered = sorted(rows, key=lambda row: row.score)
    seen = wins = 0
    for row in ordered:
        if row.chrf < bad_below:
            seen += 1
        else:
            wins += seen
    others = len(rows) - seen
    return wins / (seen * others) if seen and others else 0.5


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 2) if values else 0.0


def translated(translator: Translator, data: Path, limit: int) -> list[Row]:
    """Translate ``limit`` sentences of each development set."""
    chrf = CHRF()
    rows: list[Row] = []
    for name in SETS:
        for chinese, english in read_pairs(data / f"{name}.tsv.xz", limit):
            found = translator.translate(chinese)
            if found.sentences:
                said = chrf.sentence_score(found.translation, [english]).score
                rows.append(Row(text_score(found.sentences), said))
    return rows


def write(folder: Path, below: float, figures: dict[str, Any]) -> None:
    """Put the fitted score into the settings of the package ``folder``, and its figures."""
    with new_folder(folder) as work:
        for path in folder.iterdir():
            (work / path.name).write_bytes(path.read_bytes())
        fields = read_manifest(work)
        fields["settings"] = {**fields["settings"], "doubtful_below": round(below, 4)}
        fields["metrics"] = {**fields.get("metrics", {}), _GROUP: figures}
        card = work / CARD_NAME
        card.write_text(
            renew_figures(card.read_text(encoding="utf-8"), fields["metrics"]),
            encoding="utf-8",
            newline="\n",
        )
        write_manifest(work, fields)


def main() -> None:
    """Parse the command line, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/dev"))
    parser.add_argument("--limit", type=int, default=_LIMIT, help="sentences of each set")
    parser.add_argument("--bad-below", type=float, default=BAD_BELOW, help="chrF2, 0-100")
    parser.add_argument("--write", action="store_true", help="write it into the package")
    options = parser.parse_args()
    translator = Translator(load_package(options.package, Task.TRANSLATE), threads=1)
    rows = translated(translator, options.data, options.limit)
    below = fit(rows[::2], options.bad_below)
    figures = {"bad_is_chrf2_below": options.bad_below} | report(
        rows[1::2], below, options.bad_below
    )
    print(f"doubtful_below: {below:.4f}")
    for name, value in figures.items():
        print(f"{name}: {value}")
    if options.write:
        write(options.package, below, figures)


if __name__ == "__main__":
    main()
