from __future__ import annotations

import pytest
import torch

from build_tools.pretrain.model import PackedLoss, load_model, stacked


@pytest.fixture(params=["eager", "sdpa"])
def net(request, checkpoint) -> PackedLoss:
    model = load_model(checkpoint, seed=3).eval()
    model.set_attn_implementation(request.param)
    return PackedLoss(model)


def packed(ids: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    flat = torch.cat([torch.tensor(part) for part in ids])[None]
    positions = torch.cat([torch.arange(len(part)) for part in ids])[None]
    segments = torch.repeat_interleave(
        torch.arange(len(ids)), torch.tensor([len(part) for part in ids])
    )[None]
    return flat, positions, segments


def test_a_segment_does_not_influence_its_neighbour(net):
    first, second, other = [2, 20, 21, 22, 3], [2, 30, 31, 3], [2, 40, 31, 3]
    with torch.no_grad():
        before = net.hidden(*packed([first, second]))
        after = net.hidden(*packed([first, other]))
    assert torch.equal(before[:, :5], after[:, :5])
    assert not torch.allclose(before[:, 5:], after[:, 5:])


def test_a_packed_segment_reads_as_it_would_alone(net):
    first, second = [2, 20, 21, 22, 3], [2, 30, 31, 3]
    with torch.no_grad():
        together = net.hidden(*packed([first, second]))[0, 5:]
        alone = net.model.model(input_ids=torch.tensor([second])).last_hidden_state[0]
    assert torch.allclose(together, alone, atol=1e-5)


def test_the_loss_counts_only_the_hidden_places(net):
    ids, positions, segments = packed([[2, 20, 4, 22, 3]])
    where, targets = torch.tensor([2, 0, 0]), torch.tensor([21, -100, -100])
    with torch.no_grad():
        logits = net.model(input_ids=ids).logits[0, 2]
        loss = net(ids, positions, segments, where, targets)
    assert loss.item() == pytest.approx(-logits.log_softmax(-1)[21].item(), abs=1e-4)


def test_stacking_copies_the_layers_in_order(checkpoint):
    model = load_model(checkpoint, seed=3)
    grown = stacked(model, 4)
    layers, old = grown.model.layers, model.model.layers
    assert len(layers) == grown.config.num_hidden_layers == 4
    for index in range(4):
        assert torch.equal(layers[index].mlp.Wi.weight, old[index % 2].mlp.Wi.weight)
    assert torch.equal(layers[2].attn_norm.weight, torch.ones(32))
    assert torch.equal(grown.decoder.weight, model.decoder.weight)


def test_stacking_refuses_a_depth_that_is_no_multiple(checkpoint):
    with pytest.raises(ValueError, match="multiple"):
        stacked(load_model(checkpoint), 3)
