"""Distil a fill encoder into a smaller one: ``python -m build_tools.distil --teacher … --out …``.

After TinyBERT (Jiao et al. 2020): the student follows the teacher's logits at a temperature, and
its hidden states at evenly spaced layers through one linear map each, beside the masked-language
loss. Both share a vocabulary. Data, schedule, checkpoints and metrics are those of
``build_tools.pretrain``; run it again with the same ``--out`` and it goes on to the step. Prints
accuracy, size and latency of the student before and after.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import ModernBertForMaskedLM

from build_tools.memory_feed import NAME
from build_tools.pretrain.config import TrainConfig
from build_tools.pretrain.masking import IGNORED
from build_tools.pretrain.model import PackedLoss, load_model
from build_tools.pretrain.train import Trainer
from build_tools.shrinking import add_run_options, compare, run_config


@dataclass(frozen=True, slots=True)
class DistilRules:
    """How much each loss counts; ``temperature`` divides both sides' logits."""

    teacher: str
    temperature: float = 2.0
    logits: float = 0.7
    hidden: float = 0.2
    labels: float = 0.1


class DistilLoss(PackedLoss):
    """The student's loss on packed rows beside its teacher, which does not learn."""

    def __init__(
        self, student: ModernBertForMaskedLM, teacher: ModernBertForMaskedLM, rules: DistilRules
    ) -> None:
        """Take both; raises ValueError when the vocabularies differ in size."""
        super().__init__(student)
        if student.config.vocab_size != teacher.config.vocab_size:
            raise ValueError("teacher and student have vocabularies of different sizes")
        self._rules = rules
        # In a list, so that neither its weights are trained nor kept with the student's.
        self._teacher = [PackedLoss(teacher.eval().requires_grad_(False))]
        self._teacher_is_fed = hasattr(teacher, NAME)
        depth, above = student.config.num_hidden_layers, teacher.config.num_hidden_layers
        self._layers = [round((i + 1) * above / depth) for i in range(depth)]
        width = teacher.config.hidden_size
        maps = nn.ModuleList(nn.Linear(student.config.hidden_size, width) for _ in self._layers)
        student.add_module("distil_maps", maps)

    def forward(
        self,
        ids: Tensor,
        positions: Tensor,
        segments: Tensor,
        where: Tensor,
        targets: Tensor,
        *fed: Tensor,
    ) -> Tensor:
        """Return the weighed sum of the three losses.

        A teacher that reads a memory is fed what its student is fed.
        """
        rules: DistilRules = self._rules
        mine = self.states(ids, positions, segments, *fed)
        with torch.no_grad():
            read = fed if self._teacher_is_fed else ()
            theirs = self._teacher[0].states(ids, positions, segments, *read)
            taught = self._teacher[0].head(theirs[-1].flatten(0, 1)[where]).float()
        logits = self.head(mine[-1].flatten(0, 1)[where]).float()
        asked = targets != IGNORED
        soft = nn.functional.kl_div(
            (logits[asked] / rules.temperature).log_softmax(-1),
            (taught[asked] / rules.temperature).log_softmax(-1),
            log_target=True,
            reduction="batchmean",
        )
        real = (segments >= 0)[..., None]
        maps: Any = self.model.distil_maps
        states = [
            ((to(own.float()) - theirs[layer].float()).square() * real).sum()
            / (real.sum() * theirs[layer].shape[-1])
            for to, own, layer in zip(maps, mine[1:], self._layers, strict=True)
        ]
        hard = nn.functional.cross_entropy(logits, targets, ignore_index=IGNORED)
        return (
            rules.logits * rules.temperature**2 * soft
            + rules.hidden * torch.stack(states).mean()
            + rules.labels * hard
        )


class Distiller(Trainer):
    """A run of pretraining whose loss is the distillation."""

    def __init__(self, config: TrainConfig, rules: DistilRules) -> None:
        """Load both models and the data.

        Raises ValueError when they do not belong together, or when ``config`` has idioms to choose:
        the teacher says what to learn.
        """
        if config.idioms:
            raise ValueError("a student learns from its teacher: leave the idioms out")
        self._rules = rules
        super().__init__(config)
        self.notes = {"distil": asdict(rules)}

    def loss_of(self, model: ModernBertForMaskedLM) -> PackedLoss:
        """Return the loss of the student."""
        teacher = load_model(Path(self._rules.teacher))
        teacher.set_attn_implementation(model.config._attn_implementation)
        return DistilLoss(model, teacher.to(model.device), self._rules)


def parse(arguments: list[str] | None = None) -> tuple[TrainConfig, DistilRules]:
    """Return the settings that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m build_tools.distil",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--teacher", required=True, help="checkpoint folder of the teacher")
    parser.add_argument(
        "--student", required=True, help="checkpoint folder, or config.json of a new encoder"
    )
    rules = DistilRules("")
    for name, text in (
        ("temperature", "divides the logits of both"),
        ("logits", "weight of following the teacher's logits"),
        ("hidden", "weight of following its hidden states"),
        ("labels", "weight of the masked-language loss"),
    ):
        default = getattr(rules, name)
        parser.add_argument(
            f"--{name}", type=float, default=default, help=f"{text} (default: {default})"
        )
    add_run_options(parser)
    options = parser.parse_args(arguments)
    chosen = DistilRules(
        options.teacher, options.temperature, options.logits, options.hidden, options.labels
    )
    return run_config(options, options.student, options.tokenizer or options.teacher), chosen


def main() -> None:
    """Distil as the command line says."""
    config, rules = parse()
    distiller = Distiller(config, rules)
    compare(distiller)


if __name__ == "__main__":
    main()
