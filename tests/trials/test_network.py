"""The real app with the network cut: it tries nothing, loads nothing that could, tells nothing."""

from __future__ import annotations

import sys

import pytest

from build_tools.trials.network import MARK, _told, run_network


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="drives the app offscreen on POSIX")
def test_the_app_opens_no_socket_and_writes_no_text_into_its_logs():
    report = run_network(short=True)
    assert report.passed, str(report)
    assert report.dialogs


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "gb18030", "unicode-escape"])
def test_a_log_that_holds_the_text_is_found_in_any_encoding(tmp_path, codec):
    (tmp_path / "bubai.log").write_bytes(f"…{MARK}…".encode(codec, "replace"))
    (tmp_path / "quiet.log").write_bytes(b"ValueError")
    assert _told(tmp_path) == ["bubai.log"]
