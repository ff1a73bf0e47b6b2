"""The last two steps of a build: prune and pack; fit the networks and add them to the file."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import Alphabet
from assistant.engine.memory_counting import Keys, encode_passages, ngram_keys
from assistant.engine.memory_counts import ORDERS
from assistant.engine.memory_file import read_sections, write_sections
from assistant.engine.memory_words import MAX_LENGTH, Lexicon
from build_tools.corpus.sources import FIT_SOURCES
from build_tools.memory.blanks import Blank, character_blanks, hide_neighbours, word_blanks
from build_tools.memory.count import load_alphabet
from build_tools.memory.fit_scorer import (
    accuracy,
    character_samples,
    fit,
    other_lengths,
    word_samples,
)
from build_tools.memory.lexicon import choose_words, count_words
from build_tools.memory.pack import count_sections, meta_section
from build_tools.memory.prune import gains, keep, raise_known

_FOREIGN_SHARE = 0.7
"""Share of the blanks to fit on that comes from texts of a kind that was never counted."""
QUOTED_SHARE = 0.06
"""As many blanks again, relative to those, come from what must be known by heart."""
_LONGEST_LINE = 200
_IDIOM_BORDER = "："
_LONGEST_IDIOM = 14


def pack_memory(
    work: Path, known: Sequence[Path], thresholds: Mapping[int, float], out: Path
) -> dict[str, Any]:
    """Prune the merged counts of ``work`` and pack what is left into ``out``."""
    alphabet = load_alphabet(work / "alphabet.npz")
    gained = gains(work / "counts", alphabet.size, work / "weighted")
    raise_known(work / "counts", gained, known_ngrams(alphabet, known))
    kept = keep(work / "counts", alphabet.size, gained, thresholds)
    sections, meta = count_sections(work / "counts", alphabet, kept)
    meta["thresholds"] = {str(order): thresholds[order] for order in ORDERS}
    write_sections(out, {**sections, "meta": meta_section(meta)})
    return {"bytes": out.stat().st_size, "ngrams": meta["ngrams"]}


def known_ngrams(alphabet: Alphabet, files: Sequence[Path]) -> dict[int, Keys]:
    """Return the sorted n-grams of what must be known by heart: poems, and idioms themselves.

    Of a passage "idiom：explanation" only the idiom is known by heart.
    """
    passages = []
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            head, border, _ = line.partition(_IDIOM_BORDER)
            if line.startswith("《"):
                passages.append(line)
            elif border and len(head) <= _LONGEST_IDIOM:
                passages.append(head)
    ids = encode_passages(alphabet, passages)
    return {order: np.unique(ngram_keys(ids, order, alphabet.size)) for order in ORDERS}


def fit_memory(
    path: Path,
    work: Path,
    files: Sequence[Path],
    known: Sequence[Path],
    importance: Mapping[str, float],
    count: int,
    seed: int = 0,
) -> dict[str, Any]:
    """Fit the networks of the memory at ``path`` and write them, and the lexicon, into it.

    Needs ``held_out/`` beside the corpus ``files``; ``known`` are those to be known by heart. A
    tenth of the blanks measures the fit.
    """
    sections: dict[str, NDArray[np.generic]] = dict(read_sections(path))
    memory = PhraseMemory.open(path)
    folder = files[0].parent
    lines = fit_lines(folder / "held_out", count, seed)
    quoted = quoted_lines(known, int(count * QUOTED_SHARE), seed)
    report: dict[str, Any] = {}
    blanks = character_blanks(lines + quoted, seed)
    blanks = hide_neighbours(_shuffled(blanks, seed), seed)
    kept = len(blanks) * 9 // 10
    net = fit(character_samples(memory, blanks[:kept]), seed=seed)
    report["characters"] = accuracy(character_samples(memory, blanks[kept:]), net)
    sections |= net.sections("scorer")
    ids, logs = _words(work / "lexicon.npz", files, importance, memory.alphabet)
    lexicon = Lexicon(ids, logs)
    blanks = hide_neighbours(_shuffled(word_blanks(lines, seed), seed), seed, share=0.12)
    kept = len(blanks) * 9 // 10
    samples = word_samples(memory, lexicon, blanks[:kept])
    net = fit(samples, seed=seed)
    report["words"] = accuracy(word_samples(memory, lexicon, blanks[kept:]), net)
    sections |= net.sections("word_scorer")
    sections |= {"words.ids": ids, "words.logs": logs}
    sections["other_lengths"] = other_lengths(samples, blanks[:kept])
    new = path.with_name(path.name + ".fitted")
    write_sections(new, sections)
    new.replace(path)
    return report | {"words_in_lexicon": len(ids), "bytes": path.stat().st_size}


def fit_lines(held_out: Path, count: int, seed: int) -> list[str]:
    """Return held-out lines: most from sources of another kind, the rest from the counted ones."""
    foreign_names = {source.name for source in FIT_SOURCES}
    foreign: list[str] = []
    own: list[str] = []
    for path in sorted(held_out.glob("*.txt")):
        lines = [line[:_LONGEST_LINE] for line in path.read_text("utf-8").splitlines()]
        (foreign if path.stem in foreign_names else own).extend(lines)
    chance = random.Random(seed)
    chance.shuffle(foreign)
    chance.shuffle(own)
    wanted = int(count * _FOREIGN_SHARE)
    return foreign[:wanted] + own[: count - wanted]


def quoted_lines(known: Sequence[Path], count: int, seed: int) -> list[str]:
    """Return lines of what must be known by heart, as a person quotes them.

    They are counted, unlike all others: what is fitted on them is how to tell a quotation, of
    which several long n-grams were seen once, from a chance match.
    """
    lines: list[str] = []
    for path in known:
        for line in path.read_text("utf-8").splitlines():
            _, border, poem = line.partition("：")
            if line.startswith("《") and border:
                lines.extend(_verses(poem))
    random.Random(seed).shuffle(lines)
    return lines[:count]


def _verses(poem: str) -> list[str]:
    """Return the sentences of a poem, at least six characters each."""
    return [verse + "。" for verse in poem.split("。") if len(verse) >= 6]


def _shuffled(blanks: list[Blank], seed: int) -> list[Blank]:
    random.Random(seed).shuffle(blanks)
    return blanks


def _words(
    saved: Path, files: Sequence[Path], importance: Mapping[str, float], alphabet: Alphabet
) -> tuple[NDArray[np.uint16], NDArray[np.float16]]:
    """Return the lexicon, from ``saved`` if it was counted before."""
    if not saved.exists():
        idioms = [
            line.partition(_IDIOM_BORDER)[0]
            for path in files
            if path.stem == "idioms"
            for line in path.read_text("utf-8").splitlines()
        ]
        idioms = [idiom for idiom in idioms if len(idiom) == MAX_LENGTH]
        ids, logs = choose_words(count_words(files, importance), idioms, alphabet)
        np.savez(saved, ids=ids, logs=logs)
    with np.load(saved) as arrays:
        return arrays["ids"], arrays["logs"]
