"""The engine: model packages, inference and one file per task. No Qt here.

``session`` is the only importer of onnxruntime; nothing here opens a network connection.
"""

from __future__ import annotations
