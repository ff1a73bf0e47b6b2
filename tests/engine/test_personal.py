from __future__ import annotations

import pytest

from assistant.engine.memory_alphabet import build_alphabet
from assistant.engine.personal import PersonalMemories
from assistant.errors import DamagedMemoryError, FileWriteError, ModelMissingError
from tests.engine.memory_samples import TEXTS, sample_alphabet

NOVEL = "林晚舟把伞收起来。\n林晚舟走进院子里，谁也不在。"


@pytest.fixture
def memories(tmp_path):
    alphabet = build_alphabet(sorted(set(NOVEL + "".join(TEXTS))), {})
    return PersonalMemories(tmp_path / "memories", alphabet)


def test_a_persons_own_name_is_known_with_its_exact_count(memories):
    memories.add("小说", [NOVEL])
    memory = memories.open("小说")
    assert memory.distribution("\n林", "舟走", 1).characters == ("晚",)
    evidence = memory.evidence("\n林", "舟", "晚")[0]
    assert (evidence.left, evidence.right, evidence.count) == ("。林", "舟", 2)
    assert evidence.personal == "小说"
    assert memory.exact


def test_files_are_added_to_what_is_there(memories):
    memories.add("小说", [NOVEL])
    info = memories.add("小说", ["林晚舟笑了。"])
    assert info is not None
    assert (info.documents, info.characters) == (2, len(NOVEL.replace("\n", "")) + 6)
    assert memories.open("小说").evidence("林", "舟", "晚")[0].count == 3


def test_the_same_text_is_not_counted_twice(memories):
    memories.add("小说", [NOVEL])
    assert memories.add("小说", [NOVEL, NOVEL]).documents == 1
    assert memories.open("小说").evidence("林", "舟", "晚")[0].count == 2


def test_memories_are_listed_by_name_and_removed_without_trace(memories, tmp_path):
    for name in ("小说", "课本/三年级", "a"):
        memories.add(name, [NOVEL])
    assert [info.name for info in memories.list()] == ["a", "小说", "课本/三年级"]
    assert memories.remove("小说")
    assert not memories.remove("小说")
    assert [info.name for info in memories.list()] == ["a", "课本/三年级"]
    assert len(list((tmp_path / "memories").iterdir())) == 2
    with pytest.raises(ModelMissingError):
        memories.open("小说")


def test_cancelling_changes_nothing(memories, tmp_path):
    seen = []

    def stop(counted):
        seen.append(counted)
        return False

    assert memories.add("小说", [NOVEL], stop) is None
    assert seen == [len(NOVEL.replace("\n", ""))]
    assert not (tmp_path / "memories").exists()


def test_counting_in_pieces_gives_the_same(memories, monkeypatch):
    memories.add("whole", TEXTS)
    monkeypatch.setattr("assistant.engine.personal.CHUNK_CHARS", 10)
    monkeypatch.setattr("assistant.engine.personal.RUN_SYMBOLS", 20)
    memories.add("pieces", ["\n".join(TEXTS)])
    whole, pieces = memories.open("whole"), memories.open("pieces")
    for left, right in (("小猫在院", "里"), ("他是个", "里藏"), ("\n", "猫")):
        assert whole.distribution(left, right, 9) == pieces.distribution(left, right, 9)


def test_a_damaged_memory_is_left_out_and_not_added_to(memories, tmp_path):
    memories.add("小说", [NOVEL])
    file = next((tmp_path / "memories").iterdir())
    file.write_bytes(file.read_bytes()[:500])
    assert memories.list() == ()
    with pytest.raises(DamagedMemoryError, match="小说"):
        memories.add("小说", TEXTS)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FileWriteError, match="file"):
        PersonalMemories(tmp_path / "file" / "x", sample_alphabet()).add("a", TEXTS)


def test_an_empty_text_is_a_memory_that_knows_nothing(memories):
    memories.add("leer", [""])
    found = memories.open("leer").distribution("林", "舟", 3)
    assert found.unseen == pytest.approx(1)
    assert found.order == 1


def test_a_memory_goes_on_in_its_own_alphabet(memories, tmp_path):
    memories.add("小说", [NOVEL])
    other = build_alphabet(sorted(set(NOVEL), reverse=True)[:9], {})
    assert PersonalMemories(tmp_path / "memories", other).add("小说", ["林晚舟笑了。"])
    evidence = memories.open("小说").evidence("林", "舟", "晚")[0]
    assert (evidence.left, evidence.right, evidence.count) == ("林", "舟", 3)


def test_listing_and_removing_need_no_alphabet(memories, tmp_path):
    memories.add("小说", [NOVEL])
    without = PersonalMemories(tmp_path / "memories")
    assert [info.name for info in without.list()] == ["小说"]
    assert without.remove("小说")
