from __future__ import annotations

import random

import pytest

from assistant.cloze.bank import choose_extras, make_bank
from assistant.cloze.distractors import choose_distractors, joins_neighbours
from assistant.cloze.exercise import Alternative, Answer, Cause, Distractor, DistractorKind, Gap
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.places import Place
from assistant.cloze.proposals import Proposal, Proposer, Step
from assistant.cloze.scorer import GapView
from assistant.cloze.sounds import Sounds, blurred, syllables
from assistant.cloze.tokens import is_listed
from assistant.errors import LexiconError
from assistant.records import Candidate

SOUND, SHAPE, MEANING = DistractorKind.SOUND, DistractorKind.SHAPE, DistractorKind.MEANING


@pytest.fixture(scope="module")
def sounds(lexicon: Lexicon) -> Sounds:
    return Sounds(lexicon.characters)


def test_the_bundled_lists_are_what_they_should_be(lexicon: Lexicon) -> None:
    assert len(lexicon.characters) == 3800
    assert {"的", "一", "是"} <= set(lexicon.characters[:100])
    assert {"一心一意", "画蛇添足"} <= lexicon.idioms
    assert all(len(idiom) == 4 for idiom in lexicon.idioms)
    assert set(lexicon.look_alikes["未"][:2]) == {"末", "朱"}
    assert lexicon.look_alikes["鸟"].startswith("乌")


def test_a_missing_list_is_named(tmp_path) -> None:  # pyright: ignore
    with pytest.raises(LexiconError, match=r"idioms\.txt\.xz"):
        _ = Lexicon(tmp_path).idioms
    (tmp_path / "glyphs.txt.xz").write_bytes(b"not xz")
    with pytest.raises(LexiconError, match=r"glyphs\.txt\.xz"):
        _ = Lexicon(tmp_path).characters


def test_sounds(sounds: Sounds) -> None:
    assert "做" in sounds.same("坐")
    assert "坐" not in sounds.same("坐")
    assert "兰" in sounds.near("南")
    assert syllables("，") == ()
    assert blurred("zhang") == blurred("zan")


def test_no_list_has_characters_that_were_read_in_a_wrong_encoding(lexicon: Lexicon) -> None:
    # 銆 is two thirds of a full stop, 锛 of a comma; 岀 and 佷 looked like 出 and 很.
    listed = {*lexicon.characters, *"".join(lexicon.look_alikes.values()), *"".join(lexicon.words)}
    assert not listed & set("銆鏄鐨紝锛涓岀佷")
    assert "".join(lexicon.characters).encode("gb2312")
    assert not {"周恩来", "神农架"} & set(lexicon.words)


def test_words_that_sound_alike_are_real_words(sounds: Sounds) -> None:
    found = list(sounds.words("公式"))
    assert {"公事", "攻势"} <= set(found)
    assert "公式" not in found


def view(**words: float) -> GapView:
    return GapView(tuple(Candidate(word, p) for word, p in words.items()), {})


def test_proposals_have_kinds_and_reasons(lexicon: Lexicon, sounds: Sounds) -> None:
    # Ranks 1 to 4 may well be right; those are fallbacks.
    listed = view(走=0.3, 来=0.2, 看=0.1, 坐=0.09, 听=0.05, 美=0.04)
    found = {p.text: p for p in Proposer(lexicon, sounds).propose("跑", listed, ("唱", "唱歌"))}
    assert "跑" not in found
    assert found["饱"].distractor == Distractor("饱", SHAPE, cause=Cause.SHAPE, clues=("饱", "跑"))
    assert found["抛"].distractor.kind is SOUND
    assert found["听"].distractor.kind is MEANING
    assert found["听"].distractor.clues == ("5",)
    assert found["听"].step is Step.PROPER
    assert found["走"].step is Step.ELSEWHERE
    assert found["唱"].step is Step.ELSEWHERE
    assert found["美"].step is Step.OTHER_PART
    assert "唱歌" not in found


def test_an_idiom_is_misspelt(lexicon: Lexicon, sounds: Sounds) -> None:
    found = Proposer(lexicon, sounds).propose("画蛇添足", None, ())
    assert any(p.step is Step.PROPER and p.is_slip for p in found)
    assert any(p.distractor.cause is Cause.IDIOM and p.text in lexicon.idioms for p in found)
    assert all(len(p.text) == 4 for p in found)


@pytest.mark.parametrize("word", ["门口", "妈妈", "有时候"])
def test_options_of_a_word_are_words(word: str, lexicon: Lexicon, sounds: Sounds) -> None:
    listed = view(**{word: 0.3, "们口": 0.2, "我觉得": 0.1, "学校": 0.05, "现在": 0.01})
    proposer = Proposer(lexicon, sounds)
    others = ("街上", "来我", "这时候")
    found = proposer.propose(word, listed, others)
    found += proposer.propose_more(word, listed, frozenset(), others)
    assert [p.text for p in found if not is_listed(p.text)] == []
    assert len(found) > 16


def test_answers_of_other_gaps_come_last_if_of_another_part_of_speech(
    lexicon: Lexicon, sounds: Sounds
) -> None:
    proposer, others = Proposer(lexicon, sounds), ("考上", "担心", "仔细", "认真")
    found = {p.text: p.step for p in proposer.propose("仔细", None, others)}
    assert found["认真"] is Step.ELSEWHERE
    assert not {"考上", "担心"} & set(found)
    more = {p.text: p.step for p in proposer.propose_more("仔细", None, frozenset(), others)}
    assert more["考上"] is more["担心"] is Step.COMMON_ANY
    assert not {"认真", "仔细"} & set(more)


