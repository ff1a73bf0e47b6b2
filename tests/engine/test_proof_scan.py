from __future__ import annotations

import numpy as np
import pytest

from assistant.engine.confusions import KINDS, MAX_OPTIONS, Confusions
from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_counts import WINDOWS
from assistant.engine.proof_scan import scan
from assistant.records import MistakeKind
from tests.engine.memory_samples import TEXTS, write_memory


class Sounds:
    """园 sounds like 院, and 她 like 他; nothing else sounds like anything."""

    def same(self, character: str) -> list[str]:
        return {"园": ["院"], "院": ["园"], "他": ["她"]}.get(character, [])

    def near(self, character: str) -> list[str]:
        return {"追": ["睡"]}.get(character, [])


LOOK_ALIKES = {"园": "国院", "里": "果"}


@pytest.fixture(scope="module")
def memory(tmp_path_factory) -> PhraseMemory:
    return PhraseMemory.open(write_memory(tmp_path_factory.mktemp("memory")))


@pytest.fixture(scope="module")
def confusions(memory) -> Confusions:
    ids = memory.alphabet.han_ids()
    return Confusions(tuple(ids), ids, Sounds(), LOOK_ALIKES)


def meant(memory: PhraseMemory, confusions: Confusions, character: str) -> dict[str, MistakeKind]:
    row = memory.alphabet.han_ids()[character]
    return {
        memory.alphabet.character(int(option)): KINDS[kind]
        for option, kind in zip(confusions.options[row], confusions.kinds[row], strict=True)
        if option
    }


def test_what_may_be_meant_is_told_with_its_likest_kind(memory, confusions):
    # 国 is not in the memory's alphabet, so nothing could be said for it.
    assert meant(memory, confusions, "园") == {"院": MistakeKind.SAME_SOUND}
    assert meant(memory, confusions, "追") == {"睡": MistakeKind.SIMILAR_SOUND}
    assert meant(memory, confusions, "里") == {"果": MistakeKind.SIMILAR_SHAPE}


def test_words_that_stand_for_each_other_are_no_mistakes(memory, confusions):
    assert meant(memory, confusions, "他") == {}


def scan_line(memory: PhraseMemory, confusions: Confusions, line: str):
    ids, places = memory.alphabet.encode_with_places(f"\n{line}\n")
    return scan(memory.store, confusions, ids.astype(np.int64), np.arange(len(ids))), places


def brute_counts(line: str, place: int) -> list[int]:
    """Count every window of ``line[place]`` in the texts by hand."""
    shown = f"。{line}。"
    counts: list[int] = []
    for left, right in WINDOWS:
        low, high = place + 1 - left, place + 2 + right
        gram = shown[low:high] if low >= 0 and high <= len(shown) else None
        texts = [f"。{text}。" for text in TEXTS]
        counts.append(
            0
            if gram is None
            else sum(t[i : i + len(gram)] == gram for t in texts for i in range(99))
        )
    return counts


def test_every_window_is_counted_as_by_hand(memory, confusions):
    line = "小狗在院子里睡觉"
    found, _ = scan_line(memory, confusions, line)
    assert len(found.places) == len(line)
    for row, place in enumerate(found.places.tolist()):
        counts = np.expm1(found.logs[row, 0])
        # Stored counts are levels: 4 may be told as 5.
        by_hand = brute_counts(line, place - 1)
        np.testing.assert_allclose(counts, by_hand, rtol=0.3, err_msg=line[place - 1])


def test_the_right_character_has_more_merit_than_the_written_one(memory, confusions):
    found, _ = scan_line(memory, confusions, "小猫在园子里睡觉")
    merit = found.merit(memory.store.unigrams)
    row = found.places.tolist().index(4)
    best = int(merit[row].argmax())
    assert memory.alphabet.character(int(found.options[row, best])) == "院"
    others = [i for i in range(len(merit)) if i != row]
    assert all(merit[i].argmax() == 0 for i in others)


def test_options_that_do_not_exist_are_never_best(memory, confusions):
    found, _ = scan_line(memory, confusions, "龘他们")
    merit = found.merit(memory.store.unigrams)
    assert merit.shape[1] == MAX_OPTIONS + 1
    assert np.isneginf(merit[found.options == 0]).all()
