"""A prepared folder with a tiny vocabulary and made-up pairs."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from build_tools.train_translation.prepare import DEVELOPMENT, prepare

_WHO = {"我": "I", "你": "You", "他们": "They", "老师": "The teacher", "孩子": "The child"}
_DO = {"看见了": "saw", "喜欢": "liked", "买了": "bought", "画了": "drew", "找到了": "found"}
_WHAT = {"一只鸟": "a bird", "那本书": "the book", "月亮": "the moon", "一朵花": "a flower"}
_WHEN = {"今天": "today", "昨天": "yesterday", "早上": "in the morning"}


def made_lines() -> list[str]:
    return [
        f"{when}{who}{do}{what}。\t{who_en} {do_en} {what_en} {when_en}."
        for who, who_en in _WHO.items()
        for do, do_en in _DO.items()
        for what, what_en in _WHAT.items()
        for when, when_en in _WHEN.items()
    ]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder in which one source holds everything, the development set included."""
    folder = tmp_path_factory.mktemp("data")
    known = "这一句话很长而且不可以在训练里出现一次。\tThis long sentence must never be trained on."
    write(folder / "parallel" / "tatoeba.tsv.xz", [*made_lines(), known])
    for name in DEVELOPMENT:
        write(folder / "dev" / f"{name}.tsv.xz", [known])
    return folder


def write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.write("".join(f"{line}\n" for line in lines))


@pytest.fixture(scope="session")
def prepared(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with ``tokenizer/`` and ``shards/`` of the made-up pairs."""
    from build_tools.train_translation.sources import SOURCES

    folder = tmp_path_factory.mktemp("prepared")
    only = tuple(source for source in SOURCES if source.name == "tatoeba")
    prepare(data, folder, vocabulary_size=90, sources=only)
    return folder
