"""Whether the system asks for high contrast. Imports nothing of ours.

Qt knows since 6.10, but PySide 6.11 deletes the object that tells it (QAccessibilityHints).
"""

from __future__ import annotations

import sys

_SPI_GETHIGHCONTRAST = 0x42
_HCF_HIGHCONTRASTON = 1


def system_wants_contrast() -> bool:
    """Ask Windows; other systems have no such switch that a program can read without a library."""
    if sys.platform != "win32":
        return False
    import ctypes

    class HighContrast(ctypes.Structure):
        """HIGHCONTRASTW of winuser.h."""

        _fields_ = [
            ("size", ctypes.c_uint),
            ("flags", ctypes.c_uint),
            ("scheme", ctypes.c_wchar_p),
        ]

    answer = HighContrast(ctypes.sizeof(HighContrast), 0, None)
    known = ctypes.windll.user32.SystemParametersInfoW(
        _SPI_GETHIGHCONTRAST, answer.size, ctypes.byref(answer), 0
    )
    return bool(known) and bool(answer.flags & _HCF_HIGHCONTRASTON)
