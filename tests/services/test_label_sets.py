from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import FileMissingError, InputError
from assistant.paths import find_paths
from assistant.services.label_set_errors import (
    LabelSetError,
    LabelSetKeptError,
    LabelSetMissingError,
    LabelSetNameError,
)
from assistant.services.label_sets import LabelSet, LabelSets

BUNDLED = find_paths().resources / "label_sets"
OWN = LabelSet("我的", ("山", "水"), "关于{}。", True, "Mine", ("mountain", ""))


@pytest.fixture
def sets(tmp_path: Path) -> LabelSets:
    return LabelSets(BUNDLED, tmp_path / "own")


def names(sets: LabelSets) -> list[str]:
    return [labels.name for labels in sets.all()]


def test_three_sets_come_along_in_two_languages(sets: LabelSets):
    bundled = sets.all()
    assert len(bundled) == 3
    assert all(labels.is_bundled for labels in bundled)
    for labels in bundled:
        assert labels.title("zh") == labels.name
        assert labels.title("en").isascii()
        assert all(labels.gloss(label).isascii() for label in labels.labels)
        assert all(labels.gloss(label) for label in labels.labels)


def test_a_saved_set_is_there_as_it_was(sets: LabelSets):
    sets.save(OWN)
    assert sets.get("我的") == OWN
    assert sets.get("Mine") == OWN
    assert OWN.gloss("山") == "mountain"
    assert OWN.gloss("火") == ""


def test_saving_again_replaces(sets: LabelSets):
    sets.save(OWN)
    sets.save(LabelSet("我的", ("火",)))
    assert sets.get("我的").labels == ("火",)
    assert names(sets).count("我的") == 1


def test_labels_are_tidied_with_their_meanings(sets: LabelSets):
    sets.save(LabelSet("新", ("水", "山", "水", "火"), labels_en=("w", "m", "w", "f")))
    assert sets.get("新").labels == ("水", "山", "火")
    assert sets.get("新").labels_en == ("w", "m", "f")


@pytest.mark.parametrize(
    "labels",
    [
        LabelSet("", ("山",)),
        LabelSet("  ", ("山",)),
        LabelSet("长" * 41, ("山",)),
        LabelSet("换\n行", ("山",)),
        LabelSet("写作语气", ("山",)),
        LabelSet("空", ()),
        LabelSet("空", (" ",)),
        LabelSet("模板", ("山",), "没有"),
    ],
)
def test_what_cannot_be_saved_is_refused(sets: LabelSets, labels: LabelSet):
    before = sets.all()
    with pytest.raises(InputError):
        sets.save(labels)
    assert sets.all() == before


@pytest.mark.parametrize("name", ["a/b\\c:d", "..", "CON", "𠮷", "a.json", "名 字"])
def test_any_name_makes_a_file(sets: LabelSets, name: str, tmp_path: Path):
    sets.save(LabelSet(name, ("山",)))
    assert sets.get(name).labels == ("山",)
    assert all(path.parent == tmp_path / "own" for path in (tmp_path / "own").rglob("*.json"))
    sets.delete(name)
    assert name not in names(sets)


def test_a_renamed_set_is_there_once(sets: LabelSets):
    sets.save(OWN)
    sets.save(LabelSet("别的", ("火",)))
    sets.rename("我的", "他的")
    assert sets.get("他的").labels == OWN.labels
    assert "我的" not in names(sets)
    with pytest.raises(LabelSetNameError):
        sets.rename("他的", "别的")
    sets.rename("他的", "他的")
    assert names(sets).count("他的") == 1


def test_bundled_sets_stay(sets: LabelSets):
    for change in (lambda: sets.rename("写作语气", "语气"), lambda: sets.delete("写作语气")):
        with pytest.raises(LabelSetKeptError):
            change()
    with pytest.raises(LabelSetMissingError):
        sets.delete("没有")


def test_a_set_travels_through_a_file(sets: LabelSets, tmp_path: Path):
    sets.save(OWN)
    file = tmp_path / "out" / "集.json"
    sets.export(sets.get("我的"), file)
    other = LabelSets(BUNDLED, tmp_path / "other")
    assert other.import_file(file) == OWN
    assert other.get("我的") == OWN


def test_an_imported_set_never_replaces_one(sets: LabelSets, tmp_path: Path):
    file = tmp_path / "tone.json"
    sets.export(sets.get("写作语气"), file)
    assert [sets.import_file(file).name for _ in range(3)] == [
        "写作语气 2", "写作语气 3", "写作语气 4",
    ]  # fmt: skip
    assert len(names(sets)) == 6


GOOD = {"format": "bubai-label-set", "version": 1, "name": "新", "labels": ["山", "水"]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "other"}, "标记"),
        ({"version": 2}, "更新版本"),
        ({"name": ""}, "name"),
        ({"name": 7}, "name"),
        ({"labels": []}, "labels"),
        ({"labels": "山水"}, "labels"),
        ({"labels": [1]}, "labels"),
        ({"labels": [{"en": "x"}]}, "labels"),
        ({"labels": ["山" * 41]}, "labels"),
        ({"labels": [str(i) for i in range(201)]}, "labels"),
        ({"template": "没有"}, "template"),
        ({"template": 3}, "template"),
    ],
)
def test_a_file_says_what_is_wrong_with_it(sets: LabelSets, tmp_path: Path, change, told: str):
    file = tmp_path / "f.json"
    file.write_text(json.dumps(GOOD | change), encoding="utf-8")
    with pytest.raises(LabelSetError) as caught:
        sets.import_file(file)
    assert told in caught.value.message("zh")
    assert "f.json" in caught.value.message("en")
    assert len(names(sets)) == 3


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_refused(sets: LabelSets, tmp_path: Path, data: bytes):
    file = tmp_path / "f.json"
    file.write_bytes(data)
    with pytest.raises(LabelSetError):
        sets.import_file(file)


def test_little_is_needed(sets: LabelSets, tmp_path: Path):
    file = tmp_path / "f.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    labels = sets.import_file(file)
    assert (labels.labels, labels.multi, labels.labels_en) == (("山", "水"), False, ())
    assert labels.template.count("{}") == 1


def test_a_file_that_is_gone_is_said(sets: LabelSets, tmp_path: Path):
    with pytest.raises(FileMissingError):
        sets.import_file(tmp_path / "none.json")


def test_a_damaged_own_file_is_left_alone(sets: LabelSets, tmp_path: Path):
    sets.save(OWN)
    broken = tmp_path / "own" / "broken.json"
    broken.write_text("{", encoding="utf-8")
    assert "我的" in names(sets)
    assert broken.exists()
