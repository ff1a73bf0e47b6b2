"""Measure a phrase memory: ``python -m build_tools.memory.evaluate --memory FILE``.

Prints one JSON object: CFT characters and words, school poems, look-up times and memory; with
``--package`` also the mixture with its encoder and the gate of ``--gate`` (or of its manifest).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.engine.knowledge import open_topics
from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import BORDER
from assistant.engine.mixer import Mixer
from assistant.engine.package import load_package
from assistant.engine.usable import usable_log_probs
from assistant.records import Task
from build_tools.accuracy import binned_error
from build_tools.bench.memory import look_up_cost
from build_tools.corpus.sources import open_text
from build_tools.datasets import Item, cft_characters, cft_words
from build_tools.memory.opinions import Encoder, Gap

_TOP = 5


def character_accuracy(memory: PhraseMemory, items: Sequence[Item]) -> dict[str, float]:
    """Return hit@1 and hit@5 of the memory alone."""
    hits = [
        _place(memory.distribution(*_sides(item), _TOP).characters, item.answers) for item in items
    ]
    return _hits(hits)


def word_accuracy(memory: PhraseMemory, items: Sequence[Item]) -> dict[str, float]:
    """Return hit@1, hit@5 and right lengths for words of unknown length."""
    hits = [
        _place([word for word, _ in memory.words(*_sides(item), _TOP)], item.answers)
        for item in items
    ]
    lengths = [int(memory.lengths(*_sides(item)).argmax()) + 1 == item.length for item in items]
    return _hits(hits) | {"length": float(np.mean(lengths))}


def poem_items(path: Path, count: int, seed: int) -> list[Item]:
    """Hide single Chinese characters of random well-known poems."""
    chance = random.Random(seed)
    with open_text(path) as stream:
        poems = [line.rstrip("\n").split("\t")[2] for line in stream]
    items = []
    for poem in chance.sample(poems, count):
        place = chance.choice([i for i, char in enumerate(poem) if "\u4e00" <= char <= "\u9fff"])
        items.append(Item(poem[:place], poem[place + 1 :], (poem[place],)))
    return items


def mixed_accuracy(
    encoder: Encoder, mixer: Mixer, items: Sequence[Item]
) -> dict[str, dict[str, float]]:
    """Return hit@1, hit@5 and ECE of the encoder alone and of the mixture."""
    gaps = [Gap(item.left + item.answers[0] + item.right, len(item.left), 1) for item in items]
    found: dict[str, list[tuple[int, float]]] = {"encoder": [], "mixed": []}
    tokens = encoder.vocabulary.tokens
    for gap, query, vector in encoder.ask(gaps):
        for name, log_probs in (
            ("encoder", vector),
            (
                "mixed",
                mixer.mix(vector, query.left, query.right, query.place),
            ),
        ):
            usable = usable_log_probs(encoder.vocabulary, log_probs, alone=True, known=True)
            best = np.argsort(-usable)[:_TOP]
            place = _place([tokens[i] for i in best], (gap.text[gap.start],))
            found[name].append((place, float(np.exp(usable[best[0]]))))
    return {
        name: _hits([place for place, _ in rows])
        | {
            "ece": binned_error(
                np.array([confidence for _, confidence in rows]),
                np.array([place == 0 for place, _ in rows]),
            )
        }
        for name, rows in found.items()
    }


def _sides(item: Item) -> tuple[str, str]:
    return BORDER + item.left, item.right + BORDER


def _place(found: Sequence[str], answers: Sequence[str]) -> int:
    return next((i for i, text in enumerate(found) if text in answers), _TOP)


def _hits(places: Sequence[int]) -> dict[str, float]:
    array = np.array(places)
    return {
        "n": len(array),
        "hit@1": float((array == 0).mean()),
        "hit@5": float((array < _TOP).mean()),
    }


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=Path, required=True)
    parser.add_argument("--package", type=Path, help="a fill package to mix with")
    parser.add_argument("--gate", type=Path, help="JSON from fit_gate")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--limit", type=int, help="blanks of the CFT sets (default: all)")
    parser.add_argument("--mixed-limit", type=int, default=2000)
    options = parser.parse_args()
    cft = options.data / "dev" / "cft.test.auto.xz"
    items = cft_characters(cft, 0, options.limit)
    figures: dict[str, Any] = {
        "bytes": options.memory.stat().st_size,
        "look_up": look_up_cost(options.memory, items[:2000]),
    }
    memory = PhraseMemory.open(options.memory)
    figures["cft_characters"] = character_accuracy(memory, items)
    figures["cft_words"] = word_accuracy(memory, cft_words(cft, 0, options.limit))
    poems = poem_items(options.data / "poems_wellknown.txt.xz", 200, 0)
    figures["poems"] = character_accuracy(memory, poems)
    if options.package:
        package = load_package(options.package, Task.FILL, verify=False)
        settings = (
            json.loads(options.gate.read_text("utf-8"))
            if options.gate
            else package.manifest.settings
        )
        encoder = Encoder(package, memory)
        topics = open_topics(package, len(encoder.vocabulary.tokens))
        mixer = Mixer(encoder.vocabulary.tokens, memory, settings, topics=topics)
        mixed = cft_characters(cft, 0, options.mixed_limit)
        figures["cft_mixed"] = mixed_accuracy(encoder, mixer, mixed) | {
            "memory": character_accuracy(memory, mixed)
        }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
