"""What the form shows is what is asked."""

from __future__ import annotations

import pytest

from assistant.cloze.exercise import Band, Kind, Script
from assistant.cloze.strategies import Strategy
from assistant.cloze.tokens import Part
from assistant.ui.cloze.options_form import OptionsForm


@pytest.fixture
def form(qtbot):
    made = OptionsForm()
    qtbot.addWidget(made)
    return made


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def test_everything_chosen_is_in_the_options(form):
    choose(form.strategy, Strategy.ENTROPY)
    choose(form.part, Part.VERB)
    choose(form.band, Band.HARD)
    choose(form.kind, Kind.DROPDOWN)
    choose(form.script, Script.TRADITIONAL)
    choose(form.pinyin, "all")
    form.count.setValue(6)
    form.distance.setValue(12)
    form.choices.setValue(5)
    form.seed.setValue(42)
    form.title_field.setText(" 春天 ")
    form.papers.setChecked(True)
    form.verse.setChecked(True)
    form.ends.setChecked(False)
    options = form.options()
    assert (options.strategy, options.parts, options.band) == (
        Strategy.ENTROPY, (Part.VERB,), Band.HARD,
    )  # fmt: skip
    assert (options.kind, options.choices, options.seed) == (Kind.DROPDOWN, 5, 42)
    assert (options.script, options.title) == (Script.TRADITIONAL, "春天")
    assert (options.versions, options.verse) == (("A", "B"), True)
    assert (options.pinyin, options.pinyin_on_gaps) == (True, True)
    spacing = options.used_spacing()
    assert (spacing.count, spacing.min_distance, spacing.keep_ends) == (6, 12, False)


def test_automatic_distance_is_that_of_the_strategy(form):
    choose(form.strategy, Strategy.NTH)
    assert form.options().used_spacing().min_distance == 1


def test_words_belong_to_the_word_list_only(form):
    form.set_words("公园, gong yuan\n荷花")
    choose(form.strategy, Strategy.WORDLIST)
    assert form.options().words == ("公园", "荷花")
    choose(form.strategy, Strategy.POS)
    assert form.options().words == ()


@pytest.mark.parametrize(
    ("strategy", "kind", "shown", "hidden"),
    [
        (Strategy.NTH, Kind.OPEN, "every", "choices"),
        (Strategy.ENTROPY, Kind.BANK, "extra", "every"),
        (Strategy.POS, Kind.CHOICE, "choices", "extra"),
        (Strategy.MANUAL, Kind.OPEN, "seed", "count"),
    ],
)
def test_only_what_matters_is_shown(form, strategy, kind, shown, hidden):
    choose(form.strategy, strategy)
    choose(form.kind, kind)
    assert not getattr(form, shown).isHidden()
    assert getattr(form, hidden).isHidden()
