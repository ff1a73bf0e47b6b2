"""A class's item report and scores as tables of text (for CSV and the clipboard). Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from assistant.cloze.grading import SheetScore
from assistant.cloze.item_report import ItemReport
from assistant.text.cells import disarmed

_HEADS = {
    "zh": (
        ("空", "答案", "得分率", "区分度", "未答", "常见错误", "模型认为也对"),
        ("学生", "得分", "满分", "原词", "可接受"),
    ),
    "en": (
        ("Gap", "Answer", "Facility", "Discrimination", "Omitted", "Wrong answers",
         "Acceptable to the model"),
        ("Student", "Points", "Total", "Exact", "Accepted"),
    ),
}  # fmt: skip


def item_rows(reports: Sequence[ItemReport]) -> list[tuple[str, ...]]:
    """Return one row for every gap: what :func:`heads` names."""
    return [
        (
            str(item.number),
            item.answer,
            f"{item.facility:.2f}",
            "" if item.discrimination is None else f"{item.discrimination:.2f}",
            str(item.omitted),
            "、".join(f"{wrong.text}×{wrong.count}" for wrong in item.wrong),
            "、".join(wrong.text for wrong in item.wrong if wrong.acceptable),
        )
        for item in reports
    ]


def student_rows(scores: Sequence[SheetScore]) -> list[tuple[str, ...]]:
    """Return one row for every student."""
    return [
        (s.student, f"{s.points:g}", f"{s.total:g}", str(s.exact), str(s.accepted)) for s in scores
    ]


def heads(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the headings of both tables in ``language`` ("zh" or "en")."""
    return _HEADS["zh" if language == "zh" else "en"]


def report_text(
    reports: Sequence[ItemReport], scores: Sequence[SheetScore], language: str, separator: str = ","
) -> str:
    """Return both tables as CSV (or TSV), an empty row between them.

    What a student typed may look like a formula: such cells get an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    items, students = heads(language)
    for row in (items, *item_rows(reports), (), students, *student_rows(scores)):
        writer.writerow([disarmed(cell) for cell in row])
    return out.getvalue()
