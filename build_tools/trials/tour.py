"""Go through all that the app can do, and say which modules that loaded and what tried to connect.

Run by ``network`` with the network cut; prints one line of JSON. ``MARK`` stands in every text, so
that logs can be searched for it.

Usage: ``python -m build_tools.trials.tour HOME [--short]``
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ATTEMPTS: list[str] = []
MARK = "青蘋果樂園七八九"


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("socket.") and event != "socket.gethostname":
        ATTEMPTS.append(f"{event} {arguments[1:]}")


sys.addaudithook(_listen)  # before anything of the app is imported

from assistant.cloze.project_file import save  # noqa: E402
from assistant.export import registry  # noqa: E402
from assistant.text.encodings import Encoding  # noqa: E402
from build_tools.trials.driver import Driver, running  # noqa: E402
from build_tools.trials.soak_deeds import Deeds  # noqa: E402

TEXT = f"{MARK}。院子里的桃花[MASK]了，小猫在草地上跑来跑去。奶奶很高兴，地里藏刀[MASK]。\n" * 3


def tour(driver: Driver, folder: Path, *, short: bool) -> None:
    """Use everything once."""
    window = driver.window
    driver.wait_until(lambda: driver.app.fills.is_ready)
    source = folder / f"{MARK}.txt"
    source.write_text(TEXT, "utf-8")
    window.documents.open(source)
    window.fills.go(forward=True)
    window.fills.run()
    driver.wait_until(lambda: bool(window.fills.candidates))
    window.fills.apply(0)
    driver.save_name = str(folder / "另存.txt")
    window.documents.save_as()
    _workshop(driver, folder)
    _panels(driver, 100 if short else 2_000)
    deeds = Deeds(driver, folder, seed=5)
    for _ in range(8 if short else 60):
        deeds.menu()
        driver.wait(30)
    _errors(driver, folder)


def _panels(driver: Driver, wait_ms: int) -> None:
    """Press every button of every tab once, and wait for what comes of it."""
    tabs = driver.window.tabs
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        driver.wait(wait_ms)
        for button in driver.buttons():
            if button.isVisible() and button.isEnabled():
                button.click()
                driver.wait(20)
        driver.wait(wait_ms)


def _workshop(driver: Driver, folder: Path) -> None:
    workshop = driver.app.workshop
    workshop.show_sheet(False)
    driver.window.editor.setPlainText(TEXT.splitlines()[0].replace("[MASK]", "开"))
    workshop.controller.make()
    driver.wait_until(lambda: workshop.controller.exercise is not None, seconds=300)
    exercise = workshop.controller.exercise
    if exercise is None:
        said = driver.window.messages.label.text()
        raise RuntimeError(f"no exercise was made; the window says {said!r}")
    for name in registry.FORMATS:
        registry.export(exercise, name, folder / f"练习{registry.FORMATS[name].suffix}")
    save(exercise, folder / "练习.bubai")
    workshop.open(folder / "练习.bubai")
    workshop.dialogs.start_student()
    driver.wait(100)
    if workshop.dialogs.student is not None:
        workshop.dialogs.student.close()


def _errors(driver: Driver, folder: Path) -> None:
    """Go down the ways of errors with the text in hand."""
    window = driver.window
    window.editor.setPlainText(TEXT)
    window.documents.save_encoded(Encoding.BIG5)
    driver.save_name = str(folder / "没有的文件夹" / f"{MARK}.txt")
    window.documents.save_as()
    broken = folder / f"坏{MARK}.txt"
    broken.write_bytes(TEXT.encode()[:-5] + b"\xff\xfe" + MARK.encode())
    window.editor.document().setModified(False)
    window.documents.open(broken)
    window.panel.word_asked.emit(MARK)

    def fail(*_args: object, **_more: object) -> None:
        raise ValueError(MARK)

    fill = driver.app._filler
    if fill is not None:
        fill.fill = fail  # type: ignore[method-assign]
        window.editor.setPlainText(f"{MARK}，处处闻[MASK]鸟。")
        window.fills.go(forward=True)
        window.fills.run()
        driver.wait(800)
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    driver.wait(100)


def main(home: Path, *, short: bool) -> int:
    """Run the tour; print what was loaded and tried."""
    folder = home / "文稿"
    folder.mkdir(parents=True)
    with running(home) as driver:
        tour(driver, folder, short=short)
        proof = {"attempts": ATTEMPTS, "modules": sorted(sys.modules), "dialogs": driver.closed}
    print(json.dumps(proof, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), short="--short" in sys.argv))
