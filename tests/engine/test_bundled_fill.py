"""What only the bundled model can show: gates that weigh whole words."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.engine import candidates, proposals
from assistant.engine.context import Context
from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.engine.search import SpanSearch
from assistant.paths import find_paths
from assistant.records import FillRequest, Span, Task
from assistant.text.masks import find_spans, with_length

TEXT = "奶奶把院子扫得干干净净，又给门前的[MASK]浇了水。"


@pytest.mark.parametrize("top", [8, 20])
def test_a_word_asked_about_has_the_confidence_it_has_among_the_candidates(top: int) -> None:
    filler = Filler(load_package(find_paths().model_folder(Task.FILL), Task.FILL), threads=1)
    spans = find_spans(TEXT)
    found = filler.fill(FillRequest(TEXT, spans, top, joint=False)).spans[0].candidates
    words = tuple(candidate.text for candidate in found)
    asked = filler.fill(FillRequest(TEXT, spans, 1, joint=False, span_words=(words,))).spans[0]
    scored = {word.text: round(word.confidence, 9) for word in asked.scored}
    assert scored == {one.text: round(one.confidence, 9) for one in found}


@pytest.mark.parametrize("length", [None, 2, 3])
def test_no_row_of_the_encoder_is_spent_on_what_is_proposed(
    length: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    filler = Filler(load_package(find_paths().model_folder(Task.FILL), Task.FILL), threads=1)
    rows: list[int] = []
    run = filler.predictor._run
    monkeypatch.setattr(
        filler.predictor, "_run", lambda batch, *a: rows.append(len(batch)) or run(batch, *a)
    )
    request = FillRequest("这场雨下得很□，谁也没有带伞。", (Span(6, 7, length),), 30, joint=False)
    counts, words = [], []
    for seen, listed in ((0, 0), (proposals.SEEN, proposals.LISTED)):
        monkeypatch.setattr(proposals, "SEEN", seen)
        monkeypatch.setattr(proposals, "LISTED", listed)
        filler.predictor.forget()
        rows.clear()
        words.append({one.text for one in filler.fill(request).spans[0].candidates})
        counts.append(sum(rows))
    assert counts[0] == counts[1]
    assert words[1] - words[0]


@pytest.mark.parametrize("length", [None, 2])
def test_what_is_guessed_is_near_what_a_row_would_say(length: int | None) -> None:
    filler = Filler(load_package(find_paths().model_folder(Task.FILL), Task.FILL), threads=1)
    text, spans = TEXT, with_length(find_spans(TEXT), length)
    context = Context(filler.vocabulary, text, spans, filler.budget_chars)
    found, slots = filler.candidates(context), context.open_slots()
    guessed = [word for word in found.pool(slots, 0, candidates.POOL) if word.guessed]
    assert len(guessed) > 3
    search = SpanSearch(filler.predictor, filler.vocabulary, context)
    exact = search.score(slots, 0, [word.ids for word in guessed])
    errors = [abs(word.log_prob - p) for word, p in zip(guessed, exact, strict=True)]
    assert np.median(errors) < 2.5
