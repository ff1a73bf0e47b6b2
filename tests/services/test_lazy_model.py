"""Models are loaded when they are needed, and anew when asked."""

from __future__ import annotations

import pytest

from assistant.errors import ModelMissingError
from assistant.services.lazy_model import LazyModel

MISSING = ModelMissingError(folder="understand", file="manifest.json")


def test_it_is_loaded_once_and_anew_after_a_reload():
    made = iter("AB")
    model = LazyModel(lambda: next(made))
    assert [model.require(), model.require()] == ["A", "A"]
    model.reload()
    assert model.require() == "B"


def test_what_was_loaded_while_a_reload_was_asked_for_is_not_kept():
    made = iter("AB")

    def load() -> str:
        engine = next(made)
        if engine == "A":
            model.reload()  # the person chose another package meanwhile
        return engine

    model = LazyModel(load)
    assert [model.require(), model.require()] == ["A", "B"]


def test_a_failure_is_told_again_without_trying_again():
    tries: list[str] = []

    def load() -> str:
        tries.append("tried")
        if len(tries) == 1:
            raise MISSING
        return "A"

    model = LazyModel(load)
    for _ in range(2):
        with pytest.raises(ModelMissingError):
            model.require()
    assert len(tries) == 1
    model.reload()
    assert model.require() == "A"
