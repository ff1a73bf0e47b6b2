"""Noise is what others took of the processor, not what we took."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cpu import read_cpu
from build_tools.bench import machine
from build_tools.bench.machine import Listener, Noise, describe


@pytest.fixture
def clock(monkeypatch) -> dict[str, object]:
    state: dict[str, object] = {"ticks": [0] * 10, "own": 0.0}
    monkeypatch.setattr(machine, "_ticks", lambda: state["ticks"])
    monkeypatch.setattr(machine, "_own_seconds", lambda: state["own"])
    monkeypatch.setattr(machine, "_hertz", lambda: 100)
    return state


def test_our_own_work_is_no_noise(clock):
    listener = Listener()
    clock["ticks"] = [1000, 0, 0, 1000, 0, 0, 0, 0, 0, 0]
    clock["own"] = 10.0
    noise = listener.noise()
    assert (noise.others, noise.steal, noise.is_quiet) == (0.0, 0.0, True)


def test_the_work_of_others_and_of_the_host_is(clock):
    listener = Listener()
    clock["ticks"] = [1000, 200, 0, 700, 0, 0, 0, 100, 0, 0]
    clock["own"] = 10.0
    noise = listener.noise()
    assert noise.others == pytest.approx(0.1)
    assert noise.steal == pytest.approx(0.05)
    assert not noise.is_quiet


def test_a_little_noise_is_quiet_enough():
    assert Noise(0.2, 0.01, 0.0, 60.0).is_quiet
    assert not Noise(0.2, 0.0, 0.05, 60.0).is_quiet
    assert not Noise(0.2, 0.05, 0.0, 60.0).is_quiet


def test_the_machine_is_described_without_its_number():
    assert machine._family("AMD EPYC 9R45 96-Core Processor") == "AMD EPYC"
    assert machine._family("Intel(R) Core(TM) Ultra 7 CPU @ 3.20GHz") == "Intel Core Ultra"


def test_machine_and_packages_are_described():
    found = describe(Path("resources/models"))
    assert found["cores"].isdigit()
    assert "(" not in found["processor"]
    assert found["instructions"] == ", ".join(read_cpu().shown_features)
    assert {"bubai-fill", "bubai-understand", "bubai-translate"} < set(found)
