"""Prune a fill encoder: ``python -m build_tools.prune --model … --shards … --heads 8 --layers 1``.

Whole layers first: greedily the ones whose loss the held-out text misses least. Then attention
heads by the importance of Michel et al. 2019: the mean size of the loss's gradient by a switch on
each head. Then recovery training with the rest of the options, resumable to the step. Prints
accuracy, size and latency before and after.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import ModernBertConfig, ModernBertForMaskedLM

from build_tools.memory_feed import NAME, attach
from build_tools.pretrain.checkpoint import save_model
from build_tools.pretrain.config import TrainConfig
from build_tools.pretrain.train import Trainer
from build_tools.pruned_heads import cut_heads, kept_heads
from build_tools.shrinking import add_run_options, compare, figures, run_config


def head_importance(trainer: Trainer, batches: int) -> dict[tuple[int, int], float]:
    """Return the importance of every head that is left, by (layer, head)."""
    model = trainer.model
    switches = [
        torch.ones(len(kept_heads(model, i)), requires_grad=True, device=model.device)
        for i in range(len(model.model.layers))
    ]
    totals = [torch.zeros_like(switch) for switch in switches]
    with _switched(model, switches):
        for batch in islice(iter(trainer.batches), batches):
            loss = trainer.loss(batch)
            for total, part in zip(totals, torch.autograd.grad(loss, switches), strict=True):
                total += part.abs()
    return {
        (layer, head): float(value)
        for layer, total in enumerate(totals)
        for head, value in zip(kept_heads(model, layer), total.tolist(), strict=True)
    }


def least_important(importance: dict[tuple[int, int], float], count: int) -> dict[int, list[int]]:
    """Return ``count`` heads, the least important ones; every layer keeps one at least."""
    left: dict[int, int] = {}
    for layer, _ in importance:
        left[layer] = left.get(layer, 0) + 1
    chosen: dict[int, list[int]] = {}
    for layer, head in sorted(importance, key=lambda place: importance[place]):
        if sum(map(len, chosen.values())) == count:
            break
        if left[layer] > 1:
            left[layer] -= 1
            chosen.setdefault(layer, []).append(head)
    return chosen


def without_layer(model: ModernBertForMaskedLM, layer: int) -> ModernBertForMaskedLM:
    """Return a copy of ``model`` that lacks ``layer`` (not the first, which has no norm)."""
    kept = [i for i in range(model.config.num_hidden_layers) if i != layer]
    settings = model.config.to_dict()
    settings["num_hidden_layers"] = len(kept)
    settings["layer_types"] = [settings["layer_types"][i] for i in kept]
    shorter = ModernBertForMaskedLM(ModernBertConfig(**settings))
    if hasattr(model, NAME):
        attach(shorter)
    weights = {}
    for name, weight in model.state_dict().items():
        parts = name.split(".")
        if parts[:2] == ["model", "layers"]:
            if int(parts[2]) == layer:
                continue
            parts[2] = str(kept.index(int(parts[2])))
        weights[".".join(parts)] = weight
    shorter.load_state_dict(weights)
    return shorter


def drop_layers(trainer: Trainer, count: int) -> None:
    """Take ``count`` layers out of the trainer's model, one after the other."""
    for _ in range(count):
        tried: list[tuple[float, int]] = []
        whole = trainer.model
        for layer in range(1, whole.config.num_hidden_layers):
            trainer.use(without_layer(whole, layer))
            found = trainer.measure()
            tried.append((found.loss if found else 0.0, layer))
            print(f"without layer {layer}: loss {tried[-1][0]:.4f}", flush=True)
        trainer.use(without_layer(whole, min(tried)[1]))


def prune(config: TrainConfig, heads: int, layers: int, batches: int) -> dict[str, Any]:
    """Prune ``config.init`` into ``out/pruned`` unless that is there; return the figures before.

    The pruned checkpoint is what recovery training starts from.
    """
    folder = Path(config.out) / "pruned"
    if folder.exists():
        return json.loads((folder / "training.json").read_text("utf-8"))["before"]
    trainer = Trainer(replace(config, compile=False, max_steps=0))
    before = figures(trainer)
    drop_layers(trainer, layers)
    chosen = least_important(head_importance(trainer, batches), heads)
    cut_heads(trainer.model, chosen)
    notes = {"of": config.init, "heads": chosen, "layers": layers, "before": before}
    save_model(folder, trainer.model, Path(config.tokenizer or config.init), notes)
    print(f"pruned heads by layer: {chosen}", flush=True)
    return before


@contextmanager
def _switched(model: Any, switches: list[Tensor]) -> Iterator[None]:
    """Multiply the output of every head by its switch."""

    def hook(switch: Tensor, size: int) -> Any:
        def multiply(_: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
            return (inputs[0] * switch.repeat_interleave(size).to(inputs[0].dtype), *inputs[1:])

        return multiply

    held = [
        layer.attn.Wo.register_forward_pre_hook(hook(switch, layer.attn.head_dim))
        for layer, switch in zip(model.model.layers, switches, strict=True)
    ]
    try:
        yield
    finally:
        for handle in held:
            handle.remove()


def main() -> None:
    """Prune and train on as the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m build_tools.prune",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--model", required=True, help="checkpoint folder to prune")
    parser.add_argument("--heads", type=int, default=0, help="attention heads to cut out")
    parser.add_argument("--layers", type=int, default=0, help="layers to take out")
    parser.add_argument("--batches", type=int, default=20, help="batches that judge the heads")
    add_run_options(parser)
    options = parser.parse_args()
    config = run_config(options, options.model, options.tokenizer or options.model)
    before = prune(config, options.heads, options.layers, options.batches)
    compare(Trainer(replace(config, init=str(Path(config.out) / "pruned"))), before)


if __name__ == "__main__":
    main()
