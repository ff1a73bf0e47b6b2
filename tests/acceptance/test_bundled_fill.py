"""The bundled model on our own sentences: what a person may rely on, whatever the weights."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.engine.explain import explain
from assistant.engine.fill import Filler
from assistant.records import FillRequest, FillResult, Source, Span
from assistant.text.characters import is_han
from assistant.text.masks import find_spans, with_length

SENTENCES = (
    "她是一位非常优秀[MASK]老师。",
    "小猫[MASK]小狗追得满院子跑。",
    "外面的雨停了，孩子们又跑到[MASK]去玩。",
    "这条路我已经走了很[MASK]遍。",
    "他把[MASK]放在桌子上，然后走出了房间。",
)


def fill(filler: Filler, text: str, length: int | None = None, **options: object) -> FillResult:
    spans = with_length(find_spans(text), length)
    return filler.fill(FillRequest(text, spans, **options))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("length", [None, 1, 2, 3, 4])
def test_candidates_are_words_a_person_can_use(
    bundled: Filler, text: str, length: int | None
) -> None:
    candidates = fill(bundled, text, length).spans[0].candidates
    texts = [candidate.text for candidate in candidates]
    assert len(texts) == len(set(texts)) == 5
    assert all(all(map(is_han, word)) for word in texts)
    assert all(len(word) == (length or len(word)) <= 4 for word in texts)
    confidences = [candidate.confidence for candidate in candidates]
    assert confidences == sorted(confidences, reverse=True)
    assert 0 < sum(confidences) <= 1 + 1e-6


def test_the_particle_before_a_noun_is_found(bundled: Filler) -> None:
    best = fill(bundled, SENTENCES[0]).spans[0].candidates[0]
    assert best.text == "的"
    assert best.confidence > 0.5


def test_every_mark_gives_the_same_candidates(bundled: Filler) -> None:
    answers = {
        tuple(c.text for c in fill(bundled, f"她是一位非常优秀{mark}老师。").spans[0].candidates)
        for mark in ("[MASK]", "[mask]", "【MASK】", "____", "（　　）", "□")
    }
    assert len(answers) == 1


def test_a_word_found_has_the_same_confidence_and_rank_when_scored(bundled: Filler) -> None:
    text = SENTENCES[4]
    candidates = fill(bundled, text).spans[0].candidates
    scored = fill(bundled, text, words=tuple(c.text for c in candidates)).spans[0].scored
    for place, (candidate, word) in enumerate(zip(candidates, scored, strict=True), start=1):
        assert word.confidence == pytest.approx(candidate.confidence, rel=0.1)
        assert word.rank == place


def test_a_selected_word_is_judged_in_its_own_place(bundled: Filler) -> None:
    text = "她是一位非常优秀的老师。"
    place = text.index("的")
    own = bundled.fill(FillRequest(text, (Span(place, place + 1),), words=("的",)))
    blank = fill(bundled, SENTENCES[0])
    assert own.spans[0].scored[0].rank == 1
    assert own.spans[0].candidates[0].confidence == pytest.approx(
        blank.spans[0].candidates[0].confidence, rel=1e-3
    )


def test_several_blanks_are_filled_jointly(bundled: Filler) -> None:
    result = fill(bundled, "虽然今天下雨，[MASK]我们[MASK]去了公园。")
    assert len(result.joint) == 5
    assert all(len(joint.fills) == 2 for joint in result.joint)
    best = result.joint[0].confidence
    alone = [{c.text: c.confidence for c in span.candidates} for span in result.spans]
    listed = [j for j in result.joint if all(map(dict.__contains__, alone, j.fills))]
    assert listed
    for joint in listed:  # by the chain rule: not likelier than the one that was filled first
        assert joint.confidence <= max(map(dict.__getitem__, alone, joint.fills))
    assert best > math.prod(span.candidates[4].confidence for span in result.spans)


def test_only_the_neighbourhood_of_a_blank_matters_in_a_long_text(bundled: Filler) -> None:
    far = "远处的山上没有一棵树。" * 2000
    near = "早晨的街道很安静。" + SENTENCES[0] + "学生们都喜欢她。"
    alone = fill(bundled, near).spans[0].candidates
    inside = fill(bundled, far + near + far).spans[0].candidates
    assert inside[0].text == alone[0].text == "的"


def test_the_best_word_is_explained_by_its_context(bundled: Filler) -> None:
    text = SENTENCES[0]
    explanation = explain(bundled, FillRequest(text, find_spans(text)), 0, ("的", "地"))
    votes = {vote.character: vote.effects for vote in explanation.votes}
    assert votes["秀"][0] - votes["秀"][1] > 0


NASTY = st.text(
    st.one_of(
        st.sampled_from("甲乙丙，。！？\n\t \u3000[]()（）_□#*<>&\\/\"'"),
        st.characters(codec="utf-8"),
    ),
    max_size=80,
)


@settings(max_examples=30, deadline=None)
@given(before=NASTY, after=NASTY)
def test_any_text_around_a_blank_is_read(bundled: Filler, before: str, after: str) -> None:
    text = f"{before}[MASK]{after}"
    span = Span(len(before), len(before) + 6, 1)
    result = bundled.fill(FillRequest(text, (span,)))
    assert len(result.spans[0].candidates) == 5


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("床前明月光，疑是地[MASK]霜。", "上"),
        ("人生若只如初见，何事秋风悲[MASK]扇。", "画"),
        ("他说话总是[MASK]里藏刀，表面客气实则讽刺。", "笑"),
        ("春风又[MASK]江南岸。", "绿"),
        ("白日依山尽，黄河入[MASK]流。", "海"),
        ("千万不能掉以轻[MASK]。", "心"),
        ("他是个[MASK]里藏刀的人。", "笑"),
    ],
)
def test_verses_and_idioms_are_known_without_saying_how_long(
    bundled: Filler, text: str, word: str
) -> None:
    candidates = fill(bundled, text).spans[0].candidates
    assert word in [candidate.text for candidate in candidates[:2]]


def test_a_candidate_from_the_memory_says_what_was_seen(bundled: Filler) -> None:
    candidates = fill(bundled, "他说话总是[MASK]里藏刀。").spans[0].candidates
    best = next(candidate for candidate in candidates if candidate.text == "笑")
    assert best.source is Source.MEMORY
    assert "里藏刀" in {evidence.right[:3] for evidence in best.evidence}
    assert all(evidence.count > 0 for evidence in best.evidence)


def test_a_traditional_text_is_looked_up_too(bundled: Filler) -> None:
    assert fill(bundled, "白日依山盡，黃河入[MASK]流。").spans[0].candidates[0].text == "海"
