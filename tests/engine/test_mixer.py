from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.engine.gate import FEATURES
from assistant.engine.memory import PhraseMemory
from assistant.engine.mixer import Mixer
from assistant.engine.personal import PersonalMemories
from assistant.engine.reranker import Place
from assistant.engine.topics import VIEWS, Topics
from assistant.engine.triggers import CALLS, Around
from tests.engine.memory_samples import write_memory
from tests.engine.test_reranker import AFTER_LEFT, Shown, weights

TOKENS = ["[MASK]", "，", "x", "蝴", "子", "猫", "里", "在", "树", "晚"]


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    return PhraseMemory.open(write_memory(tmp_path_factory.mktemp("mixer")))


def log_probs(**scores):
    values = np.full(len(TOKENS), -3.0, dtype=np.float32)
    for token, score in scores.items():
        values[TOKENS.index(token)] = score
    return values - np.logaddexp.reduce(values)


def gate(encoder, memory):
    """Return settings that weigh both sides by fixed numbers."""
    inverse = [float(np.log(np.expm1(max(weight, 1e-6)))) for weight in (encoder, memory)]
    return {
        "gate": {
            "inner": [[0.0]] * FEATURES,
            "bias": [0.0],
            "outer": [[0.0, 0.0]],
            "outer_bias": inverse,
        }
    }


def test_without_a_memory_the_encoder_decides():
    own = log_probs(树=0.0)
    mixer = Mixer()
    assert mixer.mix(own, "小猫", "里") is own
    assert mixer.length_log_probs(own[:4], "小猫", "里").tolist() == own[:4].tolist()
    assert mixer.proposals("小猫", "里", 3) == []
    assert mixer.evidence("小猫", "里", ["在"]) == [()]


@pytest.mark.parametrize("settings", [None, gate(1, 0), gate(0, 1), gate(0.5, 0.8)])
def test_a_mixture_stays_a_distribution_and_leaves_other_tokens_alone(memory, settings):
    own = log_probs(树=0.0, x=-0.5)
    mixed = Mixer(TOKENS, memory, settings).mix(own, "小猫在院子里追", "蝶，")
    assert np.logaddexp.reduce(mixed) == pytest.approx(0, abs=1e-5)
    assert mixed[:3].tolist() == own[:3].tolist()
    assert mixed.dtype == np.float32


class OneTopic(Topics):
    """Likes one token, whatever the text; remembers what it was asked."""

    def __init__(self, token: str) -> None:
        self.token, self.asked = token, []

    def views(self, row, column):
        self.asked.append((row, column))
        liked = np.zeros((VIEWS, len(TOKENS)), dtype=np.float32)
        liked[:, TOKENS.index(self.token)] = 4
        return liked

    def called(self, around, tokens):
        loud = np.tile((tokens == TOKENS.index(self.token)) * np.float32(3), (CALLS, 1))
        return loud if around.left else None


def test_topics_lift_what_suits_the_text_where_the_gate_was_fitted_with_them(memory):
    plain = gate(1, 0)
    fitted = {
        "gate": {
            **plain["gate"],
            "outer": [[0.0] * 5],
            "outer_bias": [*plain["gate"]["outer_bias"], 0.5, 0.5, 0.5],
        }
    }
    own = log_probs(树=0.0)
    topics, place = OneTopic("猫"), Place((8, 0, 6), 1)
    without = Mixer(TOKENS, memory, plain, topics=topics).mix(own, "他在", "里", place)
    assert TOKENS[int(without.argmax())] == "树"
    assert not topics.asked
    mixer = Mixer(TOKENS, memory, fitted, topics=topics)
    lifted = mixer.mix(own, "他在", "里", place)
    assert topics.asked == [((8, 0, 6), 1)]
    assert TOKENS[int(lifted.argmax())] == "猫"
    assert np.logaddexp.reduce(lifted) == pytest.approx(0, abs=1e-5)
    assert lifted[:3].tolist() == own[:3].tolist()
    unplaced = mixer.mix(own, "他在", "里")
    assert TOKENS[int(unplaced.argmax())] == "树"
    assert mixer.gated(own, "他在", "里", place).opinions.calls is None
    called = mixer.gated(own, "他在", "里", replace(place, around=Around((8,))))
    assert called.opinions.calls is not None
    loud = called.tokens[called.opinions.calls[1].argmax()]
    assert TOKENS[loud] == "猫"


def test_a_reranker_shares_out_what_the_best_have_and_leaves_other_tokens_alone(memory):
    settings = gate(1, 0) | {"reranker": weights(f0=5.0)}
    own = log_probs(树=0.0, x=-0.5)
    place = Place((7, 5, 0, 6, 8), 2, Shown([7, 5, 4, -1, 5, 4]))
    plain = Mixer(TOKENS, memory, gate(1, 0)).mix(own, "在猫", "里", place)
    assert Mixer(TOKENS, memory, settings).mix(own, "在猫", "里", place) == pytest.approx(
        plain, abs=1e-5
    )
    settings["reranker"]["direct"][AFTER_LEFT] = 40.0
    lifted = Mixer(TOKENS, memory, settings).mix(own, "在猫", "里", place)
    assert TOKENS[int(lifted.argmax())] == "子"
    assert np.logaddexp.reduce(lifted) == pytest.approx(0, abs=1e-5)
    assert lifted[:3].tolist() == own[:3].tolist()


