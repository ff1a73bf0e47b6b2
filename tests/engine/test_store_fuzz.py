"""Random damage: whatever is in a file, installing it ends in a package or in a refusal."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.onnx_file import read_onnx
from assistant.engine.package import MANIFEST_NAME
from assistant.engine.protobuf import MessageError
from assistant.engine.store import ModelStore
from assistant.engine.store_errors import PackageRefusedError
from assistant.engine.store_install import install
from assistant.paths import Paths
from tests.engine import evil
from tests.fuzzing import fuzzed, json_values

places = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12
)
values = json_values(["model.onnx", "../x", "manifest.json", "[PAD]", "fill", "nul", ""])


def accept(*_arguments: object) -> None:
    """Stand for the self-test, which damage to the graph's numbers must not reach in-process."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evil.package(tmp_path_factory.mktemp("good") / "toy")


@pytest.fixture(scope="module")
def archive(good: Path) -> bytes:
    return evil.zip_of(good, good.parent / "toy.zip").read_bytes()


def try_to_install(source: Path, work: Path) -> None:
    """Install ``source``: it works, or is refused and leaves nothing; no other way out."""
    data = work / "data"
    store = ModelStore(Paths(work, data, work, work))
    try:
        stored = install(store, source, try_out=accept)
    except PackageRefusedError:
        assert not list(store.folder.glob("*/*/*"))
    else:
        store.verify(stored)
        assert stored.folder.parent.parent == store.folder


def changed(data: bytes, changes: list[tuple[float, int]]) -> bytes:
    result = bytearray(data)
    for share, value in changes:
        result[int(share * len(result))] = value
    return bytes(result)


@fuzzed
@given(changes=places, cut=st.floats(0.01, 1))
def test_a_damaged_archive(archive: bytes, changes: list[tuple[float, int]], cut: float) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        data = changed(archive, changes)
        (work / "x.zip").write_bytes(data if cut > 0.5 else data[: int(cut * 2 * len(data))])
        try_to_install(work / "x.zip", work)


@fuzzed
@given(tail=st.binary(max_size=300), changes=places)
def test_a_damaged_directory(archive: bytes, tail: bytes, changes: list[tuple[float, int]]) -> None:
    """Damage only what follows the data: names, sizes, offsets."""
    start = archive.index(b"PK\x01\x02")
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        (work / "x.zip").write_bytes(archive[:start] + changed(archive[start:], changes) + tail)
        try_to_install(work / "x.zip", work)


@fuzzed
@given(data=st.data())
def test_a_changed_manifest(good: Path, data: st.DataObject) -> None:
    manifest = json.loads((good / MANIFEST_NAME).read_text("utf-8"))
    keys = st.sampled_from([*sorted(manifest), "settings", "sentiment", "decoder", "metrics"])
    for key in data.draw(st.lists(keys, min_size=1, max_size=3)):
        manifest[key] = data.draw(values)
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        shutil.copytree(good, work / "toy")
        (work / "toy" / MANIFEST_NAME).write_text(json.dumps(manifest), "utf-8")
        try_to_install(work / "toy", work)


@fuzzed
@given(changes=places)
def test_a_damaged_graph(changes: list[tuple[float, int]]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        evil.package(work / "toy", changed(evil.GRAPH, changes))
        try_to_install(work / "toy", work)


@fuzzed
@given(data=st.binary(max_size=400))
def test_any_bytes_as_a_graph(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "x.onnx"
        path.write_bytes(data)
        try:
            found = read_onnx(path)
        except MessageError:
            return
        assert found.nodes > 0
