"""Decode and encode text files: UTF-8, UTF-16, GB18030 and Big5.

Byte order marks and strict UTF-8 come first; GB18030 and Big5 are told apart by
``encoding_scores``. Pure: imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from enum import Enum

from assistant.errors import BinaryFileError, UnencodableError, UnknownEncodingError
from assistant.text.encoding_scores import PLAUSIBLE_SCORE, reading_score

SHORT_BYTES = 40
"""Below this size every encoding is a guess unless one reading is far better than the others."""

_SAMPLE_BYTES = 65_536
_MARGIN = 0.3
_MIN_FOREIGN = 4
_SURROGATES = re.compile("[\ud800-\udfff]")
# The last three are line ends to an editor: taken for them here, where it is noticed.
_LINE_ENDS = re.compile("\r\n|[\r\n\u2029\ufdd0\ufdd1]")
_FOREIGN_ENDS = "\r\u2029\ufdd0\ufdd1"
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


class Encoding(Enum):
    """An encoding of text files; the value is the name a person knows it by."""

    UTF8 = "UTF-8"
    UTF8_BOM = "UTF-8 BOM"
    UTF16_LE = "UTF-16 LE"
    UTF16_BE = "UTF-16 BE"
    GB18030 = "GB18030"
    BIG5 = "Big5"


class LineEnd(Enum):
    """How the lines of a file end; the value is what is written."""

    LF = "\n"
    CRLF = "\r\n"
    CR = "\r"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file.

    ``text`` has LF line ends only; ``line_end`` is the file's (its most frequent one).
    ``certain`` is False when another encoding is nearly as likely: show the encoding and offer
    to reopen. ``exact`` says that encoding ``text`` unchanged gives the same bytes; it is False
    for mixed or rare line ends and for bytes that could not be decoded. ``replaced`` counts the
    characters shown as U+FFFD because their bytes are broken (chosen encoding only).
    """

    text: str
    encoding: Encoding
    line_end: LineEnd
    certain: bool
    exact: bool
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class _Form:
    """How an encoding is written: Python's codec and the mark in front."""

    codec: str
    mark: bytes = b""


# cp950 is what Windows and most web pages call Big5: the standard's characters and the euro sign.
_FORMS = {
    Encoding.UTF8: _Form("utf-8"),
    Encoding.UTF8_BOM: _Form("utf-8", codecs.BOM_UTF8),
    Encoding.UTF16_LE: _Form("utf-16-le", codecs.BOM_UTF16_LE),
    Encoding.UTF16_BE: _Form("utf-16-be", codecs.BOM_UTF16_BE),
    Encoding.GB18030: _Form("gb18030"),
    Encoding.BIG5: _Form("cp950"),
}
_MARKED = (Encoding.UTF8_BOM, Encoding.UTF16_LE, Encoding.UTF16_BE)
_UNMARKED = (Encoding.UTF8, Encoding.GB18030, Encoding.BIG5)


def decode(data: bytes, encoding: Encoding | None = None, *, name: str = "") -> Decoded:
    """Decode a file's bytes, finding the encoding unless one was chosen.

    With a chosen encoding broken bytes become U+FFFD and are counted; without one they are
    refused. ``name`` is the file's name in messages. Raises BinaryFileError (NUL bytes, UTF-32)
    and UnknownEncodingError.
    """
    if encoding is not None:
        return _decode_as(data, encoding, name)
    if data.startswith(_UTF32_MARKS):
        raise BinaryFileError(path=name)
    for marked in _MARKED:
        if data.startswith(_FORMS[marked].mark):
            return _decode_strictly(data, marked, name)
    if b"\0" in data:
        raise BinaryFileError(path=name)
    return _decode_unmarked(data, name)


