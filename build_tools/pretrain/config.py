"""Everything that decides a run, kept as JSON with the weights.

Imports nothing of ``assistant``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from build_tools.pretrain.masking import MaskRules


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """Settings of one run. Paths are as given; times of day are ``HH:MM`` of this machine.

    ``decay_steps`` or ``decay_until`` end the run with a linear decay to zero: at once, or
    ``decay_steps`` before ``max_steps``, or from ``decay_at`` on. With none of them the rate stays
    constant and the run goes on until ``max_steps`` or a signal. With ``memory``, a phrase memory,
    the encoder reads what the memory knows of every mask, but for a share ``memory_dropout``. With
    ``idioms``, a list, it also learns to choose the right one: see ``idioms.py``.
    """

    shards: str
    init: str
    out: str
    tokenizer: str | None = None
    grow: int | None = None
    resume: str | None = None
    memory: str | None = None
    memory_dropout: float = 0.15
    idioms: str | None = None
    idiom_repeat: int = 8
    idiom_weight: float = 0.3
    rows: int = 32
    tokens: int = 128
    learning_rate: float = 2e-3
    warmup_steps: int = 200
    weight_decay: float = 0.05
    clip: float = 1.0
    muon_steps: int = 5
    max_steps: int | None = None
    decay_steps: int | None = None
    decay_at: str | None = None
    decay_until: str | None = None
    seed: int = 1
    threads: int = 0
    device: str = "cpu"
    attention: str | None = None
    compile: bool = True
    checkpoint_minutes: float = 10.0
    evaluate_minutes: float = 10.0
    held_out_rows: int = 384
    log_steps: int = 20
    masks: MaskRules = field(default_factory=MaskRules)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> TrainConfig:
        """Read settings back; unknown names are dropped, missing ones take their default."""
        known = {name.name for name in fields(cls)}
        kept = {name: value for name, value in values.items() if name in known}
        return cls(**{**kept, "masks": MaskRules(**kept.get("masks", {}))})

    def save(self, path: Path) -> None:
        """Write the settings to ``path``."""
        text = json.dumps(self.to_json(), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", "utf-8")
