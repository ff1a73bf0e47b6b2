"""Bring the English catalogue up to date: collect the window's strings, compile the translations.

``python -m build_tools.translations`` after a change of words: it adds new strings to
``bubai_en.ts`` as unfinished, to be translated there by hand, and compiles ``bubai_en.qm``.
A second run compiles what was translated. Uses the tools that come with PySide6.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "resources" / "i18n" / "bubai_en.ts"


def sources() -> list[str]:
    """Return the modules whose strings are translated: the window's, opened at the start or later.

    Not those that are loaded: dialogs loaded late would lose their translations.
    """
    files = [ROOT / "assistant" / "app.py", *(ROOT / "assistant" / "ui").rglob("*.py")]
    return [str(file.relative_to(ROOT)) for file in sorted(files)]


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
