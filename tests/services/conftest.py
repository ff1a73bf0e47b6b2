"""What tests of the services share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from assistant.services.worker import Worker


@pytest.fixture
def worker(qapp: QCoreApplication) -> Iterator[Worker]:
    """A worker that must end in time."""
    running = Worker()
    yield running
    assert running.stop()
