"""All formats of a translation by name, and the way to a file.

Imports the writers; python-docx is loaded only when its format is asked for. No Qt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import UnknownFormatError
from assistant.export import bilingual_docx, bilingual_tsv, tmx
from assistant.export.registry import write
from assistant.export.rendered import Change, Note, Rendered
from assistant.records import SentenceTranslation, Translation

# What neither XML nor UTF-8 can hold: control characters, surrogates, non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class TranslationFormat:
    """A format: its suffix, what it is for, its writer."""

    suffix: str
    zh: str
    en: str
    render: Callable[[Translation], Rendered]

    def description(self, language: str) -> str:
        """Return what the format is for, in ``language`` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en


def _plain_text(translation: Translation) -> Rendered:
    return Rendered(translation.translation.encode())


FORMATS: dict[str, TranslationFormat] = {
    "docx": TranslationFormat(
        ".docx", "Word 双语对照", "Word, side by side", bilingual_docx.render
    ),
    "tsv": TranslationFormat(".tsv", "双语表格 TSV", "Bilingual table (TSV)", bilingual_tsv.render),
    "tmx": TranslationFormat(".tmx", "翻译记忆 TMX 1.4", "Translation memory (TMX)", tmx.render),
    "txt": TranslationFormat(".txt", "译文纯文本", "Translation only (text)", _plain_text),
}


def format_of(path: Path) -> str:
    """Return the name of the format that the suffix of ``path`` means.

    Raises UnknownFormatError.
    """
    name = path.suffix.lower().removeprefix(".")
    if name not in FORMATS:
        raise UnknownFormatError(name=name or path.name, known=", ".join(FORMATS))
    return name


def render(translation: Translation, format_name: str) -> Rendered:
    """Return the file of ``translation`` in a format, with notes on what had to be changed.

    Raises UnknownFormatError.
    """
    if format_name not in FORMATS:
        raise UnknownFormatError(name=format_name, known=", ".join(FORMATS))
    clean, notes = _printable(translation)
    rendered = FORMATS[format_name].render(clean)
    return Rendered(rendered.data, notes + rendered.notes)


def export(translation: Translation, path: Path) -> tuple[Note, ...]:
    """Write ``translation`` to ``path`` in the format of its suffix; return the notes.

    An existing file is replaced in one step or not at all. Raises UnknownFormatError, and
    FileWriteError and its kinds.
    """
    rendered = render(translation, format_of(path))
    write(rendered, path)
    return rendered.notes


def _printable(translation: Translation) -> tuple[Translation, tuple[Note, ...]]:
    """Return ``translation`` without characters that no format can hold; lengths stay."""

    def clean(text: str) -> str:
        return _ILLEGAL.sub("\ufffd", text)

    def cleaned(pair: SentenceTranslation) -> SentenceTranslation:
        return replace(pair, source=clean(pair.source), target=clean(pair.target))

    result = replace(
        translation,
        text=clean(translation.text),
        translation=clean(translation.translation),
        sentences=tuple(map(cleaned, translation.sentences)),
    )
    return result, (Note(Change.CONTROL_CHARACTERS),) if result != translation else ()
