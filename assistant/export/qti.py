"""QTI 2.1 and 3.0 packages: one item for the passage.

Typed answers become text entries, A–D and drop-downs inline choices, a word bank a gap match.
No Qt. Every item carries its own scoring (a sum of ``mapResponse``): the standard templates score
one response only. Unmapped answers count 0; the official samples subtract points.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from assistant.cloze.exercise import Exercise, Gap, Kind, Text
from assistant.export import passage
from assistant.export.archive import digest, zipped
from assistant.export.rendered import Rendered
from assistant.export.wording import sheet_title, wording

ITEM_NAME = "item.xml"
_CAPITAL = re.compile(r"(?<!^)([A-Z])")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between the versions: namespaces, manifest, and kebab names in 3.0."""

    namespace: str
    manifest_namespace: str
    schema: str
    schema_version: str
    resource_type: str
    kebab: bool

    def tag(self, name: str) -> str:
        """Return the element name for ``name`` (written as in 2.1)."""
        return f"qti-{_kebab(name)}" if self.kebab else name

    def attribute(self, name: str) -> str:
        """Return the attribute name for ``name`` (written as in 2.1)."""
        return _kebab(name) if self.kebab else name


QTI_21 = Dialect(
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    manifest_namespace="http://www.imsglobal.org/xsd/imscp_v1p1",
    schema="QTIv2.1 Package",
    schema_version="1.0.0",
    resource_type="imsqti_item_xmlv2p1",
    kebab=False,
)
QTI_30 = Dialect(
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    manifest_namespace="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    schema="QTI Package",
    schema_version="3.0.0",
    resource_type="imsqti_item_xmlv3p0",
    kebab=True,
)


def render_21(exercise: Exercise) -> Rendered:
    """Return ``exercise`` as a QTI 2.1 package."""
    return _render(exercise, QTI_21)


def render_30(exercise: Exercise) -> Rendered:
    """Return ``exercise`` as a QTI 3.0 package."""
    return _render(exercise, QTI_30)


def _render(exercise: Exercise, dialect: Dialect) -> Rendered:
    files = {
        "imsmanifest.xml": _xml(_manifest(exercise, dialect)),
        ITEM_NAME: _xml(_Item(exercise, dialect).build()),
    }
    return Rendered(zipped(files), passage.pinyin_note(exercise))


def _kebab(name: str) -> str:
    return _CAPITAL.sub(r"-\1", name).lower()


