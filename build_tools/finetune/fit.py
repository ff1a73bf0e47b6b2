"""``fit``: the linear judgement, likeness, temperatures and what neutral is given.

Writes ``judge.npz``, ``likeness.npz`` and ``fitted.json`` beside the weights, where ``export_onnx``
and ``pack`` read them. Fitted on held-out rows of the training sets, never on development sets.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.engine.label_temperature import LabelTemperature
from assistant.engine.passages import passages
from assistant.text.sentences import sentence_spans
from build_tools.finetune.build_likeness import NAME as LIKENESS_NAME
from build_tools.finetune.checkpoint import load_model
from build_tools.finetune.encode import text_rows
from build_tools.finetune.fit_labels import LabelFit, LabelFitter
from build_tools.finetune.fitting import Mixture, fit_mixture, fit_scale
from build_tools.finetune.judge import LINEAR, Weights, fit, save_judge, scores
from build_tools.finetune.likeness import Measures, read_parts
from build_tools.finetune.records import (
    CALM,
    FEELINGS,
    NEGATIVE,
    OF_THREE,
    PLAIN,
    POSITIVE,
    Row,
    read_rows,
)
from build_tools.finetune.scoring import PackedScorer
from build_tools.finetune.sources import REVIEWS
from build_tools.finetune.turn import TEMPLATE

_STRENGTH = 0.25
_REVIEWS = 1200
_READ_AT_ONCE = 126
"""Tokens, and characters at least, of a passage as the app reads it."""
_COUNTS = {**dict.fromkeys((*REVIEWS, *OF_THREE), 1.0), FEELINGS: 0.02, PLAIN: 0.05}
"""What a row of each source counts in the linear judgement; chosen on sentences of our own and on
ChnSentiCorp."""
_SIDES = {NEGATIVE: (NEGATIVE,), POSITIVE: (POSITIVE,), CALM: (NEGATIVE, POSITIVE)}
_WHOLE = 1000
"""Tokens of a review that the linear judgement is fitted on: all of it, nearly always."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is given, not fitted: chosen on development sets.

    ``stranger_share`` is left of what the encoder says of a label that is none of training;
    ``judgement_share`` is what the linear judgement counts beside the encoder's; ``likeness`` are
    the factors of a label's measures (``fit_labels``); both are fitted where they are None.
    ``label_temperature`` is that of a choice among labels, fitted where it is None. ``feelings``:
    the share and the temperature of :class:`assistant.engine.label_valence.LabelValence`; without
    them the package has none.
    """

    stranger_share: float
    judgement_share: float | None
    likeness: Sequence[float] | None
    label_temperature: LabelTemperature | None
    feelings: tuple[float, LabelTemperature] | None = None


class Fitter:
    """Knows the model, its held-out rows and its linear judgement."""

    def __init__(self, model: Path, data: Path, seed: int, chosen: Chosen) -> None:
        """Load the model, and fit the linear judgement to the training rows."""
        self._folder, self._chance, self._chosen = model, random.Random(seed), chosen
        self._data = data
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._scorer = PackedScorer(load_model(model), self._tokenizer)
        self._held_out = read_rows(data / "held_out.jsonl")
        self._judge = self._fit_judge(data / LINEAR, data / "train.jsonl")

    def _fit_judge(self, path: Path, rows: Path) -> Weights:
        """Fit the linear judgement, once for all runs on ``data``: it needs no encoder."""
        if path.is_file():
            stored = np.load(path)
            return Weights(stored["runs"], float(stored["intercept"]), stored["energies"])
        known = [row for row in read_rows(rows) if row.source in _COUNTS]
        # A plain sentence is there for both sides: as often praise as blame.
        sides = [(row, side) for row in known for side in _SIDES[row.sentiment]]
        positive = np.array([side == POSITIVE for _, side in sides])
        counts = np.array([_COUNTS[row.source] for row, _ in sides])
        read = self._rows([row.text for row, _ in sides], _WHOLE)
        found = fit(read, positive, _STRENGTH, counts)
        np.savez(path, runs=found.runs, intercept=found.intercept, energies=found.energies)
        return found

    def run(self) -> dict[str, Any]:
        """Fit everything, write the two files, and return the numbers."""
        judged = [row for row in self._held_out if row.source in REVIEWS]
        judged = self._chance.sample(judged, min(_REVIEWS, len(judged)))
        settings, mixture = self._fit_sentiment(judged)
        labels = self._fit_labels()
        settings |= {**labels.label_temperature.settings(), "templates": [TEMPLATE]}
        if self._chosen.feelings is not None:
            feeling_share, of_feelings = self._chosen.feelings
            settings |= {"feeling_share": feeling_share, **of_feelings.settings("feeling")}
        save_judge(self._folder / "judge.npz", self._judge, mixture.share, mixture.calm)
        fitted = {
            "sentiment": mixture.temperature,
            "entailment": labels.temperature,
            "settings": settings,
        }
        text = json.dumps(fitted, ensure_ascii=False, indent=1)
        (self._folder / "fitted.json").write_text(text + "\n", "utf-8")
        factors = labels.factors.round(3).tolist()
        return {**fitted, **asdict(mixture), "likeness": factors}

    def _fit_labels(self) -> LabelFit:
        stored = dict(np.load(self._data / LIKENESS_NAME))
        parts = read_parts(self._data / LIKENESS_NAME, self._tokenizer)
        fitter = LabelFitter(self._scorer, self._tokenizer, Measures(parts), self._chance)
        given = self._chosen.likeness
        factors = None if given is None else np.array(given)
        chosen = self._chosen
        labels = fitter.fit(
            self._held_out, chosen.stranger_share, factors, chosen.label_temperature
        )
        stored |= {"factors": labels.factors, "offset": np.array(labels.offset)}
        stored |= {"stranger_share": np.array(self._chosen.stranger_share)}
        np.savez(self._folder / LIKENESS_NAME, **stored)
        return labels

    def _rows(self, texts: list[str], most: int = _READ_AT_ONCE) -> list[list[int]]:
        return text_rows(self._tokenizer, texts, most)

    def _parts(self, texts: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the encoder's logits [texts, 3] and the linear log-odds [texts]."""
        logits = self._scorer.sentiments(texts).astype(np.float64)
        return logits, scores(self._judge, self._rows(texts)).astype(np.float64)

    def _fit_sentiment(self, reviews: list[Row]) -> tuple[dict[str, float], Mixture]:
        """Fit the mixture, and how passages are pooled to a text."""
        spans = [passages(sentence_spans(row.text), _READ_AT_ONCE) for row in reviews]
        known = [row for row in self._held_out if row.source in OF_THREE and _fits(row.text)]
        once = [row for row in reviews if _fits(row.text)]
        read = [*once, *known]
        parts = self._parts([row.text for row in read])
        wanted = np.array([row.sentiment for row in read])
        of_three = np.arange(len(read)) >= len(once)
        mixture = fit_mixture(*parts, wanted, of_three, self._chosen.judgement_share)
        right = mixture.logits(*parts).argmax(axis=1) == wanted
        several = [pair for pair in zip(reviews, spans, strict=True) if len(pair[1]) > 1]
        positive = np.array([row.sentiment == POSITIVE for row, _ in several])
        pooled = self._pooled([(row.text, found) for row, found in several], mixture)
        settings = {
            "held_out_reviews": len(reviews),
            "held_out_judged": len(known),
            "held_out_judged_rightly": float(right[of_three].mean()),
            "text_scale": fit_scale(pooled, positive),
        }
        return settings, mixture

    def _pooled(
        self, texts: list[tuple[str, list[tuple[int, int]]]], mixture: Mixture
    ) -> NDArray[np.float64]:
        """Return the mean odds of the passages of each text, weighted by length."""
        parts = [text[a:b] for text, found in texts for a, b in found]
        logits = mixture.logits(*self._parts(parts))
        odds = logits[:, POSITIVE] - logits[:, NEGATIVE]
        ends = np.cumsum([len(found) for _, found in texts])[:-1]
        return np.array(
            [
                np.average(part, weights=[b - a for a, b in found])
                for part, (_, found) in zip(np.split(odds, ends), texts, strict=True)
            ]
        )


def _fits(text: str) -> bool:
    """Tell whether ``text`` is read at once."""
    return len(passages(sentence_spans(text), _READ_AT_ONCE)) == 1
