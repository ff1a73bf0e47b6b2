"""Model packages in the background, and a fill service that gets another engine."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.engine import store_install
from assistant.engine.fill import Filler
from assistant.engine.store import ModelStore
from assistant.errors import EmptyTextError, ModelMissingError, NoBlankError
from assistant.paths import Paths
from assistant.records import Task
from assistant.services.analysis import FillService
from assistant.services.model_jobs import MAX_TEXTS, texts_to_compare
from assistant.services.models import ModelService
from assistant.services.worker import JobKind, Worker
from assistant.text.masks import MASK
from tests.engine import evil
from tests.services.desk import Desk
from tests.services.fakes import FakeEngine, fake_explain


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    evil.package(tmp_path / "resources" / "models" / "fill", name="house")
    return ModelStore(
        Paths(tmp_path / "resources", tmp_path / "data", tmp_path / "c", tmp_path / "l")
    )


@pytest.fixture
def service(worker: Worker, store: ModelStore) -> ModelService:
    return ModelService(worker, lambda: store)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_install, "try_in_child", lambda *_arguments: None)


def test_one_thing_is_done_at_a_time(
    qtbot: QtBot, service: ModelService, tmp_path: Path, quick: None
) -> None:
    busy: list[bool] = []
    service.busy_changed.connect(busy.append)
    with qtbot.waitSignals([service.installed, service.listed]):
        service.install(evil.package(tmp_path / "a", name="a"))
        assert service.busy
        service.install(evil.package(tmp_path / "b", name="b"))
    assert [package.key for package in service.packages] == ["house-1", "a-1"]
    assert busy == [True, False]


def test_a_verified_package_serves_and_a_damaged_one_is_not_chosen(
    qtbot: QtBot, service: ModelService, store: ModelStore, tmp_path: Path, quick: None
) -> None:
    with qtbot.waitSignal(service.installed) as caught:
        service.install(evil.package(tmp_path / "a", name="a"))
    assert caught.args is not None
    package = caught.args[0].package
    graph = package.folder / "model.onnx"
    whole = graph.read_bytes()
    graph.write_bytes(bytes(len(whole)))
    with qtbot.waitSignal(service.failed):
        service.use(package)
    assert service.active(Task.FILL) == store.bundled(Task.FILL)
    graph.write_bytes(whole)
    with qtbot.waitSignal(service.switched):
        service.use(package)
    assert service.active(Task.FILL) == package.folder
    assert service.load(Task.FILL, Filler).info.name == "a"


def test_what_serves_instead_is_told_on_the_thread_of_the_window(
    qtbot: QtBot, service: ModelService, store: ModelStore, tmp_path: Path, worker: Worker
) -> None:
    package = store_install.install(
        store, evil.package(tmp_path / "a", name="a"), try_out=lambda *_arguments: None
    )
    store.use(package)
    (package.folder / "model.onnx").unlink()
    threads: list[threading.Thread] = []
    service.fell_back.connect(lambda _error: threads.append(threading.current_thread()))
    with qtbot.waitSignal(service.fell_back) as caught:
        worker.submit(JobKind.LOAD, lambda _cancel: service.load(Task.FILL, Filler))
    assert caught.args is not None
    assert "a-1" in caught.args[0].message("zh")
    assert threads == [threading.main_thread()]


def test_all_packages_are_checked_one_by_one(
    qtbot: QtBot, service: ModelService, store: ModelStore, tmp_path: Path
) -> None:
    package = store_install.install(
        store, evil.package(tmp_path / "a", name="a"), try_out=lambda *_arguments: None
    )
    graph = package.folder / "model.onnx"
    graph.write_bytes(bytes(graph.stat().st_size))
    found: dict[str, bool] = {}
    service.checked.connect(lambda news: found.__setitem__(news.package.key, news.problem is None))
    service.check_all()
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found == {"house-1": True, "a-1": False}
    assert not service.busy


def test_lines_with_blanks_are_compared_for_fills_and_sentences_for_the_others() -> None:
    text = "  春天来了。花开了！\n\n处处闻[MASK]鸟。\n"
    assert texts_to_compare(text, Task.FILL) == ("处处闻[MASK]鸟。",)
    sentences = ("春天来了。", "花开了！", "处处闻[MASK]鸟。")
    assert texts_to_compare(text, Task.UNDERSTAND) == sentences
    assert texts_to_compare(text, Task.TRANSLATE) == sentences
    assert len(texts_to_compare("好。\n" * 1000, Task.TRANSLATE)) == MAX_TEXTS


@pytest.mark.parametrize(("text", "error"), [(" \n", EmptyTextError), ("没有空。", NoBlankError)])
def test_without_text_or_blanks_there_is_nothing_to_compare(
    text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        texts_to_compare(text, Task.FILL)


class Shelf:
    """Engines to be loaded one after the other."""

    def __init__(self, *engines: FakeEngine) -> None:
        self._engines = list(engines)

    def take(self) -> FakeEngine:
        if not self._engines:
            raise ModelMissingError(folder="fill", file="manifest.json")
        return self._engines.pop(0)


def test_a_reloaded_engine_answers_instead_of_the_cache(qtbot: QtBot, worker: Worker) -> None:
    first, second = FakeEngine(), FakeEngine()
    desk = Desk(worker)
    desk.service = service = FillService(
        worker, Shelf(first, second).take, fake_explain, debounce_ms=0
    )
    service.load_model()
    with qtbot.waitSignal(service.fill_finished):
        desk.show(f"山中{MASK}月")
    with qtbot.waitSignal(service.fill_finished):
        service.reload_model()
    assert [len(first.asked), len(second.asked)] == [1, 1]


def test_when_reloading_fails_the_engine_before_goes_on(qtbot: QtBot, worker: Worker) -> None:
    first = FakeEngine()
    desk = Desk(worker)
    desk.service = service = FillService(worker, Shelf(first).take, fake_explain, debounce_ms=0)
    service.load_model()
    with qtbot.waitSignal(service.model_ready):
        pass
    with qtbot.waitSignal(service.model_failed):
        service.reload_model()
    assert service.is_ready
    with qtbot.waitSignal(service.fill_finished):
        desk.show(f"山中{MASK}月")
        service.request_now()
    assert first.asked


def test_known_answers_are_counted(qtbot: QtBot, desk: Desk) -> None:
    desk.service.load_model()
    for text in (f"山中{MASK}月", f"水上{MASK}风", f"山中{MASK}月"):
        with qtbot.waitSignal(desk.service.fill_finished):
            desk.show(text)
    use = desk.service.cache_use
    assert (use.hits, use.asked) == (1, 3)
