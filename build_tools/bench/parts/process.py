"""Figures of whole processes: load, first answer, memory, start of the app, typing."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.bench.child import drop_from_cache, run_child
from build_tools.bench.samples import median
from build_tools.bench.section import Ratio, Section, span, table
from build_tools.bench.settings import Settings

_TASKS = ("fill", "understand", "translate")
_LOADED = ("fill only", "and understand", "and translate")
_KEYS = 40
Found = dict[str, float]


def run(settings: Settings) -> list[Section]:
    """Measure the engine's process and the window's, each some times."""
    return [_engine(settings), _window(settings)]


def _engine(settings: Settings) -> Section:
    warm, cold = [], []
    for _ in range(settings.repeats):
        drop_from_cache(settings.models)
        cold.append(run_child("engine_child", str(settings.models)))
        warm.append(run_child("engine_child", str(settings.models)))
    head = ["", "load ms", "load ms, not in the cache", "first answer ms", "memory MB",
            "of it own MB", "of it mapped MB"]  # fmt: skip
    rows = [["Python before the first model", "", "", "", _mb(warm, "empty_mb"), "", ""]]
    for task, loaded in zip(_TASKS, _LOADED, strict=True):
        rows.append(
            [loaded, _ms(warm, f"{task}_load_ms"), _ms(cold, f"{task}_load_ms"),
             _ms(warm, f"{task}_first_ms"), _mb(warm, f"{task}_mb"), _mb(warm, f"{task}_own_mb"),
             _mb(warm, f"{task}_mapped_mb")]
        )  # fmt: skip
    section = Section("The engine's process, the bundled models", [table(head, rows)])
    section.body.append(
        "Loading includes the checksums of the files and, for the first model, the import of the "
        "libraries. Mapped pages are the system's to take back."
    )
    section.ratios = [
        _limit("memory with fill only / 95 MB", warm, "fill_mb", 95),
        _limit("memory with three models / 170 MB", warm, "translate_mb", 170),
    ]
    return section


def _window(settings: Settings) -> Section:
    keys = ("--typing", str(6 if settings.quick else _KEYS))
    run_child("gui_child")  # warms the file cache
    found: list[Found] = []
    bare: list[Found] = []
    for _ in range(settings.repeats):
        bare.append(run_child("floor_child"))
        found.append(run_child("gui_child", *keys))
    rows = [
        ["process to an empty window of PySide6, ms", _ms(bare, "window_ms")],
        ["memory of that, MB", _mb(bare, "window_mb")],
        ["process to window, ms", _ms(found, "window_ms")],
        ["process to first candidates of a file, ms", _ms(found, "candidates_ms")],
        ["key to candidates in 60 characters, behind the pause, ms", _ms(found, "key_ms")],
        ["the same, p95", _ms(found, "key_p95_ms")],
        ["memory with the fill model, MB", _mb(found, "fill_mb")],
        ["memory with three models, MB", _mb(found, "three_mb")],
    ]
    section = Section("The window", [table(["offscreen, from source, warm", ""], rows)])
    section.body.append("“To window” ends when the editor has been painted for the first time.")
    times = tuple(
        ours["window_ms"] / least["window_ms"] for ours, least in zip(found, bare, strict=True)
    )
    section.ratios = [
        Ratio("process to window / to an empty window of PySide6", times, None, False),
        _limit("process to window / 250 ms", found, "window_ms", 250),
        _limit("process to first candidates / 600 ms", found, "candidates_ms", 600),
        _limit("key to candidates, p95 / 60 ms", found, "key_p95_ms", 60),
        _limit("window's memory with three models / 230 MB", found, "three_mb", 230),
    ]
    return section


def _limit(name: str, found: Sequence[Found], key: str, most: float) -> Ratio:
    """Return how much of its limit a figure takes; times of another machine are no regression."""
    tolerance = 0.15 if key.endswith("mb") else None
    return Ratio(name, tuple(one[key] / most for one in found), 1.0, False, tolerance)


def _ms(found: Sequence[Found], key: str) -> str:
    return span([one[key] for one in found])


def _mb(found: Sequence[Found], key: str) -> str:
    return f"{median([one[key] for one in found]):.0f}" if key in found[0] else ""
