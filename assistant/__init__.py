"""补白 Bubai: an offline writing assistant for Chinese."""

from __future__ import annotations

__version__ = "0.1.0"
