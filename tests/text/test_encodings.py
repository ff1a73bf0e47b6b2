"""Decoding and encoding files."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.errors import BinaryFileError, UnencodableError, UnknownEncodingError
from assistant.text.encodings import Encoding, LineEnd, decode, encode

SIMPLIFIED = "院子里的桃树开了花，孩子们在树下跑来跑去，笑声传得很远。奶奶说，这是今年最好的一天。"
TRADITIONAL = "院子裡的桃樹開了花，孩子們在樹下跑來跑去，笑聲傳得很遠。奶奶說，這是今年最好的一天。"
UNICODE = [encoding for encoding in Encoding if encoding.value.startswith("UTF")]

_RARE_LINE_ENDS = "\u2029\ufdd0\ufdd1"
_no_line_ends = st.characters(
    exclude_characters="\r\n\0" + _RARE_LINE_ENDS, exclude_categories=["Cs"]
)
lines = st.lists(st.text(alphabet=_no_line_ends), min_size=1)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(SIMPLIFIED, encoding) for encoding in Encoding if encoding is not Encoding.BIG5]
    + [(TRADITIONAL, encoding) for encoding in Encoding],
)
def test_a_paragraph_is_read_in_its_own_encoding(text: str, encoding: Encoding) -> None:
    decoded = decode(encode(text, encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.certain
    assert decoded.exact


@pytest.mark.parametrize("encoding", [Encoding.GB18030, Encoding.BIG5])
@pytest.mark.parametrize("text", ["北京", "山水", "小王"])
def test_a_few_characters_are_never_guessed_silently(text: str, encoding: Encoding) -> None:
    assert not decode(encode(text, encoding)).certain


def test_a_few_bytes_that_two_encodings_read_well_are_uncertain() -> None:
    assert not decode("é".encode()).certain


def test_the_classic_two_characters_are_not_taken_for_utf8() -> None:
    assert decode("联通".encode("gb18030")).text == "联通"


@pytest.mark.parametrize("data", [b"", b"plain ASCII, no doubt"])
def test_ascii_is_certainly_utf8(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.encoding is Encoding.UTF8
    assert decoded.certain


@given(lines, st.sampled_from(UNICODE), st.sampled_from(LineEnd))
def test_unicode_encodings_hold_any_text(
    content: list[str], encoding: Encoding, line_end: LineEnd
) -> None:
    text = "\n".join(content)
    decoded = decode(encode(text, encoding, line_end), encoding)
    assert decoded.text == text
    assert decoded.exact
    assert decoded.replaced == 0
    assert decoded.line_end is line_end or len(content) == 1


@given(lines, st.sampled_from(Encoding))
def test_what_an_encoding_takes_it_gives_back(content: list[str], encoding: Encoding) -> None:
    text = "\n".join(content)
    try:
        data = encode(text, encoding)
    except UnencodableError:
        assume(False)
    assert decode(data, encoding).text == text


@given(st.binary(max_size=200))
def test_bytes_called_exact_come_back_the_same(data: bytes) -> None:
    for encoding in Encoding:
        try:
            decoded = decode(data, encoding)
        except BinaryFileError:
            continue
        if decoded.exact:
            assert encode(decoded.text, decoded.encoding, decoded.line_end) == data


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except (BinaryFileError, UnknownEncodingError):
        return
    assert "\r" not in decoded.text
    assert "\0" not in decoded.text


@pytest.mark.parametrize("line_end", list(LineEnd))
def test_line_ends_are_remembered(line_end: LineEnd) -> None:
    data = encode("一\n二\n三", Encoding.UTF8, line_end)
    decoded = decode(data)
    assert decoded.text == "一\n二\n三"
    assert decoded.line_end is line_end
    assert encode(decoded.text, decoded.encoding, decoded.line_end) == data


def test_mixed_line_ends_take_the_most_frequent_and_are_not_exact() -> None:
    decoded = decode("一\r\n二\r\n三\n".encode())
    assert decoded.text == "一\n二\n三\n"
    assert decoded.line_end is LineEnd.CRLF
    assert not decoded.exact


@pytest.mark.parametrize("rare", list(_RARE_LINE_ENDS))
def test_what_an_editor_takes_for_a_line_end_is_one_and_is_noticed(rare: str) -> None:
    decoded = decode(f"第一段的文字{rare}第二段的文字，比四十个字节长得多。".encode())
    assert decoded.text.split("\n") == ["第一段的文字", "第二段的文字，比四十个字节长得多。"]
    assert not decoded.exact


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "文".encode("utf-32"),
        "文".encode("utf-16-le") + b"\0\0",
    ],
)
def test_a_file_that_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(BinaryFileError) as caught:
        decode(data, name="a.bin")
    assert "a.bin" in caught.value.message("zh")


def test_a_damaged_utf8_file_is_refused_and_opens_when_chosen() -> None:
    data = SIMPLIFIED.encode()[:-1]
    with pytest.raises(UnknownEncodingError):
        decode(data)
    decoded = decode(data, Encoding.UTF8)
    assert decoded.text == SIMPLIFIED[:-1] + "\ufffd"
    assert decoded.replaced == 1
    assert not decoded.exact


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf\xff\xff", b"\xff\xfea", b"\xfe\xff\xd8\x00"])
def test_a_mark_in_front_of_broken_bytes_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownEncodingError):
        decode(data)


def test_a_replacement_character_in_the_file_is_not_damage() -> None:
    assert decode("坏\ufffd字".encode(), Encoding.UTF8).replaced == 0


def test_a_character_that_big5_lacks_is_named_without_the_text() -> None:
    with pytest.raises(UnencodableError) as caught:
        encode("他们写了一封信", Encoding.BIG5)
    assert caught.value.facts["character"] == "们"
    assert "UTF-8" in caught.value.message("zh")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_half_a_surrogate_pair_does_not_stop_saving() -> None:
    assert decode(encode("好\ud83d的", Encoding.UTF8)).text == "好\ufffd的"


def test_a_byte_order_mark_in_gb18030_is_no_text_and_its_loss_is_told() -> None:
    decoded = decode("\ufeff春眠不觉晓，处处闻啼鸟。".encode("gb18030"))
    assert decoded.text == "春眠不觉晓，处处闻啼鸟。"
    assert decoded.encoding is Encoding.GB18030
    assert not decoded.exact
