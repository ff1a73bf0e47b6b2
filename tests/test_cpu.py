"""Processors: which can run the app, which run it slowly, and what is said."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant import __main__ as start
from assistant import cpu
from assistant.cpu import Cpu, parse_cpuinfo, read_cpu

CORE_2 = "processor : 0\nmodel name : Core 2\nflags : fpu sse sse2 ssse3 sse4_1\n"
SANDY_BRIDGE = "model name\t: i5\nflags\t\t: sse4_2 avx\nmodel name\t: other\nflags\t: none\n"
ICE_LAKE = "model name : Xeon\nflags : sse4_2 avx avx2 avx512f avx512_vnni\n"


@pytest.mark.parametrize(
    ("text", "name", "shown", "old", "slow"),
    [
        (CORE_2, "Core 2", (), True, True),
        (SANDY_BRIDGE, "i5", ("SSE4.2", "AVX"), False, True),
        (ICE_LAKE, "Xeon", ("SSE4.2", "AVX", "AVX2", "AVX-512", "VNNI"), False, False),
    ],
)
def test_a_processor_is_read_from_what_linux_says(text, name, shown, old, slow):
    found = parse_cpuinfo(text)
    assert (found.name, found.shown_features) == (name, shown)
    assert (found.is_too_old, found.is_slow) == (old, slow)


def test_where_nothing_is_known_nothing_is_refused():
    found = parse_cpuinfo("Hardware : something else\n")
    assert found.features is None
    assert not found.is_too_old
    assert not found.is_slow


def test_this_processor_can_run_the_tests():
    assert not read_cpu().is_too_old


def test_a_processor_without_sse42_is_refused_in_both_languages(monkeypatch, capsys):
    monkeypatch.setattr(start.faulthandler, "enable", lambda: None)  # pytest's stderr is no file
    monkeypatch.setattr(cpu, "read_cpu", lambda: Cpu("Core 2", frozenset({"sse2"})))
    assert start.main() == 2
    said = capsys.readouterr().err
    assert "处理器太旧" in said
    assert "too old" in said


def test_nothing_heavy_is_loaded_before_the_processor_is_known():
    code = "import sys, assistant.__main__; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "assistant.cpu" in loaded
    assert {"numpy", "onnxruntime", "tokenizers", "PySide6"} & loaded == set()
