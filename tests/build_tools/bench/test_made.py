from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant.engine.package import MANIFEST_NAME
from build_tools.bench.made import Maker
from build_tools.bench.settings import Settings


def test_a_package_with_other_settings_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "models"
    (models / "fill").mkdir(parents=True)
    manifest = models / "fill" / MANIFEST_NAME
    manifest.write_text(json.dumps({"settings": {}}), "utf-8")
    made: list[str] = []

    def copy(package: Path, graph: Path, target: Path) -> None:
        made.append(graph.name)
        shutil.copytree(package, target)

    monkeypatch.setattr("build_tools.package_writer.with_graph", copy)
    monkeypatch.setattr(Maker, "clean_fill", lambda self: Path("clean.onnx"))
    maker = Maker(Settings(folder=tmp_path / "bench", models=models))
    first = maker.own_fill_fp32()
    assert maker.own_fill_fp32() == first
    assert made == ["clean.onnx"]
    manifest.write_text(json.dumps({"settings": {"reranker": 1}}), "utf-8")
    assert (maker.own_fill_fp32() / MANIFEST_NAME).read_bytes() == manifest.read_bytes()
    assert len(made) == 2
