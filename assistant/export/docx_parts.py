"""Pieces of a Word document that python-docx has no call for: East Asian fonts, ruby, borders.

python-docx sets only the Latin font (its issue 1396): here every run names both. No Qt.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.export.sheet import Typefaces

RUBY_SCALE = 0.5
"""Pinyin is printed at this part of the size of the text."""
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def set_fonts(properties: Any, latin: str, east_asian: str) -> None:
    """Name the fonts in run properties (``w:rPr``) and take theme fonts out of the way."""
    fonts = properties.get_or_add_rFonts()
    drop_theme_fonts(fonts)
    for name, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{name}"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def drop_theme_fonts(fonts: Any) -> None:
    """Take theme fonts out of ``w:rFonts``: they would win over named ones."""
    for name in _THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{name}"), None)


def add_run(
    paragraph: Paragraph,
    text: str,
    faces: Typefaces,
    size_pt: float,
    *,
    font: str | None = None,
    underline: bool = False,
) -> Run:
    """Append ``text`` in one run with all its fonts named; a tab becomes a tab stop."""
    run = paragraph.add_run(text)
    element = _element(run)
    set_fonts(element.get_or_add_rPr(), faces.latin, font or faces.body)
    run.font.size = Pt(size_pt)
    if underline:
        run.font.underline = True
    for node in element.iter(qn("w:t")):
        node.set(_SPACE, "preserve")
    return run


def add_tab_stop(paragraph: Paragraph, position_cm: float) -> None:
    """Add a left tab stop, measured from the margin."""
    stops: Any = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(position_cm))


def add_ruby(
    paragraph: Paragraph,
    base: str,
    pinyin: str,
    faces: Typefaces,
    size_pt: float,
    *,
    font: str,
    language: str,
) -> None:
    """Append one character with its pinyin above it (``w:ruby``)."""
    small_pt = size_pt * RUBY_SCALE
    ruby: Any = parse_xml(
        f"<w:ruby {nsdecls('w')}><w:rubyPr>"
        f'<w:rubyAlign w:val="center"/><w:hps w:val="{small_pt * 2:.0f}"/>'
        f'<w:hpsRaise w:val="{size_pt * 2 - 2:.0f}"/>'
        f'<w:hpsBaseText w:val="{size_pt * 2:.0f}"/><w:lid w:val="{language}"/>'
        "</w:rubyPr><w:rt/><w:rubyBase/></w:ruby>"
    )
    small, large = ruby[1], ruby[2]
    small.append(_element(add_run(paragraph, pinyin, faces, small_pt)))  # moves the run
    large.append(_element(add_run(paragraph, base, faces, size_pt, font=font)))
    _element(add_run(paragraph, "", faces, size_pt)).append(ruby)


def add_borders(table: Any) -> None:
    """Draw a thin line around a table."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right")
    )
    borders: Any = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        properties.append(borders)
    else:  # the schema wants the borders first
        layout.addprevious(borders)


def _element(run: Run) -> Any:
    return run._element  # pyright: ignore[reportPrivateUsage]
