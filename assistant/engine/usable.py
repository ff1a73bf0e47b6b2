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
    vocabulary: Vocabulary, log_probs: NDArray[np.float32], *, alone: bool, known: bool
) -> NDArray[np.float32]:
    """Return ``log_probs`` [V] restricted to usable tokens and normalised; −inf elsewhere.

    ``alone``: the place is the whole blank (a part of a longer word is never punctuation);
    ``known``: the blank's length is known, so every token must be one character.
    """
    allowed = vocabulary.han
    kinds = (vocabulary.alphanumeric, vocabulary.punctuation)
    for kind in kinds if alone else kinds[:1]:
        if float(np.exp(log_probs[kind]).sum()) >= _DOMINANT:
            allowed = allowed | kind
    return restrict(log_probs, allowed if alone and not known else allowed & vocabulary.single)


def own_log_prob(
    vocabulary: Vocabulary,
    log_probs: NDArray[np.float32],
    usable: NDArray[np.float32],
    token: int,
) -> float:
    """Return ln P(token) of a person's own word, also where no such candidate is offered.

    On the scale of the candidates for tokens of ``usable`` (from :func:`usable_log_probs`), the
    model's plain opinion for others; −inf for a character that the vocabulary lacks.
    """
    if token == vocabulary.unk:
        return -np.inf
    return float(usable[token] if usable[token] > -np.inf else log_probs[token])


def restrict(log_probs: NDArray[np.float32], allowed: BoolVector) -> NDArray[np.float32]:
    """Return ``log_probs`` normalised over ``allowed``; −inf elsewhere."""
    kept = np.where(allowed, log_probs, np.float32(-np.inf))
    top = float(kept.max(initial=-np.inf))
    if top == -np.inf:
        return kept
    return kept - np.float32(top + np.log(np.exp(kept - top).sum()))
