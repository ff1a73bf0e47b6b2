"""GIFT, Moodle's plain text: one question per gap, because a GIFT question has one answer block.

No Qt. UTF-8 without a byte order mark; each question is one line, so nothing in the text can end
it or start a comment.
"""

from __future__ import annotations

import re

from assistant.cloze.exercise import Exercise, Gap, Kind, Text
from assistant.errors import ExportContentError
from assistant.export import passage
from assistant.export.moodle_xml import category_path, grade, grade_note
from assistant.export.rendered import Change, Note, Rendered
from assistant.export.wording import sheet_title

_SPECIAL = re.compile(r"[\\~=#{}:]")
# Moodle holds escaped signs as && + three digits + ; while it parses: a text must not look so.
_PLACEHOLDER = re.compile(r"&&(?=\d{3})")
BLANK = "____"
_ARROW = "->"  # turns typed answers into a matching question, and cannot be escaped


def render(exercise: Exercise) -> Rendered:
    """Return ``exercise`` as a GIFT file with a category and one question per gap.

    Raises ExportContentError for a typed answer that holds ``->``.
    """
    blocks = [f"$CATEGORY: {category_path(exercise)}"]
    width = len(str(len(exercise.gaps)))
    for number, gap in enumerate(exercise.gaps, 1):
        name = f"{sheet_title(exercise)} {number:0{width}}"
        question = _question(exercise, number, _answers(exercise, number, gap))
        blocks.append(f"::{escape(name)}::[plain]{question}")
    text = "\n\n".join(blocks) + "\n"
    notes = [*passage.pinyin_note(exercise)]
    if not passage.has_options(exercise):
        notes += grade_note(exercise)
    if len(exercise.gaps) > 1:
        notes.append(Note(Change.ONE_QUESTION_EACH, str(len(exercise.gaps))))
    if _PLACEHOLDER.search(passage.all_texts(exercise)):
        notes.append(Note(Change.PLACEHOLDERS))
    return Rendered(text.encode("utf-8"), tuple(notes))


def escape(text: str) -> str:
    """Escape text for any place in a GIFT question, line breaks too."""
    text = _PLACEHOLDER.sub("＆＆", text)
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _question(exercise: Exercise, number: int, answers: str) -> str:
    """Return the passage with ``answers`` at gap ``number`` and lines at the other gaps."""
    rows: list[str] = []
    for pieces in passage.paragraphs(exercise):
        parts: list[str] = []
        for piece in pieces:
            if isinstance(piece, Text):
                parts.append(escape(piece.text))
                continue
            hint = passage.hint_of(piece.gap)
            tail = f"（{escape(hint)}）" if hint else ""
            parts.append((answers if piece.number == number else f"({BLANK})") + tail)
        rows.append("".join(parts))
    text = "\\n".join(rows)
    if exercise.instructions:
        text = escape(exercise.instructions) + "\\n" + text
    # Moodle draws a blank only where text follows the answers.
    return text.replace(answers, BLANK + answers) if text.endswith(answers) else text


def _answers(exercise: Exercise, number: int, gap: Gap) -> str:
    if passage.has_options(exercise):
        return _choices(gap, gap.options)
    if exercise.kind is Kind.BANK:
        return _choices(gap, tuple(dict.fromkeys(word.text for word in exercise.bank)))
    if any(_ARROW in answer.text for answer in gap.answers):
        raise ExportContentError.at("GIFT", number, _ARROW)
    parts = [
        f"=%{grade(share)}%{_typed(text)}"
        for text, share in passage.typed_answers(gap)
        if _ARROW not in text
    ]
    return "{" + " ".join(parts) + "}"


def _choices(gap: Gap, options: tuple[str, ...]) -> str:
    shares = {answer.text: answer.weight for answer in reversed(gap.answers)}
    parts: list[str] = []
    for option in options:
        share = shares.get(option, 0)
        if option == gap.answer:
            mark = "="
        elif share:
            mark = f"~%{grade(share)}%"
        else:
            mark = "~%0%" if option.startswith("%") else "~"
        parts.append(mark + _bracketed(escape(option)))
    return "{" + " ".join(parts) + "}"


def _typed(text: str) -> str:
    """Escape a typed answer; an asterisk would be a wildcard there."""
    return _bracketed(escape(text).replace("*", "\\*"))


def _bracketed(text: str) -> str:
    """Name the format where a leading bracket could be read as one (``[html]``)."""
    return f"[plain]{text}" if text.startswith("[") else text