def test_only_a_phrase_is_misspelt_and_last(lexicon: Lexicon, sounds: Sounds) -> None:
    proposer = Proposer(lexicon, sounds)
    assert not any(p.is_slip for p in proposer.propose("走进公园", None, ()))
    more = proposer.propose_more("走进公园", None, frozenset(), ())
    assert [p.step for p in more if p.is_slip] == [Step.SLIP] * 5


TEXT = "他把钱存进了银行。"
PLACE = Place(3, 4)


def proposal(word: str, kind: DistractorKind = MEANING, step: Step = Step.PROPER) -> Proposal:
    return Proposal(Distractor(word, kind), step)


def choose(proposals: list[Proposal], judged: GapView | None, count: int = 3) -> list[str]:
    views = [] if judged is None else [judged]
    return [d.text for d in choose_distractors(TEXT, PLACE, proposals, views, {"存", "搁"}, count)]


def test_what_is_also_right_is_vetoed() -> None:
    judged = view(存=0.5, 放=0.4, 搁=0.01, 吃=0.01)
    words = [proposal("放"), proposal("搁"), proposal("吃"), proposal("存")]
    assert choose(words, judged) == ["吃"]


def test_the_kinds_are_mixed_and_the_likelier_come_first() -> None:
    judged = view(存=0.9, 借=0.02, 吃=0.01, 村=0.001, 纯=0.002, 在=0.003)
    words = [
        proposal("吃"),
        proposal("借"),
        proposal("村", SOUND),
        proposal("纯", SOUND),
        proposal("在", SHAPE),
    ]
    assert choose(words, judged) == ["纯", "在", "借"]
    assert choose(words, judged, 5) == ["纯", "在", "借", "村", "吃"]


def test_later_steps_come_last_real_words_first() -> None:
    words = [
        proposal("甲", SOUND, Step.SLIP),
        proposal("丙", MEANING, Step.COMMON),
        proposal("乙", MEANING, Step.ELSEWHERE),
        proposal("借"),
    ]
    assert choose(words, None, 4) == ["借", "乙", "丙", "甲"]


def test_a_word_that_is_right_in_any_view_is_vetoed() -> None:
    narrow, wide = view(存=0.5, 借=0.01), view(存=0.1, 借=0.01, 全部放=0.2)
    words = [proposal("全部放", step=Step.OTHER_LENGTH), proposal("借")]
    chosen = choose_distractors(TEXT, PLACE, words, [narrow, wide], {"存"}, 3)
    assert [distractor.text for distractor in chosen] == ["借"]


def test_more_proposals_are_of_other_lengths_and_common_words(
    lexicon: Lexicon, sounds: Sounds
) -> None:
    listed = view(公园=0.2, 学校里=0.1, 山=0.05, 跑步=0.02)
    found = Proposer(lexicon, sounds).propose_more("公园", listed, frozenset({"公司"}), ())
    by_step = {step: [p.text for p in found if p.step is step] for step in Step}
    assert by_step[Step.OTHER_LENGTH] == ["山"]
    assert len(by_step[Step.COMMON]) == len(by_step[Step.COMMON_ANY]) == 16
    assert all(len(word) == 2 for word in by_step[Step.COMMON])
    assert {lexicon.words[word] for word in by_step[Step.COMMON]} == {"n"}
    assert "公司" not in by_step[Step.COMMON]


def test_what_makes_a_word_with_its_neighbours_is_vetoed() -> None:
    text = "树上有一只飞鸟。"
    gap = Place(text.index("飞"), text.index("飞") + 1)
    assert joins_neighbours(text, gap, "小")
    assert not joins_neighbours(text, gap, "吃")
    assert choose_distractors(text, gap, [proposal("小"), proposal("吃")], [], (), 3) == (
        Distractor("吃", MEANING),
    )


GAPS = (
    Gap("a", (Answer("存"),), alternatives=(Alternative("放", 0.3),)),
    Gap("b", (Answer("银行"),)),
)


def test_extra_words_fit_nowhere() -> None:
    views = [view(存=0.5, 借=0.01, 口袋=0.0), view(银行=0.5, 借=0.3, 口袋=0.01, 河=0.01)]
    rows = {"a": ["放", "借", "银行", "河"], "b": ["口袋", "借"]}
    assert choose_extras(GAPS, rows, views, 2) == ("口袋", "河")
    assert choose_extras(GAPS, rows, views, 5) == ("口袋", "河")
    assert choose_extras(GAPS, rows, [], 2) == ("借", "口袋")


def test_the_bank_is_shuffled_by_the_seed() -> None:
    banks = [make_bank(GAPS, ("河", "海"), random.Random(seed)) for seed in (1, 1, 2, 3, 4)]
    assert banks[0] == banks[1]
    assert len({tuple(w.text for w in bank) for bank in banks}) > 1
    assert {(w.text, w.gap) for w in banks[0]} == {
        ("存", "a"),
        ("银行", "b"),
        ("河", None),
        ("海", None),
    }
