"""The passage in the shapes that several writers need: paragraphs, hints, key, variants.

Pure; no format's escaping happens here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.cloze.exercise import Exercise, Gap, Kind, Script, Text
from assistant.cloze.headings import Role, lines
from assistant.cloze.script import converter
from assistant.export.rendered import Change, Note
from assistant.export.wording import wording

KEY_GROUP = 5
"""Letters of the key stand in groups of this many: ``1—5　ACBDA``."""

# What neither XML nor UTF-8 can hold: control characters, surrogates, non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\t\n\r\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class NumberedGap:
    """A gap with its number from 1."""

    number: int
    gap: Gap


Piece = Text | NumberedGap
Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A paragraph, what it is, and whether it begins a block (a stanza, the next poem)."""

    pieces: Paragraph
    role: Role = Role.BODY
    first: bool = False


def printable(exercise: Exercise) -> tuple[Exercise, tuple[Note, ...]]:
    """Return ``exercise`` without characters that no format can hold, and the notes on it."""
    changes: set[Change] = set()

    def text(value: str) -> str:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        cleaned = _ILLEGAL.sub("\ufffd", value)
        if cleaned != value:
            changes.add(Change.CONTROL_CHARACTERS)
        return cleaned

    def line(value: str) -> str:
        joined = _BREAKS.sub(" ", value)
        if joined != value:
            changes.add(Change.LINE_BREAKS)
        return text(joined)

    def segment(value: Text | Gap) -> Text | Gap:
        if isinstance(value, Gap):
            return replace(
                value,
                answers=tuple(replace(a, text=line(a.text).strip()) for a in value.answers),
                distractors=tuple(replace(d, text=line(d.text).strip()) for d in value.distractors),
                hint=line(value.hint).strip(),
                pinyin=line(value.pinyin).strip(),
            )
        if value.pinyin:  # one entry per character: the length must stay
            return replace(value, text=text(value.text.replace("\r", " ")))
        return replace(value, text=text(value.text))

    clean = replace(
        exercise,
        title=line(exercise.title).strip(),
        instructions=text(exercise.instructions).strip(),
        segments=tuple(segment(item) for item in exercise.segments),
        bank=tuple(replace(word, text=line(word.text).strip()) for word in exercise.bank),
        source=replace(
            exercise.source,
            title=line(exercise.source.title).strip(),
            author=line(exercise.source.author).strip(),
        ),
    )
    return clean, tuple(Note(change) for change in Change if change in changes)


def paragraphs(exercise: Exercise) -> tuple[Paragraph, ...]:
    """Return the passage split at line breaks; empty lines are left out."""
    rows: list[list[Piece]] = [[]]
    for number, segment in exercise.numbered():
        if isinstance(segment, Gap):
            assert number is not None
            rows[-1].append(NumberedGap(number, segment))
            continue
        start = 0
        for i, part in enumerate(segment.text.split("\n")):
            if i:
                rows.append([])
            if part:
                end = start + len(part)
                rows[-1].append(Text(part, segment.pinyin[start:end]))
            start += len(part) + 1
    return tuple(
        tuple(row)
        for row in rows
        if any(isinstance(piece, NumberedGap) or piece.text.strip() for piece in row)
    )


def layout(exercise: Exercise, *, with_title: bool = True) -> tuple[LaidOut, ...]:
    """Return the paragraphs with what each is; without the line that repeats the sheet's title.

    ``with_title`` False: the writer prints no title above the passage, so the line stays.
    """
    rows = paragraphs(exercise)
    found = lines(exercise.text)
    if len(found) != len(rows):  # a line break inside a word that is a gap
        return tuple(LaidOut(row) for row in rows)
    title = exercise.title.strip() if with_title else ""
    return tuple(
        LaidOut(row, line.role, line.first)
        for row, line in zip(rows, found, strict=True)
        if line.role is not Role.TITLE or not title or _plain(row) != title
    )


def _plain(row: Paragraph) -> str:
    """Return the text of a paragraph, an empty string when a gap is in it."""
    if any(isinstance(piece, NumberedGap) for piece in row):
        return ""
    return "".join(piece.text for piece in row if isinstance(piece, Text)).strip()


def has_pinyin(exercise: Exercise) -> bool:
    """Return whether any running text carries pinyin."""
    return any(isinstance(s, Text) and any(s.pinyin) for s in exercise.segments)


