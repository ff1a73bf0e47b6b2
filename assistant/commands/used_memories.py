"""The person's memories on the command line, and which of them are in use. No Qt here."""

from __future__ import annotations

import hashlib
import json

from assistant.engine.fill import Filler
from assistant.engine.package import Package
from assistant.engine.personal import PersonalMemories
from assistant.engine.personal_use import package_alphabet, use_memories
from assistant.paths import find_paths
from assistant.services.settings import SettingsStore


def open_memories(package: Package | None = None) -> PersonalMemories:
    """Return the person's memories; only to add to them ``package`` is needed.

    Raises ModelError.
    """
    alphabet = package_alphabet(package) if package else None
    return PersonalMemories(find_paths().memories, alphabet)


def open_used_memories(filler: Filler) -> tuple[str, ...]:
    """Switch ``filler`` to the memories that ``memory use`` chose; return their names.

    Memories that are gone or damaged are passed over.
    """
    names = settings_store().current.used_memories
    return use_memories(filler, open_memories(), names) if names else ()


def contents_name(filler: Filler) -> str:
    """Return a short name of what the memories in use hold: another one, other contents."""
    held = [
        (memory.name, memory.meta.get("documents")) for memory in filler.predictor.mixer.personal
    ]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16] if held else ""


def settings_store() -> SettingsStore:
    """Return the person's settings."""
    return SettingsStore(find_paths().config)
