from __future__ import annotations

import random

import pytest

from assistant.engine.confusions import Confusions
from assistant.engine.memory import PhraseMemory
from build_tools.proofread.inject import inject
from tests.engine.memory_samples import TEXTS, write_memory

ALIKE = {"在": ["再"], "小": ["少"], "他": ["的"], "院": ["园"], "里": ["李"], "子": ["里"]}


class Sounds:
    def same(self, character: str) -> list[str]:
        return ALIKE.get(character, [])

    def near(self, character: str) -> list[str]:
        return ["里"] if character == "院" else []


@pytest.fixture(scope="module")
def memory(tmp_path_factory) -> PhraseMemory:
    texts = (*TEXTS, "再见，少了一些，公园，李子。")
    return PhraseMemory.open(write_memory(tmp_path_factory.mktemp("memory"), texts))


@pytest.fixture(scope="module")
def confusions(memory) -> Confusions:
    ids = memory.alphabet.han_ids()
    return Confusions(tuple(ids), ids, Sounds(), {"里": "子"})


@pytest.mark.parametrize("seed", range(20))
def test_only_the_named_places_are_changed_and_can_be_put_right(memory, confusions, seed):
    line = "小猫在院子里，他 OK 在院子里。"
    found = inject(line, memory, confusions, random.Random(seed), 2)
    mended = list(found.text)
    for place, right in zip(found.places, found.right, strict=True):
        assert mended[place] != right
        mended[place] = right
    assert "".join(mended) == line
    assert all(b - a > 1 for a, b in zip(found.places, found.places[1:], strict=False))
    assert len(found.kinds) == len(found.places)


def test_the_same_seed_makes_the_same_errors(memory, confusions):
    lines = [inject("小猫在院子里。", memory, confusions, random.Random(3), 2) for _ in range(2)]
    assert lines[0].places
    assert lines[0] == lines[1]


def test_errors_come_about_as_often_as_asked(memory, confusions):
    rng = random.Random(0)
    found = [inject("小猫在院子里。" * 10, memory, confusions, rng, 8) for _ in range(50)]
    asked = 50 * 60 / 8
    # 猫 resembles nothing, and of a kind that a character does not have there is no error.
    assert 0.4 * asked < sum(len(line.places) for line in found) < asked