def encode(
    text: str, encoding: Encoding, line_end: LineEnd = LineEnd.LF, *, name: str = ""
) -> bytes:
    """Encode ``text`` (LF line ends) as the bytes of a file.

    A lone surrogate, which no encoding of files can hold, becomes U+FFFD in Unicode encodings.
    ``name`` is the file's name in messages. Raises UnencodableError naming the first character
    that ``encoding`` does not have.
    """
    form = _FORMS[encoding]
    if line_end is not LineEnd.LF:
        text = text.replace("\n", line_end.value)
    try:
        return form.mark + _SURROGATES.sub("\ufffd", text).encode(form.codec)
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        # Nothing of the chain is kept: the codec's error carries the whole text.
        raise UnencodableError(path=name, character=character, encoding=encoding.value) from None


def _decode_as(data: bytes, encoding: Encoding, name: str) -> Decoded:
    if encoding is Encoding.UTF8 and data.startswith(codecs.BOM_UTF8):
        encoding = Encoding.UTF8_BOM
    form = _FORMS[encoding]
    body = data.removeprefix(form.mark) if form.mark else data
    text = body.decode(form.codec, errors="replace")
    if "\0" in text:
        raise BinaryFileError(path=name)
    try:
        body.decode(form.codec)
        replaced = 0
    except UnicodeDecodeError:
        replaced = text.count("\ufffd")
    return replace(_decoded(data, text, encoding), replaced=replaced)


def _decode_strictly(data: bytes, encoding: Encoding, name: str) -> Decoded:
    decoded = _decode_as(data, encoding, name)
    if decoded.replaced:
        raise UnknownEncodingError(path=name)
    return decoded


def _decode_unmarked(data: bytes, name: str) -> Decoded:
    readings = {encoding: text for encoding in _UNMARKED if (text := _try(data, encoding))}
    if data.isascii():
        return _decoded(data, data.decode("ascii"), Encoding.UTF8)
    if Encoding.UTF8 in readings and len(data) >= SHORT_BYTES:
        return _decoded(data, readings[Encoding.UTF8], Encoding.UTF8)
    scores = {
        encoding: reading_score(text[:_SAMPLE_BYTES], wide=encoding is not Encoding.UTF8)
        for encoding, text in readings.items()
    }
    if not scores or (Encoding.UTF8 not in readings and _is_nearly_utf8(data)):
        raise UnknownEncodingError(path=name)
    ranked = sorted(scores, key=lambda encoding: scores[encoding], reverse=True)
    best = ranked[0]
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    certain = (
        scores[best] >= PLAUSIBLE_SCORE
        and scores[best] - second >= _MARGIN
        and (best is Encoding.UTF8 or _has_enough(readings[best]))
    )
    return _decoded(data, readings[best], best, certain=certain)


def _has_enough(text: str) -> bool:
    """Return whether there are enough characters beyond ASCII to trust how common they are."""
    return sum(character > "\x7f" for character in text[:_SAMPLE_BYTES]) >= _MIN_FOREIGN


def _try(data: bytes, encoding: Encoding) -> str | None:
    try:
        return data.decode(_FORMS[encoding].codec)
    except UnicodeDecodeError:
        return None


def _is_nearly_utf8(data: bytes) -> bool:
    """Return whether UTF-8 reads all but a few of the characters: a damaged UTF-8 file."""
    text = data[:_SAMPLE_BYTES].decode("utf-8", errors="replace")
    foreign = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") * 10 < foreign


def _decoded(data: bytes, text: str, encoding: Encoding, *, certain: bool = True) -> Decoded:
    # Byte-order marks before the text are no text, and Qt drops them: the loss is told (``exact``).
    text = text.lstrip("\ufeff\ufffe")
    line_end = _line_end(text)
    plain = _LINE_ENDS.sub("\n", text) if any(end in text for end in _FOREIGN_ENDS) else text
    form = _FORMS[encoding]
    again = plain.replace("\n", line_end.value).encode(form.codec, errors="replace")
    return Decoded(plain, encoding, line_end, certain, exact=form.mark + again == data)


def _line_end(text: str) -> LineEnd:
    if "\r" not in text:
        return LineEnd.LF
    pairs = text.count("\r\n")
    numbers = {
        LineEnd.LF: text.count("\n") - pairs,
        LineEnd.CRLF: pairs,
        LineEnd.CR: text.count("\r") - pairs,
    }
    return max(numbers, key=lambda line_end: numbers[line_end])
