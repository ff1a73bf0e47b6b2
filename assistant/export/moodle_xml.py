"""Moodle XML: one question for the whole passage.

Typed answers and A–D become an embedded-answers question (``cloze``), a word bank becomes
``ddwtos`` (drag and drop into text), drop-downs become ``gapselect``. No Qt.

Moodle splits an embedded question at its delimiters first and decodes HTML entities afterwards, so
entities are the escape; a backslash would stay visible.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from assistant.cloze.exercise import BankWord, Exercise, Gap, Kind, Text
from assistant.cloze.headings import Role
from assistant.export import passage
from assistant.export.rendered import Change, Note, Rendered
from assistant.export.wording import sheet_title, wording

MAX_GROUPS = 8
"""Groups of drop-down options that Moodle's editing form offers; beyond, ``cloze`` is written."""
_GRADES = (
    *(100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20),
    *(16.66667, 14.28571, 12.5, 11.11111, 10, 5),
)
# Numeric entities only: Moodle takes nothing that follows "&amp;" for a delimiter.
_ESCAPED = {character: f"&#{ord(character)};" for character in "{}#~=%\\&<>"}
_UNESCAPED_BY_MOODLE = re.compile(r"\\(?=[}#])")


def render(exercise: Exercise) -> Rendered:
    """Return ``exercise`` as Moodle XML with a category and one question."""
    words = wording(exercise)
    if exercise.kind is Kind.BANK:
        kind, text, extra = "ddwtos", _bank_text(exercise), _drag_boxes(exercise)
    elif exercise.kind is Kind.DROPDOWN and len(exercise.gaps) <= MAX_GROUPS:
        kind, text, extra = "gapselect", _select_text(exercise), _select_options(exercise)
    else:
        kind, text, extra = "cloze", _cloze_text(exercise), ""
    category = category_path(exercise)
    mark = "" if kind == "cloze" else f"<defaultgrade>{_total(exercise):g}</defaultgrade>\n  "
    data = f"""<?xml version="1.0" encoding="UTF-8"?>
<quiz>
 <question type="category"><category><text>{html.escape(category)}</text></category></question>
 <question type="{kind}">
  <name><text>{html.escape(sheet_title(exercise))}</text></name>
  <questiontext format="html"><text>{_cdata(text)}</text></questiontext>
  <generalfeedback format="html"><text></text></generalfeedback>
  {mark}<penalty>0.3333333</penalty>
  <hidden>0</hidden>
  <idnumber></idnumber>
{_feedbacks(words.right, words.partial, words.wrong) if extra else ""}{extra} </question>
</quiz>
"""
    notes = passage.pinyin_note(exercise)
    if kind == "cloze" and not passage.has_options(exercise):
        notes += grade_note(exercise)
    return Rendered(data.encode("utf-8"), notes)


def grade(share: float) -> str:
    """Return the grade in percent that Moodle knows and that is nearest to ``share`` (0–1)."""
    return f"{min(_GRADES, key=lambda known: abs(known - share * 100)):.7g}"


def grade_note(exercise: Exercise) -> tuple[Note, ...]:
    """Return the note on partial credit that had to be moved to a known grade."""
    shares = {answer.weight for gap in exercise.gaps for answer in gap.answers}
    moved = any(abs(float(grade(share)) - share * 100) > 0.01 for share in shares)
    return (Note(Change.NEAREST_GRADE),) if moved else ()


def category_path(exercise: Exercise) -> str:
    """Return the category for the question; ``//`` is Moodle's escape of a slash in a name."""
    name = sheet_title(exercise).replace("\\", "＼").replace("/", "//")
    return f"$course$/top/补白/{name}"


def cloze_answer(text: str, *, markup: bool) -> str:
    """Escape an answer for an embedded question; ``markup`` where Moodle reads it as HTML."""
    if markup:
        text = html.escape(text, quote=False)
    else:
        text = text.replace("*", "\\*")  # a bare asterisk is a wildcard in typed answers
    text = _UNESCAPED_BY_MOODLE.sub(r"\\\\", text)
    return "".join(_ESCAPED.get(character, character) for character in text)


