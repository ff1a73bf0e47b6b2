from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_feed import Feeder, RowSymbols
from assistant.engine.session import OnnxSession
from build_tools import parity
from build_tools.checkpoint import load_model
from build_tools.export_onnx import export
from build_tools.memory_feed import attach
from build_tools.pretrain.checkpoint import load_state
from build_tools.pretrain.feed import RowFeeder
from build_tools.pretrain.model import PackedLoss
from build_tools.pretrain.model import load_model as fresh_model
from build_tools.pretrain.train import Trainer


@pytest.fixture
def tokenizer(checkpoint):
    return Tokenizer.from_file(str(checkpoint / "tokenizer.json"))


def tokens_of(tokenizer):
    return [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]


def rows_of(tokenizer, *texts):
    return [tokenizer.encode("[CLS]" + text + "[SEP]").ids for text in texts]


def test_a_new_feed_changes_nothing(checkpoint):
    net = PackedLoss(_tiny(checkpoint))
    ids = torch.randint(14, 40, (1, 12))
    plain = (ids, torch.arange(12)[None], torch.zeros(1, 12, dtype=torch.long), torch.arange(12))
    before = net.logits(*plain)
    attach(net.model)
    fed = torch.tensor([3]), torch.randint(14, 40, (1, 8)), torch.full((1, 8), 0.1)
    assert torch.allclose(net.logits(*plain, *fed), before)


def _tiny(checkpoint):
    model = fresh_model(checkpoint)
    model.set_attn_implementation("eager")
    return model.eval()


def test_contexts_of_tokens_are_those_of_the_text(memory, tokenizer):
    opened = PhraseMemory.open(memory)
    symbols = RowSymbols(opened.alphabet, tokens_of(tokenizer))
    ids = np.concatenate(rows_of(tokenizer, "孩子们背着[MASK]包，从桥上", "[MASK]路很[MASK]，"))
    places = np.flatnonzero(ids == tokenizer.token_to_id("[MASK]"))
    left, right = symbols.contexts(ids, places)
    expected = [("\n孩子们背着", "包，从桥"), ("\n", "路很\0"), ("\n\0路很", "，\n")]
    for row, (before, after) in enumerate(expected):
        alphabet = opened.alphabet
        known = [symbol for symbol in alphabet.left_context(before) if symbol]
        assert left[row].tolist() == (known + [0] * 4)[:4]
        assert [symbol for symbol in right[row].tolist() if symbol] == [
            symbol for symbol in alphabet.right_context(after) if symbol
        ]


def test_rows_are_fed_what_the_memory_knows_but_for_the_dropped_ones(memory, tokenizer):
    ids = np.array(rows_of(tokenizer, "孩子们背着[MASK]包，从桥[MASK]跑过去。"))
    labels = np.full_like(ids, -100)
    feeder = RowFeeder(memory, tokenizer, dropout=1.0)
    whole = feeder.feed(ids, labels, None, counted=False)
    masks = np.flatnonzero(ids[0] == tokenizer.token_to_id("[MASK]"))
    best = [tokenizer.id_to_token(int(whole.ids[0, place, 0])) for place in masks]
    assert best == ["书", "上"]
    assert not whole.chances[0, [i for i in range(ids.shape[1]) if i not in masks]].any()
    dropped = feeder.feed(ids, labels, np.random.default_rng(0), counted=False)
    assert not dropped.chances.any()


def test_a_fed_run_learns_resumes_to_the_step_and_exports(settings, memory, tokenizer, tmp_path):
    whole = settings("whole", max_steps=12, rows=4, memory=str(memory), held_out_rows=0)
    Trainer(whole).run()
    Trainer(settings("parts", max_steps=5, rows=4, memory=str(memory), held_out_rows=0)).run()
    parts = settings("parts", max_steps=12, rows=4, memory=str(memory), held_out_rows=0)
    Trainer(parts).run()
    first, second = (load_state(Path(run.out) / "checkpoint.pt").model for run in (whole, parts))
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert first["memory_feed.outer.weight"].abs().max() > 0

    source = Path(whole.out) / "model"
    export(str(source), tmp_path / "fed.onnx")
    session = OnnxSession(tmp_path / "fed.onnx", threads=1)
    ids = np.array(rows_of(tokenizer, "孩子们背着[MASK]包，从桥[MASK]跑过去。"))
    assert not Feeder(None, (), 0).feed(ids).probabilities.any()
    mask = tokenizer.token_to_id("[MASK]")
    feed = Feeder(PhraseMemory.open(memory), tokens_of(tokenizer), mask).feed(ids)
    places = np.flatnonzero(ids[0] == mask)
    inputs = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "rows": np.zeros(2, dtype=np.int64),
        "columns": places,
    }
    fed = session.run({**inputs, "memory_ids": feed.ids, "memory_probs": feed.probabilities})[0]
    silent = session.run(
        {**inputs, "memory_ids": feed.ids, "memory_probs": feed.probabilities * 0}
    )[0]
    net = PackedLoss(load_model(str(source)))
    plain = (
        torch.from_numpy(ids),
        torch.arange(ids.shape[1])[None],
        torch.zeros(ids.shape, dtype=torch.long),
        torch.from_numpy(places),
    )
    said = (torch.from_numpy(places), *map(torch.from_numpy, (feed.ids[0], feed.probabilities[0])))
    with torch.no_grad():
        expected, without = net.logits(*plain, *said), net.logits(*plain)
    assert fed == pytest.approx(expected.log_softmax(-1).numpy(), abs=1e-3)
    assert silent == pytest.approx(without.log_softmax(-1).numpy(), abs=1e-3)
    assert np.abs(fed - silent).max() > 1e-4

    rows = [parity.Row(tuple(ids[0].tolist()), int(place)) for place in places[:1]]
    feeder = Feeder(PhraseMemory.open(memory), tokens_of(tokenizer), mask)
    with_torch = parity.predict_with_torch(load_model(str(source)), rows, feeder)
    assert parity.predict(tmp_path / "fed.onnx", rows, feeder) == pytest.approx(
        with_torch, abs=1e-3
    )
    silent_torch = parity.predict_with_torch(load_model(str(source)), rows)
    assert np.abs(with_torch - silent_torch).max() > 1e-4
