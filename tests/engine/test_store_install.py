"""Installing packages that nobody vouches for: what is right gets in whole, all else stays out."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from pathlib import Path

import pytest

from assistant.engine.cancel import Cancel
from assistant.engine.store import ModelStore, Origin
from assistant.engine.store_errors import PackageRefusedError, PackageRoomError
from assistant.engine.store_install import install
from assistant.errors import Cancelled
from assistant.paths import Paths
from assistant.records import Task
from tests.engine import evil
from tests.engine.toy_understand import write_understand


def accept(*_arguments: object) -> None:
    """Stand for the self-test: these tests are about what is refused before anything runs."""


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    data = tmp_path / "用户 数据"
    return ModelStore(Paths(tmp_path / "resources", data, tmp_path / "config", tmp_path / "logs"))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return evil.package(tmp_path / "toy")


def files_in(store: ModelStore) -> list[str]:
    """Return every file below the store's folder, by its path there."""
    found = store.folder.rglob("*")
    files = (path for path in found if path.is_file() and path.name != ".lock")
    return sorted(str(path.relative_to(store.folder)) for path in files)


def refuse(store: ModelStore, source: Path, reason: str) -> None:
    with pytest.raises(PackageRefusedError, match=reason):
        install(store, source, try_out=accept)
    assert files_in(store) == []


@pytest.mark.parametrize("kind", ["folder", "zip with a folder", "flat zip"])
def test_a_good_package_is_installed_whole(store, good, tmp_path, kind):
    source = good
    if kind != "folder":
        top = "toy-1/" if "with" in kind else ""
        source = evil.zip_of(good, tmp_path / "包.zip", top)
    stored = install(store, source, try_out=accept)
    assert (stored.key, stored.task, stored.origin) == ("toy-1", Task.FILL, Origin.INSTALLED)
    assert not stored.is_active
    assert {p.name for p in stored.folder.iterdir()} == {p.name for p in good.iterdir()}
    assert all((stored.folder / p.name).read_bytes() == p.read_bytes() for p in good.iterdir())
    store.verify(stored)


def test_what_desktops_leave_in_archives_is_passed_over(store, good, tmp_path):
    archive = evil.zip_of(good, tmp_path / "toy.zip")
    for litter in ("__MACOSX/._model.onnx", "toy/.DS_Store", "__MACOSX/toy/._x"):
        evil.add_entry(archive, litter)
    stored = install(store, archive, try_out=accept)
    assert {p.name for p in stored.folder.iterdir()} == {p.name for p in good.iterdir()}


def test_progress_is_told_up_to_the_end(store, good):
    told: list[tuple[str, int, int]] = []
    install(store, good, lambda phase, done, total: told.append((phase.value, done, total)),
            try_out=accept)  # fmt: skip
    unpacked = [(done, total) for phase, done, total in told if phase == "unpack"]
    assert unpacked[-1][0] == unpacked[-1][1] == sum(p.stat().st_size for p in good.iterdir())
    assert list(dict.fromkeys(phase for phase, _, _ in told)) == ["unpack", "check", "try"]


def test_a_cancelled_installation_leaves_nothing(store, good):
    cancel = Cancel()
    cancel.throw()
    with pytest.raises(Cancelled):
        install(store, good, cancel=cancel, try_out=accept)
    assert files_in(store) == []


def test_the_same_package_again_changes_nothing(store, good):
    first = install(store, good, try_out=accept)
    store.use(first)
    again = install(store, good, try_out=accept)
    assert again.folder == first.folder
    assert again.is_active


def test_another_package_of_the_same_name_is_refused(store, good, tmp_path):
    install(store, good, try_out=accept)
    other = evil.package(tmp_path / "other", licence="CC0")
    with pytest.raises(PackageRefusedError, match="another model called toy-1"):
        install(store, other, try_out=accept)


@pytest.mark.parametrize("damage", [b"shorter", None])
def test_a_damaged_one_is_replaced_by_a_whole_one(store, good, damage):
    stored = install(store, good, try_out=accept)
    graph = stored.folder / "model.onnx"
    graph.write_bytes(damage or bytes(graph.stat().st_size))
    store.verify(install(store, good, try_out=accept))


def test_a_failed_self_test_leaves_nothing(store, good):
    def fail(package: str, *_rest: object) -> None:
        raise PackageRefusedError.because(package, "不行", "it does not work")

    with pytest.raises(PackageRefusedError, match="does not work"):
        install(store, good, try_out=fail)
    assert files_in(store) == []


@pytest.mark.parametrize("entry", evil.BAD_ENTRIES)
def test_an_unsafe_name_in_an_archive_is_refused(store, good, tmp_path, entry):
    archive = evil.zip_of(good, tmp_path / "toy.zip")
    evil.add_entry(archive, entry)
    before = sorted(tmp_path.iterdir())
    refuse(store, archive, "not installed")
    assert set(tmp_path.iterdir()) - set(before) <= {store.folder.parent}


