from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QApplication

from assistant.cloze.exercise import Exercise, Kind
from assistant.export import passage, pdf, registry
from tests.export import samples
from tests.export.nasty import exercises, plain


@pytest.mark.parametrize("name", samples.all_samples())
def test_a_sheet_has_a_page_for_the_passage_and_one_for_the_key(
    name: str, qapp: QApplication
) -> None:
    data = registry.render(samples.all_samples()[name], "pdf").data
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b(?!s)", data)) == 2
    assert re.search(rb"/MediaBox \[0 0 595\.?\d* 84[12]\.?\d*\]", data)


def test_the_document_reads_as_the_sheet(qapp: QApplication) -> None:
    text = pdf.document(samples.choice_exercise()).toPlainText()
    assert "山里的早上（A 卷）" in text
    assert "一、完形填空（每小题1.5分，共9分）" in text
    assert "D．推迟" in text
    assert "1—5　ACBDC　6　A" in text


def test_blanks_keep_their_width_at_the_end_of_a_line(qapp: QApplication) -> None:
    text = pdf.sheet_html(samples.open_exercise())
    blanks = re.findall(r"<u>\d(.*?)</u>", text)
    assert blanks == ["\u00a0" * 16] * 3


def test_a_document_laid_out_for_a_page_fits_it(qapp: QApplication) -> None:
    document = pdf.document(samples.choice_exercise())
    document.setPageSize(QSizeF(600, 800))
    assert document.pageCount() == 2


@settings(max_examples=25)
@given(exercises(Kind.BANK))
def test_any_text_is_shown_as_it_is(qapp: QApplication, exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    text = plain(pdf.document(clean).toPlainText())
    for word in clean.bank:
        assert plain(word.text) in text
