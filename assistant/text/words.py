"""Words of Chinese text, by rjieba (imported when first needed). Pure."""

from __future__ import annotations

from assistant.text.characters import without_surrogates


def word_places(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of every word of ``text``, white space and marks included.

    Code points; each begins where the one before ends.
    """
    import rjieba  # its dictionary takes some tenths of a second to load

    places: list[tuple[int, int]] = []
    start = 0
    for word in rjieba.cut(without_surrogates(text)):
        places.append((start, start + len(word)))
        start += len(word)
    return places


def word_around(text: str, place: int) -> tuple[int, int]:
    """Return the (start, end) of the word that holds offset ``place`` of ``text``.

    Code points; ``place`` must lie in the text, else (place, place).
    """
    found = ((start, end) for start, end in word_places(text) if start <= place < end)
    return next(found, (place, place))
