"""Read a classifier's checkpoint: our own ``understand`` model or a Hugging Face one.

Imports torch and transformers, and nothing of ``assistant`` but its records of a package.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

from assistant.engine.package import Head
from build_tools.classifier_graph import FAMILIES, ClassifierGraph
from build_tools.classifier_labels import ENTAILMENT_OUTPUT, SENTIMENT_OUTPUT, head_of
from build_tools.finetune.build_likeness import NAME as LIKENESS_NAME
from build_tools.finetune.checkpoint import MODEL_TYPE
from build_tools.finetune.checkpoint import load_model as load_own
from build_tools.finetune.graph import EACH, UnderstandGraph
from build_tools.finetune.judge import Judge
from build_tools.finetune.likeness import Likeness, read_parts

FITTED_NAME, JUDGE_NAME = "fitted.json", "judge.npz"
OWN_MAX_LENGTH = 128
"""Tokens of the longest row our own model was trained on, about."""
SENTIMENTS = ("negative", "positive", "neutral")
"""Columns of our own sentiment head, as ``build_tools.finetune.records`` counts them."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """What the package must know of a classifier. ``heads`` by field name of the manifest.

    ``each`` names the output that holds the inference logits of every token, or is "".
    """

    graph: nn.Module
    inputs: tuple[str, ...]
    heads: dict[str, Head]
    vocab_size: int
    max_length: int
    tokenizer_json: str
    specials: dict[str, str]
    settings: dict[str, Any]
    each: str = ""

    @property
    def outputs(self) -> list[str]:
        """All outputs of the graph, in order."""
        return [*(head.output for head in self.heads.values()), *([self.each] if self.each else ())]


def load_classifier(source: str, labels: Sequence[str] | None = None) -> Classifier:
    """Load the classifier at ``source``, a directory or (Hugging Face only) a hub name.

    ``labels`` names the columns of a checkpoint whose ``label2id`` does not. Raises ValueError
    for an architecture or labels that are not known.
    """
    config = Path(source) / "config.json"
    if config.is_file() and json.loads(config.read_text("utf-8")).get("model_type") == MODEL_TYPE:
        return _own(Path(source))
    return _hugging_face(source, labels)


def _own(folder: Path) -> Classifier:
    model = load_own(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    judge = Judge(folder / JUDGE_NAME) if (folder / JUDGE_NAME).is_file() else None
    likeness = _likeness(folder / LIKENESS_NAME, tokenizer)
    fitted: dict[str, Any] = {"settings": {}}
    if (folder / FITTED_NAME).is_file():
        fitted = json.loads((folder / FITTED_NAME).read_text("utf-8"))
    sentiment, inference = (float(fitted.get(k, 1.0)) for k in ("sentiment", "entailment"))
    classes = ("entailment", "neutral", "contradiction")
    return Classifier(
        graph=UnderstandGraph(model, tokenizer.token_to_id("[SEP]"), judge, likeness).eval(),
        inputs=("input_ids", "attention_mask", *(["label_mask"] if likeness else [])),
        heads={
            "sentiment": Head(SENTIMENT_OUTPUT, SENTIMENTS, sentiment),
            "entailment": Head(ENTAILMENT_OUTPUT, classes, inference),
        },
        vocab_size=model.encoder.config.vocab_size,
        max_length=OWN_MAX_LENGTH,
        tokenizer_json=tokenizer.to_str(pretty=False),
        specials={"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]"},
        settings=dict(fitted["settings"]),
        each=EACH,
    )


def _likeness(path: Path, tokenizer: Tokenizer) -> Likeness | None:
    """Return what ``fit`` wrote to ``path``, if it did."""
    if not path.is_file():
        return None
    stored = np.load(path)
    parts = read_parts(path, tokenizer)
    offset, share = float(stored["offset"]), float(stored["stranger_share"])
    return Likeness(parts, stored["factors"], offset, share)


def _hugging_face(source: str, labels: Sequence[str] | None) -> Classifier:
    config = AutoConfig.from_pretrained(source)
    if config.model_type not in FAMILIES:
        raise ValueError(f"{source} is a {config.model_type}; known: {', '.join(FAMILIES)}")
    head = head_of(config.label2id, labels)
    model = AutoModelForSequenceClassification.from_pretrained(
        source, attn_implementation="eager", dtype=torch.float32
    )
    graph = ClassifierGraph(model).eval()
    tokenizer: Any = AutoTokenizer.from_pretrained(source, use_fast=True)
    backend = tokenizer.backend_tokenizer
    backend.no_truncation()
    backend.no_padding()
    roles = {"pad": "pad", "unk": "unk", "cls": "cls", "sep": "sep"}
    # RoBERTa counts its positions from the padding id on.
    first = int(config.pad_token_id) + 1 if "roberta" in config.model_type else 0
    return Classifier(
        graph=graph,
        inputs=tuple(graph.inputs),
        heads={"sentiment" if head.output == SENTIMENT_OUTPUT else "entailment": head},
        vocab_size=int(config.vocab_size),
        max_length=int(config.max_position_embeddings) - first,
        tokenizer_json=backend.to_str(pretty=False),
        specials={role: str(getattr(tokenizer, f"{name}_token")) for role, name in roles.items()},
        settings={},
    )
