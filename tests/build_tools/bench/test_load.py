"""The schedule of the load test."""

from __future__ import annotations

from build_tools.bench.load.requests import SHARES, schedule


def test_requests_come_at_the_rate_in_the_shares_and_all_differ():
    planned = schedule(50, 60)
    assert 2700 < len(planned) < 3300
    assert [one.due for one in planned] == sorted(one.due for one in planned)
    assert len({one.text for one in planned}) == len(planned)
    for kind, share in SHARES.items():
        found = sum(one.kind == kind for one in planned) / len(planned)
        assert abs(found - share) < 0.04


def test_the_same_requests_every_time():
    assert schedule(50, 2) == schedule(50, 2)
