"""Exercises as files for other programs: one file per format, and a registry.

Pure: no Qt (but for pdf, which imports it when it is asked), no onnxruntime, no models.
"""

from __future__ import annotations
