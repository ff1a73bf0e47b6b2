"""A few rows of every kind, in the alphabet of the tiny checkpoints."""

from __future__ import annotations

import numpy as np

from build_tools.finetune.config import TuneConfig
from build_tools.finetune.records import (
    CALM,
    CONTRADICTION,
    ENTAILMENT,
    GOODS,
    NEGATIVE,
    PLAIN,
    POSITIVE,
    WRITTEN,
    Row,
    write_rows,
)
from build_tools.finetune.vectors import BUCKETS, WIDTH
from tests.build_tools.checkpoints import write_modernbert

ROWS = (
    Row("chnsenticorp", "天地人春风秋月山水花鸟", sentiment=POSITIVE),
    Row("chnsenticorp", "云雨日夜大小多少", sentiment=NEGATIVE),
    Row("shopping", "春风秋月，花鸟云雨。", sentiment=POSITIVE, topic="花"),
    Row("shopping", "大小多少，上下来去。", sentiment=NEGATIVE, topic="鸟"),
    Row(WRITTEN, "春风秋月花鸟多", sentiment=POSITIVE),
    Row(WRITTEN, "人来去上下", sentiment=CALM),
    Row(GOODS, "大小里外少", sentiment=NEGATIVE),
    Row(PLAIN, "山水里外", sentiment=CALM),
    Row("tnews", "天地人里外", topic="山"),
    Row("tnews", "日夜来去", topic="水"),
    Row("tnews", "云雨上下", topic="月"),
    Row("ocnli", "春风里花鸟多", hypothesis="花多", inference=ENTAILMENT),
    Row("ocnli", "春风里花鸟多", hypothesis="花少", inference=CONTRADICTION),
    Row("ocnli", "大山里人少", hypothesis="人多", inference=CONTRADICTION),
    *(
        Row("keywords", f"天地里的{word}上下来去", keyword=word)
        for word in ("春风", "秋月", "山水", "花鸟", "云雨", "日夜", "大小", "多少", "里外", "来人")
    ),
)


def write_data(folder):
    """Write a prepared folder of ``ROWS``, with made-up vectors."""
    folder.mkdir()
    for name in ("train", "held_out"):
        write_rows(folder / f"{name}.jsonl", ROWS)
    vectors = np.random.default_rng(0).normal(size=(BUCKETS, WIDTH)).astype(np.float32)
    np.save(folder / "vectors.npy", vectors / 8)
    return folder


def tiny_config(folder):
    """Return the settings of a short run below ``folder``, with its data and checkpoint."""
    return TuneConfig(
        data=str(write_data(folder / "data")),
        init=str(write_modernbert(folder / "init")),
        out=str(folder / "run"),
        rows=2,
        tokens=160,
        warmup_steps=1,
        max_steps=4,
        compile=False,
        evaluate_batches=1,
        masked=0.3,
    )
