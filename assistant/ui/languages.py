"""The language of the window, switched at run time. Imports the Language setting only.

Source strings are Chinese; ``bubai_en.qm`` translates them. Qt's own words (buttons of dialogs,
context menus) come from Qt's catalogue.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from assistant.services.settings import Language


class Languages(QObject):
    """Installs and removes the catalogues of the application."""

    changed = Signal()

    def __init__(self, app: QApplication, folder: Path, parent: QObject | None = None) -> None:
        """Find our catalogues in ``folder``; nothing is installed before :meth:`choose`."""
        super().__init__(parent)
        self._app = app
        self._folder = folder
        self._loaded: dict[str, QTranslator | None] = {}
        self._data: dict[str, bytes] = {}
        self._installed: list[QTranslator] = []
        self.current: Language | None = None

    @property
    def code(self) -> str:
        """Return ``zh`` or ``en``, as typed errors want it."""
        return (self.current or Language.ZH).value

    def choose(self, language: Language) -> None:
        """Show everything in ``language`` from now on."""
        if language is self.current:
            return
        self.current = language
        QLocale.setDefault(QLocale("zh_CN" if language is Language.ZH else "en_US"))
        self.withdraw()
        if language is Language.ZH:
            qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(Path(qt_folder) / "qtbase_zh_CN.qm")
        else:
            self._install(self._folder / "bubai_en.qm")
        self.changed.emit()

    def withdraw(self) -> None:
        """Take our catalogues out of the application."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()

    def _install(self, catalogue: Path) -> None:
        name = catalogue.name
        if name not in self._loaded:
            self._loaded[name] = self._load(catalogue)
        translator = self._loaded[name]
        if translator is not None:
            self._app.installTranslator(translator)
            self._installed.append(translator)

    def _load(self, catalogue: Path) -> QTranslator | None:
        """Read a catalogue into memory, None if there is none.

        Qt would map the file, and crash when an update writes over it while the app runs. Of the
        bytes it makes no copy.
        """
        try:
            data = catalogue.read_bytes()
        except OSError:
            return None
        self._data[catalogue.name] = data
        translator = QTranslator(self)
        return translator if translator.load(data) else None
