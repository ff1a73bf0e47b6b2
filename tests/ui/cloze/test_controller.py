"""Making and editing an exercise with the buttons a teacher presses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from assistant.cloze.exercise import Kind
from assistant.cloze.strategies import Strategy
from assistant.errors import EmptyTextError, NoGapError
from tests.cloze.conftest import TEXT
from tests.ui.cloze.conftest import choose
from tests.whole.conftest import offscreen


def answers(bench):
    return [gap.answer for gap in bench.controller.exercise.gaps]


def select(bench, word):
    found = bench.sheet.document().find(word)
    assert not found.isNull()
    bench.sheet.setTextCursor(found)


def pick(bench, answer):
    gap = next(gap for gap in bench.controller.exercise.gaps if gap.answer == answer)
    bench.sheet.select_gap(gap.uid)
    bench.panel.show_gap(gap.uid)
    return gap


def gap_of(bench, uid):
    return next(gap for gap in bench.controller.exercise.gaps if gap.uid == uid)


def test_the_whole_text_becomes_an_exercise(bench, make):
    make()
    assert answers(bench) == ["公园", "荷花"]
    assert bench.controller.exercise.text == TEXT
    assert bench.panel.sheet_button.isChecked()
    assert "2" in bench.panel.summary.text()


def test_a_selection_alone_becomes_an_exercise(bench, make):
    cursor = QTextCursor(bench.editor.document())
    cursor.setPosition(TEXT.index("他们"))
    cursor.setPosition(TEXT.index("妹妹高兴"), QTextCursor.MoveMode.KeepAnchor)
    bench.editor.setTextCursor(cursor)
    make(words="荷花")
    assert bench.controller.exercise.text == "他们看见湖边开满了美丽的荷花。"


def test_what_a_search_found_is_no_selection(bench, make):
    start = TEXT.index("荷花")
    bench.editor.select(start, start + 2, quietly=True)
    bench.controller.show_scope()
    assert str(len(TEXT)) in bench.panel.scope_label.text()
    make(words="荷花")
    assert bench.controller.exercise.text == TEXT


def test_hard_spaces_stay_in_an_exercise(bench, make):
    text = "第\u00a01 课\n我喜欢荷花。\n第\u00a02 课"
    bench.editor.setPlainText(text)
    make(words="荷花")
    assert bench.controller.exercise.text == text
    bench.editor.select(0, text.index("第", 1))
    make(words="荷花")
    assert bench.controller.exercise.text.rstrip() == "第\u00a01 课\n我喜欢荷花。"


def test_without_text_nothing_is_made(bench):
    bench.editor.clear()
    bench.controller.make()
    assert isinstance(bench.errors[0], EmptyTextError)


def test_an_error_ends_the_progress(bench, qtbot):
    choose(bench, Strategy.WORDLIST, Kind.OPEN, "飞机")
    with qtbot.waitSignal(bench.controller.failed):
        bench.panel.make_button.click()
    assert isinstance(bench.errors[0], NoGapError)
    assert bench.panel.progress.isHidden()


def test_reshuffling_takes_another_seed(bench, make, qtbot):
    make()
    with qtbot.waitSignal(bench.jobs.made):
        bench.panel.reshuffle_button.click()
    assert bench.controller.exercise.seed == 1


def test_an_alternative_is_accepted_with_one_click(bench, make, qtbot):
    make()
    gap = pick(bench, "荷花")
    row = bench.panel.card.rivals.rows[0]
    assert row.word.text() == "菊花"
    with qtbot.waitSignal(bench.jobs.judged):
        row.buttons[0].click()
    changed = gap_of(bench, gap.uid)
    assert [answer.text for answer in changed.answers] == ["荷花", "菊花"]
    assert changed.alternatives == ()
    assert bench.panel.card.alarm.isHidden()


def test_an_accepted_word_can_be_rejected_again(bench, make, qtbot):
    make()
    gap = pick(bench, "公园")
    bench.panel.card.answer_field.setText("花园")
    with qtbot.waitSignal(bench.jobs.judged):
        bench.panel.card.answer_button.click()
    assert len(gap_of(bench, gap.uid).answers) == 2
    with qtbot.waitSignal(bench.jobs.judged):
        bench.panel.card.answers.rows[0].buttons[0].click()
    assert len(gap_of(bench, gap.uid).answers) == 1


def test_an_option_is_swapped_for_a_new_one(bench, make, qtbot):
    make()
    gap = pick(bench, "公园")
    old = gap.distractors[0].text
    row = next(r for r in bench.panel.card.options.rows if r.word.text().endswith(old))
    with qtbot.waitSignal(bench.jobs.spares_found):
        row.buttons[0].click()
    new = gap_of(bench, gap.uid)
    assert old not in new.options
    assert new.options[gap.key_index] == "公园"
    assert len(set(new.options)) == len(gap.options)


def test_a_hint_is_kept(bench, make):
    make()
    gap = pick(bench, "荷花")
    bench.panel.card.hint_field.setText("夏天开的花")
    bench.panel.card.hint_field.editingFinished.emit()
    assert gap_of(bench, gap.uid).hint == "夏天开的花"


def write_hint(bench, words, qtbot):
    """Type a hint, and stay in its field."""
    bench.panel.show()
    field = bench.panel.card.hint_field
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, words)
    return field


@offscreen
def test_a_key_to_the_next_gap_leaves_a_hint_with_its_own(bench, make, qtbot):
    make()
    pick(bench, "公园")
    field = write_hint(bench, "park", qtbot)
    bench.controller.step(1)
    assert field.text() == ""
    field.editingFinished.emit()
    assert [gap.hint for gap in bench.controller.exercise.gaps] == ["park", ""]


@offscreen
def test_a_hint_taken_back_is_gone_from_its_field_too(bench, make, qtbot):
    make()
    gap = pick(bench, "公园")
    field = write_hint(bench, "park", qtbot)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert gap_of(bench, gap.uid).hint == "park"
    bench.controller.undo()
    field.editingFinished.emit()
    assert (field.text(), gap_of(bench, gap.uid).hint) == ("", "")


@offscreen
def test_a_gap_added_by_key_leaves_a_hint_being_written_with_its_own(bench, make, qtbot):
    make()
    gap = pick(bench, "公园")
    select(bench, "美丽")
    write_hint(bench, "park", qtbot)
    with qtbot.waitSignal(bench.jobs.judged):
        bench.controller.add_gap()
    assert answers(bench) == ["公园", "美丽", "荷花"]
    assert gap_of(bench, gap.uid).hint == "park"


def test_an_edit_during_the_judgement_is_not_lost(bench, make, qtbot):
    make()
    gap = pick(bench, "荷花")
    bench.scorer.go_on.clear()
    bench.panel.card.accepted.emit("菊花")
    bench.panel.card.hint_changed.emit("夏天开的花")
    with qtbot.waitSignal(bench.jobs.judged):
        bench.scorer.go_on.set()
    changed = gap_of(bench, gap.uid)
    assert changed.hint == "夏天开的花"
    assert changed.alternatives == ()
    assert not bench.jobs.busy


def test_a_swap_during_the_judgement_is_judged_afterwards(bench, make, qtbot):
    make()
    gap = pick(bench, "荷花")
    bench.scorer.go_on.clear()
    bench.panel.card.accepted.emit("莲花")
    bench.panel.card.swap_requested.emit(gap.distractors[0].text)
    with qtbot.waitSignal(bench.jobs.judged):
        bench.scorer.go_on.set()
    changed = gap_of(bench, gap.uid)
    assert gap.distractors[0].text not in changed.options
    assert "莲花" in [answer.text for answer in changed.answers]


def test_a_selected_word_becomes_a_gap_with_options(bench, make, qtbot):
    make()
    select(bench, "美丽")
    with qtbot.waitSignal(bench.jobs.judged):
        bench.panel.add_button.click()
    assert answers(bench) == ["公园", "美丽", "荷花"]
    assert len(gap_of(bench, bench.sheet.selected).options) == 4


def test_a_selection_over_a_gap_is_refused(bench, make):
    make()
    bench.sheet.selectAll()
    bench.controller.add_gap()
    assert bench.notices == ["no_place"]
    assert answers(bench) == ["公园", "荷花"]


def test_open_blanks_are_told_and_shown_as_lines(bench, make):
    bench.editor.setPlainText("妹妹说[MASK]。" + bench.editor.toPlainText())
    make()
    assert bench.notices == ["open_blanks"]
    assert "妹妹说______。" in bench.sheet.toPlainText()
    assert "MASK" not in bench.sheet.toPlainText()


def test_a_removed_gap_comes_back_by_undo(bench, make, qtbot):
    make()
    pick(bench, "公园")
    with qtbot.waitSignal(bench.jobs.judged):
        bench.panel.card.remove_button.click()
    assert answers(bench) == ["荷花"]
    assert bench.panel.card.isHidden()
    bench.panel.undo_button.click()
    assert answers(bench) == ["公园", "荷花"]
    assert not bench.panel.undo_button.isEnabled()


def test_a_gap_moves_to_another_word(bench, make, qtbot):
    make(words="荷花")
    pick(bench, "荷花")
    with qtbot.waitSignal(bench.jobs.judged, timeout=20_000):
        bench.panel.card.move_button.click()
    (answer,) = answers(bench)
    assert answer != "荷花"
    assert gap_of(bench, bench.sheet.selected).answer == answer


def test_the_gaps_are_walked_round(bench, make):
    make()
    seen = []
    for _ in range(3):
        bench.controller.step(1)
        seen.append(gap_of(bench, bench.sheet.selected).answer)
    assert seen == ["公园", "荷花", "公园"]


def test_by_hand_the_sheet_begins_without_gaps(bench, qtbot):
    choose(bench, Strategy.MANUAL, Kind.OPEN)
    with qtbot.waitSignal(bench.jobs.made):
        bench.panel.make_button.click()
    select(bench, "小鸟")
    with qtbot.waitSignal(bench.jobs.judged):
        bench.controller.add_gap()
    assert answers(bench) == ["小鸟"]


def test_a_word_list_is_read_from_a_file(bench, tmp_path):
    path = tmp_path / "生字.csv"
    path.write_bytes("词,拼音\n公园,gong\n荷花,he\n".encode("gb18030"))
    bench.panel.form.word_file_chosen.emit(path)
    assert bench.panel.form.words.toPlainText() == "词、拼音、公园、荷花"


def test_a_missing_word_list_is_named(bench, tmp_path):
    bench.panel.form.word_file_chosen.emit(tmp_path / "没有.txt")
    assert "没有.txt" in bench.errors[0].message("zh")
