"""Connects the actions and the services' news to the parts of the main window.

Imports services and ui. One function per group; everything runs on the UI thread. A dialog is
imported when it is opened: the window is there without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog

from assistant.engine.store_errors import ModelFallbackError
from assistant.errors import (
    BubaiError,
    FileWriteError,
    ModelError,
    ModelMissingError,
    UnencodableError,
    UnknownEncodingError,
)
from assistant.records import PackageInfo, Task
from assistant.services.settings import Language, Theme
from assistant.text.encodings import Encoding
from assistant.ui.actions import APPLY_KEYS, Command, keys_of
from assistant.ui.dialogs.questions import commit_input_method
from assistant.ui.main_window import MainWindow
from assistant.ui.status import ModelState

_LONG_CHARS = 500_000

translate = QCoreApplication.translate


def connect(window: MainWindow) -> None:
    """Connect everything in ``window``. Called once."""
    _connect_documents(window)
    _connect_editing(window)
    _connect_filling(window)
    _connect_view(window)
    _connect_help(window)
    _connect_news(window)


def _on(action: QAction, do: Callable[[], object]) -> None:
    def act() -> object:
        instead = action.instead if isinstance(action, Command) else None
        return (instead or do)()

    action.triggered.connect(lambda _checked=False: act())


def _connect_documents(window: MainWindow) -> None:
    actions, documents = window.actions_, window.documents
    for name, do in (
        ("new", documents.new), ("open", documents.ask_open), ("save", documents.save),
        ("save_as", documents.save_as), ("sample", documents.open_sample), ("quit", window.close),
    ):  # fmt: skip
        _on(actions[name], do)
    window.menus.set_recent(documents.recent)
    window.menus.recent_chosen.connect(documents.open)
    window.menus.recent_cleared.connect(documents.clear_recent)
    window.panel.sample_requested.connect(documents.open_sample)
    window.status.reopen_requested.connect(documents.reopen)
    window.status.save_requested.connect(documents.save_encoded)
    documents.state_changed.connect(lambda _state: show_document(window))
    documents.loaded.connect(lambda: _on_loaded(window))
    documents.failed.connect(lambda error: show_error(window, error))
    show_document(window)


def _connect_editing(window: MainWindow) -> None:
    editor, actions = window.editor, window.actions_

    def guarded(do: Callable[[], object]) -> Callable[[], object]:
        return lambda: None if editor.composing else do()

    for name, do in (
        ("undo", editor.undo), ("redo", editor.redo), ("cut", editor.cut),
        ("paste", editor.paste),
    ):  # fmt: skip
        _on(actions[name], guarded(do))
    _on(actions["copy"], editor.copy)
    _on(actions["select_all"], guarded(editor.selectAll))
    for name, signal in (
        ("undo", editor.undoAvailable), ("redo", editor.redoAvailable),
        ("cut", editor.copyAvailable), ("copy", editor.copyAvailable),
    ):  # fmt: skip
        actions[name].setEnabled(False)
        signal.connect(actions[name].setEnabled)
    _on(actions["find"], lambda: _open_find(window, replacing=False))
    _on(actions["replace"], lambda: _open_find(window, replacing=True))
    window.find_bar.closed.connect(editor.setFocus)
    editor.paste_refused.connect(lambda error: show_error(window, error))


def _connect_filling(window: MainWindow) -> None:
    actions, fills = window.actions_, window.fills
    _on(actions["mask"], fills.mask)
    _on(actions["run"], fills.run)
    _on(actions["next"], lambda: fills.go(forward=True))
    _on(actions["previous"], lambda: fills.go(forward=False))
    _on(actions["more"], fills.toggle_more)
    _on(actions["length"], fills.cycle_length)
    _on(actions["cancel"], lambda: _escape(window))
    for n in range(1, APPLY_KEYS + 1):
        _on(actions[f"apply_{n}"], lambda n=n: fills.apply(n - 1))
    for action in actions.lengths.actions():
        _on(action, lambda action=action: fills.set_length(action.data()))
    fills.length_changed.connect(
        lambda length: window.change_settings(replace(window.settings, fill_length=length))
    )
    actions["automatic"].toggled.connect(
        lambda on: window.change_settings(replace(window.settings, automatic=on))
    )
    fills.failed.connect(lambda error: show_error(window, error))
    fills.recovered.connect(lambda: _on_recovered(window))
    fills.working_changed.connect(
        lambda working: window.status.set_model(
            ModelState.WORKING if working else _resting_state(window)
        )
    )
    fills.measured.connect(window.status.set_milliseconds)


def _connect_view(window: MainWindow) -> None:
    actions = window.actions_
    _on(actions["zoom_in"], lambda: window.zoom(1))
    _on(actions["zoom_out"], lambda: window.zoom(-1))
    _on(actions["zoom_reset"], lambda: window.zoom(0))
    window.editor.zoom_requested.connect(window.zoom)
    _on(actions["theme_toggle"], window.toggle_theme)
    _on(actions["language_toggle"], window.toggle_language)
    for action in actions.themes.actions():
        _on(action, lambda action=action: _choose_theme(window, Theme(action.data())))
    for action in actions.languages.actions():
        _on(action, lambda action=action: _choose_language(window, Language(action.data())))
    actions["show_panel"].toggled.connect(window.tabs.setVisible)
    _on(actions["panel"], lambda: _go_to_panel(window))
    _on(actions["settings"], lambda: _open_settings(window))


def _connect_help(window: MainWindow) -> None:
    for name in ("about", "licences", "model", "keys"):
        _on(window.actions_[name], lambda name=name: _open_about(window, name))
    _on(window.actions_["guide"], lambda: _open_guide(window))


def _connect_news(window: MainWindow) -> None:
    service, status = window.parts.fills, window.status
    service.model_loading.connect(lambda: status.set_model(ModelState.LOADING))
    service.model_ready.connect(lambda info: _on_model_ready(window, info))
    service.model_failed.connect(lambda _error: status.set_model(ModelState.FAILED))
    window.survey.taken.connect(
        lambda: status.set_counts(window.survey.counts, window.survey.blanks)
    )


def show_error(window: MainWindow, error: BubaiError) -> None:
    """Show ``error`` in the bar, with what helps as a button."""
    action: Callable[[], str] | None = None
    do: Callable[[], object] | None = None
    documents = window.documents
    if isinstance(error, UnencodableError):
        action, do = (
            lambda: translate("Wiring", "用 UTF-8 保存"),
            lambda: documents.save_encoded(Encoding.UTF8),
        )
    elif isinstance(error, FileWriteError):
        action, do = lambda: translate("Wiring", "另存为…"), documents.save_as
    elif isinstance(error, UnknownEncodingError):
        action, do = lambda: translate("Wiring", "选择编码…"), lambda: _ask_encoding(window)
    elif isinstance(error, ModelMissingError):
        action, do = lambda: translate("Wiring", "安装模型…"), window.actions_["models"].trigger
    elif isinstance(error, ModelError):
        action, do = lambda: translate("Wiring", "重新加载模型"), window.parts.fills.load_model
    window.messages.show_error(error, action, do)


def show_document(window: MainWindow) -> None:
    """Show the document's name, encoding and time of saving."""
    state = window.documents.state
    window.status.set_file(
        state.encoding, state.saved_at, certain=state.certain, has_file=state.path is not None
    )
    window.show_name()


