"""Start 补白: without arguments (or with files) the window, with a subcommand the command line.

Nothing heavy is imported before the processor is known to run it, and the window waits for
neither the engine nor the commands.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import os
import sys
from pathlib import Path

from assistant import cpu
from assistant.errors import ProcessorError


def main() -> int:
    """Run the app or one command; return the exit code."""
    if sys.stderr is not None:  # a windowed Windows program has none
        faulthandler.enable()
    arguments = sys.argv[1:]
    if cpu.read_cpu().is_too_old:
        return _refuse_processor()
    if arguments and not all(Path(argument).exists() for argument in arguments):
        from assistant import cli

        return cli.main(arguments)
    if sys.platform == "win32":
        # onnxruntime must load its DLLs before Qt does: microsoft/onnxruntime#11230.
        importlib.import_module("assistant.engine.session")
    elif sys.platform.startswith("linux") and not _has_display():
        from assistant import cli

        return cli.fail_without_display()
    gc.disable()  # there is no garbage yet: the window's housekeeper takes over from here
    from assistant import app

    return app.run(arguments)


def _refuse_processor() -> int:
    """Say in both languages that this processor cannot run the libraries; return the code."""
    error = ProcessorError()
    text = f"{error.message('zh')}\n{error.message('en')}"
    if sys.stderr is not None:
        print(f"bubai: {text}", file=sys.stderr)  # noqa: T201 - the command line is not loaded yet
    elif sys.platform == "win32":
        import ctypes

        user = ctypes.WinDLL("user32")  # pyright: ignore[reportAttributeAccessIssue]
        user.MessageBoxW(None, text, "补白 Bubai", 0x10)
    return error.exit_code


def _has_display() -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


if __name__ == "__main__":
    sys.exit(main())
