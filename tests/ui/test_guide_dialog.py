"""The guide that comes with the app: complete, with its pictures, and true about the keys."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtWidgets import QDialog

from assistant.paths import find_paths
from assistant.ui.dialogs.guide_dialog import GUIDE, GuideDialog

RESOURCES = find_paths().resources
TEXT = (RESOURCES / GUIDE).read_text("utf-8")


@pytest.fixture
def dialog(qtbot):
    dialog = GuideDialog(RESOURCES)
    qtbot.addWidget(dialog)
    return dialog


def test_every_chapter_is_listed_and_reached(dialog):
    titles = [dialog.chapters.item(i).text() for i in range(dialog.chapters.count())]
    assert titles == re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    for row, title in enumerate(titles):
        dialog.chapters.setCurrentRow(row)
        assert dialog.text.textCursor().block().text() == title


def test_every_picture_is_there_and_described():
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", TEXT)
    assert len(pictures) >= 4
    for words, name in pictures:
        assert words
        assert (RESOURCES / GUIDE).with_name(name).stat().st_size > 10_000


def test_pictures_fit_the_page(dialog):
    url = dialog.text.document().baseUrl().resolved(QUrl("window.png"))
    image = dialog.text.loadResource(QTextDocument.ResourceType.ImageResource.value, url)
    assert 300 < image.width() < dialog.width() - 200


def test_a_missing_guide_is_said(qtbot, tmp_path):
    dialog = GuideDialog(tmp_path)
    qtbot.addWidget(dialog)
    assert "没有找到" in dialog.text.toPlainText()


def test_f1_opens_it(running, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(QDialog, "exec", lambda self: opened.append(type(self).__name__) or 0)
    assert running.window.actions_["guide"].shortcut() == QKeySequence("F1")
    running.window.actions_["guide"].trigger()
    assert opened == ["GuideDialog"]
