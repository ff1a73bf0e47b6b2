"""Logits of many texts and hypotheses from the torch model, each text read once.

Imports torch, nothing of ``assistant``. For fitting and evaluating; the app's graph gives the same
numbers pair by pair (a test holds them together).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from build_tools.finetune.batches import Batch, Packer
from build_tools.finetune.model import PackedHidden, Understander, outputs
from build_tools.finetune.turn import Question
from build_tools.precision import autocast

Logits = NDArray[np.float32]
_ROWS, _TOKENS = 8, 512
_AT_ONCE = 24
"""Hypotheses of one question, so that text and hypotheses fit a row."""


class PackedScorer:
    """Scores questions with a model in evaluation mode."""

    def __init__(self, model: Understander, tokenizer: Tokenizer) -> None:
        self._model = model.eval()
        self._hidden = PackedHidden(model)
        self._packer = Packer(tokenizer, _ROWS, _TOKENS)

    def sentiments(self, texts: Sequence[str]) -> Logits:
        """Return sentiment logits [texts, 3]."""
        questions = [Question("", text, None, (), (), ranked=False) for text in texts]
        return np.concatenate([judged for judged, _ in self._run(questions)])

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> Logits:
        """Return inference logits [pairs, 3]."""
        return np.concatenate(self._inferred([(one, (two,)) for one, two in pairs]))

    def labels(self, texts: Sequence[str], hypotheses: Sequence[str]) -> Logits:
        """Return inference logits of every hypothesis for every text, [texts, hypotheses, 3]."""
        starts = range(0, len(hypotheses), _AT_ONCE)
        parts = [tuple(hypotheses[start : start + _AT_ONCE]) for start in starts]
        flat = self._inferred([(text, part) for text in texts for part in parts])
        return np.concatenate(flat).reshape(len(texts), len(hypotheses), 3)

    def choices(self, questions: Sequence[tuple[str, Sequence[str]]]) -> Logits:
        """Return inference logits of as many hypotheses per text, [texts, hypotheses, 3]."""
        return np.stack(self._inferred([(text, tuple(found)) for text, found in questions]))

    def _inferred(self, questions: Sequence[tuple[str, tuple[str, ...]]]) -> list[Logits]:
        asked = [
            Question("", text, None, hypotheses, (0,) * len(hypotheses), ranked=False)
            for text, hypotheses in questions
        ]
        return [inferred for _, inferred in self._run(asked)]

    def _run(self, questions: Iterable[Question]) -> list[tuple[Logits, Logits]]:
        """Return the logits of each question, in order, however they were packed."""
        found: dict[int, tuple[Logits, Logits]] = {}
        waiting: list[int] = []
        order = list(questions)
        self._packer.clear()
        for place, question in enumerate(order):
            if not self._packer.add(question):
                found |= self._flush(waiting, order)
                waiting = []
                if not self._packer.add(question):
                    raise ValueError("a question does not fit a row")
            waiting.append(place)
        return [value for _, value in sorted({**found, **self._flush(waiting, order)}.items())]

    def _flush(
        self, waiting: Sequence[int], order: Sequence[Question]
    ) -> dict[int, tuple[Logits, Logits]]:
        if not waiting:
            return {}
        batch = self._packer.batch()
        places = [place for row in self._packer.held() for place in row]
        self._packer.clear()
        judged, inferred = self._logits(batch)
        found, start = {}, 0
        for number, place in enumerate(places):
            question = waiting[place]
            end = start + len(order[question].hypotheses)
            found[question] = (judged[number : number + 1], inferred[start:end])
            start = end
        return found

    @torch.no_grad()
    def _logits(self, batch: Batch) -> tuple[Logits, Logits]:
        arrays = (batch.ids, batch.positions, batch.owners, batch.parts)
        with autocast("cpu"):
            hidden, near = self._hidden(*map(torch.from_numpy, arrays))
        rest = map(torch.from_numpy, (batch.spans, batch.texts, batch.pairs))
        found = outputs(self._model, hidden, near, *rest)
        return found.sentiment.numpy(), found.inference.numpy()
