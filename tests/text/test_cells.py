from __future__ import annotations

import pytest

from assistant.text.cells import disarmed


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert disarmed(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "1=1", "'=1", "一-二", " 一"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert disarmed(cell) == cell
