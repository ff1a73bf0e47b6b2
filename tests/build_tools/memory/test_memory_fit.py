from __future__ import annotations

import numpy as np
import pytest
import torch

from assistant.engine.gate import FEATURES, Gate, LengthGate
from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import BLANK
from assistant.engine.memory_file import read_sections, write_sections
from assistant.engine.memory_scorer import NetScorer
from assistant.engine.memory_words import Lexicon
from assistant.engine.topics import VIEWS
from build_tools.accuracy import binned_error
from build_tools.memory.blanks import Blank, character_blanks, hide_neighbours, word_blanks
from build_tools.memory.evaluate import poem_items
from build_tools.memory.fit_gate import GateNet, Opinions
from build_tools.memory.fit_scorer import (
    accuracy,
    character_samples,
    fit,
    other_lengths,
    word_samples,
)
from build_tools.memory.lexicon import choose_words, count_words
from build_tools.memory.steps import fit_lines, known_ngrams, quoted_lines
from tests.engine.memory_samples import TEXTS, write_memory


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_memory(tmp_path_factory.mktemp("fit"))


@pytest.fixture(scope="module")
def blanks():
    torch.set_num_threads(1)
    return character_blanks(TEXTS * 40, seed=1)


def test_fitting_learns_what_was_counted(path, blanks):
    samples = character_samples(PhraseMemory.open(path), blanks)
    untrained, net = fit(samples, epochs=0), fit(samples, epochs=8, rate=1e-2)
    assert accuracy(samples, net)["nats"] < accuracy(samples, untrained)["nats"]
    assert accuracy(samples, net)["top1"] > 0.7


def test_the_reader_scores_as_the_fitted_network(path, blanks):
    memory = PhraseMemory.open(path)
    some = hide_neighbours(blanks[:30], seed=2)
    samples = character_samples(memory, some)
    net = fit(samples, epochs=2)
    weights = {name[2:]: weight for name, weight in net.sections("s").items()}
    scorer = NetScorer(weights)
    with torch.no_grad():
        expected = net(samples, torch.arange(len(some))).softmax(1).numpy()
    for row, blank in enumerate(some):
        seen = memory.seen(memory.pairs(blank.left, blank.right))
        found, rest = scorer.score(seen, memory.store.unigrams[seen.ids])
        assert found == pytest.approx(expected[row, : len(found)], abs=2e-3)
        assert rest == pytest.approx(expected[row, -1], abs=2e-3)


def test_a_fitted_file_proposes_words_and_lengths(path, tmp_path):
    memory = PhraseMemory.open(path)
    corpus = tmp_path / "a.txt"
    corpus.write_text("\n".join(TEXTS), "utf-8")
    ids, logs = choose_words(count_words([corpus], {"a": 2.0}), ["笑里藏刀"], memory.alphabet)
    words = word_blanks(TEXTS * 40, seed=1)
    samples = word_samples(memory, Lexicon(ids, logs), words)
    sections = dict(read_sections(path)) | {"words.ids": ids, "words.logs": logs}
    sections |= fit(samples, epochs=8, rate=1e-2).sections("word_scorer")
    sections["other_lengths"] = other_lengths(samples, words)
    write_sections(tmp_path / "words.bin", sections)
    fitted = PhraseMemory.open(tmp_path / "words.bin")
    assert fitted.words("他是个", "的人", 3)[0][0] == "笑里藏刀"
    assert fitted.words("小猫在", "里追", 3)[0][0] == "院子"
    lengths = fitted.lengths("他是个", "的人")
    assert lengths.argmax() == 3
    assert lengths.sum() == pytest.approx(1, abs=1e-5)
    assert fitted.lengths("\0", "\0").sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("views", [0, VIEWS])
