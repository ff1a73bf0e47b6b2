"""Exercises as ``.bubai`` files: JSON with a versioned schema.

A file of the same major version reads losslessly; keys of a later minor version are passed over;
a later major version is refused. Pure but for reading and writing the file.
"""

from __future__ import annotations

import json
import math
from dataclasses import MISSING, Field, fields
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from assistant.cloze import EXERCISE_SUFFIX
from assistant.cloze.exercise import Exercise, Gap, Segment, Text
from assistant.cloze.validate import validate
from assistant.disk import read_file, write_atomically, write_error
from assistant.errors import ExerciseError, ExerciseVersionError

SUFFIX = EXERCISE_SUFFIX
FORMAT = "bubai-exercise"
VERSION = (1, 0)

_T = TypeVar("_T")
_SEGMENT_TYPES: dict[str, type[Text] | type[Gap]] = {"text": Text, "gap": Gap}


def dumps(exercise: Exercise, *, checked: bool = True) -> str:
    """Return the JSON of ``exercise``, ending with a line break. Raises ExerciseError.

    Not ``checked``: also of one that is still being made.
    """
    if checked:
        validate(exercise)
    record = {
        "format": FORMAT,
        "version": ".".join(map(str, VERSION)),
        "exercise": _encode(exercise),
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def loads(text: str, *, checked: bool = True) -> Exercise:
    """Return the exercise of a JSON text; not ``checked``, also one that was still being made.

    Raises ExerciseError naming the place that is wrong, or ExerciseVersionError.
    """
    try:
        raw = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:  # no JSON, a number too long, nested too deeply
        raise ExerciseError.at("JSON", "读不懂", "cannot be parsed") from error
    record = _object(raw, "JSON")
    if record.get("format") != FORMAT:
        raise ExerciseError.at("format", f"须为 {FORMAT}", f"must be {FORMAT}")
    _check_version(record.get("version"))
    if "exercise" not in record:
        raise ExerciseError.at("exercise", "缺失", "is missing")
    exercise = _decode_record(Exercise, record["exercise"], "")
    if checked:
        validate(exercise)
    return exercise


def save(exercise: Exercise, path: Path) -> None:
    """Write ``exercise`` to ``path`` (a new file replaces an old one only when complete).

    Raises ExerciseError or FileWriteError.
    """
    text = dumps(exercise)
    try:
        write_atomically(path, text.encode("utf-8"))
    except OSError as error:
        raise write_error(path, error) from error


def load(path: Path) -> Exercise:
    """Read the exercise at ``path``. Raises FileReadError and what :func:`loads` raises."""
    data = read_file(path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExerciseError.at("JSON", "不是 UTF-8", "is not UTF-8") from error
    return loads(text)


def _check_version(raw: object) -> None:
    parts = raw.split(".") if isinstance(raw, str) else []
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ExerciseError.at("version", "须形如 1.0", "must look like 1.0")
    if int(parts[0]) > VERSION[0]:
        raise ExerciseVersionError(version=raw, supported=".".join(map(str, VERSION)))


def _encode(value: object) -> object:
    """Return plain JSON values; fields that hold their default are left out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_encode(item) for item in cast("tuple[object, ...]", value)]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    record: dict[str, object] = {}
    for name, tag in _SEGMENT_TYPES.items():
        if type(value) is tag:
            record["type"] = name
    for field in _fields(type(value)):
        item = getattr(value, field.name)
        if field.default is MISSING or item != field.default:
            record[field.name] = _encode(item)
    return record


def _decode(kind: Any, raw: object, place: str) -> Any:
    """Return ``raw`` as ``kind``: a record, an enum, a plain type, a tuple or an optional."""
    if kind == Segment:
        tag = _object(raw, place).get("type")
        for name, record in _SEGMENT_TYPES.items():
            if tag == name:
                return _decode_record(record, raw, place)
        raise ExerciseError.at(f"{place}.type", "须为 text 或 gap", "must be text or gap")
    if get_origin(kind) is tuple:
        if not isinstance(raw, list):
            raise ExerciseError.at(place, "须为列表", "must be a list")
        item = get_args(kind)[0]
        items = cast("list[object]", raw)
        return tuple(_decode(item, part, f"{place}[{i}]") for i, part in enumerate(items))
    if isinstance(kind, UnionType):
        if raw is None:
            return None
        return _decode(next(k for k in get_args(kind) if k is not NoneType), raw, place)
    if issubclass(kind, Enum):
        return _enum(kind, raw, place)
    if kind in (str, int, float, bool):
        return _plain(kind, raw, place)
    return _decode_record(kind, raw, place)


def _decode_record(kind: type[_T], raw: object, place: str) -> _T:
    record = _object(raw, place or "exercise")
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in _fields(kind):
        inner = f"{place}.{field.name}" if place else field.name
        if field.name in record:
            values[field.name] = _decode(hints[field.name], record[field.name], inner)
        elif field.default is MISSING:
            raise ExerciseError.at(inner, "缺失", "is missing")
    return kind(**values)


def _fields(kind: type) -> tuple[Field[Any], ...]:
    return fields(kind)


def _object(raw: object, place: str) -> dict[str, object]:
    if not isinstance(raw, dict):
        raise ExerciseError.at(place, "须为对象", "must be an object")
    return cast("dict[str, object]", raw)


def _enum(kind: type[Enum], raw: object, place: str) -> Enum:
    for member in kind:
        if type(raw) is str and member.value == raw:
            return member
    names = "/".join(str(member.value) for member in kind)
    raise ExerciseError.at(place, f"须为 {names} 之一", f"must be one of {names}")


def _plain(kind: type, raw: object, place: str) -> str | int | float | bool:
    if kind is float and type(raw) is int and abs(raw) < 2**53:
        return float(raw)
    if type(raw) is not kind or (isinstance(raw, float) and not math.isfinite(raw)):
        names = {
            str: ("文字", "text"),
            int: ("整数", "a whole number"),
            float: ("数", "a number"),
            bool: ("true 或 false", "true or false"),
        }
        zh, en = names[kind]
        raise ExerciseError.at(place, f"须为{zh}", f"must be {en}")
    return cast("str | int | float | bool", raw)
