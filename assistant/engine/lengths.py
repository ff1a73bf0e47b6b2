"""How many characters an unknown word has. Neither Qt nor onnxruntime here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.engine.cancel import Cancel
from assistant.engine.context import Query
from assistant.engine.predictor import Predictor
from assistant.engine.tokenizer import Vocabulary
from assistant.records import MAX_UNKNOWN_CHARS


def length_log_probs(
    predictor: Predictor,
    vocabulary: Vocabulary,
    query: Query,
    cancel: Cancel | None,
    together: Sequence[Query] = (),
) -> dict[int, float]:
    """Return ln P(the word at ``query`` has k tokens) for every k the model knows.

    A model with a span token predicts it; the probability of words longer than those proposed
    stays with them, so the first four need not sum to 1. Other models use the manifest's prior.
    ``together`` are queries that will be asked next: in one run they cost less. Raises Cancelled.
    """
    if vocabulary.span is None:
        prior = np.log(np.array(vocabulary.length_prior, dtype=np.float32))
    else:
        vector = predictor.encoder_log_probs([query, *together], cancel)[0]
        scores = vector[list(vocabulary.lengths)]
        prior = scores - np.logaddexp.reduce(scores)
    short = predictor.mixer.length_log_probs(prior[:MAX_UNKNOWN_CHARS], query.left, query.right)
    return dict(enumerate([*map(float, short), *map(float, prior[MAX_UNKNOWN_CHARS:])], start=1))
