"""What labels and templates may be. Pure and light: the window needs it before any model."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.engine.understanding_errors import (
    LabelTooLongError,
    NoLabelError,
    TemplateError,
    TooManyLabelsError,
)

DEFAULT_TEMPLATE = "这段话的主题是{}。"
PLACE = "{}"
"""Where a template holds the label."""
MAX_LABELS = 200
MAX_LABEL_CHARS = 40
MAX_TEMPLATE_CHARS = 80


def tidy_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """Return ``labels`` without surplus white space, blank ones and repeated ones, in order.

    Raises NoLabelError if none is left, TooManyLabelsError or LabelTooLongError.
    """
    tidy = tuple(dict.fromkeys(bare for label in labels if (bare := " ".join(label.split()))))
    if not tidy:
        raise NoLabelError
    if len(tidy) > MAX_LABELS:
        raise TooManyLabelsError(count=len(tidy), limit=MAX_LABELS)
    if max(map(len, tidy)) > MAX_LABEL_CHARS:
        raise LabelTooLongError(limit=MAX_LABEL_CHARS)
    return tidy


def check_template(template: str) -> None:
    """Raise TemplateError unless ``template`` holds one ``{}`` and is short enough."""
    if template.count(PLACE) != 1 or len(template) > MAX_TEMPLATE_CHARS:
        raise TemplateError(limit=MAX_TEMPLATE_CHARS)
