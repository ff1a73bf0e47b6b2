from __future__ import annotations

import numpy as np
import pytest

from assistant.engine.memory_file import read_sections, write_sections
from assistant.errors import ModelFormatError, ModelMissingError

SECTIONS = {
    "numbers": np.arange(1000, dtype=np.uint32),
    "empty": np.empty(0, dtype=np.uint64),
    "halves": np.linspace(0, 1, 7, dtype=np.float32),
}


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "sections.bin"
    write_sections(target, SECTIONS)
    return target


def test_sections_come_back_as_they_were(path):
    found = read_sections(path, verify=True)
    assert list(found) == list(SECTIONS)
    for name, array in SECTIONS.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_the_same_sections_give_the_same_bytes(path, tmp_path):
    again = tmp_path / "again.bin"
    write_sections(again, SECTIONS)
    assert again.read_bytes() == path.read_bytes()


def test_nothing_is_left_beside_the_file(path):
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("size", [0, 5, 31, 40, 200, 600, -1])
def test_a_truncated_file_is_refused(path, size):
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ModelFormatError):
        read_sections(path)


@pytest.mark.parametrize("place", [0, 8, 12, 16, 24, 32, 60, 70, 150])
def test_a_changed_header_is_refused(path, place):
    data = bytearray(path.read_bytes())
    data[place] ^= 0x40
    path.write_bytes(data)
    with pytest.raises(ModelFormatError):
        read_sections(path)


def test_a_changed_section_is_refused_when_verified(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelFormatError):
        read_sections(path, verify=True)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelMissingError, match=r"nothing\.bin"):
        read_sections(tmp_path / "nothing.bin")
