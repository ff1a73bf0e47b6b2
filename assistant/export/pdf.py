"""The printed sheet through Qt: a PDF file, or a document for printing and its preview.

The only writer that uses Qt, and only when it is asked. Call it on the thread of the
QGuiApplication; without one (command line) it makes its own, which needs no display.
"""

from __future__ import annotations

import functools
import os
import sys
from html import escape
from typing import TYPE_CHECKING

from assistant.cloze.exercise import Exercise, Kind, Text
from assistant.cloze.headings import Role
from assistant.export import passage, sheet
from assistant.export.rendered import Rendered
from assistant.export.wording import section_title, sheet_title, wording

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QTextDocument

BODY_PT = 12
MARGINS_MM = (25.0, 25.4)
"""Left and right, top and bottom."""
_RESOLUTION_DPI = 300
_LINE_EM = 36
"""Characters of the body's size in a line of the word bank."""
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "STSong")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")
_KAI = ("LXGW WenKai", "STKaiti", "KaiTi")


def render(exercise: Exercise, *, key: bool = True) -> Rendered:
    """Return ``exercise`` as a PDF of A4 pages, the ``key`` on a page of its own if wished."""
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QPdfWriter

    _application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION_DPI)
    writer.setTitle(sheet_title(exercise))
    writer.setCreator("Bubai")
    set_page(writer)
    document(exercise, writer, key=key).print_(writer)
    del writer  # writes the end of the file
    return Rendered(bytes(buffer.data().data()), passage.pinyin_note(exercise))


def set_page(device: QPagedPaintDevice) -> None:
    """Give ``device`` (a PDF writer or a printer) the page of a school sheet."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize

    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    across, along = MARGINS_MM
    device.setPageMargins(QMarginsF(across, along, across, along), QPageLayout.Unit.Millimeter)


def document(
    exercise: Exercise, device: QPagedPaintDevice | None = None, *, key: bool = True
) -> QTextDocument:
    """Return the sheet laid out for ``device``; also for ``QPrintPreviewDialog``."""
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QFont, QTextDocument

    result = QTextDocument()
    faces = sheet.typefaces(exercise)
    font = QFont()
    font.setFamilies([faces.latin, faces.body, *_SERIF])
    font.setPointSizeF(BODY_PT)
    result.setDefaultFont(font)
    result.setDocumentMargin(0)
    if device is not None:
        layout = result.documentLayout()
        layout.setPaintDevice(device)
        area = device.pageLayout().paintRectPixels(device.logicalDpiX())
        result.setPageSize(QSizeF(area.size()))
    result.setHtml(sheet_html(exercise, key=key))
    return result


def sheet_html(exercise: Exercise, *, key: bool = True) -> str:
    """Return the sheet in the part of HTML that QTextDocument knows."""
    words = wording(exercise)
    head = _family(sheet.typefaces(exercise).head, _SANS)
    verse = _family(sheet.typefaces(exercise).verse, _KAI + _SERIF)
    names = "　".join(
        f"{label}：{_underlined(sheet.FULL_SPACE * 6)}"
        for label in (words.class_name, words.name, words.score)
    )
    title = escape(sheet_title(exercise))
    instructions = "".join(
        f"<p>{escape(line)}</p>" for line in exercise.instructions.split("\n") if line.strip()
    )
    return f"""<html><head><style>
p {{ line-height: 150%; margin: 0; white-space: pre-wrap; }}
.title {{ font-family: {head}; font-size: 16pt; }}
.head {{ font-family: {head}; font-size: 12pt; }}
.small {{ font-size: 10.5pt; }}
.verse {{ line-height: 120%; font-family: {verse}; }}
</style></head><body>
<p class="title" align="center">{title}</p>
<p class="small" align="center">{names}</p>
<p class="head">{escape(section_title(exercise))}</p>{instructions}
{_bank(exercise)}{_passage(exercise, key=False)}{_options(exercise)}
{_key(exercise) if key else ""}
</body></html>"""


def _key(exercise: Exercise) -> str:
    words = wording(exercise)
    alternatives = "".join(f"<p>{escape(line)}</p>" for line in passage.alternative_lines(exercise))
    return f"""<p class="title" align="center" style="page-break-before: always">{words.key}</p>
