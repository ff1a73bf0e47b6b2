"""Take layers and feed-forward units out of a translation model: ``train_translation prune``.

Whole layers first, one after the other: each time the one without which the loss on development
sentences is lowest. Then units of the feed-forward layers by the importance of Michel et al. 2019:
the mean size of the loss's gradient by a switch on each unit. What comes out is trained on like any
model. Imports torch and transformers, nothing of ``assistant``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import MarianConfig, MarianMTModel

from build_tools.train_translation.batches import Batch, BatchStream
from build_tools.train_translation.checkpoint import save_model
from build_tools.train_translation.decode import QUICK_SETS, read_development
from build_tools.train_translation.layout import check_vocabulary, training_model
from build_tools.train_translation.model import TranslationLoss
from build_tools.train_translation.shards import Pairs, load_shards

ENCODER, DECODER = "encoder", "decoder"
_SKIPPED, _SENTENCES = 500, 300
"""Of each development set, the sentences that BLEU is usually measured on, and those read here."""
_JUDGED_TOKENS, _LEARNT_TOKENS = 256, 2560
_SEED = 7


@dataclass(frozen=True, slots=True)
class Wanted:
    """The shape to prune to; None leaves what there is."""

    encoder_layers: int | None = None
    decoder_layers: int | None = None
    feed_forward: int | None = None


def prune(source: Path, prepared: Path, development: Path, out: Path, wanted: Wanted) -> None:
    """Write to ``out`` what is left of the model in ``source``, in the trainer's layout.

    Raises ValueError for a model that has other tokens than ``prepared``, or is smaller already.
    """
    folder = prepared / "tokenizer"
    check_vocabulary(source, folder)
    model = training_model(str(source)).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    sentences = judged_sentences(development, tokenizer)
    notes: dict[str, Any] = {"loss": [round(held_out_loss(model, sentences), 4)]}
    print(f"loss {notes['loss'][0]:.4f}", flush=True)
    for side, count in ((ENCODER, wanted.encoder_layers), (DECODER, wanted.decoder_layers)):
        model, gone = dropped(model, side, count or layers_of(model, side), sentences)
        notes[f"{side}_layers_gone"] = gone
    if wanted.feed_forward is not None:
        pairs = load_shards(prepared / "shards")
        model = narrowed(model, unit_importance(model, pairs), wanted.feed_forward)
        notes["feed_forward"] = wanted.feed_forward
    notes["loss"].append(round(held_out_loss(model, sentences), 4))
    print(f"loss {notes['loss'][-1]:.4f} when pruned", flush=True)
    path = source / "training.json"
    training = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    save_model(out, model, folder, {**training, "pruned": notes})


def judged_sentences(development: Path, tokenizer: Tokenizer) -> Pairs:
    """Return sentences of the development sets that come after those usually measured on."""
    texts = [
        pair
        for name in QUICK_SETS
        for pair in read_development(development / f"{name}.tsv.xz")[_SKIPPED:][:_SENTENCES]
    ]
    sides: list[Any] = []
    for place in (0, 1):
        rows = [one.ids for one in tokenizer.encode_batch([pair[place] for pair in texts])]
        ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
        sides += [np.array([i for row in rows for i in row], dtype=np.uint16), ends]
    return Pairs(*sides, origin=np.zeros(len(texts), np.uint8), weights=(1.0,))


@torch.no_grad()
def held_out_loss(model: MarianMTModel, sentences: Pairs) -> float:
    """Return the cross-entropy of a token, nats, over ``sentences``; no smoothing."""
    net = TranslationLoss(model, 0.0).eval()
    total, seen = 0.0, 0
    stream = BatchStream(sentences, tokens=_JUDGED_TOKENS, seed=_SEED)
    for batch in stream:
        total += float(net(*_tensors(batch))[1]) * batch.real_tokens
        seen += batch.real_tokens
        if stream.place.epoch:
            break
    return total / seen


def layers_of(model: MarianMTModel, side: str) -> int:
    """Return how many layers the ``side`` of ``model`` has."""
    return int(getattr(model.config, f"{side}_layers"))


def dropped(
    model: MarianMTModel, side: str, count: int, sentences: Pairs
) -> tuple[MarianMTModel, list[int]]:
    """Return ``model`` with ``count`` layers left, and the places of those that went, in turn."""
    if not 0 < count <= layers_of(model, side):
        raise ValueError(f"the {side} has {layers_of(model, side)} layers, not {count} or more")
    left, gone = list(range(layers_of(model, side))), []
    while len(left) > count:
        tried: list[tuple[float, int]] = []
        for place in range(len(left)):
            loss = held_out_loss(without_layer(model, side, place), sentences)
            tried.append((loss, place))
            print(f"without {side} layer {left[place]}: loss {loss:.4f}", flush=True)
        place = min(tried)[1]
        model = without_layer(model, side, place)
        gone.append(left.pop(place))
    return model, gone


def without_layer(model: MarianMTModel, side: str, place: int) -> MarianMTModel:
    """Return a copy of ``model`` that lacks the layer ``place`` of its ``side``."""
    start = f"model.{side}.layers."
    state: dict[str, Tensor] = {}
    for name, value in model.state_dict().items():
        if name.startswith(start):
            number, _, rest = name.removeprefix(start).partition(".")
            if int(number) == place:
                continue
            name = f"{start}{int(number) - (int(number) > place)}.{rest}"
        state[name] = value
    return _made(model, state, {f"{side}_layers": layers_of(model, side) - 1})


def unit_importance(model: MarianMTModel, pairs: Pairs, batches: int = 20) -> list[Tensor]:
    """Return the importance of the feed-forward units, for each layer of encoder and decoder."""
    net = TranslationLoss(model, 0.0).eval()
    layers = _layers(model)
    switches = [torch.ones(layer.fc2.in_features, requires_grad=True) for layer in layers]
    totals = [torch.zeros_like(switch) for switch in switches]
    stream = BatchStream(pairs, tokens=_LEARNT_TOKENS, seed=_SEED)
    with _switched(layers, switches):
        for batch in islice(stream, batches):
            loss = net(*_tensors(batch))[0]
            for total, part in zip(totals, torch.autograd.grad(loss, switches), strict=True):
                total += part.abs()
    return totals


def narrowed(model: MarianMTModel, importance: Sequence[Tensor], width: int) -> MarianMTModel:
    """Return a copy of ``model`` with the ``width`` most important units of every layer."""
    state = dict(model.state_dict())
    names = [
        f"model.{side}.layers.{number}"
        for side in (ENCODER, DECODER)
        for number in range(layers_of(model, side))
    ]
    for name, values in zip(names, importance, strict=True):
        if width > len(values):
            raise ValueError(f"the feed-forward layers have {len(values)} units, not {width}")
        kept = values.topk(width).indices.sort().values
        for part in ("fc1.weight", "fc1.bias"):
            state[f"{name}.{part}"] = state[f"{name}.{part}"][kept]
        state[f"{name}.fc2.weight"] = state[f"{name}.fc2.weight"][:, kept]
    return _made(model, state, dict.fromkeys(("encoder_ffn_dim", "decoder_ffn_dim"), width))


def _made(model: MarianMTModel, state: dict[str, Tensor], changes: dict[str, int]) -> MarianMTModel:
    config = MarianConfig.from_dict({**model.config.to_dict(), **changes})
    config.num_hidden_layers = config.encoder_layers
    smaller = MarianMTModel(config).eval()
    smaller.generation_config = model.generation_config
    smaller.load_state_dict(state)
    return smaller


def _layers(model: Any) -> list[Any]:
    return [*model.model.encoder.layers, *model.model.decoder.layers]


def _tensors(batch: Batch) -> list[Tensor]:
    parts = (batch.source, batch.target, batch.where, batch.wanted)
    return [torch.from_numpy(part) for part in parts]


@contextmanager
def _switched(layers: Sequence[Any], switches: Sequence[Tensor]) -> Iterator[None]:
    """Multiply what goes into each layer's ``fc2`` by its switch."""

    def hook(switch: Tensor) -> Any:
        def multiply(_: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
            return (inputs[0] * switch, *inputs[1:])

        return multiply

    held = [
        layer.fc2.register_forward_pre_hook(hook(switch))
        for layer, switch in zip(layers, switches, strict=True)
    ]
    try:
        yield
    finally:
        for handle in held:
            handle.remove()
