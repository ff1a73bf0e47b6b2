"""The settings and their file."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import FileWriteError
from assistant.services.settings import (
    BROKEN_NAME,
    FILE_NAME,
    Language,
    Settings,
    SettingsStore,
    Theme,
)

settings_strategy = st.builds(
    Settings,
    language=st.sampled_from(Language),
    theme=st.sampled_from(Theme),
    font_family=st.text(),
    font_size=st.integers(6, 96),
    zoom_percent=st.integers(50, 300),
    fill_length=st.sampled_from([None, 1, 2, 3, 4]),
    automatic=st.booleans(),
    autosave_seconds=st.integers(1, 600),
    recent_files=st.lists(st.just(Path("甲 乙.txt")) | st.just(Path("b.md"))).map(tuple),
    window_geometry=st.text(),
    window_state=st.text(),
)


def _write(folder: Path, raw: Any) -> None:
    (folder / FILE_NAME).write_text(json.dumps(raw), encoding="utf-8")


def test_without_a_file_the_defaults_are_in_force(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "config")
    assert store.current == Settings()
    assert not store.was_broken


@given(settings_strategy)
def test_what_is_saved_is_read_again(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "config"
    SettingsStore(folder).save(settings)
    assert SettingsStore(folder).current == settings


def test_every_setting_can_be_read_from_the_file(tmp_path: Path) -> None:
    changed = Settings(
        Language.EN, Theme.DARK, "楷体", 20, 150, 2, False, 5, (Path("a.txt"),), "Zw==", "cw==",
        ("小说",), ((Path("a.txt"), ("课本",)),), False, "主题", ("山", "水"), "有{}。", True,
    )  # fmt: skip
    assert all(getattr(changed, f.name) != getattr(Settings(), f.name) for f in fields(Settings))
    SettingsStore(tmp_path).save(changed)
    assert SettingsStore(tmp_path).current == changed


def test_keys_of_another_version_stay_in_the_file(tmp_path: Path) -> None:
    _write(tmp_path, {"future": {"a": 1}, "zoom_percent": 120})
    store = SettingsStore(tmp_path)
    store.save(replace(store.current, theme=Theme.DARK))
    raw = json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
    assert raw["future"] == {"a": 1}
    assert (raw["zoom_percent"], raw["theme"]) == (120, "dark")


@pytest.mark.parametrize("data", [b"{", b"\xff\xfe\x00", b"[1]", b""])
def test_a_broken_file_gives_defaults_and_is_kept(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(data)
    store = SettingsStore(tmp_path)
    assert store.current == Settings()
    assert store.was_broken
    assert (tmp_path / BROKEN_NAME).read_bytes() == data
    store.save(Settings(font_size=20))
    assert SettingsStore(tmp_path).current.font_size == 20


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("theme", 3),
        ("theme", []),
        ("font_family", None),
        ("font_size", "14"),
        ("zoom_percent", True),
        ("fill_length", 5),
        ("fill_length", True),
        ("fill_length", "auto"),
        ("automatic", 1),
        ("recent_files", "a.txt"),
        ("recent_files", [1]),
        ("window_geometry", {}),
    ],
)
def test_one_wrong_value_falls_back_alone(tmp_path: Path, name: str, value: Any) -> None:
    right = {"autosave_seconds": 7}
    _write(tmp_path, right | {name: value})
    assert SettingsStore(tmp_path).current == Settings(autosave_seconds=7)


def test_numbers_out_of_range_come_to_the_border(tmp_path: Path) -> None:
    _write(tmp_path, {"zoom_percent": 9999, "font_size": -1, "autosave_seconds": 0})
    current = SettingsStore(tmp_path).current
    assert (current.zoom_percent, current.font_size, current.autosave_seconds) == (300, 6, 1)


def test_settings_that_cannot_be_written_are_in_force_nevertheless(tmp_path: Path) -> None:
    blocked = tmp_path / "config"
    store = SettingsStore(blocked)
    blocked.write_bytes(b"")
    with pytest.raises(FileWriteError):
        store.save(Settings(font_size=20))
    assert store.current.font_size == 20
