from __future__ import annotations

import pytest

from assistant.cloze.headings import Role, is_heading, lines, only_title

POEMS = "静夜思\n李白\n床前明月光，\n疑是地上霜。\n\n春晓\n孟浩然\n春眠不觉晓，\n处处闻啼鸟。"


def roles(text: str) -> list[Role]:
    return [line.role for line in lines(text)]


def test_poems_have_titles_and_authors() -> None:
    assert roles(POEMS) == [Role.TITLE, Role.BYLINE, Role.BODY, Role.BODY] * 2
    assert [line.first for line in lines(POEMS)] == [True, False, False, False] * 2
    assert only_title(POEMS) == ""


def test_an_essay_has_a_title_of_its_own() -> None:
    text = "雨后的菜园\n\n一场大雨下了一夜。\n清晨停了。"
    assert roles(text) == [Role.TITLE, Role.BODY, Role.BODY]
    assert only_title(text) == "雨后的菜园"


@pytest.mark.parametrize(
    "text",
    [
        "今天下雨。\n明天放晴。",
        "轻轻的我走了\n正如我轻轻的来",
        "只有一行没有标点",
        "这是很长很长的一行话它一直写下去没有标点也没有停下来的意思\n后面才是正文。",
        "",
        "\n\n",
    ],
)
def test_what_is_no_title(text: str) -> None:
    assert set(roles(text)) <= {Role.BODY}
    assert only_title(text) == ""


def test_places_in_titles_are_told() -> None:
    found = lines(POEMS)
    assert is_heading(found, 0, 2)
    assert is_heading(found, POEMS.index("李白"), POEMS.index("李白") + 1)
    assert not is_heading(found, POEMS.index("明月"), POEMS.index("明月") + 2)
