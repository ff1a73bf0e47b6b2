"""A printed sheet for Word and WPS: passage, options or word bank, and the key on its own page.

No Qt. python-docx is imported when a sheet is made, not when the app starts.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.cloze.exercise import Exercise, Kind, Text
from assistant.cloze.headings import Role
from assistant.export import passage, sheet
from assistant.export.rendered import Rendered
from assistant.export.wording import section_title, sheet_title, wording

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.text.paragraph import Paragraph

TITLE_PT = 16
HEAD_PT = 12
BODY_PT = 12
SMALL_PT = 10.5
LINE_SPACING = 1.5
VERSE_SPACING = 1.25
OPTION_STOPS_CM = (1.0, 4.7, 8.4, 12.1)
_PAGE_CM = (21.0, 29.7)
_MARGINS_CM = (2.54, 2.5)


def render(exercise: Exercise, *, key: bool = True) -> Rendered:
    """Return ``exercise`` as a .docx file, with the ``key`` on a page of its own if wished."""
    import docx

    writer = _Sheet(docx.Document(), exercise)
    writer.write(key=key)
    out = io.BytesIO()
    writer.document.save(out)
    return Rendered(out.getvalue())


class _Sheet:
    """One document while it is written; the parts in reading order."""

    def __init__(self, document: DocumentType, exercise: Exercise) -> None:
        self.document = document
        self.exercise = exercise
        self.faces = sheet.typefaces(exercise)
        self.words = wording(exercise)

    def write(self, *, key: bool) -> None:
        self._set_page()
        self._write_head()
        if self.exercise.kind is Kind.BANK:
            self._write_bank()
        self._write_passage(key=False)
        if passage.has_options(self.exercise):
            self._write_options()
        if key:
            self._write_key()

    def _set_page(self) -> None:
        from docx.shared import Cm, Pt

        from assistant.export.docx_parts import set_fonts

        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(_PAGE_CM[0]), Cm(_PAGE_CM[1])
        section.top_margin = section.bottom_margin = Cm(_MARGINS_CM[0])
        section.left_margin = section.right_margin = Cm(_MARGINS_CM[1])
        normal: Any = self.document.styles["Normal"]
        set_fonts(normal.element.get_or_add_rPr(), self.faces.latin, self.faces.body)
        normal.font.size = Pt(BODY_PT)
        normal.paragraph_format.space_after = Pt(0)
        self._set_language()
        properties = self.document.core_properties
        properties.title = sheet_title(self.exercise)
        properties.author = ""
        properties.comments = ""
        properties.created = properties.modified = datetime.now(UTC)

    def _set_language(self) -> None:
        from docx.oxml.ns import qn

        from assistant.export.docx_parts import drop_theme_fonts

        styles: Any = self.document.styles.element
        for language in styles.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), self.words.language)
        for fonts in styles.iter(qn("w:rFonts")):
            drop_theme_fonts(fonts)

    def _paragraph(self, *, spacing: float = LINE_SPACING) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.line_spacing = spacing
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, size: float = BODY_PT, **how: Any) -> None:
        from assistant.export.docx_parts import add_run

        add_run(paragraph, text, self.faces, size, **how)

    def _write_head(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        title = self._paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(title, sheet_title(self.exercise), TITLE_PT, font=self.faces.head)
        names = self._paragraph()
        names.alignment = WD_ALIGN_PARAGRAPH.CENTER
        labels = (self.words.class_name, self.words.name, self.words.score)
        for i, label in enumerate(labels):
            self._run(names, f"{sheet.FULL_SPACE if i else ''}{label}：", SMALL_PT)
            self._run(names, sheet.FULL_SPACE * 6, SMALL_PT, underline=True)
        self._run(self._paragraph(), section_title(self.exercise), HEAD_PT, font=self.faces.head)
        for line in self.exercise.instructions.split("\n"):
            if line.strip():
                self._run(self._paragraph(), line, SMALL_PT)

    def _write_bank(self) -> None:
        from assistant.export.docx_parts import add_borders, add_tab_stop

        table = self.document.add_table(rows=1, cols=1)
        add_borders(table)
        paragraph = table.cell(0, 0).paragraphs[0]
        paragraph.paragraph_format.line_spacing = LINE_SPACING
        entries = [f"{passage.circled(i)}{w.text}" for i, w in enumerate(self.exercise.bank, 1)]
        width_cm = _PAGE_CM[0] - 2 * _MARGINS_CM[1] - 0.5
        em_cm = BODY_PT * 2.54 / 72
        columns = sheet.bank_columns(entries, width_cm / em_cm)
        for i in range(1, columns):
            add_tab_stop(paragraph, i * width_cm / columns)
        for start in range(0, len(entries), columns):
            row = "\t".join(entries[start : start + columns])
            self._run(paragraph, row + ("\n" if start + columns < len(entries) else ""))
        self._paragraph(spacing=0.5)

    def _write_passage(self, *, key: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        verse = self.exercise.verse
        rows = passage.layout(self.exercise)
        for number, row in enumerate(rows):
            paragraph = self._paragraph(spacing=VERSE_SPACING if verse else LINE_SPACING)
            how = paragraph.paragraph_format
            if verse or row.role is not Role.BODY:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            else:
                how.first_line_indent = Pt(2 * BODY_PT)
            if verse and row.first and number:
                how.space_before = Pt(BODY_PT)
            # A title stays with its text, and a poem on one page.
            inside = verse and number + 1 < len(rows) and not rows[number + 1].first
            how.keep_with_next = row.role is not Role.BODY or inside
            for piece in row.pieces:
                self._write_piece(paragraph, piece, key=key, role=row.role)
        source = passage.source_line(self.exercise)
        if source:
            paragraph = self._paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self._run(paragraph, source, SMALL_PT, font=self.faces.verse)

    def _write_piece(
        self, paragraph: Paragraph, piece: passage.Piece, *, key: bool, role: Role = Role.BODY
    ) -> None:
        font = self.faces.verse if self.exercise.verse else self.faces.body
        if isinstance(piece, Text) and role is not Role.BODY:
            is_title = role is Role.TITLE
            face = self.faces.head if is_title else self.faces.verse
            self._run(paragraph, piece.text, BODY_PT if is_title else SMALL_PT, font=face)
        elif isinstance(piece, Text):
            self._write_text(paragraph, piece, font, ruby=not key)
        elif key:
            self._run(paragraph, piece.gap.answer, font=font, underline=True)
        else:
            blank = sheet.unbroken(sheet.blank_text(self.exercise, piece.number))
            self._run(paragraph, blank, underline=True)
            hint = passage.hint_of(piece.gap)
            if hint:
                self._run(paragraph, f"（{hint}）", SMALL_PT)

    def _write_text(self, paragraph: Paragraph, text: Text, font: str, *, ruby: bool) -> None:
        from assistant.export.docx_parts import add_ruby

        if not ruby or not any(text.pinyin):
            self._run(paragraph, text.text, font=font)
            return
        for character, syllable in zip(text.text, text.pinyin, strict=True):
            if syllable:
                add_ruby(
                    paragraph,
                    character,
                    syllable,
                    self.faces,
                    BODY_PT,
                    font=font,
                    language=self.words.language,
                )
            else:
                self._run(paragraph, character, font=font)

    def _write_options(self) -> None:
        from assistant.export.docx_parts import add_tab_stop

        self._paragraph(spacing=0.5)
        for number, gap in enumerate(self.exercise.gaps, 1):
            per_row = sheet.options_per_row(gap)
            rows = sheet.option_rows(gap)
            for i, row in enumerate(rows):
                paragraph = self._paragraph(spacing=1.25)
                layout = paragraph.paragraph_format
                for stop in OPTION_STOPS_CM[:: 4 // per_row]:
                    add_tab_stop(paragraph, stop)
                layout.keep_together = True
                layout.keep_with_next = i + 1 < len(rows)
                label = f"{number}．" if i == 0 else ""
                self._run(paragraph, "\t".join((label, *row)))

    def _write_key(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        head = self._paragraph()
        head.paragraph_format.page_break_before = True
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(head, self.words.key, TITLE_PT, font=self.faces.head)
        title = self._paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(title, sheet_title(self.exercise), SMALL_PT)
        keys = sheet.FULL_SPACE.join(passage.key_lines(self.exercise))
        self._run(self._paragraph(), keys)
        for line in passage.alternative_lines(self.exercise):
            self._run(self._paragraph(), line)
        self._run(self._paragraph(), self.words.whole_text, HEAD_PT, font=self.faces.head)
        self._write_passage(key=True)
