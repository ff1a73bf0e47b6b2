from __future__ import annotations

import pytest

from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.paths import find_paths
from assistant.records import Task


@pytest.fixture(scope="session")
def bundled() -> Filler:
    """The model that ships, loaded as the app loads it."""
    return Filler(load_package(find_paths().model_folder(Task.FILL), Task.FILL), threads=1)
