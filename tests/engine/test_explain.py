from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.engine.cancel import Cancel
from assistant.engine.context import Query
from assistant.engine.explain import explain
from assistant.engine.fill import Filler
from assistant.engine.predictor import LogProbs
from assistant.errors import NoBlankError, WordError
from assistant.records import Evidence, FillRequest
from assistant.text.masks import find_spans
from tests.engine.bigram import bigram_graph
from tests.engine.toy import toy_package


@pytest.fixture(scope="module")
def filler(tmp_path_factory: pytest.TempPathFactory) -> Filler:
    graph = bigram_graph({"甲": "乙", "乙": "丙"})
    return Filler(toy_package(tmp_path_factory.mktemp("toy"), graph=graph))


def request(text: str, top: int = 3) -> FillRequest:
    return FillRequest(text, find_spans(text), top)


def test_only_the_character_that_decides_has_a_vote(filler: Filler) -> None:
    explanation = explain(filler, request("庚 甲[MASK]己。"), 0, ("乙", "辛"))
    assert [word.text for word in explanation.words] == ["乙", "辛"]
    votes = {vote.character: vote for vote in explanation.votes}
    assert list(votes) == ["庚", "甲", "己", "。"]
    assert votes["甲"].start_char == 2
    assert votes["甲"].effects[0] > 1
    assert votes["甲"].effects[1] < 0
    assert votes["己"].effects == pytest.approx((0, 0), abs=1e-5)


def test_votes_count_for_every_character_of_a_longer_word(filler: Filler) -> None:
    explanation = explain(filler, request("庚甲[MASK][MASK]己。"), 0, ("乙丙",))
    votes = {vote.character: vote.effects[0] for vote in explanation.votes}
    assert votes["甲"] > 1
    assert votes["庚"] == pytest.approx(0, abs=1e-5)


def test_in_a_long_text_few_characters_vote_and_little_more_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = bigram_graph({"甲": "乙", "乙": "丙"})
    filler = Filler(toy_package(tmp_path, graph=graph, max_length=128, context_chars=120))
    read: list[int] = []
    ask = filler.predictor.encoder_log_probs

    def listen(queries: Sequence[Query], cancel: Cancel | None = None) -> list[LogProbs]:
        read.extend(len(query.ids) for query in queries)
        return ask(queries, cancel)

    monkeypatch.setattr(filler.predictor, "encoder_log_probs", listen)
    text = "庚" * 45 + "甲[MASK]" + "己" * 45
    votes = explain(filler, request(text), 0, ("乙丙", "乙")).votes
    assert [vote.start_char for vote in votes] == [*range(22, 46), *range(52, 76)]
    assert all(text[vote.start_char] == vote.character for vote in votes)
    strong = [vote.character for vote in votes if max(map(abs, vote.effects)) > 0.5]
    assert strong == ["甲"]
    assert sum(size > 70 for size in read) < 10 < sum(size > 49 for size in read)


def test_without_words_the_best_candidates_are_explained(filler: Filler) -> None:
    explanation = explain(filler, request("庚甲[MASK]己。"), 0)
    assert explanation.words[0].text == "乙"
    assert len(explanation.words) == 3


def test_the_asked_blank_is_explained(filler: Filler) -> None:
    explanation = explain(filler, request("甲[MASK]己，乙[MASK]己。"), 1, ("丙",))
    strongest = max(explanation.votes, key=lambda vote: vote.effects[0])
    assert strongest.character == "乙"


def test_bad_requests_get_typed_errors(filler: Filler) -> None:
    with pytest.raises(NoBlankError):
        explain(filler, request("没有"), 0)
    with pytest.raises(WordError):
        explain(filler, request("甲[MASK]"), 0, ("两 字",))


def test_a_candidate_says_where_else_the_text_says_it(filler: Filler) -> None:
    text = "甲乙丁。庚甲乙。甲[MASK]己，乙丙。"
    candidates = filler.fill(FillRequest(text, find_spans(text), 8)).spans[0].candidates
    said = {one.text: one.evidence for one in candidates if one.evidence}
    assert said["乙"] == (Evidence("甲", "", 2, in_text=True),)
    assert not {"丙", "庚", "辛"} & set(said)
    [word] = explain(filler, request(text), 0, ("乙",)).words
    assert word.evidence == said["乙"]


def test_a_word_of_known_length_is_looked_for_whole(filler: Filler) -> None:
    text = "庚乙丙。戊甲[MASK][MASK]己。"
    [word] = explain(filler, request(text), 0, ("乙丙",)).words
    assert word.evidence == (Evidence("", "", 1, in_text=True),)
