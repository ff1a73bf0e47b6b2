"""A tiny phrase memory, counted and packed by the tools that make the bundled one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from assistant.engine.memory_alphabet import Alphabet, build_alphabet
from assistant.engine.memory_counts import ORDERS
from assistant.engine.memory_file import write_sections
from build_tools.memory.count import count_source, load_counts, merge_runs
from build_tools.memory.pack import count_sections, meta_section

TEXTS = (
    "小猫在院子里追蝴蝶，小狗在门口晒太阳。",
    "小猫在院子里睡觉，小鸟在树上唱歌。",
    "他在院子里种了三棵苹果树。",
    "老师说：“明天上午去公园看菊花。”",
    "我用Python写了12个小程序。",
    "奶奶在厨房里包饺子，爷爷在院子里浇花。",
    "他是个笑里藏刀的人，谁都怕他笑里藏刀。",
)
FOLDED = {"貓": "猫", "裡": "里", "門": "门"}


def sample_alphabet(texts: tuple[str, ...] = TEXTS) -> Alphabet:
    """Return the alphabet of the characters of ``texts``, commonest first."""
    counts = Counter(char for text in texts for char in text if "\u4e00" <= char <= "\u9fff")
    ranked = sorted(counts, key=lambda char: (-counts[char], char))
    return build_alphabet(ranked, FOLDED)


def count_texts(folder: Path, alphabet: Alphabet, texts: tuple[str, ...] = TEXTS) -> Path:
    """Count ``texts`` below ``folder`` and return the folder of the merged counts."""
    source = folder / "sample.txt"
    source.write_text("".join(f"{text}\n" for text in texts), "utf-8")
    count_source(alphabet, source, folder / "runs")
    merge_runs(folder / "runs", folder / "counts")
    return folder / "counts"


def write_memory(folder: Path, texts: tuple[str, ...] = TEXTS) -> Path:
    """Write an unpruned memory of ``texts`` and return its path."""
    alphabet = sample_alphabet(texts)
    counts = count_texts(folder, alphabet, texts)
    kept = {order: np.ones(len(load_counts(counts, order)[0]), dtype=bool) for order in ORDERS}
    # 24 bits: a test must not fail because a fingerprint happens to fit.
    sections, meta = count_sections(counts, alphabet, kept, {3: 24, 4: 24, 5: 24})
    path = folder / "sample.bin"
    write_sections(path, {**sections, "meta": meta_section(meta)})
    return path