def _on_loaded(window: MainWindow) -> None:
    state = window.documents.state
    if window.editor.document().characterCount() < _LONG_CHARS:
        window.survey.take()  # of a long text it comes by itself, a moment later
    window.messages.clear()
    if state.replaced:
        window.messages.show_notice(
            lambda: translate(
                "Wiring", "有 {n} 处不是这种编码的字符，显示为 �；请换一种编码打开。"
            ).format(n=state.replaced),
            lambda: translate("Wiring", "选择编码…"),
            lambda: _reopen(window),
        )
    elif not state.certain:
        window.messages.show_notice(
            lambda: translate(
                "Wiring", "编码是猜的（{encoding}）；如有乱码，请换一种编码打开。"
            ).format(encoding=state.encoding.value),
            lambda: translate("Wiring", "选择编码…"),
            lambda: _reopen(window),
        )
    elif not state.exact:
        window.messages.show_notice(
            lambda: translate(
                "Wiring", "这个文件的换行不统一；保存时会统一，原来的文件会留一份备份。"
            )
        )


def _reopen(window: MainWindow) -> None:
    encoding = _choose_encoding(window)
    if encoding is not None:
        window.documents.reopen(encoding)


def _ask_encoding(window: MainWindow) -> None:
    encoding = _choose_encoding(window)
    if encoding is not None:
        window.documents.open_refused(encoding)


