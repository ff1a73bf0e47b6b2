"""The proof of being offline: it must see a connection where there is one."""

from __future__ import annotations

import socket
import sys

import pytest

from assistant.connections import network_modules, open_connections
from assistant.diagnostics import thread_count

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's tables are Linux's")


@linux
@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_an_internet_socket_is_seen_while_it_is_open(kind):
    before = open_connections()
    with socket.socket(socket.AF_INET, kind) as opened:
        opened.bind(("127.0.0.1", 0))
        if kind is socket.SOCK_STREAM:
            opened.listen()
        during = open_connections()
    assert before is not None
    assert during is not None
    assert len(during) == len(before) + 1
    assert any("0100007F" in line for line in during)
    assert open_connections() == before


@linux
def test_a_socket_of_the_desktop_is_none():
    before = open_connections()
    pair = socket.socketpair()
    assert open_connections() == before
    for end in pair:
        end.close()


def test_a_loaded_network_module_is_named():
    assert "socket" in network_modules()  # this test has loaded it


def test_a_process_has_at_least_its_own_thread():
    assert thread_count() >= 1
