"""Which Debian packages Qt's libraries come from, and what a person is told about them."""

from __future__ import annotations

import pytest

from build_tools import system_libraries
from build_tools.system_libraries import debian_packages, has_chinese_font, parse_ldd, report

LISTING = """\
\tlinux-vdso.so.1 (0x00007ffc5a5f2000)
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2c1a000000)
"""


def test_only_what_the_linker_misses_is_missing():
    assert parse_ldd(LISTING) == {"libxcb-cursor.so.0", "libEGL.so.1"}


def test_libraries_are_named_by_their_packages_without_repeats():
    packages, unknown = debian_packages(
        {"libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libstrange.so.7"}
    )
    assert packages == ["libegl1", "libglib2.0-0"]
    assert unknown == ["libstrange.so.7"]


def test_the_message_is_a_line_to_paste(capsys):
    assert report(["libegl1", "libgl1"], [], font_missing=True) == 1
    expected = "    sudo apt-get install -y libegl1 libgl1 fonts-noto-cjk"
    assert expected in capsys.readouterr().err.splitlines()


def test_a_missing_font_alone_stops_nothing(capsys):
    assert report([], [], font_missing=True) == 0
    assert "fonts-noto-cjk" in capsys.readouterr().err


def test_a_machine_that_has_everything_is_told_nothing(capsys):
    assert report([], [], font_missing=False) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("opentype/noto/NotoSansCJK-Regular.ttc", True),
        ("truetype/wqy/wqy-zenhei.ttc", True),
        ("adobe/Source-Han-Sans.otf", True),
        ("truetype/dejavu/DejaVuSans.ttf", False),
    ],
)
def test_a_chinese_font_is_known_by_its_file(tmp_path, monkeypatch, file, found):
    font = tmp_path / file
    font.parent.mkdir(parents=True)
    font.touch()
    monkeypatch.setattr(system_libraries, "FONT_FOLDERS", (str(tmp_path),))
    assert has_chinese_font() is found
