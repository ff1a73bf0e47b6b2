"""What is asked of the engine under load, and when: the same for every way to answer."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from build_tools.bench.long_text import long_sentences
from build_tools.bench.texts import with_blank

SHARES = {
    "fill": 0.3,
    "fill, unknown length": 0.15,
    "sentiment": 0.3,
    "labels": 0.1,
    "translate": 0.15,
}
"""Parts of the requests; labels are five, on one sentence."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: when it comes (seconds from the start), its kind, its text."""

    due: float
    kind: str
    text: str


def schedule(rate: float, seconds: float, seed: int = 1) -> list[Request]:
    """Return requests at random times (exponential gaps), ``rate`` a second on average.

    All texts are different, so that nothing is known before.
    """
    random = Random(seed)
    due, times = 0.0, []
    while (due := due + random.expovariate(rate)) < seconds:
        times.append(due)
    sentences = long_sentences(len(times), seed)
    kinds = random.choices(list(SHARES), list(SHARES.values()), k=len(times))
    return [
        Request(due, kind, with_blank(text) if kind.startswith("fill") else text)
        for due, kind, text in zip(times, kinds, sentences, strict=True)
    ]
