"""The log file and the last resort for exceptions."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.errors import InternalError
from assistant.services.logs import FILES, MAX_BYTES, CrashReporter, safe_details, start_logging

SECRET = "写了一半的情书"


@pytest.fixture(autouse=True)
def _restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def _fail() -> None:
    raise ValueError(SECRET)


def _fail_again() -> None:
    try:
        _fail()
    except ValueError as error:
        raise RuntimeError(SECRET) from error


def _hook(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def test_details_tell_where_but_not_what() -> None:
    with pytest.raises(RuntimeError) as caught:
        _fail_again()
    details = safe_details(caught.value)
    assert "RuntimeError" in details
    assert "ValueError" in details
    assert "_fail" in details
    assert "test_logs.py" in details
    assert SECRET not in details


def test_a_logged_exception_keeps_the_text_out_of_the_file(tmp_path: Path) -> None:
    path = start_logging(tmp_path / "logs")
    assert path is not None
    try:
        _fail()
    except ValueError:
        logging.getLogger("assistant.test").exception("Something failed")
    written = path.read_text(encoding="utf-8")
    assert "Something failed" in written
    assert "ValueError" in written
    assert SECRET not in written


def test_old_logs_are_dropped(tmp_path: Path) -> None:
    path = start_logging(tmp_path)
    assert path is not None
    for _ in range(2 * FILES):
        logging.getLogger("assistant.test").info("x" * (MAX_BYTES - 200))
    sizes = [file.stat().st_size for file in tmp_path.iterdir()]
    assert len(sizes) == FILES
    assert max(sizes) <= MAX_BYTES


def test_a_folder_that_cannot_be_written_does_not_stop_the_app(tmp_path: Path) -> None:
    blocked = tmp_path / "logs"
    blocked.write_bytes(b"")
    assert start_logging(blocked) is None


class Crash:
    """An installed reporter with what it did, in order."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.reporter = CrashReporter(self._rescue)
        self.reporter.crashed.connect(self._on_crashed)
        self.error: InternalError | None = None
        self.rescued_in: int | None = None

    def _rescue(self) -> None:
        self.events.append("saved")
        self.rescued_in = threading.get_ident()

    def _on_crashed(self, error: InternalError) -> None:
        self.events.append("told")
        self.error = error


@pytest.fixture
def crash(qtbot: QtBot) -> Iterator[Crash]:
    made = Crash()
    made.reporter.install()
    yield made
    made.reporter.remove()


def test_an_uncaught_exception_saves_the_text_and_then_tells(qtbot: QtBot, crash: Crash) -> None:
    _hook(ValueError(SECRET))
    assert crash.events == ["saved"]
    qtbot.waitUntil(lambda: crash.error is not None)
    assert crash.events == ["saved", "told"]
    assert crash.error is not None
    assert "ValueError" in crash.error.details
    assert SECRET not in crash.error.details


def test_an_exception_of_a_thread_is_handled_on_this_one(qtbot: QtBot, crash: Crash) -> None:
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    assert crash.events == []
    qtbot.waitUntil(lambda: crash.error is not None)
    assert crash.events == ["saved", "told"]
    assert crash.rescued_in == threading.get_ident()


def test_a_rescue_that_fails_does_not_hide_the_exception(qtbot: QtBot) -> None:
    reporter = CrashReporter(_fail)
    reporter.install()
    try:
        with qtbot.waitSignal(reporter.crashed) as crashed:
            _hook(RuntimeError())
    finally:
        reporter.remove()
    assert crashed.args is not None
    assert "RuntimeError" in crashed.args[0].details


def test_a_window_that_fails_while_telling_is_not_told_forever(qtbot: QtBot, crash: Crash) -> None:
    told: list[InternalError] = []

    def tell(error: InternalError) -> None:
        told.append(error)
        _hook(RuntimeError())

    crash.reporter.crashed.connect(tell)
    _hook(ValueError())
    qtbot.waitUntil(lambda: crash.events.count("saved") == 2)
    assert len(told) == 1


def test_the_hooks_before_are_put_back(qtbot: QtBot) -> None:
    before = (sys.excepthook, threading.excepthook)
    reporter = CrashReporter(lambda: None)
    reporter.install()
    reporter.remove()
    assert (sys.excepthook, threading.excepthook) == before
