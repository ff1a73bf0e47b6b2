from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_counts import WINDOWS
from assistant.engine.memory_evidence import around, longest, of_characters
from assistant.engine.personal import PersonalMemories
from tests.engine.memory_samples import TEXTS, sample_alphabet, write_memory


@pytest.fixture(scope="module", params=["packed", "personal"])
def memory(request, tmp_path_factory) -> PhraseMemory:
    folder = tmp_path_factory.mktemp("evidence")
    if request.param == "packed":
        return PhraseMemory.open(write_memory(folder))
    memories = PersonalMemories(folder, sample_alphabet())
    memories.add("甲", TEXTS)
    return memories.open("甲")


@given(text=st.sampled_from(TEXTS), data=st.data(), noise=st.sampled_from(["", "猫", "龘", "\0"]))
def test_what_a_look_up_says_of_characters_is_what_asking_for_each_says(
    memory: PhraseMemory, text: str, data: st.DataObject, noise: str
) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    left, right = "\n" + text[:place] + noise, text[place + 1 :] + "\n"
    seen = memory.view(left, right).seen
    words = {memory.alphabet.character(symbol): [symbol] for symbol in seen.ids.tolist()}
    expected = around(memory.store, memory.pairs(left, right), list(words.values()))
    found = of_characters(seen, words)
    assert found == dict(zip(words, expected, strict=True))


def test_words_and_characters_that_were_not_looked_up_are_left_to_others(
    memory: PhraseMemory,
) -> None:
    seen = memory.view("小猫在", "子里睡").seen
    last = int(seen.ids[-1])
    words = {"院子": [last, last], "院": [last], "后": [last + 1], "前": [int(seen.ids[0]) - 1]}
    assert set(of_characters(seen, words)) == {"院"}


_COUNTED = st.tuples(st.sampled_from(WINDOWS), st.integers(1, 4))


@given(st.lists(_COUNTED, max_size=14, unique_by=lambda counted: counted[0]), st.integers(1, 4))
def test_the_longest_are_those_that_no_kept_one_holds(
    counted: list[tuple[tuple[int, int], int]], limit: int
) -> None:
    """Compared with the texts themselves: what stands left and right of the word."""
    kept: list[tuple[str, str, int]] = []
    for (a, b), count in counted:
        left, right = "甲乙丙丁"[4 - a :], "子丑寅卯"[:b]
        held = (
            other_left.endswith(left) and other_right.startswith(right) and other >= count
            for other_left, other_right, other in kept
        )
        if not any(held):
            kept.append((left, right, count))
    found = longest(counted, limit)
    assert [(len(a), len(b), count) for a, b, count in kept[:limit]] == [
        (a, b, count) for (a, b), count in found
    ]
