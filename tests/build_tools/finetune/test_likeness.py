from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from build_tools.finetune.likeness import Likeness, Measures, Parts, name_key
from build_tools.finetune.static_vectors import normalised
from build_tools.finetune.units import VOCABULARY, unit_rows

PAIRS = np.array([20 * VOCABULARY + 21, 22 * VOCABULARY + 23, 24 * VOCABULARY + 25])
CLS, SEP = 2, 3
TEXT = (20, 21, 22, 23, 20, 21, 40)
KNOWN, OTHER = (24, 25), (20, 21)
FACTORS = [1.0, 2.0, 3.0, -1.0, 0.5]


@pytest.fixture(scope="module")
def parts():
    chance = np.random.default_rng(0)
    units = VOCABULARY + len(PAIRS)
    table, unit_vectors = (
        chance.normal(size=(units, width)).astype(np.float32) for width in (8, 4)
    )
    table[:14], unit_vectors[:14] = 0, 0
    rarity = np.linspace(1, 5, VOCABULARY).astype(np.float32)
    return Parts(
        PAIRS,
        table,
        chance.normal(size=8).astype(np.float32) / 8,
        rarity,
        np.array([name_key(np.array(one)) for one in (KNOWN, (26,))]),
        chance.normal(size=(2, 4)).astype(np.float32),
        unit_vectors,
    )


def feeds(labels, before=(30,), after=(31,)):
    """Return the inputs of one row, TEXT and then each label in a template; the labels' places."""
    ids, parts, marked, places = [CLS, *TEXT, SEP], [0] * (len(TEXT) + 2), [], []
    for part, label in enumerate(labels, 1):
        places.append(len(ids) + len(before))
        marked += range(places[-1], places[-1] + len(label))
        piece = [*before, *label, *after, SEP]
        ids += piece
        parts += [part] * len(piece)
    own = torch.tensor(parts)[None, :, None] == torch.tensor(parts)[None, None, :]
    columns = torch.arange(len(ids))[None]
    in_label = torch.zeros_like(columns, dtype=torch.bool)
    in_label[0, marked] = True
    in_text = (columns > 0) & (columns <= len(TEXT))
    return (torch.tensor([ids]), in_text, in_label, own), places


def measured(parts, labels, **template):
    inputs, places = feeds(labels, **template)
    return Measures(parts)(*inputs)[0, places]


def test_the_numbers_are_what_they_say(parts):
    shared, alike, known, *again = measured(parts, [OTHER, KNOWN]).T.numpy()
    squares = [float(parts.rarity[i]) ** 2 for i in OTHER]
    both = float(parts.rarity[20] * parts.rarity[21])
    weight = sum(squares) + both
    assert shared[0] == pytest.approx(weight * (1 + math.log(2)) / math.sqrt(weight), rel=1e-4)
    assert shared[1] == 0

    text = unit_rows(np.array(TEXT), PAIRS)
    own = normalised(parts.table[text].sum(0, keepdims=True))[0] - parts.centre
    for place, label in enumerate((OTHER, KNOWN)):
        rows = unit_rows(np.array(label), PAIRS)
        other = normalised(parts.table[rows].sum(0, keepdims=True))[0]
        assert alike[place] == pytest.approx(float(own @ other), abs=1e-4)

    sums = parts.unit_vectors[text].sum(0) / math.sqrt(len(text))
    assert known[1] == pytest.approx(float(sums @ parts.label_vectors[0]), abs=1e-4)
    assert known[0] == 0
    assert [one.tolist() for one in again] == [[0, shared[1]], [0, alike[1]], [1, 0]]


def test_half_a_label_says_less_than_half(parts):
    whole, half = (measured(parts, [label])[0, 0].item() for label in (OTHER, (20, 45)))
    square, other = (float(parts.rarity[i]) ** 2 for i in (20, 45))
    pair = float(parts.rarity[20] * parts.rarity[45])
    shared = square * (1 + math.log(2)) / math.sqrt(square + other + pair)
    assert half == pytest.approx(shared * square / (square + other), rel=1e-4)
    assert half < whole / 2


def test_the_template_says_nothing(parts):
    one = measured(parts, [OTHER, KNOWN])
    other = measured(parts, [OTHER, KNOWN], before=(20, 21, 24), after=(25, 40))
    torch.testing.assert_close(one, other)


def test_labels_in_one_row_do_not_know_each_other(parts):
    together = measured(parts, [KNOWN, OTHER, (26,), KNOWN])
    alone = torch.cat([measured(parts, [label]) for label in (KNOWN, OTHER, (26,), KNOWN)])
    torch.testing.assert_close(together, alone)


def test_without_a_label_the_logits_stay_as_they_are(parts):
    (ids, in_text, in_label, own), places = feeds([OTHER, KNOWN])
    likeness = Likeness(parts, np.array(FACTORS), offset=4.0, stranger_share=0.25)
    logits = torch.randn(1, ids.shape[1], 3, generator=torch.Generator().manual_seed(0))
    nothing = torch.zeros_like(in_label)
    torch.testing.assert_close(likeness(logits, ids, in_text, nothing, own), logits)
    found = likeness(logits, ids, in_text, in_label, own)
    torch.testing.assert_close(found[:, : len(TEXT) + 2], logits[:, : len(TEXT) + 2])
    kept = logits[0, places] * torch.tensor([[0.25], [1.0]])
    kept[:, 0] += measured(parts, [OTHER, KNOWN])[:, :-1] @ torch.tensor(FACTORS) - 4
    torch.testing.assert_close(found[0, places], kept)


def test_names_with_the_same_tokens_in_another_order_are_other_names():
    assert name_key(np.array([24, 25])) != name_key(np.array([25, 24]))
