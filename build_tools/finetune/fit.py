"""``fit``: the linear judgement, temperatures and the threshold of neutral, for one model folder.

Writes ``judge.npz``, ``overlap.npz`` and ``fitted.json`` beside the weights, where ``export_onnx``
and ``pack`` read them. Fitted on held-out rows of the training sets, never on development sets.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.text.sentences import sentence_spans
from build_tools.finetune.checkpoint import load_model
from build_tools.finetune.encode import text_rows
from build_tools.finetune.fit_labels import LabelFitter
from build_tools.finetune.fitting import fit_mixture, fit_neutral, fit_scale
from build_tools.finetune.judge import Weights, fit, save_judge, scores
from build_tools.finetune.overlap import save_overlap, token_weights
from build_tools.finetune.records import POSITIVE, Row, read_rows
from build_tools.finetune.scoring import PackedScorer
from build_tools.finetune.turn import CALM_SOURCE, TEMPLATE

_STRENGTH = 1.0
_WEIGHED_TEXTS = 30_000
"""Training texts that tell how common each token is."""
_REVIEWS, _CALM_TEXTS = 1200, 500
_SENTENCE = 6, 60
"""A sentence worth judging has so many characters."""


class Fitter:
    """Knows the model, its held-out rows and its linear judgement."""

    def __init__(self, model: Path, data: Path, seed: int) -> None:
        """Load the model, and fit the linear judgement to the training rows."""
        self._folder, self._chance = model, random.Random(seed)
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._scorer = PackedScorer(load_model(model), self._tokenizer)
        self._held_out = read_rows(data / "held_out.jsonl")
        rows = read_rows(data / "train.jsonl")
        self._texts = [
            row.text for row in self._chance.sample(rows, min(_WEIGHED_TEXTS, len(rows)))
        ]
        self._judge = self._fit_judge(data / "linear.npz", rows)

    def _fit_judge(self, path: Path, rows: list[Row]) -> Weights:
        """Fit the linear judgement, once for all runs on ``data``: it needs no encoder."""
        if path.is_file():
            stored = np.load(path)
            return Weights(stored["runs"], float(stored["intercept"]))
        known = [row for row in rows if row.sentiment is not None]
        positive = np.array([row.sentiment == POSITIVE for row in known])
        found = fit(text_rows(self._tokenizer, [row.text for row in known]), positive, _STRENGTH)
        np.savez(path, runs=found.runs, intercept=found.intercept)
        return found

    def run(self) -> dict[str, Any]:
        """Fit everything, write the two files, and return the numbers."""
        judged = [row for row in self._held_out if row.sentiment is not None]
        judged = self._chance.sample(judged, min(_REVIEWS, len(judged)))
        positive = np.array([row.sentiment == POSITIVE for row in judged])
        whole = [row.text for row in judged]
        encoder, judge = self._odds(whole)
        temperature, share = fit_mixture(encoder, judge, positive)
        settings = {"held_out_reviews": len(judged)}
        settings |= self._fit_sentences(whole, positive, temperature, share)
        weights = token_weights(self._tokenizer, self._texts)
        fitter = LabelFitter(self._scorer, self._tokenizer, weights, self._chance)
        labels = fitter.fit(self._held_out)
        settings |= {"label_temperature": labels.label_temperature, "templates": [TEMPLATE]}
        save_judge(self._folder / "judge.npz", self._judge, share)
        specials = [self._tokenizer.token_to_id(name) for name in ("[PAD]", "[CLS]", "[SEP]")]
        save_overlap(self._folder / "overlap.npz", weights, labels.factors, specials)
        fitted = {"sentiment": temperature, "entailment": labels.temperature, "settings": settings}
        text = json.dumps(fitted, ensure_ascii=False, indent=1)
        (self._folder / "fitted.json").write_text(text + "\n", "utf-8")
        factors = labels.factors.round(3).tolist()
        return {**fitted, "share_of_the_linear_judgement": share, "overlap": factors}

    def _odds(self, texts: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        logits = self._scorer.sentiments(texts).astype(np.float64)
        linear = scores(self._judge, text_rows(self._tokenizer, texts)).astype(np.float64)
        return logits[:, 1] - logits[:, 0], linear

    def _fit_sentences(
        self,
        whole: list[str],
        positive: NDArray[np.bool_],
        temperature: float,
        share: float,
    ) -> dict[str, float]:
        """Fit how sentences are pooled to a text, and which of them are neutral."""
        pieces = [[text[a:b] for a, b in sentence_spans(text)] for text in whole]
        several = [i for i, found in enumerate(pieces) if len(found) > 1]
        encoder, judge = self._odds([one for i in several for one in pieces[i]])
        odds = (encoder + share * judge) / temperature
        ends = np.cumsum([len(pieces[i]) for i in several])
        pooled = [
            float(np.average(part, weights=[len(one) for one in pieces[i]]))
            for i, part in zip(several, np.split(odds, ends[:-1]), strict=True)
        ]
        alone = [i for i, found in enumerate(pieces) if len(found) == 1 and _is_short(whole[i])]
        calm = (self._calm_odds(share)) / temperature
        encoder, judge = self._odds([whole[i] for i in alone])
        single = (encoder + share * judge) / temperature
        neutral = fit_neutral(calm, single, positive[alone])
        sure = 1 / (1 + np.exp(-np.abs(calm)))
        named = (1 / (1 + np.exp(-np.abs(single)))) >= neutral
        return {
            "text_scale": fit_scale(np.array(pooled), positive[several]),
            "neutral_below": neutral,
            "plain_sentences_neutral": float((sure < neutral).mean()),
            "reviews_of_one_sentence_named_rightly": float(
                (named & ((single > 0) == positive[alone])).mean()
            ),
        }

    def _calm_odds(self, share: float) -> NDArray[np.float64]:
        """Return odds of held-out sentences of encyclopedia, manuals and laws."""
        held = [row.text for row in self._held_out if row.source == CALM_SOURCE]
        found = [text[a:b] for text in held for a, b in sentence_spans(text)]
        short = [one for one in found if _is_short(one)]
        encoder, judge = self._odds(self._chance.sample(short, min(_CALM_TEXTS, len(short))))
        return encoder + share * judge


def _is_short(text: str) -> bool:
    return _SENTENCE[0] <= len(text) <= _SENTENCE[1]
