"""Pure text work: blanks, sentences, windows, offsets, encodings. No Qt, no onnxruntime."""

from __future__ import annotations
