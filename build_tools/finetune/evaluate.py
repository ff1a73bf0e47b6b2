"""``evaluate``: accuracy on development sets with the torch model, a few texts of each.

Imports torch, nothing of ``assistant``. ``build_tools.verify`` measures the package itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from build_tools.finetune.checkpoint import load_model
from build_tools.finetune.records import ENTAILMENT, NEGATIVE, POSITIVE
from build_tools.finetune.scoring import PackedScorer
from build_tools.understand_sets import JUDGED_SETS, judged, label_set, pairs, some

_CLASSES = ("entailment", "neutral", "contradiction")
_LABELLED = ("tnews", "csldcp", "iflytek", "sib200", "smp2020")


def evaluate(model: Path, dev: Path, limit: int) -> Iterator[tuple[str, float]]:
    """Yield the accuracy by set, of at most ``limit`` texts; the linear judgement is left out."""
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    scorer = PackedScorer(load_model(model), tokenizer)
    for name in JUDGED_SETS:
        items = some(judged(dev / f"{name}_dev.tsv.xz"), limit, 0)
        logits = scorer.sentiments([item.text for item in items])
        positive = logits[:, POSITIVE] > logits[:, NEGATIVE]
        yield name, float(np.mean(positive == [item.positive for item in items]))
    asked = [pair for pair in pairs(dev / "ocnli_dev.tsv.xz") if pair.label in _CLASSES]
    asked = some(asked, 2 * limit, 0)
    best = scorer.pairs([(pair.premise, pair.hypothesis) for pair in asked]).argmax(axis=1)
    yield (
        "ocnli",
        float(np.mean([_CLASSES[i] == p.label for i, p in zip(best, asked, strict=True)])),
    )
    for name in _LABELLED:
        found = label_set(dev, name, limit)
        hypotheses = [found.template.format(label) for label in found.labels]
        logits = scorer.labels([item.text for item in found.texts], hypotheses)
        best = logits[:, :, ENTAILMENT].argmax(axis=1)
        right = [found.labels[i] == t.label for i, t in zip(best, found.texts, strict=True)]
        yield name, float(np.mean(right))
