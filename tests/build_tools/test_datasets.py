"""Development sets are read as their files mean them."""

from __future__ import annotations

import json
import lzma

import pytest

from build_tools.datasets import (
    Item,
    acceptance,
    ccpm,
    cft_characters,
    cft_cloze,
    cft_marked,
    cft_words,
    chid,
    cloze_words,
    cmrc_cloze,
)

STORY = (
    "1 ||| 清早 ， 外婆 提着 竹篮 去 河边 洗菜 ， 我 蹦蹦跳跳 地 跟 在 她 身后 。\n"
    "2 ||| 短句 。\n"
    "3 ||| 外婆 的 手里 提着 XXXXX 。 ||| 竹篮\n"
    "1 ||| 弟弟 把 做好 的 风筝 举过 头顶 ， 迎着 风 一路 跑到 了 操场 那头 。\n"
    "2 ||| 谁 做了 XXXXX ？ ||| 小弟弟们都\n"
)
DOCUMENT = (
    "1 ||| 小船 靠岸 了 。\n"
    "2 ||| XXXXX 跳下 船 ， 把 绳子 系好 。\n"
    "<qid_0> ||| XXXXX 跳下 船 ， 把 绳子 系好 。\n"
)


def write_xz(path, text):
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.write(text)
    return path


@pytest.fixture
def cft(tmp_path):
    return write_xz(tmp_path / "cft.test.auto.xz", STORY)


def test_adjacent_masks_of_the_acceptance_list_are_one_blank(tmp_path):
    path = tmp_path / "list.tsv"
    path.write_text("他[MASK]来了\t刚|又\n实现了[MASK][MASK]。\t梦想|心愿\n", encoding="utf-8")

    items = acceptance(path)

    assert items == [
        Item("他", "来了", ("刚", "又")),
        Item("实现了", "。", ("梦想", "心愿")),
    ]
    assert [item.length for item in items] == [1, 2]


def test_marked_blanks_are_words_and_for_each_two_of_them_a_character(tmp_path):
    story = "".join(
        f"{i} ||| 清早 ， 外婆 提着 竹篮 去 河边 洗菜 ， 我 跟 在 她 身后 {c} 。\n"
        for i, c in enumerate("甲乙丙丁戊己", 1)
    )
    path = write_xz(tmp_path / "many.xz", story)

    some, everything = cft_marked(path, limit=6), cft_marked(path)

    assert [len(cft_words(path)), len(everything)] == [6, 9]
    assert some[:4] == cft_words(path, 0, 4)
    assert some[4:] == cft_characters(path, 1, 2)
    assert all(item.length == 1 for item in everything[6:])


def test_one_character_is_hidden_in_each_story_sentence_of_fitting_length(cft):
    items = cft_characters(cft, seed=0)

    assert len(items) == 2
    assert items[0].left + items[0].answers[0] + items[0].right == (
        "清早，外婆提着竹篮去河边洗菜，我蹦蹦跳跳地跟在她身后。"
    )
    assert all(len(item.answers[0]) == 1 and item.answers[0] not in "，。" for item in items)


def test_seed_decides_what_is_hidden_and_the_limit_how_many(cft):
    assert cft_characters(cft, seed=3) == cft_characters(cft, seed=3)
    assert len({tuple(cft_characters(cft, seed=seed)) for seed in range(9)}) > 1
    assert len(cft_characters(cft, seed=0, limit=1)) == 1


def test_hidden_words_are_whole_words(cft):
    words = {item.answers[0] for seed in range(40) for item in cft_words(cft, seed=seed)}

    assert {"外婆", "竹篮", "风筝"} <= words
    assert not {"婆", "篮", "筝"} & words


def test_questions_carry_the_end_of_their_own_story(cft):
    first, second = cft_cloze(cft, context_chars=16)

    assert first == Item("在她身后。短句。外婆的手里提着", "。", ("竹篮",))
    assert len(first.left + first.right) <= 16
    assert "外婆" not in second.left


def test_blank_of_a_document_is_filled_in_place(tmp_path):
    queries = write_xz(tmp_path / "doc.xz", DOCUMENT)
    answers = write_xz(tmp_path / "answer.xz", "<qid_0> ||| 船夫\n")

    assert cmrc_cloze(queries, answers) == [Item("小船靠岸了。", "跳下船，把绳子系好。", ("船夫",))]


def test_cloze_words_leave_out_what_is_no_word_of_four_characters(tmp_path, cft):
    write_xz(tmp_path / "cmrc2017.cloze.valid.doc_query.xz", DOCUMENT)
    write_xz(tmp_path / "cmrc2017.cloze.valid.answer.xz", "<qid_0> ||| 船夫\n")

    assert {item.answers[0] for item in cloze_words(tmp_path)} == {"竹篮", "船夫"}


def test_choices_are_read_with_the_right_one(tmp_path):
    row = {"content": "他#idiom#，走了。", "candidates": ["依依不舍", "一心一意"], "answer": 0}
    poem = {"translation": "月光照着窗。", "choices": ["月照窗", "日出山"], "answer": 0}

    (idiom,) = chid(write_xz(tmp_path / "chid.xz", json.dumps(row)))
    (line,) = ccpm(write_xz(tmp_path / "ccpm.xz", json.dumps(poem)))

    assert (idiom.left, idiom.right, idiom.choices[idiom.answer]) == ("他", "，走了。", "依依不舍")
    assert (line.left, line.choices[line.answer]) == ("月光照着窗。", "月照窗")
