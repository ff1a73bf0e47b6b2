"""What every test gets: Qt without a display, no network, a home of its own."""

from __future__ import annotations

import os
import socket

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Libraries of the build extra look for updates and weights unless they are told not to.
os.environ["HF_HUB_OFFLINE"] = "1"

# A shared machine is slow at times: no deadlines. The same examples every time in CI.
settings.register_profile(
    "bubai",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("bubai")

NETWORK_CALLS = ("connect", "connect_ex", "sendto", "sendmsg")


class NetworkBlockedError(RuntimeError):
    """Code under test reached for the network."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse every connection, and fail the test even if its code swallowed the refusal."""
    attempts: list[str] = []

    def refuse(name):
        def refused(*_args, **_kwargs):
            attempts.append(name)
            raise NetworkBlockedError(f"{name}: tests may not use the network")

        return refused

    for name in NETWORK_CALLS:
        if hasattr(socket.socket, name):
            monkeypatch.setattr(socket.socket, name, refuse(f"socket.{name}"))
    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse(name))
    yield attempts
    assert not attempts, f"the network was tried: {', '.join(attempts)}"


@pytest.fixture(autouse=True)
def bubai_home(monkeypatch, tmp_path):
    """Keep what the app writes for a person inside the test's own folder."""
    home = tmp_path / "bubai-home"
    monkeypatch.setenv("BUBAI_HOME", str(home))
    return home
