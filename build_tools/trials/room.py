"""What has no room: words that are cut off, parts that stand where nobody can see or scroll to."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

_BUTTONS = (QPushButton, QToolButton, QCheckBox, QRadioButton)


def clipped(root: QWidget) -> list[str]:
    """Return the visible labels and buttons whose words need more room than they have."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel):
            if widget.wordWrap():
                short = widget.heightForWidth(widget.width()) > widget.height() + 1
            else:
                short = widget.sizeHint().width() > widget.width() + 1
            if short and widget.text() and widget.textFormat() is not Qt.TextFormat.RichText:
                found.append(_name(widget))
        elif isinstance(widget, _BUTTONS) and widget.minimumSizeHint().width() > widget.width() + 1:
            found.append(_name(widget))
    return sorted({what for what in found if not what.endswith(": ")})


def outside(root: QWidget) -> list[str]:
    """Return the visible parts of ``root`` that stand outside what holds them, out of reach.

    What stands in a scroll area may stand outside its view in a direction that it scrolls in.
    """
    found = [_name(widget) for widget in root.findChildren(QWidget) if _is_outside(widget, root)]
    return sorted(set(found))


def off_screen(window: QWidget) -> str:
    """Return where ``window`` (without its frame) stands if that is off its screen, else ""."""
    room = window.screen().availableGeometry()
    place = window.geometry()
    if room.contains(place):
        return ""
    return f"{type(window).__name__} {_words(place)} on a screen of {_words(room)}"


def _is_outside(widget: QWidget, root: QWidget) -> bool:
    if not widget.isVisible() or widget.isWindow() or widget.rect().isEmpty():
        return False
    if isinstance(widget.parentWidget(), (QComboBox, QAbstractSpinBox)):
        return False  # Qt's own
    inner, left = widget, widget.rect()
    while inner is not root:
        outer = inner.parentWidget()
        if outer is None:
            return False
        left.translate(inner.pos())
        area = outer.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is outer:
            if not isinstance(area, QScrollArea):
                return False  # a view, which lays out its own parts
            left = _scrolled_into(area, left)
        if not outer.rect().adjusted(-1, -1, 1, 1).contains(left):
            return True
        inner = outer
    return False


def _scrolled_into(area: QScrollArea, part: QRect) -> QRect:
    """Return ``part`` of the contents where it stands when scrolled to, as far as that goes."""
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    view = area.viewport().rect()
    corner = QPoint(part.left(), part.top())
    width, height = part.width(), part.height()
    if area.horizontalScrollBarPolicy() is not never:
        corner.setX(0)
        width = min(width, view.width())
    if area.verticalScrollBarPolicy() is not never:
        corner.setY(0)
        height = min(height, view.height())
    return QRect(corner.x(), corner.y(), width, height)


def _name(widget: QWidget) -> str:
    is_worded = isinstance(widget, (QLabel, QAbstractButton))
    words = widget.text() if is_worded else widget.accessibleName()
    return f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}: {words[:40]}"


def _words(rect: QRect) -> str:
    return f"{rect.width()}×{rect.height()} at {rect.x()},{rect.y()}"
