"""Papers A and B of one sheet: the same gaps, other orders of options and bank words. Pure."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

from assistant.cloze.exercise import Exercise, Gap
from assistant.errors import ExerciseError

_TRIES = 50
_LONGEST_RUN = 2


def arrange(exercise: Exercise, version: str) -> Exercise:
    """Return ``exercise`` as paper ``version``: options and bank words in that paper's own order.

    The order depends on the seed and the name only, so a paper can be made again. Key letters are
    balanced. Raises ExerciseError when the exercise has no such paper.
    """
    if version not in exercise.versions and version:
        raise ExerciseError.at("versions", f"没有 {version} 卷", f"has no paper {version}")
    rng = random.Random(f"{exercise.seed}/{version}")
    counts = [len(gap.distractors) + 1 for gap in exercise.gaps]
    keys = dict(zip((gap.uid for gap in exercise.gaps), balanced_keys(counts, rng), strict=True))
    segments = tuple(
        _arranged(segment, keys[segment.uid], rng) if isinstance(segment, Gap) else segment
        for segment in exercise.segments
    )
    bank = sorted(exercise.bank, key=lambda word: (word.text, word.gap or ""))
    rng.shuffle(bank)
    return replace(exercise, segments=segments, bank=tuple(bank), version=version)


def paper(exercise: Exercise, version: str) -> Exercise:
    """Return paper ``version`` of ``exercise``, unchanged if it is that one already."""
    return exercise if version == exercise.version else arrange(exercise, version)


def balanced_keys(counts: list[int], rng: random.Random) -> list[int]:
    """Return a place for the key of every gap with ``counts[i]`` options.

    Every place is used equally often (±1) where all gaps have as many options, and the same letter
    comes at most twice in a row where that is possible.
    """
    keys: list[int] = []
    for _ in range(_TRIES):
        letters = {
            count: _letters(count, counts.count(count), rng) for count in sorted(set(counts))
        }
        keys = [letters[count].pop() for count in counts]
        if _longest_run(keys) <= _LONGEST_RUN:
            break
    return keys


def _letters(count: int, gaps: int, rng: random.Random) -> list[int]:
    letters = list(range(count)) * (gaps // count) + rng.sample(range(count), gaps % count)
    rng.shuffle(letters)
    return letters


def _arranged(gap: Gap, key_index: int, rng: random.Random) -> Gap:
    distractors = sorted(gap.distractors, key=lambda distractor: distractor.text)
    rng.shuffle(distractors)
    return replace(gap, distractors=tuple(distractors), key_index=key_index)


def _longest_run(keys: list[int]) -> int:
    longest = run = 1
    for first, second in pairwise(keys):
        run = run + 1 if first == second else 1
        longest = max(longest, run)
    return longest
