"""Try the frozen app as a person would: unzipped somewhere else, without this checkout.

The app is copied into a folder named ``中文 路径`` and run there with an almost empty environment:
its self-test, one fill as JSON, a model installed and removed, an exercise in every format, a
``portable`` file beside it, and (on Linux) its window, without a screen and on a virtual one.
Standard library only.

Usage: ``python -m build_tools.smoke [--app dist/Bubai]``
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = "春天来了，[MASK]开了。"
PASSAGE = "春天来了，院子里的【桃花】开了。小猫在草地上跑来跑去，奶奶坐在门口【晒太阳】。\n"
FORMATS = "docx,pdf,html,moodle,gift,h5p,anki,qti,qti3,csv,tsv"
WINDOW_SECONDS = 6


class SmokeError(Exception):
    """The frozen app did not do what it must."""


def program(app: Path) -> Path:
    """Return the program that has a standard output."""
    return app / ("bubai-cli.exe" if sys.platform == "win32" else "Bubai")


def environment(home: Path) -> dict[str, str]:
    """Return what a program finds on a machine that knows nothing of Python or this project."""
    kept = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "LANG")
    bare = {name: os.environ[name] for name in kept if name in os.environ}
    search = os.environ["PATH"] if sys.platform == "win32" else "/usr/bin:/bin"
    return {**bare, "PATH": search, "HOME": str(home), "BUBAI_HOME": str(home / "补白 数据")}


def run(command: Sequence[str | Path], env: dict[str, str], folder: Path) -> str:
    """Return what ``command`` prints; raises SmokeError unless it exits with 0."""
    done = subprocess.run(
        command,
        env=env,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise SmokeError(f"{command[1:]} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def check_fill(output: str) -> str:
    """Return the first candidate of a fill's JSON; raises SmokeError when there is none."""
    record = json.loads(output)
    candidates = record["spans"][0]["candidates"]
    if record["text"] != TEXT or not candidates:
        raise SmokeError(f"the fill is not one: {output}")
    return candidates[0]["text"]


def check_exports(executable: Path, env: dict[str, str], folder: Path) -> None:
    """Write an exercise in every format: their libraries are imported only then."""
    source = folder / "原文.txt"
    source.write_text(PASSAGE, encoding="utf-8")
    options = ["--strategy", "manual", "--no-model", "--out", "练习", "--format", FORMATS]
    # A PDF needs Qt but no screen.
    env = {**env, "QT_QPA_PLATFORM": "offscreen"}
    run([executable, "cloze", "make", *options, source], env, folder)
    written = [path for path in folder.glob("练习.*") if path.stat().st_size]
    if len(written) <= len(FORMATS.split(",")):  # one more: the exercise itself
        raise SmokeError(f"exports are missing: {sorted(path.name for path in written)}")
    print(f"smoke: {len(written)} files of an exercise were written")


def check_models(executable: Path, app: Path, env: dict[str, str], folder: Path) -> None:
    """Install a copy of the bundled fill model: its self-test starts the program once more."""
    (bundled,) = app.rglob("resources/models/fill")
    package = folder / "模型 包"
    shutil.copytree(bundled, package)
    manifest = package / "manifest.json"
    fields = json.loads(manifest.read_text(encoding="utf-8"))
    fields["name"], fields["version"] = "smoke", "1"
    manifest.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
    run([executable, "models", "install", package, "--use"], env, folder)
    listed = run([executable, "models", "list", "--json"], env, folder).splitlines()
    active = [record["key"] for record in map(json.loads, listed) if record["active"]]
    if "smoke-1" not in active:
        raise SmokeError(f"the installed model is not in use: {active}")
    check_fill(run([executable, "fill", "--json", TEXT], env, folder))
    run([executable, "models", "rollback", "fill"], env, folder)
    run([executable, "models", "remove", "smoke-1"], env, folder)
    print("smoke: a model was installed, used, rolled back and removed")


def check_portable(executable: Path, env: dict[str, str], folder: Path) -> None:
    """See that everything stays beside the program once a file ``portable`` is there."""
    mark, data = executable.parent / "portable", executable.parent / "bubai-data"
    mark.touch()
    bare = {name: value for name, value in env.items() if name != "BUBAI_HOME"}
    told = run([executable, "self-test"], bare, folder)
    mark.unlink()
    places = [line for line in told.splitlines() if line.startswith(("data:", "config:", "logs:"))]
    if len(places) != 3 or not all(f": {data}" in place for place in places):
        raise SmokeError(f"the app is not portable: {places}")
    print("smoke: a portable app keeps everything beside it")


def check_window(command: Sequence[str | Path], env: dict[str, str], folder: Path) -> None:
    """Start the window and see that it is still there after a while; then close it."""
    # A group of its own: xvfb-run leaves its children alone when it is told to end.
    process = subprocess.Popen(
        command,
        env=env,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=WINDOW_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)
        return
    text = output.decode("utf-8", "replace")
    raise SmokeError(f"the window ended by itself with {process.returncode}\n{text}")


def windows(executable: Path) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Return name → (command, further environment) of the ways to open a window here."""
    if not sys.platform.startswith("linux"):
        return {}
    ways = {"offscreen": ([str(executable)], {"QT_QPA_PLATFORM": "offscreen"})}
    if shutil.which("Xvfb") and shutil.which("xvfb-run"):
        ways["X11"] = (["xvfb-run", "-a", str(executable)], {"QT_QPA_PLATFORM": "xcb"})
    return ways


def smoke(app: Path) -> None:
    """Run every check on a copy of ``app``; raises SmokeError."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "中文 路径"
        copy = folder / "补白"
        shutil.copytree(app, copy, symlinks=True)
        env = environment(folder)
        executable = program(copy)
        print(run([executable, "self-test"], env, folder))
        first = check_fill(run([executable, "fill", "--json", TEXT], env, folder))
        print(f"smoke: fill gave {first}")
        check_models(executable, copy, env, folder)
        check_exports(executable, env, folder)
        check_portable(executable, env, folder)
        for name, (command, more) in windows(executable).items():
            check_window(command, {**env, **more}, folder)
            print(f"smoke: the window opens ({name})")


def main() -> int:
    """Try the app; return the exit code."""
    parser = argparse.ArgumentParser(description="Try the frozen app in a folder of its own.")
    parser.add_argument("--app", type=Path, default=ROOT / "dist" / "Bubai")
    arguments = parser.parse_args()
    try:
        smoke(arguments.app.resolve())
    except (SmokeError, OSError, ValueError, LookupError, subprocess.SubprocessError) as error:
        print(f"smoke: {error}", file=sys.stderr)
        return 1
    print("smoke: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
