"""The picture of a run: how many times as fast as its peers the engine is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from build_tools.bench.stored import ratios_of

_OURS, _GOAL = "#2a6f97", "#c1121f"


def plot(run: Mapping[str, Any], target: Path) -> None:
    """Write the picture as PNG; nothing is written without ratios of speed."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    shown = [one for one in ratios_of(run) if one.higher and one.values and " / " in one.name][::-1]
    if not shown:
        return
    figure, axes = plt.subplots(figsize=(10, 0.32 * len(shown) + 1.2), layout="constrained")
    middles = [one.middle for one in shown]
    errors = [
        [one.middle - min(one.values) for one in shown],
        [max(one.values) - one.middle for one in shown],
    ]
    places = range(len(shown))
    axes.barh(places, middles, xerr=errors, color=_OURS, capsize=2, height=0.7)
    for place, one in zip(places, shown, strict=True):
        axes.annotate(f"{one.middle:.1f}×", (max(one.values), place), (4, 0),
                      textcoords="offset points", va="center", fontsize=8)  # fmt: skip
        if one.target is not None:
            axes.plot([one.target] * 2, [place - 0.45, place + 0.45], color=_GOAL, linewidth=2)
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_yticks(
        places, [one.name.replace("engine INT8 / ", "against ") for one in shown], fontsize=8
    )
    axes.set_xlabel("times as fast, by processor time in one run; red: the goal")
    axes.margins(x=0.08, y=0.01)
    axes.spines[["top", "right"]].set_visible(False)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=110, metadata={"Software": None})
    plt.close(figure)
