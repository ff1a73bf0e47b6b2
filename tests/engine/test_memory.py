from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_file import read_sections, write_sections
from assistant.errors import ModelFormatError
from tests.engine.memory_samples import TEXTS, write_memory


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    return PhraseMemory.open(write_memory(tmp_path_factory.mktemp("memory")), verify=True)


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        ("\n小猫在院子里追", "蝶，", "蝴"),
        ("他是个", "里藏刀", "笑"),
        ("小貓在院", "裡追", "子"),
        ("奶奶在厨房", "包饺子", "里"),
        ("我用Java写了", "\0", "0"),
    ],
)
def test_what_stood_between_the_neighbours_comes_first(memory, left, right, answer):
    found = memory.distribution(left, right, 3)
    if answer == "0":  # only Chinese characters fill blanks
        assert "0" not in found.characters
    else:
        assert found.characters[0] == answer


def test_a_blank_beside_another_blank_uses_the_other_side(memory):
    found = memory.distribution("小猫在院", "\0里", 2)
    assert found.characters[0] == "子"
    assert memory.distribution("\0在", "子里追", 1).characters == ("院",)


def test_the_longest_match_is_reported(memory):
    found = memory.distribution("笑里", "刀的", 1)
    assert (found.characters, found.order, found.count, found.kinds) == (("藏",), 5, 1.0, 1)


@pytest.mark.parametrize(
    ("left", "right"), [("\n小猫", "院子"), ("\0", "\0"), ("龘", "龘"), ("\n", "\n"), ("", "")]
)
def test_probabilities_sum_to_one(memory, left, right):
    found = memory.distribution(left, right, 10_000)
    assert sum(found.probabilities) + found.unseen == pytest.approx(1, abs=1e-4)
    assert 0 <= found.unseen <= 1
    assert found.entropy >= 0


def test_a_vocabulary_gets_the_same_probabilities(memory):
    characters = ["[MASK]", "蝴", "蝶", "貓", "，", "##子"]
    mapped = memory.map_characters(characters)
    vector = memory.vector("小猫在院子里追", "蝶，", mapped)
    best = memory.distribution("小猫在院子里追", "蝶，", 1)
    assert vector[1] == pytest.approx(best.probabilities[0])
    assert vector[0] == vector[3] == vector[4] == vector[5] == 0
    whole = memory.vector("小猫", "院子", np.arange(memory.alphabet.size))
    assert whole.sum() == pytest.approx(1, abs=1e-4)


def test_evidence_names_the_longest_contexts_and_their_counts(memory):
    found = memory.evidence("小猫在", "子里睡", "院")
    assert [(item.left, item.right, item.count, item.personal) for item in found] == [
        ("在", "子里睡", 1, None),
        ("猫在", "子里", 2, None),
        ("小猫在", "子", 2, None),
    ]


def test_evidence_of_a_word_holds_the_whole_word(memory):
    found = memory.evidence("在", "里追", "院子")
    assert (found[0].left, found[0].right, found[0].count) == ("在", "里追", 1)
    assert all(len(item.left + item.right) >= 1 for item in found)


@pytest.mark.parametrize("word", ["", "龘", "x", "，", "一二三四五"])
def test_what_cannot_be_counted_has_no_evidence(memory, word):
    assert memory.evidence("在", "里", word) == ()


def test_every_counted_character_is_evidence_for_itself(memory):
    text = TEXTS[5]
    for place in range(1, len(text) - 1):
        if "\u4e00" <= text[place] <= "\u9fff":
            assert memory.evidence("\n" + text[:place], text[place + 1 :] + "\n", text[place])


def test_a_memory_of_another_shape_is_refused(tmp_path):
    path = write_memory(tmp_path)
    sections = dict(read_sections(path))
    meta = json.loads(bytes(sections["meta"]))
    for damage in (
        {**sections, "meta": np.frombuffer(b"{", dtype=np.uint8)},
        {**sections, "order4": sections["order4"][:10]},
        {name: part for name, part in sections.items() if name != "after.steps"},
        {
            **sections,
            "meta": np.frombuffer(json.dumps({**meta, "alphabet": 9}).encode(), dtype=np.uint8),
        },
    ):
        other = tmp_path / "other.bin"
        write_sections(other, damage)
        with pytest.raises(ModelFormatError):
            PhraseMemory.open(other)


def test_blanks_looked_up_ahead_are_those_looked_up_one_by_one(tmp_path):
    path = write_memory(tmp_path)
    sides = [(text[:place], text[place + 1 :]) for text in TEXTS for place in (0, 3, len(text) - 1)]
    alone, ahead = PhraseMemory.open(path), PhraseMemory.open(path)
    ahead.look_ahead(sides)
    for left, right in sides:
        expected, found = alone.view(left, right), ahead.view(left, right)
        assert found.seen.ids.tolist() == expected.seen.ids.tolist()
        assert found.probabilities.tolist() == expected.probabilities.tolist()
        assert found.unseen == expected.unseen


def test_evidence_of_several_words_is_that_of_each(memory):
    words = ["院", "院子", "院子里", "猫", "x", "", "院"]
    for left, right in (("小猫在", "子里睡"), ("在", "里追"), ("\0", "里"), ("在", "\0")):
        together = memory.evidence_of(left, right, words)
        assert together == [memory.evidence(left, right, word) for word in words]
    assert memory.evidence_of("小猫在", "子里睡", words)[0]
