"""The plain text of a person's files (txt, md, docx) and folders, for counting.

Pure: imports neither Qt nor onnxruntime; python-docx is loaded with the first docx.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from assistant.disk import MAX_FILE_BYTES, read_file
from assistant.errors import (
    DamagedDocumentError,
    FileReadError,
    FileTooLargeError,
    NoDocumentError,
    UnsupportedFileError,
)
from assistant.text.encodings import decode

TEXT_SUFFIXES = (".txt", ".md", ".markdown")
SUFFIXES = (*TEXT_SUFFIXES, ".docx")
MAX_UNPACKED_BYTES = 300_000_000
"""What a docx may hold unpacked, pictures and all; more is a mistake or a trap."""
MAX_XML_BYTES = 60_000_000
"""What of it may be XML, which takes many times its size in memory."""
MAX_ENTRIES = 10_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = f"{_W}p"
_WORDS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_SECOND_TIME = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Holds for older programs what stands beside it once more."""


class TextReader:
    """Reads files and folders one after the other; files that cannot be read are noted.

    Used from one thread. ``failures`` are the files left out so far, each with its error.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        """Find the files: those given, whatever they are, and in folders all that can be read."""
        self._files = tuple(dict.fromkeys(file for path in paths for file in text_files(path)))
        self._sizes = [_size(file) for file in self._files]
        self.total_bytes = sum(self._sizes)
        self.failures: list[tuple[Path, FileReadError]] = []
        self._bytes_before = 0
        self._bytes_here = 0
        self._chars_here = 1
        self._counted_before = 0
        self._counted = 0

    def texts(self) -> Iterator[str]:
        """Yield the text of each file that can be read.

        Raises NoDocumentError at the end if there was none, or the error of the only file.
        """
        found = False
        for file, size in zip(self._files, self._sizes, strict=True):
            try:
                text = read_text(file)
            except FileReadError as error:
                self.failures.append((file, error))
            else:
                found = True
                self._bytes_here, self._chars_here = size, max(len(text), 1)
                self._counted_before = self._counted
                yield text
            self._bytes_before += size
            self._bytes_here = 0
        if not found:
            raise self.failures[0][1] if len(self.failures) == 1 else NoDocumentError

    def bytes_done(self, counted: int) -> int:
        """Return how many of ``total_bytes`` are done once ``counted`` characters are counted."""
        self._counted = counted
        part = min((counted - self._counted_before) / self._chars_here, 1.0)
        return self._bytes_before + int(self._bytes_here * part)


def read_text(path: Path) -> str:
    """Return the text of the file at ``path``; paragraphs of a docx are lines.

    Raises FileReadError and its kinds.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnsupportedFileError(path=path.name)
    data = read_file(path, MAX_FILE_BYTES)
    return _docx_text(data, path) if suffix == ".docx" else decode(data, name=path.name).text


def text_files(path: Path) -> Iterator[Path]:
    """Yield ``path`` itself, or the files below it that can be read, hidden ones left out."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # "~$…" is what Word leaves beside an open document.
            if name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$")):
                yield Path(folder, name)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _docx_text(data: bytes, path: Path) -> str:
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_sizes(archive.infolist(), path)
        body = cast(Any, Document(BytesIO(data)).element).body
    except (
        OpcError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError, EOFError,
        RuntimeError, TypeError, AttributeError, OSError,
    ) as error:  # fmt: skip
        # SyntaxError is broken XML, RuntimeError a password; python-docx trips over missing parts
        # and attributes with a TypeError or an AttributeError.
        raise DamagedDocumentError(type(error).__name__, path=path.name) from error
    return "" if body is None else "\n".join(_paragraphs(body))


def _check_sizes(entries: list[zipfile.ZipInfo], path: Path) -> None:
    """Refuse what unpacks to too much; zipfile reads no more of an entry than it announces."""
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    for size, limit in (
        (sum(entry.file_size for entry in entries), MAX_UNPACKED_BYTES), (xml, MAX_XML_BYTES),
    ):  # fmt: skip
        if size > limit:
            raise FileTooLargeError(path=path.name, limit_mb=limit // 1_000_000)
    if len(entries) > MAX_ENTRIES:
        raise ValueError("too many parts")


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the text of every paragraph: in tables, text boxes and tracked insertions too."""
    here: Any = None
    words: list[str] = []
    for node in body.iter(f"{_W}t", *_WORDS):
        parents: list[Any] = list(node.iterancestors())
        if any(parent.tag == _SECOND_TIME for parent in parents):
            continue
        paragraph = next((parent for parent in parents if parent.tag == _PARAGRAPH), None)
        if paragraph is not here and words:
            yield "".join(words)
            words = []
        here = paragraph
        words.append(_WORDS.get(node.tag) or node.text or "")
    if words:
        yield "".join(words)
