"""Check a translate package: ``python -m build_tools.verify PACKAGE --task translate`` calls this.

BLEU and chrF2 (sacrebleu) of development sets, FP32 against INT8, greedy against beam 4, and
sentences that go round in circles, all through ``assistant.engine``, the code that ships.
"""

from __future__ import annotations

import itertools
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sacrebleu
import torch

from assistant.engine.decoding import Rules, greedy
from assistant.engine.package import Package, load_package
from assistant.engine.translate import BETTER, GREEDY, Translator
from assistant.engine.translation_guards import said_again
from assistant.records import Task
from assistant.text.protected import find_protected, lost, to_keep
from build_tools.card import About
from build_tools.corpus.sources import open_text
from build_tools.export_translation import export_translation
from build_tools.marian_checkpoint import load_marian, never_written
from build_tools.pack_translation import pack_translation
from build_tools.package_writer import read_manifest

SETS = ("iwslt17_dev2010", "msctd_dev", "newsdev2017", "tico19")
MOST_LOST = 0.3
"""BLEU that INT8 may cost, on average over the sets."""
_LOOP_SENTENCES = 2000
_PARITY_SENTENCES = 60
_PARITY_TOKENS = 64
_NO_ABOUT = About("fp32", "0", "", "", "", "", 0, ())
_WORD = re.compile(r"\w+")

Metrics = dict[str, Any]
Pair = tuple[str, str]


def verify_translation(
    folder: Path, data: Path, limit: int | None, checkpoint: str | None
) -> Metrics:
    """Return all figures of the package in ``folder``; FP32's only when there is a checkpoint.

    ``limit``: sentences of each set, spread evenly over it.
    """
    package = load_package(folder, Task.TRANSLATE)
    sets = {name: read_pairs(data / f"{name}.tsv.xz", limit) for name in SETS}
    metrics: Metrics = {"sentences": {name: len(pairs) for name, pairs in sets.items()}}
    small = Translator(package, threads=1)
    metrics["int8"] = _scores(small, sets)
    if checkpoint is not None:
        with tempfile.TemporaryDirectory() as work:
            plain = Translator(_plain_package(folder, Path(checkpoint), Path(work)), threads=1)
            metrics["fp32"] = _scores(plain, sets)
            metrics["parity"] = {
                "fp32_greedy_equal_to_generate": _equal_to_generate(plain, checkpoint, sets),
                "int8_loses_bleu": _lost(metrics),
            }
    sentences = loop_sentences(data, min(_LOOP_SENTENCES, 4 * limit if limit else 10**9))
    fast, better = (_translated(small, sentences, beams) for beams in (GREEDY, BETTER))
    times = [said_again(chinese).in_a_row for chinese in sentences]
    metrics["loops"] = {
        "sentences": len(sentences),
        "greedy": sum(map(goes_round, fast, times)),
        "beam_4": sum(map(goes_round, better, times)),
    }
    metrics["kept"] = kept(sentences, fast)
    metrics["sacrebleu"] = f"{sacrebleu.__version__}, 13a, mixed case"
    return metrics


def broken_bounds(metrics: Metrics) -> list[str]:
    """Return a sentence for each bound that ``metrics`` break."""
    broken = []
    parity = metrics.get("parity")
    if parity and parity["fp32_greedy_equal_to_generate"] < 1.0:
        broken.append(f"FP32 writes as generate does in {parity['fp32_greedy_equal_to_generate']}")
    if parity and parity["int8_loses_bleu"] > MOST_LOST:
        broken.append(f"INT8 loses {parity['int8_loses_bleu']:.2f} BLEU")
    for search in ("greedy", "beam_4"):
        if metrics["loops"][search]:
            broken.append(f"{metrics['loops'][search]} translations repeat themselves ({search})")
    return broken


