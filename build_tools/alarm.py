"""Measure the uniqueness alarm of the cloze workshop on the development items of CFT and CMRC 2017.

``sample`` asks the model about one gap each and says how often the answer is unique by the rule of
``assistant.cloze.judge``; it writes seeded samples of alarms and of other gaps to a table, for a
person to judge. ``report`` counts the verdicts. The table holds texts of the sets: keep it out of
the repository.

A verdict is the words that the person accepts, with spaces between: of the alternatives listed for
an alarm, or any others for a gap without one; ``-`` for none.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from assistant.cloze.check import rejudge
from assistant.cloze.exercise import Certainty, Exercise, Kind
from assistant.cloze.passage import cut
from assistant.cloze.places import Place
from assistant.cloze.scorer import Scorer
from build_tools import datasets
from build_tools.datasets import Item

FIELDS = ("set", "state", "left", "answer", "right", "p", "alternatives", "verdict")
_CONTEXT_CHARS = 240
_LONGEST_WORD = 4
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Judged:
    """One gap as the rule sees it; ``alternatives`` best first."""

    item: Item
    source: str
    state: Certainty
    confidence: float
    alternatives: tuple[str, ...]


def judge(item: Item, source: str, scorer: Scorer) -> Judged | None:
    """Return the rule's view of ``item``, None where the model cannot score the answer."""
    answer = item.answers[0]
    place = Place(len(item.left), len(item.left) + len(answer))
    segments = cut(item.left + answer + item.right, (place,), "alarm")
    (gap,) = rejudge(Exercise("alarm", "", Kind.OPEN, segments), scorer).gaps
    if gap.certainty is None or gap.difficulty is None:
        return None
    found = tuple(rival.text for rival in gap.alternatives)
    return Judged(item, source, gap.certainty, gap.difficulty.confidence, found)


def rates(rows: Sequence[Judged]) -> dict[str, dict[Certainty, float]]:
    """Return the share of every state, by set."""
    counts: dict[str, Counter[Certainty]] = {}
    for row in rows:
        counts.setdefault(row.source, Counter())[row.state] += 1
    return {
        source: {state: found[state] / found.total() for state in Certainty}
        for source, found in counts.items()
    }


def summary(verdicts: Iterable[dict[str, str]]) -> dict[str, float]:
    """Return figures over the judged rows; unjudged ones are passed over.

    ``precision_gap``: alarms with at least one alternative accepted; ``precision_word``:
    alternatives accepted; ``missed_unique``, ``missed_unsure``: gaps of that state for which the
    person found another word.
    """
    done = [row for row in verdicts if row["verdict"].strip()]
    alarms = [row for row in done if row["state"] == Certainty.SEVERAL.value]
    listed = [(row, word) for row in alarms for word in row["alternatives"].split()]
    figures: dict[str, float] = {"alarms": len(alarms), "alternatives": len(listed)}
    figures["precision_gap"] = _share(_accepted(row) for row in alarms)
    figures["precision_word"] = _share(word in row["verdict"].split() for row, word in listed)
    for state in (Certainty.UNIQUE, Certainty.UNSURE):
        rows = [row for row in done if row["state"] == state.value]
        figures[state.value] = len(rows)
        figures[f"missed_{state.value}"] = _share(_accepted(row) for row in rows)
    return figures


def _accepted(row: dict[str, str]) -> bool:
    return row["verdict"].strip() != _NONE


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def items(folder: Path, count: int, seed: int) -> list[tuple[str, Item]]:
    """Return seeded items: ``count`` words of CFT stories, a fifth as many of each question set."""
    cft = folder / "cft.test.auto.xz"
    queries = folder / "cmrc2017.cloze.valid.doc_query.xz"
    answers = folder / "cmrc2017.cloze.valid.answer.xz"
    found = [("cft_words", item) for item in datasets.cft_words(cft, seed=seed, limit=count)]
    for name, rows in (
        ("cft_questions", datasets.cft_cloze(cft, _CONTEXT_CHARS)),
        ("cmrc", datasets.cmrc_cloze(queries, answers, _CONTEXT_CHARS)),
    ):
        words = [row for row in rows if _is_word(row.answers[0])]
        chosen = random.Random(seed).sample(words, min(len(words), count // 5))
        found += [(name, item) for item in chosen]
    return found


def _is_word(answer: str) -> bool:
    return len(answer) <= _LONGEST_WORD and all(map(datasets.is_chinese, answer))


def _table(rows: Sequence[Judged], count: int, seed: int) -> list[dict[str, str]]:
    """Return ``count`` alarms and ``count`` other gaps, half unique and half unsure, if there are.

    Mixed, so that who judges does not know the state by the place.
    """
    chance = random.Random(seed)
    chosen: list[Judged] = []
    for state, wanted in (
        (Certainty.SEVERAL, count),
        (Certainty.UNIQUE, count // 2),
        (Certainty.UNSURE, count - count // 2),
    ):
        fitting = [row for row in rows if row.state is state]
        chosen += chance.sample(fitting, min(wanted, len(fitting)))
    chance.shuffle(chosen)
    return [
        dict(
            zip(
                FIELDS,
                (row.source, row.state.value, row.item.left, row.item.answers[0], row.item.right,
                 f"{row.confidence:.4f}", " ".join(row.alternatives), ""),
                strict=True,
            )
        )
        for row in chosen
    ]  # fmt: skip


def _sample(options: argparse.Namespace) -> None:
    from assistant.engine.fill import Filler
    from assistant.engine.package import load_package
    from assistant.records import Task

    filler = Filler(load_package(options.package, Task.FILL), threads=1)
    rows: list[Judged] = []
    for source, item in tqdm(items(options.data, options.items, options.seed)):
        row = judge(item, source, filler)
        if row is not None:
            rows.append(row)
    for source, shares in rates(rows).items():
        figures = "  ".join(f"{state.value} {share:.1%}" for state, share in shares.items())
        print(f"{source}  {sum(row.source == source for row in rows)} gaps  {figures}")
    with options.table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, FIELDS, delimiter="\t")
        writer.writeheader()
        writer.writerows(_table(rows, options.count, options.seed))


def _report(options: argparse.Namespace) -> None:
    with options.table.open(encoding="utf-8", newline="") as stream:
        figures = summary(csv.DictReader(stream, delimiter="\t"))
    for name, figure in figures.items():
        print(f"{name}  {figure:g}" if figure >= 2 else f"{name}  {figure:.3f}")


def main() -> None:
    """Run one of the two steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(required=True)
    sample = steps.add_parser("sample", help="judge items by the rule, write a table")
    sample.add_argument("table", type=Path, help="a .tsv outside the repository")
    sample.add_argument("--data", type=Path, default=Path("../shared/data/dev"))
    sample.add_argument("--package", type=Path, default=Path("resources/models/fill"))
    sample.add_argument("--items", type=int, default=300)
    sample.add_argument("--count", type=int, default=40)
    sample.add_argument("--seed", type=int, default=8)
    sample.set_defaults(run=_sample)
    report = steps.add_parser("report", help="count the verdicts of a table")
    report.add_argument("table", type=Path)
    report.set_defaults(run=_report)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
