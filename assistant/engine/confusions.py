"""Which characters are written for which: by sound, or by look. Pure numpy; no Qt, no onnxruntime.

The lists come from outside (:class:`Sounds` and look-alikes of ``assistant.cloze`` fit), so that
this room needs neither pypinyin nor a word list of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.records import MistakeKind

KINDS = (MistakeKind.SAME_SOUND, MistakeKind.SIMILAR_SOUND, MistakeKind.SIMILAR_SHAPE)
MAX_OPTIONS = 32
"""Characters that are tried in the place of one."""
_SAME, _NEAR, _SHAPE = 20, 8, 6
_INTERCHANGEABLE = (
    *("他她它牠祂", "你您妳", "吗嘛么", "呀啊哇", "哪那", "像象", "咱俺", "唯惟", "份分", "账帐"),
    *("一二三四五六七八九十百千万亿两零〇", "做作", "飘漂", "哦噢喔", "只支枝", "座坐", "于於"),
)
"""Groups whose members stand for each other rightly, or by a meaning that no model of ours sees."""

Ids = NDArray[np.int64]


class SoundAlikes(Protocol):
    """What finds sound-alikes, commonest first."""

    def same(self, character: str) -> list[str]:
        """Return the characters of the same syllable."""
        ...

    def near(self, character: str) -> list[str]:
        """Return the characters of a syllable that is easily mixed up with it."""
        ...


class Confusions:
    """For every character those that may have been meant."""

    def __init__(
        self,
        characters: Sequence[str],
        ids: Mapping[str, int],
        sounds: SoundAlikes,
        look_alikes: Mapping[str, str],
    ) -> None:
        """Take the common ``characters`` and their ids in the alphabet of the memory.

        ``ids`` of at most 65,535; a character without one is never suggested.
        """
        size = max(ids.values(), default=0) + 1
        self.options: Ids = np.zeros((size, MAX_OPTIONS), dtype=np.int64)
        """[A, MAX_OPTIONS] ids that may have been meant, 0 after the last."""
        self.kinds: NDArray[np.int8] = np.zeros((size, MAX_OPTIONS), dtype=np.int8)
        """[A, MAX_OPTIONS] positions in ``KINDS``."""
        barred = {char: set(group) for group in _INTERCHANGEABLE for char in group}
        for character in characters:
            if character in ids:
                row = ids[character]
                found = _options(character, sounds, look_alikes, barred.get(character, set()))
                known = [(ids[other], kind) for other, kind in found.items() if other in ids]
                for place, (other, kind) in enumerate(known[:MAX_OPTIONS]):
                    self.options[row, place] = other
                    self.kinds[row, place] = kind


def _options(
    character: str, sounds: SoundAlikes, look_alikes: Mapping[str, str], barred: set[str]
) -> dict[str, int]:
    """Return the likeliest kind of every character that may have been meant."""
    found: dict[str, int] = {}
    lists = (
        sounds.same(character)[:_SAME],
        sounds.near(character)[:_NEAR],
        look_alikes.get(character, "")[:_SHAPE],
    )
    for kind, others in enumerate(lists):
        for other in others:
            if other not in barred:
                found.setdefault(other, kind)
    return found
