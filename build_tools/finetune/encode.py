"""Token rows of texts and pairs, as the app makes them.

Imports nothing of ``assistant``.
"""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

from build_tools.finetune.batches import TEXT_TOKENS, shortened


def text_rows(
    tokenizer: Tokenizer, texts: Sequence[str], most: int = TEXT_TOKENS
) -> list[list[int]]:
    """Return ``[CLS] text [SEP]`` of each text, shortened to ``most`` tokens of its own.

    Raises ValueError when the vocabulary lacks one of the two.
    """
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if cls is None or sep is None:
        raise ValueError("the vocabulary has no [CLS] or no [SEP]")
    found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [[cls, *shortened(encoding.ids, most), sep] for encoding in found]


def pair_row(text_row: list[int], hypothesis: list[int], sep: int) -> list[int]:
    """Return ``[CLS] text [SEP] hypothesis [SEP]`` of a text row and hypothesis tokens."""
    return [*text_row, *hypothesis, sep]
