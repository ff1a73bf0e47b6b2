"""Walk over a protocol buffer message: field numbers and raw values, nothing is copied.

Just enough to look into an ONNX file before anything runs it
(https://protobuf.dev/programming-guides/encoding/). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

Value = int | memoryview
"""A varint or fixed-width number, or the bytes of a string, message or packed list."""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_MAX_VARINT_BYTES = 10
_SIGN = 1 << 63


class MessageError(ValueError):
    """The bytes are no message."""


class Budget:
    """How many fields may be looked at: a file of nothing but tiny ones would take hours."""

    def __init__(self, fields: int) -> None:
        """Allow ``fields`` fields."""
        self.left = fields

    def spend(self) -> None:
        """Count one field. Raises MessageError when that was one too many."""
        self.left -= 1
        if self.left < 0:
            raise MessageError("too many fields")


def fields(message: memoryview, budget: Budget) -> Iterator[tuple[int, int, Value]]:
    """Yield (field number, wire type, value) of every field of ``message``.

    Raises MessageError.
    """
    place, end = 0, len(message)
    while place < end:
        budget.spend()
        key, place = _varint(message, place)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, place = _varint(message, place)
            yield number, kind, value
            continue
        if kind == BYTES:
            size, place = _varint(message, place)
        elif kind in (FIXED64, FIXED32):
            size = 8 if kind == FIXED64 else 4
        else:
            raise MessageError(f"wire type {kind}")
        if number == 0 or size > end - place:
            raise MessageError("a field reaches beyond its message")
        yield number, kind, message[place : place + size]
        place += size


def integers(kind: int, value: Value) -> Iterator[int]:
    """Yield the signed 64-bit integers of a repeated field, packed or not. Raises MessageError."""
    if kind == VARINT and isinstance(value, int):
        yield _signed(value)
        return
    if kind != BYTES or isinstance(value, int):
        raise MessageError("not a list of integers")
    place = 0
    while place < len(value):
        number, place = _varint(value, place)
        yield _signed(number)


def integer(kind: int, value: Value) -> int:
    """Return a signed 64-bit integer. Raises MessageError."""
    if kind != VARINT or not isinstance(value, int):
        raise MessageError("not an integer")
    return _signed(value)


def submessage(kind: int, value: Value) -> memoryview:
    """Return the bytes of a string or message. Raises MessageError."""
    if kind != BYTES or isinstance(value, int):
        raise MessageError("not a message")
    return value


def text(kind: int, value: Value) -> str:
    """Return a string; what is no UTF-8 shows as �. Raises MessageError."""
    return bytes(submessage(kind, value)).decode("utf-8", "replace")


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    result = 0
    for count in range(_MAX_VARINT_BYTES):
        if place + count >= len(message):
            raise MessageError("a number is cut off")
        byte = message[place + count]
        result |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return result & ((1 << 64) - 1), place + count + 1
    raise MessageError("a number is too long")


def _signed(number: int) -> int:
    return number - (1 << 64) if number & _SIGN else number
