"""``cloze``: make, check and score exercises. No Qt here (only the pdf writer needs it)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from assistant.cloze.answers_file import read_answers
from assistant.cloze.check import check_exercise_bank, rejudge, view_exercise
from assistant.cloze.exercise import Band, Exercise, Kind, Script, SourceInfo
from assistant.cloze.grading import Rules, SheetScore, grade
from assistant.cloze.headings import only_title
from assistant.cloze.item_report import item_reports, wrong_words
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.make import make_exercise
from assistant.cloze.open_blanks import count_blanks, draw_blanks
from assistant.cloze.options import Options
from assistant.cloze.places import Place
from assistant.cloze.project_file import SUFFIX, load, save
from assistant.cloze.scorer import GapView
from assistant.cloze.strategies import Strategy
from assistant.cloze.tokens import Part
from assistant.cloze.versions import paper
from assistant.cloze.word_list import parse_words
from assistant.commands.cloze_output import (
    print_check,
    print_exercise,
    print_report,
    print_scores,
    write_exports,
)
from assistant.commands.common import load_filler, read_text, tell
from assistant.errors import ModelError
from assistant.paths import find_paths

_BRACKETS = {"【": "】", "[": "]"}


def add_parser(commands: Any) -> None:
    """Add the command and its three steps to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "cloze", help="make, check and score cloze exercises"
    )
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    _add_make(steps)
    check = steps.add_parser("check", help="judge an exercise: other right answers, difficulty")
    check.add_argument("exercise", type=Path, metavar="FILE.bubai")
    check.add_argument("--write", action="store_true", help="write the judgement into the file")
    _add_common(check)
    check.set_defaults(run=run_check)
    score = steps.add_parser("score", help="score answers and report on every gap")
    score.add_argument("exercise", type=Path, metavar="KEY.bubai")
    score.add_argument("answers", type=Path, nargs="+", metavar="ANSWERS", help="json, csv or tsv")
    score.add_argument("--accept-pinyin", action="store_true", help="pinyin counts as the word")
    score.add_argument("--strict-script", action="store_true", help="simplified is not traditional")
    _add_common(score)
    score.set_defaults(run=run_score)


def _add_make(steps: Any) -> None:
    make: argparse.ArgumentParser = steps.add_parser("make", help="make an exercise from a text")
    make.add_argument("text", type=Path, metavar="FILE", help="a text file, - for standard input")
    make.add_argument(
        "--strategy",
        choices=[strategy.value for strategy in Strategy],
        required=True,
        help="manual: the gaps are the words in 【】 or []",
    )
    make.add_argument(
        "--out", required=True, metavar="NAME", help="files are NAME.bubai, NAME.docx …"
    )
    make.add_argument("--format", default="", metavar="A,B", help="docx,pdf,html,moodle,…")
    make.add_argument("--gaps", type=_positive, default=10, metavar="N")
    make.add_argument("--every", type=_positive, default=7, metavar="N", help="for nth")
    make.add_argument("--words", metavar="LIST", help="for wordlist: a file, or words with commas")
    make.add_argument(
        "--parts",
        type=_parts,
        default=(Part.CONTENT,),
        metavar="A,B",
        help="for pos and entropy: " + ", ".join(part.value for part in Part),
    )
    make.add_argument("--band", choices=[band.value for band in Band], default="medium")
    answer = make.add_mutually_exclusive_group()
    answer.add_argument("--choices", type=int, choices=range(2, 9), metavar="N", help="A, B, …")
    answer.add_argument("--bank", type=int, choices=range(21), metavar="K", help="K words too many")
    answer.add_argument("--dropdown", type=int, choices=range(2, 9), metavar="N")
    make.add_argument("--seed", type=int, default=0)
    make.add_argument("--title", default="", help="default: the text's own, or the file's name")
    make.add_argument("--level", default="", help="name of the word list, kept with every gap")
    make.add_argument("--points", type=float, default=1.0, help="points of one gap")
    make.add_argument("--versions", default="", metavar="A,B", help="papers with other orders")
    make.add_argument("--verse", action="store_true", help="a poem: lines, lengths known")
    make.add_argument("--script", choices=[script.value for script in Script])
    make.add_argument("--pinyin", choices=("text", "all"), help="all: above the gaps too")
    make.add_argument("--no-model", action="store_true", help="do without alarm and difficulty")
    _add_common(make)
    make.set_defaults(run=run_make)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--model", type=Path, metavar="DIR", help="another model package")


