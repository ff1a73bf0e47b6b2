"""Everything that decides a training run of the translation model, kept with the weights.

Imports nothing of ``assistant``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Settings of one run. Paths are as given; times of day are ``HH:MM`` of this machine.

    The rate warms up and stays constant until ``max_steps`` or a signal; with ``decay_steps`` or
    ``decay_until`` it falls linearly to zero, at once or from ``decay_at`` on, and the run ends.
    """

    prepared: str
    out: str
    init: str | None = None
    resume: str | None = None
    development: str | None = None
    width: int = 256
    feed_forward: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    heads: int = 8
    tokens: int = 2560
    learning_rate: float = 1e-3
    warmup_steps: int = 300
    weight_decay: float = 0.01
    smoothing: float = 0.1
    clip: float = 1.0
    muon_steps: int = 5
    max_steps: int | None = None
    decay_steps: int | None = None
    decay_at: str | None = None
    decay_until: str | None = None
    seed: int = 1
    threads: int = 1
    device: str = "cpu"
    compile: bool = True
    checkpoint_minutes: float = 20.0
    bleu_sentences: int = 150
    log_seconds: float = 60.0

    def to_json(self) -> dict[str, Any]:
        """Return the settings as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> RunConfig:
        """Read settings back; unknown names are dropped, missing ones take their default."""
        known = {name.name for name in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    def save(self, path: Path) -> None:
        """Write the settings to ``path``."""
        path.write_text(json.dumps(self.to_json(), indent=1) + "\n", "utf-8")
