"""What belongs into the frozen app: decides on file names only, so that tests can ask it.

Used by assistant.spec (to leave things out) and by bundle.py (to check the result). Standard
library only; knows nothing of PyInstaller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePath

Entry = tuple[str, str, str]
"""PyInstaller's (place in the bundle, source file, kind)."""

EXCLUDED_MODULES = (
    # Qt: only QtCore, QtGui, QtWidgets, QtSvg and QtPrintSupport belong to the app.
    "PySide6.QtConcurrent",
    "PySide6.QtDesigner",
    "PySide6.QtHelp",
    "PySide6.QtNetwork",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtQuickControls2",
    "PySide6.QtQuickWidgets",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtUiTools",
    # Libraries of the build and dev extras that hooks or optional imports would pull in.
    "IPython",
    "PIL",
    "build_tools",
    "hf_xet",
    "httpx",
    "httpx2",
    "huggingface_hub",
    "hypothesis",
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
    "matplotlib",
    "onnx",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "pandas",
    "psutil",
    "pytest",
    "rich",
    "scipy",
    "setuptools",
    "sympy",
    "tkinter",
    "torch",
    "transformers",
    "yaml._yaml",
    # Parts of NumPy and of the standard library that nothing here imports.
    "doctest",
    "numpy.distutils",
    "numpy.f2py",
    "numpy.fft",
    "numpy.polynomial",
    "numpy.random",
    "numpy.testing",
    "pdb",
    "pydoc",
    "readline",
    "unittest",
    # The app opens no connection; without _ssl nothing in it could open a secure one. (asyncio and
    # urllib.request stay: cached-property and xml.sax.saxutils import them.)
    "_ssl",
    "ftplib",
    "smtplib",
    "ssl",
    "xmlrpc",
)

_KEPT_PLUGINS = {
    "iconengines": ("svgicon",),
    "imageformats": ("svg", "ico"),
    "platforminputcontexts": (
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    ),
    "platforms": ("xcb", "wayland", "offscreen", "windows", "cocoa"),
    "platformthemes": ("xdgdesktopportal",),
    "printsupport": ("cupsprintersupport",),
    "styles": ("modernwindowsstyle", "macstyle"),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": ("xcb-egl-integration", "xcb-glx-integration"),
}
_KEPT_TRANSLATIONS = re.compile(r"qtbase_(zh_CN|zh_TW|en)\.qm")
_UNWANTED_QT = re.compile(
    r"Qt6?(Designer|Help|Labs|Lottie|Multimedia|Network|Pdf|Qml|Quick|Shader|Sql|Test|UiTools|"
    r"VirtualKeyboard|WaylandCompositor|WebEngine|3D)"
)
_PLUGIN_NAME = re.compile(r"^(?:lib)?q?(.+?)\.(?:so|dll|dylib)$")

REQUIRED_ON_LINUX = (
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "PySide6/Qt/plugins/imageformats/libqsvg.so",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-render-util.so.0",
    "libxcb-util.so.1",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
    "libxkbcommon.so.0",
)
"""PyInstaller only warns when these are missing on the build machine; we fail."""

PROVIDED_BY_THE_SYSTEM = re.compile(
    r"^(ld-linux|linux-vdso|lib(c|m|dl|rt|pthread|util|resolv|GL|GLX|GLdispatch|OpenGL|EGL|xcb|"
    r"xcb-dri[23]|drm|gbm|X11|X11-xcb|wayland-client|wayland-cursor|wayland-egl|dbus-1|"
    r"fontconfig|freetype|cups|stdc\+\+|gcc_s)\.so)"
)
"""Libraries that must be the desktop's own: C and C++ run time, drivers, what reads its settings.

AppImage's list of excluded libraries was the guide. A bundled libstdc++ older than the system's
keeps Mesa's drivers from loading.
"""

_STRIPPABLE = re.compile(
    r"^(libpython3|python3\.\d+/lib-dynload/|tokenizers/|rjieba/|lxml/|opencc/|PySide6/Qt/lib/libicu)"
)


