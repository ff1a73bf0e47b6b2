"""Which package serves each task, and which ones did before: one small file, written whole.

Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from assistant.disk import write_atomically
from assistant.records import Task

STATE_VERSION = 1
BROKEN_NAME = "state.broken.json"
_MAX_EARLIER = 10
_MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Choice:
    """What serves one task; None stands for the bundled package.

    ``earlier`` are those used before, the last one latest. ``is_new`` says that ``active`` was
    chosen but has not been loaded yet.
    """

    active: str | None = None
    earlier: tuple[str | None, ...] = ()
    is_new: bool = False

    def switched(self, key: str | None) -> Choice:
        """Return the choice after ``key`` was taken into use."""
        if key == self.active:
            return self
        earlier = (*self.earlier, self.active)[-_MAX_EARLIER:]
        return Choice(key, earlier, is_new=True)

    def rolled_back(self) -> Choice:
        """Return the choice that was in force before this one; there must be one."""
        return Choice(self.earlier[-1], self.earlier[:-1])

    def without(self, key: str) -> Choice:
        """Return the choice without any mention of ``key``."""
        return replace(self, earlier=tuple(name for name in self.earlier if name != key))


State = dict[Task, Choice]


def read_state(path: Path) -> State:
    """Return what the file at ``path`` says; of a missing or unusable one, nothing chosen."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            return {}
        raw: Any = json.loads(path.read_text(encoding="utf-8"))
        if raw["version"] != STATE_VERSION:
            return {}
        return {task: _choice(raw["tasks"].get(task.value, {})) for task in Task}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}


def write_state(path: Path, state: State) -> None:
    """Replace the file at ``path``, on the disk before the old one goes. Raises OSError."""
    tasks = {
        task.value: {
            "active": choice.active,
            "earlier": list(choice.earlier),
            "new": choice.is_new,
        }
        for task, choice in state.items()
    }
    text = json.dumps({"version": STATE_VERSION, "tasks": tasks}, ensure_ascii=False, indent=1)
    if path.exists() and not read_state(path):
        # Of a newer version, or damaged: kept for whoever can read it.
        path.replace(path.with_name(BROKEN_NAME))
    write_atomically(path, text.encode("utf-8"))


def _choice(raw: dict[str, Any]) -> Choice:
    earlier = tuple(_key(name) for name in cast("list[object]", raw.get("earlier", [])))
    return Choice(_key(raw.get("active")), earlier, is_new=bool(raw.get("new", False)))


def _key(name: object) -> str | None:
    if name is None:
        return None
    # A name with a path in it must never lead out of the folder of the models.
    if not isinstance(name, str) or Path(name).name != name or name in (".", "..") or "\\" in name:
        raise TypeError("a package's name")
    return name
