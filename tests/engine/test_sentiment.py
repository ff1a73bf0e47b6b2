from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.cancel import Cancel
from assistant.engine.reading import cut_windows
from assistant.engine.sentiment import CHUNK, MAX_PIECES, SentimentAnalyser
from assistant.engine.understand import Understander
from assistant.engine.understanding_errors import HeadMissingError, NoChineseError
from assistant.errors import Cancelled, EmptyTextError
from assistant.records import Polarity, SentenceSentiment
from tests.engine.toy_understand import MAX_LENGTH, toy_understander


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Understander:
    return toy_understander(tmp_path_factory.mktemp("toy"))


@pytest.fixture
def analyser(tmp_path: Path) -> SentimentAnalyser:
    return toy_understander(tmp_path).sentiment


def test_every_sentence_has_its_verdict_and_its_place(analyser: SentimentAnalyser):
    text = "  甲好。\n\n乙坏！ 丙山水？"
    result = analyser.analyse(text)
    assert [text[s.start_char : s.end_char] for s in result.sentences] == [
        "甲好。",
        "乙坏！",
        "丙山水？",
    ]
    assert [s.polarity for s in result.sentences] == [
        Polarity.POSITIVE,
        Polarity.NEGATIVE,
        Polarity.NEUTRAL,
    ]
    good, bad, none = result.sentences
    assert good.confidence == pytest.approx(sigmoid(2))
    assert bad.confidence == pytest.approx(sigmoid(2))
    assert bad.positivity == pytest.approx(sigmoid(-2))
    assert [s.lean for s in result.sentences] == pytest.approx(
        [2 * s.positivity - 1 for s in result.sentences]
    )
    assert (none.confidence, none.positivity) == (pytest.approx(1), pytest.approx(0.5))


def test_below_the_threshold_a_verdict_is_neutral(tmp_path: Path):
    sure = sigmoid(1)  # 喜
    for limit, polarity in ((sure - 0.01, Polarity.POSITIVE), (sure + 0.01, Polarity.NEUTRAL)):
        analyser = toy_understander(tmp_path, settings={"neutral_below": limit}).sentiment
        assert analyser.analyse("喜。").polarity is polarity


def test_the_temperature_softens(tmp_path: Path):
    head = {"output": "sentiment", "labels": ["negative", "positive"], "temperature": 2.0}
    analyser = toy_understander(tmp_path, sentiment=head).sentiment
    assert analyser.analyse("好。").positivity == pytest.approx(sigmoid(1))


def test_labels_are_read_by_name_not_by_place(tmp_path: Path):
    head = {"output": "sentiment", "labels": ["positive", "negative"]}
    analyser = toy_understander(tmp_path, sentiment=head).sentiment
    assert analyser.analyse("好。").polarity is Polarity.NEGATIVE


def test_a_head_with_a_neutral_label_needs_no_threshold(tmp_path: Path):
    head = {"output": "entailment", "labels": ["positive", "neutral", "negative"]}
    analyser = toy_understander(tmp_path, sentiment=head).sentiment
    verdict = analyser.analyse("甲甲甲。")  # logits 2, 0, −2
    assert verdict.polarity is Polarity.POSITIVE
    assert verdict.confidence == pytest.approx(math.exp(2) / (math.exp(2) + 1 + math.exp(-2)))
    assert verdict.positivity == pytest.approx(sigmoid(4))
    others = math.exp(-2) / (math.exp(2) + 1 + math.exp(-2))
    assert verdict.lean == pytest.approx(verdict.confidence - others)


def test_what_is_neutral_leans_little_however_its_sides_compare(tmp_path: Path):
    head = {"output": "entailment", "labels": ["neutral", "positive", "negative"]}
    verdict = toy_understander(tmp_path, sentiment=head).sentiment.analyse("甲甲甲。")  # 2, 0, −2
    assert verdict.polarity is Polarity.NEUTRAL
    assert verdict.positivity == pytest.approx(sigmoid(2))
    assert 0 < verdict.lean < 0.12


