"""Make a checkpoint of a package again: ``python -m build_tools.thaw PACKAGE OUT``.

The checkpoint that a package was made from may be lost; the package itself holds all weights,
rounded. OUT becomes a folder that training, pruning, export and verification read: of a
``translate`` package a MarianMTModel with its tokenizer, of a ``fill`` package a
ModernBertForMaskedLM, of an ``understand`` package the folder of our own model. Only packages
whose graphs our own tools exported are read.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from assistant.engine.package import Package, load_package
from assistant.records import Task
from build_tools.package_writer import read_manifest
from build_tools.thaw_encoder import thaw_fill, thaw_understand
from build_tools.thaw_translation import thaw_translation

_THAWERS: dict[Task, Callable[[Package, Path], None]] = {
    Task.FILL: thaw_fill,
    Task.UNDERSTAND: thaw_understand,
    Task.TRANSLATE: thaw_translation,
}


def thaw(folder: Path, out: Path) -> None:
    """Write the checkpoint of the package in ``folder`` to ``out``.

    Raises ValueError for graphs that other tools wrote.
    """
    task = Task(read_manifest(folder)["task"])
    _THAWERS[task](load_package(folder, task), out)


def main() -> None:
    """Parse the command line and thaw."""
    parser = argparse.ArgumentParser(prog="python -m build_tools.thaw", description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    thaw(options.package, options.out)
    print(f"{options.out}: {sum(p.stat().st_size for p in options.out.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
