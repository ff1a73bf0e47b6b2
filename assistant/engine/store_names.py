"""Which names a package, its files and the entries of its archive may have. Pure.

What is refused here would mean something else on another system: a path out of the folder, a
device of Windows, a stream of NTFS, two names that differ only by case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.engine.store_errors import PackageRefusedError

_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
_KINDS = frozenset((".onnx", ".data", ".json", ".md", ".txt", ".bin", ".model"))
_LITTER = frozenset((".ds_store", "thumbs.db", "desktop.ini"))
_MAX_SHOWN = 60


def shown(name: str) -> str:
    """Return ``name`` as a message may show it: printable and not too long."""
    text = "".join(character if character.isprintable() else "?" for character in name)
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"


def package_key(package: str, name: str, version: str) -> str:
    """Return the folder name of a package, ``name-version``.

    Raises PackageRefusedError naming ``package`` when those cannot be a folder's.
    """
    for part in (name, version):
        if not _KEY.fullmatch(part) or part.endswith(".") or _is_device(part):
            raise PackageRefusedError.because(
                package,
                f"名称或版本“{shown(part)}”不能作文件夹名",
                f"the name or version “{shown(part)}” cannot name a folder",
            )
    return f"{name}-{version}"


def check_file_name(package: str, name: str) -> None:
    """Raise PackageRefusedError unless ``name`` may be a file of the package ``package``."""
    if not _FILE.fullmatch(name) or name.endswith(".") or _is_device(name):
        raise PackageRefusedError.because(
            package,
            f"文件名“{shown(name)}”不安全",
            f"the file name “{shown(name)}” is not safe",
        )
    suffix = "." + name.lower().rpartition(".")[2]
    if "." not in name or suffix not in _KINDS:
        raise PackageRefusedError.because(
            package,
            f"模型包里不能有“{shown(name)}”这类文件",
            f"files like “{shown(name)}” do not belong into a package",
        )


def check_distinct(package: str, names: Iterable[str]) -> None:
    """Raise PackageRefusedError when two of ``names`` are one file on some system."""
    seen: set[str] = set()
    for name in names:
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            raise PackageRefusedError.because(
                package,
                f"文件“{shown(name)}”出现了两次",
                f"the file “{shown(name)}” is there twice",
            )
        seen.add(folded)


def entry_file(package: str, entry: str) -> tuple[str, str] | None:
    """Return (top folder or "", file name) of an archive's entry; None for a folder or litter.

    Raises PackageRefusedError for a path that is absolute, leaves the folder, or lies deeper than
    one top folder.
    """
    parts = entry.split("/")
    is_unsafe = any(
        part in (".", "..") or not part.isprintable() or set(part) & set('\\:*?"<>|')
        for part in parts
    )
    if is_unsafe or not entry or "" in parts[:-1]:
        raise PackageRefusedError.because(
            package, f"路径“{shown(entry)}”不安全", f"the path “{shown(entry)}” is not safe"
        )
    if is_litter(parts[0]) or is_litter(parts[-1]):
        return None
    is_folder = parts[-1] == ""
    if len(parts) > 2:
        raise PackageRefusedError.because(
            package,
            f"“{shown(entry)}”在更深的文件夹里",
            f"“{shown(entry)}” is in a deeper folder",
        )
    if is_folder:
        return None
    return ("", parts[0]) if len(parts) == 1 else (parts[0], parts[1])


def is_litter(name: str) -> bool:
    """Return whether ``name`` is what desktops leave in folders and archives."""
    return name.lower() in _LITTER or name == "__MACOSX"


def _is_device(name: str) -> bool:
    return name.lower().partition(".")[0] in _DEVICES
