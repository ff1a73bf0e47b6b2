"""A table of sentence pairs, one row each, for spreadsheets and terminology tools. No Qt."""

from __future__ import annotations

import csv
import io

from assistant.export.rendered import Change, Note, Rendered
from assistant.records import Translation
from assistant.text.cells import disarmed

COLUMNS = ("原文", "译文", "分数", "存疑")


def render(translation: Translation) -> Rendered:
    """Return UTF-8 with a byte order mark, without which Excel reads GBK; cells quoted at need."""
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    guarded = False
    for pair in translation.sentences:
        cells = [pair.source, pair.target]
        safe = [disarmed(cell) for cell in cells]
        guarded = guarded or safe != cells
        writer.writerow([*safe, f"{pair.score:.3f}", "?" if pair.is_doubtful else ""])
    notes = (Note(Change.FORMULAS),) if guarded else ()
    return Rendered(out.getvalue().encode("utf-8-sig"), notes)
