"""What is said about the gaps."""

from __future__ import annotations

from build_tools.bench.ui_gap import Watch


def test_the_longest_gaps_are_told(qapp):
    watch = Watch()
    watch.gaps = [(0.004, 0.001), (0.021, 0.009), (0.002, 0.002)]
    gaps = watch.found()
    assert gaps.wall_ms == (21.0, 4.0, 2.0)
    assert (gaps.late, gaps.cpu_ms) == (1, 9.0)
    assert str(gaps).startswith("longest 21.0 ms, then 4.0, 2.0; over 16 ms: 1;")


def test_a_watch_that_saw_nothing_says_so(qapp):
    assert Watch().found().wall_ms == (0.0, 0.0, 0.0)
