"""Where things are kept: per person, portable, redirected; from any folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assistant.paths import find_paths


@pytest.fixture
def frozen(monkeypatch, tmp_path: Path) -> Path:
    """Pretend to be a frozen app in a folder with Chinese and a space; return the folder."""
    folder = tmp_path / "教学 软件" / "补白"
    (folder / "_internal" / "resources").mkdir(parents=True)
    monkeypatch.delenv("BUBAI_HOME")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "Bubai"))
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"), raising=False)
    return folder


def test_a_file_named_portable_keeps_everything_beside_the_program(frozen):
    (frozen / "portable").touch()
    found = find_paths()
    assert {found.data, found.config, found.logs} == {
        frozen / "bubai-data" / name for name in ("data", "config", "logs")
    }
    assert found.resources == frozen / "_internal" / "resources"


def test_without_it_nothing_is_kept_in_the_programs_folder(frozen):
    found = find_paths()
    for folder in (found.data, found.config, found.logs):
        assert frozen not in (folder, *folder.parents)


def test_from_the_source_a_file_named_portable_means_nothing(monkeypatch, tmp_path):
    monkeypatch.delenv("BUBAI_HOME")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / "portable").touch()
    assert tmp_path not in find_paths().data.parents


def test_the_environment_overrules_the_file(frozen, monkeypatch, tmp_path):
    (frozen / "portable").touch()
    monkeypatch.setenv("BUBAI_HOME", str(tmp_path / "别处"))
    assert find_paths().data == tmp_path / "别处" / "data"


def test_finding_the_paths_makes_no_folder(frozen, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    (frozen / "portable").touch()
    find_paths()
    assert sorted(tmp_path.rglob("*")) == sorted([*before, frozen / "portable"])


def test_a_program_in_a_folder_that_cannot_be_written_still_starts(frozen, qapp, monkeypatch):
    """Settings, journal, backups and log say so at most; none of them ends the start."""
    from assistant.errors import FileWriteError
    from assistant.services.logs import start_logging
    from assistant.services.settings import Settings, SettingsStore

    (frozen / "portable").touch()
    (frozen / "bubai-data").write_text("a file stands where the folder should be")
    found = find_paths()
    assert start_logging(found.logs) is None
    store = SettingsStore(found.config)
    assert store.current == Settings()
    with pytest.raises(FileWriteError):
        store.save(store.current)
