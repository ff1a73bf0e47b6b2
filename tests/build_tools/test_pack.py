"""Packages: whole or not at all, the same bytes each time, and usable by the engine."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.fill import Filler
from assistant.engine.package import MANIFEST_NAME, load_package
from assistant.errors import ModelHashError
from assistant.records import FillRequest, Span, Task
from build_tools.card import About, TrainingText, renew_figures
from build_tools.export_onnx import export
from build_tools.optimise import optimise
from build_tools.pack import pack
from build_tools.package_writer import new_folder, read_manifest, write_manifest, write_zip
from build_tools.quantise import quantise
from build_tools.verify import write_metrics
from tests.build_tools.checkpoints import write_bert, write_modernbert

ABOUT = About(
    name="tiny",
    version="1.2",
    licence="CC0-1.0",
    summary="A model of random numbers.",
    training="None.",
    limits="It knows nothing.",
    context_chars=126,
    sources=(TrainingText("our own sentences", "MIT"),),
)


@pytest.fixture(scope="module", params=[write_bert, write_modernbert])
def built(request, tmp_path_factory):
    """Return a checkpoint and its INT8 graph."""
    folder = tmp_path_factory.mktemp("built")
    checkpoint = request.param(folder / "checkpoint")
    export(str(checkpoint), folder / "plain.onnx")
    optimise(folder / "plain.onnx", folder / "clean.onnx")
    quantise(folder / "clean.onnx", folder / "int8.onnx")
    return str(checkpoint), folder / "int8.onnx"


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_engine_fills_a_blank_with_the_package(built, tmp_path):
    pack(*built, ABOUT, tmp_path / "fill")

    filler = Filler(load_package(tmp_path / "fill", Task.FILL), threads=1)
    result = filler.fill(FillRequest("春风□来。", (Span(2, 3, 1),)))

    candidates = result.spans[0].candidates
    assert len(candidates) == 5
    assert all(len(candidate.text) == 1 for candidate in candidates)
    assert filler.info.name == "tiny"


def test_manifest_tells_the_shape_and_the_prior(built, tmp_path):
    pack(*built, ABOUT, tmp_path / "fill", settings={"gate": 0.5})

    manifest = load_package(tmp_path / "fill", Task.FILL).manifest
    assert manifest.inputs == ("input_ids", "attention_mask", "rows", "columns")
    assert (manifest.max_length, manifest.context_chars) == (40, 38)
    assert sum(manifest.length_prior) == pytest.approx(1.0, abs=1e-3)
    assert manifest.settings["gate"] == 0.5
    assert "literature" in manifest.settings["length_prior_measured_on"]


def test_packing_twice_gives_the_same_bytes(built, tmp_path):
    for name in ("one", "two"):
        pack(*built, ABOUT, tmp_path / name / "fill")
        write_zip(tmp_path / name / "fill", tmp_path / f"{name}.zip")

    assert contents(tmp_path / "one" / "fill") == contents(tmp_path / "two" / "fill")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_zip_unpacks_to_a_package_that_loads(built, tmp_path):
    pack(*built, ABOUT, tmp_path / "fill")
    write_zip(tmp_path / "fill", tmp_path / "fill.zip")

    with zipfile.ZipFile(tmp_path / "fill.zip") as archive:
        archive.extractall(tmp_path / "unpacked")

    assert load_package(tmp_path / "unpacked" / "fill", Task.FILL).manifest.name == "tiny"


def test_phrase_memory_is_copied_hashed_and_named(built, tmp_path):
    memory = tmp_path / "phrases.bin"
    memory.write_bytes(b"counts" * 50_000)

    pack(*built, ABOUT, tmp_path / "fill", memory=memory)
    written = (tmp_path / "fill" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "| phrase memory | 0.3 MB |" in written
    assert "topics" not in written
    package = load_package(tmp_path / "fill", Task.FILL)
    (tmp_path / "fill" / "phrases.bin").write_bytes(b"others")

    assert package.manifest.memory == "phrases.bin"
    with pytest.raises(ModelHashError):
        load_package(tmp_path / "fill", Task.FILL)


def test_failed_packing_leaves_the_old_package(built, tmp_path):
    checkpoint, model = built
    pack(checkpoint, model, ABOUT, tmp_path / "fill")
    before = contents(tmp_path / "fill")

    with pytest.raises(FileNotFoundError):
        pack(checkpoint, model, ABOUT, tmp_path / "fill", memory=tmp_path / "missing.bin")

    assert contents(tmp_path / "fill") == before
    assert [path.name for path in tmp_path.iterdir()] == ["fill"]


def test_new_package_replaces_all_files_of_the_old_one(tmp_path):
    (tmp_path / "fill").mkdir()
    (tmp_path / "fill" / "stale.bin").write_bytes(b"old")

    with new_folder(tmp_path / "fill") as folder:
        (folder / "fresh.bin").write_bytes(b"new")

    assert contents(tmp_path / "fill") == {"fresh.bin": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["fill"]


def test_figures_go_into_manifest_and_card_and_the_package_still_loads(built, tmp_path):
    pack(*built, ABOUT, tmp_path / "fill")

    write_metrics(tmp_path / "fill", {"accuracy": {"hit_at_1": 0.25}})
    write_metrics(tmp_path / "fill", {"accuracy": {"hit_at_1": 0.5}})

    assert load_package(tmp_path / "fill", Task.FILL).manifest.metrics == {
        "accuracy": {"hit_at_1": 0.5}
    }
    text = (tmp_path / "fill" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "| accuracy: hit at 1 | 0.5 |" in text
    assert "0.25" not in text
    assert "our own sentences | MIT" in text
    assert read_manifest(tmp_path / "fill")["licence"] == "CC0-1.0"


def test_card_without_a_place_for_figures_is_refused():
    with pytest.raises(ValueError, match="no place"):
        renew_figures("# A card", {})


@given(
    st.lists(st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers()))
    | st.lists(st.text("[1, \n2]é"))
)
def test_lists_of_numbers_stand_on_one_line_and_are_read_as_they_were(values: list):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_manifest(folder, {"name": "x", "settings": {"values": values}})
        assert read_manifest(folder)["settings"]["values"] == values
        text = (folder / MANIFEST_NAME).read_text("utf-8")
    numbers = sum(bool(one) and not isinstance(one, str) for one in values)
    assert len(re.findall(r"^ +\[[-+.\deE, ]+\],?$", text, re.MULTILINE)) == numbers
