"""工具 → 模型…: the dialog in the window, with packages that are really installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QTableWidgetItem

from assistant.engine import store_install
from assistant.engine.store import ModelStore
from assistant.paths import Paths
from assistant.records import Task
from assistant.services.models import ModelService
from assistant.services.worker import Worker
from assistant.ui import models_wiring
from assistant.ui.dialogs.model_compare_dialog import ModelCompareDialog
from assistant.ui.dialogs.models_dialog import ModelsDialog
from tests.engine import evil

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    graph = evil.bigram_graph({"甲": "丁"})
    evil.package(tmp_path / "resources" / "models" / "fill", graph, name="house")
    paths = Paths(tmp_path / "resources", tmp_path / "data", tmp_path / "c", tmp_path / "l")
    return ModelStore(paths)


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    return evil.zip_of(evil.package(tmp_path / "toy"), tmp_path / "玩具.zip")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the self-test out: it has tests of its own and takes a second."""
    monkeypatch.setattr(store_install, "try_in_child", lambda *_arguments: None)


@pytest.fixture
def service(running, store) -> Iterator[ModelService]:
    worker = Worker()
    yield ModelService(worker, lambda: store)
    assert worker.stop()


@pytest.fixture
def text() -> str:
    return "庚甲[MASK]庚。\n没有空。\n甲[MASK]。"


@pytest.fixture
def dialog(running, service, qtbot, text) -> Iterator[ModelsDialog]:
    with qtbot.waitSignal(service.listed):
        shown = ModelsDialog(service, "zh", lambda: text, running.window)
        shown.show()
    yield shown
    shown.close()
    shown.deleteLater()


def rows(dialog: ModelsDialog) -> list[tuple[str, ...]]:
    """Return (name, version, state, origin) of every package shown."""
    found = []
    for number in range(dialog.list.topLevelItemCount()):
        branch = dialog.list.topLevelItem(number)
        assert branch is not None
        for child in range(branch.childCount()):
            item = branch.child(child)
            assert item is not None
            found.append(tuple(item.text(column) for column in (0, 1, 2, 4)))
    return found


def words(item: QTableWidgetItem | None) -> str:
    """Return the first word of a cell."""
    return item.text().split()[0] if item else ""


def do(dialog: ModelsDialog, qtbot, button, news: str) -> None:
    """Press ``button`` and wait for ``news`` of the service and the list that follows."""
    service = dialog._service
    with qtbot.waitSignals([getattr(service, news), service.listed]):
        button.click()


def install(dialog: ModelsDialog, qtbot, monkeypatch, path: Path, news: str = "installed") -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(path), ""))
    do(dialog, qtbot, dialog.file_button, news)


def test_the_bundled_package_is_shown_in_use(dialog):
    assert rows(dialog) == [("house", "1", "● 使用中", "自带")]
    assert not dialog.use_button.isEnabled()
    assert not dialog.remove_button.isEnabled()
    assert not dialog.compare_button.isEnabled()
    assert dialog.about.toPlainText().startswith("house 1 · MIT")


def test_a_package_is_installed_used_and_rolled_back(dialog, qtbot, monkeypatch, toy, quick):
    install(dialog, qtbot, monkeypatch, toy)
    assert rows(dialog)[1] == ("toy", "1", "", "自己安装")
    assert dialog.job.message.text() == "装好了“toy-1”，还没有使用它。"
    assert dialog.list.package().key == "toy-1"
    do(dialog, qtbot, dialog.use_button, "switched")
    assert [row[2] for row in rows(dialog)] == ["", "● 使用中"]
    assert dialog.job.message.text() == "现在使用“toy-1”。"
    do(dialog, qtbot, dialog.back_button, "switched")
    assert [row[2] for row in rows(dialog)] == ["● 使用中", ""]
    do(dialog, qtbot, dialog.back_button, "failed")
    assert "没有更早用过的模型" in dialog.job.message.text()


def test_a_folder_is_installed_too(dialog, qtbot, monkeypatch, tmp_path, quick):
    folder = evil.package(tmp_path / "folder")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(folder))
    do(dialog, qtbot, dialog.folder_button, "installed")
    assert rows(dialog)[1][0] == "toy"


def test_the_real_self_test_runs_beside_the_window(dialog, qtbot, monkeypatch, toy):
    phases = []
    dialog._service.progressed.connect(lambda phase, _done, _total: phases.append(phase))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(toy), ""))
    with qtbot.waitSignal(dialog._service.installed, timeout=60_000):
        dialog.file_button.click()
        assert dialog.job.bar.isVisible()
        assert not dialog.file_button.isEnabled()
    assert phases[-1] is store_install.Phase.TRY
    assert not dialog.job.bar.isVisible()


def test_installing_can_be_cancelled(dialog, qtbot, monkeypatch, toy, store):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(toy), ""))
    with qtbot.waitSignal(dialog._service.cancelled, timeout=30_000):
        dialog.file_button.click()
        dialog.job.cancel_button.click()
    assert dialog.job.message.text() == "已取消，一切和原来一样。"
    assert [package.key for package in store.packages()] == ["house-1"]


