"""All export formats by name, and the way to a file.

Imports the writers; python-docx, genanki and Qt are loaded only when their format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.cloze.exercise import Exercise
from assistant.cloze.validate import validate
from assistant.disk import write_atomically, write_error
from assistant.errors import (
    NoBlankError,
    UnknownFormatError,
)
from assistant.export import anki, csv_table, docx, gift, h5p, html_page, moodle_xml, pdf, qti
from assistant.export.passage import printable
from assistant.export.rendered import Rendered


@dataclass(frozen=True, slots=True)
class Format:
    """An export format; ``suffix`` tells two formats of the same kind of file apart.

    ``keyless`` writes the sheet without its page of answers, where a format has one.
    """

    name: str
    zh: str
    en: str
    suffix: str
    writer: Callable[[Exercise], Rendered]
    keyless: Callable[[Exercise], Rendered] | None = None

    def description(self, language: str) -> str:
        """Return what the format is for, in ``language`` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en


_ALL = (
    Format(
        "docx",
        "Word 试卷（含答案页）",
        "Word sheet with key",
        ".docx",
        docx.render,
        partial(docx.render, key=False),
    ),
    Format(
        "pdf",
        "PDF 试卷（含答案页）",
        "PDF sheet with key",
        ".pdf",
        pdf.render,
        partial(pdf.render, key=False),
    ),
    Format("html", "网页练习（单个文件，离线可做）", "Interactive page", ".html", html_page.render),
    Format("moodle", "Moodle XML 题目", "Moodle XML question", ".moodle.xml", moodle_xml.render),
    Format("gift", "GIFT 题目（一空一题）", "GIFT questions", ".gift.txt", gift.render),
    Format("h5p", "H5P 填空或拖词", "H5P blanks or drag text", ".h5p", h5p.render),
    Format("anki", "Anki 卡片包", "Anki package", ".apkg", anki.render),
    Format("qti", "QTI 2.1 题目包", "QTI 2.1 package", ".qti21.zip", qti.render_21),
    Format("qti3", "QTI 3.0 题目包", "QTI 3.0 package", ".qti30.zip", qti.render_30),
    Format("csv", "表格 CSV（一空一行）", "CSV, one row per gap", ".csv", csv_table.render_csv),
    Format("tsv", "Anki 文本 TSV", "TSV for Anki", ".tsv", csv_table.render_tsv),
)
FORMATS: dict[str, Format] = {item.name: item for item in _ALL}


def render(exercise: Exercise, format_name: str, *, key: bool = True) -> Rendered:
    """Return the file of ``exercise`` in a format, with notes on what had to be changed.

    Without ``key`` printed sheets have no page of answers; other formats need theirs.

    Raises UnknownFormatError, NoBlankError (no gap), ExerciseError (not well formed), and
    ExportContentError (an answer that the format has no way to write).
    """
    chosen = FORMATS.get(format_name)
    if chosen is None:
        raise UnknownFormatError(name=format_name, known=", ".join(FORMATS))
    if not exercise.gaps:
        raise NoBlankError
    validate(exercise)
    clean, notes = printable(exercise)
    writer = chosen.writer if key or chosen.keyless is None else chosen.keyless
    rendered = writer(clean)
    return Rendered(rendered.data, notes + rendered.notes)


def export(exercise: Exercise, format_name: str, path: Path) -> Path:
    """Write ``exercise`` to ``path`` in a format and return the path.

    An existing file is replaced in one step or not at all. Raises what :func:`render` raises, and
    FileWriteError and its kinds. Use :func:`render` and :func:`write` to tell a person the notes.
    """
    return write(render(exercise, format_name), path)


def write(rendered: Rendered, path: Path) -> Path:
    """Write a rendered file to ``path`` in one step. Raises FileWriteError and its kinds."""
    try:
        write_atomically(path, rendered.data)
    except OSError as error:
        raise write_error(path, error) from error
    return path
