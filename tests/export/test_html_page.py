from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from assistant.cloze.exercise import Exercise, Kind
from assistant.errors import ExerciseError
from assistant.export import html_page, passage, registry
from tests.export import samples
from tests.export.nasty import exercises

VOID = {"meta", "input", "br", "link", "img"}
CONTROLS = {"input", "select"}


class Page(HTMLParser):
    """What a browser would find: balanced tags, controls with their names, and the texts."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.source = registry.render(exercise, "html").data.decode("utf-8")
        self.feed(self.source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def found(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("name", samples.all_samples())
def test_the_page_needs_nothing_from_outside(name: str) -> None:
    page = Page(samples.all_samples()[name])
    assert re.findall(r"(?:https?:|ftp:|//[\w.-]+\.\w|url\(|@import)", page.source) == []
    for tag, attributes in page.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        assert not {"src", "href", "action", "srcset"} & set(attributes)
        assert not [attribute for attribute in attributes if attribute.startswith("on")]


def test_the_policy_allows_only_the_page_s_own_script_and_style() -> None:
    page = Page(samples.open_exercise())
    policy = next(
        m["content"] for m in page.found("meta") if "content" in m and "src" in m["content"]
    )
    style = re.search(r"<style>(.*?)</style>", page.source, re.DOTALL)
    script = re.search(r"<script>(.*?)</script>", page.source, re.DOTALL)
    assert style is not None
    assert script is not None
    for text in (style[1], script[1]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("name", samples.all_samples())
def test_every_control_has_an_accessible_name(name: str) -> None:
    exercise = samples.all_samples()[name]
    page = Page(exercise)
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    named = {a["name"] for tag, a in page.tags if tag in CONTROLS and "name" in a}
    assert named == {f"gap-{i}" for i in range(1, len(exercise.gaps) + 1)}
    for tag, attributes in page.tags:
        if tag in CONTROLS and attributes.get("type") != "radio" and "name" in attributes:
            assert attributes["aria-label"].startswith("第 ")
        for described in attributes.get("aria-describedby", "").split():
            assert described in ids
    radios = [a for a in page.found("input") if a.get("type") == "radio"]
    assert len(page.found("label")) == 1 + len(radios)
    assert len(page.found("legend")) == (len(exercise.gaps) if radios else 0)
    assert any(a.get("role") == "status" for a in page.found("p"))
    assert page.found("html")[0]["lang"] == "zh-CN"


@pytest.mark.parametrize("name", samples.all_samples())
def test_the_exercise_comes_back_as_it_was(name: str) -> None:
    exercise = samples.all_samples()[name]
    assert html_page.read_project(Page(exercise).source) == exercise


def test_the_answers_are_not_in_plain_sight() -> None:
    assert "镜子" not in Page(samples.open_exercise()).source


def test_accepted_answers_hold_weights_and_the_other_script() -> None:
    page = Page(samples.open_exercise())
    found = re.search(r'id="bubai-accepted">([^<]*)<', page.source)
    assert found is not None
    accepted = json.loads(base64.b64decode(found[1]))
    assert accepted[0] == [["镜子", 1.0], ["明镜", 0.5], ["鏡子", 1.0], ["明鏡", 0.5]]


def test_pinyin_stands_above_its_characters() -> None:
    source = Page(samples.verse_exercise()).source
    assert "<ruby>白<rp>(</rp><rt>bái</rt><rp>)</rp></ruby>" in source


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        '<script id="bubai-project">%%%</script>',
        '<script id="bubai-project">AAAA</script>',
    ],
)
def test_a_page_without_an_exercise_says_so(page: str) -> None:
    with pytest.raises(ExerciseError):
        html_page.read_project(page)


@settings(max_examples=60)
@given(exercises(Kind.CHOICE))
def test_options_and_exercise_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    page = Page(exercise)
    values = [a["value"] for a in page.found("input") if a.get("type") == "radio"]
    assert values == [option for gap in clean.gaps for option in gap.options]
    assert html_page.read_project(page.source) == clean


@settings(max_examples=40)
@given(exercises(Kind.BANK))
def test_bank_words_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    page = Page(exercise)
    values = [a["value"] for a in page.found("option") if a["value"]]
    assert values == list(dict.fromkeys(word.text for word in clean.bank)) * 2
