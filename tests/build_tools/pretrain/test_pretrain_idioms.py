from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from build_tools.corpus.shards import Shard, load_shards
from build_tools.corpus.tokenise import WORD_START, han_ids
from build_tools.pretrain.batches import BatchStream, IdiomReading, epoch_order
from build_tools.pretrain.checkpoint import load_state
from build_tools.pretrain.idioms import CHOICES, ContrastLoss, IdiomTable
from build_tools.pretrain.masking import IGNORED, Masker, MaskRules
from build_tools.pretrain.model import load_model, special_ids
from build_tools.pretrain.train import Trainer

IDIOMS = ("孩子们背", "书包从桥", "卖豆腐的", "山路很窄")
"""Any four characters in a row of the sample sentences; the second stands in none."""


@pytest.fixture
def tokenizer(checkpoint: Path) -> Tokenizer:
    return Tokenizer.from_file(str(checkpoint / "tokenizer.json"))


@pytest.fixture
def train(shards: Path) -> Shard:
    return load_shards(shards)[0]


@pytest.fixture
def table(tmp_path: Path, tokenizer: Tokenizer, train: Shard) -> IdiomTable:
    path = tmp_path / "idioms.tsv"
    path.write_text("idiom\n" + "".join(f"{word}\t…\n" for word in IDIOMS), "utf-8")
    return IdiomTable.read(path, tokenizer, train)


def ids_of(tokenizer: Tokenizer, text: str) -> list[int]:
    known = tokenizer.get_vocab()
    return [known[character] for character in text]


def test_segments_with_an_idiom_are_found_and_read_more_often(train, table):
    assert table.segments.tolist() == [0, 1, 5]
    plain = epoch_order(train, seed=1, epoch=0)
    more = epoch_order(train, 1, 0, IdiomReading(table, mask=4, repeat=3))
    assert sorted(more.tolist()) == sorted([*plain.tolist(), *[0, 1, 5] * 3])


def test_an_idiom_is_masked_whole_and_never_split(tokenizer, table):
    words = ["我", "山路很窄", "开得很慢", "大"]
    ids = np.array([i for word in words for i in ids_of(tokenizer, word)], dtype=np.uint16)
    starts = np.cumsum([0, *map(len, words)])[:-1]
    ids[starts] |= WORD_START
    special = special_ids(tokenizer)
    rules = MaskRules(idioms=1.0, span=1.0)
    masker = Masker(rules, special, han_ids(tokenizer), table)
    for seed in range(30):
        found = masker.apply([ids], np.random.default_rng(seed))
        inside = slice(2, 6)
        assert (found.ids[inside] == special.mask).all()
        assert found.labels[inside].tolist() == ids_of(tokenizer, "山路很窄")


def test_without_a_table_nothing_is_masked_for_being_an_idiom(tokenizer):
    ids = np.array(ids_of(tokenizer, "山路很窄"), dtype=np.uint16)
    ids[0] |= WORD_START
    masker = Masker(MaskRules(characters=0.0), special_ids(tokenizer), han_ids(tokenizer))
    found = masker.apply([ids], np.random.default_rng(0))
    assert (found.labels == IGNORED).all()


def test_the_hidden_idiom_is_among_the_choices_once(tokenizer, table):
    right = ids_of(tokenizer, "山路很窄")
    ids = np.full(64, 30)
    labels = np.full(64, IGNORED)
    ids[[3, 10, 11, 12, 13]] = 4
    labels[3], labels[10:14] = 31, right
    where = np.array([3, 10, 11, 12, 13, 0, 0])
    found = table.choices(ids, labels, where, 4, np.random.default_rng(0))
    assert found.goals.tolist() == [0, IGNORED]
    assert found.slots[0].tolist() == [1, 2, 3, 4]
    assert found.ids.shape == (2, CHOICES, 4)
    assert found.ids[0, 0].tolist() == right
    assert not (found.ids[0, 1:] == right).all(axis=1).any()


def test_an_idiom_whose_end_has_no_room_is_no_choice(tokenizer, table):
    ids, labels = np.full(64, 30), np.full(64, IGNORED)
    ids[10:14], labels[10:14] = 4, ids_of(tokenizer, "山路很窄")
    where = np.array([10, 11, 12])
    found = table.choices(ids, labels, where, 4, np.random.default_rng(0))
    assert (found.goals == IGNORED).all()


def test_four_masks_that_hide_no_idiom_are_no_choice(tokenizer, table):
    ids, labels = np.full(64, 30), np.full(64, IGNORED)
    ids[10:14], labels[10:14] = 4, ids_of(tokenizer, "开得很慢")
    found = table.choices(ids, labels, np.arange(10, 14), 4, np.random.default_rng(0))
    assert (found.goals == IGNORED).all()


def test_a_batch_has_the_same_choices_when_it_is_read_again(shards, train, tokenizer, table):
    special = special_ids(tokenizer)

    def batch():
        masker = Masker(MaskRules(), special, han_ids(tokenizer), table)
        reading = IdiomReading(table, special.mask, 1)
        return next(
            iter(BatchStream(train, masker, rows=2, tokens=48, pad=0, seed=1, idioms=reading))
        )

    for one, two in zip(batch().choices, batch().choices, strict=True):
        assert np.array_equal(one, two)


def test_learning_makes_the_right_idiom_likelier_than_the_others(checkpoint, tokenizer, table):
    torch.manual_seed(0)
    net = ContrastLoss(load_model(checkpoint, seed=0), weight=1.0)
    right, wrong = ids_of(tokenizer, "山路很窄"), ids_of(tokenizer, "卖豆腐的")
    ids = torch.tensor([[2, 4, 4, 4, 4, 3]])
    places, segments = torch.arange(6)[None], torch.zeros(1, 6, dtype=torch.long)
    where = torch.arange(1, 5)
    choices = torch.tensor([[right, wrong]])
    slots, goals = torch.arange(4)[None], torch.tensor([0])
    unknown = torch.full((4,), IGNORED)
    unknown[0] = right[0]  # the loss of the tokens must not be empty

    def scores() -> torch.Tensor:
        logits = net.logits(ids, places, segments, where)
        return logits[slots[:, None, :], choices].sum(-1)[0]

    optimiser = torch.optim.SGD(net.parameters(), lr=0.05)
    before = (scores()[0] - scores()[1]).item()
    for _ in range(5):
        optimiser.zero_grad()
        net(ids, places, segments, where, unknown, slots, choices, goals).backward()
        optimiser.step()
    assert (scores()[0] - scores()[1]).item() > before + 0.5


def test_a_run_without_any_idiom_in_its_words_learns_all_the_same(settings, tmp_path, table):
    config = settings("run", max_steps=3, idioms=str(tmp_path / "idioms.tsv"), idiom_repeat=2)
    Trainer(config).run()
    state = load_state(Path(config.out) / "checkpoint.pt")
    assert state.step == 3
    assert all(torch.isfinite(values).all() for values in state.model.values())


def test_a_list_of_which_the_shards_have_nothing_is_refused(tmp_path, tokenizer, train):
    path = tmp_path / "none.tsv"
    path.write_text("书包从桥\n", "utf-8")
    with pytest.raises(ValueError, match="none of the idioms"):
        IdiomTable.read(path, tokenizer, train)
