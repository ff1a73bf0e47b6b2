"""Greedy decoding with the training model: a quick look at BLEU while it learns.

Imports torch and sacrebleu, nothing of ``assistant``. What ships is measured by
``build_tools.verify`` through the engine instead.
"""

from __future__ import annotations

from pathlib import Path

import sacrebleu
import torch
from tokenizers import Tokenizer
from transformers import MarianMTModel

from build_tools.corpus.sources import open_text
from build_tools.train_translation.vocabulary import EOS, PAD

QUICK_SETS = ("iwslt17_dev2010", "msctd_dev")
_ROWS = 25
_LONGEST = 64


def read_development(path: Path, limit: int | None = None) -> list[tuple[str, str]]:
    """Return (Chinese, English) of a development set, ``limit`` of them spread evenly over it."""
    with open_text(path) as stream:
        pairs = [tuple(line.rstrip("\n").split("\t")[:2]) for line in stream]
    step = max(1, len(pairs) // limit) if limit else 1
    return [(zh, en) for zh, en in pairs[::step]][:limit]


@torch.inference_mode()
def translate_greedily(model: MarianMTModel, tokenizer: Tokenizer, lines: list[str]) -> list[str]:
    """Return the greedy translations of ``lines``, by ``generate``."""
    order = sorted(range(len(lines)), key=lambda i: len(lines[i]))
    found = [""] * len(lines)
    for begin in range(0, len(order), _ROWS):
        rows = order[begin : begin + _ROWS]
        ids = [tokenizer.encode(lines[i]).ids[-_LONGEST:] for i in rows]
        width = max(map(len, ids))
        source = torch.tensor([row + [PAD] * (width - len(row)) for row in ids])
        said = model.generate(
            input_ids=source,
            attention_mask=(source != PAD).long(),
            num_beams=1,
            do_sample=False,
            max_length=min(_LONGEST, 2 * width + 8),
        )
        for i, row in zip(rows, said.tolist(), strict=True):
            found[i] = tokenizer.decode([token for token in row if token not in (PAD, EOS)])
    return found


def quick_bleu(
    model: MarianMTModel, tokenizer: Tokenizer, folder: Path, sentences: int
) -> dict[str, tuple[float, str]]:
    """Return, by development set, greedy BLEU and one translation to look at."""
    found: dict[str, tuple[float, str]] = {}
    for name in QUICK_SETS:
        pairs = read_development(folder / f"{name}.tsv.xz", sentences)
        said = translate_greedily(model, tokenizer, [zh for zh, _ in pairs])
        bleu = sacrebleu.corpus_bleu(said, [[en for _, en in pairs]])
        found[name] = (bleu.score, f"{pairs[7][0]} → {said[7]}")
    return found
