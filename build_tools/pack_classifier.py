"""Make an ``understand`` package: ``pack --task understand`` calls this.

Takes the quantised graph, what the checkpoint says of itself and a description; writes a folder
that ``assistant.engine.package`` loads.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.engine.package import load_package
from assistant.records import Task
from build_tools.card import CARD_NAME, About, card
from build_tools.classifier_checkpoint import Classifier
from build_tools.onnx_files import bytes_of, copy_graph
from build_tools.package_writer import new_folder, write_manifest

_MODEL_NAME = "model.onnx"
_TOKENIZER_NAME = "tokenizer.json"


def pack_classifier(
    classifier: Classifier,
    model: Path,
    about: About,
    target: Path,
    settings: dict[str, Any] | None = None,
) -> None:
    """Write the package folder ``target``; an older one there is replaced as a whole.

    ``settings`` are added to what was fitted with the checkpoint.
    """
    with new_folder(target) as folder:
        copy_graph(model, folder / _MODEL_NAME)
        (folder / _TOKENIZER_NAME).write_text(
            classifier.tokenizer_json, encoding="utf-8", newline="\n"
        )
        fields = _fields(classifier, about)
        fields["settings"] |= settings or {}
        text = card(about, _facts(classifier, model), {})
        (folder / CARD_NAME).write_text(text, encoding="utf-8", newline="\n")
        write_manifest(folder, fields)
        load_package(folder, Task.UNDERSTAND)


def _fields(classifier: Classifier, about: About) -> dict[str, Any]:
    heads = {name: asdict(head) for name, head in classifier.heads.items()}
    return {
        "task": Task.UNDERSTAND.value,
        "name": about.name,
        "version": about.version,
        "licence": about.licence,
        "model": _MODEL_NAME,
        "tokenizer": _TOKENIZER_NAME,
        "inputs": list(classifier.inputs),
        "outputs": classifier.outputs,
        "vocab_size": classifier.vocab_size,
        "max_length": classifier.max_length,
        "context_chars": min(about.context_chars, classifier.max_length - 2),
        "special_tokens": classifier.specials,
        **heads,
        "settings": dict(classifier.settings),
        "metrics": {},
    }


def _facts(classifier: Classifier, model: Path) -> dict[str, str]:
    rows = {name: ", ".join(head.labels) for name, head in classifier.heads.items()}
    return {
        "vocabulary": f"{classifier.vocab_size:,}",
        "longest row, tokens": str(classifier.max_length),
        **{f"labels of {name}": labels for name, labels in rows.items()},
        "size": f"{bytes_of(model) / 1e6:.1f} MB, INT8",
    }
