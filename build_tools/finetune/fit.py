"""``fit``: the linear judgement, likeness, temperatures and the threshold of neutral.

Writes ``judge.npz``, ``likeness.npz`` and ``fitted.json`` beside the weights, where ``export_onnx``
and ``pack`` read them. Fitted on held-out rows of the training sets, never on development sets.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
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
from build_tools.finetune.fitting import fit_mixture, fit_neutral, fit_scale
from build_tools.finetune.judge import Weights, fit, save_judge, scores
from build_tools.finetune.likeness import Measures, read_parts
from build_tools.finetune.records import (
    CALM,
    FEELINGS,
    NEGATIVE,
    PLAIN,
    POSITIVE,
    WRITTEN,
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
_COUNTS = {**dict.fromkeys(REVIEWS, 1.0), FEELINGS: 0.02, PLAIN: 0.05, WRITTEN: 1.0}
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
        self._judge = self._fit_judge(data / "linear.npz", data / "train.jsonl")

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
        settings, temperature, share = self._fit_sentiment(judged)
        labels = self._fit_labels()
        settings |= {**labels.label_temperature.settings(), "templates": [TEMPLATE]}
        if self._chosen.feelings is not None:
            feeling_share, of_feelings = self._chosen.feelings
            settings |= {"feeling_share": feeling_share, **of_feelings.settings("feeling")}
        save_judge(self._folder / "judge.npz", self._judge, share)
        fitted = {"sentiment": temperature, "entailment": labels.temperature, "settings": settings}
        text = json.dumps(fitted, ensure_ascii=False, indent=1)
        (self._folder / "fitted.json").write_text(text + "\n", "utf-8")
        factors = labels.factors.round(3).tolist()
        return {**fitted, "share_of_the_linear_judgement": share, "likeness": factors}

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

    def _odds(self, texts: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        logits = self._scorer.sentiments(texts).astype(np.float64)
        linear = scores(self._judge, self._rows(texts)).astype(np.float64)
        return logits[:, 1] - logits[:, 0], linear

    def _fit_sentiment(self, judged: list[Row]) -> tuple[dict[str, float], float, float]:
        """Fit the mixture, how passages are pooled to a text, and which sentences are neutral."""
        whole = [row.text for row in judged]
        positive = np.array([row.sentiment == POSITIVE for row in judged])
        spans = [passages(sentence_spans(text), _READ_AT_ONCE) for text in whole]
        once = [i for i, found in enumerate(spans) if len(found) == 1]
        written = [row for row in self._held_out if row.source == WRITTEN]
        felt = [row for row in written if row.sentiment != CALM]
        sides = np.array([row.sentiment == POSITIVE for row in felt])
        texts = [*(whole[i] for i in once), *(row.text for row in felt)]
        temperature, share = self._mixture(texts, np.append(positive[once], sides))
        several = [i for i, found in enumerate(spans) if len(found) > 1]
        pooled = self._pooled([whole[i] for i in several], [spans[i] for i in several], share)
        single = self._mixed([row.text for row in felt], share) / temperature
        plain = [row.text for row in written if row.sentiment == CALM]
        calm = self._mixed(plain, share) / temperature
        neutral = fit_neutral(calm, single, sides)
        sure = 1 / (1 + np.exp(-np.abs(calm)))
        named = (1 / (1 + np.exp(-np.abs(single)))) >= neutral
        settings = {
            "held_out_reviews": len(judged),
            "text_scale": fit_scale(pooled / temperature, positive[several]),
            "neutral_below": neutral,
            "plain_sentences_neutral": float((sure < neutral).mean()),
            "other_sentences_named_rightly": float((named & ((single > 0) == sides)).mean()),
        }
        return settings, temperature, share

    def _mixture(self, texts: list[str], positive: NDArray[np.bool_]) -> tuple[float, float]:
        """Return the temperature of the mixed odds, and the share of the linear judgement."""
        encoder, judge = self._odds(texts)
        share = self._chosen.judgement_share
        if share is None:
            return fit_mixture(encoder, judge, positive)
        return 1 / fit_scale(encoder + share * judge, positive), share

    def _pooled(
        self, texts: list[str], spans: list[list[tuple[int, int]]], share: float
    ) -> NDArray[np.float64]:
        """Return the mean odds of the passages of each text, weighted by length."""
        parts = [text[a:b] for text, found in zip(texts, spans, strict=True) for a, b in found]
        odds = self._mixed(parts, share)
        ends = np.cumsum([len(found) for found in spans])[:-1]
        return np.array(
            [
                np.average(part, weights=[b - a for a, b in found])
                for part, found in zip(np.split(odds, ends), spans, strict=True)
            ]
        )

    def _mixed(self, texts: list[str], share: float) -> NDArray[np.float64]:
        encoder, judge = self._odds(texts)
        return encoder + share * judge
