"""Wrong options kept for swapping, gap by gap. Imports cloze/."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.cloze.edit import swap_distractor
from assistant.cloze.exercise import Distractor, Exercise


class Spares:
    """The options that a gap could have besides those it has."""

    def __init__(self) -> None:
        """Keep none yet."""
        self._rows: dict[str, list[Distractor]] = {}

    def clear(self) -> None:
        """Forget all: the exercise changed."""
        self._rows.clear()

    def keep(self, uid: str, spares: Iterable[Distractor]) -> None:
        """Keep ``spares`` for the gap ``uid``."""
        self._rows[uid] = list(spares)

    def knows(self, uid: str) -> bool:
        """Return whether the spares of the gap were found."""
        return uid in self._rows

    def swapped(self, exercise: Exercise, uid: str, word: str) -> Exercise | None:
        """Return ``exercise`` with another option for ``word``, None when there is none.

        The one put away comes last: asked again and again, the options come round.
        """
        wrong = (d for gap in exercise.gaps if gap.uid == uid for d in gap.distractors)
        old = next((distractor for distractor in wrong if distractor.text == word), None)
        row = self._rows.get(uid, [])
        if old is None or not row:
            return None
        new = row.pop(0)
        row.append(old)
        return swap_distractor(exercise, uid, word, new)
