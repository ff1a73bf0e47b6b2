"""Photograph the real window for the guide, at work on a text of its own.

Offscreen, on the bundled models; a tab whose model is missing is photographed as it is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage, QTextCursor

from assistant.ui.tab_order import Place
from build_tools.trials.driver import Driver, running

SIZE = (1120, 700)
TEXT = """春天的早晨

春眠不觉晓，处处闻[MASK]鸟。
院子里的桃花开了，小猫在草地上跑来跑去。奶奶坐在门口晒太阳，心里很高兴。
昨天的雨下得真让人难受，鞋子全湿了，我再也不想走那条路。
弟弟说话总是[MASK]里藏刀，大家都不太喜欢他。
今天天汽很好，我们以经准备好去爬山了。
"""


def take_shots(folder: Path) -> list[Path]:
    """Write the guide's pictures into ``folder`` and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []

    def shoot(name: str) -> None:
        driver.wait(400)
        path = folder / f"{name}.png"
        image = driver.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        image.save(str(path), "PNG", 0)  # smallest
        taken.append(path)

    with tempfile.TemporaryDirectory() as name, running(Path(name)) as driver:
        window = driver.window
        window.resize(*SIZE)
        driver.wait_until(lambda: driver.app.fills.is_ready)
        window.editor.setPlainText(TEXT)
        _fill(driver)
        shoot("window")
        for place, title in ((Place.SENTIMENT, "sentiment"), (Place.TRANSLATION, "translation"),
                             (Place.LABELS, "labels"), (Place.PROOF, "proof")):  # fmt: skip
            window.messages.clear()
            window.editor.moveCursor(QTextCursor.MoveOperation.End)
            _go_to(driver, place)
            if place is Place.LABELS:
                driver.app.understanding_tabs.labels_panel.note.button.click()  # sample labels
            driver.wait_until(_quiet(driver), seconds=120)
            shoot(title)
        _exercise(driver)
        shoot("cloze")
    return taken


def _fill(driver: Driver) -> None:
    driver.window.editor.select(0, 0)
    driver.window.fills.go(forward=True)
    driver.window.fills.run()
    driver.wait_until(lambda: bool(driver.window.fills.candidates))
    driver.wait(1_500)


def _go_to(driver: Driver, place: Place) -> None:
    tabs = driver.window.tabs
    for index in range(tabs.count()):
        widget = tabs.widget(index)
        if widget is not None and widget.property("place") == int(place):
            tabs.setCurrentIndex(index)


def _quiet(driver: Driver) -> Callable[[], bool]:
    """Return whether the analyses have come to an end; they begin a moment after the tab shows."""
    driver.wait(1_500)
    app = driver.app
    return lambda: not any(a.busy for a in (app.moods, app.labels, app.proofs, app.translations))


def _exercise(driver: Driver) -> None:
    workshop = driver.app.workshop
    driver.window.editor.setPlainText(TEXT.replace("[MASK]", "啼", 1).replace("[MASK]", "笑"))
    workshop.show_panel()
    workshop.controller.make()
    driver.wait_until(lambda: workshop.controller.exercise is not None, seconds=300)
    workshop.controller.step(1)
