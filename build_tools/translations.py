"""Bring the English catalogue up to date: collect the window's strings, compile the translations.

``python -m build_tools.translations`` after a change of words: it adds new strings to
``bubai_en.ts`` as unfinished, to be translated there by hand, and compiles ``bubai_en.qm``.
A second run compiles what was translated. Modules that the window does not open yet are left
out. Uses the tools that come with PySide6.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "resources" / "i18n" / "bubai_en.ts"


def sources() -> list[str]:
    """Return the modules whose strings are translated: those that the window is made of."""
    import_module("assistant.app")
    modules = [m for name, m in sys.modules.items() if name.startswith("assistant.")]
    files = {Path(m.__file__) for m in modules if m.__file__}
    ours = {file for file in files if "ui" in file.parts or file.name == "app.py"}
    return [str(file.relative_to(ROOT)) for file in sorted(ours)]


def main() -> int:
    """Update and compile the catalogue; return the exit code of the first tool that fails."""
    tools = Path(sys.executable).parent
    update = ["-no-obsolete", "-locations", "none", "-source-language", "zh_CN"]
    update += ["-target-language", "en_US", *sources(), "-ts", str(CATALOGUE)]
    compile_ = [str(CATALOGUE), "-qm", str(CATALOGUE.with_suffix(".qm"))]
    for tool, arguments in (("pyside6-lupdate", update), ("pyside6-lrelease", compile_)):
        code = subprocess.run([str(tools / tool), *arguments], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
