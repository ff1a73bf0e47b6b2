"""Fit the reranker of words: ``python -m build_tools.memory.fit_word_reranker --package DIR``.

Who leaves out something of unknown length leaves out a word. The reranker learnt from characters
wherever they stand, most of them inside words, where the neighbours say nearly all; where a word
stands alone, what the text is about and calls for says more. So another goes on from its weights
for words of one character. Blanks are made of ``--lines`` and ``--running`` as for
``fit_reranker``: words as they stand, words the rarer the oftener, and characters wherever they
stand, for some who leave the length open mean one. Writes JSON for "word_reranker" of the
manifest's settings.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from assistant.engine.asking import place_query
from assistant.engine.context import Query, Slot
from assistant.engine.package import load_package
from assistant.records import Task
from build_tools.memory.blanks import han_words
from build_tools.memory.fit_gate import held_out_lines
from build_tools.memory.fit_reranker import (
    RerankerNet,
    asked,
    fit,
    opened,
    passages,
    report,
    text_parser,
)
from build_tools.memory.opinions import Encoder, Gap, character_gaps

_COMMON = 200
"""Times that a word stands in the text before it is taken less often."""


def single_words(lines: Sequence[str], seed: int) -> list[Gap]:
    """Hide one word of one character of every line that has one."""
    chance = random.Random(seed)
    return [chance.choice(found) for line in lines if (found := _words(line))]


def telling_words(lines: Sequence[str], seed: int) -> list[Gap]:
    """Hide one the same way, but rarer ones oftener: hardly anybody leaves out 的."""
    chance = random.Random(seed)
    places = [found for line in lines if (found := _words(line))]
    times = Counter(gap.text[gap.start] for found in places for gap in found)
    gaps: list[Gap] = []
    for found in places:
        weights = [times[gap.text[gap.start]] ** -0.5 for gap in found]
        (gap,) = chance.choices(found, weights)
        if chance.random() < (_COMMON / times[gap.text[gap.start]]) ** 0.5:
            gaps.append(gap)
    return gaps


def _words(line: str) -> list[Gap]:
    return [Gap(line, place, 1) for place, word in han_words(line) if len(word) == 1]


def blanks(lines: Sequence[str], times: int, seed: int) -> list[Gap]:
    """Return ``times`` words of each line in either way, and as many characters of half of them."""
    gaps: list[Gap] = []
    for one in range(seed, seed + times):
        gaps += single_words(lines, one) + telling_words(lines, one)
        gaps += character_gaps(lines[one % 2 :: 2], one, single=1.0)
    return gaps


def whole(encoder: Encoder, gaps: Sequence[Gap]) -> Iterator[tuple[str, Query]]:
    """Yield the character of each gap, and the query for it as a word of unknown length."""
    for gap in gaps:
        context = encoder.context(gap, None)
        yield gap.text[gap.start], place_query(context, context.open_slots(), 0, Slot(masks=1))


def main() -> None:
    """Parse the command line, fit, report on the last tenth, write the settings."""
    parser = text_parser(__doc__)
    parser.add_argument("--times", type=int, default=2, help="blanks of each kind of each line")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--out", type=Path, default=Path("work/memory/word_reranker.json"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    package = load_package(options.package, Task.FILL, verify=False)
    try:
        encoder, mixer = opened(package)
        start = package.manifest.settings["reranker"]
    except (KeyError, ValueError):
        parser.error("the package has no phrase memory, no gate or no reranker")
    lines = held_out_lines(options.lines, options.count, options.seed) + passages(options.running)
    random.Random(options.seed).shuffle(lines)
    kept = len(lines) * 9 // 10
    seen = blanks(lines[:kept], options.times, options.seed)
    samples = asked(encoder, mixer, whole(encoder, seen))
    net, old = fit(samples, epochs=options.epochs, seed=options.seed, start=start), RerankerNet()
    old.start(start)
    unseen = lines[kept:]
    for name, gaps in (
        ("words", single_words(unseen, options.seed)),
        ("telling words", telling_words(unseen, options.seed)),
        ("characters", character_gaps(unseen, options.seed, single=1.0)),
    ):
        held_out = asked(encoder, mixer, whole(encoder, gaps))
        figures = {"reranker": report(held_out, old), "its own": report(held_out, net)}
        print(json.dumps({name: figures}, indent=1))
    options.out.write_text(json.dumps({"word_reranker": net.settings()}), "utf-8")


if __name__ == "__main__":
    main()
