"""The 标签 tab in the window: labels, bars, template, sets, and what goes wrong."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from assistant.errors import FileReadOnlyError, ModelMissingError
from assistant.services.label_sets import LabelSet
from assistant.services.settings import Language, SettingsStore
from assistant.ui.labels import dialogs
from assistant.ui.panels.label_model import SCORE

TEXT = "山水花鸟，天地。"


@pytest.fixture
def opened(tabs):
    """The tab open on ``TEXT``, no labels yet."""
    tabs.editor.setPlainText(TEXT)
    tabs.understanding.show_labels()
    return tabs


@pytest.fixture
def labelled(opened, qtbot):
    """Three labels and their confidences: 山水 is all in the text, 甲 not at all."""
    add(opened, "甲、山水、花甲", qtbot)
    return opened


def add(tabs, typed, qtbot):
    panel = tabs.labels_panel
    panel.field.setText(typed)
    with qtbot.waitSignal(tabs.labels.finished):
        QTest.keyClick(panel.field, Qt.Key.Key_Return)


def shown(tabs):
    rows = tabs.labels_panel.list.rows
    return rows.labels


def scores(tabs):
    rows = tabs.labels_panel.list.rows
    return [rows.index(i).data(SCORE) for i in range(rows.rowCount())]


def select(tabs, label):
    listed = tabs.labels_panel.list
    listed.setCurrentIndex(listed.rows.index(listed.rows.row_of(label)))


def box_texts(tabs):
    box = tabs.labels_panel.sets.box
    return [box.itemText(i) for i in range(box.count())]


def test_without_labels_nothing_is_loaded_and_the_panel_says_what_to_do(opened, qtbot):
    qtbot.wait(30)
    assert opened.loads == []
    assert "先建标签" in opened.labels_panel.note.label.text()
    assert opened.labels_panel.list.isHidden()


def test_sample_labels_are_one_click_away(opened, qtbot):
    with qtbot.waitSignal(opened.labels.finished):
        opened.labels_panel.note.button.click()
    assert set(shown(opened)) == {"新闻", "散文", "说明文", "日记", "书评"}
    assert opened.labels_panel.template.text() == "这是一篇{}。"
    assert opened.labels_panel.note.isHidden()


def test_the_best_label_comes_first_and_all_share_one(labelled):
    assert shown(labelled)[0] == "山水"
    assert sum(scores(labelled)) == pytest.approx(1.0)
    assert scores(labelled) == sorted(scores(labelled), reverse=True)
    assert labelled.labels_panel.field.text() == ""


def test_labels_that_stand_alone_do_not_share(labelled, qtbot):
    before = scores(labelled)
    with qtbot.waitSignal(labelled.labels.finished):
        labelled.labels_panel.multi_box.click()
    assert labelled.labelling.draft.multi
    assert scores(labelled) != pytest.approx(before)


def test_another_label_runs_only_that_one(labelled, qtbot):
    rows: list[int] = []
    run = labelled.gate._run

    def counted(feeds, cancel=None):
        rows.append(len(feeds["input_ids"]))
        return run(feeds, cancel)

    labelled.gate._run = counted
    add(labelled, "鸟", qtbot)
    assert sum(rows) == 1
    assert len(shown(labelled)) == 4


def test_the_known_bars_stay_while_a_new_label_is_judged(labelled, qtbot):
    labelled.gate.go_on.clear()
    labelled.labelling.add("鸟")
    assert shown(labelled)[-1] == "鸟"
    assert scores(labelled)[-1] is None
    assert None not in scores(labelled)[:-1]
    with qtbot.waitSignal(labelled.labels.finished):
        labelled.gate.go_on.set()
    assert None not in scores(labelled)


def test_delete_takes_a_label_out(labelled, qtbot):
    select(labelled, "甲")
    with qtbot.waitSignal(labelled.labels.finished):
        QTest.keyClick(labelled.labels_panel.list, Qt.Key.Key_Delete)
    assert set(shown(labelled)) == {"山水", "花甲"}


def test_the_last_label_out_asks_for_new_ones(labelled):
    for label in list(shown(labelled)):
        labelled.labelling.remove(label)
    assert shown(labelled) == []
    assert "先建标签" in labelled.labels_panel.note.label.text()
    assert labelled.labels.query is None


def test_f2_renames_in_place(labelled, qtbot):
    listed = labelled.labels_panel.list
    labelled.window.activateWindow()
    listed.setFocus()
    select(labelled, "甲")
    QTest.keyClick(listed, Qt.Key.Key_F2)
    field = listed.findChild(QLineEdit)
    field.setText("天地")
    with qtbot.waitSignal(labelled.labels.finished):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert set(shown(labelled)) == {"天地", "山水", "花甲"}


def test_a_result_does_not_end_renaming(labelled, qtbot):
    listed = labelled.labels_panel.list
    select(labelled, "甲")
    listed.rename_selected()
    field = listed.findChild(QLineEdit)
    with qtbot.waitSignal(labelled.labels.finished):
        labelled.editor.insertPlainText("天。")
    assert listed.state() is listed.State.EditingState
    assert field is listed.findChild(QLineEdit)


def test_a_template_without_a_place_is_told_and_not_asked(labelled, qtbot):
    panel = labelled.labels_panel
    query = labelled.labels.query
    panel.template.setFocus()
    panel.template.selectAll()
    QTest.keyClicks(panel.template, "xx")
    QTest.keyClick(panel.template, Qt.Key.Key_Return)
    assert "只有一个 {}" in panel.template_problem.text()
    assert panel.template_problem.isVisible()
    assert labelled.labels.query == query
    with qtbot.waitSignal(labelled.labels.finished):
        panel.template.setText("有{}。")
        panel.template.textEdited.emit("有{}。")
        panel.flush()
    assert panel.template_problem.isHidden()
    assert labelled.labels.query.template == "有{}。"


def test_the_general_template_comes_back(labelled, qtbot):
    labelled.labelling.set_template("有{}。")
    labelled.labels_panel.reset_button.click()
    assert labelled.labelling.draft.template == "这段话的主题是{}。"
    assert labelled.labels_panel.template.text() == "这段话的主题是{}。"
    qtbot.wait(0)


def test_a_long_text_is_said_to_be_cut(labelled, qtbot):
    panel = labelled.labels_panel
    assert panel.cut_label.isHidden()
    with qtbot.waitSignal(labelled.labels.finished):
        labelled.editor.setPlainText(TEXT * 200)
    assert panel.cut_label.isVisible()
    with qtbot.waitSignal(labelled.labels.finished):
        labelled.editor.setPlainText(TEXT)
    assert panel.cut_label.isHidden()


def test_a_label_too_long_is_told_in_the_window(labelled):
    labelled.labelling.add("高" * 41)
    assert "40" in labelled.window.messages.label.text()
    assert len(shown(labelled)) == 3


def test_what_is_refused_stays_in_its_field(labelled):
    field = labelled.labels_panel.field
    field.setText("诗、" + "高" * 41)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "诗、" + "高" * 41
    assert len(shown(labelled)) == 3


def test_a_set_that_cannot_be_written_offers_nothing_of_the_documents(labelled):
    labelled.labelling.failed.emit(FileReadOnlyError(path="标签.json"))
    messages = labelled.window.messages
    assert "标签.json" in messages.label.text()
    assert not messages.action_button.isVisible()


def test_bundled_sets_are_offered_and_taken(opened, qtbot):
    assert len(box_texts(opened)) >= 4
    box = opened.labels_panel.sets.box
    index = box.findText("文章主题")
    with qtbot.waitSignal(opened.labels.finished):
        box.setCurrentIndex(index)
        box.activated.emit(index)
    assert "科技" in shown(opened)
    assert not opened.labels_panel.sets.actions_["delete"].isEnabled()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_an_answer_leaves_who_is_choosing_a_set_alone(labelled, qtbot):
    box = labelled.labels_panel.sets.box
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(2, 0))
    with qtbot.waitSignal(labelled.labels.finished):
        labelled.editor.setPlainText("花鸟，天地。")
    assert box.view().currentIndex().row() == 2
    box.hidePopup()


def test_a_set_is_saved_changed_renamed_and_deleted(labelled, monkeypatch):
    sets_bar = labelled.labels_panel.sets
    monkeypatch.setattr(dialogs, "ask_name", lambda *_: "风景")
    sets_bar.actions_["save"].trigger()
    assert labelled.sets.get("风景").labels == labelled.labelling.draft.labels
    assert sets_bar.box.currentText() == "风景"
    labelled.labelling.add("鸟")
    assert sets_bar.box.currentText() == "风景（有改动）"
    monkeypatch.setattr(dialogs, "ask_name", lambda *_: "山水画")
    sets_bar.actions_["rename"].trigger()
    assert labelled.sets.get("山水画").name == "山水画"
    monkeypatch.setattr(dialogs, "may_delete", lambda *_: True)
    sets_bar.actions_["delete"].trigger()
    assert "山水画" not in [labels.name for labels in labelled.sets.all()]
    assert "鸟" in shown(labelled)


def test_a_taken_name_is_asked_about(labelled, monkeypatch):
    bar = labelled.labels_panel.sets
    monkeypatch.setattr(dialogs, "ask_name", lambda *_: "风景")
    bar.actions_["save"].trigger()
    labelled.labelling.choose("文章主题")
    monkeypatch.setattr(dialogs, "may_replace", lambda *_: False)
    bar.actions_["save"].trigger()
    assert "科技" not in labelled.sets.get("风景").labels
    monkeypatch.setattr(dialogs, "may_replace", lambda *_: True)
    bar.actions_["save"].trigger()
    assert "科技" in labelled.sets.get("风景").labels


def test_the_name_of_a_bundled_set_is_refused_in_a_sentence(labelled, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_name", lambda *_: "文章主题")
    labelled.labels_panel.sets.actions_["save"].trigger()
    assert "文章主题" in labelled.window.messages.label.text()


def test_export_and_import_bring_the_same_set(labelled, monkeypatch, tmp_path):
    path = tmp_path / "out.json"
    monkeypatch.setattr(dialogs, "choose_export", lambda *_: path)
    labelled.labels_panel.sets.actions_["export"].trigger()
    assert json.loads(path.read_text(encoding="utf-8"))["labels"] == ["甲", "山水", "花甲"]
    labelled.labelling.remove("甲")
    monkeypatch.setattr(dialogs, "choose_import", lambda *_: path)
    labelled.labels_panel.sets.actions_["import"].trigger()
    assert set(shown(labelled)) == {"甲", "山水", "花甲"}


def test_a_file_that_is_no_set_is_told(opened, monkeypatch, tmp_path):
    path = tmp_path / "x.json"
    path.write_text("[]", encoding="utf-8")
    monkeypatch.setattr(dialogs, "choose_import", lambda *_: path)
    opened.labels_panel.sets.actions_["import"].trigger()
    assert "x.json" in opened.window.messages.label.text()


def test_a_missing_model_is_told_and_can_be_tried_again(opened, qtbot):
    opened.error = ModelMissingError(folder="understand", file="manifest.json")
    with qtbot.waitSignal(opened.labels.failed):
        opened.labelling.add("山、水")
    note = opened.labels_panel.note
    assert "manifest.json" in note.label.text()
    opened.error = None
    with qtbot.waitSignal(opened.labels.finished):
        note.button.click()
    assert note.isHidden()


def test_out_of_sight_nothing_is_judged(labelled, qtbot):
    labelled.window.tabs.setCurrentIndex(0)
    runs = labelled.gate.runs
    labelled.editor.insertPlainText("丁。")
    qtbot.wait(30)
    assert labelled.gate.runs == runs


def test_the_results_can_be_copied(labelled):
    labelled.labels_panel.head.copy_button.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == shown(labelled)


def test_english_shows_what_the_labels_mean(opened, qtbot):
    window = opened.window
    with qtbot.waitSignal(window.retranslated):
        window.change_settings(replace(window.settings, language=Language.EN))
    assert "Topic" in box_texts(opened)
    assert window.tabs.tabText(2) == "Labels"


def test_every_row_is_painted_with_its_bar(labelled):
    listed = labelled.labels_panel.list
    image = listed.viewport().grab().toImage()
    bar = listed.delegate.colours.bar
    row = listed.visualRect(listed.rows.index(0))
    line = [image.pixelColor(QPoint(x, row.center().y())).name() for x in range(image.width())]
    assert bar in line


def test_every_control_has_a_name(labelled):
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for widget in labelled.labels_panel.findChildren(kind)
        if widget.isVisible() and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_the_labels_in_hand_are_there_again_after_a_restart(labelled):
    labelled.labelling.set_multi(True)
    labelled.window.editor.document().setModified(False)
    labelled.window.close()
    kept = SettingsStore(labelled.window.parts.paths.config).current
    assert kept.labels == ("甲", "山水", "花甲")
    assert kept.labels_multi


def test_a_template_still_being_written_is_there_again_after_a_restart(labelled):
    field = labelled.labels_panel.template
    field.end(False)
    QTest.keyClicks(field, "!")
    labelled.window.editor.document().setModified(False)
    labelled.window.close()
    kept = SettingsStore(labelled.window.parts.paths.config).current
    assert kept.label_template == "这段话的主题是{}。!"


@pytest.mark.parametrize("written", ["没有地方", "{}和{}", "有{}"])
def test_an_answer_does_not_touch_a_template_that_is_being_written(labelled, qtbot, written):
    field = labelled.labels_panel.template
    field.clear()
    field.insert(written)
    field.textEdited.emit(written)
    with qtbot.waitSignal(labelled.labels.finished):
        labelled.editor.setPlainText("花鸟，天地。")
    assert field.text() == written


def test_a_wrong_template_stays_to_be_mended_when_a_label_is_added(labelled, qtbot):
    field = labelled.labels_panel.template
    field.setText("没有地方")
    field.textEdited.emit("没有地方")
    labelled.labels_panel.flush()
    add(labelled, "乙", qtbot)
    assert field.text() == "没有地方"
    assert labelled.labels_panel.template_problem.isVisible()


def test_what_was_kept_is_in_hand_without_loading_a_model(opened, qtbot):
    opened.window.tabs.setCurrentIndex(0)
    opened.labelling.resume(LabelSet("", ("山", "水"), "有{}。", multi=True))
    qtbot.wait(20)
    assert opened.loads == []
    assert shown(opened) == ["山", "水"]
    assert opened.labels_panel.multi_box.isChecked()
    assert opened.labels_panel.template.text() == "有{}。"
    with qtbot.waitSignal(opened.labels.finished):
        opened.understanding.show_labels()
    assert None not in scores(opened)