def test_the_gate_reads_as_it_was_fitted(views: int):
    torch.manual_seed(0)
    net = GateNet(views)
    features = torch.randn(5, FEATURES)
    sides = torch.randn(2, 5, 40).log_softmax(2)
    topics = torch.randn(5, views, 40)
    data = Opinions(features, sides[0], sides[1], torch.zeros(5, dtype=torch.long), topics)
    with torch.no_grad():
        expected = net(data, torch.arange(5)).numpy()
    gate = Gate(net.settings())
    assert gate.reads_topics == bool(views)
    for row in range(5):
        a, b, *others = gate.weights(features[row].numpy())
        found = a * sides[0, row].numpy() + b * sides[1, row].numpy()
        if others:
            found += np.array(others) @ topics[row].numpy()
        assert found == pytest.approx(expected[row], abs=1e-3)


def test_a_length_gate_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="length"):
        LengthGate({"encoder": 1, "memory": 1, "bias": [0.0]})


def test_a_confidence_that_is_right_as_often_as_it_says_has_no_error():
    confidence = np.array([0.75, 0.75, 0.75, 0.75])
    right = np.array([True, True, True, False])
    assert binned_error(confidence, right) == pytest.approx(0)
    assert binned_error(confidence, ~right) == pytest.approx(0.5)


def test_blanks_hold_the_text_around_them():
    line = "小猫在院子里睡觉。"
    blank = character_blanks([line], seed=3)[0]
    assert blank.left + blank.answer + blank.right == f"\n{line}\n"
    word = word_blanks([line], seed=3)[0]
    assert word.left + word.answer + word.right == f"\n{line}\n"


def test_three_blanks_in_ten_lose_a_neighbour():
    blanks = [Blank("\n左左左左", "右右右右\n", "中")] * 2000
    hidden = hide_neighbours(blanks, seed=4)
    changed = [blank for blank in hidden if BLANK in blank.left + blank.right]
    assert 0.26 < len(changed) / len(blanks) < 0.34
    assert any(blank.right == BLANK for blank in changed)
    assert all(blank.answer == "中" for blank in hidden)


def test_known_by_heart_are_whole_poems_and_idioms_alone(path, tmp_path):
    alphabet = PhraseMemory.open(path).alphabet
    (tmp_path / "poems.txt").write_text("《小猫》老师：小猫在院。\n", "utf-8")
    (tmp_path / "idioms.txt").write_text("笑里藏刀：说的是人。\n小狗在门口。\n", "utf-8")
    known = known_ngrams(alphabet, sorted(tmp_path.glob("*.txt")))

    def knows(text):
        key = 0
        for symbol in alphabet.encode(text).tolist():
            key = key * alphabet.size + symbol
        return key in known[len(text)].tolist()

    assert knows("小猫在院")
    assert knows("笑里藏")
    assert not knows("说的是")
    assert not knows("狗在门")


def test_most_lines_to_fit_on_are_of_another_kind(tmp_path):
    for name in ("cognition_stories", "own"):
        (tmp_path / f"{name}.txt").write_text(f"{name}一行\n" * 100, "utf-8")
    lines = fit_lines(tmp_path, 50, seed=0)
    assert sum(line.startswith("own") for line in lines) == 15
    assert len(lines) == 50
    assert np.unique(lines).size == 2


def test_quotations_are_verses_of_poems_alone(tmp_path):
    poems = tmp_path / "poems.txt"
    poems.write_text("《小猫》老师：小猫在院子里睡，小狗在门口。短。\n笑里藏刀：成语。\n", "utf-8")
    assert quoted_lines([poems], 9, seed=0) == ["小猫在院子里睡，小狗在门口。"]


def test_poems_lose_one_chinese_character(tmp_path):
    poems = tmp_path / "poems.txt"
    poems.write_text("小猫\t老师\t小猫，在。\n", "utf-8")
    item = poem_items(poems, 1, seed=0)[0]
    assert item.left + item.answers[0] + item.right == "小猫，在。"
    assert item.answers[0] in "小猫在"
