"""The whole translator on a tiny Marian model: streaming, cache, cancelling, packages that fail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant.engine import trial_translate
from assistant.engine.cancel import Cancel
from assistant.engine.package import Package, load_package
from assistant.engine.translate import Translator, text_score
from assistant.errors import Cancelled, EmptyTextError, ModelFormatError
from assistant.records import SentenceTranslation, Task
from tests.build_tools.marian import tiny_marian, write_package

TEXT = "# 天地\n\n我看山。你看水，有花。\nOK\n- 他们去https://a.cn/b？\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_package(tmp_path_factory.mktemp("tiny"), tiny_marian())


@pytest.fixture(scope="module")
def translator(folder: Path) -> Translator:
    return Translator(load_package(folder, Task.TRANSLATE), threads=1)


def test_sentences_and_translation_belong_together(translator: Translator):
    result = translator.translate(TEXT)
    assert [pair.source for pair in result.sentences] == [
        "天地", "我看山。", "你看水，有花。", "他们去https://a.cn/b？",
    ]  # fmt: skip
    for pair in result.sentences:
        assert TEXT[pair.start_char : pair.end_char] == pair.source
        assert 0 <= pair.score <= 1
    lines = result.translation.split("\n")
    targets = [pair.target for pair in result.sentences]
    assert lines == [
        f"# {targets[0]}", "", f"{targets[1]} {targets[2]}", "OK", f"- {targets[3]}", "",
    ]  # fmt: skip
    assert "https://a.cn/b" in targets[3]


@pytest.mark.parametrize("beams", [1, 2, 4])
def test_every_sentence_is_told_once_before_the_end(translator: Translator, beams: int):
    translator.forget()
    told: dict[int, SentenceTranslation] = {}

    def tell(index: int, sentence: SentenceTranslation) -> None:
        assert index not in told
        told[index] = sentence

    result = translator.translate(TEXT, beams, on_sentence=tell)
    assert tuple(told[i] for i in range(len(told))) == result.sentences


def test_the_sentence_at_the_caret_comes_first(translator: Translator):
    translator.forget()
    order: list[int] = []
    near = TEXT.index("他们") + 1
    translator.translate(TEXT, on_sentence=lambda i, _s: order.append(i), near_char=near)
    assert order == [3, 0, 1, 2]


def test_an_edit_costs_one_sentence(translator: Translator, monkeypatch: pytest.MonkeyPatch):
    translator.forget()
    before = translator.translate(TEXT)
    asked: list[str] = []
    plain = translator.sentences.translate

    def spy(sentences, beams, cancel=None):
        asked.extend(sentences)
        return plain(sentences, beams, cancel)

    monkeypatch.setattr(translator.sentences, "translate", spy)
    after = translator.translate(TEXT.replace("我看山", "我看云"))
    assert asked == ["我看云。"]
    assert after.sentences[2:] == before.sentences[2:]
    translator.translate(TEXT, 4)
    assert len(asked) == 5  # better translations are others


def test_the_same_sentence_is_translated_once(translator: Translator):
    translator.forget()
    first, second = translator.translate("我看山。\n我看山。").sentences
    assert first.target == second.target


def test_cancelling_between_sentences_ends_at_once_and_keeps_what_was_done(translator: Translator):
    translator.forget()
    cancel = Cancel()
    told: list[int] = []

    def stop(index: int, _sentence: SentenceTranslation) -> None:
        told.append(index)
        cancel.throw()

    with pytest.raises(Cancelled):
        translator.translate(TEXT, 1, cancel, stop)
    assert told == [0]
    again: list[int] = []
    translator.translate(TEXT, on_sentence=lambda i, _s: again.append(i))
    assert again[0] == 0


def test_text_without_chinese_is_copied(translator: Translator):
    result = translator.translate("Only English.\n 42\n")
    assert result.translation == "Only English.\n 42\n"
    assert result.sentences == ()


def test_nothing_is_no_text(translator: Translator):
    with pytest.raises(EmptyTextError):
        translator.translate(" \n ")


def test_more_beams_than_the_graph_can_serve_are_refused(translator: Translator):
    assert translator.max_beams == 4
    with pytest.raises(ValueError, match="beams"):
        translator.translate("我。", 5)


def test_a_text_scores_as_its_sentences_weighted_by_length(translator: Translator):
    result = translator.translate(TEXT)
    scores = [pair.score for pair in result.sentences]
    assert min(scores) <= text_score(result.sentences) <= max(scores)
    assert text_score(()) == 0.0


def changed(folder: Path, copy: Path, **changes: object) -> Package:
    """Return a copy of the package with other entries in its manifest."""
    shutil.copytree(folder, copy)
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    (copy / "manifest.json").write_text(json.dumps(manifest | changes), "utf-8")
    return load_package(copy, Task.TRANSLATE)


def test_a_package_without_top_k_is_refused(folder: Path, tmp_path: Path):
    with pytest.raises(ModelFormatError):
        Translator(changed(folder, tmp_path / "copy", settings={}))


def test_graphs_that_are_not_of_this_contract_are_refused(folder: Path, tmp_path: Path):
    with pytest.raises(ModelFormatError):
        Translator(changed(folder, tmp_path / "copy", decoder="encoder.onnx"))


def test_a_sane_package_passes_its_trial_and_answers_by_sentence(folder: Path):
    package = load_package(folder, Task.TRANSLATE)
    trial_translate.self_test(package)
    (first, second) = trial_translate.open_answers(package)("我看山。你看水。")
    assert (first.start_char, second.end_char) == (0, 8)
