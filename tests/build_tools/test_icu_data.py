"""ICU's data without what Qt never asks for: Qt sorts, reads and writes Chinese as before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from build_tools.icu_data import USED_BY_QT, IcuError, is_used, items, packed, shrink

LIBRARIES = Path(PySide6.__path__[0]) / "Qt" / "lib"
ASK_QT = """
from PySide6.QtCore import QCollator, QLocale, QStringDecoder, QTimeZone
print([line.split()[-1] for line in open("/proc/self/maps") if "libicudata" in line][0])
words = "重庆 安徽 北京 一 Zebra apple 10".split()
for name in ("zh_CN", "zh_TW", "en_GB", "de_DE"):
    locale = QLocale(name)
    print(sorted(words, key=QCollator(locale).sortKey), locale.toUpper("straße"))
for name in ("GB18030", "GBK", "Big5", "windows-1252", "UTF-16", "ISO-8859-1"):
    print(name, QStringDecoder(name).isValid())
zone = QTimeZone(b"Asia/Shanghai")
for name in ("zh_CN", "en_GB"):
    print(zone.displayName(QTimeZone.TimeType.StandardTime, QTimeZone.NameType.LongName,
                           QLocale(name)))
"""

HEADER = bytes((32, 0)) + b"\xda\x27" + bytes(8) + b"CmnD" + bytes(16)

linux = pytest.mark.skipif(
    not list(LIBRARIES.glob("libicudata.so.*")) or shutil.which("ld") is None,
    reason="needs Qt's own ICU and binutils",
)


@pytest.mark.parametrize(
    ("item", "used"),
    [
        ("icudt73l/coll/zh.res", True),
        ("icudt73l/coll/root.res", True),
        ("icudt73l/coll/ucadata.icu", True),
        ("icudt73l/coll/res_index.res", True),
        ("icudt73l/zone/zh_Hant_TW.res", True),
        ("icudt73l/pool.res", True),
        ("icudt73l/gb18030.cnv", True),
        ("icudt73l/coll/ko.res", False),
        ("icudt73l/de_AT.res", False),
        ("icudt73l/brkitr/cjdict.dict", False),
        ("icudt73l/curr/zh.res", False),
        ("icudt73l/euc-tw-2014.cnv", False),
    ],
)
def test_what_qt_may_ask_for_is_kept(item, used):
    assert is_used(item) is used


def test_items_are_packed_as_they_were():
    kept = {"icudt1l/b.res": b"b" * 20, "icudt1l/a.res": b"a", "icudt1l/A.res": b"A" * 16}
    data = packed(HEADER + bytes(4), kept)
    assert {name: content.rstrip(b"\0") for name, content in items(data).items()} == kept
    assert list(items(data)) == sorted(kept)


def test_other_data_is_refused():
    with pytest.raises(IcuError):
        items(b"\0" * 64)


@linux
def test_qt_takes_nothing_else_from_icu():
    taken: set[str] = set()
    for library in LIBRARIES.glob("libQt6*.so.6"):
        listing = subprocess.run(
            ["objdump", "-T", library], capture_output=True, text=True, check=True
        )
        names = [line.split()[-1] for line in listing.stdout.splitlines() if "*UND*" in line]
        taken |= {name for name in names if name.startswith(("u_", "ub", "uc", "ud", "ur", "UC"))}
    assert taken
    assert not [name for name in taken if not name.startswith(USED_BY_QT)]


@linux
def test_qt_answers_as_with_the_whole_library(tmp_path):
    (whole,) = (path for path in LIBRARIES.glob("libicudata.so.*") if not path.is_symlink())
    small = Path(shutil.copy(whole, tmp_path))
    shrink(small)
    assert small.stat().st_size < whole.stat().st_size / 6
    answers: list[list[str]] = []
    for more in ({}, {"LD_PRELOAD": str(small)}):
        done = subprocess.run(
            [sys.executable, "-c", ASK_QT], env=os.environ | more, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        answers.append(done.stdout.splitlines())
    assert [lines[0] for lines in answers] == [str(whole), str(small)]
    assert answers[0][1:] == answers[1][1:]
    assert "False" not in "".join(answers[1])
