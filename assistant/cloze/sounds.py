"""Characters and words that sound alike (音近), by pypinyin (imported when first needed). Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from assistant.cloze.tokens import is_common

_TRIED = 40
"""Characters of one sound that are tried in a word: the commonest."""
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"))
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


class Sounds:
    """Finds sound-alikes among ``characters``, which are given commonest first."""

    def __init__(self, characters: Iterable[str]) -> None:
        self._same: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, list[str]] = defaultdict(list)
        for character in characters:
            # Only the usual reading: a rare one (味 mèi) would make pairs that nobody mixes up.
            for syllable in syllables(character)[:1]:
                self._same[syllable].append(character)
                self._near[blurred(syllable)].append(character)

    def same(self, character: str) -> list[str]:
        """Return the characters of the same syllable, whatever the tone."""
        reading = syllables(character)[:1]
        return [c for s in reading for c in self._same[s] if c != character][:_TRIED]

    def near(self, character: str) -> list[str]:
        """Return the characters of a syllable that learners mix up with it (zh/z, n/l, in/ing)."""
        same = {character, *self.same(character)}
        reading = syllables(character)[:1]
        return [c for s in reading for c in self._near[blurred(s)] if c not in same][:_TRIED]

    def words(self, word: str) -> Iterator[str]:
        """Yield common words that sound like ``word``, the most alike first."""
        if len(word) == 1:
            yield from self.same(word)
            yield from self.near(word)
            return
        same = [self.same(character) for character in word]
        near = [self.near(character) for character in word]
        tried = [*_one_changed(word, same)]
        if len(word) == 2:
            tried += map("".join, product(*same))
        tried += _one_changed(word, near)
        yield from filter(is_common, dict.fromkeys(tried))


def syllables(character: str) -> tuple[str, ...]:
    """Return the toneless readings of ``character``, the usual one first; () if it has none."""
    from pypinyin import Style, pinyin

    found: list[list[str]] = pinyin(
        character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False
    )
    return tuple(dict.fromkeys(found[0])) if found else ()


def blurred(syllable: str) -> str:
    """Return what ``syllable`` and those that learners mix up with it have in common."""
    for sharp, plain in _INITIALS:
        if syllable.startswith(sharp):
            syllable = plain + syllable.removeprefix(sharp)
            break
    for sharp, plain in _FINALS:
        if syllable.endswith(sharp):
            return syllable.removesuffix(sharp) + plain
    return syllable


def _one_changed(word: str, choices: Sequence[Sequence[str]]) -> Iterator[str]:
    for i, others in enumerate(choices):
        for other in others:
            yield word[:i] + other + word[i + 1 :]
