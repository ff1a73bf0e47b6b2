"""Start the frozen app as a school would: from ``中文 路径``, with the network cut, on a screen.

It is copied there and started on a virtual screen, in a network of its own without any interface,
in a new home, with a file that begins with a blank. The memory of the screen tells when the window
is there and when the candidates are (so a moment after the model is ready); then keys put one in
and save. The first start reads the app from the disk, the others find it in memory.
Linux, with Xvfb and xdotool.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from build_tools.smoke import environment, program
from build_tools.trials.network import can_run

BLANK = "[MASK]"
TEXT = f"{BLANK}从河面上吹过来，傍晚的桥上行人渐渐少了，只有卖花的老人还守着他的小摊。\n"
WINDOW_SECONDS, READY_SECONDS = 1.5, 3.0
WIDTH, HEIGHT = 1366, 768
Pixels = NDArray[np.uint8]
"""(height, width, 4): blue, green, red, nothing."""

_WATCH_SECONDS, _QUIET_SECONDS, _POLL_SECONDS, _SAVE_SECONDS = 90.0, 6.0, 0.01, 10.0
_STEP = 4
"""Every fourth row and column is looked at."""
_LIT = 0.3
"""The part of the screen that is not black once the window is there."""
_MUCH = 40
"""So many points are more than a blinking caret and less than one candidate."""
_TABLES = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")


@dataclass(frozen=True, slots=True)
class Start:
    """One start of the frozen app; seconds since its process was made."""

    window_s: float
    """When the first picture of the window stood."""
    ready_s: float
    """When the last part of it stood: the candidates."""
    saved: str
    """What the file held after a candidate was put in and saved."""
    connections: int | None
    """Internet sockets in the app's own network; None where the network could not be cut."""

    @property
    def passed(self) -> bool:
        """Whether it was quick and alone, and filled the blank."""
        quick = self.window_s <= WINDOW_SECONDS and self.ready_s <= READY_SECONDS
        return quick and not self.connections and self.is_filled

    @property
    def is_filled(self) -> bool:
        """Whether the blank, and nothing else, was replaced."""
        rest = TEXT.removeprefix(BLANK)
        return self.saved.endswith(rest) and self.saved not in {TEXT, rest}

    def __str__(self) -> str:
        network = "not cut" if self.connections is None else f"cut, {self.connections} sockets"
        return (
            f"frozen: window {self.window_s:.2f} s, candidates {self.ready_s:.2f} s, "
            f"saved {self.saved[:8]!r}, network {network}"
        )


def run_frozen(app: Path, starts: int, picture: Path | None = None) -> Iterator[Start]:
    """Copy ``app`` and start it ``starts`` times; the last one is seen in ``picture`` (PNG).

    Raises OSError without the app, Xvfb or xdotool, RuntimeError when the app ends by itself.
    """
    with tempfile.TemporaryDirectory(prefix="bubai-frozen-") as name:
        folder = Path(name) / "中文 路径"
        copy = Path(shutil.copytree(app, folder / "补白", symlinks=True))
        _evict(copy)
        for number in range(starts):
            home = folder / f"家 {number}"
            home.mkdir()
            with _screen(Path(name)) as (display, pixels):
                start = _start(program(copy), home, display, pixels, picture)
            yield start


def _start(
    executable: Path, home: Path, display: str, pixels: Pixels, picture: Path | None
) -> Start:
    file = home / "春天.txt"
    file.write_text(TEXT, encoding="utf-8")
    cut = ["unshare", "-n"] if can_run(["unshare", "-n"]) else []
    env = {**environment(home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    began = time.monotonic()
    with subprocess.Popen([*cut, str(executable), str(file)], env=env, cwd=home) as process:
        try:
            window_s, ready_s = _watch(process, pixels, began)
            _press(display, process.pid, "alt+1")
            time.sleep(1)
            _press(display, process.pid, "ctrl+s")
            deadline = time.monotonic() + _SAVE_SECONDS
            while (saved := file.read_text("utf-8")) == TEXT and time.monotonic() < deadline:
                time.sleep(0.05)
            time.sleep(1)
            found = _connections(process.pid) if cut else None
            if picture is not None:
                _save(pixels, picture)
        finally:
            process.terminate()
    return Start(window_s, ready_s, saved, found)


def _watch(process: subprocess.Popen[bytes], pixels: Pixels, began: float) -> tuple[float, float]:
    """Return when the window was there and when the last change of some size came.

    Waits until nothing has changed for a while. Raises RuntimeError without a window, or when the
    app ends by itself.
    """
    before = np.zeros_like(pixels[::_STEP, ::_STEP])
    window_s = ready_s = float("inf")
    while (now := time.monotonic() - began) < ready_s + _QUIET_SECONDS or window_s > now:
        if now > _WATCH_SECONDS:
            raise RuntimeError(f"after {_WATCH_SECONDS:.0f} s there is no window that rests")
        if process.poll() is not None:
            raise RuntimeError(f"the frozen app ended by itself with {process.returncode}")
        seen = pixels[::_STEP, ::_STEP].copy()
        if np.count_nonzero((seen != before).any(axis=2)) > _MUCH:
            ready_s, before = now, seen
        if window_s > now and seen[:, :, :3].any(axis=2).mean() > _LIT:
            window_s = now
        time.sleep(_POLL_SECONDS)
    return window_s, ready_s


@contextmanager
def _screen(folder: Path) -> Iterator[tuple[str, Pixels]]:
    """Run a virtual screen; give its name and its memory."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
    command += ["-nolisten", "tcp", "-fbdir", str(folder)]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read, encoding="ascii") as answer:
                number = answer.readline().strip()
            if not number:
                raise RuntimeError("Xvfb does not start")
            memory = folder / "Xvfb_screen0"
            header = np.fromfile(memory, ">u4", 25)
            start = int(header[0] + 12 * header[19])  # the header of the format XWD, its colours
            yield f":{number}", np.memmap(memory, np.uint8, "r", start, (HEIGHT, WIDTH, 4))
        finally:
            server.terminate()


def _press(display: str, pid: int, key: str) -> None:
    """Press ``key`` in the window of the process: no window manager gives it the focus here."""
    command = ["xdotool", "search", "--sync", "--onlyvisible", "--all", "--pid", str(pid)]
    command += ["--name", ".", "windowfocus", "--sync", "key", key]
    env = {**os.environ, "DISPLAY": display}
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=30)


def _connections(pid: int) -> int:
    """Return how many internet sockets there are in the network of the process."""
    tables = [Path(f"/proc/{pid}/net/{name}") for name in _TABLES]
    return sum(len(table.read_text().splitlines()) - 1 for table in tables if table.exists())


def _evict(folder: Path) -> None:
    """Have the system forget the files' contents, as after it was switched on."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _save(pixels: Pixels, picture: Path) -> None:
    content = pixels.tobytes()
    QImage(content, WIDTH, HEIGHT, 4 * WIDTH, QImage.Format.Format_RGB32).save(str(picture))
