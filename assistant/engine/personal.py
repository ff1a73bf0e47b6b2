"""Personal memories: a person's own texts, counted offline into files of their own.

The same file format and the same look-up as the bundled memory, with exact counts and without
pruning. Nothing of the text is kept but n-grams of at most five characters. No Qt; runs on a
worker thread.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import Alphabet
from assistant.engine.memory_counting import (
    Counts,
    Keys,
    adjacency_sections,
    count_keys,
    encode_passages,
    merge_counts,
    ngram_keys,
    symbol_counts,
)
from assistant.engine.memory_counts import ORDERS
from assistant.engine.memory_file import read_sections, write_sections
from assistant.errors import DamagedMemoryError, FileWriteError, ModelError, ModelFormatError

SUFFIX = ".memory"
CHUNK_CHARS = 1_000_000
"""Characters read between two looks at ``progress``."""
RUN_SYMBOLS = 8_000_000
"""Symbols sorted at a time: at most about 200 MB of memory."""

Progress = Callable[[int], bool]
"""Told how many characters are counted so far; answers whether to go on."""
Tables = dict[int, tuple[Keys, Counts]]


@dataclass(frozen=True, slots=True)
class PersonalInfo:
    """What a person may know of a personal memory."""

    name: str
    documents: int
    characters: int
    bytes_on_disk: int


class PersonalMemories:
    """The personal memories in one folder, one file each."""

    def __init__(self, folder: Path, alphabet: Alphabet | None = None) -> None:
        """Look into ``folder`` (made when needed).

        New memories are counted in ``alphabet``; only :meth:`add` needs it.
        """
        self._folder = folder
        self._alphabet = alphabet

    def add(
        self, name: str, texts: Iterable[str], progress: Progress | None = None
    ) -> PersonalInfo | None:
        """Count ``texts`` into the memory ``name``, making it if it is new.

        A text that was added before, unchanged, is not counted twice. Returns None, and changes
        nothing, when ``progress`` answered False.

        Raises FileWriteError; DamagedMemoryError when the memory there is damaged.
        """
        path = self._path(name)
        tables, meta, alphabet = self._existing(path, name)
        pile = _Pile(tables, alphabet)
        known = set(meta["documents"])
        counted = 0
        for text in texts:
            digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()
            if digest in known:
                continue
            known.add(digest)
            for part in _parts(text):
                pile.add(part)
                counted += sum(map(len, part))
                if progress is not None and not progress(counted):
                    return None
        tables = pile.tables()
        if progress is not None and not progress(counted):
            return None
        meta |= {"documents": sorted(known), "characters": meta["characters"] + counted}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_sections(path, _sections(tables, meta, alphabet))
        except OSError as error:
            raise FileWriteError(path=str(path), reason=error.strerror or str(error)) from error
        return _info(meta, path)

    def list(self) -> tuple[PersonalInfo, ...]:
        """Return the memories in the folder, by name; damaged files are left out."""
        found: list[PersonalInfo] = []
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            try:
                found.append(_info(_meta(path), path))
            except (ModelError, KeyError, ValueError):
                continue
        return tuple(sorted(found, key=lambda info: info.name))

    def remove(self, name: str) -> bool:
        """Delete the memory ``name``; return whether there was one. Raises FileWriteError.

        On Windows a memory that is open cannot be deleted: stop using it first.
        """
        path = self._path(name)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise FileWriteError(path=str(path), reason=error.strerror or str(error)) from error
        return True

    def open(self, name: str) -> PhraseMemory:
        """Map the memory ``name``. Raises ModelMissingError or ModelFormatError."""
        return PhraseMemory.open(self._path(name))

    def _path(self, name: str) -> Path:
        # Names may hold any character; files are called by a digest of the name.
        digest = hashlib.blake2b(name.encode("utf-8"), digest_size=8).hexdigest()
        return self._folder / f"{digest}{SUFFIX}"

    def _existing(self, path: Path, name: str) -> tuple[Tables, dict[str, Any], Alphabet]:
        if not path.exists():
            if self._alphabet is None:
                raise ValueError("a new memory needs an alphabet")
            empty = (np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.uint32))
            meta: dict[str, Any] = {"name": name, "documents": [], "characters": 0}
            return dict.fromkeys(ORDERS, empty), meta, self._alphabet
        try:
            sections: dict[str, Any] = dict(read_sections(path, verify=True))
        except ModelFormatError as error:
            raise DamagedMemoryError(str(error), name=name) from error
        # Copies: a mapped file cannot be replaced on Windows.
        tables = {
            order: (
                np.array(sections[f"order{order}.keys"]),
                np.array(sections[f"order{order}.counts"]),
            )
            for order in ORDERS
        }
        # Its own alphabet: that of a newer model would give its keys another meaning.
        alphabet = Alphabet(np.array(sections["fold"]), np.array(sections["codes"]))
        return tables, json.loads(bytes(sections["meta"])), alphabet


def _parts(text: str) -> Iterable[Sequence[str]]:
    """Split a text into runs of about ``CHUNK_CHARS`` characters, between lines."""
    lines: list[str] = []
    size = 0
    for line in text.splitlines():
        lines.append(line)
        size += len(line)
        if size >= CHUNK_CHARS:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines


class _Pile:
    """Counts lines in runs of about ``RUN_SYMBOLS`` and merges runs of about the same size.

    So every count is merged a few times only, however many documents there are.
    """

    def __init__(self, tables: Tables, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._runs = [tables]
        self._waiting: list[NDArray[np.uint16]] = []
        self._symbols = 0

    def add(self, lines: Sequence[str]) -> None:
        """Take ``lines``; they are counted when there are enough."""
        lines = [line for line in lines if line.strip()]
        self._waiting.append(encode_passages(self._alphabet, lines))
        self._symbols += len(self._waiting[-1])
        if self._symbols >= RUN_SYMBOLS:
            self._count()

    def tables(self) -> Tables:
        """Return the counts of everything taken so far."""
        self._count()
        self._runs = [_merged(self._runs)]
        return self._runs[0]

    def _count(self) -> None:
        if not self._waiting:
            return
        # Every passage ends with an unknown symbol, so no n-gram reaches from one into another.
        ids, radix = np.concatenate(self._waiting), self._alphabet.size
        self._waiting, self._symbols = [], 0
        self._runs.append({order: count_keys(ngram_keys(ids, order, radix)) for order in ORDERS})
        while len(self._runs) > 1 and _rows(self._runs[-2]) <= 2 * _rows(self._runs[-1]):
            self._runs[-2:] = [_merged(self._runs[-2:])]


def _rows(tables: Tables) -> int:
    return sum(len(keys) for keys, _ in tables.values())


def _merged(runs: Sequence[Tables]) -> Tables:
    runs = [run for run in runs if _rows(run)] or runs[:1]
    if len(runs) == 1:
        return runs[0]
    return {order: merge_counts([(*run[order], 1) for run in runs]) for order in ORDERS}


def _sections(
    tables: Tables, meta: dict[str, Any], alphabet: Alphabet
) -> dict[str, NDArray[np.generic]]:
    meta = {**meta, "alphabet": alphabet.size}
    pairs, counts = tables[2]
    sections: dict[str, NDArray[np.generic]] = {
        "meta": np.frombuffer(json.dumps(meta, sort_keys=True).encode(), dtype=np.uint8),
        "fold": alphabet.fold,
        "codes": alphabet.codes,
        "unigrams": np.log1p(symbol_counts(pairs, counts, alphabet.size)).astype(np.float32),
        **adjacency_sections(pairs, counts, alphabet.size),
    }
    for order, (keys, seen) in tables.items():
        sections[f"order{order}.keys"] = keys
        sections[f"order{order}.counts"] = seen
    return sections


def _meta(path: Path) -> dict[str, Any]:
    sections = read_sections(path)
    return json.loads(sections["meta"].tobytes())


def _info(meta: dict[str, Any], path: Path) -> PersonalInfo:
    return PersonalInfo(
        str(meta["name"]),
        len(meta["documents"]),
        int(meta["characters"]),
        path.stat().st_size,
    )
