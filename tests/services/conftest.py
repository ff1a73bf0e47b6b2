"""What tests of the services share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from assistant.services.worker import Worker
from tests.services.desk import Desk


@pytest.fixture
def worker(qapp: QCoreApplication) -> Iterator[Worker]:
    """A worker that must end in time."""
    running = Worker()
    yield running
    assert running.stop()


@pytest.fixture
def desk(worker: Worker) -> Desk:
    return Desk(worker)


@pytest.fixture
def held(worker: Worker) -> Desk:
    """A desk whose engine waits until it is let go."""
    return Desk(worker, held=True)
