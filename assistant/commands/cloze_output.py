"""What ``cloze`` prints and writes. No Qt here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.cloze.bank import BankCheck
from assistant.cloze.exercise import Band, Certainty, Exercise, Gap, Kind
from assistant.cloze.grading import SheetScore
from assistant.cloze.item_report import ItemReport
from assistant.cloze.judge import sheet_difficulty
from assistant.cloze.levels import level_words
from assistant.cloze.reasons import reason
from assistant.cloze.versions import paper
from assistant.commands.common import in_words, language, percent, print_json, report
from assistant.errors import BubaiError

_BANDS = {
    Band.EASY: ("容易", "easy"),
    Band.MEDIUM: ("中等", "medium"),
    Band.HARD: ("较难", "hard"),
}


def write_exports(exercise: Exercise, name: str, formats: Sequence[str]) -> int:
    """Write every format of every paper beside ``name``; return the exit code of the last failure.

    One paper is NAME.docx, several are NAME-A.docx, NAME-B.docx.
    """
    # Only here: the writers bring python-docx and genanki along.
    from assistant.export import registry

    code = 0
    for version in exercise.versions or ("",):
        sheet = paper(exercise, version)
        stem = f"{name}-{version}" if len(exercise.versions) > 1 else name
        for format_name in formats:
            try:
                rendered = registry.render(sheet, format_name)
                path = Path(stem + registry.FORMATS[format_name].suffix)
                registry.write(rendered, path)
            except BubaiError as error:
                code = report(error)
                continue
            for note in rendered.notes:
                print(f"bubai: {path}: {note.message(language())}", file=sys.stderr)
            print(path, file=sys.stderr)
    return code


def print_exercise(exercise: Exercise, path: Path, *, as_json: bool) -> None:
    """Print what was made: the passage with numbers, then the gaps."""
    if as_json:
        print_json({"file": str(path), "gaps": [_gap_json(gap) for gap in exercise.gaps]})
        return
    print("".join(f"［{n}］" if isinstance(s, Gap) else s.text for n, s in exercise.numbered()))
    if exercise.kind is Kind.BANK:
        print("  " + "  ".join(word.text for word in exercise.bank))
    _print_gaps(exercise)
    print(path)


def print_check(exercise: Exercise, bank: BankCheck | None, *, as_json: bool) -> None:
    """Print the alarm and the difficulty of every gap and of the sheet."""
    if as_json:
        record: dict[str, object] = {"gaps": [_gap_json(gap) for gap in exercise.gaps]}
        if bank is not None:
            record["bank"] = asdict(bank)
        print_json(record)
        return
    _print_gaps(exercise)
    sheet = sheet_difficulty(exercise.gaps)
    if sheet is not None:
        bands = "  ".join(
            f"{in_words(*_BANDS[band])} {count}" for band, count in sheet.bands.items()
        )
        print(f"  = {percent(sheet.confidence)}  {bands}")
        for mark, numbers in (("⚠", sheet.several), ("?", sheet.unsure)):
            if numbers:
                print(f"  {mark} {', '.join(map(str, numbers))}")
    if bank is not None:
        numbers = {gap.uid: n for n, gap in enumerate(exercise.gaps, start=1)}
        rivals = ", ".join(f"{numbers[rival.uid]} {rival.word}" for rival in bank.rivals)
        several = in_words(f"备选词还有别的填法：{rivals}", f"bank: also solved by {rivals}")
        print("  = " + (in_words("备选词只有一种填法", "bank: unique") if bank.unique else several))


def print_scores(scores: Sequence[SheetScore]) -> None:
    """Print one line a student: points, exact and accepted answers."""
    for score in scores:
        counts = in_words(
            f"与原词相同 {score.exact}  算对 {score.accepted}",
            f"exact {score.exact}  accepted {score.accepted}",
        )
        print(f"{score.student}  {score.points:g}/{score.total:g}  {counts}")


def print_report(
    scores: Sequence[SheetScore], reports: Sequence[ItemReport], *, as_json: bool
) -> None:
    """Print the item report of the class; as JSON together with the scores."""
    if as_json:
        students = [
            {**asdict(score), "exact": score.exact, "accepted": score.accepted} for score in scores
        ]
        print_json({"students": students, "items": [asdict(item) for item in reports]})
        return
    for item in reports:
        facility = f"{in_words('得分率', 'facility')} {item.facility:.2f}"
        power = ""
        if item.discrimination is not None:
            power = f"  {in_words('区分度', 'discrimination')} {item.discrimination:.2f}"
        wrong = "  ".join(f"{w.text}×{w.count}{' ?' * w.acceptable}" for w in item.wrong)
        print(f"  {item.number}. {item.answer}  {facility}{power}  {wrong}")


def _print_gaps(exercise: Exercise) -> None:
    for number, gap in enumerate(exercise.gaps, start=1):
        judged = gap.difficulty
        parts = [f"  {number}. {gap.answer}"]
        if judged is not None:
            parts.append(f"{percent(judged.confidence)} {in_words(*_BANDS[judged.band])}")
        if gap.level:
            parts.append(f"({level_words(gap.level, language())})")
        if gap.distractors:
            letters = "ABCDEFGH"
            parts += [f"{letters[i]}.{text}" for i, text in enumerate(gap.options)]
            parts.append(f"[{gap.key_letter}]")
        if gap.alternatives:
            rivals = " ".join(f"{a.text} {percent(a.confidence)}" for a in gap.alternatives)
            parts.append(f"⚠ {rivals}")
        elif gap.certainty is Certainty.UNSURE:
            parts.append("?")
        print("  ".join(parts))


def _gap_json(gap: Gap) -> dict[str, object]:
    record: dict[str, object] = {
        "uid": gap.uid,
        "answers": [asdict(answer) for answer in gap.answers],
        "alternatives": [asdict(rival) for rival in gap.alternatives],
    }
    if gap.difficulty is not None:
        record["confidence"] = round(gap.difficulty.confidence, 6)
        record["entropy_bits"] = round(gap.difficulty.entropy, 3)
        record["band"] = gap.difficulty.band.value
    if gap.level:
        record["level"] = gap.level
    if gap.certainty is not None:
        record["certainty"] = gap.certainty.value
    if gap.distractors:
        record["options"] = gap.options
        record["key"] = gap.key_letter
        record["reasons"] = {one.text: reason(one, language()) for one in gap.distractors}
    return record
