"""Chinese and English: every string is translated, and switching leaves nothing behind."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QWidget

from assistant.paths import find_paths
from assistant.services.settings import Language
from assistant.ui.languages import Languages
from assistant.ui.main_window import MainWindow
from build_tools.translations import ROOT, sources

HAN = re.compile("[\u3400-\u9fff]")
FOLDER = find_paths().resources / "i18n"
IN_ITS_OWN_LANGUAGE = {"中文", "中/EN", "切换到中文"}
"""A language is named in its own words, so that whoever needs it can read it."""
MENUS = {
    "Actions", "LabelSetBar", "Menus", "ProofTab", "TranslationTab", "Understanding", "Workshop",
}  # fmt: skip
"""Where the words of menus are; a menu's words have a key, (&X)."""
SMALL_WORDS = {"a", "at", "in", "the", "to"}
NAMES = {"Bubai", "Chinese", "English", "Word"}


class Message(NamedTuple):
    context: str
    source: str
    translation: str
    finished: bool


def messages() -> Iterator[Message]:
    for context in ET.parse(FOLDER / "bubai_en.ts").getroot().iter("context"):
        for message in context.iter("message"):
            yield Message(
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("translation", ""),
                message.find("translation[@type='unfinished']") is None,
            )


def test_every_string_has_an_english_translation():
    missing = [message for message in messages() if not message.finished or not message.translation]
    assert missing == []


def test_translations_keep_the_fields_of_the_source():
    for message in messages():
        fields = r"\{(\w+)\}"
        in_source, in_translation = (
            set(re.findall(fields, text)) for text in (message.source, message.translation)
        )
        assert in_source == in_translation, message.source


def test_translations_hold_no_chinese_but_the_names_of_languages():
    texts = {message.translation for message in messages()}
    assert {text for text in texts if HAN.search(text)} <= IN_ITS_OWN_LANGUAGE


def is_menu(message: Message) -> bool:
    return message.context in MENUS and "(&" in message.source


def words_of(message: Message) -> list[str]:
    return re.findall(r"[A-Za-z]+", message.translation.replace("&", ""))


def test_menus_are_in_title_case():
    written = [message.translation for message in messages() if is_menu(message)]
    assert len(written) > 60
    small = [
        message.translation
        for message in messages()
        if is_menu(message)
        for word in words_of(message)
        if word[0].islower() and word not in SMALL_WORDS
    ]
    assert small == []


def test_buttons_and_titles_of_dialogs_are_in_sentence_case():
    large = [
        (message.context, message.translation)
        for message in messages()
        if not is_menu(message) and message.context not in MENUS | {"Cloze", "Status"}
        if len(words_of(message)) <= 5 and not re.search(r"[.:;!?+“(\n]", message.translation)
        for word in words_of(message)[1:]
        if word.istitle() and len(word) > 1 and word not in NAMES
    ]
    assert large == []


def test_the_catalogue_that_ships_is_made_from_the_source(qapp):
    translator = QTranslator()
    assert translator.load("bubai_en", str(FOLDER))
    for message in messages():
        assert translator.translate(message.context, message.source) == message.translation


class Strings(ast.NodeVisitor):
    """Collects (context, words) of every call that translates, as the catalogue names them."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._class = ""

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        outside, self._class = self._class, node.name
        self.generic_visit(node)
        self._class = outside

    def visit_Call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func).rpartition(".")[2]
        values = [one.value for one in node.args if isinstance(one, ast.Constant)]
        words = [value for value in values if isinstance(value, str)]
        if name == "tr" and words:
            self.found.append((self._class, words[0]))
        elif name == "translate" and len(words) > 1:
            self.found.append((words[0], words[1]))
        self.generic_visit(node)


def test_every_string_of_the_windows_modules_is_in_the_catalogue():
    known = {(message.context, message.source) for message in messages()}
    strings = Strings()
    for name in sources():  # also of those that are imported late
        strings.visit(ast.parse((ROOT / name).read_text(encoding="utf-8")))
    assert len(strings.found) > 700
    assert set(strings.found) - known == set()


def texts_of(window: MainWindow) -> set[str]:
    """Return everything the window says outside the person's own text."""
    texts = {window.windowTitle(), window.messages.label.text()}
    for widget in [window, *window.findChildren(QWidget)]:
        texts |= {widget.toolTip(), widget.accessibleName()}
        if isinstance(widget, (QLabel, QAbstractButton)):
            texts.add(widget.text())
        if isinstance(widget, QMenu):
            texts.add(widget.title())
            texts |= {action.text() for action in widget.actions()}
    for action in window.actions_.all():
        texts |= {action.text(), action.toolTip(), action.iconText()}
    return {text for text in texts if text}


def chinese_of(running) -> set[str]:
    return {t for t in texts_of(running.window) if HAN.search(t)} - IN_ITS_OWN_LANGUAGE


def switch(running, qtbot):
    with qtbot.waitSignal(running.window.retranslated):
        running.window.toggle_language()


def test_switching_to_english_leaves_no_chinese_in_the_window(running, qtbot):
    assert chinese_of(running)
    switch(running, qtbot)
    assert running.window.settings.language is Language.EN
    assert chinese_of(running) == set()


def test_switching_back_to_chinese_brings_everything_back(running, qtbot):
    before = texts_of(running.window)
    switch(running, qtbot)
    switch(running, qtbot)
    assert texts_of(running.window) == before


@pytest.mark.parametrize("language", list(Language))
def test_the_language_is_kept(running, language):
    running.window.actions_.languages.actions()[list(Language).index(language)].trigger()
    assert running.window.parts.settings.current.language is language


def test_the_panel_speaks_english_while_it_shows_candidates(running, ask, qtbot):
    ask("处处闻|[MASK]鸟。")
    switch(running, qtbot)
    row = running.window.panel.candidates.rows[0]
    assert row.accessibleName() == "Candidate 1: 啼, 91 %, sure"
    assert running.window.panel.title.text() == "Blank 1 of 1"


def test_a_catalogue_that_an_update_writes_over_goes_on_working(qapp, tmp_path):
    """Mapped into memory, it was what crashed an app that ran while it was brought up to date."""
    file = tmp_path / "bubai_en.qm"
    file.write_bytes((FOLDER / file.name).read_bytes())
    languages = Languages(qapp, tmp_path)
    languages.choose(Language.EN)
    with file.open("r+b") as stream:
        stream.write(bytes(file.stat().st_size))
    try:
        assert QCoreApplication.translate("Status", "离线") == "Offline"
    finally:
        languages.choose(Language.ZH)
        languages.withdraw()