def _xml(root: ET.Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _identifier(exercise: Exercise) -> str:
    return f"bubai-{digest('item', exercise.uid)}"


def _manifest(exercise: Exercise, dialect: Dialect) -> ET.Element:
    name = _identifier(exercise)
    root = ET.Element("manifest", xmlns=dialect.manifest_namespace, identifier=f"{name}-package")
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = dialect.schema
    ET.SubElement(metadata, "schemaversion").text = dialect.schema_version
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    resource = ET.SubElement(
        resources, "resource", identifier=name, type=dialect.resource_type, href=ITEM_NAME
    )
    ET.SubElement(resource, "file", href=ITEM_NAME)
    return root


class _Item:
    """One assessment item while it is built."""

    def __init__(self, exercise: Exercise, dialect: Dialect) -> None:
        self.exercise = exercise
        self.dialect = dialect
        self.root = ET.Element(dialect.tag("assessmentItem"), xmlns=dialect.namespace)
        self._set(
            self.root,
            identifier=_identifier(exercise),
            title=sheet_title(exercise),
            adaptive="false",
            timeDependent="false",
        )
        self.root.set("xml:lang", wording(exercise).language)

    def build(self) -> ET.Element:
        bank = self.exercise.kind is Kind.BANK
        responses = ["RESPONSE"] if bank else [_response(i) for i in self._numbers()]
        if bank:
            self._declare_bank()
        else:
            for number, gap in enumerate(self.exercise.gaps, 1):
                self._declare_gap(number, gap)
        self._declare_score("SCORE", 0.0)
        self._declare_score("MAXSCORE", self.exercise.points * len(self.exercise.gaps))
        self._build_body(bank=bank)
        processing = self._add(self.root, "responseProcessing")
        total = self._add(self._add(processing, "setOutcomeValue", identifier="SCORE"), "sum")
        for response in responses:
            self._add(total, "mapResponse", identifier=response)
        return self.root

    def _numbers(self) -> range:
        return range(1, len(self.exercise.gaps) + 1)

    def _set(self, element: ET.Element, **attributes: str) -> None:
        for name, value in attributes.items():
            element.set(self.dialect.attribute(name), value)

    def _add(self, parent: ET.Element, name: str, **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, self.dialect.tag(name))
        self._set(element, **attributes)
        return element

    def _declare_score(self, name: str, value: float) -> None:
        declaration = self._add(
            self.root, "outcomeDeclaration", identifier=name, cardinality="single", baseType="float"
        )
        default = self._add(declaration, "defaultValue")
        self._add(default, "value").text = f"{value:g}"

    def _declare(
        self,
        name: str,
        base_type: str,
        cardinality: str,
        correct: list[str],
        points: dict[str, float],
    ) -> None:
        declaration = self._add(
            self.root,
            "responseDeclaration",
            identifier=name,
            cardinality=cardinality,
            baseType=base_type,
        )
        response = self._add(declaration, "correctResponse")
        for value in correct:
            self._add(response, "value").text = value
        mapping = self._add(declaration, "mapping", defaultValue="0")
        for key, value in points.items():
            self._add(mapping, "mapEntry", mapKey=key, mappedValue=f"{value:g}")

    def _declare_gap(self, number: int, gap: Gap) -> None:
        points = self.exercise.points
        if passage.has_options(self.exercise):
            key = _choice(gap.key_index)
            self._declare(_response(number), "identifier", "single", [key], {key: points})
            return
        shares = {text: share * points for text, share in passage.typed_answers(gap)}
        self._declare(_response(number), "string", "single", [gap.answer], shares)

    def _declare_bank(self) -> None:
        """Map every pair that is right: words first, gaps second."""
        points: dict[str, float] = {}
        for number, gap in enumerate(self.exercise.gaps, 1):
            shares = {answer.text: answer.weight for answer in reversed(gap.answers)}
            for i, word in enumerate(self.exercise.bank, 1):
                if word.text in shares:
                    points[f"W{i} G{number}"] = shares[word.text] * self.exercise.points
        words = {word.gap: i for i, word in enumerate(self.exercise.bank, 1)}
        correct = [f"W{words[gap.uid]} G{i}" for i, gap in enumerate(self.exercise.gaps, 1)]
        self._declare("RESPONSE", "directedPair", "multiple", correct, points)

    def _build_body(self, *, bank: bool) -> None:
        body = self._add(self.root, "itemBody")
        for line in self.exercise.instructions.split("\n"):
            if line.strip():
                ET.SubElement(body, "p").text = line
        parent = body
        if bank:
            parent = self._add(body, "gapMatchInteraction", responseIdentifier="RESPONSE")
            self._set(parent, shuffle="false")
            if self.dialect.kebab:  # 2.1 has no limit; 3.0 would allow a single pair
                self._set(parent, maxAssociations="0")
            for i, word in enumerate(self.exercise.bank, 1):
                element = self._add(parent, "gapText", identifier=f"W{i}", matchMax="1")
                element.text = word.text
        for pieces in passage.paragraphs(self.exercise):
            self._add_paragraph(parent, pieces)
        source = passage.source_line(self.exercise)
        if source:
            ET.SubElement(body, "p").text = source

    def _add_paragraph(self, parent: ET.Element, pieces: passage.Paragraph) -> None:
        paragraph = ET.SubElement(parent, "p")
        last: ET.Element | None = None
        for piece in pieces:
            if isinstance(piece, Text):
                text = piece.text
            else:
                last = self._add_gap(paragraph, piece)
                hint = passage.hint_of(piece.gap)
                text = f"（{hint}）" if hint else ""
            if last is None:
                paragraph.text = (paragraph.text or "") + text
            else:
                last.tail = (last.tail or "") + text

    def _add_gap(self, paragraph: ET.Element, piece: passage.NumberedGap) -> ET.Element:
        response = _response(piece.number)
        if self.exercise.kind is Kind.BANK:
            return self._add(paragraph, "gap", identifier=f"G{piece.number}")
        if self.exercise.kind is Kind.OPEN:
            width = 2 + max(len(gap.answer) for gap in self.exercise.gaps)  # one for all gaps
            return self._add(
                paragraph,
                "textEntryInteraction",
                responseIdentifier=response,
                expectedLength=str(width),
            )
        choice = self._add(paragraph, "inlineChoiceInteraction", responseIdentifier=response)
        self._set(choice, shuffle="false")
        for i, option in enumerate(piece.gap.options):
            self._add(choice, "inlineChoice", identifier=_choice(i)).text = option
        return choice


def _response(number: int) -> str:
    return f"RESPONSE{number}"


def _choice(index: int) -> str:
    return chr(ord("A") + index)
