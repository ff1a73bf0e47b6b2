"""Fit proof-reading for a fill package: ``python -m build_tools.proofread PACKAGE TEXTS``.

TEXTS is a folder of clean text files (one passage a line) that neither the encoder nor the phrase
memory has seen. Two thirds of the lines fit the gate, one third measures it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from assistant.cloze.lexicon import Lexicon
from assistant.engine.package import load_package
from assistant.records import Task
from build_tools.package_writer import new_folder, read_manifest, write_manifest
from build_tools.proofread.examples import Counted, Examples, read_lines
from build_tools.proofread.fit import INJECTED_RATE, Report, choose_threshold, fit, report
from build_tools.verify import write_metrics

_SHARE_TO_FIT = 2 / 3
_KINDS = ("same_sound", "similar_sound", "similar_shape")


def main() -> None:
    """Parse the command line, fit, measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--lexicon", type=Path, default=Path("resources/lexicon"))
    parser.add_argument("--per-file", type=int, default=220, help="lines taken of each file")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--alarms", type=float, default=0.5, help="false alarms per 1,000 characters to aim at"
    )
    parser.add_argument("--write", action="store_true", help="write gate and figures into PACKAGE")
    options = parser.parse_args()
    examples = Examples(load_package(options.package, Task.FILL), Lexicon(options.lexicon))
    lines = list(read_lines(options.texts, options.per_file, options.seed))
    clean, injected = _collect(examples, lines, options.seed)
    cut = round(len(lines) * _SHARE_TO_FIT)
    settings = fit(clean[:cut], injected[:cut], options.seed)
    settings["threshold"] = choose_threshold(settings, clean[:cut], options.alarms)
    found = _metrics(report(settings, clean[cut:], injected[cut:]), clean[cut:], injected[cut:])
    for name, value in found.items():
        print(f"{name}: {value:.4g}")
    if options.write:
        _write(options.package, settings, found)


def _collect(
    examples: Examples, lines: Sequence[str], seed: int
) -> tuple[list[Counted], list[Counted]]:
    rng = random.Random(seed)
    clean: list[Counted] = []
    injected: list[Counted] = []
    for line in tqdm(lines, unit="line"):
        clean.append(examples.clean(line))
        injected.append(examples.injected(line, rng, 1 / INJECTED_RATE))
    return clean, injected


def _metrics(
    found: Report, clean: Sequence[Counted], injected: Sequence[Counted]
) -> dict[str, float | int]:
    return {
        "false_alarms_per_1000_characters": found.alarms_per_1000,
        "precision_with_one_error_in_40": found.precision,
        "errors_found": found.recall,
        "errors_corrected_by_first_suggestion": found.corrected,
        **{
            f"{kind}_found": share for kind, share in zip(_KINDS, found.recall_by_kind, strict=True)
        },
        "clean_characters": sum(counted.characters for counted in clean),
        "errors": sum(len(counted.errors) for counted in injected),
    }


def _write(folder: Path, settings: dict[str, Any], metrics: dict[str, float | int]) -> None:
    with new_folder(folder) as work:
        for path in folder.iterdir():
            (work / path.name).write_bytes(path.read_bytes())
        fields = read_manifest(work)
        fields["settings"]["proofread"] = settings
        write_manifest(work, fields)
    write_metrics(folder, {"proofreading": metrics})


if __name__ == "__main__":
    main()
