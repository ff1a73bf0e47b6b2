"""The person's settings: a typed record and its JSON file. Imports neither Qt nor the ui."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, cast

from assistant.disk import write_atomically, write_error
from assistant.records import MAX_UNKNOWN_CHARS

FILE_NAME = "settings.json"
BROKEN_NAME = "settings.broken.json"
MIN_ZOOM_PERCENT, MAX_ZOOM_PERCENT = 50, 300
MIN_FONT_SIZE, MAX_FONT_SIZE = 6, 96
MAX_AUTOSAVE_SECONDS = 600

logger = logging.getLogger(__name__)


class Language(Enum):
    """The language of the window."""

    ZH = "zh"
    EN = "en"


class Theme(Enum):
    """Light, dark, with high contrast, or what the system says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings.

    ``font_family`` empty means the best Chinese font found, ``font_size`` is in points;
    ``zoom_percent`` 50–300; ``fill_length`` None means automatic, else 1–4; ``automatic`` fills
    while typing; ``window_geometry`` and ``window_state`` are Qt's bytes in base64.
    ``used_memories`` are the personal memories of the command line, ``document_memories`` those
    switched on for documents, the document used last at the end. ``labels`` to
    ``labels_multi`` are what the 标签 tab held last, ``label_set`` the set they came from.
    """

    language: Language = Language.ZH
    theme: Theme = Theme.SYSTEM
    font_family: str = ""
    font_size: int = 14
    zoom_percent: int = 100
    fill_length: int | None = None
    automatic: bool = True
    autosave_seconds: int = 2
    recent_files: tuple[Path, ...] = ()
    window_geometry: str = ""
    window_state: str = ""
    used_memories: tuple[str, ...] = ()
    document_memories: tuple[tuple[Path, tuple[str, ...]], ...] = ()
    mark_sentences: bool = True
    label_set: str = ""
    labels: tuple[str, ...] = ()
    label_template: str = ""
    labels_multi: bool = False

    def without_memory(self, name: str) -> Settings:
        """Return the settings without any mention of the personal memory ``name``."""
        kept = (
            (path, tuple(other for other in names if other != name))
            for path, names in self.document_memories
        )
        return replace(
            self,
            used_memories=tuple(other for other in self.used_memories if other != name),
            document_memories=tuple((path, names) for path, names in kept if names),
        )


class SettingsStore:
    """The settings and the file they live in."""

    def __init__(self, folder: Path) -> None:
        """Read ``folder/settings.json``; a missing or broken file gives the defaults.

        A broken file is kept as ``settings.broken.json``; single wrong values fall back alone.
        """
        self._path = folder / FILE_NAME
        self._was_broken = False
        self._raw = self._read()
        self._current = _parse(self._raw)

    @property
    def current(self) -> Settings:
        """The settings in force."""
        return self._current

    @property
    def was_broken(self) -> bool:
        """Whether the file could not be read at start: say so to the person."""
        return self._was_broken

    def save(self, settings: Settings) -> None:
        """Put ``settings`` in force and write them; keys of other versions stay in the file.

        Raises FileWriteError; the settings are in force nevertheless.
        """
        self._current = settings
        self._raw |= _unparse(settings)
        data = json.dumps(self._raw, ensure_ascii=False, indent=2).encode("utf-8", "surrogatepass")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, data)
        except OSError as error:
            raise write_error(self._path, error) from error

    def _read(self) -> dict[str, Any]:
        try:
            raw: object = json.loads(self._path.read_bytes().decode("utf-8-sig", "surrogatepass"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            self._set_aside(error)
            return {}
        if not isinstance(raw, dict):
            self._set_aside(TypeError())
            return {}
        return cast("dict[str, Any]", raw)

    def _set_aside(self, error: Exception) -> None:
        self._was_broken = True
        logger.warning("The settings are unreadable: %s", type(error).__name__)
        try:
            self._path.replace(self._path.with_name(BROKEN_NAME))
        except OSError as failure:
            logger.warning("and could not be set aside: %s", type(failure).__name__)


def _unparse(settings: Settings) -> dict[str, Any]:
    """Return ``settings`` as JSON has them; :func:`_parse` reads them again."""
    return asdict(settings) | {
        "language": settings.language.value,
        "theme": settings.theme.value,
        "recent_files": [str(path) for path in settings.recent_files],
        "document_memories": [[str(path), names] for path, names in settings.document_memories],
    }


def _parse(raw: dict[str, Any]) -> Settings:
    """Return the settings in ``raw``; what is missing or makes no sense is the default."""
    values: dict[str, Any] = {}
    for name, read in _READERS.items():
        if name in raw:
            try:
                values[name] = read(raw[name])
            except (TypeError, ValueError):
                logger.warning("The setting %s makes no sense and is the default", name)
    return Settings(**values)


def _number(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError
        return max(low, min(high, value))

    return read


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _fill_length(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or value not in range(1, MAX_UNKNOWN_CHARS + 1):
        raise ValueError
    return int(value)


def _paths(value: Any) -> tuple[Path, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(Path(_string(item)) for item in cast("list[Any]", value))


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_string, cast("list[Any]", value)))


def _document_memories(value: Any) -> tuple[tuple[Path, tuple[str, ...]], ...]:
    if not isinstance(value, list):
        raise TypeError
    pairs = cast("list[Any]", value)
    return tuple((Path(_string(path)), _strings(names)) for path, names in pairs)


_READERS: dict[str, Callable[[Any], object]] = {
    "language": Language,
    "theme": Theme,
    "font_family": _string,
    "font_size": _number(MIN_FONT_SIZE, MAX_FONT_SIZE),
    "zoom_percent": _number(MIN_ZOOM_PERCENT, MAX_ZOOM_PERCENT),
    "fill_length": _fill_length,
    "automatic": _flag,
    "autosave_seconds": _number(1, MAX_AUTOSAVE_SECONDS),
    "recent_files": _paths,
    "window_geometry": _string,
    "window_state": _string,
    "used_memories": _strings,
    "document_memories": _document_memories,
    "mark_sentences": _flag,
    "label_set": _string,
    "labels": _strings,
    "label_template": _string,
    "labels_multi": _flag,
}
