"""Where things are: bundled resources, and the person's own data, settings and logs.

``BUBAI_HOME``, or a file named ``portable`` beside the executable, keeps everything the person
owns in one folder. Imports only platformdirs; nothing is created before it is needed.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from assistant.records import Task

APP_NAME = "Bubai"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one running app."""

    resources: Path
    data: Path
    config: Path
    logs: Path

    def model_folder(self, task: Task) -> Path:
        """Return the folder of the bundled package for ``task``."""
        return self.resources / "models" / task.value

    @property
    def memories(self) -> Path:
        """Return the folder of the personal memories."""
        return self.data / "memories"

    @property
    def label_sets(self) -> Path:
        """Return the folder of the person's own label sets."""
        return self.data / "label_sets"


def find_paths() -> Paths:
    """Return the folders for this process, from the environment and the executable's place."""
    home = os.environ.get("BUBAI_HOME") or _portable_home()
    if home:
        base = Path(home)
        return Paths(_resources(), base / "data", base / "config", base / "logs")
    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False, roaming=False)
    return Paths(_resources(), dirs.user_data_path, dirs.user_config_path, dirs.user_log_path)


def _resources() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        return Path(bundle) / "resources"
    package = Path(__file__).parent
    installed = package / "resources"  # in a wheel; a checkout has them beside the package
    return installed if installed.is_dir() else package.parent / "resources"


def _portable_home() -> str | None:
    if not getattr(sys, "frozen", False):
        return None
    folder = Path(sys.executable).parent
    return str(folder / "bubai-data") if (folder / "portable").exists() else None
