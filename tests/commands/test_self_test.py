from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import cli
from assistant.commands import self_test
from assistant.paths import find_paths
from tests.engine.bigram import bigram_graph
from tests.engine.toy import write_package
from tests.engine.toy_understand import write_understand


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the bundled models: a toy that fills."""
    paths = replace(find_paths(), resources=tmp_path)
    monkeypatch.setattr(self_test, "find_paths", lambda: paths)
    write_package(tmp_path / "models" / "fill", graph=bigram_graph({"甲": "乙"}))
    return tmp_path / "models"


def test_packages_that_are_there_are_checked(models: Path, capsys: pytest.CaptureFixture[str]):
    write_understand(models / "understand", max_length=64)
    assert cli.main(["self-test"]) == 0
    printed = capsys.readouterr().out
    assert "fill: ok, toy 1" in printed
    assert "understand: ok, toy 1, 2 files" in printed
    assert "translate: none bundled" in printed


def test_a_changed_file_fails(models: Path, capsys: pytest.CaptureFixture[str]):
    folder = write_understand(models / "understand", max_length=64)
    graph = folder / "model.onnx"
    graph.write_bytes(graph.read_bytes()[:-1] + b"x")
    assert cli.main(["self-test"]) == 3
    printed = capsys.readouterr()
    assert "self-test: failed" in printed.out
    assert "model.onnx" in printed.err


def test_without_the_fill_model_it_fails(models: Path, capsys: pytest.CaptureFixture[str]):
    (models / "fill" / "manifest.json").unlink()
    assert cli.main(["self-test"]) == 3
    assert "self-test: failed" in capsys.readouterr().out
