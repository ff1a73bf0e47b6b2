"""Cut out of Qt's ICU library what Qt never asks for: 27 of its 32 MB (Linux).

Qt takes collation, character sets, names of time zones and changes of case from ICU (see
``USED_BY_QT``); ICU's data also holds break rules, currencies, units and names for 700 locales.
What is left is linked anew by binutils, which PyInstaller needs anyway. Used by bundle.py.

The format is ICU's own ("CmnD", version 1): icu4c/source/common/ucmndata.h and the tool icupkg.
"""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
from pathlib import Path

USED_BY_QT = ("ucal_", "ucnv_", "ucol_", "u_strToLower", "u_strToUpper", "UCNV_")
"""What the names of the functions begin with that Qt's libraries take from ICU."""

_FOLDERS = ("", "coll", "zone")
_LANGUAGES = ("en", "zh")
_LOCALE = re.compile(r"([a-z]{2,3})(_[A-Z]\w*)*\.res")
_CONVERTERS = ("gb18030", "ibm-1386_P100-2001", "windows-936-2000", "ibm-1373_P100-2002",
               "windows-950-2000", "ibm-5348_P100-1997")  # fmt: skip
"""GB18030, GBK and Big5 (each a table and what it changes in it), Windows-1252.

Unicode's own and Latin-1 are code, not data.
"""
_SYMBOL = re.compile(r"^([0-9a-f]+) .*\.rodata\s+([0-9a-f]+)\s+(icudt\w+_dat)$", re.MULTILINE)
_MAGIC = b"\xda\x27"
_FORMAT = b"CmnD"
_ALIGNMENT = 16
_ASSEMBLY = """
.section .rodata
.balign 16
.globl {symbol}
.type {symbol}, STT_OBJECT
{symbol}: .incbin "items.dat"
.size {symbol}, . - {symbol}
"""


class IcuError(Exception):
    """The library is not laid out as ICU's data libraries are."""


def is_used(item: str) -> bool:
    """Tell whether Qt may ask for the item, e.g. ``icudt73l/coll/zh.res``."""
    folder, _, name = item.partition("/")[2].rpartition("/")
    if name.endswith(".cnv"):
        return name.removesuffix(".cnv") in _CONVERTERS
    locale = _LOCALE.fullmatch(name)
    return folder in _FOLDERS and (locale is None or locale[1] in _LANGUAGES)


def items(data: bytes) -> dict[str, bytes]:
    """Return name → content of ICU's data; raises IcuError."""
    start, table = _table(data)
    names = [data[start + name : data.index(b"\0", start + name)].decode() for name, _ in table]
    ends = [offset for _, offset in table[1:]] + [len(data) - start]
    return {
        name: data[start + offset : start + end]
        for name, (_, offset), end in zip(names, table, ends, strict=True)
    }


def packed(data: bytes, kept: dict[str, bytes]) -> bytes:
    """Return ICU's data with the header of ``data`` and only the items in ``kept``."""
    header = data[: _table(data)[0]]
    order = sorted(kept, key=str.encode)  # ICU searches by halves
    names = b"".join(name.encode() + b"\0" for name in order)
    place = 4 + 8 * len(order)
    table, body = struct.pack("<I", len(order)), bytearray()
    first = place + len(names)
    first += -first % _ALIGNMENT
    for name in order:
        table += struct.pack("<II", place, first + len(body))
        place += len(name.encode()) + 1
        body += kept[name] + bytes(-len(kept[name]) % _ALIGNMENT)
    return header + (table + names).ljust(first, b"\0") + bytes(body)


def shrink(library: Path) -> None:
    """Link ``library`` (libicudata.so.N) anew without what Qt never asks for.

    Raises IcuError when it is laid out differently, CalledProcessError when binutils refuse.
    """
    listing = subprocess.run(
        ["objdump", "-T", str(library)], capture_output=True, text=True, check=True
    )
    symbol = _SYMBOL.search(listing.stdout)
    if symbol is None:
        raise IcuError(f"{library} has no ICU data")
    start, size = (int(number, 16) for number in symbol.groups()[:2])
    data = library.read_bytes()[start : start + size]
    kept = {name: content for name, content in items(data).items() if is_used(name)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "items.dat").write_bytes(packed(data, kept))
        (folder / "items.s").write_text(_ASSEMBLY.format(symbol=symbol[3]), encoding="ascii")
        link = ["ld", "-shared", "-z", "noexecstack", "-soname", library.name, "-o", "linked"]
        for command in (["as", "-o", "items.o", "items.s"], [*link, "items.o"]):
            subprocess.run(command, cwd=folder, check=True)
        library.write_bytes((folder / "linked").read_bytes())


def _table(data: bytes) -> tuple[int, list[tuple[int, int]]]:
    """Return where the table of contents starts, and its (offset of name, offset of content)."""
    length = int.from_bytes(data[:2], "little")
    if data[2:4] != _MAGIC or data[12:16] != _FORMAT:
        raise IcuError("this is not ICU's data, or of another kind of machine")
    count = int.from_bytes(data[length : length + 4], "little")
    numbers = struct.unpack_from(f"<{2 * count}I", data, length + 4)
    return length, list(zip(numbers[::2], numbers[1::2], strict=True))
