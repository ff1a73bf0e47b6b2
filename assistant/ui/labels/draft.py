"""The labels in hand: typed, renamed, taken out. Pure values; imports services' records only."""

from __future__ import annotations

from dataclasses import replace

from assistant.engine.label_rules import tidy_labels
from assistant.services.label_sets import LabelSet
from assistant.text.listed import listed_words

EMPTY = LabelSet(name="", labels=())
SAMPLE = LabelSet(
    name="", labels=("新闻", "散文", "说明文", "日记", "书评"), template="这是一篇{}。"
)
"""What the empty panel offers to try."""


def with_labels(draft: LabelSet, typed: str) -> LabelSet:
    """Return ``draft`` with the labels in ``typed`` behind its own.

    Raises NoLabelError, TooManyLabelsError or LabelTooLongError.
    """
    return _with(draft, (*draft.labels, *listed_words(typed)))


def renamed(draft: LabelSet, label: str, new: str) -> LabelSet:
    """Return ``draft`` with ``label`` called ``new``. Raises LabelTooLongError."""
    return _with(draft, tuple(new if old == label else old for old in draft.labels))


def without(draft: LabelSet, label: str) -> LabelSet:
    """Return ``draft`` without ``label``."""
    kept = tuple(old for old in draft.labels if old != label)
    return _with(draft, kept) if kept else replace(draft, labels=(), labels_en=())


def is_same(draft: LabelSet, kept: LabelSet) -> bool:
    """Return whether the same would be asked of both; the order of the labels is of no matter."""
    return (
        set(draft.labels) == set(kept.labels)
        and draft.template == kept.template
        and draft.multi == kept.multi
    )


def _with(draft: LabelSet, labels: tuple[str, ...]) -> LabelSet:
    tidy = tidy_labels(labels)
    glosses = tuple(map(draft.gloss, tidy)) if draft.labels_en else ()
    return replace(draft, labels=tidy, labels_en=glosses)
