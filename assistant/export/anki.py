"""Anki packages: one cloze note per gap, in a deck of the exercise.

No Qt. A note's GUID comes from the uids of exercise and gap, so importing a corrected file updates
the cards a student already learns and never doubles them (genanki issue 61 is what happens
otherwise). genanki is imported when a package is made.
"""

from __future__ import annotations

import functools
import html
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from assistant.cloze.exercise import Exercise, Gap, Kind, Text
from assistant.export import passage
from assistant.export.archive import digest
from assistant.export.rendered import Rendered
from assistant.export.wording import sheet_title, wording

MODEL_ID = 1_672_480_311
"""Never to change: it names the note type in students' collections."""
MODEL_NAME = "补白填空"
WHOLE_TEXT_CHARS = 300
"""Longer passages show only the paragraph of the gap."""
_DECK_BASE = 1 << 30
# Anki reads {{ }} :: [..: and \( in a field; an empty comment keeps them apart.
_MARKS = re.compile(r"[{}:\[\\]")
_CSS = """.card { font-family: "Noto Serif CJK SC", "SimSun", "Songti SC", serif; font-size: 22px;
 line-height: 1.8; text-align: left; color: black; background: white; }
.verse { text-align: center; }
.cloze { font-weight: bold; color: #0050b0; }
.nightMode .cloze { color: #8ab4f8; }
.extra { margin-top: 1em; font-size: 16px; }
"""


def _genanki() -> Any:
    """Import genanki without what could open a connection.

    It needs ``cached_property``, a package that loads asyncio, and so socket and ssl; Python has
    had its own since 3.8.
    """
    if "cached_property" not in sys.modules:
        quiet = ModuleType("cached_property")
        quiet.cached_property = functools.cached_property  # type: ignore[attr-defined]
        sys.modules["cached_property"] = quiet
    import genanki  # pyright: ignore[reportMissingTypeStubs]

    return genanki


def render(exercise: Exercise) -> Rendered:
    """Return ``exercise`` as an .apkg file."""
    library = _genanki()
    deck = library.Deck(deck_id(exercise), deck_name(exercise))
    model = library.Model(
        MODEL_ID,
        MODEL_NAME,
        fields=[{"name": name} for name in ("Text", "Back Extra", "UID")],
        templates=[
            {
                "name": "填空",
                "qfmt": "{{cloze:Text}}",
                "afmt": '{{cloze:Text}}<div class="extra">{{Back Extra}}</div>',
            }
        ],
        css=_CSS,
        model_type=library.Model.CLOZE,
    )
    for guid, text, extra in notes(exercise):
        deck.add_note(
            library.Note(model=model, fields=[text, extra, guid], guid=guid, tags=["补白"])
        )
    with tempfile.TemporaryDirectory(prefix="bubai-") as folder:
        path = Path(folder) / "deck.apkg"
        library.Package(deck).write_to_file(str(path))
        data = path.read_bytes()
    return Rendered(data, passage.pinyin_note(exercise))


def deck_name(exercise: Exercise) -> str:
    """Return the deck's name; ``::`` would make it a subdeck twice over."""
    return f"补白::{sheet_title(exercise).replace(':', '：')}"


def deck_id(exercise: Exercise) -> int:
    """Return the deck's number, the same for every export of the exercise."""
    return _DECK_BASE + int(digest("deck", exercise.uid), 16) % _DECK_BASE


def notes(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    """Iterate over (GUID, text with one cloze, back of the card) for every gap."""
    rows = passage.paragraphs(exercise)
    whole = len(exercise.text) <= WHOLE_TEXT_CHARS
    for number, gap in enumerate(exercise.gaps, 1):
        shown = [
            row
            for row in rows
            if whole
            or any(
                isinstance(piece, passage.NumberedGap) and piece.number == number for piece in row
            )
        ]
        lines = "<br>".join(
            "".join(_piece(exercise, piece, number) for piece in row) for row in shown
        )
        text = f'<div class="verse">{lines}</div>' if exercise.verse else lines
        yield digest("note", exercise.uid, gap.uid), text, _extra(exercise, number, gap)


def field_text(text: str) -> str:
    """Escape text for a field: HTML, and nothing that Anki reads as a cloze, sound or formula."""
    return _MARKS.sub(r"\g<0><!-- -->", html.escape(text, quote=False))


def _piece(exercise: Exercise, piece: passage.Piece, number: int) -> str:
    if isinstance(piece, Text):
        return field_text(piece.text)
    if piece.number != number:
        return field_text(piece.gap.answer)
    hint = _hint(exercise, piece.gap)
    return f"{{{{c1::{field_text(piece.gap.answer)}{'::' + field_text(hint) if hint else ''}}}}}"


def _hint(exercise: Exercise, gap: Gap) -> str:
    parts = [passage.hint_of(gap)]
    if passage.has_options(exercise):
        parts.append("／".join(gap.options))
    elif exercise.kind is Kind.BANK:
        parts.append("／".join(word.text for word in exercise.bank))
    return "；".join(part for part in parts if part)


def _extra(exercise: Exercise, number: int, gap: Gap) -> str:
    lines = [f"{sheet_title(exercise)}　{wording(exercise).blank.format(number=number)}"]
    lines += [
        line for line in passage.alternative_lines(exercise) if line.startswith(f"{number}．")
    ]
    source = passage.source_line(exercise)
    return "<br>".join(field_text(line) for line in (*lines, *([source] if source else [])))
