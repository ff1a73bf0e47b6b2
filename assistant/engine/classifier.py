"""An ``understand`` package at work: rows of tokens to logits, in micro-batches.

Imports neither Qt nor onnxruntime (but the session).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.cancel import Cancel
from assistant.engine.package import Head, Package
from assistant.engine.pair_tokenizer import PairTokenizer, Row
from assistant.engine.session import OnnxSession
from assistant.errors import ModelFormatError
from assistant.records import PackageInfo

Logits = NDArray[np.float32]
Told = Callable[[int, int], object]
"""Told how much is done, and how much there is."""

BATCH_TOKENS = 512
"""Rows of one run hold at most this many tokens together, padding included.

More gains no speed (measured: 128 to 2048 are alike), only memory and slower cancelling."""
_INPUTS = {"input_ids", "attention_mask"}
_PAIR_INPUT = "token_type_ids"
_LABEL_INPUT = "label_mask"
"""1 where a hypothesis holds the person's label and not the template around it."""
_EACH_OUTPUT = "entailment_each"
"""Logits of every token's hypothesis: with it, a row may hold one text and many hypotheses."""


class Classifier:
    """A loaded ``understand`` package. For one thread at a time."""

    def __init__(self, package: Package, *, threads: int | None = None) -> None:
        """Load the graph and the tokenizer of ``package``.

        Raises ModelFormatError when the files do not fit together.
        """
        started = time.perf_counter()
        manifest = package.manifest
        self.manifest = manifest
        self.tokenizer = PairTokenizer(package)
        self.max_tokens = manifest.max_length
        self._session = OnnxSession(package.path(manifest.model), threads=threads)
        given = set(self._session.inputs)
        if not _INPUTS <= given <= {*_INPUTS, _PAIR_INPUT, _LABEL_INPUT}:
            raise ModelFormatError(folder=package.folder.name, reason="inputs")
        self._has_types, self._has_labels = _PAIR_INPUT in given, _LABEL_INPUT in given
        self.takes_many = _EACH_OUTPUT in self._session.outputs
        """Whether a row may hold several hypotheses after its text."""
        heads = (manifest.sentiment, manifest.entailment)
        if any(head and head.output not in self._session.outputs for head in heads):
            raise ModelFormatError(folder=package.folder.name, reason="outputs")
        self.info = PackageInfo(
            task=manifest.task,
            name=manifest.name,
            version=manifest.version,
            licence=manifest.licence,
            folder=package.folder.name,
            bytes_on_disk=sum(file.bytes for file in manifest.files),
            load_ms=(time.perf_counter() - started) * 1000,
        )

    def logits(
        self,
        rows: Sequence[Row],
        head: Head,
        cancel: Cancel | None = None,
        told: Told | None = None,
    ) -> Logits:
        """Return the logits of ``head`` for every row, shape [N, labels], in their order.

        Rows of similar length run together; ``cancel`` is looked at between the runs and stops
        a running one. Raises Cancelled, or ModelFormatError if the graph has other labels.
        """
        output = self._session.outputs.index(head.output)
        found = np.empty((len(rows), len(head.labels)), dtype=np.float32)
        done = 0
        for batch in batches([len(row.ids) for row in rows]):
            logits = self._session.run(self._feeds([rows[i] for i in batch]), cancel)[output]
            if logits.shape != (len(batch), len(head.labels)):
                raise ModelFormatError(folder=self.info.folder, reason=head.output)
            found[batch] = logits
            done += len(batch)
            if told is not None:
                told(done, len(rows))
        return found

    def hypotheses(
        self, rows: Sequence[Row], cancel: Cancel | None = None, told: Told | None = None
    ) -> Logits:
        """Return the entailment logits of every hypothesis of ``rows``, [hypotheses, labels].

        Only for a model that takes many in a row. ``told`` counts hypotheses. Raises Cancelled.
        """
        output = self._session.outputs.index(_EACH_OUTPUT)
        found: dict[int, Logits] = {}
        total, done = sum(len(row.ends) for row in rows), 0
        for batch in batches([len(row.ids) for row in rows]):
            logits = self._session.run(self._feeds([rows[i] for i in batch]), cancel)[output]
            for place, row in enumerate(batch):
                found[row] = logits[place, list(rows[row].ends)]
                done += len(rows[row].ends)
            if told is not None:
                told(done, total)
        return np.concatenate([found[row] for row in range(len(rows))])

    def _feeds(self, rows: Sequence[Row]) -> dict[str, NDArray[np.generic]]:
        lengths = np.array([len(row.ids) for row in rows])
        columns = np.arange(int(lengths.max()), dtype=np.int64)
        real: NDArray[np.bool_] = columns < lengths[:, None]
        input_ids = np.full(real.shape, self.tokenizer.pad, dtype=np.int64)
        input_ids[real] = np.concatenate([row.ids for row in rows])
        feeds: dict[str, NDArray[np.generic]] = {
            "input_ids": input_ids,
            "attention_mask": real.astype(np.int64),
        }
        if self._has_types:
            firsts = np.array([row.first_length for row in rows])
            feeds[_PAIR_INPUT] = (real & (columns >= firsts[:, None])).astype(np.int64)
        if self._has_labels:
            marked = np.zeros(real.shape, dtype=np.int64)
            for place, row in enumerate(rows):
                for start, end in row.labels:
                    marked[place, start:end] = 1
            feeds[_LABEL_INPUT] = marked
        return feeds


def batches(lengths: Sequence[int], limit: int = BATCH_TOKENS) -> list[list[int]]:
    """Split row numbers into runs of similar length, longest first.

    Each holds at most ``limit`` tokens when padded, or a single row. The longest come first, so
    that memory is at its highest with the first run.
    """
    found: list[list[int]] = []
    width = 0
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if not found or width * (len(found[-1]) + 1) > limit:
            found.append([])
            width = lengths[row]
        found[-1].append(row)
    return found
