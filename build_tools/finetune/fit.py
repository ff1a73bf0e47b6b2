"""``fit``: the linear judgement, temperatures and the threshold of neutral, for one model folder.

Writes ``judge.npz`` and ``fitted.json`` beside the weights; ``export_onnx`` and ``pack`` read
them. Fitted on held-out rows of the training sets, never on development sets.
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
from build_tools.finetune.fitting import fit_mixture, fit_neutral, fit_scale, fit_temperature
from build_tools.finetune.judge import Weights, fit, save_judge, scores
from build_tools.finetune.keywords import passages
from build_tools.finetune.records import CONTRADICTION, ENTAILMENT, POSITIVE, Row, read_rows
from build_tools.finetune.scoring import PackedScorer
from build_tools.finetune.turn import CALM_SOURCE, TEMPLATE

_STRENGTH = 1.0
_TOPIC_TEXTS, _KEYWORD_TEXTS, _WRONG_KEYWORDS = 350, 350, 14
_CALM_TEXTS = 600
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
        self._judge = self._fit_judge(read_rows(data / "train.jsonl"))

    def _fit_judge(self, rows: list[Row]) -> Weights:
        known = [row for row in rows if row.sentiment is not None]
        positive = np.array([row.sentiment == POSITIVE for row in known])
        return fit(text_rows(self._tokenizer, [row.text for row in known]), positive, _STRENGTH)

    def run(self, texts: Path) -> dict[str, Any]:
        """Fit everything, write the two files, and return the numbers."""
        judged = [row for row in self._held_out if row.sentiment is not None]
        positive = np.array([row.sentiment == POSITIVE for row in judged])
        whole = [row.text for row in judged]
        encoder, judge = self._odds(whole)
        temperature, share = fit_mixture(encoder, judge, positive)
        settings = {"held_out_reviews": len(judged)}
        settings |= self._fit_sentences(whole, positive, temperature, share, texts)
        entailment, label_temperature = self._fit_labels()
        settings |= {"label_temperature": label_temperature, "templates": [TEMPLATE]}
        save_judge(self._folder / "judge.npz", self._judge, share)
        fitted = {"sentiment": temperature, "entailment": entailment, "settings": settings}
        text = json.dumps(fitted, ensure_ascii=False, indent=1)
        (self._folder / "fitted.json").write_text(text + "\n", "utf-8")
        return {**fitted, "share_of_the_linear_judgement": share}

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
        texts: Path,
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
        calm = (self._calm_odds(texts, share)) / temperature
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

    def _calm_odds(self, texts: Path, share: float) -> NDArray[np.float64]:
        """Return odds of sentences of encyclopedia and manuals, held out and in the language."""
        held = [row.text for row in self._held_out if row.source == CALM_SOURCE]
        found = [text[a:b] for text in [*held, *passages(texts, seed=99)][:4000]
                 for a, b in sentence_spans(text)]
        short = [one for one in found if _is_short(one)]
        encoder, judge = self._odds(self._chance.sample(short, min(_CALM_TEXTS, len(short))))
        return encoder + share * judge

    def _fit_labels(self) -> tuple[float, float]:
        """Return the temperatures of labels that stand for themselves and that share 1."""
        shared, targets, alone = [], [], []
        for source in ("tnews", "thucnews"):
            rows = [row for row in self._held_out if row.source == source][:_TOPIC_TEXTS]
            labels = sorted({str(row.topic) for row in self._held_out if row.source == source})
            hypotheses = [TEMPLATE.format(label) for label in labels]
            logits = self._scorer.labels([row.text for row in rows], hypotheses)
            wanted = np.array([labels.index(str(row.topic)) for row in rows])
            shared.append(logits[:, :, ENTAILMENT])
            targets.append(wanted)
            alone += _for_itself(logits, wanted)
        words = [row for row in self._held_out if row.source == CALM_SOURCE][:_KEYWORD_TEXTS]
        logits = np.stack([self._keyword(row, words) for row in words])
        shared.append(logits[:, :, ENTAILMENT])
        targets.append(np.zeros(len(words), np.int64))
        alone += _for_itself(logits, targets[-1])
        widest = max(one.shape[1] for one in shared)
        padded = [np.pad(one, ((0, 0), (0, widest - one.shape[1])), constant_values=-1e4)
                  for one in shared]
        pairs = np.array([pair for pair, _ in alone])
        holds = np.array([int(held) for _, held in alone])
        return (
            fit_temperature(pairs, holds),
            fit_temperature(np.concatenate(padded), np.concatenate(targets)),
        )

    def _keyword(self, row: Row, words: list[Row]) -> NDArray[np.float32]:
        """Return logits of the word that was taken out of a passage and of others, [words, 3]."""
        others = [str(one.keyword) for one in words if str(one.keyword) not in row.text]
        labels = [str(row.keyword), *self._chance.sample(others, _WRONG_KEYWORDS)]
        text = row.text.replace(str(row.keyword), "")
        return self._scorer.labels([text], [TEMPLATE.format(label) for label in labels])[0]


def _for_itself(
    logits: NDArray[np.float32], wanted: NDArray[np.int64]
) -> list[tuple[NDArray[np.float32], bool]]:
    """Return (contradiction, entailment) of the right label and of one wrong one per text."""
    found = []
    for scores_of, right in zip(logits, wanted, strict=True):
        pair = scores_of[:, [CONTRADICTION, ENTAILMENT]]
        wrong = (right + 1 + right % (len(pair) - 1)) % len(pair)
        found += [(pair[right], True), (pair[wrong], False)]
    return found


def _is_short(text: str) -> bool:
    return _SENTENCE[0] <= len(text) <= _SENTENCE[1]
