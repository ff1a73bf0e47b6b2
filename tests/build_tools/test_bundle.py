"""The check of the frozen app: what is wrong is said, what is right is not."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from build_tools.bundle import contents, linked_libraries, problems, report


@pytest.fixture
def app(tmp_path):
    folder = tmp_path / "Bubai"
    (folder / "_internal" / "resources" / "models" / "fill").mkdir(parents=True)
    (folder / "Bubai").write_bytes(b"x" * 1_000_000)
    model = folder / "_internal" / "resources" / "models" / "fill" / "model.onnx"
    model.write_bytes(b"x" * 3_000_000)
    return folder


def test_models_do_not_count_against_the_limit(app):
    files = contents(app)
    assert not [problem for problem in problems(app, files, 1.5) if "MB" in problem]
    (too_large,) = [problem for problem in problems(app, files, 0.5) if "MB" in problem]
    assert "1.0 MB" in too_large


def test_a_file_that_should_be_out_is_named(app):
    (app / "_internal" / "Qt6Qml.dll").touch()
    assert "Qt6Qml.dll should have been left out" in problems(app, contents(app), 10)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")
def test_a_missing_platform_library_is_named(app):
    assert "libxcb-cursor.so.0 is missing" in problems(app, contents(app), 10)


@pytest.mark.skipif(shutil.which("objdump") is None, reason="needs objdump")
def test_a_library_that_a_desktop_need_not_have_is_named(app):
    import _ctypes

    # Python's own extension links to libffi, which no desktop promises.
    extension = Path(_ctypes.__file__)
    shutil.copy(extension, app / "_internal" / "extension.so")
    (ffi,) = [name for name in linked_libraries(extension) if name.startswith("libffi")]
    assert any(line.startswith(f"{ffi} is neither") for line in problems(app, contents(app), 10))
    shutil.copy(extension, app / "_internal" / ffi)
    assert not any(line.startswith(ffi) for line in problems(app, contents(app), 10))


def test_the_report_ends_with_the_total(app):
    assert report(contents(app)).splitlines()[-1].strip() == (
        "4.0 MB  in all, 1.0 MB without models"
    )
