"""``baseline``: linear models of character n-grams on the same rows, measured on the same sets.

Imports scikit-learn (extra ``build``), nothing of ``assistant``. Trained labels: logistic
regression of tf-idf of one to three characters, of reviews and of what was written or judged for
this; where neutral counts too, of three classes. Pairs: the same of the hypothesis and of what both
have in common. Labels never seen: the label whose characters are most like the text's, weighed by
how rare they are in the same training texts: one text is judged alone, as a person asks it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from build_tools.finetune.records import CALM, OF_THREE, POSITIVE, Row, read_rows
from build_tools.finetune.sources import REVIEWS
from build_tools.finetune.written import SENTIMENTS
from build_tools.polarity_sets import polarity_sets
from build_tools.understand_sets import JUDGED_SETS, LabelSet, judged, label_set, pairs

_CLASSES = ("entailment", "neutral", "contradiction")


def baseline(data: Path, dev: Path, out: Path) -> dict[str, float]:
    """Fit and measure all baselines; write and return accuracy by set."""
    rows = read_rows(data / "train.jsonl")
    found = _sentiment(rows, dev)
    found |= _polarity([row for row in rows if row.source in (*REVIEWS, *OF_THREE)], dev)
    found["tnews"] = _topics([row for row in rows if row.source == "tnews"], dev)
    found["ocnli"] = _inference([row for row in rows if row.source in ("ocnli", "cmnli")], dev)
    vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    vectoriser.fit(sorted({row.text for row in rows}))
    unseen = ("csldcp", "iflytek", "sib200", "smp2020")
    found |= {name: likeness(label_set(dev, name), vectoriser) for name in unseen}
    text = json.dumps(found, indent=1)
    out.write_text(text + "\n", "utf-8")
    return found


def _vectoriser() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char", ngram_range=(1, 3), min_df=3, max_features=300_000, sublinear_tf=True
    )


def _classifier() -> Any:
    return LogisticRegression(C=4.0, max_iter=60)


def _sentiment(rows: Sequence[Row], dev: Path) -> dict[str, float]:
    judged_ones = [row for row in rows if row.source in (*REVIEWS, *OF_THREE)]
    known = [row for row in judged_ones if row.sentiment != CALM]
    vectoriser = _vectoriser()
    model = _classifier().fit(
        vectoriser.fit_transform([row.text for row in known]),
        [row.sentiment == POSITIVE for row in known],
    )
    found = {}
    for name in JUDGED_SETS:
        items = judged(dev / f"{name}_dev.tsv.xz")
        verdicts = model.predict(vectoriser.transform([item.text for item in items]))
        found[name] = float(np.mean(verdicts == [item.positive for item in items]))
    return found


def _polarity(rows: Sequence[Row], dev: Path) -> dict[str, float]:
    vectoriser = _vectoriser()
    features = vectoriser.fit_transform([row.text for row in rows])
    model = _classifier().fit(features, [row.sentiment for row in rows])
    found = {}
    for name, sentences in polarity_sets(dev).items():
        verdicts = model.predict(vectoriser.transform([item.text for item in sentences]))
        found[name] = float(np.mean(verdicts == [SENTIMENTS[item.label] for item in sentences]))
    return found


def _topics(rows: Sequence[Row], dev: Path) -> float:
    vectoriser = _vectoriser()
    features = vectoriser.fit_transform([row.text for row in rows])
    model = _classifier().fit(features, [row.topic for row in rows])
    items = label_set(dev, "tnews").texts
    labels = model.predict(vectoriser.transform([item.text for item in items]))
    return float(np.mean([label == item.label for label, item in zip(labels, items, strict=True)]))


def _inference(rows: Sequence[Row], dev: Path) -> float:
    known = [row for row in rows if row.inference is not None and row.inference < len(_CLASSES)]
    vectoriser = _vectoriser()
    vectoriser.fit([text for row in known for text in (row.text, str(row.hypothesis))])

    def features(premises: Sequence[str], hypotheses: Sequence[str]) -> csr_matrix:
        one, two = vectoriser.transform(premises), vectoriser.transform(hypotheses)
        common = one.minimum(two)
        share = csr_matrix(common.sum(axis=1) / two.sum(axis=1).clip(1e-6))
        return csr_matrix(hstack([two, common, share]))

    model = _classifier().fit(
        features([row.text for row in known], [str(row.hypothesis) for row in known]),
        [_CLASSES[row.inference or 0] for row in known],
    )
    items = [item for item in pairs(dev / "ocnli_dev.tsv.xz") if item.label in _CLASSES]
    verdicts = model.predict(
        features([item.premise for item in items], [item.hypothesis for item in items])
    )
    return float(np.mean(verdicts == [item.label for item in items]))


def likeness(found: LabelSet, vectoriser: TfidfVectorizer) -> float:
    """Return the accuracy of the label that is most like its text by a fitted ``vectoriser``."""
    texts = vectoriser.transform([item.text for item in found.texts])
    best = (texts @ vectoriser.transform(found.labels).T).toarray().argmax(axis=1)
    right = (found.labels[i] == item.label for i, item in zip(best, found.texts, strict=True))
    return float(np.mean(list(right)))
