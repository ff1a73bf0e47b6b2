"""A tiny Marian model with random weights whose outputs vary, and a translation package of it.

The graphs are traced here, straight from transformers' own layers, so that the engine is held
against them and not against our exporter.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from pathlib import Path
from typing import Any

import onnx
import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers
from torch import Tensor, nn
from transformers import MarianConfig, MarianMTModel

from build_tools.decoding_loop import put_in_loop

TOP_K = 8
EOS, UNK, PAD = 0, 1, 2
HAN = "我你他们天地人风秋月山水花鸟云雨日夜大小多少来去里外在有是不了的看说，。！？；"
LATIN = "abcdefghijklmnopqrstuvwxyz0123456789.,!?'"
WORDS = ("▁the", "▁rain", "▁moon", "▁flower", "▁bird", "▁is", "▁are", "▁in", "▁he", "▁she", "▁big")
PIECES = ["</s>", "<unk>", "<pad>", "▁", *HAN, *LATIN, *WORDS]


def tiny_marian(seed: int = 6, *, end: float = -1.0) -> MarianMTModel:
    """Return a model that writes something else for every sentence; ``end`` makes it stop."""
    torch.manual_seed(seed)
    config = MarianConfig(
        vocab_size=len(PIECES),
        decoder_vocab_size=len(PIECES),
        d_model=32,
        encoder_ffn_dim=48,
        decoder_ffn_dim=48,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        max_position_embeddings=96,
        activation_function="swish",
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=False,
        pad_token_id=PAD,
        eos_token_id=EOS,
        forced_eos_token_id=None,
        decoder_start_token_id=PAD,
        init_std=0.4,
    )
    model = MarianMTModel(config).eval()
    with torch.no_grad():
        for layer in model.model.decoder.layers:
            layer.encoder_attn.out_proj.weight.mul_(3)  # what is written depends on what is read
            layer.self_attn.out_proj.weight.mul_(3)  # and on all that was written
        model.lm_head.weight[EOS].mul_(3)  # the end is likely here and unlikely there
        model.final_logits_bias[0, EOS] = end
    model.generation_config.bad_words_ids = [[PAD]]
    return model


class Encoder(nn.Module):
    """Source ids in, the cross-attention's keys and values out."""

    def __init__(self, model: MarianMTModel) -> None:
        super().__init__()
        self.encoder = model.model.encoder
        self.layers = model.model.decoder.layers

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, ...]:
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        outputs = []
        for layer in self.layers:
            part = layer.encoder_attn
            outputs += [_heads(part, part.k_proj(states)), _heads(part, part.v_proj(states))]
        return tuple(outputs)


class Step(nn.Module):
    """One token in, the likeliest next ones out."""

    def __init__(self, model: MarianMTModel) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, token_ids: Tensor, position: Tensor, mask: Tensor, *caches: Tensor
    ) -> tuple[Tensor, ...]:
        decoder = self.model.model.decoder
        count = len(decoder.layers)
        cross, past = caches[: 2 * count], caches[2 * count :]
        scale = self.model.config.d_model**0.5
        states = decoder.embed_tokens(token_ids) * scale + decoder.embed_positions.weight[position]
        hidden = (1 - mask[:, None, None, :].float()) * -1e9
        kept = []
        for i, layer in enumerate(decoder.layers):
            part = layer.self_attn
            keys = torch.cat([past[2 * i], _heads(part, part.k_proj(states))], 2)
            values = torch.cat([past[2 * i + 1], _heads(part, part.v_proj(states))], 2)
            kept += [keys, values]
            mixed = _attend(part, states, keys, values, None)
            states = layer.self_attn_layer_norm(states + mixed)
            mixed = _attend(layer.encoder_attn, states, cross[2 * i], cross[2 * i + 1], hidden)
            states = layer.encoder_attn_layer_norm(states + mixed)
            fed = layer.fc2(layer.activation_fn(layer.fc1(states)))
            states = layer.final_layer_norm(states + fed)
        logits = self.model.lm_head(states[:, 0]) + self.model.final_logits_bias
        log_probs = logits.log_softmax(-1)
        bad = torch.zeros_like(log_probs[0])
        bad[PAD] = -1e9
        best = torch.topk(log_probs + bad, TOP_K)
        return (best.values, best.indices, *kept)


