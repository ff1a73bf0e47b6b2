"""What a writer returns: the bytes of the file, and what had to be changed to make them.

Pure. Imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Change(Enum):
    """A difference between the exercise and its export that a person must be told."""

    CONTROL_CHARACTERS = "control_characters"
    LINE_BREAKS = "line_breaks"
    NO_PINYIN = "no_pinyin"
    ONE_ANSWER = "one_answer"
    FULL_ANSWERS_ONLY = "full_answers_only"
    ASTERISKS = "asterisks"
    OPTIONS_AS_TIP = "options_as_tip"
    NEEDS_LIBRARY = "needs_library"
    ONE_QUESTION_EACH = "one_question_each"
    FORMULAS = "formulas"
    PLACEHOLDERS = "placeholders"
    NEAREST_GRADE = "nearest_grade"


_TEXTS: dict[Change, tuple[str, str]] = {
    Change.CONTROL_CHARACTERS: (
        "不可打印的控制字符已换成“\ufffd”。",
        "Control characters were replaced by “\ufffd”.",
    ),
    Change.LINE_BREAKS: (
        "答案、选项和提示里的换行已换成空格。",
        "Line breaks in answers, options and hints became spaces.",
    ),
    Change.NO_PINYIN: (
        "此格式不能注音，正文的拼音已略去。",
        "The pinyin of the text was left out.",
    ),
    Change.ONE_ANSWER: (
        "此格式每空只认一个答案，其他可接受的答案已略去。",
        "This format knows one answer per blank; the other accepted answers were left out.",
    ),
    Change.FULL_ANSWERS_ONLY: (
        "此格式不能给部分分，只得部分分的答案已略去。",
        "This format has no partial credit; answers that earn only a part were left out.",
    ),
    Change.ASTERISKS: (
        "星号在此格式里是标记，正文中的“*”已换成“＊”。",
        "Asterisks are marks in this format; those in the text became full-width.",
    ),
    Change.OPTIONS_AS_TIP: (
        "此格式没有选择题，选项写在每空的提示里，由学生键入。",
        "This format has no choices; the options became the tip of each blank.",
    ),
    Change.NEEDS_LIBRARY: (
        "目标平台须已安装 {detail}。",
        "The platform must already have {detail} installed.",
    ),
    Change.ONE_QUESTION_EACH: (
        "此格式一题一空：已拆成 {detail} 题。",
        "This format has one blank per question: {detail} questions were made.",
    ),
    Change.FORMULAS: (
        "以 = + - @ 开头的单元格前加了撇号，免得被当成公式。",
        "Cells that begin with = + - @ got an apostrophe, so that they are not run as formulas.",
    ),
    Change.PLACEHOLDERS: (
        "正文中的“&&”与此格式的内部记号相同，已换成全角。",
        "“&&” in the text looks like an internal mark of this format and became full-width.",
    ),
    Change.NEAREST_GRADE: (
        "Moodle 只收固定的得分档，部分分已取最接近的一档。",
        "Moodle knows fixed grades only; partial credit was moved to the nearest one.",
    ),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One change, to be told in a sentence."""

    change: Change
    detail: str = ""

    def message(self, language: str) -> str:
        """Return the sentence in ``language`` ("zh" or "en")."""
        zh, en = _TEXTS[self.change]
        return (zh if language == "zh" else en).format(detail=self.detail)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of an exported file and the notes that go with it."""

    data: bytes
    notes: tuple[Note, ...] = ()