def test_whole_words_have_a_reranker_of_their_own(memory):
    lifting = weights(f0=5.0)
    lifting["direct"][AFTER_LEFT] = 40.0
    settings = gate(1, 0) | {"reranker": weights(f0=5.0)}
    own, place = log_probs(树=0.0), Place((7, 5, 0, 6, 8), 2, Shown([7, 5, 4, -1, 5, 4]))
    best = [
        TOKENS[int(Mixer(TOKENS, memory, given).mix(own, "在猫", "里", asked).argmax())]
        for given in (settings, settings | {"word_reranker": lifting})
        for asked in (place, replace(place, whole=True))
    ]
    assert best == ["树", "树", "树", "子"]


def test_a_rare_character_of_the_text_is_among_the_best(memory, monkeypatch):
    monkeypatch.setattr("assistant.engine.mixer.REACH", 3)
    own = log_probs(树=2.0, 在=1.0, 里=0.5, 蝴=-9.0)
    mixer = Mixer(TOKENS, memory, gate(1, 0))
    for text, expected in (([8, 3, 1, -1], "树在蝴"), ([-1], "树在里")):
        there = Place((7, 5, 0, 6, 8), 2, Shown(text))
        best = mixer.best(mixer.gated(own, "在猫", "里", there), there)
        assert sorted(TOKENS[i] for i in best.tokens) == sorted(expected)
        assert best.features.shape[1] == len(best.places) == 3


def test_without_a_memory_there_is_nothing_to_rank():
    with pytest.raises(ValueError, match="mixed"):
        Mixer().gated(log_probs(树=0.0), "猫", "里")


def test_the_gate_weighs_both_sides(memory):
    own = log_probs(树=0.0)
    left, right = "小猫在院子里追", "蝶，"
    best = {
        name: TOKENS[int(Mixer(TOKENS, memory, settings).mix(own, left, right).argmax())]
        for name, settings in (("encoder", gate(1, 0)), ("memory", gate(0, 1)))
    }
    assert best == {"encoder": "树", "memory": "蝴"}


def test_a_cooler_gate_is_less_sure_and_of_the_same_opinion(memory):
    own = log_probs(树=0.0)
    cool = gate(0.5, 0.8)
    cool["gate"]["temperature"] = 1.25
    warm, cooled = (
        Mixer(TOKENS, memory, settings).mix(own, "小猫在院子里追", "蝶，")
        for settings in (gate(0.5, 0.8), cool)
    )
    assert cooled.argmax() == warm.argmax()
    assert cooled.max() < warm.max() - 0.01


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan")])
def test_a_temperature_that_is_none_is_refused(memory, temperature):
    settings = gate(1, 1)
    settings["gate"]["temperature"] = temperature
    with pytest.raises(ValueError, match="gate"):
        Mixer(TOKENS, memory, settings)


def test_a_gate_of_another_shape_is_refused(memory):
    settings = gate(1, 1)
    settings["gate"]["inner"] = [[0.0]] * 3
    with pytest.raises(ValueError, match="gate"):
        Mixer(TOKENS, memory, settings)


def test_lengths_keep_the_mass_of_the_encoder(memory):
    own = np.log(np.array([0.4, 0.3, 0.1, 0.1], dtype=np.float32))
    mixed = Mixer(TOKENS, memory).length_log_probs(own, "小猫", "里")
    assert np.exp(mixed).sum() == pytest.approx(0.9)
    assert mixed.argmax() == 0


def test_a_personal_memory_speaks_where_it_has_seen_the_place(memory, tmp_path):
    personal = PersonalMemories(tmp_path, memory.alphabet)
    personal.add("mine", ["小猫在院里里追蝴蝶。"])
    mixer = Mixer(TOKENS, memory, gate(0, 1))
    own = log_probs(树=0.0)
    left, right = "小猫在院", "里追"
    before = mixer.mix(own, left, right)
    mixer.use_personal([personal.open("mine")])
    after = mixer.mix(own, left, right)
    assert TOKENS[int(before.argmax())] == "子"
    assert after[TOKENS.index("里")] > before[TOKENS.index("里")] + 1
    assert np.logaddexp.reduce(after) == pytest.approx(0, abs=1e-4)
    elsewhere = mixer.mix(own, "奶奶", "厨房")
    mixer.use_personal([], 0)
    assert elsewhere == pytest.approx(mixer.mix(own, "奶奶", "厨房"), abs=0.2)


def test_a_personal_memory_works_without_the_bundled_one(memory, tmp_path):
    personal = PersonalMemories(tmp_path, memory.alphabet)
    personal.add("mine", ["小猫在树里。"])
    mixer = Mixer(TOKENS, personal=[personal.open("mine")])
    mixed = mixer.mix(log_probs(子=0.0, 树=-1.0), "小猫在", "里。")
    assert TOKENS[int(mixed.argmax())] == "树"


def test_evidence_of_personal_memories_comes_first(memory, tmp_path):
    personal = PersonalMemories(tmp_path, memory.alphabet)
    personal.add("mine", ["小猫在院子里。"])
    mixer = Mixer(TOKENS, memory, personal=[personal.open("mine")])
    found = mixer.evidence("小猫在院", "里", ["子"])[0]
    assert found[0].personal == "mine"
    assert found[-1].personal is None
