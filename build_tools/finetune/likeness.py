"""How like a text a label is, beside the encoder's opinion: words shared, company kept, and known.

Imports torch, nothing of ``assistant``. Three numbers for each pair: rare units of the label that
stand in the text; the cosine of static vectors; for labels of training what their texts look like.
The first two count differently for labels of training, which the encoder knows as well. All are 0
where ``label_mask`` marks no label, so that pairs keep their class.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from build_tools.finetune.units import UnitLookup

_FACTOR, _STEP = 1_000_003, 7_919
_SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class Parts:
    """What ``build_likeness`` counted and learned.

    The shapes are those of ``static_vectors`` and ``known``; ``names`` are ``name_key`` of labels.
    """

    pairs: NDArray[np.int64]
    table: NDArray[np.float32]
    centre: NDArray[np.float32]
    rarity: NDArray[np.float32]
    names: NDArray[np.int64]
    label_vectors: NDArray[np.float32]
    unit_vectors: NDArray[np.float32]


def name_key(ids: NDArray[np.int64]) -> int:
    """Return a number for the token ids of a name, as the graph computes it."""
    return int((ids * (_FACTOR + _STEP * np.arange(1, len(ids) + 1))).sum())


MEASURES = 6
"""Shared, alike, known; shared and alike again for a label of training, else 0; and 1 for a label
that is none of training."""


class Measures(nn.Module):
    """The numbers of each token's label, float32 [B, L, MEASURES]."""

    centre: Tensor
    rarity: Tensor
    names: Tensor
    label_vectors: Tensor

    def __init__(self, parts: Parts) -> None:
        """Take the tables of ``parts``; row 0, of [PAD], is 0 in both."""
        super().__init__()
        self.lookup = UnitLookup(parts.pairs)
        self.table = nn.Embedding.from_pretrained(torch.from_numpy(parts.table))
        self.units = nn.Embedding.from_pretrained(torch.from_numpy(parts.unit_vectors))
        self.register_buffer("centre", torch.from_numpy(parts.centre))
        self.register_buffer("rarity", torch.from_numpy(parts.rarity))
        self.register_buffer("names", torch.from_numpy(parts.names))
        self.register_buffer("label_vectors", torch.from_numpy(parts.label_vectors))

    def forward(self, ids: Tensor, in_text: Tensor, in_label: Tensor, own: Tensor) -> Tensor:
        """Return the numbers of the label that each token of ``ids`` [B, L] is with.

        The masks say what is text and what is label; ``own`` [B, L, L] says of a token which
        others are of its hypothesis. A row may hold several hypotheses after its text.
        """
        own = own & in_label[:, None, :]
        pairs = self.lookup(ids)
        text_pairs, label_pairs = (pairs * _both(mask).long() for mask in (in_text, in_label))
        text_ids, label_ids = ids * in_text, ids * in_label
        alike = self._alike(text_ids, text_pairs, label_ids, label_pairs, own.float())
        known, trained = self._known(text_ids, text_pairs, label_ids, own)
        shared = self._shared(ids, in_text, in_label, own.float())
        numbers = [shared, alike, known, shared * trained, alike * trained, 1 - trained]
        return torch.stack(numbers, dim=2) * own.any(dim=2)[:, :, None].float()

    def _alike(
        self,
        text_ids: Tensor,
        text_pairs: Tensor,
        label_ids: Tensor,
        label_pairs: Tensor,
        own: Tensor,
    ) -> Tensor:
        """Return the cosine of text, less the centre of all texts, and label, [B, L]."""
        text = _normalised(self.table(text_ids).sum(1) + self.table(text_pairs).sum(1))
        label = _normalised(own @ (self.table(label_ids) + self.table(label_pairs)))
        return ((text - self.centre)[:, None] * label).sum(2)

    def _known(
        self, text_ids: Tensor, text_pairs: Tensor, label_ids: Tensor, own: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the learned score of a label of training and 1, 0 for any other, each [B, L]."""
        sums = self.units(text_ids).sum(1) + self.units(text_pairs).sum(1)
        count = ((text_ids > 0).long() + (text_pairs > 0).long()).sum(1).clamp(min=1)
        bags = sums / count.float().sqrt()[:, None]
        scores = (bags[:, None] * self.label_vectors).sum(2)  # no matrix product: stays FP32
        size = own.shape[2]
        before = torch.arange(size)[None, :] <= torch.arange(size)[:, None]
        places = (own & before).long().sum(2)  # of each label token in its label, from 1
        terms = label_ids * (_FACTOR + _STEP * places)
        keys = (own.long() * terms[:, None]).sum(2)
        named = (keys[:, :, None] == self.names).float()
        return (named * scores[:, None]).sum(2), named.sum(2)

    def _shared(self, ids: Tensor, in_text: Tensor, in_label: Tensor, own: Tensor) -> Tensor:
        """Return the rarity of the label's units that stand in the text, over √ of all, [B, L].

        A unit counts 1 + ln(times in the text) by its squared rarity; a pair's is the product. Of
        the sum counts as much as the text holds of the label's tokens, by squared rarity: half a
        label says less than half of what all of it says.
        """
        zero = torch.zeros_like(ids[:, :1])
        left = torch.cat([zero, ids[:, :-1]], dim=1)
        rarity = self.rarity[ids]
        pairs, products = left * len(self.rarity) + ids, rarity * self.rarity[left]
        both = _both(in_text), _both(in_label)
        kinds = ((ids, rarity * rarity, in_text, in_label), (pairs, products, *both))
        found, whole, held = [], [], []
        for keys, squares, of_text, of_label in kinds:
            same = (keys[:, :, None] == keys[:, None, :]) & of_text[:, None, :]
            times = same.float().sum(2)
            weights = squares * of_label.float()
            found.append(weights * (torch.log(times.clamp(min=1.0)) + times.clamp(max=1.0)))
            whole.append(weights)
            held.append(weights * times.clamp(max=1.0))
        columns = [found[0] + found[1], whole[0] + whole[1], held[0], whole[0]]
        sums = (own @ torch.stack(columns, dim=2)).unbind(dim=2)
        return sums[0] / (sums[1] + _SMALL).sqrt() * sums[2] / (sums[3] + _SMALL)


class Likeness(nn.Module):
    """Changes the encoder's inference logits where a label stands."""

    factors: Tensor

    def __init__(
        self, parts: Parts, factors: NDArray[np.float32], offset: float, stranger_share: float
    ) -> None:
        """Take the factors of the measures, what is taken off their sum, and a share.

        ``factors`` [MEASURES − 1]; of what the encoder says of a label that is none of training,
        ``stranger_share`` is left.
        """
        super().__init__()
        self.measures = Measures(parts)
        self.register_buffer("factors", torch.from_numpy(factors.astype(np.float32)))
        self.offset, self.stranger_share = offset, stranger_share

    def forward(
        self, logits: Tensor, ids: Tensor, in_text: Tensor, in_label: Tensor, own: Tensor
    ) -> Tensor:
        """Return ``logits`` [B, L, 3] with what the numbers say added for entailment."""
        given = (own & in_label[:, None, :]).any(dim=2).float()
        *numbers, strange = self.measures(ids, in_text, in_label, own).unbind(dim=2)
        score = (torch.stack(numbers, dim=2) * self.factors).sum(2) - self.offset * given
        kept = logits * (1 - (1 - self.stranger_share) * strange)[:, :, None]
        zero = torch.zeros_like(score)
        return kept + torch.stack([score, zero, zero], dim=2)


def read_parts(path: Path, tokenizer: Tokenizer) -> Parts:
    """Read what ``build_likeness`` or ``thaw`` wrote; the latter knows keys of names alone."""
    stored = np.load(path)
    if "names" in stored:
        names = stored["names"]
    else:
        found = tokenizer.encode_batch(stored["labels"].tolist(), add_special_tokens=False)
        names = np.array([name_key(np.array(one.ids, dtype=np.int64)) for one in found])
    before, after = ("pairs", "table", "centre", "rarity"), ("label_vectors", "unit_vectors")
    return Parts(*(stored[name] for name in before), names, *(stored[name] for name in after))


def _both(mask: Tensor) -> Tensor:
    """Return where ``mask`` [B, L] holds for a token and its left neighbour."""
    return mask & torch.cat([torch.zeros_like(mask[:, :1]), mask[:, :-1]], dim=1)


def _normalised(vectors: Tensor) -> Tensor:
    return vectors / (vectors.square().sum(-1, keepdim=True).sqrt() + _SMALL)
