"""Proof that nothing is sent: connections of this process, and what could open one.

Imports neither Qt nor anything that knows sockets: what the system says of this process is read
from files.
"""

from __future__ import annotations

import sys
from pathlib import Path

_PROCESS = Path("/proc/self")
_TABLES = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6")
_INODE_COLUMN = 9
_MODULES = (
    "socket", "ssl", "asyncio", "http.client", "http.server", "urllib.request", "ftplib",
    "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc.client", "socketserver", "requests",
    "urllib3", "httpx", "aiohttp", "websockets", "huggingface_hub", "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore", "PySide6.QtWebSockets",
)  # fmt: skip
_LIBRARIES = ("libQt6Network", "libQt6WebEngine", "libssl", "libcurl", "libnghttp")


def open_connections() -> tuple[str, ...] | None:
    """Return the internet sockets of this process as the kernel lists them.

    Local sockets (the display, fonts, the desktop's bus) are none. None where the system keeps no
    such files: Windows and macOS show it in their own tools.
    """
    if sys.platform != "linux":
        return None
    own = _own_sockets(_PROCESS)
    found: list[str] = []
    for table in _TABLES:
        found += [f"{table} {line}" for line in _lines(_PROCESS / "net" / table, own)]
    return tuple(found)


def network_modules() -> tuple[str, ...]:
    """Return the Python modules loaded here that could open a connection."""
    return tuple(name for name in _MODULES if name in sys.modules)


def network_libraries() -> tuple[str, ...] | None:
    """Return the libraries loaded here that could speak to a network; None where unknown."""
    if sys.platform != "linux":
        return None
    maps = (_PROCESS / "maps").read_text(encoding="utf-8", errors="replace")
    return tuple(name for name in _LIBRARIES if name in maps)


def _own_sockets(process: Path) -> set[str]:
    """Return the inode numbers of the sockets that ``process`` holds open."""
    found: set[str] = set()
    for handle in (process / "fd").iterdir():
        try:
            target = str(handle.readlink())
        except OSError:  # closed since it was listed
            continue
        if target.startswith("socket:["):
            found.add(target.removeprefix("socket:[").removesuffix("]"))
    return found


def _lines(table: Path, inodes: set[str]) -> list[str]:
    """Return "local → remote" of the rows of a kernel's table that belong to ``inodes``."""
    try:
        rows = table.read_text(encoding="ascii", errors="replace").splitlines()[1:]
    except OSError:
        return []
    split = [row.split() for row in rows]
    return [
        f"{row[1]} → {row[2]}"
        for row in split
        if len(row) > _INODE_COLUMN and row[_INODE_COLUMN] in inodes
    ]
