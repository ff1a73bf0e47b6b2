"""Pinyin above the text, readings chosen by context; imports pypinyin when first needed. Pure."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from assistant.cloze.exercise import Exercise, Gap, Segment
from assistant.cloze.tokens import tokenize
from assistant.text.characters import is_han

# Readings that depend on the part of speech of a character that stands alone, where pypinyin's
# phrases cannot help. The first tag that fits decides.
_BY_TAG = {
    "还": (("d", "hái"), ("v", "huán")),
    "地": (("u", "de"), ("n", "dì")),
    "得": (("u", "de"), ("v", "dé")),
    "着": (("u", "zhe"),),
    "了": (("u", "le"), ("y", "le")),
    "为": (("p", "wèi"), ("v", "wéi")),
    "只": (("d", "zhǐ"), ("q", "zhī")),
    "好": (("a", "hǎo"),),
    "都": (("d", "dōu"),),
    "行": (("q", "háng"), ("v", "xíng")),
    "种": (("q", "zhǒng"), ("v", "zhòng")),
    "数": (("v", "shǔ"), ("n", "shù")),
    "重": (("a", "zhòng"),),
    "看": (("v", "kàn"),),
}


def readings(text: str) -> tuple[str, ...]:
    """Return the pinyin with tone marks of every character of ``text``, "" where there is none."""
    from pypinyin import Style, pinyin

    _prefer_usual_readings()
    found: list[str] = []
    for token in tokenize(text):
        if not token.is_word:
            found += [""] * len(token.text)
            continue
        choices = _BY_TAG.get(token.text, ())
        chosen = next((sound for tag, sound in choices if token.tag.startswith(tag)), None)
        if chosen is not None:
            found.append(chosen)
            continue
        syllables: list[list[str]] = pinyin(token.text, style=Style.TONE)
        found += [
            syllable[0] if is_han(character) and syllable[0] != character else ""
            for character, syllable in zip(token.text, syllables, strict=True)
        ]
    return tuple(found)


@cache
def _prefer_usual_readings() -> None:
    """Tell pypinyin which reading comes first outside its phrases: 很长 is cháng, 长大 is known."""
    from pypinyin import load_single_dict

    load_single_dict({ord("长"): "cháng,zhǎng", ord("長"): "cháng,zhǎng"})


def add_pinyin(exercise: Exercise, *, on_gaps: bool = False) -> Exercise:
    """Return ``exercise`` with pinyin above its text; above the gaps only if asked.

    A gap's pinyin gives its answer away, so it is shown only when the teacher wishes it.
    """
    found = readings(exercise.text)
    segments: list[Segment] = []
    at = 0
    for segment in exercise.segments:
        text = segment.answer if isinstance(segment, Gap) else segment.text
        part = found[at : at + len(text)]
        at += len(text)
        if isinstance(segment, Gap):
            segments.append(replace(segment, pinyin=" ".join(part) if on_gaps else ""))
        else:
            segments.append(replace(segment, pinyin=part))
    return replace(exercise, segments=tuple(segments))
