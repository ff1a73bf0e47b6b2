"""What a run of the benchmark is told: how often, on which weights, and where its files go."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """``repeats`` times with fresh processes, ``rounds`` times over all texts in each.

    ``quick`` leaves out what takes minutes: it shows that everything runs, not how fast.
    ``models`` are the packages measured; checkpoints for the peers are made of them again.
    """

    folder: Path = Path("work/bench")
    repeats: int = 3
    rounds: int = 4
    quick: bool = False
    models: Path = Path("resources/models")

    @property
    def made(self) -> Path:
        """The folder of checkpoints and packages made for the benchmark; kept between runs."""
        return self.folder / "made"

    @property
    def parts(self) -> Path:
        """The folder of what each part measured."""
        return self.folder / "parts"

    def as_json(self) -> dict[str, Any]:
        """Return the settings as JSON: a part measured with others is measured anew."""
        return {key: str(v) if isinstance(v, Path) else v for key, v in asdict(self).items()}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Settings:
        """Read what :meth:`as_json` returned."""
        kinds = {field.name: field.type for field in fields(cls)}
        return cls(**{k: Path(v) if kinds[k] == "Path" else v for k, v in values.items()})