def test_words_of_a_neutral_sentence_move_little_whatever_side_it_would_be_on(tmp_path: Path):
    """The toy's second head: 甲 adds to its first logit and takes from its third."""
    effects = []
    for labels in (["positive", "neutral", "negative"], ["neutral", "positive", "negative"]):
        head = {"output": "entailment", "labels": labels}
        analyser = toy_understander(tmp_path, sentiment=head).sentiment
        words = analyser.explain("甲山甲水甲。")
        effects.append(sum(abs(word.effect) for word in words))
    assert effects[0] > 3 * effects[1] > 0


def test_a_text_that_fits_is_read_whole(analyser: SentimentAnalyser):
    result = analyser.analyse("好好。\n坏山水花鸟天地。")
    assert [one.positivity for one in result.sentences] == [
        pytest.approx(sigmoid(4)),
        pytest.approx(sigmoid(-2)),
    ]
    assert result.positivity == pytest.approx(sigmoid(4 - 2))


def test_a_longer_text_is_pooled_from_passages_by_length(analyser: SentimentAnalyser):
    passages = ("好好。坏山水。" + "山" * 20 + "。", "坏" + "水" * 20 + "。")  # +2 of 28, −2 of 22
    result = analyser.analyse("".join(passages))
    assert len(result.sentences) == 4
    assert result.positivity == pytest.approx(sigmoid((2 * 28 - 2 * 22) / 50))


def test_the_fitted_scale_is_used_for_several_passages_only(tmp_path: Path):
    settings = {"text_scale": 3.0}
    analyser = toy_understander(tmp_path, settings=settings).sentiment
    assert analyser.analyse("喜。喜。").positivity == pytest.approx(sigmoid(2))
    two = "喜" + "山" * 20 + "。" + "喜" + "水" * 20 + "。"
    assert analyser.analyse(two).positivity == pytest.approx(sigmoid(3))


def test_sentences_without_chinese_get_no_verdict(analyser: SentimentAnalyser):
    text = "——\n7 x x.\n好。"
    assert [text[s.start_char : s.end_char] for s in analyser.analyse(text).sentences] == ["好。"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", EmptyTextError),
        (" \n　", EmptyTextError),
        ("x 7!", NoChineseError),
        ("……", NoChineseError),
    ],
)
def test_what_cannot_be_judged_is_said(analyser: SentimentAnalyser, text: str, error: type):
    with pytest.raises(error):
        analyser.analyse(text)
    with pytest.raises(error):
        analyser.explain(text)


def test_a_sentence_longer_than_the_model_is_read_to_its_end(analyser: SentimentAnalyser):
    text = "山" * 100 + "，" + "坏" * 20 + "。"
    (sentence,) = analyser.analyse(text).sentences
    assert (sentence.start_char, sentence.end_char) == (0, len(text))
    assert sentence.polarity is Polarity.NEGATIVE


def test_only_what_changed_is_run(analyser: SentimentAnalyser, monkeypatch: pytest.MonkeyPatch):
    ran: list[int] = []
    classifier = analyser._classifier
    run = classifier.logits
    monkeypatch.setattr(
        classifier, "logits", lambda rows, *rest: ran.append(len(rows)) or run(rows, *rest)
    )
    first, last = "甲好。乙坏。" + "山" * 20 + "。", "丙坏" + "水" * 20 + "。"
    analyser.analyse(first + last)
    assert sum(ran) == 4 + 1  # sentences, and the first passage; the second is a sentence
    analyser.analyse(first + last)
    assert sum(ran) == 5
    analyser.analyse(first + "丁" + last)
    assert sum(ran) == 5 + 1


def test_sentences_are_reported_as_they_come_from_the_caret_on(analyser: SentimentAnalyser):
    known = "甲好。"
    analyser.analyse(known)
    # Numbers make the sentences different; 山 keeps them Chinese.
    numbered = [f"山{'7' * (i % 7)}{'x' * (i // 7)}。" for i in range(3 * CHUNK)]
    text = "".join(numbered) + known
    near = text.index(numbered[2 * CHUNK])
    batches: list[tuple[SentenceSentiment, ...]] = []
    steps: list[tuple[int, int]] = []
    result = analyser.analyse(
        text, None, lambda done, total: steps.append((done, total)),
        found=batches.append, near_char=near,
    )  # fmt: skip
    assert [text[s.start_char : s.end_char] for s in batches[0]] == [known]
    assert batches[1][0].start_char == near
    everything = sorted((s for batch in batches for s in batch), key=lambda s: s.start_char)
    assert tuple(everything) == result.sentences
    done, total = steps[-1]
    assert done == total > 3 * CHUNK + 1
    assert steps == sorted(steps)


