"""How near to the limit: this machine's INT8 peak through onnxruntime, and each model's share."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import numpy as np

from build_tools.bench.child import run_child
from build_tools.bench.made import Maker
from build_tools.bench.matmul_graph import write_matmul
from build_tools.bench.profile import Profile, read_profile
from build_tools.bench.samples import median
from build_tools.bench.section import Ratio, Section, span, table
from build_tools.bench.settings import Settings

_SHAPES = (
    # rows, inner, columns: a row of 32 and of 128 tokens in our encoder, BERT's, a large one
    (32, 384, 1152), (32, 384, 2048), (128, 384, 1152), (128, 1024, 384), (128, 384, 2048),
    (128, 768, 3072), (512, 768, 3072), (1024, 2048, 2048),
)  # fmt: skip
_SECONDS = 0.4
_MOST_OPERATORS = 7


def run(settings: Settings) -> list[Section]:
    """Measure the peak, then profile the models."""
    repeats = 1 if settings.quick else settings.repeats
    with tempfile.TemporaryDirectory() as folder:
        speeds = [[_speed(Path(folder), *shape) for shape in _SHAPES] for _ in range(repeats)]
    by_shape = list(zip(*speeds, strict=True))
    rows = [
        [f"{m} × {k} × {n}", span([one / 1e9 for one in found])]
        for (m, k, n), found in zip(_SHAPES, by_shape, strict=True)
    ]
    peak = max(median(found) for found in by_shape)
    peak_section = Section("INT8 peak through onnxruntime, one thread")
    peak_section.body = [
        table(["rows × inner × columns", "billion multiply-adds a second"], rows),
        "Dynamic quantisation of the input and scaling of the output included, as in the models; "
        f"the peak of this machine is taken as {peak / 1e9:.0f} billion.",
    ]
    return [peak_section, _shares(settings, peak)]


def _speed(folder: Path, rows: int, inner: int, columns: int) -> float:
    """Return multiply-adds a second of one shape."""
    import onnxruntime as ort

    model = folder / f"{inner}-{columns}.onnx"
    if not model.is_file():
        write_matmul(model, inner, columns)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    loaded = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    feeds = {"x": np.random.default_rng(2).standard_normal((rows, inner), dtype=np.float32)}
    loaded.run(None, feeds)
    times: list[float] = []
    end = time.perf_counter() + _SECONDS
    while time.perf_counter() < end or len(times) < 3:
        used = time.perf_counter()
        loaded.run(None, feeds)
        times.append(time.perf_counter() - used)
    return rows * inner * columns / median(times)


def _shares(settings: Settings, peak: float) -> Section:
    maker = Maker(settings)
    packages = {
        "fill, 128 characters": ("fill", settings.models / "fill"),
        "fill, the shape of bert-base-chinese": ("fill", maker.bert_fill(int8=True)),
        "sentiment, 126 characters": ("understand", settings.models / "understand"),
        "translation, 20 characters": ("translate", settings.models / "translate"),
    }
    section = Section("What share of the peak the models reach")
    rows: list[list[str]] = []
    operators: list[str] = []
    for name, (task, package) in packages.items():
        profiles, found = _profile(task, package, rounds=2 if settings.quick else 10)
        integer = sum(one.integer for one in profiles) / found["runs"]
        integer_ms = sum(one.integer_ms for one in profiles) / found["runs"]
        inside = sum(one.total_ms for one in profiles) / found["runs"]
        shares = [integer / peak / (ms / 1000) for ms in (integer_ms, inside, found["ms"])]
        rows.append(
            [name, f"{integer / 1e6:.0f}", f"{found['ms']:.2f}", f"{inside:.2f}",
             f"{integer_ms:.2f}", *(f"{share:.0%}" for share in shares)]
        )  # fmt: skip
        operators.append(f"**{name}**: {_by_operator(profiles)}.")
        section.ratios.append(Ratio(f"peak: share of it, {name}", (shares[2],), tolerance=0.3))
    head = ["", "million INT8 multiply-adds", "whole ms", "operators ms", "INT8 products ms",
            "share of the peak: products", "operators", "whole"]  # fmt: skip
    section.body = [
        table(head, rows),
        "With onnxruntime's profiling on, which costs something itself. Time by operator:",
        *operators,
    ]
    return section


def _profile(task: str, package: Path, rounds: int) -> tuple[list[Profile], dict[str, float]]:
    folder = tempfile.mkdtemp()
    try:
        found = run_child("profile_child", task, str(package), folder, str(rounds))
        return [read_profile(Path(path)) for path in found["files"]], found
    finally:
        shutil.rmtree(folder)


def _by_operator(profiles: list[Profile]) -> str:
    times: dict[str, float] = {}
    for profile in profiles:
        for name, ms in profile.milliseconds.items():
            times[name] = times.get(name, 0.0) + ms
    total = sum(times.values())
    ordered = sorted(times.items(), key=lambda one: -one[1])
    shown = [f"{name} {ms / total:.0%}" for name, ms in ordered[:_MOST_OPERATORS]]
    rest = sum(ms for _, ms in ordered[_MOST_OPERATORS:])
    return ", ".join([*shown, f"others {rest / total:.0%}"])
