"""The workshop with the bundled model: a whole sheet of each kind, on our own text."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cloze.check import check_exercise_bank
from assistant.cloze.exercise import Kind
from assistant.cloze.judge import is_also_right
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.make import make_exercise
from assistant.cloze.options import Options
from assistant.cloze.passage import gap_places
from assistant.cloze.project_file import dumps, loads
from assistant.cloze.strategies import Strategy
from assistant.cloze.tokens import Part
from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.records import FillRequest, Span, Task

PACKAGE = Path(__file__).parents[2] / "resources" / "models" / "fill"


@pytest.fixture(scope="module")
def filler() -> Filler:
    return Filler(load_package(PACKAGE, Task.FILL))


def test_a_sheet_with_options(filler: Filler, lexicon: Lexicon, text: str) -> None:
    options = Options(Strategy.POS, Kind.CHOICE, count=4, parts=(Part.CONTENT,), seed=1)
    sheet = make_exercise(text, options, lexicon, filler)
    assert loads(dumps(sheet)) == sheet
    assert len(sheet.gaps) == 4
    places = gap_places(sheet).values()
    spans = tuple(Span(p.start_char, p.end_char, p.end_char - p.start_char) for p in places)
    words = tuple(gap.options for gap in sheet.gaps)
    request = FillRequest(text, spans, 1, joint=False, span_words=words)
    for gap, fill in zip(sheet.gaps, filler.fill(request).spans, strict=True):
        scores = {word.text: word.confidence for word in fill.scored}
        assert len(gap.options) == 4
        for word in set(gap.options) - {gap.answer}:
            assert not is_also_right(scores.get(word), scores[gap.answer]), word


def test_a_sheet_with_a_bank(filler: Filler, lexicon: Lexicon, text: str) -> None:
    options = Options(Strategy.POS, Kind.BANK, count=4, seed=3)
    sheet = make_exercise(text, options, lexicon, filler)
    answers = {gap.answer for gap in sheet.gaps}
    extras = {word.text for word in sheet.bank} - answers
    assert (len(sheet.bank), len(extras)) == (6, 2)
    places = gap_places(sheet).values()
    spans = tuple(Span(p.start_char, p.end_char, p.end_char - p.start_char) for p in places)
    asked = tuple((gap.answer, *extras) for gap in sheet.gaps)
    request = FillRequest(sheet.text, spans, 1, joint=False, span_words=asked)
    for gap, fill in zip(sheet.gaps, filler.fill(request).spans, strict=True):
        scores = {word.text: word.confidence for word in fill.scored}
        for word in extras:
            assert not is_also_right(scores.get(word), scores[gap.answer]), (gap.answer, word)
    check = check_exercise_bank(sheet, filler)
    assert check is not None
    assert {rival.word for rival in check.rivals} <= answers | extras


def test_a_c_test(filler: Filler, lexicon: Lexicon, text: str) -> None:
    sheet = make_exercise(text, Options(Strategy.CTEST, count=6), lexicon, filler)
    assert {len(gap.answer) for gap in sheet.gaps} == {1}
    assert all(len(a.text) == 1 for gap in sheet.gaps for a in gap.alternatives)
    assert any(gap.difficulty and gap.difficulty.confidence > 0.2 for gap in sheet.gaps)