<p class="small" align="center">{escape(sheet_title(exercise))}</p>
<p>{escape("　".join(passage.key_lines(exercise)))}</p>{alternatives}
<p class="head">{words.whole_text}</p>
{_passage(exercise, key=True)}"""


def _family(first: str, others: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in (first, *others))


def _passage(exercise: Exercise, *, key: bool) -> str:
    rows: list[str] = []
    for number, row in enumerate(passage.layout(exercise)):
        inner = "".join(_piece(exercise, piece, key=key) for piece in row.pieces)
        if exercise.verse and row.first and number:
            rows.append('<p class="small">&nbsp;</p>')
        rows.append(_line(exercise, row.role, inner))
    source = passage.source_line(exercise)
    if source:
        rows.append(f'<p class="small" align="right">{escape(source)}</p>')
    return "\n".join(rows)


def _line(exercise: Exercise, role: Role, inner: str) -> str:
    if role is Role.TITLE:
        return f'<p class="head" align="center">{inner}</p>'
    if role is Role.BYLINE:
        return f'<p class="verse small" align="center">{inner}</p>'
    if exercise.verse:
        return f'<p class="verse" align="center">{inner}</p>'
    # Qt's text-indent knows pixels only.
    return f"<p>{sheet.FULL_SPACE * 2}{inner}</p>"


def _piece(exercise: Exercise, piece: passage.Piece, *, key: bool) -> str:
    if isinstance(piece, Text):
        return escape(piece.text)
    if key:
        return f"<u>{escape(piece.gap.answer)}</u>"
    hint = passage.hint_of(piece.gap)
    return _underlined(sheet.blank_text(exercise, piece.number)) + (
        f"<small>（{escape(hint)}）</small>" if hint else ""
    )


def _underlined(blank: str) -> str:
    return f"<u>{sheet.unbroken(blank)}</u>"


def _bank(exercise: Exercise) -> str:
    if exercise.kind is not Kind.BANK:
        return ""
    entries = [f"{passage.circled(i)}{w.text}" for i, w in enumerate(exercise.bank, 1)]
    columns = sheet.bank_columns(entries, _LINE_EM)
    cell = '<td width="{width}%">{text}</td>'.format
    rows = "".join(
        "<tr>"
        + "".join(
            cell(width=100 // columns, text=escape(entry))
            for entry in entries[start : start + columns]
        )
        + "<td></td>" * (start + columns - len(entries))
        + "</tr>"
        for start in range(0, len(entries), columns)
    )
    return (
        '<table width="100%" border="1" cellspacing="0" cellpadding="6" '
        'style="border-collapse: collapse"><tr><td>'
        f'<table width="100%" cellspacing="0" cellpadding="3">{rows}</table>'
        "</td></tr></table><p></p>\n"
    )


def _options(exercise: Exercise) -> str:
    if not passage.has_options(exercise):
        return ""
    tables: list[str] = []
    for number, gap in enumerate(exercise.gaps, 1):
        columns = sheet.options_per_row(gap)
        rows: list[str] = []
        for i, row in enumerate(sheet.option_rows(gap)):
            cells = "".join(f'<td width="{92 // columns}%">{escape(cell)}</td>' for cell in row)
            cells += "<td></td>" * (columns - len(row))
            label = f"{number}．" if i == 0 else ""
            rows.append(f'<tr><td width="8%">{label}</td>{cells}</tr>')
        tables.append(
            f'<table width="100%" cellspacing="0" cellpadding="2">{"".join(rows)}</table>'
        )
    return "<p></p>\n" + "\n".join(tables)


def _application() -> QGuiApplication:
    """Return the running application, or make one: fonts need it."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QGuiApplication

    running = QCoreApplication.instance()
    return running if isinstance(running, QGuiApplication) else _own_application()


@functools.cache
def _own_application() -> QGuiApplication:
    """Make an application that lives as long as the process."""
    from PySide6.QtGui import QGuiApplication

    arguments = ["bubai"]
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not display:
        arguments += ["-platform", "offscreen"]
    return QGuiApplication(arguments)
