from __future__ import annotations

import pytest
import torch

from build_tools.pretrain.threads import TRIAL_EVERY, ThreadChooser


@pytest.fixture(autouse=True)
def _same_threads_after():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def choices(monkeypatch, seconds: dict[int, float], steps: int) -> list[int]:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    chooser = ThreadChooser(0)
    found = []
    for step in range(steps):
        found.append(chooser.before(step))
        assert torch.get_num_threads() == found[-1]
        chooser.after(seconds[found[-1]])
    return found


@pytest.mark.parametrize(("seconds", "best"), [({1: 2.0, 2: 1.0}, 2), ({1: 2.0, 2: 9.0}, 1)])
def test_the_faster_number_of_threads_wins(monkeypatch, seconds, best):
    found = choices(monkeypatch, seconds, 3 * TRIAL_EVERY)
    assert found.count(best) > 0.8 * len(found)
    assert set(found[-TRIAL_EVERY:]) == {1, 2}  # the other one is tried again


def test_a_fixed_number_stays():
    chooser = ThreadChooser(1)
    assert [chooser.before(step) for step in range(3)] == [1, 1, 1]
