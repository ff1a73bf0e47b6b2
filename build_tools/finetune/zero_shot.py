"""The development sets of ``understand``: what is measured and never trained on.

Imports nothing of ``assistant``.
"""

from __future__ import annotations

import lzma
from pathlib import Path

ZERO_SHOT = {
    "csldcp": "csldcp_zero_shot.tsv.xz",
    "iflytek": "iflytek_zero_shot.tsv.xz",
    "sib200": "sib200_zero_shot.tsv.xz",
    "smp2020": "smp2020_virus_zero_shot.tsv.xz",
}
"""Label sets that training must never see."""


def labelled_texts(path: Path) -> list[tuple[str, str]]:
    """Read (label, text) of each line."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        fields = [line.rstrip("\n").split("\t", 1) for line in stream]
    return [(row[0], row[1]) for row in fields if len(row) == 2]


def zero_shot_labels(folder: Path) -> set[str]:
    """Return all labels of the zero-shot sets in ``folder``."""
    files = (folder / name for name in ZERO_SHOT.values())
    return {label for path in files if path.is_file() for label, _ in labelled_texts(path)}
