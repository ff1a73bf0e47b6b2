"""The cloze workshop: exercises as data in, exercises as data out.

Pure: neither Qt nor onnxruntime; the model comes in as a :class:`assistant.cloze.scorer.Scorer`.
"""

from __future__ import annotations

EXERCISE_SUFFIX = ".bubai"
"""What the name of an exercise's file ends in."""
