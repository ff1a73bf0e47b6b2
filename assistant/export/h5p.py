"""H5P packages: Fill in the Blanks, or Drag the Words where the exercise has a word bank.

No Qt. Content only: the platform needs the library, and the notes say so. H5P has no escape for
its marks (h5p-blanks issue 148): ``*`` in the text becomes full-width with a note, marks in an
answer are refused.
"""

from __future__ import annotations

import html
import json

from assistant.cloze.exercise import Exercise, Gap, Kind, Text
from assistant.errors import ExportContentError
from assistant.export import passage
from assistant.export.archive import zipped
from assistant.export.rendered import Change, Note, Rendered
from assistant.export.wording import sheet_title, wording

_BLANKS_MARKS = "*/:"
_DRAG_MARKS = "*:\\"
_BLANKS = ("H5P.Blanks", 1, 14)
_DRAG_TEXT = ("H5P.DragText", 1, 10)
_BLANKS_NEEDS = (
    ("FontAwesome", 4, 5),
    ("H5P.Question", 1, 5),
    ("H5P.JoubelUI", 1, 3),
    ("H5P.TextUtilities", 1, 3),
    _BLANKS,
)
_DRAG_NEEDS = (
    ("FontAwesome", 4, 5),
    ("jQuery.ui", 1, 10),
    ("H5P.JoubelUI", 1, 3),
    ("H5P.Question", 1, 5),
    ("H5P.Components", 1, 0),
    _DRAG_TEXT,
)


def render(exercise: Exercise) -> Rendered:
    """Return ``exercise`` as an .h5p package.

    Raises ExportContentError for an answer that holds one of H5P's marks.
    """
    notes = list(passage.pinyin_note(exercise))
    if _has_asterisks(exercise):
        notes.append(Note(Change.ASTERISKS))
    if exercise.kind is Kind.BANK:
        main, needs, content = _DRAG_TEXT, _DRAG_NEEDS, _drag_text(exercise)
        if any(len(gap.answers) > 1 for gap in exercise.gaps):
            notes.append(Note(Change.ONE_ANSWER))
        library = "Drag the Words 1.10"
    else:
        main, needs, content = _BLANKS, _BLANKS_NEEDS, _blanks(exercise)
        if any(answer.weight < 1 for gap in exercise.gaps for answer in gap.answers):
            notes.append(Note(Change.FULL_ANSWERS_ONLY))
        if passage.has_options(exercise):
            notes.append(Note(Change.OPTIONS_AS_TIP))
        library = "Fill in the Blanks 1.14"
    notes.append(Note(Change.NEEDS_LIBRARY, library))
    package = {
        "title": sheet_title(exercise),
        "language": "zh",
        "mainLibrary": main[0],
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name, major, minor in needs
        ],
    }
    data = zipped({"h5p.json": _json(package), "content/content.json": _json(content)})
    return Rendered(data, tuple(notes))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def running_text(text: str) -> str:
    """Escape running text: HTML, and no asterisk that could open a blank."""
    return html.escape(text, quote=False).replace("*", "＊")


def _answer(text: str, number: int | None, marks: str) -> str:
    found = [mark for mark in marks if mark in text]
    if found:
        raise ExportContentError.at("H5P", number, " ".join(found))
    return html.escape(text, quote=False)


def _tip_text(exercise: Exercise, gap: Gap) -> str:
    parts = [passage.hint_of(gap)]
    if passage.has_options(exercise):
        parts.append(" ".join(f"{chr(65 + i)}．{option}" for i, option in enumerate(gap.options)))
    return "　".join(part for part in parts if part)


def _tip(exercise: Exercise, gap: Gap) -> str:
    tip = running_text(_tip_text(exercise, gap))
    return f":{tip}" if tip else ""


def _has_asterisks(exercise: Exercise) -> bool:
    return any(
        "*" in (segment.text if isinstance(segment, Text) else _tip_text(exercise, segment))
        for segment in exercise.segments
    )


