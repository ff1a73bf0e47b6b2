"""Personal memories and a loaded engine: which alphabet they share, switching them on.

Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.engine.fill import Filler
from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import Alphabet, build_alphabet
from assistant.engine.package import Package
from assistant.engine.personal import PersonalMemories
from assistant.engine.tokenizer import Vocabulary
from assistant.errors import MemoryNameError, ModelError
from assistant.text.characters import is_han

MAX_NAME_CHARS = 40


def package_alphabet(package: Package) -> Alphabet:
    """Return the alphabet in which texts are counted for ``package``.

    That of its memory; without one, the characters of its vocabulary. Raises ModelError.
    """
    if package.manifest.memory:
        return PhraseMemory.open(package.path(package.manifest.memory)).alphabet
    tokens = Vocabulary(package).tokens
    return build_alphabet([token for token in tokens if len(token) == 1 and is_han(token)], {})


def use_memories(
    filler: Filler, memories: PersonalMemories, names: Sequence[str]
) -> tuple[str, ...]:
    """Switch ``filler`` to the personal memories ``names``; return those that could be opened.

    Runs in the thread of ``filler``.
    """
    opened: dict[str, PhraseMemory] = {}
    for name in dict.fromkeys(names):
        try:
            opened[name] = memories.open(name)
        except ModelError:
            continue
    filler.predictor.mixer.use_personal(tuple(opened.values()))
    filler.predictor.forget()
    return tuple(opened)


def checked_name(name: str) -> str:
    """Return ``name`` without white space around it.

    Raises MemoryNameError for one that is empty, too long or cannot be printed.
    """
    stripped = name.strip()
    if not 0 < len(stripped) <= MAX_NAME_CHARS or not stripped.isprintable():
        raise MemoryNameError(name=stripped[:MAX_NAME_CHARS])
    return stripped
