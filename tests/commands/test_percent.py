"""What the command line says of confidences: never sure, never ruled out."""

from __future__ import annotations

import pytest

from assistant.commands.common import percent


@pytest.mark.parametrize(
    ("probability", "digits", "shown"),
    [
        (1.0, 1, ">99.9%"),
        (0.9996, 1, ">99.9%"),
        (0.9994, 1, "99.9%"),
        (0.42, 1, "42.0%"),
        (0.0006, 1, "0.1%"),
        (0.0004, 1, "<0.1%"),
        (0.0, 1, "<0.1%"),
        (0.996, 0, ">99%"),
        (0.004, 0, "<1%"),
        (0.00004, 2, "<0.01%"),
        (0.99996, 2, ">99.99%"),
    ],
)
def test_no_confidence_is_whole(probability: float, digits: int, shown: str):
    assert percent(probability, digits) == shown
