"""What only the bundled model can show: gates that weigh whole words."""

from __future__ import annotations

import pytest

from assistant.engine import candidates
from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.paths import find_paths
from assistant.records import FillRequest, Span, Task
from assistant.text.masks import find_spans

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


def test_words_of_known_length_begin_in_few_new_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each beginning that the search has not followed costs a row of the encoder."""
    filler = Filler(load_package(find_paths().model_folder(Task.FILL), Task.FILL), threads=1)
    asked = []
    ask = filler.predictor.log_probs
    monkeypatch.setattr(filler.predictor, "log_probs", lambda q, *a: asked.append(len(q)) or ask(q))
    spans = (Span(6, 7, 2),)
    counts = []
    for room in (0, 5, 99):
        monkeypatch.setattr(candidates, "_NEW_WORDS", room)
        asked.clear()
        filler.fill(FillRequest("这场雨下得很□。", spans, joint=False))
        counts.append(sum(asked))
    assert counts == sorted(counts)
    assert counts[1] <= counts[0] + 5 < counts[2]
