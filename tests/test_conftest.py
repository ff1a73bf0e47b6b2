"""The safety net itself: a test that reaches for the network must fail."""

from __future__ import annotations

import socket

import pytest

from assistant.paths import find_paths


def test_a_connection_is_refused_and_noted(no_network):
    with socket.socket() as probe, pytest.raises(RuntimeError, match="may not use the network"):
        probe.connect(("127.0.0.1", 9))
    assert no_network == ["socket.connect"]
    no_network.clear()


def test_what_the_app_writes_stays_in_the_test_folder(bubai_home):
    paths = find_paths()
    assert bubai_home in paths.data.parents
    assert bubai_home in paths.config.parents
    assert bubai_home in paths.logs.parents
