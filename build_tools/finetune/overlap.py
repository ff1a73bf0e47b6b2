"""What a hypothesis has in common with its text: two numbers beside the encoder's opinion.

Imports torch, nothing of ``assistant``. Training hides most keywords from their passages, so that
meaning is learned; when a person's label does stand in the text, that should count.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

_STRIDE = 8_191


def token_weights(tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the squared inverse document frequency of every token, largest 1."""
    frequency = np.zeros(tokenizer.get_vocab_size(), dtype=np.int64)
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        frequency[list(set(encoding.ids))] += 1
    idf = np.log((1 + len(texts)) / (1 + frequency)) / np.log(1 + len(texts))
    return (idf**2).astype(np.float32)


def common(weights: Tensor, ids: Tensor, in_text: Tensor, in_other: Tensor) -> Tensor:
    """Return [B, 2]: shared tokens by weight, shared neighbours by number, over √ of all.

    ``weights`` [vocabulary]; ``in_text`` and ``in_other`` say which of ``ids`` [B, L] belong to
    the text and to the hypothesis, special tokens included.
    """
    left = torch.cat([torch.zeros_like(ids[:, :1]), ids[:, :-1]], dim=1)
    pairs = left * _STRIDE + ids
    own = in_other.float()
    value = weights[ids] * own
    tokens = _shared(ids, in_text, in_other) * value
    neighbours = _shared(pairs, in_text, in_other)
    one = tokens.sum(1) / (value.sum(1) + 1e-3).sqrt()
    two = neighbours.sum(1) / own.sum(1).clamp(min=1.0).sqrt()
    return torch.stack([one, two], dim=1)


def _shared(keys: Tensor, in_text: Tensor, in_other: Tensor) -> Tensor:
    """Return 1 where a key of the hypothesis is one of the text's, [B, L]."""
    same = (keys[:, :, None] == keys[:, None, :]) & in_text[:, None, :]
    return (same.any(dim=2) & in_other).float()


class Overlap(nn.Module):
    """Logits [B, 3] to be added to the encoder's inference logits."""

    weights: Tensor
    factors: Tensor

    def __init__(self, weights: Tensor, factors: Tensor, specials: Sequence[int]) -> None:
        """Take the weights of tokens and the factors [2, 3] of both numbers for each class."""
        super().__init__()
        kept = weights.clone()
        kept[list(specials)] = 0.0
        self.register_buffer("weights", kept)
        self.register_buffer("factors", factors)

    @classmethod
    def of_file(cls, path: Path) -> Overlap:
        """Read what ``save_overlap`` wrote."""
        stored = np.load(path)
        weights, factors = (torch.from_numpy(stored[name]) for name in ("weights", "factors"))
        return cls(weights, factors, stored["specials"].tolist())

    def forward(self, ids: Tensor, in_text: Tensor, in_other: Tensor) -> Tensor:
        """Return what both numbers say of each class."""
        return common(self.weights, ids, in_text, in_other) @ self.factors


def save_overlap(
    path: Path,
    weights: NDArray[np.float32],
    factors: NDArray[np.float32],
    specials: Sequence[int],
) -> None:
    """Write weights and factors."""
    np.savez_compressed(path, weights=weights, factors=factors, specials=np.array(specials))
