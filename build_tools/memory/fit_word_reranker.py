"""Fit the rerankers of words: ``python -m build_tools.memory.fit_word_reranker --package DIR``.

Who leaves something out leaves out a word; the reranker learnt from characters wherever they stand,
most of them inside words, where the neighbours say nearly all. Three more go on from its weights:
for a word of one character whose length is not known, for the first character of a longer word,
and for the others. Blanks are made of ``--lines`` and ``--running`` as for ``fit_reranker``, and
asked for as the search asks. Writes JSON for "word_reranker" of the manifest's settings.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from assistant.engine.asking import filled_slot, place_query
from assistant.engine.context import Query
from assistant.engine.package import load_package
from assistant.engine.reranker import Part
from assistant.records import MAX_UNKNOWN_CHARS, Task
from build_tools.memory.blanks import han_words
from build_tools.memory.fit_gate import held_out_lines
from build_tools.memory.fit_reranker import RerankerNet, asked, fit, opened, passages, report
from build_tools.memory.opinions import Encoder, Gap, character_gaps

_COMMON = 200
"""Times that a word of one character stands in the text before it is taken less often."""
_EVERYWHERE = 2
"""Of so many lines one hides a character wherever it stands: some who leave the length open do."""
_Asked = Iterable[tuple[str, Query]]


def single_words(lines: Sequence[str], seed: int) -> list[Gap]:
    """Hide one word of one character of every line that has one."""
    chance = random.Random(seed)
    places = (_words(line, 1, 1) for line in lines)
    return [chance.choice(found) for found in places if found]


def telling_words(lines: Sequence[str], seed: int) -> list[Gap]:
    """Hide one the same way, but rarer ones oftener: hardly anybody leaves out 的."""
    chance = random.Random(seed)
    places = [found for line in lines if (found := _words(line, 1, 1))]
    times = Counter(word_of(gap) for found in places for gap in found)
    gaps: list[Gap] = []
    for found in places:
        (gap,) = chance.choices(found, [times[word_of(gap)] ** -0.5 for gap in found])
        if chance.random() < (_COMMON / times[word_of(gap)]) ** 0.5:
            gaps.append(gap)
    return gaps


def longer_words(lines: Sequence[str], seed: int) -> list[Gap]:
    """Hide one word of 2–4 characters of every line that has one."""
    chance = random.Random(seed)
    places = (_words(line, 2, MAX_UNKNOWN_CHARS) for line in lines)
    return [chance.choice(found) for found in places if found]


def word_of(gap: Gap) -> str:
    """Return what is hidden."""
    return gap.text[gap.start : gap.start + gap.length]


def _words(line: str, least: int, most: int) -> list[Gap]:
    return [
        Gap(line, place, len(word)) for place, word in han_words(line) if least <= len(word) <= most
    ]


def places(encoder: Encoder, gap: Gap, *, known: bool) -> Iterator[tuple[str, Query]]:
    """Yield each character of a gap, and the query for it when those before it are written.

    ``known``: the search has been told the length. Nothing for what is no word of the vocabulary.
    """
    word, vocabulary = word_of(gap), encoder.vocabulary
    ids = tuple(vocabulary.encode(word)[0])
    if len(ids) != len(word):
        return
    context = encoder.context(gap, gap.length if known else None)
    for place, character in enumerate(word):
        state = filled_slot(vocabulary, ids[:place], len(ids) - place)
        yield character, place_query(context, context.open_slots(), 0, state)


def blanks(encoder: Encoder, lines: Sequence[str], times: int, seed: int) -> dict[Part, _Asked]:
    """Return the blanks of each part of a word that ``lines`` make, ``times`` each way."""
    hidden: dict[Part, list[Gap]] = {Part.WORD: [], Part.BEGIN: [], Part.REST: []}
    for one in range(seed, seed + times):
        anywhere = character_gaps(lines[one % _EVERYWHERE :: _EVERYWHERE], one, single=1.0)
        hidden[Part.WORD] += single_words(lines, one) + telling_words(lines, one) + anywhere
        longer = longer_words(lines, one)
        hidden[Part.BEGIN] += longer
        hidden[Part.REST] += longer

    def of(gaps: Sequence[Gap], part: Part) -> Iterator[tuple[str, Query]]:
        for number, gap in enumerate(gaps):
            known = part is not Part.WORD and number % 2 == 0
            yield from (one for one in places(encoder, gap, known=known) if one[1].part is part)

    return {part: of(gaps, part) for part, gaps in hidden.items()}


def main() -> None:
    """Parse the command line, fit, report on the last tenth, write the settings."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--package", type=Path, default=Path("resources/models/fill"))
    parser.add_argument("--lines", type=Path, nargs="+", required=True, help="held-out text files")
    parser.add_argument("--running", type=Path, nargs="*", default=[], help="lines in their order")
    parser.add_argument("--count", type=int, default=40000, help="lines")
    parser.add_argument("--times", type=int, default=2, help="blanks of each kind of each line")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
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
    given = blanks(encoder, lines[:kept], options.times, options.seed)
    unseen = blanks(encoder, lines[kept:], 1, options.seed)
    fitted: dict[str, Any] = {}
    for part, its_blanks in given.items():
        samples = asked(encoder, mixer, its_blanks)
        net = fit(samples, epochs=options.epochs, seed=options.seed, start=start)
        held_out = asked(encoder, mixer, unseen[part])
        old = RerankerNet()
        old.start(start)
        figures = {"reranker": report(held_out, old), "its own": report(held_out, net)}
        print(json.dumps({part.value: figures, "blanks": len(samples)}, indent=1))
        fitted[part.value] = net.settings()
    options.out.write_text(json.dumps({"word_reranker": fitted}), "utf-8")


if __name__ == "__main__":
    main()