def all_texts(exercise: Exercise) -> str:
    """Return everything that a writer may print, one text per line: to look for marks in it."""
    gaps = [text for gap in exercise.gaps for text in (hint_of(gap), *gap.options, *_accepted(gap))]
    bank = [word.text for word in exercise.bank]
    return "\n".join((exercise.title, exercise.instructions, exercise.text, *gaps, *bank))


def _accepted(gap: Gap) -> tuple[str, ...]:
    return tuple(answer.text for answer in gap.answers)


def pinyin_note(exercise: Exercise) -> tuple[Note, ...]:
    """Return the note of formats that cannot print pinyin above the text."""
    return (Note(Change.NO_PINYIN),) if has_pinyin(exercise) else ()


def hint_of(gap: Gap) -> str:
    """Return what the teacher wants shown at the gap: its pinyin and its hint."""
    return "，".join(part for part in (gap.pinyin, gap.hint) if part)


def has_options(exercise: Exercise) -> bool:
    """Return whether every gap brings its own options."""
    return exercise.kind in (Kind.CHOICE, Kind.DROPDOWN)


def source_line(exercise: Exercise) -> str:
    """Return where the passage is from, such as ``——孟浩然《春晓》``, or an empty string.

    Also an empty string where it would only repeat the title above.
    """
    own = exercise.source.title.strip()
    if not exercise.source.author and own == exercise.title.strip():
        return ""
    title = f"《{own}》" if own else ""
    return f"——{exercise.source.author}{title}" if exercise.source.author or title else ""


def circled(number: int) -> str:
    """Return ① to ㊿, and ``(51)`` from there on."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return f"({number})"


def key_lines(exercise: Exercise) -> tuple[str, ...]:
    """Return the answer key: letters in groups of five, or one numbered word per entry."""
    gaps = exercise.gaps
    if not has_options(exercise):
        marks = {word.gap: circled(i) for i, word in enumerate(exercise.bank, 1)}
        banked = exercise.kind is Kind.BANK
        return tuple(
            f"{i}．{marks.get(gap.uid, '') if banked else ''}{gap.answer}"
            for i, gap in enumerate(gaps, 1)
        )
    lines: list[str] = []
    for start in range(0, len(gaps), KEY_GROUP):
        group = gaps[start : start + KEY_GROUP]
        last = start + len(group)
        label = f"{start + 1}—{last}" if len(group) > 1 else f"{last}"
        lines.append(f"{label}　{''.join(gap.key_letter for gap in group)}")
    return tuple(lines)


def alternative_lines(exercise: Exercise) -> tuple[str, ...]:
    """Return the other accepted answers, such as ``2．存（放 亦可）``, for the gaps with any."""
    words = wording(exercise)
    lines: list[str] = []
    for number, gap in enumerate(exercise.gaps, 1):
        full = "、".join(answer.text for answer in gap.answers[1:] if answer.weight == 1)
        parts = [words.also.format(words=full)] if full else []
        parts += [
            words.partly.format(word=answer.text, percent=f"{answer.weight * 100:g}")
            for answer in gap.answers[1:]
            if answer.weight < 1
        ]
        if parts:
            lines.append(f"{number}．{gap.answer}（{'；'.join(parts)}）")
    return tuple(lines)


def width_variants(word: str) -> tuple[str, ...]:
    """Return ``word`` and its spellings with full-width and half-width signs.

    For readers that compare character by character (Moodle, QTI): a student who types Ａ for A,
    or ， for a comma, is right.
    """
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word)
    narrow = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in word)
    return tuple(dict.fromkeys((word, wide.replace(" ", "\u3000"), narrow.replace("\u3000", " "))))


def typed_answers(gap: Gap) -> tuple[tuple[str, float], ...]:
    """Return every string a student may type with its weight, each string once.

    First the answers as they are, then their spellings in the other script and in other widths.
    """
    answers: dict[str, float] = {}
    for answer in gap.answers:
        answers.setdefault(answer.text, answer.weight)
    for answer in gap.answers:
        spellings = (answer.text, *(converter(script)(answer.text) for script in Script))
        for spelling in spellings:
            for variant in width_variants(spelling):
                answers.setdefault(variant, answer.weight)
    return tuple(answers.items())