def test_what_was_judged_before_cancelling_is_known_afterwards(analyser: SentimentAnalyser):
    numbered = [f"山{'7' * (i % 7)}{'x' * (i // 7)}。" for i in range(3 * CHUNK)]
    text = "".join(numbered)
    cancel = Cancel()
    with pytest.raises(Cancelled):
        analyser.analyse(text, cancel, lambda done, _total: cancel.throw() if done else None)
    first: list[int] = []
    analyser.analyse(text, found=lambda batch: first.append(len(batch)))
    assert first[0] == CHUNK


def test_leaving_a_word_out_shows_what_it_did(analyser: SentimentAnalyser):
    sentence = "山水好，坏花鸟。"
    effects = {sentence[w.start_char : w.end_char]: w.effect for w in analyser.explain(sentence)}
    assert "，" not in effects
    assert sum(effects.values()) == pytest.approx(0)
    assert max(effects, key=lambda word: effects[word]).endswith("好")
    assert "坏" in min(effects, key=lambda word: effects[word])


def test_words_that_come_twice_have_their_own_places(analyser: SentimentAnalyser):
    places = [(w.start_char, w.end_char) for w in analyser.explain("好，好，好。")]
    assert places == [(0, 1), (2, 3), (4, 5)]


def test_why_of_a_sentence_longer_than_the_model(analyser: SentimentAnalyser):
    sentence = "山，" * 40 + "坏，" + "水，" * 30 + "好。"
    words = analyser.explain(sentence)
    assert len(words) == 72
    effects = {sentence[w.start_char : w.end_char]: w.effect for w in words}
    assert effects["坏"] < -0.1
    assert effects["好"] > 0.1
    assert effects["山"] == effects["水"] == pytest.approx(0)


def test_why_of_a_monster_stays_bounded(analyser: SentimentAnalyser):
    sentence = "山，水，" * 1000 + "坏。"
    words = analyser.explain(sentence)
    windows = len(sentence) // (MAX_LENGTH - 2) * 2
    assert len(words) <= MAX_PIECES + windows
    assert min(words, key=lambda word: word.effect).end_char == len(sentence) - 1


@pytest.mark.parametrize("text", ["好\ud800。", "\udc00好", "好\x00。", "好\u200b。", "👍好。"])
def test_odd_characters_are_no_obstacle(analyser: SentimentAnalyser, text: str):
    (sentence,) = analyser.analyse(text).sentences
    assert sentence.positivity == pytest.approx(sigmoid(2))
    assert (sentence.start_char, sentence.end_char) == (0, len(text))
    assert [text[w.start_char : w.end_char] for w in analyser.explain(text)] == ["好"]


def test_a_package_without_the_head_says_so(tmp_path: Path):
    engine = toy_understander(tmp_path, sentiment=None)
    with pytest.raises(HeadMissingError) as caught:
        _ = engine.sentiment
    assert "判断情感" in caught.value.message("zh")
    assert engine.labels.classify("山水", ["山"]).labels


@given(st.text("山水，。x \n", max_size=120), st.integers(4, 20))
def test_windows_cover_every_token_once(text: str, most: int):
    places = [(i, i + 1) for i, character in enumerate(text) if not character.isspace()]
    windows = cut_windows(text, places, most)
    assert [token for first, end in windows for token in range(first, end)] == list(
        range(len(places))
    )
    assert all(0 < end - first <= most for first, end in windows)


def test_windows_end_where_sentences_end():
    text = "山水花鸟。天地甲乙，丙丁山水。花鸟"
    places = [(i, i + 1) for i in range(len(text))]
    parts = [text[first:end] for first, end in cut_windows(text, places, 8)]
    assert parts == ["山水花鸟。", "天地甲乙，", "丙丁山水。花鸟"]
