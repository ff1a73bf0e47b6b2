"""A translation memory for other translation tools: TMX 1.4b, one unit per sentence. No Qt.

Specification: https://www.gala-global.org/tmx-14b. What our reader may want to know of a unit
(score, doubt) stands in ``prop`` elements, as the specification asks.
"""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from assistant import __version__
from assistant.export.rendered import Rendered
from assistant.records import Translation

SOURCE, TARGET = "zh-CN", "en"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def render(translation: Translation) -> Rendered:
    """Return the sentences as translation units in text order; empty targets are left out."""
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    root = Element("tmx", version="1.4")
    header = {
        "creationtool": "Bubai",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "Bubai",
        "adminlang": "en",
        "srclang": SOURCE,
        "datatype": "plaintext",
        "creationdate": now,
    }
    SubElement(root, "header", header)
    body = SubElement(root, "body")
    for number, pair in enumerate(translation.sentences, start=1):
        if not pair.target.strip():
            continue
        unit = SubElement(body, "tu", tuid=str(number), creationdate=now)
        SubElement(unit, "prop", type="x-score").text = f"{pair.score:.3f}"
        if pair.is_doubtful:
            SubElement(unit, "prop", type="x-doubtful").text = "yes"
        for language, text in ((SOURCE, pair.source), (TARGET, pair.target)):
            variant = SubElement(unit, "tuv", {_LANGUAGE: language})
            SubElement(variant, "seg").text = text
    return Rendered((_HEAD + tostring(root, encoding="unicode") + "\n").encode())
