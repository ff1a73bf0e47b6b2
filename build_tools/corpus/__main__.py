"""Write the corpus: ``python -m build_tools.corpus --data ../shared/data --out work/corpus``.

Writes ``<source>.txt`` (one passage a line), ``held_out/<source>.txt`` and ``sources.json`` (what
went in, its licence, its weights, what was dropped). A source that is already written is skipped
unless an earlier one had to be written anew (``--fresh`` rewrites all), so an interrupted run
goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from build_tools.corpus.overlap import DevelopmentShingles, Duplicates
from build_tools.corpus.sources import (
    FIT_SOURCES,
    OPEN_SOURCES,
    PARALLEL_SOURCES,
    UNLICENSED_SOURCES,
    Source,
    folder_sources,
)
from build_tools.corpus.stream import SourceReport, passages


def main() -> None:
    """Parse the command line and write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--dev", type=Path, help="development sets (default: DATA/dev)")
    parser.add_argument("--folder", type=Path, help="a folder of .txt/.txt.xz instead of DATA")
    parser.add_argument("--licence", default="unknown", help="licence of --folder")
    parser.add_argument("--unlicensed", action="store_true", help="add DATA/unlicensed")
    parser.add_argument("--out", type=Path, default=Path("work/corpus"))
    parser.add_argument("--fresh", action="store_true")
    options = parser.parse_args()
    data = options.folder or options.data
    if options.folder:
        sources = folder_sources(options.folder, options.licence)
    else:
        sources = OPEN_SOURCES + PARALLEL_SOURCES + FIT_SOURCES
        sources += UNLICENSED_SOURCES if options.unlicensed else ()
    dev = options.dev or options.data / "dev"
    development = DevelopmentShingles.of_folder(dev) if dev.is_dir() else DevelopmentShingles(())
    write_corpus(sources, data, options.out, development, fresh=options.fresh)


def write_corpus(
    sources: tuple[Source, ...],
    data: Path,
    out: Path,
    development: DevelopmentShingles,
    *,
    fresh: bool = False,
) -> list[SourceReport]:
    """Write ``sources`` to ``out`` and return what was kept and dropped of each."""
    (out / "held_out").mkdir(parents=True, exist_ok=True)
    duplicates = Duplicates()
    reports = []
    for source in sources:
        saved = out / f"{source.name}.json"
        if saved.exists() and not fresh:
            reports.append(SourceReport(**json.loads(saved.read_text("utf-8"))))
            _remember(out, source, duplicates)
        else:
            fresh = True
            reports.append(_write_source(source, data, out, development, duplicates))
            saved.write_text(json.dumps(asdict(reports[-1]), ensure_ascii=False), "utf-8")
        print(json.dumps(asdict(reports[-1]), ensure_ascii=False), flush=True)
    listing = [
        {
            **asdict(report),
            "repeat": source.repeat,
            "importance": source.importance,
            "known_by_heart": source.known_by_heart,
        }
        for source, report in zip(sources, reports, strict=True)
    ]
    (out / "sources.json").write_text(json.dumps(listing, ensure_ascii=False, indent=1), "utf-8")
    return reports


def _remember(out: Path, source: Source, duplicates: Duplicates) -> None:
    for path in (out / f"{source.name}.txt", out / "held_out" / f"{source.name}.txt"):
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                duplicates.add(line)


def _write_source(
    source: Source,
    data: Path,
    out: Path,
    development: DevelopmentShingles,
    duplicates: Duplicates,
) -> SourceReport:
    report = SourceReport(source.name, source.licence)
    with (
        (out / f"{source.name}.txt").open("w", encoding="utf-8", newline="\n") as kept,
        (out / "held_out" / f"{source.name}.txt").open("w", encoding="utf-8", newline="\n") as held,
    ):
        for passage in passages(source, data, development, duplicates, report):
            (held if passage.held_out else kept).write(passage.text + "\n")
    return report


if __name__ == "__main__":
    main()
