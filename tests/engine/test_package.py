from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.engine.package import load_package
from assistant.errors import ModelFormatError, ModelHashError, ModelMissingError
from assistant.records import Task
from tests.engine.toy import write_package


def test_a_whole_package_loads(tmp_path: Path) -> None:
    package = load_package(write_package(tmp_path / "p"), Task.FILL)
    assert package.manifest.name == "toy"
    assert package.path(package.manifest.model).is_file()


@pytest.mark.parametrize("name", ["manifest.json", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = write_package(tmp_path / "p")
    (folder / name).unlink()
    with pytest.raises(ModelMissingError, match=name):
        load_package(folder, Task.FILL)


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "p")
    (folder / "model.onnx").write_bytes(b"no")
    with pytest.raises(ModelHashError, match=r"model\.onnx"):
        load_package(folder, Task.FILL)


def test_a_changed_file_of_the_same_size_is_refused(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "p")
    (folder / "model.onnx").write_bytes(b"no GRAPH")
    with pytest.raises(ModelHashError, match=r"model\.onnx"):
        load_package(folder, Task.FILL)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1}', "\x00"])
def test_a_broken_manifest_is_refused(tmp_path: Path, text: str) -> None:
    folder = write_package(tmp_path / "p")
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelFormatError):
        load_package(folder, Task.FILL)


def test_a_manifest_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "p")
    (folder / "manifest.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(ModelFormatError):
        load_package(folder, Task.FILL)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"format": None},
        {"task": "paint"},
        {"vocab_size": "many"},
        {"special_tokens": {}},
        {"files": {}},
        {"files": []},
        {"model": "../model.onnx"},
    ],
)
def test_a_manifest_of_another_kind_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    folder = write_package(tmp_path / "p", **changes)  # pyright: ignore[reportArgumentType]
    with pytest.raises(ModelFormatError):
        load_package(folder, Task.FILL)


@pytest.mark.parametrize("name", ["../model.onnx", "a/b", "/etc/passwd", "..", "a\\b"])
def test_files_outside_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    folder = write_package(tmp_path / "p")
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"][name] = {"bytes": 1, "sha256": "0"}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelFormatError):
        load_package(folder, Task.FILL)
