"""Freeze the app with PyInstaller, then check what came out. See bundle_contents.py for what.

Usage: ``python -m build_tools.bundle [--dist dist] [--check-only]``. Fails when a file that must
be there is missing, an unwanted one is there, a library would not be found on a person's machine,
or the app without its models is larger than ``--limit-mb``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from pathlib import Path

from build_tools.bundle_contents import (
    PROVIDED_BY_THE_SYSTEM,
    REQUIRED_ON_LINUX,
    part_of,
    strippable,
    unwanted,
)
from build_tools.icu_data import shrink

ROOT = Path(__file__).parent.parent
MODELS = "resources/models"
LIMIT_MB = 190
"""Without models; it had 185 MB when last looked at: more means something came in."""


def freeze(dist: Path) -> None:
    """Run PyInstaller into ``dist``; raises CalledProcessError."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(dist), "--workpath", str(ROOT / "build" / "pyinstaller")]
    subprocess.run([*command, str(ROOT / "assistant.spec")], cwd=ROOT, check=True)


def strip(app: Path) -> None:
    """Cut the debug symbols out of the libraries of which that is known to be safe (Linux)."""
    internal = app / "_internal"
    files = [path for path in internal.rglob("*.so*") if not path.is_symlink()]
    names = [str(file) for file in files if strippable(file.relative_to(internal).as_posix())]
    subprocess.run(["strip", "--strip-unneeded", *names], check=True)


def contents(app: Path) -> dict[str, int]:
    """Return the files of the frozen app below ``_internal`` (and beside it) with their bytes.

    Symbolic links count nothing: they are kept as links in the archive.
    """
    files = [path for path in app.rglob("*") if path.is_file() or path.is_symlink()]
    return {
        path.relative_to(app).as_posix().removeprefix("_internal/"): (
            0 if path.is_symlink() else path.stat().st_size
        )
        for path in files
    }


def linked_libraries(file: Path | str) -> list[str]:
    """Return the names of the libraries an ELF file itself links to (not theirs, as ldd would)."""
    listing = subprocess.run(
        ["objdump", "-p", str(file)], capture_output=True, text=True, check=True
    )
    lines = (line.split() for line in listing.stdout.splitlines())
    return [words[1] for words in lines if len(words) == 2 and words[0] == "NEEDED"]


def problems(app: Path, files: dict[str, int], limit_mb: float) -> list[str]:
    """Return one sentence for each thing that is wrong with the frozen app."""
    found = [f"{place} should have been left out" for place in files if unwanted(place)]
    if sys.platform.startswith("linux"):
        found += [f"{place} is missing" for place in REQUIRED_ON_LINUX if place not in files]
        found += [
            f"{needed} is neither in the app nor on every desktop (needed by {', '.join(users)})"
            for needed, users in outside_libraries(app).items()
        ]
    size = sum(count for place, count in files.items() if not place.startswith(MODELS)) / 1e6
    if size > limit_mb:
        found.append(f"the app without models has {size:.1f} MB, more than {limit_mb:g} MB")
    return found


def outside_libraries(app: Path) -> dict[str, list[str]]:
    """Return library → files that link to it, for libraries that a desktop need not have."""
    internal = app / "_internal"
    names = {path.name for path in internal.rglob("*")}
    outside: dict[str, list[str]] = {}
    for file in sorted(internal.rglob("*.so*")):
        if not file.is_symlink():
            for name in linked_libraries(file):
                if name not in names and not PROVIDED_BY_THE_SYSTEM.match(name):
                    outside.setdefault(name, []).append(file.name)
    return outside


def report(files: dict[str, int]) -> str:
    """Return the size of the app by part, largest first."""
    sizes: Counter[str] = Counter()
    for place, count in files.items():
        sizes[part_of(place)] += count
    lines = [f"{count / 1e6:8.1f} MB  {part}" for part, count in sizes.most_common()]
    models = sum(count for part, count in sizes.items() if part.startswith(MODELS))
    total = sum(sizes.values())
    lines.append(f"{total / 1e6:8.1f} MB  in all, {(total - models) / 1e6:.1f} MB without models")
    return "\n".join(lines)


def main() -> int:
    """Freeze and check; return the exit code."""
    parser = argparse.ArgumentParser(description="Freeze the app and check the result.")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    parser.add_argument("--check-only", action="store_true", help="only check what is there")
    parser.add_argument("--limit-mb", type=float, default=LIMIT_MB, help="without the models")
    arguments = parser.parse_args()
    app = arguments.dist / "Bubai"
    if not arguments.check_only:
        freeze(arguments.dist)
        if sys.platform.startswith("linux"):
            strip(app)
            for library in app.rglob("libicudata.so.*"):
                shrink(library)
    files = contents(app)
    print(report(files))
    found = problems(app, files, arguments.limit_mb)
    for problem in found:
        print(f"bundle: {problem}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
