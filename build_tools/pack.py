"""Make a model package: ``python -m build_tools.pack CHECKPOINT MODEL.onnx ABOUT.toml OUT_FOLDER``.

Takes the quantised graph, the checkpoint's tokenizer and a description; writes a folder that
``assistant.engine.package`` loads: graph, weights, tokenizer, MODEL_CARD.md and manifest.json.
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import onnx

from assistant.engine.package import load_package
from assistant.records import Task
from build_tools.card import CARD_NAME, About, card, read_about
from build_tools.checkpoint import load_shape, special_tokens, tokenizer_json
from build_tools.classifier_checkpoint import load_classifier
from build_tools.length_prior import HOW_MEASURED, MEASURED
from build_tools.onnx_files import bytes_of, copy_graph
from build_tools.pack_classifier import pack_classifier
from build_tools.pack_translation import pack_translation
from build_tools.package_writer import new_folder, write_manifest, write_zip

MODEL_NAME = "model.onnx"
TOKENIZER_NAME = "tokenizer.json"


def pack(
    checkpoint: str,
    model: Path,
    about: About,
    target: Path,
    *,
    memory: Path | None = None,
    topics: Path | None = None,
    settings: dict[str, Any] | None = None,
) -> None:
    """Write the package folder ``target``; an older one there is replaced as a whole."""
    with new_folder(target) as folder:
        copy_graph(model, folder / MODEL_NAME)
        (folder / TOKENIZER_NAME).write_text(
            tokenizer_json(checkpoint), encoding="utf-8", newline="\n"
        )
        for file in filter(None, (memory, topics)):
            shutil.copyfile(file, folder / file.name)
        fields = _fields(checkpoint, model, about)
        fields["memory"] = None if memory is None else memory.name
        fields["topics"] = None if topics is None else topics.name
        fields["settings"] = {"length_prior_measured_on": HOW_MEASURED, **(settings or {})}
        counted = {"phrase memory": memory, "topics of words": topics}
        sizes = {name: _size(file.stat().st_size) for name, file in counted.items() if file}
        text = card(about, _facts(fields, model) | sizes, fields["metrics"])
        (folder / CARD_NAME).write_text(text, encoding="utf-8", newline="\n")
        write_manifest(folder, fields)
        load_package(folder, Task.FILL)


def _fields(checkpoint: str, model: Path, about: About) -> dict[str, Any]:
    """Return the manifest's fields as far as the checkpoint and the graph know them."""
    graph = onnx.load(str(model), load_external_data=False).graph
    shape = load_shape(checkpoint)
    specials = special_tokens(checkpoint)
    return {
        "task": Task.FILL.value,
        "name": about.name,
        "version": about.version,
        "licence": about.licence,
        "model": MODEL_NAME,
        "tokenizer": TOKENIZER_NAME,
        "inputs": [node.name for node in graph.input],
        "outputs": [node.name for node in graph.output],
        "vocab_size": shape.vocab_size,
        "max_length": shape.max_length,
        "context_chars": min(about.context_chars, shape.max_length - 2),
        "special_tokens": asdict(specials),
        "length_prior": list(MEASURED),
        "metrics": {},
    }


def _facts(fields: dict[str, Any], model: Path) -> dict[str, str]:
    specials = fields["special_tokens"]
    span = f"yes, up to {len(specials['lengths'])} characters" if specials["span"] else "no"
    return {
        "vocabulary": f"{fields['vocab_size']:,}",
        "longest row, tokens": str(fields["max_length"]),
        "context it reads best, characters": str(fields["context_chars"]),
        "knows the length of a missing word": span,
        "size": f"{_size(bytes_of(model))}, INT8",
    }


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


def main() -> None:
    """Parse the command line and pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", help="directory or hub name: its tokenizer and shape")
    parser.add_argument("model", type=Path, help="the graph that quantise wrote")
    parser.add_argument("about", type=Path, help="description, as in build_tools/cards/")
    parser.add_argument("out", type=Path, help="package folder")
    parser.add_argument("--memory", type=Path, help="phrase memory file to add")
    parser.add_argument("--topics", type=Path, help="file of the topics of words to add")
    parser.add_argument("--settings", type=Path, help="JSON of fitted numbers for the manifest")
    parser.add_argument("--task", choices=("fill", "understand", "translate"), default="fill")
    parser.add_argument("--labels", help="understand: what the columns mean, joined by commas")
    parser.add_argument("--max-length", type=int, help="translate: longest source in tokens")
    parser.add_argument("--zip", type=Path, help="also write the package as a zip")
    options = parser.parse_args()
    settings = json.loads(options.settings.read_text("utf-8")) if options.settings else None
    about = read_about(options.about)
    if options.task == "translate":
        pack_translation(
            Path(options.checkpoint),
            options.model,
            about,
            options.out,
            settings=settings,
            max_length=options.max_length,
        )
    elif options.task == "understand":
        labels = options.labels.split(",") if options.labels else None
        classifier = load_classifier(options.checkpoint, labels)
        pack_classifier(classifier, options.model, about, options.out, settings)
    else:
        pack(
            options.checkpoint,
            options.model,
            about,
            options.out,
            memory=options.memory,
            topics=options.topics,
            settings=settings,
        )
    if options.zip:
        write_zip(options.out, options.zip)
    total = sum(path.stat().st_size for path in options.out.iterdir())
    print(f"{options.out}: {about.name} {about.version}, {total / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