def _choose_encoding(window: MainWindow) -> Encoding | None:
    commit_input_method()
    names = [encoding.value for encoding in Encoding]
    name, chosen = QInputDialog.getItem(
        window,
        translate("Wiring", "选择编码"),
        translate("Wiring", "用这种编码打开："),
        names,
        0,
        False,
    )
    return Encoding(name) if chosen else None


def _open_find(window: MainWindow, *, replacing: bool) -> None:
    commit_input_method()
    window.find_bar.open(replacing=replacing)


def _escape(window: MainWindow) -> None:
    """Put away what is in the way: candidates or work, then the find bar, then the panel."""
    if window.editor.composing:
        return
    if window.find_bar.isVisible() and not window.editor.hasFocus():
        window.find_bar.close_bar()
        return
    window.fills.cancel()
    if window.find_bar.isVisible() and not window.fills.strip.isVisible():
        window.find_bar.close_bar()
    window.editor.setFocus()


def _go_to_panel(window: MainWindow) -> None:
    window.actions_["show_panel"].setChecked(True)
    window.tabs.setCurrentIndex(0)
    rows = window.panel.candidates.rows
    (rows[0] if rows and rows[0].isVisible() else window.panel.length_box).setFocus()


def _choose_theme(window: MainWindow, theme: Theme) -> None:
    window.change_settings(replace(window.settings, theme=theme))


def _choose_language(window: MainWindow, language: Language) -> None:
    window.change_settings(replace(window.settings, language=language))


def _open_settings(window: MainWindow) -> None:
    from assistant.ui.dialogs.settings_dialog import SettingsDialog

    commit_input_method()
    dialog = SettingsDialog(window.settings, window)
    if dialog.exec():
        window.change_settings(dialog.chosen())
    dialog.deleteLater()


def _open_about(window: MainWindow, page: str) -> None:
    from assistant.engine.store import ModelStore
    from assistant.ui.dialogs.about_dialog import AboutDialog, Page

    commit_input_method()
    paths = window.parts.paths
    model = ModelStore(paths).active(Task.FILL)
    keys = window.actions_.keys() + keys_of(window.menus.analysis.actions())
    dialog = AboutDialog(window.icons, paths.resources, model, keys, Page[page.upper()], window)
    dialog.exec()
    dialog.deleteLater()


def _open_guide(window: MainWindow) -> None:
    from assistant.ui.dialogs.guide_dialog import GuideDialog

    commit_input_method()
    dialog = GuideDialog(window.parts.paths.resources, window)
    dialog.exec()
    dialog.deleteLater()


def _resting_state(window: MainWindow) -> ModelState:
    return ModelState.READY if window.parts.fills.is_ready else ModelState.LOADING


def _on_model_ready(window: MainWindow, info: PackageInfo) -> None:
    window.status.set_model(ModelState.READY, info)
    error = window.messages.error
    if isinstance(error, ModelError) and not isinstance(error, ModelFallbackError):
        window.messages.clear()


def _on_recovered(window: MainWindow) -> None:
    """Put away the error of a fill that works now; errors of files stay."""
    error = window.messages.error
    kept = FileWriteError | UnknownEncodingError | ModelFallbackError
    if error is not None and not isinstance(error, kept):
        window.messages.clear()
