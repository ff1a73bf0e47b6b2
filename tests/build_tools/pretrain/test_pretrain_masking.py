from __future__ import annotations

import numpy as np
import pytest

from build_tools.corpus.tokenise import WORD_START
from build_tools.pretrain.masking import IGNORED, Masker, MaskRules, SpecialIds

SPECIAL = SpecialIds(pad=0, cls=2, sep=3, mask=4, span=5, lengths=tuple(range(6, 14)))
COMMA = 20
FIRST_HAN = 100
VOCABULARY = 3000
IS_HAN = np.arange(VOCABULARY) >= FIRST_HAN


def sentences(count: int, seed: int = 0) -> list[np.ndarray]:
    """Return segments of words of 1 to 4 characters, with a comma now and then."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        tokens: list[int] = []
        while len(tokens) < 60:
            length = int(rng.choice([1, 2, 2, 3, 4]))
            word = rng.integers(FIRST_HAN, VOCABULARY, length)
            tokens += [int(word[0]) | WORD_START, *(int(token) for token in word[1:])]
            if rng.random() < 0.1:
                tokens.append(COMMA | WORD_START)
        found.append(np.array(tokens, dtype=np.uint16))
    return found


def masked(rules: MaskRules, count: int = 400, seed: int = 0):
    segments = sentences(count)
    return segments, Masker(rules, SPECIAL, IS_HAN).apply(segments, np.random.default_rng(seed))


def test_the_wanted_share_of_characters_is_hidden():
    segments, found = masked(MaskRules())
    spans = found.ids == SPECIAL.span
    behind_spans = (found.labels[spans] - SPECIAL.lengths[0] + 1).sum()
    hidden = ((found.labels != IGNORED) & ~spans).sum() + behind_spans
    characters = sum(int(IS_HAN[segment & 0x7FFF].sum()) for segment in segments)
    assert hidden / characters == pytest.approx(0.20, abs=0.01)


def test_short_segments_get_their_share_too():
    segments = [segment[:6] for segment in sentences(4000)]
    found = Masker(MaskRules(span=0.0), SPECIAL, IS_HAN).apply(segments, np.random.default_rng(0))
    characters = sum(int(IS_HAN[segment & 0x7FFF].sum()) for segment in segments)
    assert (found.labels != IGNORED).sum() / characters == pytest.approx(0.20, abs=0.03)


def test_hidden_tokens_are_masked_swapped_or_kept_by_the_given_shares():
    _, found = masked(MaskRules(span=0.0), 1500)
    hidden = found.labels != IGNORED
    shown, truth = found.ids[hidden], found.labels[hidden]
    assert (shown == SPECIAL.mask).mean() == pytest.approx(0.84, abs=0.015)
    assert (shown == truth).mean() == pytest.approx(0.06, abs=0.015)
    swapped = shown[(shown != SPECIAL.mask) & (shown != truth)]
    assert len(swapped) / hidden.sum() == pytest.approx(0.10, abs=0.015)
    assert IS_HAN[swapped].all()


def test_a_fifth_of_the_whole_words_hides_behind_a_span():
    rules = MaskRules(single=0.0, two_words=0.0, masked=1.0, random=0.0)
    _, found = masked(rules, 1500)
    spans = (found.ids == SPECIAL.span).sum()
    # Without spans the same draws pick the same words: each begins a run of masks.
    segments, plain = masked(MaskRules(0.2, 0.0, 0.0, 0.0, 1.0, 0.0), 1500)
    starts = np.concatenate(
        [np.array([0, *((segment & WORD_START) > 0), 0], dtype=bool) for segment in segments]
    )
    words = (starts & (plain.ids == SPECIAL.mask)).sum()
    assert spans / words == pytest.approx(0.20, abs=0.02)


def test_whole_words_are_hidden_without_singles():
    segments, found = masked(MaskRules(single=0.0, span=0.0, masked=1.0, random=0.0), 50)
    for index, segment in enumerate(segments):
        hidden = found.labels[found.starts[index] + 1 : found.starts[index + 1] - 1] != IGNORED
        word = np.cumsum((segment & WORD_START) > 0)
        for number in np.unique(word[hidden]):
            assert hidden[word == number].all()


def test_single_picks_hide_one_character_of_a_word():
    segments, found = masked(MaskRules(single=1.0, masked=1.0, random=0.0), 50)
    for index, segment in enumerate(segments):
        hidden = found.labels[found.starts[index] + 1 : found.starts[index + 1] - 1] != IGNORED
        word = np.cumsum((segment & WORD_START) > 0)
        assert len(np.unique(word[hidden])) == hidden.sum()


def test_labels_and_spans_give_the_text_back():
    segments, found = masked(MaskRules(), 80)
    for index, segment in enumerate(segments):
        part = slice(found.starts[index], found.starts[index + 1])
        ids, labels = found.ids[part], found.labels[part]
        assert (ids[0], ids[-1]) == (SPECIAL.cls, SPECIAL.sep)
        truth = (segment & 0x7FFF).tolist()
        place = 0
        for shown, label in zip(ids[1:-1].tolist(), labels[1:-1].tolist(), strict=True):
            if shown == SPECIAL.span:
                length = SPECIAL.lengths.index(label) + 1
                begins = np.flatnonzero(segment & WORD_START)
                assert place in begins
                assert place + length in {*begins.tolist(), len(truth)}
                place += length
            else:
                assert (shown if label == IGNORED else label) == truth[place]
                place += 1
        assert place == len(truth)


def test_punctuation_is_never_hidden():
    _, found = masked(MaskRules())
    assert not (found.labels == COMMA).any()


def test_the_same_generator_hides_the_same():
    _, first = masked(MaskRules(), 20, seed=3)
    _, again = masked(MaskRules(), 20, seed=3)
    _, other = masked(MaskRules(), 20, seed=4)
    assert np.array_equal(first.ids, again.ids)
    assert not np.array_equal(first.ids, other.ids)
