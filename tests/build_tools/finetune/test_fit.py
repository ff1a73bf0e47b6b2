"""What ``fit`` writes beside the weights."""

from __future__ import annotations

import json
import random

import numpy as np
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

from assistant.engine.label_temperature import LabelTemperature
from build_tools.finetune.fit import Chosen, Fitter
from build_tools.finetune.fit_labels import LabelFit
from build_tools.finetune.fitting import Mixture
from build_tools.finetune.judge import fit, scores
from build_tools.finetune.records import (
    CALM,
    FEELINGS,
    GOODS,
    NEGATIVE,
    PLAIN,
    POSITIVE,
    WRITTEN,
    Row,
    write_rows,
)

CHOICE, FEELING = LabelTemperature(1.9, 2.5, 10.0), LabelTemperature(2.4, 3.5, 20.0)


def test_feelings_are_set_beside_what_was_fitted_and_change_none_of_it(tmp_path, monkeypatch):
    labels = LabelFit(np.ones(3, np.float32), 0.0, 2.3, CHOICE)
    judged = {"text_scale": 0.7}, Mixture(3.9, 2.5, 0.4)
    monkeypatch.setattr(Fitter, "_fit_sentiment", lambda *_: judged)
    monkeypatch.setattr(Fitter, "_fit_labels", lambda _: labels)
    fitter = object.__new__(Fitter)
    fitter._folder, fitter._held_out, fitter._chance = tmp_path, [], random.Random(0)
    rows = np.random.default_rng(0).integers(200, 400, size=(40, 12)).tolist()
    fitter._judge = fit(rows, np.arange(40) % 2 == 1, 1.0)
    fitter._chosen = Chosen(0.15, 2.5, None, CHOICE, (5.0, FEELING))

    found = fitter.run()

    fitted = json.loads((tmp_path / "fitted.json").read_text("utf-8"))
    assert fitted["sentiment"] == found["sentiment"] == 3.9
    stored = np.load(tmp_path / "judge.npz")
    assert (float(stored["share"]), float(stored["calm"])) == (2.5, 0.4)
    settings = fitted["settings"]
    assert settings["text_scale"] == 0.7
    assert LabelTemperature.of(settings, 1.0) == CHOICE
    assert LabelTemperature.of(settings, 1.0, "feeling") == FEELING
    assert settings["feeling_share"] == 5.0


def test_plain_sentences_tip_the_linear_judgement_to_neither_side(tmp_path):
    """Words of reviews that say nothing lean to one side by chance: plain sentences hold them."""
    vocabulary = {
        word: place for place, word in enumerate(["[UNK]", "[CLS]", "[SEP]", *"好坏天地"])
    }
    fitter = object.__new__(Fitter)
    fitter._tokenizer = Tokenizer(WordLevel(vocabulary, "[UNK]"))
    fitter._tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    reviews = [Row("waimai", "天好", POSITIVE), Row("waimai", "地坏", NEGATIVE)] * 20
    others = [Row(PLAIN, "天地", CALM), Row(PLAIN, "天天", CALM), Row(PLAIN, "地地", CALM)] * 200
    others += [Row(FEELINGS, "好天", POSITIVE), Row(FEELINGS, "坏天", NEGATIVE)] * 100
    odds = []
    for name, rows in (("reviews", reviews), ("all", reviews + others)):
        write_rows(tmp_path / f"{name}.jsonl", rows)
        weights = fitter._fit_judge(tmp_path / f"{name}.npz", tmp_path / f"{name}.jsonl")
        odds.append(scores(weights, fitter._rows(["天天", "好", "坏"])))
    alone, beside = odds
    assert alone[0] > 3 * abs(beside[0])
    assert beside[1] > 0.3 > -0.3 > beside[2]


def test_what_is_neutral_is_fitted_to_rows_that_chose_among_three():
    """Plain sentences of other sources and reviews, as sure as can be, do not move it."""
    logits = {"好": (-4.0, 4.0, 0.0), "坏": (4.0, -4.0, 0.0), "平": (0.0, 0.0, -1.0)}
    rows = [
        Row(source, text, sentiment)
        for source in (WRITTEN, GOODS)
        for text, sentiment in zip("好坏平", (POSITIVE, NEGATIVE, CALM), strict=True)
    ]
    others = [Row(PLAIN, "好", CALM), Row(FEELINGS, "平", POSITIVE)] * 200
    long = ["好" * 80 + "。" + "好" * 80 + "。", "坏" * 80 + "。" + "坏" * 80 + "。"]
    reviews = [Row("waimai", long[i % 2], 1 - i % 2) for i in range(20)]
    reviews += [Row("waimai", "坏" if i % 4 == 0 else "好", POSITIVE) for i in range(40)]
    found = []
    for held_out in (rows * 10, rows * 10 + others):
        fitter = object.__new__(Fitter)
        fitter._held_out, fitter._chosen = held_out, Chosen(0.15, 1.0, None, None)
        fitter._parts = lambda texts: (
            np.array([logits[text[0]] for text in texts]),
            np.zeros(len(texts)),
        )
        settings, mixture = fitter._fit_sentiment(reviews)
        assert settings["held_out_judged_rightly"] == 1.0
        assert settings["held_out_judged"] == 60
        found.append(mixture)
    assert found[0] == found[1]
    assert found[0].calm > 1.0