def strippable(place: str) -> bool:
    """Tell whether debug symbols may be cut out of the file; never out of numpy.libs."""
    return _STRIPPABLE.match(place) is not None


def unwanted(place: str) -> bool:
    """Tell whether the file at ``place`` in the bundle is one the app can do without."""
    path = PurePath(place.replace("\\", "/"))
    parts = path.parts
    if "plugins" in parts and "PySide6" in parts:
        return not _keeps_plugin(parts[parts.index("plugins") + 1], path.name)
    if "translations" in parts and path.suffix == ".qm" and "PySide6" in parts:
        return not _KEPT_TRANSLATIONS.fullmatch(path.name)
    if parts[0] == "resources" and path.suffix == ".ts":
        return True
    if len(parts) == 1 and PROVIDED_BY_THE_SYSTEM.match(path.name):
        return True
    if "opencc" in parts and ({"bin", "include"} & set(parts) or path.suffix == ".a"):
        return True
    return bool(_UNWANTED_QT.search(path.name)) or "qml" in parts


def _keeps_plugin(kind: str, name: str) -> bool:
    match = _PLUGIN_NAME.match(name)
    return match is not None and match[1] in _KEPT_PLUGINS.get(kind, ())


def trim(entries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return ``entries`` without the unwanted ones and the libraries that only those needed.

    ``needs(source)`` gives the names of the libraries that a file itself links to. Plugins and
    Python extensions are the roots; a shared library stays when a root reaches it.
    """
    wanted = [entry for entry in entries if not unwanted(entry[0])]
    by_name = {PurePath(place).name: (place, source) for place, source, _ in wanted}
    reached: set[str] = set()
    waiting = [(place, source) for place, source, _ in wanted if not _is_library(place)]
    while waiting:
        place, source = waiting.pop()
        if place not in reached:
            reached.add(place)
            waiting.extend(by_name[name] for name in needs(source) if name in by_name)
    return [entry for entry in wanted if entry[0] in reached]


def _is_library(place: str) -> bool:
    """Tell whether ``place`` is a shared library that is there only for others to link to."""
    path = PurePath(place)
    in_library_folder = len(path.parts) == 1 or path.parent.as_posix().endswith("Qt/lib")
    named_as_one = re.match(r"lib.+\.(so(\.|$)|dylib)", path.name) is not None
    return in_library_folder and named_as_one and not path.name.startswith("libpython")


def without_dangling(entries: Iterable[Entry], binaries: Iterable[Entry]) -> list[Entry]:
    """Return ``entries`` without the unwanted ones and the links to binaries that are gone."""
    places = {place for place, _, _ in binaries}
    return [
        (place, source, kind)
        for place, source, kind in entries
        if not unwanted(place)
        and (kind != "SYMLINK" or (PurePath(place).parent / source).as_posix() in places)
    ]


def part_of(place: str) -> str:
    """Return the part of the app a file belongs to, for the size report."""
    path = PurePath(place.replace("\\", "/"))
    parts = path.parts[1:] if path.parts[0] == "_internal" else path.parts
    if parts[0] == "resources":
        return "/".join(parts[:2])
    if "libicu" in path.name:
        return "ICU"
    for name, part in _PARTS.items():
        if name in parts[0] or name in path.name:
            return part
    return "system libraries" if ".so" in path.name and len(parts) == 1 else "other"


_PARTS = {
    "PySide6": "Qt",
    "libQt6": "Qt",
    "shiboken6": "Qt",
    "onnxruntime": "onnxruntime",
    "numpy": "numpy",
    "openblas": "numpy",
    "tokenizers": "tokenizers",
    "lxml": "exercises and their export",
    "docx": "exercises and their export",
    "opencc": "exercises and their export",
    "pypinyin": "exercises and their export",
    "rjieba": "exercises and their export",
    "yaml": "exercises and their export",
    "libsqlite3": "exercises and their export",
    "libpython": "Python",
    "base_library": "Python",
    "python3": "Python",
    "Bubai": "start programs",
    "bubai": "start programs",
    "licences": "licences",
}
