"""Pages that are built when somebody goes there, and what waits for the first sight of a window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabWidget, QWidget

from assistant.ui.first_paint import FirstPaint
from assistant.ui.late_page import LatePage
from assistant.ui.tab_order import Place

offscreen = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def tabs(qtbot):
    made = QTabWidget()
    qtbot.addWidget(made)
    made.addTab(QLabel("文"), "文")
    made.show()
    return made


@pytest.fixture
def built():
    return []


@pytest.fixture
def page(tabs, built):
    def build() -> QWidget:
        built.append(QLabel("栏"))
        return built[-1]

    return LatePage(tabs, Place.PROOF, build)


@offscreen
def test_a_page_is_built_once_when_it_is_first_chosen(tabs, page, built):
    page.set_words("校对")
    assert tabs.tabText(1) == "校对"
    assert not built
    assert not page.is_built
    page.go()
    assert page.is_built
    assert built[0].isVisible()
    tabs.setCurrentIndex(0)
    page.go()
    assert len(built) == 1


@offscreen
def test_a_page_can_be_built_behind_another(tabs, page, built):
    page.build()
    assert page.is_built
    assert not page.on_top
    assert not built[0].isVisible()
    page.go()
    assert built[0].isVisible()


@offscreen
def test_what_waits_for_the_first_sight_comes_once_and_behind_it(qtbot):
    order: list[str] = []

    class Window(QWidget):
        def paintEvent(self, event) -> None:
            super().paintEvent(event)
            order.append("painted")

    window = Window()
    qtbot.addWidget(window)
    FirstPaint(window, lambda: order.append("begun"))
    window.show()
    qtbot.waitUntil(lambda: "begun" in order)
    window.repaint()
    qtbot.waitUntil(lambda: order.count("painted") > 1)
    assert order[0] == "painted"
    assert order.count("begun") == 1


def test_a_window_that_is_never_painted_does_not_keep_it_waiting(qtbot):
    window, begun = QWidget(), []
    qtbot.addWidget(window)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    FirstPaint(window, lambda: begun.append(True))
    qtbot.waitUntil(lambda: bool(begun), timeout=5_000)
