from __future__ import annotations

from assistant.engine.lru import Lru


def test_what_was_not_used_for_longest_goes_first():
    known: Lru[str, int] = Lru(2)
    known.put("甲", 1)
    known.put("乙", 2)
    assert known.get("甲") == 1
    known.put("丙", 3)
    assert (known.get("甲"), known.get("乙"), known.get("丙")) == (1, None, 3)
    assert len(known) == 2


def test_a_value_put_again_is_new():
    known: Lru[str, int] = Lru(2)
    for key, value in (("甲", 1), ("乙", 2), ("甲", 3), ("丙", 4)):
        known.put(key, value)
    assert (known.get("甲"), known.get("乙")) == (3, None)


def test_forgotten_it_knows_nothing():
    known: Lru[str, int] = Lru(2)
    known.put("甲", 1)
    known.forget()
    assert (known.get("甲"), len(known)) == (None, 0)