def write_package(folder: Path, model: MarianMTModel, **changes: Any) -> Path:
    """Write a translation package of ``model`` into ``folder`` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    _tokenizer().save(str(folder / "tokenizer.json"))
    _trace(folder, model)
    names = ("encoder.onnx", "decoder.onnx", "tokenizer.json")
    settings = {"top_k": TOP_K} | changes.pop("settings", {})
    manifest: dict[str, Any] = {
        "format": 1,
        "task": "translate",
        "name": "tiny",
        "version": "1",
        "licence": "MIT",
        "files": {
            name: {
                "bytes": (folder / name).stat().st_size,
                "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
            }
            for name in names
        },
        "model": "encoder.onnx",
        "decoder": "decoder.onnx",
        "tokenizer": "tokenizer.json",
        "inputs": ["input_ids", "attention_mask"],
        "outputs": [f"cross_{kind}_{i}" for i in range(2) for kind in ("key", "value")],
        "vocab_size": len(PIECES),
        "max_length": 48,
        "special_tokens": {
            "pad": "<pad>", "unk": "<unk>", "eos": "</s>", "decoder_start": "<pad>",
        },
        "settings": settings,
        **changes,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
    return folder


def _trace(folder: Path, model: MarianMTModel) -> None:
    kinds = [f"{kind}_{i}" for i in range(2) for kind in ("key", "value")]
    cross, past = [f"cross_{kind}" for kind in kinds], [f"past_{kind}" for kind in kinds]
    ids = torch.ones((2, 5), dtype=torch.int64)
    cross_axes = {name: {0: "sentences", 2: "source"} for name in cross}
    _export(
        Encoder(model), (ids, torch.ones_like(ids)), folder / "encoder.onnx",
        ["input_ids", "attention_mask"], cross,
        {"input_ids": {0: "sentences", 1: "source"},
         "attention_mask": {0: "sentences", 1: "source"}} | cross_axes,
    )  # fmt: skip
    heads, width = model.config.decoder_attention_heads, 8
    caches = [torch.randn(3, heads, 5, width) for _ in cross]
    caches += [torch.randn(3, heads, 4, width) for _ in past]
    example = (
        torch.ones((3, 1), dtype=torch.int64), torch.tensor([4]),
        torch.ones((3, 5), dtype=torch.int64), *caches,
    )  # fmt: skip
    rows = {"token_ids": {0: "rows"}}
    rows |= {"attention_mask": {0: "rows", 1: "source"}}
    rows |= {name: {0: "rows", 2: "source"} for name in cross}
    rows |= {name: {0: "rows", 2: "written"} for name in past}
    rows |= {name: {0: "rows", 2: "then"} for name in kinds}
    rows |= {"top_log_probs": {0: "rows"}, "top_ids": {0: "rows"}}
    _export(
        Step(model), example, folder / "decoder.onnx",
        ["token_ids", "position", "attention_mask", *cross, *past],
        ["top_log_probs", "top_ids", *kinds], rows,
    )  # fmt: skip
    step = onnx.load(str(folder / "decoder.onnx"))
    onnx.save(put_in_loop(step, EOS), str(folder / "decoder.onnx"))


def _export(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
) -> None:
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(), example, str(path), dynamo=False, opset_version=17,
            input_names=inputs, output_names=outputs, dynamic_axes=axes,
        )  # fmt: skip


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram([(piece, -1.0) for piece in PIECES], unk_id=UNK))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    names = PIECES[:3]
    tokenizer.add_special_tokens([AddedToken(n, special=True, normalized=False) for n in names])
    return tokenizer


def _heads(part: nn.Module, values: Tensor) -> Tensor:
    return values.unflatten(-1, (part.num_heads, -1)).transpose(1, 2)


def _attend(
    part: nn.Module, states: Tensor, keys: Tensor, values: Tensor, hidden: Tensor | None
) -> Tensor:
    scores = _heads(part, part.q_proj(states)) @ keys.transpose(-1, -2) * int(part.head_dim) ** -0.5
    if hidden is not None:
        scores = scores + hidden
    return part.out_proj((scores.softmax(-1) @ values).transpose(1, 2).flatten(2))
