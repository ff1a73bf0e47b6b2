"""Find the gaps of a text by a strategy. Pure."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from assistant.cloze import strategies
from assistant.cloze.exercise import Band
from assistant.cloze.headings import Role, is_heading, lines
from assistant.cloze.judge import band_of
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.open_blanks import unasked_sentences
from assistant.cloze.options import Options
from assistant.cloze.places import Place, first_fitting, inner_range, inside, spread
from assistant.cloze.scorer import Scorer, view_gaps
from assistant.cloze.strategies import Strategy
from assistant.cloze.tokens import Part, Token, tokenize
from assistant.errors import ScorerNeededError
from assistant.records import MAX_UNKNOWN_CHARS

if TYPE_CHECKING:  # its module imports onnxruntime
    from assistant.engine.cancel import Cancel

BAND_PHASES = 6
"""Every sixth word is judged at once: about as many are open as later in the exercise."""
_LEAST_CONFIDENCE = 0.03
"""Below this a gap is a riddle, not a hard gap."""


def find_gaps(
    text: str,
    options: Options,
    lexicon: Lexicon,
    scorer: Scorer | None = None,
    cancel: Cancel | None = None,
) -> tuple[Place, ...]:
    """Return the places that ``options`` asks for, in text order; the same seed, the same places.

    Titles, bylines and sentences with an open blank are left whole. Raises ScorerNeededError for
    the entropy strategy without a scorer, LexiconError or Cancelled.
    """
    heads = tuple(line for line in lines(text) if line.role is not Role.BODY)
    unasked = unasked_sentences(text)

    def is_whole(start_char: int, end_char: int) -> bool:
        touched = any(start_char < s.end_char and end_char > s.start_char for s in unasked)
        return touched or is_heading(heads, start_char, end_char)

    tokens = [t for t in tokenize(text) if not is_whole(t.start_char, t.end_char)]
    spacing = options.used_spacing()
    start = inner_range(text, keep_ends=spacing.keep_ends)
    if options.strategy is Strategy.NTH:
        places = strategies.nth_words(tokens, options.every, start)
        return first_fitting(text, places, spacing)
    if options.strategy is Strategy.CTEST:
        return first_fitting(text, strategies.ctest_halves(text, tokens), spacing)
    found: Sequence[Place]
    if options.strategy is Strategy.POS:
        found = strategies.parts_of_speech(tokens, options.parts)
    elif options.strategy is Strategy.WORDLIST:
        found = strategies.listed_words(text, tokens, frozenset(options.words))
    elif options.strategy is Strategy.IDIOM:
        found = strategies.idioms(text, lexicon.idioms)
    elif options.strategy is Strategy.ENTROPY:
        if scorer is None:
            raise ScorerNeededError
        found = words_in_band(text, tokens, start, options.parts, options.band, scorer, cancel)
    else:
        found = ()
    found = [place for place in found if not is_whole(place.start_char, place.end_char)]
    return spread(text, found, spacing, random.Random(f"{options.seed}/gaps"))


def words_in_band(
    text: str,
    tokens: Sequence[Token],
    part: Place,
    parts: Collection[Part],
    band: Band,
    scorer: Scorer,
    cancel: Cancel | None = None,
) -> list[Place]:
    """Return the words of ``parts`` in ``part`` with P(answer) in ``band``, riddles left out.

    Raises Cancelled.
    """
    words = inside(strategies.scorable_words(tokens, parts, MAX_UNKNOWN_CHARS), part)
    found: list[Place] = []
    for phase in range(BAND_PHASES):
        places = words[phase::BAND_PHASES]
        answers = [text[place.start_char : place.end_char] for place in places]
        asked = [[answer] for answer in answers]
        views = view_gaps(scorer, text, places, asked, top=1, cancel=cancel)
        for place, answer, view in zip(places, answers, views, strict=True):
            confidence = view.confidence(answer) or 0.0
            if confidence >= _LEAST_CONFIDENCE and band_of(confidence) is band:
                found.append(place)
    return sorted(found)
