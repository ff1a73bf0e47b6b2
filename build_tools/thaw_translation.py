"""Make a Marian folder of a ``translate`` package again: ``thaw`` calls this.

Imports torch and transformers; of ``assistant`` only the records of a package.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import torch
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer
from torch import Tensor
from transformers import MarianConfig, MarianMTModel

from assistant.engine.package import Package
from build_tools.card import CARD_NAME
from build_tools.thaw_graph import FrozenGraph
from build_tools.train_translation.checkpoint import save_model

_ACTIVATIONS = {"Sigmoid": "swish", "Erf": "gelu", "Relu": "relu"}
_FORBIDDEN = -1e8
"""What the step graph adds to the scores of tokens that are never written lies below this."""
_TRAINED = re.compile(r"\| trained \| ([\d,]+) steps, ([\d.]+) M English tokens, ([\d.]+) min \|")
_SLACK = 1.001
"""How much wider than exact the ranges are in which rounded numbers are looked for."""

Weights = dict[str, Tensor]


def thaw_translation(package: Package, out: Path) -> None:
    """Write the Marian folder ``out`` of a package whose graphs ``export_translation`` wrote.

    Raises ValueError where the graphs are of another make, or where a decoder whose words
    are its output layer has others than the encoder.
    """
    manifest = package.manifest
    encoder = FrozenGraph(package.folder / manifest.model)
    decoder = FrozenGraph(package.folder / str(manifest.decoder))
    tokenizer = Tokenizer.from_file(str(package.folder / manifest.tokenizer))
    weights = _encoder(encoder) | _decoder(decoder) | _memory(encoder, decoder)
    read, written = (graph.table("words.table")[0] for graph in (encoder, decoder))
    roles = manifest.special_tokens
    numbers = {
        f"{role}_token_id": tokenizer.token_to_id(name)
        for role, name in {
            "pad": roles.pad, "eos": roles.eos, "decoder_start": roles.decoder_start,
        }.items()
    }  # fmt: skip
    head, bias = decoder.linear("")
    is_tied = torch.allclose(written, head, rtol=1e-5, atol=1e-7)
    if is_tied:
        read = written = head = _words(encoder, decoder)
    model = MarianMTModel(_config(encoder, decoder, is_tied=is_tied, numbers=numbers)).eval()
    never = torch.from_numpy(decoder.given("Add").copy()) < _FORBIDDEN
    model.generation_config.bad_words_ids = [[i] for i in never.nonzero()[:, 0].tolist()]
    model.generation_config.num_beams = 1
    model.generation_config.max_length = model.config.max_position_embeddings
    own = {
        "model.shared.weight": read,
        "model.encoder.embed_tokens.weight": read,
        "model.decoder.embed_tokens.weight": written,
        "lm_head.weight": head,
    }
    assert bias is not None
    weights |= own | {"final_logits_bias": bias[None]}
    model.load_state_dict(weights)
    with tempfile.TemporaryDirectory() as folder:
        write_tokenizer_files(tokenizer, Path(folder))
        training = {"thawed": f"{manifest.name} {manifest.version}", **_training(package)}
        save_model(out, model, Path(folder), training)


def write_tokenizer_files(tokenizer: Tokenizer, folder: Path) -> None:
    """Write ``tokenizer.json`` and Marian's own files for a unigram ``tokenizer``.

    The SentencePiece models split normalised text as the tokenizer does, and number the pieces
    alike where the special ones are the first three.
    """
    model = json.loads(tokenizer.to_str())["model"]
    if model["type"] != "Unigram":
        raise ValueError(f"the tokenizer is a {model['type']}; Marian's are Unigram")
    specials = {token.content for token in tokenizer.get_added_tokens_decoder().values()}
    proto: Any = sentencepiece_model_pb2.ModelProto()
    proto.normalizer_spec.name = "identity"
    proto.trainer_spec.unk_piece = model["vocab"][model["unk_id"]][0]
    for number, (piece, score) in enumerate(model["vocab"]):
        added = proto.pieces.add(piece=piece, score=score)
        if number == model["unk_id"]:
            added.type = added.UNKNOWN
        elif piece in specials:
            added.type = added.CONTROL
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(proto.SerializeToString())
    vocabulary = {piece: number for number, (piece, _) in enumerate(model["vocab"])}
    text = json.dumps(vocabulary, ensure_ascii=False)
    (folder / "vocab.json").write_text(text, "utf-8")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def _config(
    encoder: FrozenGraph,
    decoder: FrozenGraph,
    *,
    is_tied: bool,
    numbers: dict[str, int],
) -> MarianConfig:
    size, width = encoder.table("words.table")[0].shape
    outputs = {value.name: value for value in encoder.model.graph.output}
    heads = outputs["cross_key_0"].type.tensor_type.shape.dim[1].dim_value
    kinds = encoder.operators("layers.0.activation_fn") & set(_ACTIVATIONS)
    if len(kinds) != 1:
        raise ValueError("the graph's activation is not known")
    # Where the scale is 1 there is nothing to multiply with.
    is_scaled = "Mul" in encoder.operators("words") and float(encoder.given("words/Mul")) != 1.0
    return MarianConfig(
        vocab_size=size,
        decoder_vocab_size=size,
        d_model=width,
        encoder_ffn_dim=encoder.linear("layers.0.fc1")[0].shape[0],
        decoder_ffn_dim=decoder.linear("layers.0.fc1")[0].shape[0],
        encoder_layers=encoder.count("layers"),
        decoder_layers=decoder.count("layers"),
        encoder_attention_heads=heads,
        decoder_attention_heads=heads,
        max_position_embeddings=encoder.table("words")[0].shape[0],
        activation_function=_ACTIVATIONS[kinds.pop()],
        dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        scale_embedding=is_scaled,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=is_tied,
        forced_eos_token_id=None,
        **numbers,
    )


def _encoder(graph: FrozenGraph) -> Weights:
    found: Weights = {"model.encoder.embed_positions.weight": graph.table("words")[0]}
    for number in range(graph.count("layers")):
        layer, target = f"layers.{number}", f"model.encoder.layers.{number}"
        found |= _attention(graph, layer, f"{target}.self_attn")
        found |= _fed(graph, layer, target)
    return found


def _decoder(graph: FrozenGraph) -> Weights:
    found: Weights = {"model.decoder.embed_positions.weight": graph.table("words")[0]}
    for number in range(graph.count("layers")):
        layer, target = f"layers.{number}", f"model.decoder.layers.{number}"
        found |= _attention(graph, layer, f"{target}.self_attn")
        found |= _named(graph.linear(f"{layer}.q_proj"), f"{target}.encoder_attn.q_proj")
        # The second layer of this name in one module.
        found |= _named(graph.linear(f"{layer}.out_proj_1"), f"{target}.encoder_attn.out_proj")
        name = "encoder_attn_layer_norm"
        found |= _norm(graph, f"{layer}.{name}", f"{target}.{name}")
        found |= _fed(graph, layer, target)
    return found


def _memory(encoder: FrozenGraph, decoder: FrozenGraph) -> Weights:
    """Return the keys and values of every cross-attention, which the encoder's graph computes."""
    targets = [
        f"model.decoder.layers.{number}.encoder_attn.{kind}_proj"
        for number in range(decoder.count("layers"))
        for kind in "kv"
    ]
    return _parted(encoder.linear("memory"), targets)


