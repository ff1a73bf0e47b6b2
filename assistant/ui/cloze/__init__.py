"""The windows of the cloze workshop. Imports cloze/, export/, services and ui."""

from __future__ import annotations
