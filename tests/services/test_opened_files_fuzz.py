"""Random damage to what a person may open or leave in the folders: read, or refused in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.cloze.answers_file import StudentAnswers, read_answers, save_answers
from assistant.cloze.project_file import dumps, load
from assistant.errors import BubaiError
from assistant.services.ignored_words import IgnoredWords
from assistant.services.journal_files import JournalFiles
from assistant.services.label_set_file import LabelSet, write_label_set
from assistant.services.label_sets import read_label_set
from assistant.services.settings import SettingsStore
from tests.cloze.samples import FULL
from tests.fuzzing import fuzzed, json_values

LONG_NUMBER = "7" * 5_000
"""More digits than Python reads as a whole number."""
_values = json_values([10**400, -1, "", "\ud800", "open", "gap", "1.0"])
_bytes = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([b"", b"[" * 100_000, b'{"version": ' + LONG_NUMBER.encode() + b"}"]),
)


def changed(record: object, data: st.DataObject) -> object:
    """Return ``record`` with one value somewhere inside put in place of another."""
    if isinstance(record, dict) and record and data.draw(st.integers(0, 3)):
        key = data.draw(st.sampled_from(sorted(record)))
        return record | {key: changed(record[key], data)}
    if isinstance(record, list) and record and data.draw(st.integers(0, 3)):
        place = data.draw(st.integers(0, len(record) - 1))
        return [*record[:place], changed(record[place], data), *record[place + 1 :]]
    return data.draw(_values)


def put(path: Path, record: object) -> Path:
    path.write_bytes(json.dumps(record).encode("utf-8", "surrogatepass"))
    return path


@fuzzed
@given(data=st.data())
def test_a_changed_exercise(tmp_path: Path, data: st.DataObject) -> None:
    record = changed(json.loads(dumps(FULL)), data)
    with suppress(BubaiError):
        assert load(put(tmp_path / "练习.bubai", record)).uid


@pytest.mark.parametrize("read", [load, read_label_set])
@fuzzed
@given(content=_bytes)
def test_any_bytes_as_an_exercise_or_a_label_set(
    tmp_path: Path, read: Callable[[Path], object], content: bytes
) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(BubaiError):
        read(path)


@fuzzed
@given(data=st.data())
def test_changed_answers(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "答卷.json"
    save_answers(StudentAnswers(FULL.uid, "小明", "", {FULL.gaps[0].uid: "春"}), path)
    with suppress(BubaiError):
        assert read_answers(put(path, changed(json.loads(path.read_bytes()), data)), FULL)


@fuzzed
@given(content=_bytes | st.text("姓名,123\t\n\"' 卷version", max_size=80).map(str.encode))
@example(f"姓名,{LONG_NUMBER}\n小明,春".encode())
@example(b'name,1\n"' + b"x" * 200_000 + b'",2')
@example(b'{"format": ' + LONG_NUMBER.encode() + b"}")
def test_any_bytes_as_answers(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "答卷.csv"
    path.write_bytes(content)
    with suppress(BubaiError):
        assert isinstance(read_answers(path, FULL), list)


@fuzzed
@given(data=st.data())
def test_a_changed_label_set(tmp_path: Path, data: st.DataObject) -> None:
    record = json.loads(write_label_set(LabelSet("文体", ("新闻", "散文"))))
    with suppress(BubaiError):
        assert read_label_set(put(tmp_path / "x.json", changed(record, data))).labels


@fuzzed
@given(content=_bytes | _values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_in_the_persons_folder_keep_nobody_from_starting(
    tmp_path: Path, content: bytes
) -> None:
    """Settings, ignored words and a journal, as a broken disk may leave them."""
    for name in ("settings.json", "ignored_words.json", "journal/1/document.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert SettingsStore(tmp_path).current.font_size >= 8
    assert isinstance(IgnoredWords(tmp_path / "ignored_words.json").all(), tuple)
    assert JournalFiles(tmp_path / "journal").recoverable() == ()
