"""Metrics of a run: a CSV that survives interruptions, and its picture.

Imports nothing of ``assistant``; matplotlib only if it is installed.
"""

from __future__ import annotations

import csv
from pathlib import Path

COLUMNS = (
    "step",
    "tokens",
    "minutes",
    "learning_rate",
    "loss",
    "gradient_norm",
    "tokens_per_second",
    "threads",
    "held_out_loss",
    "held_out_characters",
    "held_out_isolated",
    "held_out_length",
)


class Metrics:
    """Appends rows to ``metrics.csv``; a resumed run drops what came after its checkpoint."""

    def __init__(self, path: Path, resumed_at: int = 0) -> None:
        """Open ``path``, keeping the rows up to step ``resumed_at``."""
        self.path = path
        kept = [row for row in read_metrics(path) if int(row["step"]) <= resumed_at]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows(kept if resumed_at else [])

    def add(self, **values: float) -> None:
        """Append one row; columns without a value stay empty."""
        with self.path.open("a", encoding="utf-8", newline="") as stream:
            shown = {name: f"{value:.6g}" for name, value in values.items()}
            for name in ("step", "tokens"):
                shown[name] = str(int(values[name]))
            csv.DictWriter(stream, COLUMNS).writerow(shown)


def read_metrics(path: Path) -> list[dict[str, str]]:
    """Return the rows of ``path``; none if there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def draw_curve(path: Path, picture: Path) -> bool:
    """Draw loss and held-out accuracy over tokens; return False without matplotlib."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return False
    rows = read_metrics(path)
    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
    left = figure.add_subplot(xlabel="million tokens", ylabel="loss")
    right = left.twinx()
    right.set_ylabel("held-out accuracy")
    for axes, column, style in (
        (left, "loss", "0.7"),
        (left, "held_out_loss", "C0"),
        (right, "held_out_characters", "C1"),
        (right, "held_out_isolated", "C3"),
        (right, "held_out_length", "C2"),
    ):
        points = [(int(row["tokens"]) / 1e6, float(row[column])) for row in rows if row[column]]
        if points:
            axes.plot(*zip(*points, strict=True), color=style, label=column, linewidth=1)
    figure.legend(loc="outside upper center", ncols=4, fontsize="small")
    figure.savefig(picture, dpi=110)
    return True
