"""Make a ``translate`` package: ``pack --task translate`` calls this.

Takes the two quantised graphs, the checkpoint's tokenizer and a description; puts the decoder's
step into a loop and writes a folder that ``assistant.engine.package`` loads.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import onnx

from assistant.engine.package import load_package
from assistant.records import Task
from build_tools.card import CARD_NAME, About, card
from build_tools.decoding_loop import put_in_loop
from build_tools.export_translation import DECODER, ENCODER
from build_tools.marian_checkpoint import load_marian, marian_tokenizer, special_tokens
from build_tools.onnx_files import bytes_of, copy_graph, save
from build_tools.package_writer import new_folder, write_manifest
from build_tools.translation_graph import TOP_K

_TOKENIZER = "tokenizer.json"
_TRAINING = "training.json"


def pack_translation(
    checkpoint: Path,
    graphs: Path,
    about: About,
    target: Path,
    *,
    settings: dict[str, Any] | None = None,
    max_length: int | None = None,
) -> None:
    """Write the package folder ``target``; an older one there is replaced as a whole.

    ``max_length``: the longest source in tokens, the final ``</s>`` included, that the model was
    trained to read (default: as many as it has positions for).
    """
    tokenizer = marian_tokenizer(checkpoint)
    model = load_marian(str(checkpoint))
    longest = min(max_length or 10**6, int(model.config.max_position_embeddings))
    with new_folder(target) as folder:
        copy_graph(graphs / ENCODER, folder / ENCODER)
        with tempfile.TemporaryDirectory() as work:
            step = onnx.load(str(graphs / DECODER))
            save(put_in_loop(step, int(model.config.eos_token_id)), Path(work) / DECODER)
            copy_graph(Path(work) / DECODER, folder / DECODER)
        text = tokenizer.to_str(pretty=False)
        (folder / _TOKENIZER).write_text(text, encoding="utf-8", newline="\n")
        graph = onnx.load(str(graphs / ENCODER), load_external_data=False).graph
        fields: dict[str, Any] = {
            "task": Task.TRANSLATE.value,
            "name": about.name,
            "version": about.version,
            "licence": about.licence,
            "model": ENCODER,
            "decoder": DECODER,
            "tokenizer": _TOKENIZER,
            "inputs": [node.name for node in graph.input],
            "outputs": [node.name for node in graph.output],
            "vocab_size": int(model.config.vocab_size),
            "max_length": longest,
            "context_chars": min(about.context_chars, longest - 1),
            "special_tokens": asdict(special_tokens(tokenizer, model)),
            "settings": {"top_k": TOP_K, **(settings or {})},
            "metrics": {},
        }
        facts = _facts(model.config, fields, graphs) | _training_facts(checkpoint)
        shown = card(about, facts, {})
        (folder / CARD_NAME).write_text(shown, encoding="utf-8", newline="\n")
        write_manifest(folder, fields)
        load_package(folder, Task.TRANSLATE)


def _facts(config: Any, fields: dict[str, Any], graphs: Path) -> dict[str, str]:
    size = sum(bytes_of(graphs / name) for name in (ENCODER, DECODER))
    layers = f"{config.encoder_layers} + {config.decoder_layers}"
    return {
        "direction": "Chinese → English",
        "shape": f"{layers} layers × {config.d_model}, {config.encoder_attention_heads} heads",
        "vocabulary": f"{fields['vocab_size']:,}",
        "longest source, tokens": str(fields["max_length"]),
        "size": f"{size / 1e6:.1f} MB, INT8",
    }


def _training_facts(checkpoint: Path) -> dict[str, str]:
    path = checkpoint / _TRAINING
    if not path.is_file():
        return {}
    training = json.loads(path.read_text("utf-8"))
    if "step" not in training:  # thawed from a package whose card does not tell
        return {}
    steps, tokens = training["step"], training["target_tokens"] / 1e6
    return {"trained": f"{steps:,} steps, {tokens:.1f} M English tokens, {training['minutes']} min"}
