"""The window and everything in it. Imports services, text, records; never onnxruntime."""

from __future__ import annotations
