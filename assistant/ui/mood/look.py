"""How a verdict is shown: a sign, a word, a colour and a line under the sentence.

Never by colour alone: each verdict has its own sign and its own kind of line. Imports records and
ui only.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QTextCharFormat

from assistant.records import Polarity
from assistant.ui.theme import Colours

translate = QCoreApplication.translate

SIGNS = {Polarity.POSITIVE: "＋", Polarity.NEUTRAL: "○", Polarity.NEGATIVE: "－"}
_LINES = {
    Polarity.POSITIVE: QTextCharFormat.UnderlineStyle.SingleUnderline,
    Polarity.NEUTRAL: QTextCharFormat.UnderlineStyle.DotLine,
    Polarity.NEGATIVE: QTextCharFormat.UnderlineStyle.WaveUnderline,
}

SURE, LIKELY = 0.85, 0.65
"""Confidences of a verdict against the other two: that of one of three is at least 0.33."""


def polarity_word(polarity: Polarity) -> str:
    """Return the verdict in a word."""
    return {
        Polarity.POSITIVE: translate("Mood", "正面"),
        Polarity.NEUTRAL: translate("Mood", "中性"),
        Polarity.NEGATIVE: translate("Mood", "负面"),
    }[polarity]


def polarity_colour(polarity: Polarity, colours: Colours) -> QColor:
    """Return the colour of signs, bars and lines."""
    return QColor(
        {
            Polarity.POSITIVE: colours.speaks_for,
            Polarity.NEUTRAL: colours.muted,
            Polarity.NEGATIVE: colours.speaks_against,
        }[polarity]
    )


def line_format(polarity: Polarity, colours: Colours) -> QTextCharFormat:
    """Return the line under a sentence."""
    look = QTextCharFormat()
    look.setUnderlineStyle(_LINES[polarity])
    look.setUnderlineColor(polarity_colour(polarity, colours))
    return look
