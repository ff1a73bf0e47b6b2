"""Start 补白: without arguments (or with files) the window, with a subcommand the command line."""

from __future__ import annotations

import faulthandler
import importlib
import os
import sys
from pathlib import Path

from assistant import cli


def main() -> int:
    """Run the app or one command; return the exit code."""
    if sys.stderr is not None:  # a windowed Windows program has none
        faulthandler.enable()
    arguments = sys.argv[1:]
    if arguments and not all(Path(argument).exists() for argument in arguments):
        return cli.main(arguments)
    if sys.platform == "win32":
        # onnxruntime must load its DLLs before Qt does: microsoft/onnxruntime#11230.
        importlib.import_module("assistant.engine.session")
    elif sys.platform.startswith("linux") and not _has_display():
        return cli.fail_without_display()
    from assistant import app

    return app.run(arguments)


def _has_display() -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


if __name__ == "__main__":
    sys.exit(main())
