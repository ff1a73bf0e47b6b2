"""Tables: CSV with one row per gap for spreadsheets, TSV with one cloze note per gap for Anki.

No Qt.
"""

from __future__ import annotations

import csv
import io

from assistant.cloze.exercise import Exercise, Text
from assistant.cloze.levels import level_words
from assistant.export import anki, passage
from assistant.export.rendered import Change, Note, Rendered
from assistant.text.cells import disarmed

COLUMNS = ("题号", "答案", "其他答案", "选项", "正确选项", "提示", "级别", "所在段落")
_SEPARATOR = "｜"


def render_csv(exercise: Exercise) -> Rendered:
    """Return one row per gap; UTF-8 with a byte order mark, without which Excel reads GBK."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    guarded = False
    for row in _rows(exercise):
        cells = [disarmed(cell) for cell in row]
        guarded = guarded or cells != row
        writer.writerow(cells)
    notes = (Note(Change.FORMULAS),) if guarded else ()
    return Rendered(out.getvalue().encode("utf-8-sig"), notes + passage.pinyin_note(exercise))


def render_tsv(exercise: Exercise) -> Rendered:
    """Return notes for Anki's text import, with the header lines that set it up."""
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n")
    out.write(f"#notetype:{anki.MODEL_NAME}\n#deck:{anki.deck_name(exercise)}\n#guid column:4\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL)
    for guid, text, extra in anki.notes(exercise):
        writer.writerow((text, extra, guid, guid))
    return Rendered(out.getvalue().encode("utf-8"), passage.pinyin_note(exercise))


def _rows(exercise: Exercise) -> list[list[str]]:
    rows: list[list[str]] = []
    for pieces in passage.paragraphs(exercise):
        context = "".join(
            piece.text if isinstance(piece, Text) else f"（{piece.number}）" for piece in pieces
        )
        for piece in pieces:
            if isinstance(piece, Text):
                continue
            gap = piece.gap
            options = passage.has_options(exercise)
            others = (
                a.text if a.weight == 1 else f"{a.text} {a.weight * 100:g}%"
                for a in gap.answers[1:]
            )
            rows.append(
                [
                    str(piece.number),
                    gap.answer,
                    _SEPARATOR.join(others),
                    _SEPARATOR.join(gap.options) if options else "",
                    gap.key_letter if options else "",
                    passage.hint_of(gap),
                    level_words(gap.level, "zh"),
                    context,
                ]
            )
    return rows
