"""Translation against transformers' generate and CTranslate2, on the same weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from build_tools.bench.contest import Case, Contest, Repeat, Variant, hold
from build_tools.bench.long_text import long_sentences
from build_tools.bench.made import Maker
from build_tools.bench.samples import median
from build_tools.bench.section import Ratio, Section, contest_table, faster
from build_tools.bench.sentences import TRANSLATION_LENGTHS, sentences
from build_tools.bench.settings import Settings

_BEAMS = ((1, "greedy"), (4, "beam 4"))
_TOKENS = 30
_FILE = 1000


def run(settings: Settings) -> list[Section]:
    """Hold the contests of our model: sentences greedy and with four beams, then a file."""
    maker = Maker(settings)
    peers = {
        "engine": {"package": str(maker.own("translate"))},
        **_others(maker, maker.own_checkpoint("translate")),
    }
    cases = tuple(
        Case(f"{size} characters", tuple(sentences(size))) for size in TRANSLATION_LENGTHS
    )
    sections: list[Section] = []
    for beams, how in _BEAMS:
        contest = Contest(f"translate-{beams}", _variants(peers, "engine", beams), cases)
        repeats = hold(contest, settings)
        section = Section(f"Translation, our model, {how}", [contest_table(contest, repeats)])
        section.body.append(_lengths(contest, repeats))
        section.ratios = _ratios(f"translate {how}", "engine", contest, repeats)
        sections.append(section)
    return [*sections, _file(peers, settings)]


def run_marian(settings: Settings) -> list[Section]:
    """Hold the contests of Marian's base shape: 20 characters in, exactly 30 tokens out."""
    maker = Maker(settings)
    checkpoint = maker.checkpoint("translate")
    peers = {
        "engine": {"package": str(maker.marian(int8=True)), "exactly": _TOKENS},
        "engine-fp32": {"package": str(maker.marian(int8=False)), "exactly": _TOKENS},
        **{name: {**one, "exactly": _TOKENS} for name, one in _others(maker, checkpoint).items()},
    }
    cases = (Case("20 characters", tuple(sentences(20)[:2])),)
    sections: list[Section] = []
    for beams, how in _BEAMS:
        contest = Contest(f"marian-{beams}", _variants(peers, "search", beams), cases)
        repeats = hold(contest, settings)
        section = Section(
            f"Translation, Marian's base shape, {how}", [contest_table(contest, repeats)]
        )
        section.body.append(
            f"6 + 6 layers of 512, 65,001 words, random weights; {_TOKENS} tokens out in all."
        )
        section.ratios = _ratios(f"marian-base {how}", "engine", contest, repeats)
        sections.append(section)
    return sections


def _others(maker: Maker, checkpoint: Path) -> dict[str, dict[str, Any]]:
    converted = str(maker.ctranslate2(checkpoint))
    return {
        "ctranslate2": {"converted": converted, "checkpoint": str(checkpoint)},
        "transformers": {"checkpoint": str(checkpoint)},
    }


def _variants(peers: dict[str, dict[str, Any]], ours: str, beams: int) -> tuple[Variant, ...]:
    kinds = {
        "engine": ("补白 INT8", f"translation.{ours}"),
        "engine-fp32": ("补白's search, ORT FP32", f"translation.{ours}"),
        "ctranslate2": ("CTranslate2 INT8", "translation.ctranslate2"),
        "transformers": ("transformers generate, PyTorch FP32", "translation.generate"),
    }
    return tuple(
        Variant(name, *kinds[name], {**options, "beams": beams}) for name, options in peers.items()
    )


def _ratios(name: str, ours: str, contest: Contest, repeats: list[Repeat]) -> list[Ratio]:
    found: list[Ratio] = []
    for case in contest.cases:
        against = f"{name} {case.name}: engine INT8"
        target = 10.0 if case.name == "20 characters" else None
        found.append(
            faster(
                f"{against} / transformers FP32", repeats, "transformers", ours, case.name, target
            )
        )
        # 0.9 of its time is 1.11 times as fast.
        found.append(
            faster(f"{against} / CTranslate2 INT8", repeats, "ctranslate2", ours, case.name, 1.11)
        )
    memory = [one[ours].resident_mb / one["ctranslate2"].resident_mb for one in repeats]
    found.append(Ratio(f"{name}: memory, engine / CTranslate2", tuple(memory), 1.3, higher=False))
    return found


def _lengths(contest: Contest, repeats: list[Repeat]) -> str:
    """Say how long the translations were: a peer that writes less has less to do."""
    parts: list[str] = []
    for variant in contest.variants:
        unit = "words" if variant.maker == "translation.engine" else "tokens"
        counts = [
            median(repeats[0][variant.name].cases[case.name].extras[unit]) for case in contest.cases
        ]
        parts.append(f"{variant.description} {' / '.join(f'{c:.0f}' for c in counts)} {unit}")
    return "Median length of what was written: " + "; ".join(parts) + "."


def _file(peers: dict[str, dict[str, Any]], settings: Settings) -> Section:
    count = 20 if settings.quick else _FILE
    lines, few = long_sentences(count), count // 10
    cases = (
        Case(f"{count} sentences", (lines,), 1, 0),
        Case(f"{few} sentences", (lines[:few],), 1, 0),
    )
    variants = tuple(
        Variant(one.name, one.description, one.maker, one.options, tuple(taken))
        for one in _variants(peers, "engine", 1)
        for taken in [[cases[1].name] if one.name == "transformers" else [c.name for c in cases]]
    )
    contest = Contest("translate-file", variants, cases)
    repeats = hold(contest, settings)
    section = Section("A file to translate, our model, greedy", [contest_table(contest, repeats)])
    section.body.append("Milliseconds are those of one sentence.")
    section.ratios = [
        faster(f"file of sentences: engine INT8 / {what}", repeats, peer, "engine", case.name)
        for peer, what, case in (
            ("transformers", "transformers FP32", cases[1]),
            ("ctranslate2", "CTranslate2 INT8", cases[0]),
        )
    ]
    return section
