"""Idioms of four characters: where they stand, and others that could have stood there.

Imports torch for the loss. An idiom is hidden whole more often than another word, the segments that
hold one are read more often, and beside the cross-entropy of its characters the encoder learns to
prefer it to idioms drawn at random (a softmax over their summed logits, as in the cloze tests of
ChID, Zheng et al. 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import ModernBertForMaskedLM

from assistant.engine.topics import word_keys
from assistant.engine.units import look_up
from build_tools.corpus.idioms import LENGTH, idiom_ids
from build_tools.corpus.mix import ANTIQUE
from build_tools.corpus.shards import Shard
from build_tools.corpus.tokenise import ID_BITS
from build_tools.pretrain.masking import IGNORED
from build_tools.pretrain.model import PackedLoss

Ints = NDArray[np.int64]

CHOICES = 16
"""Idioms to choose from, the right one among them."""
_PART = 1 << 22
"""Tokens that are searched at once."""
_EVENNESS = 0.75
"""Wrong idioms are drawn by their frequency to this power."""
_PLACES_PER_IDIOM = 32
"""Room for one idiom in so many tokens of a batch: a fixed shape compiles once."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Idioms of a batch to choose.

    ``slots`` [room, 4] index ``Batch.where``; ``ids`` [room, CHOICES, 4]; ``goals`` [room] is the
    place of the right one, IGNORED where there is no idiom.
    """

    slots: Ints
    ids: Ints
    goals: Ints

    @property
    def inputs(self) -> tuple[Ints, Ints, Ints]:
        """Return what the loss takes, in order."""
        return self.slots, self.ids, self.goals


class IdiomTable:
    """The idioms of a list that a vocabulary can write, and how often a shard has each."""

    def __init__(self, ids: Ints, shard: Shard) -> None:
        """``ids`` [idioms, 4]. Raises ValueError when ``shard`` has none of them."""
        keys = word_keys(ids)
        self._keys, first = np.unique(keys, return_index=True)
        self._ids = ids[first]
        starts = np.asarray(shard.starts).astype(np.int64)
        counts = np.zeros(len(self._keys), dtype=np.int64)
        held: list[Ints] = []
        for source in shard.sources:
            counted, segments = self._searched(shard, starts[source.first], starts[source.last])
            if source.name not in ANTIQUE:  # there, four characters in a row often mean no idiom
                counts += counted
                held.append(np.unique(np.searchsorted(starts, segments, side="right") - 1))
        if not counts.any():
            raise ValueError("the shards have none of the idioms")
        self.segments = np.concatenate(held)
        """Segments that hold an idiom, those of antique sources left out."""
        chances = counts**_EVENNESS
        self._cumulated = np.cumsum(chances / chances.sum())

    @classmethod
    def read(cls, path: Path, tokenizer: Tokenizer, shard: Shard) -> IdiomTable:
        """Read the first column of ``path`` (TAB separated, may be .xz)."""
        return cls(idiom_ids(path, tokenizer), shard)

    def begins(self, ids: Ints, starts: Ints) -> NDArray[np.bool_]:
        """Tell at which of ``starts`` an idiom begins in the flat ``ids``."""
        places = starts[:, None] + np.arange(LENGTH)
        inside = places[:, -1] < len(ids)
        places[~inside] = 0
        found = ids[places]
        return inside & (found >= 0).all(axis=1) & self._known(word_keys(found))

    def choices(
        self, ids: Ints, labels: Ints, where: Ints, mask: int, rng: np.random.Generator
    ) -> Choices:
        """Return the idioms behind four masks of packed rows, each beside wrong ones.

        ``ids`` and ``labels`` are flat; ``where`` the ascending places that are predicted, followed
        by zeros.
        """
        room = max(1, len(ids) // _PLACES_PER_IDIOM)
        hidden = (ids == mask) & (labels != IGNORED)
        four = np.flatnonzero(hidden[:-3] & hidden[1:-2] & hidden[2:-1] & hidden[3:])
        four = four[self.begins(labels, four)]
        used = where[: np.count_nonzero(where)]
        four = four[four + LENGTH - 1 <= (used[-1] if len(used) else -1)][:room]
        slots = np.zeros((room, LENGTH), dtype=np.int64)
        slots[: len(four)] = np.searchsorted(used, four[:, None] + np.arange(LENGTH))
        drawn = np.searchsorted(self._cumulated, rng.random((room, CHOICES)))
        found = self._ids[np.minimum(drawn, len(self._ids) - 1)]
        right = labels[four[:, None] + np.arange(LENGTH)]
        same = (found[: len(four)] == right[:, None]).all(axis=2)
        found[: len(four)][same] = 0  # drawn once more by chance: the padding token stands nowhere
        found[: len(four), 0] = right
        goals = np.full(room, IGNORED, dtype=np.int64)
        goals[: len(four)] = 0
        return Choices(slots, found, goals)

    def _searched(self, shard: Shard, first: int, last: int) -> tuple[Ints, Ints]:
        """Return how often each idiom stands in a part of the tokens, and where any begins."""
        counts, places = np.zeros(len(self._keys), dtype=np.int64), [np.empty(0, dtype=np.int64)]
        for begin in range(int(first), int(last), _PART):
            tokens = shard.tokens[begin : min(begin + _PART + LENGTH - 1, int(last))]
            ids = (np.asarray(tokens) & ID_BITS).astype(np.int64)
            if len(ids) < LENGTH:
                continue
            windows = np.lib.stride_tricks.sliding_window_view(ids, LENGTH)
            keys = word_keys(windows)
            known = self._known(keys)
            counts += np.bincount(
                np.searchsorted(self._keys, keys[known]), minlength=len(self._keys)
            )
            places.append(begin + np.flatnonzero(known))
        return counts, np.concatenate(places)

    def _known(self, keys: Ints) -> NDArray[np.bool_]:
        return look_up(self._keys, keys)[1]


class ContrastLoss(PackedLoss):
    """The cross-entropy of hidden tokens, and that of choosing hidden idioms among others."""

    def __init__(self, model: ModernBertForMaskedLM, weight: float) -> None:
        """``weight``: of the choice beside the tokens."""
        super().__init__(model)
        self._weight = weight

    def forward(
        self,
        ids: Tensor,
        positions: Tensor,
        segments: Tensor,
        where: Tensor,
        targets: Tensor,
        *rest: Tensor,
    ) -> Tensor:
        """``rest``: ``Choices.inputs``, then what a memory feeds."""
        slots, choices, goals, *fed = rest
        logits = self.logits(ids, positions, segments, where, *fed).float()
        tokens = nn.functional.cross_entropy(logits, targets, ignore_index=IGNORED)
        # The normaliser of each place is the same for all idioms, so logits do.
        scores = logits[slots[:, None, :], choices].sum(-1)
        chosen = nn.functional.cross_entropy(
            scores, goals, ignore_index=IGNORED, reduction="sum"
        ) / (goals != IGNORED).sum().clamp(min=1)
        return tokens + self._weight * chosen