def _blanks(exercise: Exercise) -> dict[str, object]:
    rows: list[str] = []
    for row in passage.layout(exercise):
        parts: list[str] = []
        for piece in row.pieces:
            if isinstance(piece, Text):
                parts.append(running_text(piece.text))
                continue
            texts = dict.fromkeys(a.text for a in piece.gap.answers if a.weight == 1)
            answers = "/".join(_answer(t, piece.number, _BLANKS_MARKS) for t in texts)
            parts.append(f"*{answers}{_tip(exercise, piece.gap)}*")
        rows.append(f"<p>{''.join(parts)}</p>")
    words = wording(exercise)
    return {
        "text": f"<p>{html.escape(_task(exercise), quote=False)}</p>",
        "questions": ["\n".join(rows)],
        "overallFeedback": [{"from": 0, "to": 100, "feedback": "得分：@score / @total"}],
        "showSolutions": words.show,
        "tryAgain": words.retry,
        "checkAnswer": words.check,
        "submitAnswer": "提交",
        "notFilledOut": "请填完所有的空再看答案",
        "answerIsCorrect": "“:ans”正确",
        "answerIsWrong": "“:ans”不对",
        "answeredCorrectly": "答对了",
        "answeredIncorrectly": "答错了",
        "solutionLabel": "正确答案：",
        "inputLabel": "第 @num 空，共 @total 空",
        "inputHasTipLabel": "有提示",
        "tipLabel": words.hint,
        "behaviour": {
            "enableRetry": True,
            "enableSolutionsButton": True,
            "enableCheckButton": True,
            "autoCheck": False,
            "caseSensitive": False,
            "showSolutionsRequiresInput": True,
            "separateLines": False,
            "confirmCheckDialog": False,
            "confirmRetryDialog": False,
            # One wrong character in three would pass as a spelling error.
            "acceptSpellingErrors": False,
        },
        "confirmCheck": _dialog("交卷吗？", "确定已经答完？"),
        "confirmRetry": _dialog("重做吗？", "已填的答案会清空。"),
        **_shared_texts(),
    }


def _drag_text(exercise: Exercise) -> dict[str, object]:
    rows: list[str] = []
    for row in passage.layout(exercise):
        parts: list[str] = []
        for piece in row.pieces:
            if isinstance(piece, Text):
                parts.append(running_text(piece.text))
                continue
            word = _answer(piece.gap.answer, piece.number, _DRAG_MARKS)
            parts.append(f"*{word}{_tip(exercise, piece.gap)}*")
        rows.append("".join(parts))
    extras = [word.text for word in exercise.bank if word.gap is None]
    words = wording(exercise)
    return {
        "taskDescription": f"<p>{html.escape(_task(exercise), quote=False)}</p>",
        "textField": "\n".join(rows),
        "distractors": " ".join(f"*{_answer(word, None, _DRAG_MARKS)}*" for word in extras),
        "overallFeedback": [{"from": 0, "to": 100, "feedback": "得分：@score / @total"}],
        "checkAnswer": words.check,
        "submitAnswer": "提交",
        "tryAgain": words.retry,
        "showSolution": words.show,
        "dropZoneIndex": "第 @index 空。",
        "empty": "第 @index 空还没有填。",
        "contains": "第 @index 空里是 @draggable。",
        "ariaDraggableIndex": "第 @index 个词，共 @count 个。",
        "tipLabel": words.hint,
        "correctText": "正确！",
        "incorrectText": "不对！",
        "resetDropTitle": "放回这个词",
        "resetDropDescription": "确定要放回这个词吗？",
        "grabbed": "已拿起。",
        "cancelledDragging": "已取消拖动。",
        "correctAnswer": "正确答案：",
        "feedbackHeader": "反馈",
        "behaviour": {
            "enableRetry": True,
            "enableSolutionsButton": True,
            "enableCheckButton": True,
            "instantFeedback": False,
        },
        **_shared_texts(),
    }


def _task(exercise: Exercise) -> str:
    return exercise.instructions or sheet_title(exercise)


def _dialog(header: str, body: str) -> dict[str, str]:
    return {"header": header, "body": body, "cancelLabel": "取消", "confirmLabel": "确定"}


def _shared_texts() -> dict[str, str]:
    return {
        "scoreBarLabel": "得 :num 分，满分 :total 分",
        "a11yCheck": "核对答案，每一空会标明正确、错误或未填。",
        "a11yShowSolution": "显示答案，每一空会标出正确答案。",
        "a11yRetry": "重做，清空所有已填的答案。",
        "a11yCheckingModeHeader": "核对模式",
    }
