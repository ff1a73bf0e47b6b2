"""Install, or name, the system packages that the Qt wheel needs on Debian and its children.

Standard library only. Qt's plugins are asked (``ldd``) what they miss, so a machine that has
everything is left alone. Purposes: ``offscreen`` (tests), ``window`` (running the app),
``bundle`` (freezing it: every xcb library must be there to be copied, and PyInstaller's tools).

Usage: ``python build_tools/system_libraries.py offscreen|window|bundle``
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

PLUGINS = {
    "offscreen": ("platforms/libqoffscreen.so",),
    "window": ("platforms/libqoffscreen.so", "platforms/libqxcb.so", "platforms/libqwayland.so"),
    "bundle": (
        "platforms/libqoffscreen.so",
        "platforms/libqxcb.so",
        "platforms/libqwayland.so",
        "platforminputcontexts/libibusplatforminputcontextplugin.so",
    ),
}
MODULES = ("Core", "DBus", "Gui", "PrintSupport", "Svg", "Widgets")

# Which Debian package brings which library, by the beginning of its file name.
DEBIAN_PACKAGES = {
    "libEGL.so": "libegl1",
    "libGL.so": "libgl1",
    "libGLX.so": "libglx0",
    "libOpenGL.so": "libopengl0",
    "libX11-xcb.so": "libx11-xcb1",
    "libX11.so": "libx11-6",
    "libdbus-1.so": "libdbus-1-3",
    "libfontconfig.so": "libfontconfig1",
    "libfreetype.so": "libfreetype6",
    "libglib-2.0.so": "libglib2.0-0",
    "libgthread-2.0.so": "libglib2.0-0",
    "libwayland-client.so": "libwayland-client0",
    "libwayland-cursor.so": "libwayland-cursor0",
    "libwayland-egl.so": "libwayland-egl1",
    "libxcb-cursor.so": "libxcb-cursor0",
    "libxcb-icccm.so": "libxcb-icccm4",
    "libxcb-image.so": "libxcb-image0",
    "libxcb-keysyms.so": "libxcb-keysyms1",
    "libxcb-randr.so": "libxcb-randr0",
    "libxcb-render-util.so": "libxcb-render-util0",
    "libxcb-render.so": "libxcb-render0",
    "libxcb-shape.so": "libxcb-shape0",
    "libxcb-shm.so": "libxcb-shm0",
    "libxcb-sync.so": "libxcb-sync1",
    "libxcb-util.so": "libxcb-util1",
    "libxcb-xfixes.so": "libxcb-xfixes0",
    "libxcb-xinerama.so": "libxcb-xinerama0",
    "libxcb-xkb.so": "libxcb-xkb1",
    "libxcb.so": "libxcb1",
    "libxkbcommon-x11.so": "libxkbcommon-x11-0",
    "libxkbcommon.so": "libxkbcommon0",
    "libz.so": "zlib1g",
    "libzstd.so": "libzstd1",
}
FONT_PACKAGE = "fonts-noto-cjk"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
CHINESE_FONTS = ("cjk", "wqy", "wenquan", "sourcehan", "simsun", "simhei", "msyh", "droidsansfall")


def missing_libraries(purpose: str, qt: Path) -> set[str]:
    """Return the libraries (``libxcb-cursor.so.0``) that Qt's files for ``purpose`` lack."""
    files = [qt / "lib" / f"libQt6{name}.so.6" for name in MODULES]
    files += [qt / "plugins" / plugin for plugin in PLUGINS[purpose]]
    missing: set[str] = set()
    for file in files:
        if file.exists():
            listing = subprocess.run(
                ["ldd", str(file)], capture_output=True, text=True, check=False
            )
            missing |= parse_ldd(listing.stdout)
    return missing


def parse_ldd(listing: str) -> set[str]:
    """Return the names that ``ldd`` reports as not found."""
    return {line.split()[0] for line in listing.splitlines() if line.endswith("not found")}


def debian_packages(libraries: set[str]) -> tuple[list[str], list[str]]:
    """Return the packages that bring ``libraries``, and the libraries nobody is known to bring."""
    packages: set[str] = set()
    unknown: list[str] = []
    for library in sorted(libraries):
        package = DEBIAN_PACKAGES.get(library[: library.find(".so") + 3])
        if package:
            packages.add(package)
        else:
            unknown.append(library)
    return sorted(packages), unknown


def bundling_packages() -> list[str]:
    """Return the packages of what PyInstaller itself needs and does not find here."""
    packages = [] if shutil.which("objdump") and shutil.which("strip") else ["binutils"]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folders = [Path(sys.base_prefix, "lib")]
    for name in ("LIBDIR", "LIBPL"):
        folders.append(Path(sysconfig.get_config_var(name) or "/usr/lib"))
    folders += [folder / (sysconfig.get_config_var("MULTIARCH") or "") for folder in folders]
    if not any((folder / f"libpython{version}.so.1.0").exists() for folder in folders):
        packages.append(f"libpython{version}")
    return packages


def has_chinese_font() -> bool:
    """Tell whether a font file that is known to hold Chinese is installed."""
    for folder in FONT_FOLDERS:
        for file in Path(folder).expanduser().rglob("*.[ot]t[cf]"):
            if any(name in file.name.lower().replace("-", "") for name in CHINESE_FONTS):
                return True
    return False


def install(packages: list[str]) -> bool:
    """Install ``packages`` with apt; tell whether that worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        sys.stderr.buffer.write(done.stdout)
    return done.returncode == 0


def main(purpose: str) -> int:
    """Make the machine ready for ``purpose``, or say in one line how; return the exit code."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return 0
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        print("PySide6 is not installed: run `make setup` first.", file=sys.stderr)
        return 1
    qt = Path(spec.origin).parent / "Qt"
    needed, unknown = missing_packages(purpose, qt)
    font_missing = not has_chinese_font()
    wanted = needed + ([FONT_PACKAGE] if font_missing else [])
    can_install = shutil.which("apt-get") is not None and os.geteuid() == 0
    if wanted and can_install:
        print(f"Installing: {' '.join(wanted)} …", flush=True)
        if not install(wanted):
            return 1
        needed, unknown = missing_packages(purpose, qt)
        font_missing = not has_chinese_font()
    return report(needed, unknown, font_missing)


def missing_packages(purpose: str, qt: Path) -> tuple[list[str], list[str]]:
    """Return the packages to install, and the missing libraries nobody is known to bring."""
    packages, unknown = debian_packages(missing_libraries(purpose, qt))
    return packages + (bundling_packages() if purpose == "bundle" else []), unknown


def report(needed: list[str], unknown: list[str], font_missing: bool) -> int:
    """Say what is still missing; a missing font alone does not stop anything."""
    if needed:
        packages = needed + ([FONT_PACKAGE] if font_missing else [])
        print("System libraries are missing. Run:", file=sys.stderr)
        print(f"    sudo apt-get install -y {' '.join(packages)}", file=sys.stderr)
    elif font_missing:
        print("No Chinese font was found; text may show as boxes. Run:", file=sys.stderr)
        print(f"    sudo apt-get install -y {FONT_PACKAGE}", file=sys.stderr)
    if unknown:
        print(f"Qt also lacks, from packages unknown here: {' '.join(unknown)}", file=sys.stderr)
    return 1 if needed or unknown else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in PLUGINS:
        sys.exit(f"usage: {sys.argv[0]} {'|'.join(PLUGINS)}")
    sys.exit(main(sys.argv[1]))
