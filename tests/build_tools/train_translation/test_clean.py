"""Which pairs are kept, and how they are written."""

from __future__ import annotations

import pytest

from build_tools.train_translation.clean import (
    PairFilter,
    clean_pairs,
    is_useful,
    normalise_chinese,
    normalise_english,
    spoken,
)


def test_full_width_signs_become_plain_ones_and_spaces_single():
    assert normalise_chinese(" ２０２６年，他说：“好！”　 走吧 ") == "2026年,他说:“好!” 走吧"


def test_english_gets_straight_quotes_and_joined_clitics():
    assert normalise_english("It ’s my mom 's — “yes”") == "It's my mom's - \"yes\""


def test_a_negation_torn_apart_is_joined_with_its_capital_only_at_a_beginning():
    text = "Don 'T go. Why Don 'T you? Can 'T I? I can 't."
    assert normalise_english(text) == "Don't go. Why don't you? Can't I? I can't."


def test_a_stray_quote_at_the_end_goes():
    assert normalise_english('He is happy to see you!".') == "He is happy to see you!"


def test_a_pair_of_quotes_stays():
    assert normalise_english('He said "go!".') == 'He said "go!".'


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("", "Nothing."),
        ("他来了。", ""),
        ("Hello", "Hello"),
        ("他来了。", "他 came."),
        ("description: 关于雨的说明", "description: about rain"),
        ("<p>下雨了</p>", "<p>It rains</p>"),
        ("看这里", "See https://example.org"),
        ("雨", "A sentence that says far more than the single character could ever have meant"),
        ("这一句话说了很多很多事情从早上一直说到晚上也没有说完", "Yes."),
    ],
)
def test_what_is_no_translation_is_left_out(chinese, english):
    assert not is_useful(normalise_chinese(chinese), normalise_english(english))


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("他来了。", "Here he comes."),
        ("好。", "Very well."),
        ("我们明天一早就出发。", "We leave early tomorrow."),
        ("GNOME 的新版本来了。", "A new version of GNOME is here."),
    ],
)
def test_plain_sentences_are_kept(chinese, english):
    assert is_useful(normalise_chinese(chinese), normalise_english(english))


def test_equal_pairs_come_once_and_one_sentence_has_three_translations_at_most():
    english = ["Rain.", "It rains.", "Rain.", "It is raining.", "Raining again."]
    pairs = [("下雨了。", text) for text in english]
    kept = [en for _, en in clean_pairs(pairs, PairFilter())]
    assert kept == ["Rain.", "It rains.", "It is raining."]


def test_spoken_text_has_spaces_for_punctuation_and_whole_numbers():
    assert spoken("今天,下雨了。他有3,000本书!") == "今天 下雨了 他有3,000本书"
