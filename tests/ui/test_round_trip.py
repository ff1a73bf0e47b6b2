"""From bytes through the editor and back to bytes: the same, or refused, or said beforehand."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData

from assistant.errors import FileReadError, LongLineError, LossySaveError
from assistant.services.documents import Documents
from assistant.text.encodings import Encoding, LineEnd
from assistant.text.limits import MAX_LINE_CHARS
from assistant.ui import document_controller
from assistant.ui.dialogs.questions import Changed
from assistant.ui.editor import Editor

NBSP = "\u00a0"
_CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "cp950")

_pieces = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["春眠不觉晓，", "處處聞啼鳥。", NBSP, "\u2028", "\u2029", "\ufeff", "𠮷", "\t"]
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
)


@st.composite
def files(draw) -> bytes:
    """Draw the bytes of a file: some text in some encoding, at times damaged."""
    text = "".join(draw(st.lists(_pieces, max_size=12)))
    data = text.encode(draw(st.sampled_from(_CODECS)), errors="replace")
    if draw(st.booleans()):
        place = draw(st.integers(0, len(data)))
        data = data[:place] + draw(st.binary(max_size=3)) + data[place:]
    return data


@pytest.fixture
def desk(tmp_path, qtbot):
    editor = Editor()
    qtbot.addWidget(editor)
    return editor, Documents(tmp_path / "backups"), tmp_path / "文.txt"


@settings(max_examples=150)
@given(data=files(), encoding=st.none() | st.sampled_from(Encoding))
@example(data="\ufeff".encode("gb18030"), encoding=None)
def test_saving_unedited_text_changes_no_byte_that_was_not_announced(desk, data, encoding):
    editor, documents, path = desk
    path.write_bytes(data)
    try:
        opened = documents.open(path, encoding)
    except FileReadError:
        return
    editor.setPlainText(opened.text)
    assert editor.plain_text() == opened.text
    try:
        documents.save(opened.state, editor.plain_text())
    except LossySaveError:
        assert opened.state.replaced
        assert path.read_bytes() == data
        return
    assert not opened.state.exact or path.read_bytes() == data


def test_every_character_of_unicode_passes_the_editor(desk):
    editor, _, _ = desk
    taken_for_line_ends = "\0\r\n\u2029\ufdd0\ufdd1"
    points = (
        *range(0xD800),
        *range(0xE000, 0x11000),
        *range(0x1F300, 0x1F700),
        *range(0x20000, 0x20100),
    )
    text = "".join(c for c in map(chr, points) if c not in taken_for_line_ends)
    editor.setPlainText(text)
    assert editor.plain_text() == text


def test_what_the_journal_keeps_is_what_would_be_saved(running):
    running.window.editor.setPlainText(f"全角{NBSP}空格")
    running.journal.flush()
    kept = next(running.paths.data.rglob("*.json")).read_text("utf-8")
    assert f"全角{NBSP}空格" in kept


def test_a_file_of_one_endless_line_is_refused_in_words(running, tmp_path):
    path = tmp_path / "长.txt"
    path.write_text("春" * (MAX_LINE_CHARS + 1), "utf-8")
    assert not running.window.documents.open(path)
    assert isinstance(running.window.messages.error, LongLineError)


def test_pasting_an_endless_line_leaves_the_text_alone(running):
    editor = running.window.editor
    editor.setPlainText("原文")
    data = QMimeData()
    data.setText("春" * (MAX_LINE_CHARS + 1))
    editor.insertFromMimeData(data)
    assert editor.plain_text() == "原文"
    assert "太长" in running.window.messages.label.text()


def test_mixed_line_ends_are_announced(running, tmp_path):
    path = tmp_path / "混.txt"
    path.write_bytes("一行比较长的文字，足够认出编码。\r\n第二行\n第三行\r\n".encode())
    assert running.window.documents.open(path)
    assert "换行" in running.window.messages.label.text()
    assert running.window.documents.state.line_end is LineEnd.CRLF


@pytest.mark.parametrize("answer", [Changed.OVERWRITE, Changed.CANCEL])
def test_broken_bytes_are_only_written_over_when_the_person_says_so(
    running, tmp_path, monkeypatch, answer
):
    path = tmp_path / "坏.txt"
    broken = "春眠不觉晓".encode() + b"\xff\xfe" + "处处闻啼鸟".encode()
    path.write_bytes(broken)
    assert running.window.documents.open(path, Encoding.UTF8)
    asked: list[str] = []
    monkeypatch.setattr(
        document_controller, "ask_lossy", lambda _window, words: asked.append(words) or answer
    )
    assert running.window.documents.save() is (answer is Changed.OVERWRITE)
    assert "2 处" in asked[0]
    assert (path.read_bytes() == broken) is (answer is Changed.CANCEL)
