"""The window: keys nobody may take, names for every control, settings, geometry."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTextBrowser

from assistant.errors import ModelHashError
from assistant.services.settings import SettingsStore, Theme
from assistant.ui.dialogs.about_dialog import AboutDialog, Page
from assistant.ui.dialogs.settings_dialog import SettingsDialog
from assistant.ui.status import ModelState

TAKEN_BY_INPUT_METHODS = {
    "Ctrl+Space",
    "Shift+Space",
    "Ctrl+.",
    "Ctrl+,",
    "Ctrl+Shift+F",
    "Shift",
    "Ctrl+Shift",
    "Return",
    "Enter",
    "Space",
    *"0123456789",
    *("Up", "Down", "Left", "Right"),
}


@pytest.fixture
def window(running):
    return running.window


def test_no_key_of_a_chinese_input_method_is_taken(window):
    keys = {key.toString() for action in window.actions_.all() for key in action.shortcuts()}
    assert keys & TAKEN_BY_INPUT_METHODS == set()


def test_no_key_has_two_meanings(window):
    keys = [key.toString() for action in window.actions_.all() for key in action.shortcuts()]
    doubled = {key for key in keys if keys.count(key) > 1}
    assert doubled <= {QKeySequence("Ctrl+Return").toString()}


def test_every_control_has_a_name(window, ask):
    ask("[MASK]里藏|[MASK]。")
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_the_editor_can_be_written_in_before_the_model_is_loaded(window):
    assert window.editor.isEnabled()
    assert not window.editor.isReadOnly()


def test_a_small_window_fits_a_small_screen(window):
    assert window.minimumSizeHint().width() <= 640
    assert window.minimumSizeHint().height() <= 400


@pytest.mark.parametrize(
    ("size", "orientation"),
    [
        (QSize(1024, 640), Qt.Orientation.Horizontal),
        (QSize(640, 700), Qt.Orientation.Vertical),
        (QSize(640, 360), Qt.Orientation.Horizontal),
    ],
)
def test_the_panel_goes_below_in_a_narrow_window_that_is_high_enough(window, size, orientation):
    window.resize(size)
    assert window.splitter.orientation() == orientation


def test_the_editor_has_the_larger_part(window):
    window.resize(1024, 640)
    editor, panel = window.splitter.sizes()
    assert 0.55 <= editor / (editor + panel) <= 0.65


def test_zooming_changes_the_text_and_is_kept(window, running):
    before = window.editor.font().pointSizeF()
    window.actions_["zoom_in"].trigger()
    assert window.editor.font().pointSizeF() == pytest.approx(before * 1.1)
    assert SettingsStore(running.paths.config).current.zoom_percent == 110
    window.actions_["zoom_reset"].trigger()
    assert window.editor.font().pointSizeF() == pytest.approx(before)


def test_settings_of_the_dialog_are_put_in_force_and_kept(window, running):
    dialog = SettingsDialog(window.settings, window)
    dialog.theme.setCurrentIndex(2)
    dialog.length.setCurrentIndex(3)
    dialog.size_box.setValue(20)
    window.change_settings(dialog.chosen())
    kept = SettingsStore(running.paths.config).current
    assert (kept.theme, kept.fill_length, kept.font_size) == (Theme.DARK, 3, 20)
    assert window.parts.themes.is_dark
    assert window.panel.length_box.currentIndex() == 3
    assert window.editor.font().pointSizeF() == 20


def test_the_dialog_keeps_what_it_does_not_show(window, tmp_path):
    recent = (tmp_path / "x.txt",)
    settings = replace(window.settings, recent_files=recent, zoom_percent=125, font_size=60)
    assert SettingsDialog(settings, window).chosen() == replace(settings, font_family="hei")


def test_counts_are_shown_when_typing_pauses(window, qtbot):
    window.editor.insertPlainText("春眠不觉晓，处处闻[MASK]鸟。")
    qtbot.waitUntil(lambda: window.status.count_label.text().startswith("9 字"))
    assert "空：1" in window.status.count_label.toolTip()


def test_the_status_says_what_the_model_does(window):
    status = window.status
    assert status.model_label.text() == "模型：就绪"
    status.set_model(ModelState.LOADING)
    assert status.model_label.text().startswith("模型加载中 0.")
    status.set_model(ModelState.READY)
    status.set_milliseconds(12.4)
    assert status.model_label.text() == "模型：就绪 12 ms"
    status.set_model(ModelState.FAILED)
    assert status.model_label.text() == "模型：不可用"


def test_an_error_of_the_model_is_said_in_the_language_of_the_window(window, running, qtbot):
    running.engine.error = ModelHashError(folder="fill", file="model.onnx")
    window.editor.setPlainText("[MASK]鸟")
    window.fills.refresh()
    qtbot.waitUntil(window.messages.isVisible)
    assert "已损坏" in window.messages.label.text()
    assert window.panel.empty_button.text() == "重新加载模型"
    with qtbot.waitSignal(window.retranslated):
        window.toggle_language()
    assert "is damaged" in window.messages.label.text()


def test_the_place_of_the_window_is_kept(running):
    running.window.resize(900, 600)
    running.window.close()
    kept = SettingsStore(running.paths.config).current
    assert kept.window_geometry
    assert kept.window_state


def test_licences_and_the_card_of_the_model_can_be_read(window, running):
    folder = running.paths.resources / "models" / "fill"
    dialog = AboutDialog(
        window.icons, running.paths.resources, folder, window.actions_.keys(), Page.LICENCES, window
    )

    def said(page):
        view = dialog.tabs.widget(page.value)
        assert isinstance(view, QTextBrowser)
        return view.toPlainText()

    assert "MIT" in said(Page.LICENCES)
    assert len(said(Page.MODEL)) > 100
    assert "Ctrl+M" in said(Page.KEYS)
