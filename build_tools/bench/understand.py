"""Time the ``understand`` package at work: sentences, 20 labels, "why", and a very long text.

``python -m build_tools.bench.understand [--model DIR] [--long 300000]`` prints medians of wall and
of CPU time (on a busy machine the CPU time is the one to trust), and the memory of the process.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from assistant.diagnostics import resident_bytes
from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.engine.understand import Understander
from assistant.paths import find_paths
from assistant.records import Task
from build_tools.bench.ui_gap import long_text

_TEXT = (
    "这家小店开在河边的老街上，老板娘做的汤面又香又热乎，我和朋友几乎每个周末都要去坐一会儿，"
    "只是最近客人太多了，常常要等上半个钟头才有位子，服务员也忙得顾不上招呼人，让人有点失望，"
    "希望他们能早点多请几个帮手，把从前那种轻松的气氛找回来，不然老客人恐怕会越来越少了吧"
)
_LABELS = (
    "餐饮", "旅游", "体育", "财经", "科技", "教育", "健康", "家庭", "职场", "历史",
    "文学", "社会", "自然", "娱乐", "汽车", "房产", "军事", "时尚", "游戏", "天气",
)  # fmt: skip
_SIZES = (20, 60, 120)
_RUNS = 15


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="a package (default: the bundled one)")
    parser.add_argument("--long", type=int, default=0, metavar="N", help="a text of N characters")
    arguments = parser.parse_args()
    paths = find_paths()
    folder = arguments.model or paths.model_folder(Task.UNDERSTAND)
    print(f"empty process: {resident_bytes() / 1e6:.0f} MB")
    understander = Understander(load_package(folder, Task.UNDERSTAND))
    _short(understander)
    print(f"with the package at work: {resident_bytes() / 1e6:.0f} MB")
    if arguments.long:
        _long(understander, arguments.long)
    filler = Filler(load_package(paths.model_folder(Task.FILL), Task.FILL))
    print(f"with {filler.info.name} too: {resident_bytes() / 1e6:.0f} MB")


def _short(understander: Understander) -> None:
    mood, labels = understander.sentiment, understander.labels
    for size in _SIZES:
        text = _TEXT[: size - 1] + "。"
        _print(f"{size} characters", lambda text=text: mood.analyse(text), mood.forget)
    text = _TEXT[:120]
    _print("20 labels, 120 characters", lambda: labels.classify(text, _LABELS), labels.forget)
    labels.classify(text, _LABELS)
    _print("the same again", lambda: labels.classify(text, _LABELS))
    names = iter(range(1000))
    _print("one label more", lambda: labels.classify(text, (*_LABELS, f"第{next(names)}种")))
    sentence = _TEXT[:59] + "。"
    mood.explain(sentence)
    _print("why, 60 characters", lambda: mood.explain(sentence))


def _long(understander: Understander, size: int) -> None:
    mood, text = understander.sentiment, long_text(size)
    mood.forget()
    for name, changed in (("all new", text), ("one sentence changed", f"好。{text}")):
        wall, used = time.perf_counter(), time.process_time()
        result = mood.analyse(changed)
        seconds = time.perf_counter() - wall, time.process_time() - used
        print(
            f"{len(changed):,} characters, {len(result.sentences):,} sentences, {name}: "
            f"{seconds[0]:.2f} s, CPU {seconds[1]:.2f} s; {resident_bytes() / 1e6:.0f} MB"
        )


def _print(
    name: str, work: Callable[[], object], prepare: Callable[[], object] = lambda: None
) -> None:
    wall: list[float] = []
    used: list[float] = []
    for _ in range(_RUNS):
        prepare()
        begun = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - begun[0])
        used.append(time.process_time() - begun[1])
    middle = statistics.median(wall) * 1000, statistics.median(used) * 1000
    print(f"{name}: {middle[0]:.1f} ms, CPU {middle[1]:.1f} ms")


if __name__ == "__main__":
    main()
