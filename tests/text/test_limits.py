"""What is too long for the editor is refused in words."""

from __future__ import annotations

import pytest

from assistant.errors import LongLineError, PasteTooLongError
from assistant.text import limits
from assistant.text.limits import MAX_LINE_CHARS, check_lines, check_paste


def test_the_longest_line_passes_and_one_character_more_does_not() -> None:
    check_lines("春" * MAX_LINE_CHARS + "\n夏", "长.txt")
    with pytest.raises(LongLineError) as caught:
        check_lines("冬\n" + "春" * (MAX_LINE_CHARS + 1), "长.txt")
    assert caught.value.facts["line"] == 2
    assert "200,001" in caught.value.message("zh")


def test_many_short_lines_may_be_pasted_but_not_without_end(monkeypatch) -> None:
    monkeypatch.setattr(limits, "MAX_PASTE_CHARS", 100)
    check_paste("春\n" * 50)
    with pytest.raises(PasteTooLongError):
        check_paste("春\n" * 51)


@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n"])
def test_pasted_paragraphs_are_counted_whatever_ends_them(line_end: str) -> None:
    check_paste(line_end.join(["春" * MAX_LINE_CHARS] * 2))
    with pytest.raises(PasteTooLongError):
        check_paste(line_end.join(["夏", "春" * (MAX_LINE_CHARS + 1)]))
