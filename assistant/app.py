"""The composition root: builds every part, joins them, and ends them in order.

The only module that sees all rooms. What the first sight of the window does not need is built, and
imported, when it is first asked for: the properties below. The engine is imported in the worker
thread, after the window is visible.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

from assistant.errors import FileWriteError, InternalError
from assistant.paths import APP_NAME, Paths, find_paths
from assistant.records import Explanation, FillRequest, Task
from assistant.services.analysis import FillService
from assistant.services.documents import Documents
from assistant.services.housekeeping import Housekeeper
from assistant.services.journal import Journal
from assistant.services.lazy_model import LazyModel
from assistant.services.logs import CrashReporter, start_logging
from assistant.services.measurements import Measurements
from assistant.services.memories import MemoryService
from assistant.services.models import ModelService
from assistant.services.settings import SettingsStore
from assistant.services.worker import Worker
from assistant.ui import memories_wiring, models_wiring, wiring
from assistant.ui.cloze.door import WorkshopDoor
from assistant.ui.document_text import read_document
from assistant.ui.first_paint import FirstPaint
from assistant.ui.fonts import has_chinese_font, interface_font
from assistant.ui.languages import Languages
from assistant.ui.main_window import MainWindow, Parts
from assistant.ui.proofreading_wiring import ProofTab
from assistant.ui.theme import ThemeKeeper
from assistant.ui.translation_wiring import TranslationTab
from assistant.ui.understanding_wiring import Understanding

if TYPE_CHECKING:
    from assistant.cloze.lexicon import Lexicon
    from assistant.engine.cancel import Cancel
    from assistant.engine.fill import Filler
    from assistant.engine.personal import PersonalMemories
    from assistant.engine.proofread import Proofreader
    from assistant.engine.store import ModelStore
    from assistant.engine.translate import Translator
    from assistant.engine.understand import Understander
    from assistant.services.cloze_jobs import ClozeJobs
    from assistant.services.diagnosis import Diagnosis
    from assistant.services.label_sets import LabelSets
    from assistant.services.labels import LabelService
    from assistant.services.live_analysis import LiveAnalysis
    from assistant.services.proofreading import ProofService
    from assistant.services.sentiment import SentimentService
    from assistant.services.translation import TranslationService
    from assistant.ui.cloze.workshop import Workshop

S = TypeVar("S", bound="LiveAnalysis")

translate = QCoreApplication.translate

PICTURES_KEPT_KB = 2_048
"""Pictures that Qt keeps (its own: 10 MB): the window's take a few hundred KB, and what dialogs
and other sizes leave behind is drawn as fast as it is looked up."""


def run(argv: Sequence[str]) -> int:
    """Show the window, with the first file of ``argv`` in it; return the exit code."""
    qt = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(qt, QApplication)
    qt.setApplicationName(APP_NAME)
    qt.setDesktopFileName("bubai")
    app = App(find_paths(), qt)
    keeper = keep_smooth(app)
    app.start([Path(argument) for argument in argv])
    try:
        return qt.exec()
    finally:
        keeper.stop()
        app.stop()
        app.withdraw()


def keep_smooth(app: App) -> Housekeeper:
    """Keep Python itself from stopping the window while other threads work; for real runs only."""
    keeper = Housekeeper(app.window)
    app.window.editor.state_changed.connect(keeper.note_activity)
    app.window.editor.view_moved.connect(keeper.note_activity)
    return keeper


class App:
    """The running app: owns the worker, the journal and the window."""

    def __init__(self, paths: Paths, qt: QApplication) -> None:
        """Build everything; nothing is shown and no model is loaded yet."""
        self._paths = paths
        self._log = start_logging(paths.logs)
        qt.setFont(interface_font(qt.font()))
        QPixmapCache.setCacheLimit(PICTURES_KEPT_KB)
        self._is_first_start = not (paths.config / "settings.json").exists()
        self.settings = SettingsStore(paths.config)
        self.journal = Journal(paths.data / "journal")
        self.exercise_journal = Journal(paths.data / "exercise_journal")
        self.crashes = CrashReporter(self._flush_journals)
        self.crashes.install()
        self.measurements = Measurements()
        self.worker = Worker(measure=self.measurements.record)
        # Of its own, as those below: a package is tried for seconds, a comparison takes minutes.
        self.installer = Worker()
        self.models = ModelService(self.installer, self._open_store)
        self._filler: Filler | None = None
        self.fills = FillService(self.worker, self._load_filler, _explain)
        self.window = MainWindow(self._make_parts(qt))
        wiring.connect(self.window)
        self._workshop = WorkshopDoor(self.window, self._make_cloze_jobs, self.exercise_journal)
        # Of its own, so that counting a long text does not keep the fills waiting.
        self.counter = Worker()
        self.memories = MemoryService(
            self.worker, self.counter, self._open_memories, self._use_memories, self.settings
        )
        self.fills.model_ready.connect(self.memories.on_engine_loaded)
        self.memories.applied.connect(self.fills.forget)
        memories_wiring.connect(self.window, self.memories)
        # Of its own too: a novel keeps it busy for a while.
        self.analyst = Worker(measure=self.measurements.record)
        self.understanding = LazyModel(self._load_understander)
        self.proofreading = LazyModel(self._load_proofreader)
        # Of its own: better translations take their time.
        self.interpreter = Worker(measure=self.measurements.record)
        self.translating = LazyModel(self._load_translator)
        self._read = partial(read_document, self.window.editor)
        self._analyses: list[LiveAnalysis] = []
        self.understanding_tabs = Understanding(
            self.window, lambda: self.moods, lambda: self.labels, lambda: self.label_sets
        )
        self.proof_tab = ProofTab(self.window, lambda: self.proofs)
        self.translation_tab = TranslationTab(self.window, lambda: self.translations)
        models_wiring.connect_diagnostics(self.window, self.models, self._diagnose)
        models_wiring.connect(
            self.window,
            self.models,
            {
                Task.FILL: self._reload_fillers,
                Task.UNDERSTAND: partial(self._reload, self.understanding),
                Task.TRANSLATE: partial(self._reload, self.translating),
            },
        )
        self.crashes.crashed.connect(self._on_crashed)
        self._left = False
        self.window.closing.connect(self._on_closing)

    @property
    def workshop(self) -> Workshop:
        """The cloze workshop."""
        return self._workshop.workshop

    @cached_property
    def moods(self) -> SentimentService:
        """What judges the mood of the document."""
        from assistant.services.sentiment import SentimentService

        service = SentimentService(self.analyst, self.understanding, self._read)
        models_wiring.offer_installing(self.window, service.failed)
        return self._note(service)

    @cached_property
    def labels(self) -> LabelService:
        """What finds the labels that fit the document."""
        from assistant.services.labels import LabelService

        service = LabelService(self.analyst, self.understanding, self._read)
        models_wiring.offer_installing(self.window, service.failed)
        return self._note(service)

    @cached_property
    def label_sets(self) -> LabelSets:
        """The sets of labels that come with the app, and the person's own."""
        from assistant.services.label_sets import LabelSets

        return LabelSets(self._paths.resources / "label_sets", self._paths.label_sets)

    @cached_property
    def proofs(self) -> ProofService:
        """What finds wrong characters in the document."""
        from assistant.services.ignored_words import IgnoredWords
        from assistant.services.proofreading import ProofService

        ignored = IgnoredWords(self._paths.data / "ignored_words.json")
        return self._note(ProofService(self.analyst, self.proofreading, ignored, self._read))

    @cached_property
    def translations(self) -> TranslationService:
        """What translates the document."""
        from assistant.services.translation import TranslationService

        service = TranslationService(self.interpreter, self.translating, self._read)
        models_wiring.offer_installing(self.window, service.failed)
        return self._note(service)

    def start(self, files: Sequence[Path]) -> None:
        """Show the window; the model, and what a crash left, come when it has been painted."""
        FirstPaint(self.window, lambda: self._begin(files))
        self.window.show()

    def stop(self) -> None:
        """End in order: no more jobs, the thread joined, the journal closed if all is saved."""
        for analysis in self._analyses:
            analysis.set_active(False)
        self.worker.stop()
        self.counter.stop()
        self.analyst.stop()
        self.interpreter.stop()
        self.installer.stop()
        if self._left:
            self.journal.close()
            self.exercise_journal.close()
        else:
            self._flush_journals()
        self.crashes.remove()

    def _make_parts(self, qt: QApplication) -> Parts:
        """Return what the window works with, its theme already in force.

        Chosen before there is a widget: else every one of them is polished again. The language is
        chosen later: names that Qt itself gives to parts of widgets never change with it.
        """
        paths = self._paths
        parts = Parts(
            paths=paths,
            settings=self.settings,
            documents=Documents(paths.data / "backups"),
            journal=self.journal,
            fills=self.fills,
            themes=ThemeKeeper(qt, paths.resources / "icons", qt),
            languages=Languages(qt, paths.resources / "i18n", qt),
        )
        parts.themes.choose(self.settings.current.theme)
        return parts

    def _note(self, analysis: S) -> S:
        """Remember to end ``analysis`` with the app."""
        self._analyses.append(analysis)
        return analysis

    @cached_property
    def _lexicon(self) -> Lexicon:
        from assistant.cloze.lexicon import Lexicon

        return Lexicon(self._paths.resources / "lexicon")

    def _make_cloze_jobs(self) -> ClozeJobs:
        from assistant.services.cloze_jobs import ClozeJobs

        return ClozeJobs(self.worker, self.fills.scorer, self.fills.load_model, self._lexicon)

    def _open_store(self) -> ModelStore:
        from assistant.engine.store import ModelStore

        return ModelStore(self._paths)

    def _diagnose(self) -> Diagnosis:
        from assistant.services.diagnosis import diagnose

        return diagnose(self.measurements, self.fills.cache_use, self.models.packages)

    def _flush_journals(self) -> None:
        self.journal.flush()
        self.exercise_journal.flush()

    def withdraw(self) -> None:
        """Take the window down while Python still runs: its event filters are asked to the end."""
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete.value)

    def _begin(self, files: Sequence[Path]) -> None:
        window = self.window
        self.fills.load_model()
        recovered = window.documents.offer_recovery()
        if not recovered and files:
            window.documents.open(files[0].absolute())
        elif not recovered and self._is_first_start:
            window.documents.open_sample()
            self._keep_settings()
        self._workshop.offer_recovery()
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

        self._filler = self.models.load(Task.FILL, Filler)
        return self._filler

    def _load_understander(self) -> Understander:
        from assistant.engine.understand import Understander

        return self.models.load(Task.UNDERSTAND, Understander)

    def _load_proofreader(self) -> Proofreader:
        # A filler of its own: that of the fills belongs to another thread. The files are mapped.
        from assistant.cloze.sounds import Sounds
        from assistant.engine.fill import Filler
        from assistant.engine.proofread import Proofreader, ProofSource

        filler = self.models.load(Task.FILL, Filler)
        characters = self._lexicon.characters
        source = ProofSource(filler, characters, Sounds(characters), self._lexicon.look_alikes)
        return Proofreader(source, filler.settings)

    def _load_translator(self) -> Translator:
        from assistant.engine.translate import Translator

        return self.models.load(Task.TRANSLATE, Translator)

    def _reload_fillers(self) -> None:
        self.fills.reload_model()
        self._reload(self.proofreading)

    def _reload(self, model: LazyModel[Any]) -> None:
        """Load ``model`` again, another package serves now; what it judged is judged again."""
        model.reload()
        for analysis in self._analyses:
            if analysis.model is model:
                analysis.document_changed()

    def _open_memories(self, counting: bool) -> PersonalMemories:
        """Return the person's memories; only for ``counting`` the model must be there."""
        from assistant.engine.package import load_package
        from assistant.engine.personal import PersonalMemories
        from assistant.engine.personal_use import package_alphabet

        alphabet = None
        if counting:
            folder = self.models.active(Task.FILL)
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
