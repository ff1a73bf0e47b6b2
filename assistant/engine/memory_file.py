"""The container of a phrase memory: named numpy arrays in one memory-mapped file.

Layout, little-endian: magic (8 bytes), format version (u32), number of sections (u32), size of
the file (u64), CRC-32 of the section table (u32), zero (u32); then the section table, 64 bytes a
row: name (24 bytes, ASCII), numpy type (8 bytes, ASCII), offset, bytes (u64 each), CRC-32 of the
section (u32), padding; then the sections, each at a multiple of 64. Pure numpy, no Qt.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelFormatError, ModelMissingError

MAGIC = b"BUBAIMEM"
FORMAT_VERSION = 1
_HEADER = struct.Struct("<8sIIQII")
_ROW = struct.Struct("<24s8sQQI12x")
_ALIGN = 64


def write_sections(path: Path, sections: Mapping[str, NDArray[np.generic]]) -> None:
    """Write ``sections`` to ``path`` through a temporary file beside it.

    The same arrays in the same order give the same bytes. Raises OSError.
    """
    arrays = {name: np.ascontiguousarray(array) for name, array in sections.items()}
    offset = _aligned(_HEADER.size + _ROW.size * len(arrays))
    rows: list[bytes] = []
    for name, array in arrays.items():
        rows.append(
            _ROW.pack(
                name.encode("ascii"),
                array.dtype.str.encode("ascii"),
                offset,
                array.nbytes,
                zlib.crc32(array.data.cast("B")) if array.nbytes else 0,
            )
        )
        offset = _aligned(offset + array.nbytes)
    table = b"".join(rows)
    header = _HEADER.pack(MAGIC, FORMAT_VERSION, len(arrays), offset, zlib.crc32(table), 0)
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as stream:
        stream.write(header + table)
        for array in arrays.values():
            stream.write(b"\0" * (_aligned(stream.tell()) - stream.tell()))
            stream.write(array.data.cast("B") if array.nbytes else b"")
        stream.write(b"\0" * (offset - stream.tell()))
    temporary.replace(path)


def read_sections(path: Path, *, verify: bool = False) -> dict[str, NDArray[np.generic]]:
    """Map the sections of ``path``; nothing is read before it is used.

    The header, the section table and all sizes are checked; ``verify=True`` also checks the
    digest of every section, which reads the whole file.

    Raises ModelMissingError when there is no file, ModelFormatError when it is not a whole phrase
    memory of this version.
    """
    try:
        with path.open("rb") as stream:
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise ModelMissingError(folder=path.parent.name, file=path.name) from None
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise _refused(path, "empty or unreadable") from error
    view = memoryview(mapped)
    return {
        name: _section(path, view, dtype, offset, size, crc if verify else None)
        for name, dtype, offset, size, crc in _table(path, view)
    }


def _table(path: Path, view: memoryview) -> list[tuple[str, str, int, int, int]]:
    if len(view) < _HEADER.size:
        raise _refused(path, "truncated")
    magic, version, count, size, crc, _ = _HEADER.unpack_from(view)
    if magic != MAGIC:
        raise _refused(path, "not a phrase memory")
    if version != FORMAT_VERSION:
        raise _refused(path, f"format {version}")
    end = _HEADER.size + _ROW.size * count
    if size != len(view) or end > len(view):
        raise _refused(path, "truncated")
    if zlib.crc32(view[_HEADER.size : end]) != crc:
        raise _refused(path, "damaged")
    rows = (_ROW.unpack_from(view, _HEADER.size + _ROW.size * row) for row in range(count))
    return [
        (
            name.rstrip(b"\0").decode("ascii"),
            dtype.rstrip(b"\0").decode("ascii"),
            *numbers,
        )
        for name, dtype, *numbers in rows
    ]


def _section(
    path: Path, view: memoryview, dtype: str, offset: int, size: int, crc: int | None
) -> NDArray[np.generic]:
    if offset + size > len(view):
        raise _refused(path, "truncated")
    part = view[offset : offset + size]
    if crc is not None and size and zlib.crc32(part) != crc:
        raise _refused(path, "damaged")
    try:
        return np.frombuffer(part, dtype=np.dtype(dtype))
    except (TypeError, ValueError) as error:
        raise _refused(path, "damaged") from error


def _refused(path: Path, reason: str) -> ModelFormatError:
    return ModelFormatError(path.name, folder=path.parent.name, reason=f"{path.name}: {reason}")


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN
