from __future__ import annotations

import numpy as np
import pytest

from build_tools.finetune.known import Texts, learn_known
from build_tools.finetune.static_vectors import normalised, static_vectors
from build_tools.finetune.units import VOCABULARY, unit_rows

WORDS_PER_SUBJECT = 200
SUBJECTS = 2


def word(number):
    """Return the two tokens of a made-up word; nothing else holds either."""
    return [100 + 2 * number, 101 + 2 * number]


def passage(chance, subject, size=6):
    chosen = chance.integers(WORDS_PER_SUBJECT, size=size) + subject * WORDS_PER_SUBJECT
    return np.array([token for number in chosen for token in (*word(number), 50)])


@pytest.fixture(scope="module")
def vectors():
    chance = np.random.default_rng(0)
    texts = [passage(chance, place % SUBJECTS) for place in range(20_000)]
    is_word = np.arange(VOCABULARY) >= 100
    return static_vectors(texts, is_word, seed=1)


def likeness(vectors, text, label):
    text, label = (
        normalised(vectors.table[unit_rows(ids, vectors.pairs)].sum(0, keepdims=True))[0]
        for ids in (text, np.array(label))
    )
    return float((text - vectors.centre) @ label)


def test_words_are_found_and_marks_are_not(vectors):
    words = {100 * VOCABULARY + 101 + 2 * n * (VOCABULARY + 1) for n in range(400)}
    assert set(vectors.pairs.tolist()) == words
    assert vectors.rarity[50] == 0
    assert vectors.rarity[100] > 3


def test_a_label_is_most_like_texts_of_its_subject(vectors):
    chance = np.random.default_rng(5)
    for number in range(0, 400, 37):
        own = number // WORDS_PER_SUBJECT
        scores = [likeness(vectors, passage(chance, s, 8), word(number)) for s in range(SUBJECTS)]
        assert int(np.argmax(scores)) == own
        assert scores[own] > scores[1 - own] + 0.1


def test_known_labels_are_learned_beside_what_vectors_say(vectors):
    chance = np.random.default_rng(7)
    # The labels' own words say nothing of the texts: label 0 is a word of subject 1.
    names = ["甲", "乙"]
    ids = {"甲": np.array(word(399)), "乙": np.array(word(0)), "丙": np.array(word(30))}
    answers = np.arange(600) % 2
    texts = [passage(chance, answer) for answer in answers]
    source = Texts(texts, answers, names, 1.0)
    known = learn_known([source], ["丙"], ids, vectors, names, seed=1, steps=60)

    fresh = [passage(chance, place % 2) for place in range(100)]
    bags = [unit_rows(one, vectors.pairs) for one in fresh]
    sums = np.stack([known.unit_vectors[bag].sum(0) / np.sqrt(len(bag)) for bag in bags])
    scores = sums @ known.label_vectors.T
    assert (scores.argmax(1) == np.arange(100) % 2).mean() > 0.95
    assert not known.unit_vectors[[0, 60, 8000]].any()
