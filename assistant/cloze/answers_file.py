"""Files with students' answers: the student mode's JSON, or a table that a teacher typed.

Pure but for reading and writing the files.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from assistant.cloze.exercise import Exercise
from assistant.disk import read_file, write_atomically, write_error
from assistant.errors import AnswersError
from assistant.text.encodings import decode

FORMAT = "bubai-answers"
VERSION = 1


@dataclass(frozen=True, slots=True)
class StudentAnswers:
    """What one student gave; ``exercise`` is the sheet's uid, ``version`` the paper's name."""

    exercise: str
    student: str
    version: str
    answers: dict[str, str]


def save_answers(answers: StudentAnswers, path: Path) -> None:
    """Write one student's answers as JSON. Raises FileWriteError."""
    record = {
        "format": FORMAT,
        "version": VERSION,
        "exercise": answers.exercise,
        "student": answers.student,
        "paper": answers.version,
        "answers": answers.answers,
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    try:
        write_atomically(path, text.encode("utf-8"))
    except OSError as error:
        raise write_error(path, error) from error


def read_answers(path: Path, exercise: Exercise) -> list[StudentAnswers]:
    """Return the answers in ``path``: one student's JSON, or a CSV/TSV table with a row for each.

    The table's first column is the student, an optional column ``version`` (卷) the paper, the
    columns named 1, 2, 3, … the gaps. Raises FileReadError or AnswersError.
    """
    text = decode(read_file(path), name=path.name).text
    if text.lstrip().startswith("{"):
        found = [_from_json(text, path)]
    else:
        found = _from_table(text, path, exercise)
    for answers in found:
        if answers.exercise != exercise.uid:
            raise AnswersError(
                path=path, problem_zh="属于另一份练习", problem_en="is for another sheet"
            )
        if answers.version and answers.version not in exercise.versions:
            raise AnswersError(
                path=path,
                problem_zh=f"所写的 {answers.version} 卷不存在",
                problem_en=f"names paper {answers.version}, which does not exist",
            )
    return found


def _from_json(text: str, path: Path) -> StudentAnswers:
    bad = AnswersError(path=path, problem_zh="格式不对", problem_en="is malformed")
    try:
        raw: Any = json.loads(text)
    except (ValueError, RecursionError) as error:  # no JSON, a number too long, nested too deeply
        raise bad from error
    if raw.get("format") != FORMAT or raw.get("version") != VERSION:
        raise bad
    names = [raw.get(key) for key in ("exercise", "student", "paper")]
    answers = raw.get("answers")
    if not all(isinstance(name, str) for name in names) or not isinstance(answers, dict):
        raise bad
    given = cast("dict[object, object]", answers)
    if not all(isinstance(key, str) and isinstance(word, str) for key, word in given.items()):
        raise bad
    return StudentAnswers(*names, answers=cast("dict[str, str]", answers))


def _from_table(text: str, path: Path, exercise: Exercise) -> list[StudentAnswers]:
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except csv.Error as error:  # a cell longer than any answer
        raise AnswersError(path=path, problem_zh="格式不对", problem_en="is malformed") from error
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    numbered = {str(number): gap.uid for number, gap in enumerate(exercise.gaps, 1)}
    gaps = {
        i: numbered[cell.lstrip("0")]
        for i, cell in enumerate(header)
        if cell.lstrip("0") in numbered
    }
    if not gaps:
        raise AnswersError(
            path=path,
            problem_zh="第一行没有题号 1、2、3……",
            problem_en="has no first line with the gaps' numbers",
        )
    papers = [i for i, cell in enumerate(header) if cell in ("version", "paper", "卷")]
    return [
        StudentAnswers(
            exercise=exercise.uid,
            student=row[0].strip(),
            version=row[papers[0]].strip() if papers and papers[0] < len(row) else "",
            answers={uid: row[i].strip() for i, uid in gaps.items() if i < len(row)},
        )
        for row in rows[1:]
    ]
