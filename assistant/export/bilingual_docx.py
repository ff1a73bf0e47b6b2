"""Source and translation side by side for Word and WPS: a table with a row per sentence. No Qt.

python-docx is imported when a file is made, not when the app starts.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from assistant.export.rendered import Rendered
from assistant.export.sheet import Typefaces
from assistant.records import Translation

HEADINGS = ("原文", "译文 Translation")
NOTE = "标有 ? 的句子，模型自己也没有把握，请核对。 Sentences marked ? are doubtful."
_FACES = Typefaces(body="宋体", head="黑体", verse="楷体")
_BODY_PT, _SMALL_PT = 10.5, 9.0
_PAGE_CM, _MARGIN_CM = (21.0, 29.7), 2.0
_COLUMN_CM = (_PAGE_CM[0] - 2 * _MARGIN_CM) / 2


def render(translation: Translation) -> Rendered:
    """Return a .docx: two columns, the heading row repeated on every page.

    A blank row stands where the text has a blank line.
    """
    import docx

    document = docx.Document()
    _set_page(document)
    table = document.add_table(rows=1, cols=2)
    _set_table(table)
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=True):
        _write(cell, text, font=_FACES.head)
    end = 0
    for pair in translation.sentences:
        if end and translation.text[end : pair.start_char].count("\n") > 1:
            table.add_row()
        cells = table.add_row().cells
        _write(cells[0], pair.source)
        _write(cells[1], f"? {pair.target}" if pair.is_doubtful else pair.target)
        end = pair.end_char
    if any(pair.is_doubtful for pair in translation.sentences):
        _run(document.add_paragraph(), NOTE, _SMALL_PT)
    out = io.BytesIO()
    document.save(out)
    return Rendered(out.getvalue())


def _set_page(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    from assistant.export.docx_parts import drop_theme_fonts, set_fonts

    section = document.sections[0]
    section.page_width, section.page_height = Cm(_PAGE_CM[0]), Cm(_PAGE_CM[1])
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    normal = document.styles["Normal"]
    set_fonts(normal.element.get_or_add_rPr(), _FACES.latin, _FACES.body)
    normal.font.size = Pt(_BODY_PT)
    normal.paragraph_format.space_after = Pt(0)
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        drop_theme_fonts(fonts)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    properties.created = properties.modified = datetime.now(UTC)


def _set_table(table: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm

    from assistant.export.docx_parts import add_borders

    add_borders(table)
    table.autofit = False
    for column in table.columns:
        column.width = Cm(_COLUMN_CM)
    heading = table.rows[0]._tr.get_or_add_trPr()
    heading.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _write(cell: Any, text: str, *, font: str | None = None) -> None:
    from docx.shared import Cm, Pt

    cell.width = Cm(_COLUMN_CM)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    _run(paragraph, text, _BODY_PT, font=font)


def _run(paragraph: Any, text: str, size_pt: float, *, font: str | None = None) -> None:
    from assistant.export.docx_parts import add_run

    add_run(paragraph, text, _FACES, size_pt, font=font)
