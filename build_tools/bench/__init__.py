"""Benchmarks: the app's engine side by side with what people would use instead."""

from __future__ import annotations
