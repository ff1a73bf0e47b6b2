from __future__ import annotations

from assistant.engine.proposals import is_followed

FOLLOWED = {(2, ()), (2, (7,)), (3, ()), (3, (5,)), (3, (5, 2))}


def test_a_word_was_followed_if_all_its_beginnings_were():
    assert is_followed((7, 1), FOLLOWED)
    assert not is_followed((8, 1), FOLLOWED)
    assert is_followed((5, 2, 1), FOLLOWED)
    assert not is_followed((5, 3, 1), FOLLOWED)


def test_a_beginning_of_a_word_of_another_length_is_another_beginning():
    assert not is_followed((7, 1, 2), FOLLOWED)


def test_single_characters_begin_with_nothing():
    assert is_followed((3,), frozenset())
