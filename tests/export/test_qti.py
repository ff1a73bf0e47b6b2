"""Structural rules of the QTI 2.1 and 3.0 item schemas, checked on what was written."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from hypothesis import given, settings

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.export import passage, qti, registry
from tests.export import samples
from tests.export.nasty import exercises

DIALECTS = {"qti": qti.QTI_21, "qti3": qti.QTI_30}
ORDER = ("responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing")
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


class Item:
    """A package that was read back; names are asked for as in 2.1."""

    def __init__(self, exercise: Exercise, name: str) -> None:
        self.dialect = DIALECTS[name]
        archive = zipfile.ZipFile(io.BytesIO(registry.render(exercise, name).data))
        self.names = archive.namelist()
        self.manifest = ET.fromstring(archive.read("imsmanifest.xml"))
        self.root = ET.fromstring(archive.read("item.xml"))

    def all(self, name: str, parent: ET.Element | None = None) -> list[ET.Element]:
        tag = f"{{{self.dialect.namespace}}}{self.dialect.tag(name)}"
        return list((self.root if parent is None else parent).iter(tag))

    def get(self, element: ET.Element, name: str) -> str:
        return element.attrib[self.dialect.attribute(name)]

    def points(self, declaration: ET.Element) -> dict[str, float]:
        return {
            self.get(entry, "mapKey"): float(self.get(entry, "mappedValue"))
            for entry in self.all("mapEntry", declaration)
        }


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("sample", samples.all_samples())
def test_the_package_follows_the_schema(sample: str, name: str) -> None:
    exercise = samples.all_samples()[sample]
    item = Item(exercise, name)
    assert item.names[0] == "imsmanifest.xml"
    resource = next(e for e in item.manifest.iter() if e.tag.endswith("}resource"))
    assert resource.get("href") in item.names
    assert resource.get("type") == item.dialect.resource_type
    children = [child.tag for child in item.root]
    ranks = [
        next(i for i, n in enumerate(ORDER) if tag.endswith("}" + item.dialect.tag(n)))
        for tag in children
    ]
    assert ranks == sorted(ranks)
    declared = [item.get(e, "identifier") for e in item.all("responseDeclaration")]
    used = [
        e.attrib[item.dialect.attribute("responseIdentifier")]
        for e in item.root.iter()
        if item.dialect.attribute("responseIdentifier") in e.attrib
    ]
    scored = [item.get(e, "identifier") for e in item.all("mapResponse")]
    assert declared == used == scored
    assert all(IDENTIFIER.fullmatch(e.get("identifier", "X")) for e in item.root.iter())
    assert [m.get(item.dialect.attribute("defaultValue")) for m in item.all("mapping")] == ["0"] * (
        len(declared)
    )


@pytest.mark.parametrize("name", DIALECTS)
def test_typed_answers_earn_their_share(name: str) -> None:
    item = Item(samples.open_exercise(), name)
    first = item.all("responseDeclaration")[0]
    assert item.points(first) == {"镜子": 2, "明镜": 1, "鏡子": 2, "明鏡": 1}
    widths = {item.get(e, "expectedLength") for e in item.all("textEntryInteraction")}
    assert len(widths) == 1, "the width of a blank tells nothing"


@pytest.mark.parametrize("name", DIALECTS)
def test_choices_point_at_the_key(name: str) -> None:
    exercise = samples.choice_exercise()
    item = Item(exercise, name)
    found = [item.points(e) for e in item.all("responseDeclaration")]
    assert found == [{gap.key_letter: 1.5} for gap in exercise.gaps]
    choices = item.all("inlineChoice", item.all("inlineChoiceInteraction")[1])
    assert [choice.text for choice in choices] == ["推动", "推广", "推开", "推迟"]


@pytest.mark.parametrize("name", DIALECTS)
def test_bank_pairs_name_the_word_first(name: str) -> None:
    item = Item(samples.bank_exercise(), name)
    (declaration,) = item.all("responseDeclaration")
    assert item.points(declaration) == {"W3 G1": 1, "W5 G2": 1, "W2 G3": 1}
    assert [e.text for e in item.all("gapText")][1] == "守株待兔"
    assert len(item.all("gap")) == 3


@settings(max_examples=30)
@given(exercises(Kind.CHOICE))
def test_options_and_text_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    item = Item(exercise, "qti")
    written = [choice.text for choice in item.all("inlineChoice")]
    assert written == [option for gap in clean.gaps for option in gap.options]
    body = "".join(item.all("itemBody")[0].itertext())
    for segment in clean.segments:
        if isinstance(segment, Text):
            for line in segment.text.split("\n"):
                assert not line.strip() or line in body


@settings(max_examples=30)
@given(exercises(Kind.OPEN))
def test_typed_answers_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    item = Item(exercise, "qti3")
    for gap, declaration in zip(clean.gaps, item.all("responseDeclaration"), strict=True):
        points = item.points(declaration)
        assert points[gap.answer] == 1
        assert {answer.text for answer in gap.answers} <= set(points)


def test_full_and_half_width_spellings_are_accepted() -> None:
    exercise = Exercise("u", "t", Kind.OPEN, (Gap("g", (Answer("A4 纸"),)), Text("。")))
    item = Item(exercise, "qti")
    assert "Ａ４　纸" in item.points(item.all("responseDeclaration")[0])
