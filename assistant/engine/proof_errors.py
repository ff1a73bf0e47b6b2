"""What can go wrong with proof-reading. Imports only the errors."""

from __future__ import annotations

from assistant.errors import ModelError


class NoProofreadingError(ModelError):
    """The fill package cannot proof-read: no phrase memory, or nothing fitted for it."""

    zh = "这个填空模型不能用于校对：请换用自带的模型。"
    en = "This fill model cannot proof-read: use the bundled one."
