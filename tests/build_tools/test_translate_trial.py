"""A translate package is tried and compared through the engine, in processes of its own."""

from __future__ import annotations

import pytest

from assistant.engine.compare import run_package
from assistant.engine.store import ModelStore
from assistant.engine.store_errors import PackageRefusedError
from assistant.engine.store_install import install, try_in_child
from assistant.paths import Paths
from assistant.records import Task
from tests.build_tools.marian import tiny_marian, write_package


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_package(tmp_path_factory.mktemp("marian") / "tiny", tiny_marian())


def test_a_translate_package_passes(folder):
    try_in_child("tiny", folder, Task.TRANSLATE, None)


def test_a_translate_package_is_installed(folder, tmp_path):
    store = ModelStore(Paths(tmp_path, tmp_path / "data", tmp_path, tmp_path))
    stored = install(store, folder, try_out=lambda *_arguments: None)
    assert (stored.key, stored.task) == ("tiny-1", Task.TRANSLATE)


def test_two_runs_write_the_same_and_are_measured(folder):
    texts = ["风吹雨。", "我看花。"]
    first, second = (run_package(folder, Task.TRANSLATE, texts) for _ in range(2))
    assert first.answers == second.answers
    assert all(0 < answers[0].options[0][1] <= 1 for answers in first.answers)
    assert len(first.milliseconds) == 2


def test_a_package_whose_settings_do_not_fit_its_graph_is_refused(tmp_path):
    folder = write_package(tmp_path / "tiny", tiny_marian(), settings={"top_k": 5})
    with pytest.raises(PackageRefusedError):
        try_in_child("tiny", folder, Task.TRANSLATE, None)