def read_pairs(path: Path, limit: int | None = None) -> list[Pair]:
    """Return (Chinese, English) of a development set, ``limit`` of them spread evenly over it."""
    with open_text(path) as stream:
        parts = (line.rstrip("\n").split("\t") for line in stream)
        pairs = [(part[0], part[1]) for part in parts if part[0].strip()]
    if limit is None or limit >= len(pairs):
        return pairs
    return [pairs[i * len(pairs) // limit] for i in range(limit)]


def loop_sentences(data: Path, count: int) -> list[str]:
    """Return about ``count`` Chinese sentences, as many of each development set."""
    shares = [read_pairs(data / f"{name}.tsv.xz", count // len(SETS)) for name in SETS]
    return [chinese for pairs in shares for chinese, _ in pairs]


def kept(sources: Sequence[str], targets: Sequence[str]) -> Metrics:
    """Return how many numbers, Latin names and addresses or code of the sources are in targets."""
    found = {kind: [0, 0] for kind in ("numbers", "names", "addresses_and_code")}
    for source, target in zip(sources, targets, strict=True):
        missing = lost(source, target)
        for kind, is_number in (("numbers", True), ("names", False)):
            found[kind][0] += sum(item[0].isdigit() == is_number for item in to_keep(source))
            found[kind][1] += sum(item[0].isdigit() == is_number for item in missing)
        parts = [source[start:end] for start, end in find_protected(source)]
        found["addresses_and_code"][0] += len(parts)
        found["addresses_and_code"][1] += sum(part not in target for part in parts)
    return {f"{kind}_kept_of_{of}": of - missing for kind, (of, missing) in found.items()}


def goes_round(text: str, times: int = 1) -> bool:
    """Tell whether up to eight words come three times in a row, or one word four times.

    ``times``: how often the source says the same in a row; so may the translation.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    for size, start in itertools.product(range(1, 9), range(len(words))):
        rounds = max(4 if size == 1 else 3, times + 1)
        first = words[start : start + size]
        if len(words) < start + rounds * size:
            continue
        if words[start : start + rounds * size] == first * rounds:
            return True
    return False


def _scores(translator: Translator, sets: dict[str, list[Pair]]) -> Metrics:
    found: Metrics = {}
    for name, pairs in sets.items():
        references = [[english for _, english in pairs]]
        found[name] = {}
        for search, beams in (("greedy", GREEDY), ("beam_4", BETTER)):
            said = _translated(translator, [chinese for chinese, _ in pairs], beams)
            found[name][search] = {
                "bleu": round(sacrebleu.corpus_bleu(said, references).score, 2),
                "chrf2": round(sacrebleu.corpus_chrf(said, references).score, 2),
            }
    return found


def _translated(translator: Translator, lines: Sequence[str], beams: int) -> list[str]:
    return [translator.translate(line, beams).translation for line in lines]


def _plain_package(folder: Path, checkpoint: Path, work: Path) -> Package:
    """Return the FP32 package of ``checkpoint`` with the settings of the package ``folder``."""
    manifest = read_manifest(folder)
    model = load_marian(str(checkpoint))
    export_translation(model, never_written(model), work / "plain")
    settings, longest = manifest["settings"], manifest["max_length"]
    target = work / "package"
    pack_translation(
        checkpoint, work / "plain", _NO_ABOUT, target, settings=settings, max_length=longest
    )
    return load_package(target, Task.TRANSLATE)


def _lost(metrics: Metrics) -> float:
    """Return how much BLEU INT8 loses, the mean over sets and searches."""
    differences = [
        metrics["fp32"][name][search]["bleu"] - metrics["int8"][name][search]["bleu"]
        for name in SETS
        for search in ("greedy", "beam_4")
    ]
    return round(sum(differences) / len(differences), 3)


@torch.inference_mode()
def _equal_to_generate(
    translator: Translator, checkpoint: str, sets: dict[str, list[Pair]]
) -> float:
    """Return the share of sentences for which greedy search writes ``generate``'s tokens."""
    ours, model = translator.model, load_marian(checkpoint)
    lines = [zh for pairs in sets.values() for zh, _ in pairs[: _PARITY_SENTENCES // len(SETS)]]
    same = 0
    for line in lines:
        ids = ours.encode_text(line)[: ours.max_source]
        out = model.generate(
            input_ids=torch.tensor([[*ids, ours.eos]]),
            num_beams=1,
            do_sample=False,
            max_length=_PARITY_TOKENS + 1,
        )
        wanted = [token for token in out[0, 1:].tolist() if token != ours.eos]
        found = greedy(ours.read([ids]), Rules(ours.start, ours.eos, (_PARITY_TOKENS,)))[0]
        same += list(found.ids) == wanted
    return round(same / len(lines), 4)
