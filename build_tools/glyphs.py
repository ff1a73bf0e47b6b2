"""Find look-alike characters (形近字) by comparing their glyphs.

A glyph is drawn, blurred a little, so that a stroke beside the same stroke still counts, and
compared by cosine; components that two characters share stand in the same place in print.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = 48
"""Side of the drawing in pixels."""
_BLUR = 1.0
_LEAST = 0.55
"""Pairs less similar than this do not look alike, however few neighbours a character has."""

Glyphs = NDArray[np.float32]


def render(characters: str, font: Path, index: int = 2) -> Glyphs:
    """Return one row per character: its blurred glyph, mean 0 and length 1, [n, pixels].

    ``index`` chooses the face in a collection (2: Simplified Chinese in Noto's).
    """
    face = ImageFont.truetype(str(font), SIZE - 4, index=index if font.suffix == ".ttc" else 0)
    rows = np.empty((len(characters), SIZE * SIZE), dtype=np.float32)
    for i, character in enumerate(characters):
        image = Image.new("L", (SIZE, SIZE))
        centre = (SIZE // 2, SIZE // 2)
        ImageDraw.Draw(image).text(centre, character, font=face, fill=255, anchor="mm")
        rows[i] = np.asarray(image.filter(ImageFilter.GaussianBlur(_BLUR))).reshape(-1)
    rows -= rows.mean(axis=1, keepdims=True)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return rows


def neighbours(glyphs: Glyphs, count: int) -> list[list[int]]:
    """Return for every row the at most ``count`` most similar others, best first."""
    similarity = glyphs @ glyphs.T
    np.fill_diagonal(similarity, -1)
    best = np.argsort(-similarity, axis=1)[:, :count]
    return [[int(j) for j in row if similarity[i, j] >= _LEAST] for i, row in enumerate(best)]
