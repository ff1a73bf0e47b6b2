"""Give every gap of a sheet its wrong options, relaxing the rules step by step. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.cloze.check import has_fixed_length, view_exercise
from assistant.cloze.distractors import choose_distractors
from assistant.cloze.exercise import Distractor, Exercise, Gap
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.passage import gap_places
from assistant.cloze.proposals import Proposal, Proposer
from assistant.cloze.scorer import GapView, Scorer, merged
from assistant.cloze.sounds import Sounds

if TYPE_CHECKING:  # its module imports onnxruntime
    from assistant.engine.cancel import Cancel

_Rows = Mapping[str, Sequence[Proposal]]


def with_distractors(
    exercise: Exercise,
    count: int,
    lexicon: Lexicon,
    scorer: Scorer | None = None,
    cancel: Cancel | None = None,
    *,
    only: Collection[str] | None = None,
) -> Exercise:
    """Return ``exercise`` with ``count`` distractors in every gap, or in those of ``only``.

    Where too few good ones are found, the rules are relaxed in the order of ``Step``; never the
    veto on words about as good as the key, so a gap may still get fewer. Options of the key's
    length are judged among words of that length. Raises LexiconError or Cancelled.
    """
    proposer = Proposer(lexicon, Sounds(lexicon.characters))
    views = _views(exercise, scorer, fixed_length=True, cancel=cancel)
    proposals = propose(exercise, views, proposer)
    if only is not None:
        proposals = {uid: row for uid, row in proposals.items() if uid in only}
    views = _with_scores(exercise, proposals, views, scorer, cancel)
    chosen = _choose(exercise, proposals, {uid: [view] for uid, view in views.items()}, count)
    short = frozenset(uid for uid, row in chosen.items() if len(row) < count)
    if short:
        free = {} if has_fixed_length(exercise) else _views(exercise, scorer, cancel=cancel)
        used = {option.text for row in chosen.values() for option in row}
        more = _relaxed(exercise, short, free, used, proposer)
        views = _with_scores(exercise, more, views, scorer, cancel)
        pairs = {
            uid: [view for view in (views.get(uid), free.get(uid)) if view is not None]
            for uid in short
        }
        rows = {uid: (*proposals[uid], *more[uid]) for uid in short}
        chosen = {**chosen, **_choose(exercise, rows, pairs, count)}
    segments = tuple(
        replace(s, distractors=chosen[s.uid], key_index=0)
        if isinstance(s, Gap) and s.uid in chosen
        else s
        for s in exercise.segments
    )
    return replace(exercise, segments=segments)


def propose(
    exercise: Exercise, views: Mapping[str, GapView], proposer: Proposer
) -> dict[str, tuple[Proposal, ...]]:
    """Return the proposals for every gap by uid. Raises LexiconError."""
    answers = [gap.answer for gap in exercise.gaps]
    return {
        gap.uid: proposer.propose(gap.answer, views.get(gap.uid), answers) for gap in exercise.gaps
    }


def _relaxed(
    exercise: Exercise,
    short: Collection[str],
    free: Mapping[str, GapView],
    used: set[str],
    proposer: Proposer,
) -> dict[str, tuple[Proposal, ...]]:
    """Return further proposals for the gaps in ``short``, if possible others for every gap."""
    answers = [gap.answer for gap in exercise.gaps]
    more: dict[str, tuple[Proposal, ...]] = {}
    for gap in exercise.gaps:
        if gap.uid in short:
            found = proposer.propose_more(gap.answer, free.get(gap.uid), frozenset(used), answers)
            more[gap.uid] = found
            used = used | {proposal.text for proposal in found}
    return more


def _choose(
    exercise: Exercise, rows: _Rows, views: Mapping[str, Sequence[GapView]], count: int
) -> dict[str, tuple[Distractor, ...]]:
    places, text = gap_places(exercise), exercise.text
    chosen: dict[str, tuple[Distractor, ...]] = {}
    for gap in exercise.gaps:
        if gap.uid in rows:
            taken = {answer.text for answer in gap.answers}
            taken |= {rival.text for rival in gap.alternatives}
            chosen[gap.uid] = choose_distractors(
                text, places[gap.uid], rows[gap.uid], views.get(gap.uid, ()), taken, count
            )
    return chosen


def _views(
    exercise: Exercise,
    scorer: Scorer | None,
    *,
    fixed_length: bool = False,
    cancel: Cancel | None = None,
) -> dict[str, GapView]:
    if scorer is None:
        return {}
    return view_exercise(exercise, scorer, fixed_length=fixed_length, cancel=cancel)


def _with_scores(
    exercise: Exercise,
    rows: _Rows,
    views: Mapping[str, GapView],
    scorer: Scorer | None,
    cancel: Cancel | None,
) -> dict[str, GapView]:
    """Return ``views`` with the scores of the words proposed: even a misspelt one may be right."""
    if scorer is None:
        return dict(views)
    words = {
        uid: [p.text for p in row if views[uid].confidence(p.text) is None]
        for uid, row in rows.items()
    }
    if not any(words.values()):
        return dict(views)
    more = view_exercise(exercise, scorer, words, fixed_length=True, top=1, cancel=cancel)
    return {uid: merged(view, more[uid]) for uid, view in views.items()}
