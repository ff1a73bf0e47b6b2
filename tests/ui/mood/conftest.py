"""The tabs for the tests of this folder."""

from __future__ import annotations

from tests.ui.understanding_tabs import tabs

__all__ = ["tabs"]
