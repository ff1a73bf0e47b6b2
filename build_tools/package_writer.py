"""Write model packages: a folder of hashed files that appears whole or not at all.

Same contents, same bytes: nothing written here depends on the clock or the machine.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.engine.package import FORMAT_VERSION, MANIFEST_NAME, sha256_of
from build_tools.onnx_files import copy_graph

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_NUMBERS = re.compile(r"\[\n\s+([-+.\deE]+(?:,\n\s+[-+.\deE]+)*)\n\s+\]")


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of ``target`` when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    work.chmod(0o755)
    try:
        yield work
        _swap(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_manifest(folder: Path, fields: Mapping[str, Any]) -> None:
    """Write ``manifest.json`` over all files now in ``folder``, with their sizes and digests.

    ``fields`` are those of :class:`assistant.engine.package.Manifest` but ``files``. Lists of
    numbers, thousands of them in the weights of gates, stand on one line each.
    """
    files = {
        path.name: {"bytes": path.stat().st_size, "sha256": sha256_of(path)}
        for path in sorted(folder.iterdir())
        if path.name != MANIFEST_NAME
    }
    manifest = {"format": FORMAT_VERSION, **fields, "files": files}
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    text = _NUMBERS.sub(lambda found: f"[{' '.join(found[1].split())}]", text)
    (folder / MANIFEST_NAME).write_text(text, encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the fields of the manifest in ``folder`` as they would be given to be written."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
    del manifest["format"], manifest["files"]
    return manifest


def with_graph(folder: Path, graph: Path, target: Path) -> None:
    """Copy the package ``folder`` to ``target`` with another graph in its place."""
    shutil.copytree(folder, target)
    fields = read_manifest(folder)
    for old in target.glob(f"{fields['model']}*"):
        old.unlink()
    copy_graph(graph, target / fields["model"])
    write_manifest(target, fields)


def write_zip(folder: Path, target: Path) -> None:
    """Write the package in ``folder`` as a zip with one top folder, the same bytes each time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.name}", _ZIP_DATE)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    part.replace(target)


def _swap(work: Path, target: Path) -> None:
    """Rename ``work`` to ``target``; what stood there comes back if that fails."""
    old = work.with_name(f"{work.name}.old")
    if target.exists():
        target.rename(old)
    try:
        work.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
