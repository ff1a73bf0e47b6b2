"""Keep an exercise whole while a teacher edits it: new gaps, other places, other options. Pure."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.cloze.check import rejudge
from assistant.cloze.edit import move_gap
from assistant.cloze.exercise import Distractor, Exercise, Gap, Kind, Script
from assistant.cloze.give_options import with_distractors
from assistant.cloze.headings import only_title
from assistant.cloze.levels import with_levels
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.open_blanks import draw_blanks, unasked_sentences
from assistant.cloze.options import Options
from assistant.cloze.passage import cut, gap_places, sheet_uid
from assistant.cloze.places import Place, inside
from assistant.cloze.scorer import Scorer
from assistant.cloze.script import detect_script, to_script
from assistant.cloze.strategies import scorable_words
from assistant.cloze.tokens import Part, tokenize
from assistant.errors import EmptyTextError, NoGapError
from assistant.records import MAX_UNKNOWN_CHARS

if TYPE_CHECKING:  # its module imports onnxruntime
    from assistant.engine.cancel import Cancel

PLACES_TRIED = 5
"""How many neighbouring words are judged when a gap is to stand elsewhere."""
_SPARE_OPTIONS = 8
_LEAST_DISTANCE = 2


def without_gaps(text: str, options: Options) -> Exercise:
    """Return a sheet of ``text`` in which the teacher makes the gaps. Raises EmptyTextError."""
    text = draw_blanks(text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    if not text.strip():
        raise EmptyTextError
    exercise = Exercise(
        uid=sheet_uid(options.title, text, options.seed),
        title=options.title or only_title(text),
        kind=options.kind,
        segments=cut(text, (), ""),
        instructions=options.instructions,
        points=options.points,
        seed=options.seed,
        versions=options.versions,
        version=options.versions[0] if options.versions else "",
        script=detect_script(text),
        verse=options.verse,
        source=replace(options.source, strategy=options.strategy.value),
    )
    return exercise if options.script is None else to_script(exercise, options.script)


def completed(
    exercise: Exercise,
    choices: int,
    lexicon: Lexicon,
    scorer: Scorer | None = None,
    cancel: Cancel | None = None,
) -> Exercise:
    """Return ``exercise`` judged, with options (``choices`` of them) for the gaps without any.

    Options that are there stay as they are. Raises LexiconError or Cancelled.
    """
    if scorer is not None:
        exercise = rejudge(exercise, scorer, cancel)
    exercise = with_levels(exercise, lexicon)
    bare = {gap.uid for gap in exercise.gaps if not gap.distractors}
    if exercise.kind not in (Kind.CHOICE, Kind.DROPDOWN) or not bare:
        return exercise
    simplified = to_script(exercise, Script.SIMPLIFIED)
    full = with_distractors(simplified, choices - 1, lexicon, scorer, cancel, only=bare)
    made = {gap.uid: gap for gap in to_script(full, exercise.script).gaps}

    def options(gap: Gap) -> Gap:
        wrong = made[gap.uid].distractors
        key_index = random.Random(f"{exercise.seed}/{gap.uid}").randint(0, len(wrong))
        return replace(gap, distractors=wrong, key_index=key_index)

    segments = tuple(
        options(segment) if isinstance(segment, Gap) and segment.uid in bare else segment
        for segment in exercise.segments
    )
    return replace(exercise, segments=segments)


def spare_options(
    exercise: Exercise,
    uid: str,
    lexicon: Lexicon,
    scorer: Scorer | None = None,
    cancel: Cancel | None = None,
) -> tuple[Distractor, ...]:
    """Return wrong options for the gap ``uid`` besides those it has.

    Raises LexiconError or Cancelled.
    """
    simplified = to_script(exercise, Script.SIMPLIFIED)
    count = _SPARE_OPTIONS + max((len(gap.distractors) for gap in exercise.gaps), default=0)
    found = with_distractors(simplified, count, lexicon, scorer, cancel, only=(uid,))
    full = to_script(found, exercise.script)
    taken = {option for gap in exercise.gaps if gap.uid == uid for option in gap.options}
    return tuple(
        distractor
        for gap in full.gaps
        if gap.uid == uid
        for distractor in gap.distractors
        if distractor.text not in taken
    )


def moved(
    exercise: Exercise,
    uid: str,
    scorer: Scorer | None = None,
    cancel: Cancel | None = None,
) -> tuple[Exercise, str]:
    """Return ``exercise`` with the gap at a word nearby where fewest others fit, and its new uid.

    Without a scorer the nearest word is taken. Raises NoGapError when there is none, or Cancelled.
    """
    best: tuple[int, Exercise, str] | None = None
    for place in _nearby(exercise, uid)[:PLACES_TRIED]:
        changed = move_gap(exercise, uid, place)
        new_uid = next(key for key, at in gap_places(changed).items() if at == place)
        if scorer is None:
            return changed, new_uid
        changed = rejudge(changed, scorer, cancel)
        gap = next(gap for gap in changed.gaps if gap.uid == new_uid)
        rivals = len(gap.alternatives)
        if best is None or rivals < best[0]:
            best = rivals, changed, new_uid
        if not rivals:
            break
    if best is None:
        raise NoGapError
    return best[1], best[2]


def _nearby(exercise: Exercise, uid: str) -> list[Place]:
    """Return the content words that are no gap and touch none, the nearest to the gap first.

    None of a sentence with an open blank.
    """
    places = gap_places(exercise)
    old = places[uid]
    others = places.values()
    text = to_script(exercise, Script.SIMPLIFIED).text
    words = scorable_words(tokenize(text), (Part.CONTENT,), MAX_UNKNOWN_CHARS)
    unasked = unasked_sentences(text)
    free = [
        word
        for word in words
        if not any(inside((word,), sentence) for sentence in unasked)
        and all(
            word.start_char - other.end_char >= _LEAST_DISTANCE
            or other.start_char - word.end_char >= _LEAST_DISTANCE
            for other in others
        )
    ]
    return sorted(free, key=lambda word: abs(word.start_char - old.start_char))
