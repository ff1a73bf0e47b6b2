"""Words of Chinese text, by rjieba (imported when first needed). Pure; imports nothing of ours."""

from __future__ import annotations


def word_around(text: str, place: int) -> tuple[int, int]:
    """Return the (start, end) of the word that holds offset ``place`` of ``text``.

    Code points; ``place`` must lie in the text, else (place, place).
    """
    import rjieba  # its dictionary takes some tenths of a second to load

    start = 0
    for word in rjieba.cut(text):
        end = start + len(word)
        if start <= place < end:
            return start, end
        start = end
    return place, place
