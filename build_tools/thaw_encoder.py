"""Make the checkpoint of a ``fill`` or ``understand`` package again: ``thaw`` calls this.

Imports torch and transformers; of ``assistant`` only the records of a package.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import ModernBertConfig, ModernBertForMaskedLM, PreTrainedTokenizerFast

from assistant.engine.package import Package, SpecialTokens
from build_tools.classifier_checkpoint import FITTED_NAME, JUDGE_NAME
from build_tools.finetune.build_likeness import NAME as LIKENESS_NAME
from build_tools.finetune.checkpoint import save_model, widened
from build_tools.finetune.model import Understander
from build_tools.finetune.records import CALM
from build_tools.memory_feed import NAME as FEED
from build_tools.memory_feed import attach
from build_tools.thaw_graph import FrozenGraph

_PRODUCTS = {
    "attn.Wqkv": ("attn.q", "attn.k", "attn.v"),
    "attn.Wo": ("attn.Wo",),
    "mlp.Wi": ("mlp.inner", "mlp.gate"),
    "mlp.Wo": ("mlp.Wo",),
}
"""The products of a layer, and the parts they have in the graph (``fused_encoder``)."""
_TABLES = ("neighbours", "part")
_LAYERS = ("sentiment.0", "sentiment.2", "entailment.0", "entailment.2")

Weights = dict[str, Tensor]


def thaw_fill(package: Package, out: Path) -> None:
    """Write the ModernBERT folder ``out`` of a package whose graph ``export_onnx`` wrote.

    Raises ValueError where the graph is of another make.
    """
    graph = FrozenGraph(package.folder / package.manifest.model)
    words, bias = graph.linear("decoder")
    # The last layer's operators stand outside the list: it reads a few places only.
    count = graph.count("layers") + 1
    places = [f"layers.{number}" for number in range(count - 1)] + [""]
    weights = {f"model.{name}": value for name, value in _encoder(graph, places).items()}
    weights |= {
        "model.embeddings.tok_embeddings.weight": words,
        "head.dense.weight": graph.linear("head.dense")[0],
        "head.norm.weight": graph.norm("head.norm")[0],
        "decoder.weight": words,
    }
    weights |= {} if bias is None else {"decoder.bias": bias}
    config = _config(package, graph, weights, "model.", count)
    model = ModernBertForMaskedLM(config)
    if graph.has(FEED):
        attach(model)
        for name in ("inner", "outer"):
            weights |= _layer(graph, f"{FEED}.{name}", f"{FEED}.{name}")
    model.load_state_dict(weights)
    model.save_pretrained(out)
    _write_tokenizer(package, out)


def thaw_understand(package: Package, out: Path) -> None:
    """Write the folder ``out`` of a package of our own ``understand`` model.

    The linear parts beside the encoder come back as they are in the graph; of the labels of
    training only their keys. A head of two sides gets its third column, and ``fit`` must say what
    that is given. Raises ValueError where the graph is of another make.
    """
    graph = FrozenGraph(package.folder / package.manifest.model)
    count = graph.count("layers")
    found = _encoder(graph, [f"layers.{number}" for number in range(count)])
    weights = {f"encoder.{name}": value for name, value in found.items()}
    words = "encoder.embeddings.tok_embeddings.weight"
    weights[words] = graph.stored_table(f"model.{words}")
    weights |= {f"{name}.weight": graph.stored_table(f"model.{name}.weight") for name in _TABLES}
    weights["lift.weight"] = graph.linear("lift")[0]
    for name in _LAYERS:
        weights |= _layer(graph, f"{name.split('.')[0]}.{name}", name)
    tokenizer = Tokenizer.from_file(str(package.folder / package.manifest.tokenizer))
    config = _config(package, graph, weights, "encoder.", count)
    model = Understander(config, tokenizer.token_to_id(package.manifest.special_tokens.cls))
    model.load_state_dict(widened(weights))
    with tempfile.TemporaryDirectory() as folder:
        _write_tokenizer(package, Path(folder))
        told = {"thawed": f"{package.manifest.name} {package.manifest.version}"}
        save_model(out, model, Path(folder), told)
    _write_fitted(package, out)
    if graph.has("judge"):
        _write_judge(graph, out / JUDGE_NAME)
    if graph.has("likeness"):
        _write_likeness(graph, out / LIKENESS_NAME)


def _encoder(graph: FrozenGraph, places: list[str]) -> Weights:
    """Return the weights of the layers at ``places``, and the norms before and after them."""
    found: Weights = {
        "embeddings.norm.weight": graph.norm("embeddings.norm")[0],
        "final_norm.weight": graph.norm("final_norm")[0],
    }
    for number, place in enumerate(places):
        module = f"{place}." if place else ""
        for name, parts in _PRODUCTS.items():
            weights = [graph.linear(f"{module}{part}")[0] for part in parts]
            found[f"layers.{number}.{name}.weight"] = torch.cat(weights)
        # Layer 0 has no norm before its attention.
        for name in ("attn_norm", "mlp_norm")[number == 0 :]:
            found[f"layers.{number}.{name}.weight"] = graph.norm(f"{module}{name}")[0]
    return found


def _layer(graph: FrozenGraph, module: str, target: str) -> Weights:
    weight, bias = graph.linear(module)
    return {f"{target}.weight": weight} | ({} if bias is None else {f"{target}.bias": bias})


def _config(
    package: Package, graph: FrozenGraph, weights: Weights, prefix: str, layers: int
) -> ModernBertConfig:
    words = weights[f"{prefix}embeddings.tok_embeddings.weight"]
    frequencies = graph.frequencies()
    # Of n frequencies, number i is base^(−i/n).
    base = round(float(frequencies[1] ** -len(frequencies)))
    tokenizer = Tokenizer.from_file(str(package.folder / package.manifest.tokenizer))
    roles = package.manifest.special_tokens
    numbers = {
        f"{role}_token_id": tokenizer.token_to_id(token)
        for role, token in {
            "pad": roles.pad, "cls": roles.cls, "sep": roles.sep,
            "bos": roles.cls, "eos": roles.sep,
        }.items()
    }  # fmt: skip
    return ModernBertConfig(
        vocab_size=words.shape[0],
        hidden_size=words.shape[1],
        num_hidden_layers=layers,
        num_attention_heads=words.shape[1] // (2 * len(frequencies)),
        intermediate_size=weights[f"{prefix}layers.0.mlp.Wo.weight"].shape[1],
        max_position_embeddings=max(512, package.manifest.max_length),
        layer_types=["full_attention"] * layers,
        rope_parameters={
            kind: {"rope_theta": float(base), "rope_type": "default"}
            for kind in ("full_attention", "sliding_attention")
        },
        attention_bias=False,
        mlp_bias=False,
        norm_bias=False,
        decoder_bias=True,
        **numbers,
    )


def _write_tokenizer(package: Package, out: Path) -> None:
    roles: SpecialTokens = package.manifest.special_tokens
    named: dict[str, Any] = {
        f"{role}_token": getattr(roles, role)
        for role in ("pad", "unk", "cls", "sep", "mask")
        if getattr(roles, role)
    }
    path = str(package.folder / package.manifest.tokenizer)
    PreTrainedTokenizerFast(tokenizer_file=path, **named).save_pretrained(out)


def _write_fitted(package: Package, out: Path) -> None:
    manifest = package.manifest
    heads = {"sentiment": manifest.sentiment, "entailment": manifest.entailment}
    fitted = {name: head.temperature for name, head in heads.items() if head is not None}
    text = json.dumps({**fitted, "settings": manifest.settings}, ensure_ascii=False, indent=1)
    (out / FITTED_NAME).write_text(text + "\n", "utf-8")


def _write_judge(graph: FrozenGraph, target: Path) -> None:
    """Write the linear judgement; one beside a head of two sides gives nothing to calm texts."""
    found = {
        "bits": graph.constant("judge.bits"),
        "levels": graph.constant("judge.levels"),
        "intercept": graph.given("judge/Add_9"),
        "share": graph.given("judge/Mul_11"),
    }
    with suppress(ValueError):
        found["calm"] = graph.given("judge/Add_10")[CALM]
    np.savez_compressed(target, **found)


def _write_likeness(graph: FrozenGraph, target: Path) -> None:
    own = "likeness.measures"
    np.savez(
        target,
        pairs=graph.constant(f"{own}.lookup.keys").astype(np.int64),
        table=graph.stored_table(f"{own}.table.weight").numpy(),
        centre=graph.constant(f"{own}.centre"),
        rarity=graph.constant(f"{own}.rarity"),
        names=graph.constant(f"{own}.names"),
        label_vectors=graph.constant(f"{own}.label_vectors"),
        unit_vectors=graph.stored_table(f"{own}.units.weight").numpy(),
        factors=graph.constant("likeness.factors"),
        offset=graph.given("likeness/Mul_1"),
        stranger_share=1 - graph.given("likeness/Mul_2"),
    )
