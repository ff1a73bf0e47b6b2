"""A translation model that is a dictionary: it writes what it is told to, word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.engine.cancel import Cancel

EOS, START = 0, 1
TOP_K = 8


class ToyModel:
    """Like TranslationModel; ``sayings`` are the words for each source, ``chance`` is theirs.

    A source that is not listed is said letter by letter. ``reads`` are the batches it was given.
    """

    eos, start, top_k = EOS, START, TOP_K

    def __init__(
        self, sayings: Mapping[str, str] | None = None, chance: float = 0.8, max_source: int = 30
    ) -> None:
        self.sayings = dict(sayings or {})
        self.log_prob = float(np.log(chance))
        self.max_source = max_source
        self.reads: list[list[str]] = []
        self._words: list[str] = ["</s>", "<pad>"]

    def id_of(self, word: str) -> int:
        if word not in self._words:
            self._words.append(word)
        return self._words.index(word)

    def encode_text(self, text: str) -> tuple[int, ...]:
        return tuple(map(self.id_of, text))

    def decode_ids(self, ids: Sequence[int]) -> str:
        return " ".join(self._words[i] for i in ids)

    def read(self, sources: Sequence[Sequence[int]], cancel: Cancel | None = None) -> ToySteps:
        if cancel is not None:
            cancel.check()
        texts = ["".join(self._words[i] for i in ids) for ids in sources]
        self.reads.append(texts)
        said = [self.sayings.get(text, " ".join(f"<{c}>" for c in text)).split() for text in texts]
        return ToySteps([[*map(self.id_of, words), EOS] for words in said], self.log_prob)


class ToySteps:
    """Says the wanted token, or a different one each time after it, best first."""

    def __init__(self, wanted: list[list[int]], log_prob: float) -> None:
        self._wanted, self._log_prob = wanted, log_prob
        self._rows = [(i, 0) for i in range(len(wanted))]

    def write(self, tokens, order, most: int = 1, cancel: Cancel | None = None):
        del tokens
        found = [self._step(order, cancel)]
        while len(found) < most and any(place <= len(self._wanted[i]) for i, place in self._rows):
            found.append(self._step(range(len(self._rows)), cancel))
        return tuple(np.stack(parts) for parts in zip(*found, strict=True))

    def _step(self, order, cancel: Cancel | None):
        if cancel is not None:
            cancel.check()
        rows = [self._rows[i] for i in order]
        self._rows = [(sentence, place + 1) for sentence, place in rows]
        log_probs = np.full((len(rows), TOP_K), -20.0, np.float32)
        log_probs[:, 0] = self._log_prob
        ids = np.zeros((len(rows), TOP_K), np.int64)
        for row, (sentence, place) in enumerate(rows):
            wanted = self._wanted[sentence]
            token = wanted[place] if place < len(wanted) else EOS
            others = [i for i in range(TOP_K) if i != token]
            ids[row] = [token, *others[: TOP_K - 1]]
            log_probs[row, 1:] -= np.arange(TOP_K - 1)
        return log_probs, ids
