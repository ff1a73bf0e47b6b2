"""Make an exercise from a text: gaps, judgement, options or bank, papers, pinyin, script. Pure."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.cloze.bank import choose_extras, make_bank
from assistant.cloze.check import rejudge, view_exercise
from assistant.cloze.edit import remove_gap
from assistant.cloze.exercise import Exercise, Gap, Kind, Script, Text
from assistant.cloze.find_gaps import find_gaps
from assistant.cloze.give_options import propose, with_distractors
from assistant.cloze.headings import only_title
from assistant.cloze.levels import with_levels
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.open_blanks import count_blanks, draw_blanks, without_blank
from assistant.cloze.options import Options
from assistant.cloze.passage import cut, sheet_uid
from assistant.cloze.pinyin_hints import add_pinyin
from assistant.cloze.places import Place
from assistant.cloze.proposals import Proposer
from assistant.cloze.scorer import GapView, Scorer
from assistant.cloze.script import converter, detect_script, to_script
from assistant.cloze.sounds import Sounds
from assistant.cloze.strategies import Strategy
from assistant.cloze.versions import arrange
from assistant.errors import EmptyTextError, NoGapError, OpenBlanksError

if TYPE_CHECKING:  # its module imports onnxruntime
    from assistant.engine.cancel import Cancel

_BANK_PROPOSALS = 5
"""Words looked at for every extra word of a bank: each is scored at every gap."""


def make_exercise(
    text: str,
    options: Options,
    lexicon: Lexicon,
    scorer: Scorer | None = None,
    *,
    places: Sequence[Place] = (),
    cancel: Cancel | None = None,
) -> Exercise:
    """Return the exercise that ``options`` describes; the same seed gives the same exercise.

    ``places`` are the teacher's own gaps for the manual strategy, as offsets in ``text``. Without
    a scorer nothing is judged: no alarm, no difficulty. Blanks that ``text`` has open are drawn as
    lines and are no gaps. Raises EmptyTextError, NoGapError, ScorerNeededError, LexiconError or
    Cancelled.
    """
    if not text.strip():
        raise EmptyTextError
    script = detect_script(text)
    working = converter(Script.SIMPLIFIED)(text) if script is Script.TRADITIONAL else text
    if len(working) != len(text):
        working, script = text, Script.SIMPLIFIED
    if options.strategy is not Strategy.MANUAL:
        working = working.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        places = find_gaps(working, options, lexicon, scorer, cancel)
    places = without_blank(working, places)
    if not places:
        blanks = count_blanks(working)
        raise OpenBlanksError(count=blanks) if blanks else NoGapError
    exercise = finish(_bare(working, options, places), options, lexicon, scorer, cancel)
    return to_script(exercise, options.script or script)


def finish(
    exercise: Exercise,
    options: Options,
    lexicon: Lexicon,
    scorer: Scorer | None = None,
    cancel: Cancel | None = None,
) -> Exercise:
    """Judge the gaps of a simplified ``exercise`` and give it options, bank, papers and pinyin.

    A gap for which no wrong option is found is no question and becomes text again. Raises
    NoGapError when none is left, LexiconError or Cancelled.
    """
    if scorer is not None:
        exercise = rejudge(exercise, scorer, cancel)
    if exercise.kind in (Kind.CHOICE, Kind.DROPDOWN):
        exercise = with_distractors(exercise, options.choices - 1, lexicon, scorer, cancel)
        for gap in exercise.gaps:
            if not gap.distractors:
                exercise = remove_gap(exercise, gap.uid)
        if not exercise.gaps:
            raise NoGapError
    elif exercise.kind is Kind.BANK:
        exercise = with_bank(exercise, options, lexicon, scorer, cancel)
    exercise = with_levels(exercise, lexicon)
    exercise = arrange(exercise, options.versions[0] if options.versions else "")
    if options.pinyin or options.pinyin_on_gaps:
        exercise = add_pinyin(exercise, on_gaps=options.pinyin_on_gaps)
    return exercise


def with_bank(
    exercise: Exercise,
    options: Options,
    lexicon: Lexicon,
    scorer: Scorer | None = None,
    cancel: Cancel | None = None,
) -> Exercise:
    """Return ``exercise`` with a word bank that holds ``options.extra`` words too many.

    Raises LexiconError or Cancelled.
    """
    extras: tuple[str, ...] = ()
    if options.extra:
        views: dict[str, GapView] = {}
        if scorer is not None:
            views = view_exercise(exercise, scorer, fixed_length=True, cancel=cancel)
        proposer = Proposer(lexicon, Sounds(lexicon.characters))
        each = math.ceil(options.extra * _BANK_PROPOSALS / max(1, len(exercise.gaps)))
        rows = {
            uid: [p.text for p in sorted(row, key=lambda p: p.step) if not p.is_slip][:each]
            for uid, row in propose(exercise, views, proposer).items()
        }
        judgements: list[GapView] = []
        if scorer is not None:
            pool = sorted({word for row in rows.values() for word in row})
            asked = {gap.uid: pool for gap in exercise.gaps}
            found = view_exercise(exercise, scorer, asked, top=1, cancel=cancel)
            judgements = [found[gap.uid] for gap in exercise.gaps]
        extras = choose_extras(exercise.gaps, rows, judgements, options.extra)
    rng = random.Random(f"{options.seed}/bank")
    return replace(exercise, bank=make_bank(exercise.gaps, extras, rng))


def _bare(text: str, options: Options, places: Sequence[Place]) -> Exercise:
    uid = sheet_uid(options.title, text, options.seed)
    segments = tuple(
        replace(s, text=draw_blanks(s.text)) if isinstance(s, Text) else s
        for s in cut(text, places, uid)
    )
    if options.level:
        segments = tuple(
            replace(s, level=options.level) if isinstance(s, Gap) else s for s in segments
        )
    return Exercise(
        uid=uid,
        title=options.title or only_title(draw_blanks(text)),
        kind=options.kind,
        segments=segments,
        instructions=options.instructions,
        points=options.points,
        seed=options.seed,
        versions=options.versions,
        verse=options.verse,
        source=replace(options.source, strategy=options.strategy.value),
    )
