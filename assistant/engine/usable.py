"""Which tokens may stand in a blank: words a person can use.

Chinese characters always; punctuation or Latin letters and digits only where the model itself says
that the blank is that kind. Word pieces (``##x``) and special tokens never. What is left is
normalised, so a confidence is "given that the blank is a usable word".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.engine.tokenizer import BoolVector, Vocabulary

_DOMINANT = 0.5
"""A kind is allowed beside Chinese characters when it holds at least this probability."""


def usable_log_probs(
    vocabulary: Vocabulary, log_probs: NDArray[np.float32], *, single: bool
) -> NDArray[np.float32]:
    """Return ``log_probs`` [V] restricted to usable tokens and normalised; −inf elsewhere.

    With ``single`` every usable token is one character (for spans of known length).
    """
    probabilities = np.exp(log_probs)
    allowed = vocabulary.han
    for kind in (vocabulary.punctuation, vocabulary.alphanumeric):
        if float(probabilities[kind].sum()) >= _DOMINANT:
            allowed = allowed | kind
    return restrict(log_probs, allowed & vocabulary.single if single else allowed)


def restrict(log_probs: NDArray[np.float32], allowed: BoolVector) -> NDArray[np.float32]:
    """Return ``log_probs`` normalised over ``allowed``; −inf elsewhere."""
    kept = np.where(allowed, log_probs, -np.inf).astype(np.float32)
    top = float(kept.max(initial=-np.inf))
    if top == -np.inf:
        return kept
    return kept - np.float32(top + np.log(np.exp(kept - top).sum()))
