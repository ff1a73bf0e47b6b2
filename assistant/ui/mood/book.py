"""The sentences of the document with their verdicts, kept in place while the text is edited.

Positions count UTF-16 units of the document as it is now. Imports services' records and ui; no
widgets.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from assistant.records import Polarity
from assistant.services.sentiment import PlacedSentence
from assistant.ui.ranges import Ranges

_START = attrgetter("start_utf16")


class SentenceBook(Ranges):
    """Sentences in text order, none over another."""

    def __init__(self, sentences: Iterable[PlacedSentence] = ()) -> None:
        """Enter ``sentences``, in any order."""
        super().__init__(())
        self._placed: list[PlacedSentence] = []
        self._polarities: list[Polarity] = []
        self.add(sentences)

    def add(self, sentences: Iterable[PlacedSentence]) -> None:
        """Enter more ``sentences``, in any order; the text is still the one they were placed in.

        Those that all stand between the same two cost nothing for the others.
        """
        new = sorted(sentences, key=_START)
        if not new:
            return
        place = bisect_left(self.starts, new[0].start_utf16)
        here = slice(place, place)
        if place < len(self) and self.starts[place] < new[-1].start_utf16:
            new, here = sorted([*self._placed, *new], key=_START), slice(None)
        self._placed[here] = new
        self._polarities[here] = [placed.verdict.polarity for placed in new]
        self.starts[here] = [placed.start_utf16 for placed in new]
        self.ends[here] = [placed.end_utf16 for placed in new]
        self.outdated[here] = [False] * len(new)

    @property
    def lean(self) -> list[float]:
        """How far each sentence leans to positive, −1 to 1."""
        return [placed.verdict.lean for placed in self._placed]

    def placed(self, index: int) -> PlacedSentence:
        """Return the sentence as the service placed it."""
        return self._placed[index]

    def polarity(self, index: int) -> Polarity:
        """Return the verdict on a sentence."""
        return self._polarities[index]

    def confidence(self, index: int) -> float:
        """Return how sure the verdict is, 0–1."""
        return self._placed[index].verdict.confidence

    def count(self, polarity: Polarity) -> int:
        """Return how many sentences have that verdict."""
        return self._polarities.count(polarity)

    def of(self, polarity: Polarity | None) -> Sequence[int]:
        """Return the indices of the sentences with that verdict; None: of all."""
        if polarity is None:
            return range(len(self))
        return [i for i, verdict in enumerate(self._polarities) if verdict is polarity]

    def nearest(self, position_utf16: int) -> int:
        """Return the index of the sentence at or next to the position; −1 without any."""
        around = self.within(position_utf16, position_utf16)
        after, before = around.stop, around.stop - 1
        if around or after == len(self):
            return before
        if before < 0:
            return after
        near = self.starts[after] - position_utf16 < position_utf16 - self.ends[before]
        return after if near else before
