"""Try a package of the published size with random weights, from a checkpoint to an answer.

``python -m build_tools.full_size fill --work FOLDER`` writes a checkpoint shaped like
bert-base-chinese (``understand``: a BERT for inference; ``translate``: an OPUS-MT Marian), turns it
into a package with the tools here, installs that with the app's own command and uses it; prints
seconds, megabytes and the largest memory of each step. What it answers means nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

_TOOLS = "build_tools"

ABOUT = """name = "random-{task}"
version = "1"
licence = "CC0-1.0"
summary = "Random numbers in the shape of a published model."
training = "None."
limits = "It knows nothing."
context_chars = 126
"""

USES = {
    "fill": ["fill", "春眠不觉晓，处处闻[MASK]鸟。"],
    "understand": ["classify", "--labels", "餐饮,体育", "这家饭馆的菜很好吃。"],
    "translate": ["translate", "今天天气很好。"],
}


def steps(task: str, work: Path) -> list[tuple[str, list[str]]]:
    """Return (name, arguments of python -m) of what makes and uses the package."""
    checkpoint, plain, clean, small = (
        str(work / name) for name in ("checkpoint", "plain", "clean", "small")
    )
    about, package, archive = work / "about.toml", work / f"random-{task}", work / f"{task}.zip"
    about.write_text(ABOUT.format(task=task), encoding="utf-8")
    kind = ["--task", task]
    suffix = "" if task == "translate" else ".onnx"
    plain, clean, small = plain + suffix, clean + suffix, small + suffix
    making = [
        ("write", [f"{_TOOLS}.random_checkpoint", task, checkpoint]),
        ("export", [f"{_TOOLS}.export_onnx", checkpoint, plain, *kind]),
    ]
    if task != "translate":  # whose quantiser cleans by itself
        making.append(("optimise", [f"{_TOOLS}.optimise", plain, clean]))
    source = plain if task == "translate" else clean
    making.append(("quantise", [f"{_TOOLS}.quantise", source, small, *kind]))
    packing = [checkpoint, small, str(about), str(package), "--zip", str(archive)]
    making.append(("pack", [f"{_TOOLS}.pack", *packing, *kind]))
    using = [
        ("install", ["assistant", "models", "install", str(archive), "--use"]),
        ("use it", ["assistant", *USES[task]]),
        ("verify", ["assistant", "models", "verify", "--task", task]),
        ("roll back", ["assistant", "models", "rollback", task]),
    ]
    return [*making, *using]


def run(name: str, arguments: list[str], home: Path) -> None:
    """Run one step and print how long it took and how much memory it had; exits on a failure."""
    started = time.perf_counter()
    environment = {**os.environ, "BUBAI_HOME": str(home), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen([sys.executable, "-m", *arguments], env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    print(f"{name}: {seconds:.1f} s, at most {usage.ru_maxrss / 1000:.0f} MB", flush=True)
    if status:
        raise SystemExit(f"{name} ended with {os.waitstatus_to_exitcode(status)}")


def main() -> None:
    """Parse the command line and try the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=tuple(USES))
    parser.add_argument("--work", type=Path, required=True, help="folder for all that is written")
    options = parser.parse_args()
    work: Path = options.work / options.task
    work.mkdir(parents=True, exist_ok=True)
    for name, arguments in steps(options.task, work):
        run(name, arguments, work / "home")


if __name__ == "__main__":
    main()
