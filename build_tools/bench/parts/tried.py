"""What was tried to be faster or smaller: one thing done differently each, with its accuracy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from build_tools.bench.blanks import Blank, blanks
from build_tools.bench.contest import Case, Contest, Repeat, Variant, hold, pooled
from build_tools.bench.made import Maker
from build_tools.bench.peers.graph import session
from build_tools.bench.samples import median
from build_tools.bench.section import Section, span, speed_ups, table
from build_tools.bench.settings import Settings
from build_tools.bench.texts import texts
from build_tools.bench.trial_graphs import TrialGraphs
from build_tools.onnx_files import bytes_of

_BLANKS = 200
_SIZES = (32, 128)
_ANSWERS = "blanks"
_GROUPS = ("graph", "session", "threads")


def run(settings: Settings) -> list[Section]:
    """Hold a contest in each group; what ships is in all of them and comes first."""
    maker = Maker(settings)
    graphs, own = TrialGraphs(maker), maker.own("fill")
    asked = blanks(own / "tokenizer.json", 20 if settings.quick else _BLANKS)
    section = Section("What was tried with the fill graph")
    section.body.append(
        f"One run of the graph, one thread unless said. Agreement: on {len(asked)} blanks of our "
        "own, the best token is that of the FP32 graph; right: it is the hidden one."
    )
    for group in _GROUPS:
        variants, failures = _variants(group, graphs, own, asked[0])
        contest = Contest(f"tried-{group}", variants, _cases(own, asked))
        repeats = hold(contest, settings, rounds=4 * settings.rounds)
        section.body += [_table(contest, repeats, asked), *failures]
    return [section]


def _variants(
    group: str, graphs: TrialGraphs, own: Path, blank: Blank
) -> tuple[tuple[Variant, ...], list[str]]:
    """Return the variants of a group, and a sentence on each that could not be made or run."""
    row, column, _ = blank
    first = _variant("shipped", "as it ships", graphs.shipped(), own)
    fp32 = _variant("fp32", "FP32, plain graph", graphs.clean, own)
    found: list[Variant] = [first]
    failures: list[str] = []
    made = _graphs(graphs) if group == "graph" else dict.fromkeys(_options(group), graphs.shipped)
    for number, (what, make) in enumerate(made.items()):
        try:
            options = _options(group).get(what, {})
            variant = _variant(f"{group}{number}", what, make(), own, **options)
            session(**variant.options)({"row": row, "column": column})
        except Exception as error:  # noqa: BLE001 - that it cannot be done is what was found
            said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            failures.append(f"Not possible: {what} (`{said}`).")
        else:
            found.append(variant)
    return (*found, fp32), failures


def _graphs(graphs: TrialGraphs) -> dict[str, Callable[[], Path]]:
    return {
        "head's dense layer INT8 too": graphs.all_int8,
        "quantize_dynamic alone, embedding FP32": lambda: _dynamic(graphs, "dynamic"),
        "the same, one scale a matrix": lambda: _dynamic(graphs, "per-tensor", per_channel=False),
        "the same, all 8 bits": lambda: _dynamic(graphs, "full-range", reduce_range=False),
        "the same, unsigned weights": lambda: _dynamic(graphs, "unsigned", signed=False),
        "fused before it was quantised": graphs.fused_before,
        "weights of 8 bits only (MatMulNBits)": lambda: graphs.weight_only(8),
        "weights of 4 bits only (MatMulNBits)": lambda: graphs.weight_only(4),
        "weights inside the file": graphs.inline,
        "onnxruntime's own format": graphs.ort_format,
        "5 of 6 layers, not trained further": lambda: graphs.fewer_layers(5),
        "4 of 6 layers, not trained further": lambda: graphs.fewer_layers(4),
    }


def _options(group: str) -> dict[str, dict[str, Any]]:
    """Return what is told to the session of the shipped graph."""
    if group == "graph":
        return {}
    if group == "threads":
        return {
            "2 threads": {"threads": 2},
            "2 threads, spinning": {"threads": 2, "spinning": True},
            "1 thread, spinning": {"spinning": True},
        }
    return {
        "no graph fusion at all": {"fusion": "none"},
        "basic rewrites only": {"fusion": "basic"},
        "no fusion of layouts": {"fusion": "extended"},
        "no pre-packing of weights": {"entries": {"session.disable_prepacking": "1"}},
        "no memory arena": {"arena": False},
        "no memory pattern": {"pattern": False},
        "IO binding": {"binding": True},
        "flush denormals": {"entries": {"session.set_denormal_as_zero": "1"}},
    }


def _dynamic(
    graphs: TrialGraphs, name: str, *, per_channel: bool = True, reduce_range: bool = True,
    signed: bool = True,
) -> Path:  # fmt: skip
    return graphs.dynamic(name, per_channel=per_channel, reduce_range=reduce_range, signed=signed)


def _variant(name: str, description: str, model: Path, own: Path, **options: Any) -> Variant:
    known = {"model": str(model), "package": str(own)}
    return Variant(name, description, "graph.session", {**known, **options})


def _cases(own: Path, asked: Sequence[Blank]) -> tuple[Case, ...]:
    from tokenizers import Tokenizer

    reader = Tokenizer.from_file(str(own / "tokenizer.json"))
    mask = reader.token_to_id("[MASK]")
    cases: list[Case] = []
    for size in _SIZES:
        rows = [reader.encode(text).ids for text in texts(size - 2)[:2]]
        cases.append(
            Case(f"{size} tokens", tuple({"row": row, "column": row.index(mask)} for row in rows))
        )
    answers = {"rows": [row for row, _, _ in asked], "columns": [column for _, column, _ in asked]}
    return (*cases, Case(_ANSWERS, (answers,), 1, 0, is_timed=False))


def _table(contest: Contest, repeats: Sequence[Repeat], asked: Sequence[Blank]) -> str:
    timed = [case.name for case in contest.cases if case.is_timed]
    best = {v.name: repeats[0][v.name].cases[_ANSWERS].extras["best"][0] for v in contest.variants}
    hidden = [one for _, _, one in asked]
    head = ["", *(f"{case}, CPU ms" for case in timed),
            *(f"as fast as what ships: {case}" for case in timed),
            "wall, of it", "load ms", "memory MB", "file MB", "agreement", "right"]  # fmt: skip
    rows: list[list[str]] = []
    for variant in contest.variants:
        entries = [repeat[variant.name] for repeat in repeats]
        walls = [median(pooled(repeats, v, timed[-1], "wall")) for v in ("shipped", variant.name)]
        rows.append(
            [variant.description]
            + [f"{median(pooled(repeats, variant.name, case, 'cpu')):.2f}" for case in timed]
            + [span(speed_ups(repeats, "shipped", variant.name, case), "×") for case in timed]
            + [f"{walls[0] / walls[1]:.2f}×"]
            + [f"{median([entry.load_ms for entry in entries]):.0f}"]
            + [f"{median([entry.resident_mb for entry in entries]):.0f}"]
            + [f"{bytes_of(Path(variant.options['model'])) / 1e6:.1f}"]
            + [f"{_share(best[variant.name], other):.3f}" for other in (best["fp32"], hidden)]
        )
    return table(head, rows)


def _share(one: Sequence[int], other: Sequence[int]) -> float:
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
