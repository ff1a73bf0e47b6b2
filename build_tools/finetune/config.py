"""Everything that decides a fine-tuning run, kept as JSON with the weights.

Imports nothing of ``assistant``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from build_tools.finetune.records import (
    FEELINGS,
    GOODS,
    OPINIONS,
    PLAIN,
    POSTS,
    PROSE,
    TALK,
    WRITTEN,
)
from build_tools.finetune.turn import Rules

_WEIGHTS = {
    "chnsenticorp": 10.0,
    "posneg": 3.0,
    "shopping": 13.0,
    "waimai": 1.5,
    "weibo": 0.1,
    "eprstmt": 0.5,
    "tnews": 24.0,
    "thucnews": 8.0,
    "ocnli": 9.0,
    "cmnli": 5.0,
    "csnli": 2.0,
    "afqmc": 1.0,
    "paraphrase": 3.0,
    "idioms": 2.0,
    "keywords": 17.0,
    FEELINGS: 8.0,
    PLAIN: 5.0,
    WRITTEN: 20.0,
    GOODS: 20.0,
    POSTS: 6.0,
    PROSE: 18.0,
    TALK: 5.0,
    OPINIONS: 10.0,
}


_LOSS_WEIGHTS = {
    "sentiment": 1.0,
    "polarity": 1.0,
    "calm": 0.3,
    "ranking": 1.0,
    "labels": 0.5,
    "inference": 0.7,
}


@dataclass(frozen=True, slots=True)
class TuneConfig:
    """Settings of one run. ``until`` is a time of day, ``HH:MM``, at which the rate reaches 0.

    ``weights`` are the shares of the sources among the questions; ``masked`` is the share of the
    tokens of texts that become [MASK].
    """

    data: str
    init: str
    out: str
    rows: int = 16
    tokens: int = 256
    learning_rate: float = 8e-4
    warmup_steps: int = 60
    weight_decay: float = 0.05
    clip: float = 1.0
    muon_steps: int = 5
    until: str | None = None
    max_steps: int | None = None
    seed: int = 1
    threads: int = 1
    compile: bool = True
    checkpoint_minutes: float = 8.0
    evaluate_minutes: float = 12.0
    evaluate_batches: int = 10
    log_steps: int = 20
    weights: dict[str, float] = field(default_factory=lambda: dict(_WEIGHTS))
    loss_weights: dict[str, float] = field(default_factory=lambda: dict(_LOSS_WEIGHTS))
    masked: float = 0.0
    rules: Rules = field(default_factory=Rules)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> TuneConfig:
        """Read settings back; unknown names are dropped, missing ones take their default."""
        known = {name.name for name in fields(cls)}
        kept = {name: value for name, value in values.items() if name in known}
        kept["rules"] = Rules(**kept.get("rules", {}))
        kept["loss_weights"] = {**_LOSS_WEIGHTS, **kept.get("loss_weights", {})}
        return cls(**kept)

    def save(self, path: Path) -> None:
        """Write the settings to ``path``."""
        text = json.dumps(self.to_json(), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", "utf-8")
