"""One HTML file that a student fills in: it opens no connection and needs no other file.

The whole exercise travels inside, so that the page can be opened in Bubai again. It is base64 to
keep the answers out of sight, which is no protection: whoever looks for them finds them. Pure.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from html import escape
from html.parser import HTMLParser

from assistant.cloze import project_file
from assistant.cloze.exercise import Exercise, Gap, Kind, Text
from assistant.cloze.headings import Role
from assistant.errors import ExerciseError
from assistant.export import passage, sheet
from assistant.export.html_script import SCRIPT
from assistant.export.html_style import STYLE
from assistant.export.rendered import Rendered
from assistant.export.wording import Wording, section_title, sheet_title, wording

PROJECT_ID = "bubai-project"
_SCRIPT_WORDS = ("right", "wrong", "partial", "empty", "result", "answer_is")


def render(exercise: Exercise) -> Rendered:
    """Return ``exercise`` as one HTML file."""
    words = wording(exercise)
    style = STYLE.replace("BLANK_EM", str(sheet.blank_em(exercise) + 1))
    title = escape(sheet_title(exercise))
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(SCRIPT)}"
    texts = json.dumps({name: getattr(words, name) for name in _SCRIPT_WORDS}, ensure_ascii=False)
    texts = texts.replace("<", "\\u003c")
    project = _base64(project_file.dumps(exercise))
    accepted = _base64(json.dumps([passage.typed_answers(gap) for gap in exercise.gaps]))
    page = f"""<!DOCTYPE html>
<html lang="{words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Bubai">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<form id="exercise" autocomplete="off">
<p><label>{words.name}：<input id="student" type="text" maxlength="40"></label></p>
<h2>{escape(section_title(exercise))}</h2>
{_instructions(exercise)}{_bank(exercise, words)}{_passage(exercise, words)}
{_questions(exercise, words)}<div class="buttons">
<button type="submit" disabled>{words.check}</button>
<button type="button" id="show" disabled hidden>{words.show}</button>
<button type="reset" disabled>{words.retry}</button>
<button type="button" id="save-result" disabled>{words.save_result}</button>
<button type="button" id="save-project" disabled>{words.save_project}</button>
</div>
<p id="result" role="status" tabindex="-1"></p>
</form>
</main>
<script type="application/json" id="bubai-words">{texts}</script>
<script type="text/plain" id="{PROJECT_ID}">{project}</script>
<script type="text/plain" id="bubai-accepted">{accepted}</script>
<script>{SCRIPT}</script>
</body>
</html>
"""
    return Rendered(page.encode("utf-8"))


def read_project(page: str) -> Exercise:
    """Return the exercise inside an exported page.

    Raises ExerciseError where there is none or it is damaged, ExerciseVersionError.
    """
    reader = _ProjectReader()
    reader.feed(page)
    if not reader.found:
        raise ExerciseError.at(PROJECT_ID, "不在网页里", "is not in the page")
    try:
        text = base64.b64decode("".join(reader.found), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ExerciseError.at(PROJECT_ID, "已损坏", "is damaged") from error
    return project_file.loads(text)


class _ProjectReader(HTMLParser):
    """Collects the text of the script element that holds the exercise."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and ("id", PROJECT_ID) in attrs

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data.strip())


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _instructions(exercise: Exercise) -> str:
    lines = (line for line in exercise.instructions.split("\n") if line.strip())
    return "".join(f"<p>{escape(line)}</p>\n" for line in lines)


def _bank(exercise: Exercise, words: Wording) -> str:
    if exercise.kind is not Kind.BANK:
        return ""
    items = "".join(
        f"<li>{passage.circled(i)}{escape(word.text)}</li>"
        for i, word in enumerate(exercise.bank, 1)
    )
    return f'<section class="bank" aria-label="{words.bank}"><ul>{items}</ul></section>\n'


def _passage(exercise: Exercise, words: Wording) -> str:
    rows = [
        f"<p{_class(row)}>{''.join(_piece(exercise, piece, words) for piece in row.pieces)}</p>"
        for row in passage.layout(exercise)
    ]
    source = passage.source_line(exercise)
    tail = f'\n<p class="source">{escape(source)}</p>' if source else ""
    kind = "passage verse" if exercise.verse else "passage"
    inner = "\n".join(rows)
    return f'<div class="{kind}">\n{inner}\n</div>{tail}'


def _class(row: passage.LaidOut) -> str:
    names = [] if row.role is Role.BODY else [row.role.value]
    names += ["first"] if row.first else []
    return f' class="{" ".join(names)}"' if names else ""


def _piece(exercise: Exercise, piece: passage.Piece, words: Wording) -> str:
    if isinstance(piece, Text):
        return _ruby(piece)
    number, gap = piece.number, piece.gap
    hint = passage.hint_of(gap)
    hint_id = f"hint-{number}" if hint else ""
    tail = f'<span class="hint" id="{hint_id}">（{escape(hint)}）</span>' if hint else ""
    if exercise.kind is Kind.CHOICE:
        return (
            f'<span class="gap"><span class="slot" id="slot-{number}">{number}</span></span>{tail}'
        )
    label = f'aria-label="{words.blank.format(number=number)}"'
    described = f'aria-describedby="{" ".join(filter(None, (hint_id, f"mark-{number}")))}"'
    if exercise.kind is Kind.OPEN:
        control = f'<input type="text" name="gap-{number}" {label} {described} spellcheck="false">'
    else:
        control = _select(exercise, number, gap, f"{label} {described}", words)
    mark = f'<span class="mark" id="mark-{number}"></span>'
    return f'<span class="gap"><span class="number">{number}</span>{control}</span>{mark}{tail}'


def _select(exercise: Exercise, number: int, gap: Gap, attributes: str, words: Wording) -> str:
    if exercise.kind is Kind.BANK:
        texts = tuple(dict.fromkeys(word.text for word in exercise.bank))
    else:
        texts = gap.options
    options = "".join(f'<option value="{escape(text)}">{escape(text)}</option>' for text in texts)
    first = f'<option value="">{words.choose}</option>'
    return f'<select name="gap-{number}" {attributes}>{first}{options}</select>'


def _questions(exercise: Exercise, words: Wording) -> str:
    if exercise.kind is not Kind.CHOICE:
        return ""
    blocks: list[str] = []
    for number, gap in enumerate(exercise.gaps, 1):
        choices = "".join(
            f'<label><input type="radio" name="gap-{number}" value="{escape(option)}"> '
            f"{chr(ord('A') + i)}．{escape(option)}</label>\n"
            for i, option in enumerate(gap.options)
        )
        legend = words.blank.format(number=number)
        blocks.append(
            f'<fieldset aria-describedby="mark-{number}"><legend>{legend}</legend>\n{choices}'
            f'<span class="mark" id="mark-{number}"></span></fieldset>\n'
        )
    return "".join(blocks)


def _ruby(text: Text) -> str:
    if not any(text.pinyin):
        return escape(text.text)
    return "".join(
        f"<ruby>{escape(c)}<rp>(</rp><rt>{escape(p)}</rt><rp>)</rp></ruby>" if p else escape(c)
        for c, p in zip(text.text, text.pinyin, strict=True)
    )
