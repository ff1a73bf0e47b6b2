"""What goes into the frozen app and what stays out."""

from __future__ import annotations

import pytest

from build_tools.bundle_contents import (
    REQUIRED_ON_LINUX,
    part_of,
    strippable,
    trim,
    unwanted,
    without_dangling,
)

PLUGINS = "PySide6/Qt/plugins"


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt6Quick.dll",
        "PySide6\\plugins\\tls\\qschannelbackend.dll",
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/qml/QtQuick/qmldir",
        f"{PLUGINS}/imageformats/libqpdf.so",
        f"{PLUGINS}/platforms/libqvnc.so",
        f"{PLUGINS}/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qtdeclarative_zh_CN.qm",
        "resources/i18n/en.ts",
        "libstdc++.so.6",
        "opencc/clib/lib64/libopencc.a",
        "opencc/clib/bin/opencc",
        "libX11.so.6",
    ],
)
def test_what_the_app_does_not_use_is_left_out(place):
    assert unwanted(place)


@pytest.mark.parametrize(
    "place",
    [
        *REQUIRED_ON_LINUX,
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
        "onnxruntime/capi/onnxruntime_pybind11_state.cpython-311-x86_64-linux-gnu.so",
        "resources/models/fill/model.onnx.data",
        "resources/i18n/en.qm",
        "libxcb-glx.so.0",
        "opencc/clib/share/opencc/STPhrases.ocd2",
    ],
)
def test_what_the_app_uses_stays(place):
    assert not unwanted(place)


def test_a_library_that_only_a_dropped_plugin_needed_is_dropped_too():
    entries = [
        (f"{PLUGINS}/platformthemes/libqgtk3.so", "/qt/gtk3", "BINARY"),
        (f"{PLUGINS}/platforms/libqxcb.so", "/qt/xcb", "BINARY"),
        ("libgtk-3.so.0", "/lib/gtk", "BINARY"),
        ("libxkbcommon.so.0", "/lib/xkb", "BINARY"),
        ("libpython3.11.so.1.0", "/lib/python", "BINARY"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/qt/gui", "BINARY"),
    ]
    needs = {"/qt/gtk3": ["libgtk-3.so.0"], "/qt/xcb": ["libQt6Gui.so.6"]}
    needs["/qt/gui"] = ["libxkbcommon.so.0", "libc.so.6"]
    kept = trim(entries, lambda source: needs.get(source, []))
    assert [place for place, _, _ in kept] == [
        f"{PLUGINS}/platforms/libqxcb.so",
        "libxkbcommon.so.0",
        "libpython3.11.so.1.0",
        "PySide6/Qt/lib/libQt6Gui.so.6",
    ]


def test_links_to_dropped_libraries_go_with_them():
    binaries = [("PySide6/Qt/lib/libQt6Gui.so.6", "/qt/gui", "BINARY")]
    gui = ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK")
    sql = ("libQt6Svg.so.6", "PySide6/Qt/lib/libQt6Svg.so.6", "SYMLINK")
    licence = ("licences/LICENSE", "/src/LICENSE", "DATA")
    assert without_dangling([gui, sql, licence], binaries) == [gui, licence]


def test_numpy_is_never_stripped():
    assert strippable("libpython3.11.so.1.0")
    assert not strippable("numpy.libs/libscipy_openblas64_-32a4b2a6.so")
    assert not strippable("numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so")


@pytest.mark.parametrize(
    ("place", "part"),
    [
        ("resources/models/fill/model.onnx", "resources/models"),
        ("PySide6/Qt/lib/libicudata.so.73", "ICU"),
        ("numpy.libs/libscipy_openblas64_-32a4b2a6.so", "numpy"),
        ("libxcb-cursor.so.0", "system libraries"),
        ("Bubai", "start programs"),
    ],
)
def test_sizes_are_told_by_part(place, part):
    assert part_of(place) == part