def run_make(arguments: argparse.Namespace) -> int:
    """Make an exercise, write NAME.bubai and the exports; return the exit code."""
    text = draw_blanks(read_text(arguments.text))
    options = _options(arguments, text)
    places: tuple[Place, ...] = ()
    if options.strategy is Strategy.MANUAL:
        text, places = bracketed(text)
    scorer = None if arguments.no_model else load_filler(arguments)
    lexicon = Lexicon(find_paths().resources / "lexicon")
    exercise = make_exercise(text, options, lexicon, scorer, places=places)
    path = Path(f"{arguments.out}{SUFFIX}")
    save(exercise, path)
    print_exercise(exercise, path, as_json=arguments.json)
    if options.count is not None and len(exercise.gaps) < options.count and not places:
        made, wanted = len(exercise.gaps), options.count
        tell(f"这段文字只放得下 {made} 个空（要的是 {wanted} 个）。",
             f"{made} of {wanted} gaps fit this text.")  # fmt: skip
    if blanks := count_blanks(exercise.text):
        tell(f"文中还有 {blanks} 个空没填，没有答案可对：练习里画作横线，所在的句子不出题。",
             f"{blanks} blanks of the text are open and have no answer: they are printed as lines, "
             "and their sentences are not asked about.")  # fmt: skip
    formats = [name.strip() for name in arguments.format.split(",") if name.strip()]
    return write_exports(exercise, arguments.out, formats)


def run_check(arguments: argparse.Namespace) -> int:
    """Judge an exercise and print the alarm; return the exit code."""
    scorer = load_filler(arguments)
    exercise = rejudge(load(arguments.exercise), scorer)
    bank = check_exercise_bank(exercise, scorer)
    if arguments.write:
        save(exercise, arguments.exercise)
    print_check(exercise, bank, as_json=arguments.json)
    return 0


def run_score(arguments: argparse.Namespace) -> int:
    """Score answer files and print scores and the item report; return the exit code."""
    exercise = load(arguments.exercise)
    rules = Rules(not arguments.strict_script, arguments.accept_pinyin)
    scores = [
        grade(
            paper(exercise, sheet.version or exercise.version), sheet.answers, sheet.student, rules
        )
        for path in arguments.answers
        for sheet in read_answers(path, exercise)
    ]
    reports = item_reports(exercise, scores, _views(arguments, exercise, scores))
    if arguments.json:
        print_report(scores, reports, as_json=True)
    else:
        print_scores(scores)
        print_report(scores, reports, as_json=False)
    return 0


def bracketed(text: str) -> tuple[str, tuple[Place, ...]]:
    """Return ``text`` without the brackets 【】 or [] and the places of what stood in them."""
    plain: list[str] = []
    places: list[Place] = []
    closing, start, at = "", 0, 0
    for character in text:
        if not closing and character in _BRACKETS:
            closing, start = _BRACKETS[character], at
        elif character == closing:
            if at > start:
                places.append(Place(start, at))
            closing = ""
        else:
            plain.append(character)
            at += 1
    return "".join(plain), tuple(places)


def _views(
    arguments: argparse.Namespace, exercise: Exercise, scores: list[SheetScore]
) -> dict[str, GapView] | None:
    """Ask the model about the wrong answers; None without a model: scoring must work anyway."""
    try:
        scorer = load_filler(arguments)
    except ModelError:
        if arguments.model is not None:
            raise
        return None
    words = zip((gap.uid for gap in exercise.gaps), wrong_words(exercise, scores), strict=True)
    return view_exercise(exercise, scorer, dict(words), top=1)


def _options(arguments: argparse.Namespace, text: str) -> Options:
    kind, choices = Kind.OPEN, 4
    if arguments.choices:
        kind, choices = Kind.CHOICE, arguments.choices
    elif arguments.dropdown:
        kind, choices = Kind.DROPDOWN, arguments.dropdown
    elif arguments.bank is not None:
        kind = Kind.BANK
    stem = "" if str(arguments.text) == "-" else arguments.text.stem
    title = arguments.title or only_title(text) or stem
    return Options(
        strategy=Strategy(arguments.strategy),
        kind=kind,
        count=arguments.gaps,
        every=arguments.every,
        parts=arguments.parts,
        words=_words(arguments.words),
        band=Band(arguments.band),
        choices=choices,
        extra=arguments.bank or 0,
        seed=arguments.seed,
        title=title,
        points=arguments.points,
        level=arguments.level,
        versions=tuple(name.strip() for name in arguments.versions.split(",") if name.strip()),
        verse=arguments.verse,
        script=Script(arguments.script) if arguments.script else None,
        pinyin=arguments.pinyin is not None,
        pinyin_on_gaps=arguments.pinyin == "all",
        source=SourceInfo(title=title),
    )


def _parts(text: str) -> tuple[Part, ...]:
    return tuple(Part(name.strip()) for name in text.split(","))


def _words(named: str | None) -> tuple[str, ...]:
    if not named:
        return ()
    path = Path(named)
    return parse_words(read_text(path) if path.is_file() else named)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
