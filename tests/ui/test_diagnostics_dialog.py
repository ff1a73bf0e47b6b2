"""离线自检 and 诊断: what they say is what is so, and none of it is the person's text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from assistant.cpu import Cpu
from assistant.engine.store import ModelStore
from assistant.paths import Paths
from assistant.services.diagnosis import OfflineProof, diagnose
from assistant.services.measurements import CacheUse, Measurements
from assistant.services.models import ModelService
from assistant.services.worker import JobKind, Worker
from assistant.ui import models_wiring
from assistant.ui.dialogs.diagnosis_text import DiagnosisText
from assistant.ui.dialogs.diagnostics_dialog import DiagnosticsDialog, DiagnosticsPage
from tests.engine import evil

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    evil.package(tmp_path / "resources" / "models" / "fill", name="house")
    return ModelStore(
        Paths(tmp_path / "resources", tmp_path / "data", tmp_path / "c", tmp_path / "l")
    )


@pytest.fixture
def service(running, store) -> Iterator[ModelService]:
    worker = Worker()
    yield ModelService(worker, lambda: store)
    assert worker.stop()


@pytest.fixture
def measured() -> Measurements:
    found = Measurements()
    for value in (10.0, 20.0, 300.0):
        found.record(JobKind.FILL, value)
    return found


@pytest.fixture
def show(running, service, measured, qtbot):
    shown: list[DiagnosticsDialog] = []

    def make(proof: OfflineProof) -> DiagnosticsDialog:
        dialog = DiagnosticsDialog(
            service,
            lambda: diagnose(measured, CacheUse(3, 4), service.packages),
            lambda: proof,
            DiagnosticsPage.OFFLINE,
            running.window,
        )
        shown.append(dialog)
        with qtbot.waitSignals([service.listed, service.checked]):
            dialog.show()
        return dialog

    yield make
    for dialog in shown:
        dialog.close()
        dialog.deleteLater()


def test_no_connection_and_whole_models_are_confirmed(show, store):
    dialog = show(OfflineProof((), (), ()))
    assert dialog.connections.text() == "✓ 打开的连接：0"
    assert dialog.modules.text().startswith("✓")
    digest = store.packages()[0].digest
    assert dialog.models.text() == f"✓ house-1  sha256 {digest[:16]}…"


def test_a_connection_or_a_network_module_would_be_named(show):
    dialog = show(OfflineProof(("tcp A → B",), ("ssl",), ("libcurl",)))
    assert dialog.connections.text() == "✕ 打开的连接：1\ntcp A → B"
    assert dialog.modules.text().startswith("✕")
    assert "ssl, libcurl" in dialog.modules.text()


def test_where_the_system_does_not_say_the_page_does_not_claim_anything(show):
    dialog = show(OfflineProof(None, (), None))
    assert dialog.connections.text().startswith("…")
    assert "✓" not in dialog.connections.text()


def test_a_damaged_model_is_marked(show, store, qtbot):
    graph = store.packages()[0].folder / "model.onnx"
    graph.write_bytes(bytes(graph.stat().st_size))
    assert show(OfflineProof((), (), ())).models.text().startswith("✕ house-1")


def test_the_report_has_figures_and_is_copied_without_the_text(show, running, store):
    running.window.editor.setPlainText("这是我的秘密日记")
    dialog = show(OfflineProof((), (), ()))
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "填空（全部）：3 次，一半在 20.0 毫秒内，95% 在 300.0 毫秒内" in copied
    assert "填空缓存：4 次里命中 3 次（75%）" in copied
    assert store.packages()[0].digest in copied
    assert "onnxruntime" in copied
    assert "Qt 6" in copied
    assert "秘密" not in copied


@pytest.mark.parametrize(
    ("features", "warned"), [({"sse4_2"}, True), ({"sse4_2", "avx2"}, False), (None, False)]
)
def test_a_slow_processor_is_told_of(features, warned):
    cpu = Cpu("x", None if features is None else frozenset(features))
    assert ("AVX2" in DiagnosisText().warning(cpu)) == warned


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_the_steps_for_ones_own_proof_name_the_process_where_it_is_needed(system):
    steps = DiagnosisText().firewall_steps(system, 4711)
    assert "4711" in steps
    assert len(steps.splitlines()) == 3


@pytest.mark.parametrize(("action", "page"), [("offline_check", 0), ("diagnostics", 1)])
def test_the_menu_opens_the_page(running, service, measured, monkeypatch, action, page):
    models_wiring.connect_diagnostics(
        running.window, service, lambda: diagnose(measured, CacheUse(), ())
    )
    opened = []
    monkeypatch.setattr(
        DiagnosticsDialog, "exec", lambda self: opened.append(self.tabs.currentIndex())
    )
    running.window.actions_[action].trigger()
    assert opened == [page]
