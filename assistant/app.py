"""The composition root: builds every part, joins them, and ends them in order.

The only module that sees all rooms. The engine is imported in the worker thread, after the window
is visible.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from assistant.cloze.lexicon import Lexicon
from assistant.errors import FileWriteError, InternalError
from assistant.paths import APP_NAME, Paths, find_paths
from assistant.records import Explanation, FillRequest, Task
from assistant.services.analysis import FillService
from assistant.services.cloze_jobs import ClozeJobs
from assistant.services.documents import Documents
from assistant.services.journal import Journal
from assistant.services.logs import CrashReporter, start_logging
from assistant.services.memories import MemoryService
from assistant.services.settings import SettingsStore
from assistant.services.worker import Worker
from assistant.ui import memories_wiring, wiring
from assistant.ui.cloze.workshop import Workshop
from assistant.ui.fonts import has_chinese_font, interface_font
from assistant.ui.languages import Languages
from assistant.ui.main_window import MainWindow, Parts
from assistant.ui.theme import ThemeKeeper

if TYPE_CHECKING:
    from assistant.engine.cancel import Cancel
    from assistant.engine.fill import Filler
    from assistant.engine.personal import PersonalMemories

translate = QCoreApplication.translate


def run(argv: Sequence[str]) -> int:
    """Show the window, with the first file of ``argv`` in it; return the exit code."""
    qt = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(qt, QApplication)
    qt.setApplicationName(APP_NAME)
    qt.setDesktopFileName("bubai")
    app = App(find_paths(), qt)
    app.start([Path(argument) for argument in argv])
    try:
        return qt.exec()
    finally:
        app.stop()


class App:
    """The running app: owns the worker, the journal and the window."""

    def __init__(self, paths: Paths, qt: QApplication) -> None:
        """Build everything; nothing is shown and no model is loaded yet."""
        self._paths = paths
        self._log = start_logging(paths.logs)
        qt.setFont(interface_font(qt.font()))
        self._is_first_start = not (paths.config / "settings.json").exists()
        self.settings = SettingsStore(paths.config)
        self.journal = Journal(paths.data / "journal")
        self.crashes = CrashReporter(self.journal.flush)
        self.crashes.install()
        self.worker = Worker()
        self._filler: Filler | None = None
        self.fills = FillService(self.worker, self._load_filler, _explain)
        self.window = MainWindow(
            Parts(
                paths=paths,
                settings=self.settings,
                documents=Documents(paths.data / "backups"),
                journal=self.journal,
                fills=self.fills,
                themes=ThemeKeeper(qt, paths.resources / "icons", qt),
                languages=Languages(qt, paths.resources / "i18n", qt),
            )
        )
        wiring.connect(self.window)
        lexicon = Lexicon(paths.resources / "lexicon")
        jobs = ClozeJobs(self.worker, self.fills.scorer, self.fills.load_model, lexicon)
        self.workshop = Workshop(self.window, jobs)
        # Of its own, so that counting a long text does not keep the fills waiting.
        self.counter = Worker()
        self.memories = MemoryService(
            self.worker, self.counter, self._open_memories, self._use_memories, self.settings
        )
        self.fills.model_ready.connect(self.memories.on_engine_loaded)
        self.memories.applied.connect(self.fills.forget)
        memories_wiring.connect(self.window, self.memories)
        self.crashes.crashed.connect(self._on_crashed)
        self._left = False
        self.window.closing.connect(self._on_closing)

    def start(self, files: Sequence[Path]) -> None:
        """Show the window; the model, and what a crash left, come after it is visible."""
        self.window.show()
        QTimer.singleShot(0, lambda: self._begin(files))

    def stop(self) -> None:
        """End in order: no more jobs, the thread joined, the journal closed if all is saved."""
        self.worker.stop()
        self.counter.stop()
        if self._left:
            self.journal.close()
        else:
            self.journal.flush()
        self.crashes.remove()

    def _begin(self, files: Sequence[Path]) -> None:
        window = self.window
        self.fills.load_model()
        recovered = window.documents.offer_recovery()
        if not recovered and files:
            window.documents.open(files[0].absolute())
        elif not recovered and self._is_first_start:
            window.documents.open_sample()
            self._keep_settings()
        if self.settings.was_broken:
            window.messages.show_notice(
                lambda: translate("Wiring", "设置文件损坏，已改用默认设置；原文件另存了一份。")
            )
        elif not has_chinese_font():
            window.messages.show_notice(
                lambda: translate(
                    "Wiring", "这台电脑没有中文字体，文字可能显示成方框；请安装一种。"
                )
            )
        window.editor.setFocus()
        window.fills.refresh()

    def _load_filler(self) -> Filler:
        # Here, in the worker thread: these imports take longer than showing the window.
        from assistant.engine.fill import Filler
        from assistant.engine.package import load_package

        self._filler = Filler(load_package(self._paths.model_folder(Task.FILL), Task.FILL))
        return self._filler

    def _open_memories(self, counting: bool) -> PersonalMemories:
        """Return the person's memories; only for ``counting`` the model must be there."""
        from assistant.engine.package import load_package
        from assistant.engine.personal import PersonalMemories
        from assistant.engine.personal_use import package_alphabet

        alphabet = None
        if counting:
            folder = self._paths.model_folder(Task.FILL)
            alphabet = package_alphabet(load_package(folder, Task.FILL, verify=False))
        return PersonalMemories(self._paths.memories, alphabet)

    def _use_memories(self, names: tuple[str, ...]) -> None:
        """Give the engine the memories ``names``, in its thread; no engine needs none."""
        from assistant.engine.personal_use import use_memories

        if self._filler is not None:
            use_memories(self._filler, self._open_memories(False), names)

    def _on_closing(self) -> None:
        self._left = True

    def _on_crashed(self, error: InternalError) -> None:
        self.window.messages.show_error(error)

    def _keep_settings(self) -> None:
        """Write the settings once, so that the next start is not the first."""
        try:
            self.settings.save(self.settings.current)
        except FileWriteError as error:
            self.window.messages.show_error(error)


def _explain(
    filler: Filler, request: FillRequest, index: int, words: tuple[str, ...], cancel: Cancel
) -> Explanation:
    from assistant.engine.explain import explain

    return explain(filler, request, index, words, cancel)