def test_a_bad_package_is_refused_with_its_reason(dialog, qtbot, monkeypatch, tmp_path):
    bad = evil.zip_of(evil.package(tmp_path / "bad"), tmp_path / "bad.zip")
    evil.add_entry(bad, "../evil.txt")
    install(dialog, qtbot, monkeypatch, bad, "failed")
    assert dialog.job.message.text().startswith("没有安装 bad.zip：路径“../evil.txt”不安全。")
    assert len(rows(dialog)) == 1


def test_damage_is_found_by_verifying(dialog, qtbot, monkeypatch, toy, store, quick):
    install(dialog, qtbot, monkeypatch, toy)
    do(dialog, qtbot, dialog.verify_button, "verified")
    assert dialog.job.message.text() == "“toy-1”的每个文件都完好。"
    graph = store.find("toy-1").folder / "model.onnx"
    graph.write_bytes(bytes(graph.stat().st_size))
    do(dialog, qtbot, dialog.verify_button, "verified")
    assert "model.onnx 已损坏" in dialog.job.message.text()


@pytest.mark.parametrize(
    ("answer", "left"),
    [(QMessageBox.StandardButton.No, 2), (QMessageBox.StandardButton.Yes, 1)],
)
def test_removing_asks_first(dialog, qtbot, monkeypatch, toy, answer, left, quick):
    install(dialog, qtbot, monkeypatch, toy)
    monkeypatch.setattr(QMessageBox, "question", lambda *_arguments: answer)
    dialog.remove_button.click()
    qtbot.waitUntil(lambda: not dialog._service.busy and len(rows(dialog)) == left)


def test_two_packages_are_compared_on_the_document_and_the_better_is_kept(
    dialog, qtbot, monkeypatch, toy, store, quick
):
    install(dialog, qtbot, monkeypatch, toy)
    service = dialog._service
    packages = [p for p in service.packages if p.task is Task.FILL]
    view = ModelCompareDialog(service, packages, dialog.list.package(), dialog._read_text, "zh",
                              dialog)  # fmt: skip
    view.show()
    assert [box.currentText() for box in view.boxes] == ["house-1", "toy-1"]
    with qtbot.waitSignal(service.compared, timeout=60_000):
        view.run_button.click()
    cells = [
        [words(view.table.item(row, column)) for column in range(3)]
        for row in range(view.table.rowCount())
    ]
    assert cells == [["庚甲[MASK]庚。", "丁", "乙"], ["甲[MASK]。", "丁", "乙"]]
    assert view.figures.text().count("内存") == 2
    with qtbot.waitSignal(service.switched):
        view.keep_buttons[1].click()
    assert store.active(Task.FILL) == store.find("toy-1").folder
    assert not view.isVisible()


def test_on_a_file_with_answers_the_right_ones_are_counted(
    dialog, qtbot, monkeypatch, toy, quick, tmp_path
):
    install(dialog, qtbot, monkeypatch, toy)
    file = tmp_path / "题目.tsv"
    file.write_text("庚甲[MASK]庚。\t乙|丙\n甲[MASK]。\t己\n", "gb18030")
    service = dialog._service
    view = ModelCompareDialog(service, service.packages, None, lambda: "", "zh", dialog)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(file), ""))
    with qtbot.waitSignal(service.compared, timeout=120_000):
        view.file_button.click()
    house, toy_line = view.figures.text().splitlines()
    assert "2 处里首选对 0 处" in house
    assert "2 处里首选对 1 处，前五有" in toy_line
    view.deleteLater()


@pytest.mark.parametrize(("text", "said"), [("没有空。", "没有空"), ("", "没有文字")])
def test_without_blanks_there_is_nothing_to_compare(
    dialog, qtbot, monkeypatch, toy, quick, text, said
):
    install(dialog, qtbot, monkeypatch, toy)
    service = dialog._service
    view = ModelCompareDialog(service, service.packages, None, lambda: text, "zh", dialog)
    with qtbot.waitSignal(service.failed):
        view.run_button.click()
    assert said in view.job.message.text()
    view.deleteLater()


def test_a_comparison_that_was_closed_hears_no_more(dialog, qtbot, monkeypatch, toy, quick):
    install(dialog, qtbot, monkeypatch, toy)
    service = dialog._service
    view = ModelCompareDialog(service, service.packages, None, lambda: "", "zh", dialog)
    with qtbot.waitSignal(view.destroyed):
        view.deleteLater()
    service.cancelled.emit()
    service.progressed.emit(None, 1, 2)
    assert dialog.job.message.text() == "已取消，一切和原来一样。"


def test_a_switch_reloads_the_engine_of_its_task(running, service, qtbot, toy, quick):
    reloaded = []
    reloads = {Task.FILL: lambda: reloaded.append("fill"), Task.TRANSLATE: lambda: 1 / 0}
    models_wiring.connect(running.window, service, reloads)
    with qtbot.waitSignal(service.installed) as caught:
        service.install(toy)
    with qtbot.waitSignal(service.switched):
        service.use(caught.args[0].package)
    assert reloaded == ["fill"]


def test_the_menu_opens_the_dialog(running, service, monkeypatch):
    models_wiring.connect(running.window, service, {})
    opened = []
    monkeypatch.setattr(ModelsDialog, "exec", lambda dialog: opened.append(dialog.windowTitle()))
    running.window.actions_["models"].trigger()
    assert opened == ["模型"]
