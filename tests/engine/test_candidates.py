from __future__ import annotations

from assistant.engine.candidates import affordable

FOLLOWED = {(2, ()), (2, (7,)), (3, ()), (3, (5,))}


def test_a_word_whose_beginnings_were_followed_costs_nothing():
    assert affordable([(7, 1), (7, 2)], FOLLOWED, 0) == [(7, 1), (7, 2)]


def test_the_first_words_are_taken_while_there_is_room():
    words = [(8, 1), (7, 1), (9, 1), (8, 3)]
    assert affordable(words, FOLLOWED, 1) == [(8, 1), (7, 1), (8, 3)]


def test_a_long_word_needs_room_for_each_of_its_beginnings():
    assert affordable([(6, 2, 1), (5, 2, 1)], FOLLOWED, 1) == [(5, 2, 1)]
    assert affordable([(6, 2, 1), (5, 2, 1)], FOLLOWED, 2) == [(6, 2, 1)]


def test_a_beginning_of_a_word_of_another_length_is_another_beginning():
    assert affordable([(7, 1, 2)], FOLLOWED, 1) == []


def test_single_characters_are_free():
    assert affordable([(3,), (4,)], frozenset(), 0) == [(3,), (4,)]
