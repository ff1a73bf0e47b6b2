"""Build a phrase memory, step by step; every step can be repeated and goes on where it stopped.

    python -m build_tools.corpus --out work/corpus            # the texts
    python -m build_tools.memory count --corpus work/corpus   # sorted runs of n-grams
    python -m build_tools.memory merge                        # one table an order, with weights
    python -m build_tools.memory pack --out FILE              # prune and pack
    python -m build_tools.memory fit --memory FILE            # fit and add the networks
    python -m build_tools.memory.fit_gate --memory FILE       # how to mix with the encoder
    python -m build_tools.memory.evaluate --memory FILE       # figures on the development sets

``count --shard I/N`` counts a share on another machine; copy its runs beside the others.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch

from build_tools.memory.alphabet import choose_alphabet, count_characters
from build_tools.memory.count import count_source, load_alphabet, merge_runs, save_alphabet
from build_tools.memory.prune import WEIGHT_UNIT
from build_tools.memory.steps import fit_memory, pack_memory

THRESHOLDS = "1.9,3.8,6.5,13"


def main() -> None:
    """Parse the command line and run one step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=Path("work/corpus"))
    parser.add_argument("--work", type=Path, default=Path("work/memory"), help="runs and counts")
    parser.add_argument("--without", default="", help="sources to leave out, comma-separated")
    steps = parser.add_subparsers(dest="step", required=True)
    count = steps.add_parser("count")
    count.add_argument("--shard", default="0/1", help="I/N: every N-th passage from the I-th on")
    steps.add_parser("merge")
    pack = steps.add_parser("pack")
    pack.add_argument("--out", type=Path, required=True)
    pack.add_argument(
        "--thresholds", default=THRESHOLDS, help="least gain to keep an n-gram of order 2,3,4,5"
    )
    fit = steps.add_parser("fit")
    fit.add_argument("--memory", type=Path, required=True)
    fit.add_argument("--blanks", type=int, default=40_000)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    sources = _sources(options.corpus, options.without)
    known = [options.corpus / f"{name}.txt" for name in sources if sources[name]["known_by_heart"]]
    if options.step == "count":
        _count(options, sources)
    elif options.step == "merge":
        weights = {name: round(row["importance"] * WEIGHT_UNIT) for name, row in sources.items()}
        print(
            merge_runs(
                options.work / "runs", options.work / "counts", weights=dict.fromkeys(sources, 1)
            )
        )
        merge_runs(options.work / "runs", options.work / "weighted", weights=weights)
    elif options.step == "pack":
        thresholds = dict(zip((2, 3, 4, 5), map(float, options.thresholds.split(",")), strict=True))
        print(pack_memory(options.work, known, thresholds, options.out))
    else:
        files = [options.corpus / f"{name}.txt" for name in sources]
        importance = {name: float(row["importance"]) for name, row in sources.items()}
        print(fit_memory(options.memory, options.work, files, known, importance, options.blanks))


def _sources(corpus: Path, without: str) -> dict[str, Any]:
    """Return the rows of ``sources.json`` that were counted, by name."""
    rows = json.loads((corpus / "sources.json").read_text("utf-8"))
    left_out = set(without.split(","))
    return {row["name"]: row for row in rows if row["passages"] and row["name"] not in left_out}


def _count(options: argparse.Namespace, sources: dict[str, Any]) -> None:
    files = [options.corpus / f"{name}.txt" for name in sources]
    saved = options.work / "alphabet.npz"
    if not saved.exists():
        save_alphabet(choose_alphabet(count_characters(files)), saved)
    alphabet = load_alphabet(saved)
    index, total = map(int, options.shard.split("/"))
    for path in files:
        chunks = count_source(alphabet, path, options.work / "runs", shard=(index, total))
        print(f"{path.stem}: {chunks} runs", flush=True)


if __name__ == "__main__":
    main()