def test_a_link_in_an_archive_is_refused(store, good, tmp_path):
    archive = evil.zip_of(good, tmp_path / "toy.zip")
    evil.add_entry(archive, evil.link_entry(), b"/etc/passwd")
    refuse(store, archive, "plain file")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(store, good, tmp_path):
    archive = evil.zip_of(good, tmp_path / "toy.zip")
    evil.add_entry(archive, "toy/model.onnx", b"other")
    refuse(store, archive, "twice")


def test_a_bomb_is_refused(store, tmp_path):
    refuse(store, evil.bomb(tmp_path / "bomb.zip"), "absurd size")


def test_a_directory_that_lies_is_refused(store, good, tmp_path):
    archive = evil.zip_of(good, tmp_path / "toy.zip")
    refuse(store, evil.lying_size(archive, tmp_path / "lie.zip"), "not installed")


def test_a_huge_directory_is_refused_before_it_is_read(store, tmp_path):
    refuse(store, evil.huge_directory(tmp_path / "huge.zip"), "directory of the archive")


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_refused(store, tmp_path, data):
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    refuse(store, path, "not installed")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_without_waiting_for_it(store, tmp_path):
    os.mkfifo(tmp_path / "x.zip")
    refuse(store, tmp_path / "x.zip", "not a zip file")


def test_a_file_that_is_not_there_is_refused(store, tmp_path):
    refuse(store, tmp_path / "gone.zip", "cannot be read")


@pytest.mark.parametrize("case", evil.BAD_GRAPHS)
def test_a_bad_graph_is_refused(store, tmp_path, case):
    graph, reason = evil.BAD_GRAPHS[case]
    refuse(store, evil.package(tmp_path / "bad", graph), reason)


@pytest.mark.parametrize("case", evil.BAD_MANIFESTS)
def test_a_bad_manifest_is_refused(store, tmp_path, case):
    changes, reason = evil.BAD_MANIFESTS[case]
    refuse(store, evil.package(tmp_path / "bad", **changes), reason)


@pytest.mark.parametrize("text", evil.DAMAGED_MANIFESTS, ids=range(len(evil.DAMAGED_MANIFESTS)))
def test_a_damaged_manifest_is_refused(store, good, text):
    (good / "manifest.json").write_bytes(text)
    refuse(store, good, "not installed")


@pytest.mark.parametrize("name", ["manifest.json", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_refused(store, good, name):
    (good / name).unlink()
    refuse(store, good, f"{name} is missing")


def test_a_changed_file_is_refused(store, good):
    (good / "tokenizer.json").write_bytes(bytes((good / "tokenizer.json").stat().st_size))
    refuse(store, good, r"tokenizer\.json does not have the digest")


def test_a_file_that_the_manifest_does_not_name_is_refused(store, good):
    (good / "notes.txt").write_bytes(b"hello")
    refuse(store, good, r"does not name the file “notes\.txt”")


@pytest.mark.parametrize(
    "data", [pickle.dumps({"a": 1}), b"\x7fELF0000", b"PK\x03\x04pytorch", b"#!/bin/sh\n"]
)
def test_programs_and_pickles_under_another_name_are_refused(store, good, data):
    refuse(store, evil.with_extra_file(good, "weights.bin", data), "program or a pickle")


def test_a_link_in_a_folder_is_refused(store, good, tmp_path):
    outside = tmp_path / "outside.onnx"
    shutil.move(good / "model.onnx", outside)
    (good / "model.onnx").symlink_to(outside)
    refuse(store, good, "plain file")


def test_a_folder_in_a_folder_is_refused(store, good):
    (good / "more").mkdir()
    refuse(store, good, "plain file")


def test_without_room_nothing_is_written(store, good, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(PackageRoomError):
        install(store, good, try_out=accept)
    assert files_in(store) == []


def test_external_data_inside_the_folder_are_accepted(store, tmp_path):
    model = evil.load_model_from_string(evil.GRAPH)
    table = model.graph.initializer[2]
    data = bytes(table.raw_data)
    evil._external("model.onnx.data", len(data))(model)
    folder = evil.package(tmp_path / "toy", model.SerializeToString())
    evil.with_extra_file(folder, "model.onnx.data", data)
    assert install(store, folder, try_out=accept).key == "toy-1"


def test_an_understand_package_is_installed(store, tmp_path):
    stored = install(store, write_understand(tmp_path / "toy"), try_out=accept)
    assert (stored.key, stored.task) == ("toy-1", Task.UNDERSTAND)


def test_the_bundled_fill_model_passes_every_check(store):
    bundled = Path(__file__).parents[2] / "resources" / "models" / "fill"
    manifest = json.loads((bundled / "manifest.json").read_text("utf-8"))
    stored = install(store, bundled, try_out=accept)
    assert stored.key == f"{manifest['name']}-{manifest['version']}"
