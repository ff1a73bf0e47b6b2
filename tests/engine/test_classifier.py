from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.engine.cancel import Cancel
from assistant.engine.classifier import BATCH_TOKENS, Classifier, batches
from assistant.engine.package import Head
from assistant.errors import Cancelled, ModelFormatError
from tests.engine.toy_understand import toy_package

SENTIMENT = Head("sentiment", ("negative", "positive"))


def test_batches_hold_every_row_once_and_stay_within_the_limit():
    lengths = [3, 500, 7, 7, 2000, 90, 512, 1, 30] * 20
    found = batches(lengths)
    assert sorted(row for batch in found for row in batch) == list(range(len(lengths)))
    for batch in found:
        width = max(lengths[row] for row in batch)
        assert len(batch) == 1 or width * len(batch) <= BATCH_TOKENS


def test_rows_of_similar_length_run_together():
    lengths = [10, 100] * 50
    for batch in batches(lengths):
        waste = sum(max(lengths[row] for row in batch) - lengths[row] for row in batch)
        assert waste <= 90 * 10


def test_padding_does_not_change_a_row(tmp_path: Path):
    classifier = Classifier(toy_package(tmp_path))
    texts = ["好", "好好坏，山水花鸟天地。", "坏"]
    rows = [classifier.tokenizer.single(ids) for ids in classifier.tokenizer.ids(texts)]
    together = classifier.logits(rows, SENTIMENT)
    alone = np.concatenate([classifier.logits([row], SENTIMENT) for row in rows])
    np.testing.assert_array_equal(together, alone)
    assert together[:, 1].tolist() == [2.0, 2.0, -2.0]


def test_the_second_text_has_its_own_type(tmp_path: Path):
    classifier = Classifier(toy_package(tmp_path, third_input="token_type_ids"))
    first, second = classifier.tokenizer.ids(["好好", "坏"])
    logits = classifier.logits([classifier.tokenizer.pair(first, second)], SENTIMENT)
    assert logits[0, 1] == -2.0


def test_the_label_in_a_pair_is_marked(tmp_path: Path):
    classifier = Classifier(toy_package(tmp_path, third_input="label_mask"))
    first, second = classifier.tokenizer.ids(["好好", "喜坏喜"])
    pair = classifier.tokenizer.pair
    rows = [
        pair(first, second, labels=[(1, 2)]),
        pair(first, second),
        classifier.tokenizer.single(first),
    ]
    assert classifier.logits(rows, SENTIMENT)[:, 1].tolist() == [-2.0, 0.0, 0.0]


def test_special_tokens_in_a_text_are_only_characters(tmp_path: Path):
    tokenizer = Classifier(toy_package(tmp_path)).tokenizer
    (ids,) = tokenizer.ids(["好[SEP]坏"])
    sep = tokenizer.single(()).ids[1]
    assert sep not in ids


def test_progress_counts_rows(tmp_path: Path):
    classifier = Classifier(toy_package(tmp_path))
    rows = [classifier.tokenizer.single(ids) for ids in classifier.tokenizer.ids(["好山"] * 600)]
    told: list[tuple[int, int]] = []
    classifier.logits(rows, SENTIMENT, told=lambda done, total: told.append((done, total)))
    assert len(told) > 1
    assert told[-1] == (600, 600)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_a_cancelled_job_runs_nothing_more(tmp_path: Path):
    classifier = Classifier(toy_package(tmp_path))
    rows = [classifier.tokenizer.single(ids) for ids in classifier.tokenizer.ids(["好山"] * 600)]
    cancel = Cancel()
    told: list[int] = []

    def throw(done: int, _total: int) -> None:
        told.append(done)
        cancel.throw()

    with pytest.raises(Cancelled):
        classifier.logits(rows, SENTIMENT, cancel, throw)
    assert len(told) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"sentiment": {"output": "mood", "labels": ["negative", "positive"]}},
        {"vocab_size": 5},
        {"special_tokens": {"pad": "<pad>", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]"}},
    ],
)
def test_a_package_that_does_not_fit_its_manifest_is_refused(tmp_path: Path, changes):
    with pytest.raises(ModelFormatError):
        Classifier(toy_package(tmp_path, **changes))


def test_a_head_with_other_columns_than_labels_is_refused(tmp_path: Path):
    classifier = Classifier(toy_package(tmp_path))
    (ids,) = classifier.tokenizer.ids(["好"])
    with pytest.raises(ModelFormatError):
        classifier.logits([classifier.tokenizer.single(ids)], Head("entailment", ("a", "b")))
