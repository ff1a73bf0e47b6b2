"""What the columns of a classifier mean: read from the checkpoint's ``label2id``, never guessed.

Imports nothing of ``assistant`` but the record of a head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.engine.package import Head

SENTIMENT_OUTPUT, ENTAILMENT_OUTPUT = "sentiment_logits", "entailment_logits"
_NAMES = {
    "negative": ("negative", "neg", "消极", "负面", "负向", "差评"),
    "positive": ("positive", "pos", "积极", "正面", "正向", "好评"),
    "neutral": ("neutral", "neu", "中性", "中立"),
    "entailment": ("entailment", "entails", "entail", "蕴含"),
    "contradiction": ("contradiction", "contradicts", "contradict", "矛盾"),
    "not_entailment": ("not_entailment", "non_entailment", "not entailment", "不蕴含"),
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names}
_SENTIMENTS = ({"negative", "positive"}, {"negative", "neutral", "positive"})
_INFERENCES = (
    {"entailment", "contradiction"},
    {"entailment", "neutral", "contradiction"},
    {"entailment", "not_entailment"},
)


def head_of(label2id: Mapping[str, int], given: Sequence[str] | None = None) -> Head:
    """Return the head that ``label2id`` describes; ``given`` names the columns instead, in order.

    Raises ValueError for names that say nothing (``LABEL_0``), unless they are given, and for
    labels that are neither those of sentiment nor those of inference.
    """
    count = len(label2id)
    names = list(given) if given else [""] * count
    if not given:
        for name, column in label2id.items():
            names[column] = str(name)
    if len(names) != count:
        raise ValueError(f"--labels names {len(names)} labels, the model has {count}")
    unknown = [name for name in names if _key(name) not in _ROLES]
    if unknown:
        raise ValueError(
            f"the labels {', '.join(unknown)} say nothing of what they mean; "
            "name all columns in order: --labels negative,positive or "
            "--labels entailment,neutral,contradiction"
        )
    roles = tuple(_ROLES[_key(name)] for name in names)
    if set(roles) in _SENTIMENTS and len(set(roles)) == count:
        return Head(SENTIMENT_OUTPUT, roles)
    if set(roles) in _INFERENCES and len(set(roles)) == count:
        return Head(ENTAILMENT_OUTPUT, roles)
    raise ValueError(f"the labels {', '.join(names)} are neither of sentiment nor of inference")


def _key(name: str) -> str:
    return name.strip().lower().replace("-", "_")
