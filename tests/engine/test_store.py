"""The store: what is chosen stays chosen, what is damaged is passed over, nothing else changes."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from assistant.engine import child
from assistant.engine.fill import Filler
from assistant.engine.store import BUNDLED, ModelStore, StoredPackage
from assistant.engine.store_errors import (
    NoRollbackError,
    PackageKeptError,
    PackageStoreError,
    PackageUnknownError,
)
from assistant.engine.store_install import install
from assistant.engine.store_open import open_active
from assistant.errors import ModelError, ModelHashError
from assistant.paths import Paths
from assistant.records import Task
from tests.engine import evil


def accept(*_arguments: object) -> None:
    """Stand for the self-test."""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    evil.package(tmp_path / "resources" / "models" / "fill", name="house", version="1")
    return Paths(tmp_path / "resources", tmp_path / "data", tmp_path / "config", tmp_path / "logs")


@pytest.fixture
def store(paths: Paths) -> ModelStore:
    return ModelStore(paths)


@pytest.fixture
def add(store, tmp_path):
    def make(version: str) -> StoredPackage:
        return install(store, evil.package(tmp_path / f"v{version}", version=version),
                       try_out=accept)  # fmt: skip

    return make


def active_key(store: ModelStore) -> str:
    (package,) = [package for package in store.packages(Task.FILL) if package.is_active]
    return package.key


def damage(stored: StoredPackage) -> None:
    graph = stored.folder / "model.onnx"
    graph.write_bytes(bytes(graph.stat().st_size))


def opened(store: ModelStore) -> tuple[str, str]:
    """Return the version that serves, and what is said about it in English."""
    filler, error = open_active(store, Task.FILL, Filler)
    return f"{filler.info.name}-{filler.info.version}", error.message("en") if error else ""


def test_at_first_the_bundled_package_serves(store):
    assert active_key(store) == "house-1"
    assert store.active(Task.FILL) == store.bundled(Task.FILL)
    assert opened(store) == ("house-1", "")


def test_nothing_is_written_before_something_changes(store):
    store.packages()
    opened(store)
    assert not store.folder.exists()


def test_an_installed_package_serves_once_it_is_chosen_and_after_a_restart(store, add, paths):
    package = add("2")
    assert active_key(store) == "house-1"
    store.use(package)
    assert ModelStore(paths).active(Task.FILL) == package.folder
    assert opened(ModelStore(paths)) == ("toy-2", "")


def test_it_survives_an_update_of_the_app(store, add, paths):
    store.use(add("2"))
    shutil.rmtree(paths.resources)
    evil.package(paths.resources / "models" / "fill", name="house", version="9")
    assert [p.key for p in store.packages(Task.FILL)] == ["house-9", "toy-2"]
    assert opened(store) == ("toy-2", "")


def test_rolling_back_goes_the_same_way_back(store, add):
    for version in ("2", "3"):
        store.use(add(version))
    assert store.rollback(Task.FILL).key == "toy-2"
    assert store.rollback(Task.FILL).key == "house-1"
    with pytest.raises(NoRollbackError):
        store.rollback(Task.FILL)
    assert active_key(store) == "house-1"


def test_there_is_no_way_back_to_what_is_not_there(store, add, paths):
    store.use(add("2"))
    shutil.rmtree(paths.resources / "models")
    with pytest.raises(NoRollbackError):
        store.rollback(Task.FILL)
    assert active_key(store) == "toy-2"


def test_choosing_the_same_again_is_no_step(store, add):
    package = add("2")
    store.use(package)
    store.use(package)
    assert store.rollback(Task.FILL).key == "house-1"


def test_bundled_names_the_package_of_the_app(store, add):
    store.use(add("2"))
    store.use(store.find(BUNDLED, Task.FILL))
    assert active_key(store) == "house-1"


def test_a_package_is_found_by_its_key_only(store, add):
    add("2")
    assert store.find("toy-2").version == "2"
    for name in ("toy", "2", "", "../toy-2", "toy-2/"):
        with pytest.raises(PackageUnknownError):
            store.find(name)


def test_what_is_in_use_and_what_came_with_the_app_cannot_be_removed(store, add):
    package = add("2")
    store.use(package)
    for key in ("toy-2", BUNDLED):
        with pytest.raises(PackageKeptError):
            store.remove(store.find(key))
    assert opened(store) == ("toy-2", "")


def test_a_removed_package_is_gone_and_forgotten(store, add):
    old, new = add("2"), add("3")
    store.use(old)
    store.use(new)
    store.remove(store.find("toy-2"))
    assert not old.folder.exists()
    assert store.rollback(Task.FILL).key == "house-1"
    assert list((store.folder / ".staging").iterdir()) == []


def test_verifying_finds_a_changed_byte(store, add):
    package = add("2")
    store.verify(package)
    damage(package)
    with pytest.raises(ModelHashError):
        store.verify(package)


def test_a_damaged_package_makes_room_for_the_bundled_one_and_says_so(store, add):
    package = add("2")
    store.use(package)
    assert opened(store) == ("toy-2", "")  # loaded once: what follows is damage, not a bad choice
    damage(package)
    key, said = opened(store)
    assert key == "house-1"
    assert "toy-2 cannot be used" in said
    assert "house 1 serves instead" in said
    assert active_key(store) == "toy-2"  # the choice stays: a repaired package serves again


def test_a_new_choice_that_cannot_be_loaded_is_taken_back(store, add):
    good, bad = add("2"), add("3")
    store.use(good)
    opened(store)
    store.use(bad)
    damage(bad)
    key, said = opened(store)
    assert key == "toy-2"
    assert "toy-3 cannot be used" in said
    assert active_key(store) == "toy-2"
    assert opened(store) == ("toy-2", "")


def test_a_package_whose_folder_is_gone_is_passed_over_aloud(store, add):
    package = add("2")
    store.use(package)
    opened(store)
    shutil.rmtree(package.folder)
    key, said = opened(store)
    assert key == "house-1"
    assert "toy-2" in said


def test_without_any_package_the_error_says_so(store, paths):
    shutil.rmtree(paths.resources / "models")
    with pytest.raises(ModelError):
        opened(store)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"version": 99}', '{"version": 1}', '{"version": 1, "tasks": []}',
     '{"version": 1, "tasks": {"fill": {"active": 7}}}', "[" * 99_999,
     '{"version": 1, "tasks": {"fill": {"active": "../../../evil"}}}',
     '{"version": 1, "tasks": {"fill": {"active": "..", "earlier": ["a/b"]}}}'],
    ids=range(11),
)  # fmt: skip
def test_a_broken_state_file_means_the_bundled_package(store, add, text):
    package = add("2")
    (store.folder / "state.json").write_text(text, "utf-8")
    assert active_key(store) == "house-1"
    store.use(package)
    assert active_key(store) == "toy-2"


def test_a_state_of_a_newer_version_is_kept_aside(store, add):
    package = add("2")
    newer = json.dumps({"version": 99, "tasks": {}})
    (store.folder / "state.json").write_text(newer, "utf-8")
    store.use(package)
    assert (store.folder / "state.broken.json").read_text("utf-8") == newer


def test_a_folder_that_is_no_package_is_listed_with_its_problem(store, add):
    add("2")
    (store.folder / "fill" / "stray").mkdir()
    found = {package.key: package.problem for package in store.packages(Task.FILL)}
    assert found["toy-2"] is None
    assert isinstance(found["stray"], ModelError)


def test_where_nothing_can_be_written_the_error_says_so(store, paths, add):
    package = add("2")
    shutil.rmtree(store.folder)
    store.folder.write_text("a file stands where the folder should", "utf-8")
    with pytest.raises(PackageStoreError):
        store.use(package)
    assert active_key(store) == "house-1"


def test_a_package_that_ended_a_program_is_tried_aside_before_it_is_loaded(store, add, monkeypatch):
    store.use(add("2"))
    opened(store)
    crash = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(child, "_program", lambda: crash)
    assert opened(store) == ("toy-2", "")  # nothing was interrupted: nothing is tried
    (store.folder / ".loading-fill").touch()
    key, said = opened(store)
    assert key == "house-1"
    assert "self-test crashed" in said


def test_after_an_interrupted_start_a_good_package_serves_again(store, add):
    store.use(add("2"))
    opened(store)
    mark = store.folder / ".loading-fill"
    mark.touch()
    assert opened(store) == ("toy-2", "")
    assert not mark.exists()


def test_what_an_interrupted_installation_left_is_passed_over_and_deleted_later(store, add):
    add("2")
    fresh, old = store.staging("new"), store.staging("new")
    evil.package(old / "package", version="9")
    day_before_yesterday = time.time() - 2 * 24 * 3600
    os.utime(old, (day_before_yesterday, day_before_yesterday))
    assert [package.key for package in store.packages(Task.FILL)] == ["house-1", "toy-2"]
    store.tidy()
    assert fresh.exists()
    assert not old.exists()
