"""BF16 only where the processor multiplies it itself; Muon too, which asks for it everywhere."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from build_tools import precision
from build_tools.pretrain import optimiser

_PLAIN = {"architecture": "x86_64", "avx2": True, "avx512_bf16": False, "l2_cache_size": 524288}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, False),
        ({"avx512_bf16": True}, True),
        ({"amx_bf16": True}, True),
        ({"bf16": True}, True),
    ],
)
def test_the_processor_decides(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, bool], expected: bool
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {**_PLAIN, **more})
    assert precision.has_bf16("cpu") is expected
    factor = torch.ones(2, 2)
    with precision.autocast("cpu"):
        assert (factor @ factor).dtype is (torch.bfloat16 if expected else torch.float32)


def _stepped(has_bf16: bool, monkeypatch: pytest.MonkeyPatch) -> Tensor:
    """Return a hidden matrix after one step; both precisions begin alike."""
    monkeypatch.setattr(optimiser, "has_bf16", lambda _: has_bf16)
    torch.manual_seed(0)
    model = nn.ModuleDict({"layers": nn.ModuleList([nn.Linear(8, 24, bias=False)])})
    net = nn.ModuleDict({"model": model})
    weight = net["model"]["layers"][0].weight  # type: ignore[index]
    steps = optimiser.MuonAdamW(net, learning_rate=0.1, weight_decay=0.0, muon_steps=5)
    weight.grad = torch.randn_like(weight)
    before = weight.detach().clone()
    steps.step(0.1, clip=1.0)
    return (weight.detach() - before).double()


def test_muon_steps_in_fp32_where_bf16_is_emulated(monkeypatch: pytest.MonkeyPatch) -> None:
    rounded, exact = _stepped(True, monkeypatch), _stepped(False, monkeypatch)
    apart = float((rounded - exact).norm() / exact.norm())
    assert 1e-4 < apart < 0.05  # the same step, but for the rounding to 8 bits


def test_the_momentum_is_not_turned_in_place() -> None:
    with optimiser._StayInFp32():
        given = torch.ones(2, 2)
        turned = given.bfloat16()
        turned.div_(2)
    assert given.dtype is turned.dtype is torch.float32
    assert torch.equal(given, torch.ones(2, 2))
