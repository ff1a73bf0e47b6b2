"""The message bar: what happened, what to do, details to copy."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from assistant.errors import FileWriteError
from assistant.paths import find_paths
from assistant.ui.icons import Icons
from assistant.ui.message_bar import MessageBar


@pytest.fixture
def bar(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    yield MessageBar(Icons(find_paths().resources / "icons"), window)
    window.close()


def test_it_is_hidden_without_a_message(bar):
    assert bar.isHidden()


def test_an_error_is_said_with_a_button_that_helps(bar):
    done = []
    error = FileWriteError("errno 28", path="诗.txt", reason="磁盘已满")
    bar.show_error(error, lambda: "另存为…", lambda: done.append("saved"))
    assert "诗.txt" in bar.label.text()
    bar.action_button.click()
    assert done == ["saved"]
    assert bar.isHidden()


def test_details_are_copied_in_both_languages(bar):
    bar.show_error(FileWriteError("errno 28", path="诗.txt", reason="disk full"))
    bar.details_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "无法保存到 诗.txt" in copied
    assert "Cannot save to the" in copied or "Cannot save to 诗.txt" in copied
    assert "errno 28" in copied


def test_a_notice_has_no_details_and_follows_the_language(bar):
    words = ["一"]
    bar.show_notice(lambda: words[0])
    assert bar.details_button.isHidden()
    words[0] = "one"
    bar.retranslate("en")
    assert bar.label.text() == "one"
