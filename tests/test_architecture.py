"""The walls of the house: which room may import what, read from the sources themselves."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "assistant"
MAX_LINES = 400

QT = ("PySide6", "shiboken6", "PyQt5", "PyQt6", "qtpy")
TRAINING = ("torch", "transformers", "tensorflow", "safetensors", "onnx", "datasets", "build_tools")
NETWORK = (
    "PySide6.QtNetwork", "aiohttp", "asyncio", "ftplib", "http", "httpx", "httpx2",
    "huggingface_hub", "imaplib", "multiprocessing.connection", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "websockets",
    "xmlrpc",
)  # fmt: skip
WITHOUT_QT = (
    "text", "engine", "cloze", "commands", "records.py", "errors.py", "paths.py", "cli.py",
    "diagnostics.py", "disk.py", "connections.py", "cpu.py", "__init__.py",
)  # fmt: skip
PURE = ("records.py", "errors.py", "paths.py")


def sources(folder: Path = PACKAGE) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def room(path: Path) -> str:
    """Return the part of the house a file is in: a folder's name, or the name of a lone file."""
    return path.relative_to(PACKAGE).parts[0]


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} uses a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _is_import_call(node.func) and node.args:
            argument = node.args[0]
            assert isinstance(argument, ast.Constant), f"{path}:{node.lineno} hides an import"
            yield str(argument.value)


def _is_import_call(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in {"__import__", "import_module"}


def offences(files: list[Path], banned: tuple[str, ...]) -> list[str]:
    """Return 'file: module' for each import of a banned module or of something inside it."""
    return [
        f"{path.relative_to(ROOT)}: {module}"
        for path in files
        for module in imports(path)
        if any(module == name or module.startswith(f"{name}.") for name in banned)
    ]


def rooms(*names: str) -> list[Path]:
    return [path for path in sources() if room(path) in names]


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "import socket as s",
        "from socket import create_connection",
        "def f():\n    import socket",
        "import importlib; importlib.import_module('socket')",
        "__import__('socket')",
    ],
)
def test_an_import_is_seen_however_it_is_written(tmp_path, line):
    source = tmp_path / "module.py"
    source.write_text(line, "utf-8")
    assert any(module.split(".")[0] == "socket" for module in imports(source))


def test_the_app_imports_no_training_library_and_no_build_tool():
    assert offences(sources(), TRAINING) == []


def test_the_app_imports_nothing_that_opens_connections():
    assert offences(sources(), NETWORK) == []


def test_only_the_session_imports_onnxruntime():
    others = [path for path in sources() if path != PACKAGE / "engine" / "session.py"]
    assert offences(others, ("onnxruntime",)) == []
    assert offences([PACKAGE / "engine" / "session.py"], ("onnxruntime",)) != []


def test_engine_text_and_command_line_do_not_know_qt():
    assert offences(rooms(*WITHOUT_QT), QT) == []


def test_only_pdf_export_may_use_qt():
    exports = [path for path in rooms("export") if path.name != "pdf.py"]
    assert offences(exports, QT) == []


def loaded_by(*modules: str) -> set[str]:
    """Return the names of everything a fresh Python has loaded after importing ``modules``."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_services_do_not_know_the_windows():
    assert offences(rooms("services"), ("assistant.ui", "assistant.app", "PySide6.QtWidgets")) == []


def test_engine_does_not_know_who_uses_it():
    upstairs = ("assistant.services", "assistant.ui", "assistant.app", "assistant.cli",
                "assistant.commands")  # fmt: skip
    assert offences(rooms("engine", "text", "cloze", "export"), upstairs) == []


@pytest.mark.parametrize("name", ["records.py", "errors.py"])
def test_records_and_errors_import_nothing_of_ours(name):
    assert offences([PACKAGE / name], ("assistant",)) == []


def test_text_and_records_do_not_know_the_engine():
    assert offences(rooms("text", *PURE), ("assistant.engine",)) == []


@pytest.mark.parametrize("name", ["text", "cloze", "records", "errors", "paths"])
def test_pure_rooms_run_without_the_engine(name):
    """A type from the engine may be named there; nothing of it may be loaded."""
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in rooms(name, f"{name}.py")
        if path.name != "__init__.py"
    ]
    loaded = loaded_by(*modules)
    assert set(modules) <= loaded
    assert {"onnxruntime", "assistant.engine", "PySide6"} & loaded == set()


def test_only_the_composition_root_and_the_start_know_app():
    others = [path for path in sources() if room(path) not in {"app.py", "__main__.py"}]
    assert offences(others, ("assistant.app",)) == []


def test_the_build_tools_use_the_engine_not_the_windows():
    whole_app = {"bench", "trials"}
    tools = [p for p in sources(ROOT / "build_tools") if not whole_app & {*p.parts}]
    assert offences(tools, ("assistant.ui", "assistant.services", "assistant.app")) == []


def test_no_file_outgrows_its_room():
    files = [
        path for name in ("assistant", "build_tools", "tests") for path in sources(ROOT / name)
    ]
    lengths = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in files}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for name in ("assistant", "build_tools")
        for path in sources(ROOT / name)
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_the_command_line_loads_neither_qt_nor_training_libraries():
    banned = {"PySide6", "shiboken6", "torch", "transformers", "huggingface_hub", "requests"}
    loaded = loaded_by("assistant.cli")
    assert "assistant.cli" in loaded
    assert banned & loaded == set()
