"""Joins model packages and diagnostics to the window: menus, messages, reloading after a switch.

Imports services and ui.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, SignalInstance

from assistant.errors import BubaiError, ModelMissingError
from assistant.records import Task
from assistant.services.models import ModelService
from assistant.ui.dialogs.questions import commit_input_method
from assistant.ui.main_window import MainWindow

if TYPE_CHECKING:
    from assistant.services.diagnosis import Diagnosis
    from assistant.services.model_jobs import Switched
    from assistant.ui.dialogs.models_dialog import ModelsDialog

translate = QCoreApplication.translate
Reload = Callable[[], object]


def connect(window: MainWindow, service: ModelService, reloads: Mapping[Task, Reload]) -> None:
    """Connect ``service`` to ``window``. ``reloads`` load the engine of a task again."""
    open_dialogs: list[ModelsDialog] = []

    def show_dialog() -> None:
        from assistant.ui.dialogs.models_dialog import ModelsDialog

        commit_input_method()
        language, text = window.settings.language.value, window.editor.plain_text
        dialog = ModelsDialog(service, language, text, window)
        open_dialogs.append(dialog)
        dialog.exec()
        open_dialogs.remove(dialog)
        dialog.deleteLater()

    def on_switched(switched: Switched) -> None:
        reload = reloads.get(switched.package.task)
        if reload is not None:
            reload()

    def show_error(error: BubaiError) -> None:
        # The dialog tells it itself while it is open.
        if not open_dialogs:
            window.messages.show_error(
                error, lambda: translate("Wiring", "模型…"), window.actions_["models"].trigger
            )

    window.actions_["models"].triggered.connect(show_dialog)
    service.switched.connect(on_switched)
    service.failed.connect(show_error)
    service.fell_back.connect(show_error)


def offer_installing(window: MainWindow, failed: SignalInstance) -> None:
    """Offer to install a model that ``failed`` says is missing, once until it is looked for again.

    The same error comes with every pause of typing while its tab is on show.
    """
    told: BubaiError | None = None

    def show(error: BubaiError) -> None:
        nonlocal told
        if isinstance(error, ModelMissingError) and error is not told:
            told = error
            window.messages.show_error(
                error, lambda: translate("Wiring", "安装模型…"), window.actions_["models"].trigger
            )

    failed.connect(show)


def connect_diagnostics(
    window: MainWindow, service: ModelService, diagnose: Callable[[], Diagnosis]
) -> None:
    """Connect the pages of 离线自检 and 诊断; ``diagnose`` says how the app is doing."""

    def show(page: str) -> None:
        from assistant.services.diagnosis import prove_offline
        from assistant.ui.dialogs.diagnostics_dialog import DiagnosticsDialog, DiagnosticsPage

        commit_input_method()
        dialog = DiagnosticsDialog(service, diagnose, prove_offline, DiagnosticsPage[page], window)
        dialog.exec()
        dialog.deleteLater()

    window.actions_["offline_check"].triggered.connect(lambda: show("OFFLINE"))
    window.actions_["diagnostics"].triggered.connect(lambda: show("DIAGNOSIS"))
