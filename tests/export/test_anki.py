"""Checked with Anki's own importer and its own template renderer."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportCsvRequest
from hypothesis import given, settings

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.export import anki, passage, registry
from tests.export import samples
from tests.export.nasty import plain, texts, words


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def load(collection: Collection, exercise: Exercise, folder: Path) -> None:
    path = registry.export(exercise, "anki", folder / "deck.apkg")
    collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
    )


def note_guids(collection: Collection) -> set[str]:
    return {collection.get_note(note_id).guid for note_id in collection.find_notes("")}


def shown(markup: str) -> str:
    markup = re.sub(r"<style>.*?</style>", "", markup, flags=re.DOTALL)
    markup = re.sub(r"<!--.*?-->", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", markup.replace("<br>", "\n")))


@pytest.mark.parametrize("name", samples.all_samples())
def test_importing_twice_makes_each_card_once(
    name: str, collection: Collection, tmp_path: Path
) -> None:
    exercise = samples.all_samples()[name]
    for _ in range(2):
        load(collection, exercise, tmp_path)
        assert collection.card_count() == len(exercise.gaps)
        assert collection.note_count() == len(exercise.gaps)
    assert collection.decks.by_name(anki.deck_name(exercise)) is not None


def test_a_card_asks_one_gap_and_shows_the_hint(collection: Collection, tmp_path: Path) -> None:
    load(collection, samples.open_exercise(), tmp_path)
    (card_id,) = collection.find_cards('"同学们绕着水洼走" "Back Extra:*第 1 空*"')
    card = collection.get_card(card_id)
    assert "像一面面[两个字]，映着蓝天和白云。" in shown(card.question())
    assert "像一面面镜子，映着蓝天和白云。" in shown(card.answer())
    assert "1．镜子（明镜 得 50%）" in shown(card.answer())


def test_a_corrected_text_keeps_its_cards(collection: Collection, tmp_path: Path) -> None:
    first = samples.open_exercise()
    load(collection, first, tmp_path)
    guids = note_guids(collection)
    corrected = replace(
        first, segments=(Text("开头改了。"), *first.segments, Gap("g4", (Answer("新"),)))
    )
    load(collection, corrected, tmp_path)
    assert collection.card_count() == 4
    assert guids < note_guids(collection)


def test_two_exercises_do_not_mix(collection: Collection, tmp_path: Path) -> None:
    load(collection, samples.open_exercise(), tmp_path)
    load(collection, replace(samples.open_exercise(), uid="other"), tmp_path)
    assert collection.card_count() == 6


def test_the_text_table_updates_the_same_notes(collection: Collection, tmp_path: Path) -> None:
    exercise = samples.choice_exercise()
    load(collection, exercise, tmp_path)
    path = registry.export(exercise, "tsv", tmp_path / "notes.tsv")
    metadata = collection.get_csv_metadata(str(path), delimiter=None)
    collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
    assert collection.card_count() == len(exercise.gaps)


@pytest.fixture(scope="module")
def cloze_type(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Collection, Any]]:
    folder = tmp_path_factory.mktemp("anki")
    opened = Collection(str(folder / "collection.anki2"))
    load(opened, samples.open_exercise(), folder)
    yield opened, opened.models.by_name(anki.MODEL_NAME)
    opened.close()


@settings(max_examples=60)
@given(before=texts, answer=words, hint=texts, after=texts)
def test_any_text_is_shown_as_it_is(
    cloze_type: tuple[Collection, Any], before: str, answer: str, hint: str, after: str
) -> None:
    collection, notetype = cloze_type
    gap = Gap("g", (Answer(answer),), hint=hint)
    exercise = Exercise("u", "t", Kind.OPEN, (Text("甲" + before), gap, Text(after + "乙")))
    clean, _ = passage.printable(exercise)
    ((_, text, _),) = anki.notes(clean)
    note = collection.new_note(notetype)
    note["Text"] = text
    card = note.ephemeral_card()
    assert plain(shown(card.answer())) == plain(clean.text)
    hidden = clean.gaps[0].hint.strip() or "..."
    asked = replace(clean.gaps[0], answers=(Answer(f"[{hidden}]"),))
    question = "".join(
        asked.answer if isinstance(segment, Gap) else segment.text for segment in clean.segments
    )
    assert plain(shown(card.question())) == plain(question)
