"""Proof-reading in the window: marks under the mistakes, and the way to put them right."""

from __future__ import annotations
