"""What is known of whole words: the memory's word list and the gates fitted on it.

Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.engine.choices import ChoiceGate
from assistant.engine.memory import PhraseMemory
from assistant.engine.package import Package
from assistant.engine.topics import Topics
from assistant.engine.word_gate import WordGates
from assistant.engine.word_ranker import WordRanker
from assistant.engine.word_table import WordTable
from assistant.errors import ModelFormatError


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The words of a memory; ``gates`` is None until they were fitted for the package.

    ``topics`` knows which words suit a text, ``choices`` weighs given words, ``ranker`` all words
    of the list.
    """

    words: WordTable
    gates: WordGates | None
    topics: Topics | None
    choices: ChoiceGate
    ranker: WordRanker | None = None


def open_topics(package: Package, vocabulary: int) -> Topics | None:
    """Return the topics of ``package``, if it has any. Raises ModelFormatError."""
    name = package.manifest.topics
    return Topics.open(package.path(name), vocabulary) if name else None


def load_knowledge(
    package: Package,
    memory: PhraseMemory,
    vocabulary: Sequence[str],
    topics: Topics | None = None,
) -> Knowledge:
    """Return what ``package`` knows of words. Raises ModelFormatError."""
    settings = package.manifest.settings
    reason = "word_gate"
    try:
        gates = WordGates.of(settings[reason]) if settings.get(reason) else None
        reason = "choice_gate"
        choices = ChoiceGate(settings.get(reason, {}))
        reason = "word_ranker"
        words = WordTable(memory, vocabulary)
        ranker = WordRanker(settings[reason], words, topics) if settings.get(reason) else None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelFormatError(repr(error), folder=package.folder.name, reason=reason) from error
    return Knowledge(words, gates, topics, choices, ranker)
