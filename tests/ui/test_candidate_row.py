from __future__ import annotations

from assistant.records import Candidate, Evidence, Source
from assistant.ui.panels.candidate_row import CandidateRow


def test_what_the_text_says_itself_is_told_from_what_the_memory_has_seen(qtbot):
    evidence = (Evidence("小", "", 2, in_text=True), Evidence("闻", "鸟", 41))
    row = CandidateRow(1, Candidate("雯", 0.5, Source.ENCODER, evidence))
    qtbot.addWidget(row)
    assert row.evidence_lines() == ["小▢ ← 雯：文中 2 处", "闻▢鸟 ← 雯：约 41 次"]
