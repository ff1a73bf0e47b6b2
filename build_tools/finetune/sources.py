"""Read the labelled sets as rows: sentiment, topics, inference, paraphrases, idioms.

Imports nothing of ``assistant``. Every file is ``.tsv.xz``; a set that is missing is skipped, so
that a smaller collection also trains.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path

from build_tools.finetune.records import (
    CONTRADICTION,
    ENTAILMENT,
    NEUTRAL,
    NOT_ENTAILMENT,
    Row,
)

_SENTIMENT = {
    "chnsenticorp": ("chnsenticorp_train", "chnsenticorp_htl_all"),
    "posneg": ("cyy0523xc_base_posneg",),
    "shopping": ("online_shopping_10_cats",),
    "waimai": ("waimai_10k",),
    "weibo": ("weibo_senti_100k_SAMPLE",),
    "eprstmt": ("eprstmt_train_few_all",),
}
REVIEWS = frozenset(_SENTIMENT)
"""Sources whose judgements people made: what is fitted and measured is fitted to them."""
_STARRED = ("chnsenticorp", "posneg", "shopping", "waimai")
_TOPICS = {
    "tnews": ("tnews_clue_train", "tnews_fewclue_train_few_all"),
    "thucnews": ("thucnews_title_45k", "thucnews_title_dev_as_train"),
}
_INFERENCE = {
    "ocnli": ("ocnli_train_10k", "ocnli_fewclue_train_few_all"),
    "cmnli": ("cmnli_dev_as_train",),
    "csnli": ("csnli_dev_as_train",),
}
_PARAPHRASE = {
    "afqmc": ("afqmc_paraphrase_train",),
    "paraphrase": ("lcqmc_paraphrase_dev_as_train", "bustm_paraphrase_train_few_all"),
}
_CLASSES = {"entailment": ENTAILMENT, "neutral": NEUTRAL, "contradiction": CONTRADICTION}
_ENGLISH = {
    "sports": "体育",
    "society": "社会",
    "science": "科技",
    "politics": "时政",
    "game": "游戏",
    "finance": "财经",
    "entertainment": "娱乐",
    "education": "教育",
    "realty": "房产",
    "stocks": "股票",
}


def labelled_rows(data: Path) -> Iterator[Row]:
    """Yield the rows of all labelled sets below ``data``."""
    yield from _sentiment(data)
    for source, names in _TOPICS.items():
        for label, text in _columns(data / "topics", names, 2):
            yield Row(source, text, topic=_ENGLISH.get(label, label))
    for source, names in _INFERENCE.items():
        for text, hypothesis, label in _columns(data / "nli", names, 3):
            if label in _CLASSES:
                yield Row(source, text, hypothesis=hypothesis, inference=_CLASSES[label])
    for source, names in _PARAPHRASE.items():
        for text, hypothesis, label in _columns(data / "nli", names, 3):
            known = ENTAILMENT if label == "1" else NOT_ENTAILMENT
            yield Row(source, text, hypothesis=hypothesis, inference=known)
    yield from _idioms(data / "idioms.tsv.xz")


def unlabelled_texts(data: Path) -> Iterator[str]:
    """Yield reviews that have no stars."""
    for _, text in _columns(data / "sentiment", ("eprstmt_unlabeled",), 2):
        yield text


def posts(data: Path) -> Iterator[str]:
    """Yield the posts of the sentiment sets, whatever the faces in them say."""
    for _, text in _columns(data / "sentiment", _SENTIMENT["weibo"], 2):
        yield text


def starred_reviews(data: Path) -> Iterator[Row]:
    """Yield the reviews of the sentiment sets."""
    return (row for row in _sentiment(data) if row.source in _STARRED and row.sentiment is not None)


def lines_of_films(data: Path) -> Iterator[str]:
    """Yield the Chinese side of the subtitles."""
    for chinese, _ in _columns(data / "parallel", ("msctd_subtitles",), 2):
        yield chinese


def _sentiment(data: Path) -> Iterator[Row]:
    """Yield the sentiment sets; reviews of the shopping set know their category as well."""
    name = ("online_shopping_product_category",)
    categories = {text: label for label, text in _columns(data / "topics", name, 2)}
    for source, names in _SENTIMENT.items():
        for label, text in _columns(data / "sentiment", names, 2):
            if label in ("0", "1"):
                yield Row(source, text, sentiment=int(label), topic=categories.pop(text, None))
    for text, label in categories.items():
        yield Row("category", text, topic=label)


def _idioms(path: Path) -> Iterator[Row]:
    for idiom, _, explanation, _ in _read(path, 4):
        if 8 <= len(explanation) <= 80 and idiom != "idiom":
            yield Row("idioms", explanation, keyword=idiom)


def _columns(folder: Path, names: tuple[str, ...], count: int) -> Iterator[list[str]]:
    for name in names:
        yield from _read(folder / f"{name}.tsv.xz", count)


def _read(path: Path, count: int) -> Iterator[list[str]]:
    if not path.is_file():
        return
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == count and all(fields[:2]):
                yield fields
