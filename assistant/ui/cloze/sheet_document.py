"""An exercise as a text document, and which part of it stands where. Imports cloze/ and text/.

Positions of the document count UTF-16 units (``_utf16``), offsets in the passage with every gap
filled code points (``_char``).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from assistant.cloze.exercise import Exercise, Gap, Kind
from assistant.cloze.headings import Role, lines, only_title
from assistant.export.passage import has_options
from assistant.export.sheet import option_rows
from assistant.text.offsets import OffsetMap
from assistant.ui.theme import Colours

ALARM = "⚠"
UNSURE = "？"
"""Marks what the model cannot judge."""
_NBSP = "\u00a0"
_BLANK = "\uff3f"


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of the passage as it stands in the document; ``uid`` is that of a gap."""

    start_utf16: int
    end_utf16: int
    start_char: int
    text: str
    uid: str = ""

    def char_at(self, position_utf16: int) -> int:
        """Return the offset in the passage of a position inside a piece of running text."""
        inside = position_utf16 - self.start_utf16
        return self.start_char + OffsetMap(self.text).to_char(inside)


@dataclass(frozen=True, slots=True)
class Look:
    """How to write the sheet."""

    font: QFont
    colours: Colours
    with_answers: bool
    selected: str
    bank_title: str


def write_sheet(exercise: Exercise, cursor: QTextCursor, look: Look) -> tuple[Piece, ...]:
    """Write the sheet at ``cursor`` into an empty document; return the passage's pieces."""
    plain = QTextCharFormat()
    plain.setFont(look.font)
    plain.setForeground(QColor(look.colours.text))
    passage = QTextBlockFormat()
    passage.setLineHeight(165, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    passage.setBottomMargin(4)
    if exercise.verse:
        passage.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    cursor.setBlockFormat(passage)
    if exercise.title and only_title(exercise.text) != exercise.title:
        _write_title(exercise.title, cursor, look, passage)
    pieces: list[Piece] = []
    at = 0
    for number, segment in exercise.numbered():
        start = cursor.position()
        if isinstance(segment, Gap):
            cursor.insertText(_gap_text(number or 0, segment, look), _gap_format(segment, look))
            piece = Piece(start, cursor.position(), at, segment.answer, segment.uid)
        else:
            cursor.insertText(segment.text, plain)
            piece = Piece(start, cursor.position(), at, segment.text)
        at += len(piece.text)
        pieces.append(piece)
    if pieces:
        mark_headings(exercise.text, cursor.document(), pieces[0].start_utf16)
    _write_options(exercise, cursor, look)
    return tuple(pieces)


def mark_headings(text: str, document: QTextDocument, start_utf16: int) -> None:
    """Centre the titles and bylines of the passage ``text`` that begins at ``start_utf16``.

    Every line of it must be one block of the document.
    """
    heads = [line for line in lines(text) if line.role is not Role.BODY]
    numbers = {text.count("\n", 0, line.start_char): line.role for line in heads}
    first = document.findBlock(start_utf16).blockNumber()
    for number, role in numbers.items():
        cursor = QTextCursor(document.findBlockByNumber(first + number))
        form = cursor.blockFormat()
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        cursor.setBlockFormat(form)
        if role is Role.TITLE:
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            cursor.mergeCharFormat(bold)


def _write_title(title: str, cursor: QTextCursor, look: Look, passage: QTextBlockFormat) -> None:
    large = QFont(look.font)
    large.setPointSizeF(look.font.pointSizeF() * 1.25)
    large.setBold(True)
    form = QTextCharFormat()
    form.setFont(large)
    form.setForeground(QColor(look.colours.text))
    block = QTextBlockFormat(passage)
    block.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    cursor.setBlockFormat(block)
    cursor.insertText(title, form)
    cursor.insertBlock(passage)


def _write_options(exercise: Exercise, cursor: QTextCursor, look: Look) -> None:
    small = QTextCharFormat()
    font = QFont(look.font)
    font.setPointSizeF(look.font.pointSizeF() * 0.92)
    small.setFont(font)
    small.setForeground(QColor(look.colours.muted))
    block = QTextBlockFormat()
    block.setTopMargin(8)
    block.setBottomMargin(2)
    if exercise.kind is Kind.BANK and exercise.bank:
        block.setBackground(QColor(look.colours.raised))
        cursor.insertBlock(block, small)
        words = "　".join(word.text for word in exercise.bank)
        cursor.insertText(f"{look.bank_title}　{words}", small)
    elif has_options(exercise):
        for number, gap in enumerate(exercise.gaps, 1):
            if gap.distractors:
                cursor.insertBlock(block, small)
                rows = [option for row in option_rows(gap) for option in row]
                cursor.insertText(f"{number}.　" + "　".join(rows), small)
                block.setTopMargin(0)


def _gap_text(number: int, gap: Gap, look: Look) -> str:
    alarm = f"{ALARM}{_NBSP}" if gap.alternatives and look.with_answers else ""
    shown = gap.answer if look.with_answers else _BLANK * 3
    return f"{_NBSP}{number}{_NBSP}{shown}{_NBSP}{alarm}"


def _gap_format(gap: Gap, look: Look) -> QTextCharFormat:
    colours = look.colours
    form = QTextCharFormat()
    font = QFont(look.font)
    selected = gap.uid == look.selected
    font.setBold(selected)
    form.setFont(font)
    form.setFontUnderline(selected)
    form.setBackground(QColor(colours.chip_active if selected else colours.chip))
    form.setForeground(QColor(colours.on_accent if selected else colours.chip_text))
    return form