def _attention(graph: FrozenGraph, layer: str, target: str) -> Weights:
    parts = _parted(graph.linear(f"{layer}.inputs"), [f"{target}.{kind}_proj" for kind in "qkv"])
    return parts | _named(graph.linear(f"{layer}.out_proj"), f"{target}.out_proj")


def _fed(graph: FrozenGraph, layer: str, target: str) -> Weights:
    found: Weights = {}
    for name in ("self_attn_layer_norm", "final_layer_norm"):
        found |= _norm(graph, f"{layer}.{name}", f"{target}.{name}")
    for name in ("fc1", "fc2"):
        found |= _named(graph.linear(f"{layer}.{name}"), f"{target}.{name}")
    return found


def _norm(graph: FrozenGraph, module: str, target: str) -> Weights:
    weight, bias = graph.norm(module)
    return _named((weight, torch.zeros_like(weight) if bias is None else bias), target)


def _named(layer: tuple[Tensor, Tensor | None], target: str) -> Weights:
    weight, bias = layer
    if bias is None:
        raise ValueError(f"the graph has no bias for {target}")
    return {f"{target}.weight": weight, f"{target}.bias": bias}


def _parted(layer: tuple[Tensor, Tensor | None], targets: list[str]) -> Weights:
    found: Weights = {}
    weight, bias = layer
    if bias is None:
        raise ValueError(f"the graph has no bias for {targets[0]}")
    count = len(targets)
    for target, *part in zip(targets, weight.chunk(count), bias.chunk(count), strict=True):
        found |= _named((part[0].clone(), part[1].clone()), target)
    return found


def _words(encoder: FrozenGraph, decoder: FrozenGraph) -> Tensor:
    """Return the table of words, which encoder and decoder hold rounded with steps of their own.

    A number lies where the ranges of the two overlap, so the middle of that is rounded again to
    what both graphs hold.
    """
    read, fine = encoder.table("words.table")
    written, coarse = decoder.table("words.table")
    lowest = torch.maximum(read - fine / 2, written - coarse / 2)
    highest = torch.minimum(read + fine / 2, written + coarse / 2)
    if bool((lowest > highest + (fine + coarse) * (_SLACK - 1) + 1e-6).any()):
        raise ValueError("encoder and decoder have words of their own: not known here")
    # The largest number of a row makes the step, so it is exact.
    is_largest = read.abs() >= read.abs().amax(dim=1, keepdim=True)
    return torch.where(is_largest, read, (lowest + highest) / 2)


def _training(package: Package) -> dict[str, Any]:
    """Return what the card says of the training, in the fields of ``training.json``."""
    card = package.folder / CARD_NAME
    told = _TRAINED.search(card.read_text("utf-8")) if card.is_file() else None
    if told is None:
        return {}
    return {
        "step": int(told[1].replace(",", "")),
        "target_tokens": round(float(told[2]) * 1e6),
        "minutes": float(told[3]),
    }
