"""The cloze workshop: exercises as data in, exercises as data out.

Pure: neither Qt nor onnxruntime; the model comes in as a :class:`assistant.cloze.scorer.Scorer`.
"""

from __future__ import annotations