def running_text(text: str) -> str:
    """Escape running text: no tag, no embedded question, no ``[[1]]`` place."""
    return html.escape(text, quote=False).replace("{", "&#123;").replace("[", "&#91;")


def option_text(text: str) -> str:
    """Escape an option of a bank or drop-down: numeric entities survive both ways of printing."""
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")


def _total(exercise: Exercise) -> float:
    return exercise.points * len(exercise.gaps)


def _paragraphs(exercise: Exercise, places: Iterator[str]) -> str:
    parts = [
        f"<p><em>{running_text(line)}</em></p>"
        for line in exercise.instructions.split("\n")
        if line.strip()
    ]
    for row in passage.layout(exercise, with_title=False):
        inner = "".join(
            running_text(piece.text) if isinstance(piece, Text) else next(places) + _hint(piece.gap)
            for piece in row.pieces
        )
        inner = f"<strong>{inner}</strong>" if row.role is Role.TITLE else inner
        centred = exercise.verse or row.role is not Role.BODY
        style = ' style="text-align:center"' if centred else ""
        parts.append(f"<p{style}>{inner}</p>")
    source = passage.source_line(exercise)
    if source:
        parts.append(f'<p style="text-align:right">{running_text(source)}</p>')
    return "\n".join(parts)


def _hint(gap: Gap) -> str:
    hint = passage.hint_of(gap)
    return f"<small>（{running_text(hint)}）</small>" if hint else ""


def _cloze_text(exercise: Exercise) -> str:
    return _paragraphs(exercise, (_embedded(exercise, gap) for gap in exercise.gaps))


def _embedded(exercise: Exercise, gap: Gap) -> str:
    weight = max(1, round(exercise.points))  # Moodle takes whole numbers only
    if passage.has_options(exercise):
        alternatives = "~".join(
            ("=" if i == gap.key_index else "") + cloze_answer(option, markup=True)
            for i, option in enumerate(gap.options)
        )
        return f"{{{weight}:MULTICHOICE:{alternatives}}}"
    alternatives = "~".join(
        ("=" if share == 1 else f"%{grade(share)}%") + cloze_answer(text, markup=False)
        for text, share in passage.typed_answers(gap)
    )
    return f"{{{weight}:SHORTANSWER:{alternatives}}}"


def _ordered_bank(exercise: Exercise) -> tuple[BankWord, ...]:
    """Return the gaps' words in gap order, then the extra ones: place [[n]] is box n."""
    own = {word.gap: word for word in exercise.bank if word.gap is not None}
    extras = tuple(word for word in exercise.bank if word.gap is None)
    return (*(own[gap.uid] for gap in exercise.gaps), *extras)


def _bank_text(exercise: Exercise) -> str:
    return _paragraphs(exercise, (f"[[{i}]]" for i in range(1, len(exercise.gaps) + 1)))


def _drag_boxes(exercise: Exercise) -> str:
    return "".join(
        f"  <dragbox><text>{html.escape(option_text(word.text))}</text><group>1</group></dragbox>\n"
        for word in _ordered_bank(exercise)
    )


def _select_text(exercise: Exercise) -> str:
    places: list[str] = []
    before = 0
    for gap in exercise.gaps:
        places.append(f"[[{before + gap.key_index + 1}]]")
        before += len(gap.options)
    return _paragraphs(exercise, iter(places))


def _select_options(exercise: Exercise) -> str:
    return "".join(
        f"  <selectoption><text>{html.escape(option_text(option))}</text><group>{group}</group>"
        "</selectoption>\n"
        for group, gap in enumerate(exercise.gaps, 1)
        for option in gap.options
    )


def _feedbacks(right: str, partial: str, wrong: str) -> str:
    return f"""  <shuffleanswers>1</shuffleanswers>
  <correctfeedback format="html"><text>{right}</text></correctfeedback>
  <partiallycorrectfeedback format="html"><text>{partial}</text></partiallycorrectfeedback>
  <incorrectfeedback format="html"><text>{wrong}</text></incorrectfeedback>
  <shownumcorrect/>
"""


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
