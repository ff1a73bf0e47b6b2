"""Open, save, encodings, recent files, recovery: no text is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.errors import BinaryFileError, FileWriteError, UnencodableError
from assistant.services.documents import DocumentState
from assistant.services.journal import RecoveredDocument
from assistant.text.encodings import Encoding
from assistant.ui import document_controller
from assistant.ui.dialogs.questions import Changed, Unsaved
from assistant.ui.dialogs.recovery_dialog import Recovery, RecoveryDialog

TEXT = "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。\n" * 3


@pytest.fixture
def window(running):
    return running.window


@pytest.fixture
def answer(monkeypatch):
    """Answer the question about unsaved text; fail if it is asked without an answer."""

    def give(value):
        monkeypatch.setattr(document_controller, "ask_unsaved", lambda *_: value)

    def unexpected(*_):
        raise AssertionError("asked about unsaved text")

    monkeypatch.setattr(document_controller, "ask_unsaved", unexpected)
    return give


@pytest.fixture
def save_name(monkeypatch):
    def give(path):
        monkeypatch.setattr(
            document_controller.QFileDialog,
            "getSaveFileName",
            lambda *_: (str(path) if path else "", ""),
        )

    return give


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_a_file_is_opened_in_its_encoding(window, tmp_path, answer, encoding):
    path = tmp_path / "诗.txt"
    text = TEXT if encoding != "big5" else "春眠不覺曉，處處聞啼鳥。夜來風雨聲，花落知多少。\n" * 3
    path.write_bytes(text.encode(encoding))
    assert window.documents.open(path)
    assert window.editor.toPlainText() == text
    assert not window.isWindowModified()
    assert "诗.txt" in window.windowTitle()


def test_what_was_opened_is_saved_in_the_same_encoding(window, tmp_path, answer):
    path = tmp_path / "诗.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    window.documents.open(path)
    window.editor.insertPlainText("新")
    assert window.isWindowModified()
    window.actions_["save"].trigger()
    assert path.read_bytes().decode("gb18030") == "新" + TEXT
    assert not window.isWindowModified()


def test_a_file_can_be_reopened_in_another_encoding(window, tmp_path, answer):
    path = tmp_path / "短.txt"
    path.write_bytes("你好".encode("gb18030"))
    window.documents.open(path)
    window.documents.reopen(Encoding.GB18030)
    assert window.editor.toPlainText() == "你好"
    assert window.status.encoding_button.text().startswith("GB18030")


def test_a_guessed_encoding_is_said(window, tmp_path, answer):
    path = tmp_path / "短.txt"
    path.write_bytes("你".encode("gb18030"))
    window.documents.open(path)
    assert not window.documents.state.certain
    assert "编码是猜的" in window.messages.label.text()
    assert "?" in window.status.encoding_button.text()


def test_a_document_can_be_saved_in_another_encoding(window, tmp_path, answer):
    path = tmp_path / "诗.txt"
    path.write_text(TEXT, encoding="utf-8")
    window.documents.open(path)
    window.status.save_requested.emit(Encoding.GB18030)
    assert path.read_bytes().decode("gb18030") == TEXT


def test_a_character_the_encoding_lacks_keeps_the_text_and_offers_utf8(window, tmp_path, answer):
    path = tmp_path / "诗.txt"
    path.write_text(TEXT, encoding="utf-8")
    window.documents.open(path)
    window.editor.insertPlainText("😀")
    window.status.save_requested.emit(Encoding.BIG5)
    assert isinstance(window.messages.error, UnencodableError)
    assert window.isWindowModified()
    window.messages.action_button.click()
    assert path.read_text(encoding="utf-8") == "😀" + TEXT


def test_a_file_that_is_no_text_is_refused_and_the_text_stays(window, tmp_path, write):
    write("原文|")
    window.editor.document().setModified(False)
    path = tmp_path / "图.png"
    path.write_bytes(b"\x89PNG\0\0\0")
    assert not window.documents.open(path)
    assert isinstance(window.messages.error, BinaryFileError)
    assert window.editor.toPlainText() == "原文"


def test_saving_where_nothing_can_be_written_keeps_the_text(window, tmp_path, save_name):
    window.editor.insertPlainText("新")
    save_name(tmp_path / "没有" / "这个.txt")
    assert not window.documents.save()
    assert isinstance(window.messages.error, FileWriteError)
    assert window.isWindowModified()


def test_a_document_without_a_name_asks_for_one(window, tmp_path, save_name):
    window.editor.insertPlainText("新")
    save_name(tmp_path / "新.md")
    assert window.documents.save()
    assert (tmp_path / "新.md").read_text(encoding="utf-8") == "新"


def test_unsaved_text_is_asked_about_and_kept_on_cancel(window, tmp_path, answer):
    path = tmp_path / "诗.txt"
    path.write_text(TEXT, encoding="utf-8")
    window.editor.insertPlainText("未存")
    answer(Unsaved.CANCEL)
    assert not window.documents.open(path)
    assert window.editor.toPlainText() == "未存"


def test_closing_with_unsaved_text_can_be_cancelled(window, answer):
    window.editor.insertPlainText("未存")
    answer(Unsaved.CANCEL)
    assert not window.close()
    assert window.isVisible()


def test_closing_can_save_first(window, answer, save_name, tmp_path):
    window.editor.insertPlainText("未存")
    answer(Unsaved.SAVE)
    save_name(tmp_path / "存.txt")
    assert window.close()
    assert (tmp_path / "存.txt").read_text(encoding="utf-8") == "未存"


def test_a_file_changed_by_others_is_not_overwritten_unasked(window, tmp_path, monkeypatch):
    path = tmp_path / "诗.txt"
    path.write_text(TEXT, encoding="utf-8")
    window.documents.open(path)
    window.editor.insertPlainText("我")
    path.write_text("别人的", encoding="utf-8")
    monkeypatch.setattr(document_controller, "ask_changed", lambda *_: Changed.CANCEL)
    assert not window.documents.save()
    assert path.read_text(encoding="utf-8") == "别人的"
    monkeypatch.setattr(document_controller, "ask_changed", lambda *_: Changed.OVERWRITE)
    assert window.documents.save()
    assert path.read_text(encoding="utf-8") == "我" + TEXT


def test_opened_files_are_the_recent_ones(window, tmp_path, answer):
    for name in ("一.txt", "二.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
        window.documents.open(tmp_path / name)
    window.menus.recent.aboutToShow.emit()
    texts = [action.text() for action in window.menus.recent.actions()[:2]]
    assert [text.split()[0] for text in texts] == ["二.txt", "一.txt"]
    window.menus.recent_cleared.emit()
    assert window.documents.recent() == ()


def recovered(tmp_path, text="未存的文字", path=None):
    state = DocumentState(path=path, modified=True)
    return RecoveredDocument(state, text, datetime.now(UTC), tmp_path / "j.json")


@pytest.fixture
def left(running, monkeypatch, tmp_path):
    """Let the journal have one text left, and note what is forgotten."""
    document, forgotten = recovered(tmp_path), []
    monkeypatch.setattr(running.journal, "recoverable", lambda: (document,))
    monkeypatch.setattr(running.journal, "forget", forgotten.append)
    return document, forgotten


def choose(monkeypatch, answer):
    def execute(dialog):
        dialog._end(answer)
        return 1

    monkeypatch.setattr(RecoveryDialog, "exec", execute)


def test_a_recovered_text_is_opened_as_unsaved(window, left, monkeypatch):
    choose(monkeypatch, Recovery.OPEN)
    assert window.documents.offer_recovery()
    assert window.editor.toPlainText() == "未存的文字"
    assert window.isWindowModified()
    assert window.documents.state.modified
    assert left[1] == [left[0]]


def test_a_recovered_text_can_wait(window, left, monkeypatch):
    choose(monkeypatch, Recovery.LATER)
    assert not window.documents.offer_recovery()
    assert left[1] == []


def test_a_recovered_text_can_be_deleted(window, left, monkeypatch):
    choose(monkeypatch, Recovery.DELETE)
    assert not window.documents.offer_recovery()
    assert left[1] == [left[0]]
