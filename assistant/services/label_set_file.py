"""The file format of label sets: JSON with a schema, read with clear errors. No Qt.

``{"format": "bubai-label-set", "version": 1, "name": …, "name_en": …, "template": "…{}…",
"multi": false, "labels": ["…", {"label": "…", "en": "…"}]}``; ``name_en``, ``multi`` and ``en``
may be missing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

from assistant.engine.label_rules import (
    DEFAULT_TEMPLATE,
    MAX_LABEL_CHARS,
    MAX_LABELS,
    check_template,
    tidy_labels,
)
from assistant.engine.understanding_errors import TemplateError
from assistant.errors import InputError
from assistant.services.label_set_errors import LabelSetError

FORMAT = "bubai-label-set"
VERSION = 1
MAX_NAME_CHARS = 40


@dataclass(frozen=True, slots=True)
class LabelSet:
    """Labels that belong together, the sentence they are put into, and how they are chosen.

    ``labels_en`` says in English what each label means (empty, or one for each label).
    """

    name: str
    labels: tuple[str, ...]
    template: str = DEFAULT_TEMPLATE
    multi: bool = False
    name_en: str = ""
    labels_en: tuple[str, ...] = ()
    is_bundled: bool = False

    def title(self, language: str) -> str:
        """Return the name in ``language`` ("zh" or "en")."""
        return self.name_en if language == "en" and self.name_en else self.name

    def gloss(self, label: str) -> str:
        """Return what ``label`` means in English, or ""."""
        return dict(zip(self.labels, self.labels_en, strict=False)).get(label, "")


def parse_label_set(data: bytes, path: str) -> LabelSet:
    """Return the label set in ``data``; ``path`` names the file. Raises LabelSetError."""
    try:
        raw: object = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, nested too deeply
        raise LabelSetError.at(path, "不是 JSON", "it is no JSON") from error
    if not isinstance(raw, dict):
        raise LabelSetError.at(path, "不是 JSON 对象", "it is no JSON object")
    fields = cast(dict[str, Any], raw)
    if fields.get("format") != FORMAT:
        raise LabelSetError.at(path, "没有标签集的标记", "it does not say that it is one")
    if fields.get("version") != VERSION:
        raise LabelSetError.at(path, "由更新版本的补白写成", "a newer Bubai wrote it")
    labels, glosses = _labels(fields.get("labels"), path)
    return LabelSet(
        name=_name(fields.get("name"), path),
        labels=labels,
        template=_template(fields.get("template", DEFAULT_TEMPLATE), path),
        multi=fields.get("multi", False) is True,
        name_en=str(fields.get("name_en") or ""),
        labels_en=glosses,
    )


def write_label_set(labels: LabelSet) -> bytes:
    """Return the file that holds ``labels``."""
    glosses = dict(zip(labels.labels, labels.labels_en, strict=False))
    record = {
        "format": FORMAT,
        "version": VERSION,
        "name": labels.name,
        "name_en": labels.name_en,
        "template": labels.template,
        "multi": labels.multi,
        "labels": [
            {"label": label, "en": glosses[label]} if glosses.get(label) else label
            for label in labels.labels
        ],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def is_name(name: str) -> bool:
    """Return whether a label set can be called ``name``."""
    return bool(name.strip()) and len(name) <= MAX_NAME_CHARS and name.isprintable()


def _name(value: object, path: str) -> str:
    if not isinstance(value, str) or not is_name(value):
        raise LabelSetError.at(
            path, f"name 要有 1 到 {MAX_NAME_CHARS} 个字",
            f"name needs 1 to {MAX_NAME_CHARS} characters",
        )  # fmt: skip
    return value.strip()


def _template(value: object, path: str) -> str:
    try:
        check_template(value if isinstance(value, str) else "")
    except TemplateError as error:
        raise LabelSetError.at(
            path, "template 里要有且只有一个 {}", "template needs exactly one {}"
        ) from error
    return str(value)


def _labels(value: object, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the labels and what they mean in English (nothing if none says so)."""
    glosses: dict[str, str] = {}
    for entry in cast(list[object], value) if isinstance(value, list) else []:
        fields = cast(dict[str, Any], entry) if isinstance(entry, dict) else {"label": entry}
        label, gloss = fields.get("label"), fields.get("en", "")
        if not isinstance(label, str) or not isinstance(gloss, str):
            glosses = {}
            break
        glosses.setdefault(" ".join(label.split()), gloss)
    try:
        labels = tidy_labels(tuple(glosses))
    except InputError as error:
        raise LabelSetError.at(
            path,
            f"labels 要有 1 到 {MAX_LABELS} 个标签，每个最多 {MAX_LABEL_CHARS} 个字",
            f"labels needs 1 to {MAX_LABELS} labels of at most {MAX_LABEL_CHARS} characters",
        ) from error
    meanings = tuple(glosses[label] for label in labels)
    return labels, meanings if any(meanings) else ()
