"""The two graphs of a translation package and its tokenizer: ids in, likely next ids out.

The encoder: ``input_ids``, ``attention_mask`` int64 [B, S] in, for each layer i of the decoder
``cross_key_i``, ``cross_value_i`` float32 [B, H, S, D] out. The decoder: ``token_ids`` int64
[N, 1], ``position`` int64 [1] (of these tokens), ``steps`` int64 [1] (how many at most),
``attention_mask`` int64 [N, S] of the source, ``order`` int64 [N] (the rows of the past that go
on), ``cross_key_i``, ``cross_value_i`` [N, H, S, D] and ``past_key_i``, ``past_value_i``
[M, H, T, D] in; out ``top_log_probs`` float32 and ``top_ids`` int64 [steps taken, N, K], best
first, of the whole vocabulary, and ``key_i``, ``value_i`` [N, H, T + steps taken, D]. It goes on
with the likeliest token until ``steps``, or until every row has written the end mark.

Knows nothing of sentences, beams or guards. Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.engine.cancel import Cancel
from assistant.engine.package import Package
from assistant.engine.session import OnnxSession
from assistant.errors import ModelFormatError

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
_CROSS = re.compile(r"cross_(?:key|value)_\d+")
_PAST = re.compile(r"past_((?:key|value)_\d+)")


class TranslationModel:
    """An encoder-decoder that says which tokens are likely to come next."""

    def __init__(self, package: Package, *, threads: int | None = None) -> None:
        """Load the graphs and the tokenizer of ``package``.

        Raises ModelFormatError when the files do not fit together.
        """
        manifest, folder = package.manifest, package.folder.name
        tokenizer = _tokenizer(package)
        special = manifest.special_tokens
        self._tokenizer = tokenizer
        self._folder = folder
        self.pad, self.eos = self._id_of(special.pad), self._id_of(special.eos)
        self.start = self._id_of(special.decoder_start)
        self.max_source = manifest.max_length - 1  # the end mark needs a place
        try:
            self.top_k = int(manifest.settings["top_k"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelFormatError(repr(error), folder=folder, reason="top_k") from error
        self._encoder = OnnxSession(package.path(manifest.model), threads=threads)
        self._decoder = OnnxSession(package.path(manifest.decoder or ""), threads=threads)
        self._pasts = tuple(filter(_PAST.fullmatch, self._decoder.inputs))
        cross = set(filter(_CROSS.fullmatch, self._decoder.inputs))
        needed = {"token_ids", "position", "attention_mask", "order", "steps", *cross, *self._pasts}
        kept = {_PAST.sub(r"\1", name) for name in self._pasts}
        if (
            set(self._decoder.inputs) != needed
            or set(self._encoder.inputs) != {"input_ids", "attention_mask"}
            or not cross
            or not cross <= set(self._encoder.outputs)
            or set(self._decoder.outputs) != {"top_log_probs", "top_ids"} | kept
        ):
            raise ModelFormatError(folder=folder, reason="inputs")

    def encode_text(self, text: str) -> tuple[int, ...]:
        """Return the ids of ``text`` without the end mark."""
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def decode_ids(self, ids: Sequence[int]) -> str:
        """Return the text that ``ids`` spell."""
        return self._tokenizer.decode(list(ids)).strip()

    def read(self, sources: Sequence[Sequence[int]], cancel: Cancel | None = None) -> Reading:
        """Read sentences (ids without the end mark) together, ready to be written out.

        Raises Cancelled.
        """
        width = max(map(len, sources)) + 1
        ids = np.full((len(sources), width), self.pad, np.int64)
        mask = np.zeros((len(sources), width), np.int64)
        for row, source in enumerate(sources):
            ids[row, : len(source) + 1] = (*source, self.eos)
            mask[row, : len(source) + 1] = 1
        outputs = self._encoder.run({"input_ids": ids, "attention_mask": mask}, cancel)
        cross = dict(zip(self._encoder.outputs, outputs, strict=True))
        return Reading(
            self._decoder,
            {name: cross[name] for name in self._decoder.inputs if name in cross},
            self._pasts,
            mask,
        )

    def _id_of(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ModelFormatError(folder=self._folder, reason=token)
        return found


class Reading:
    """Sentences that were read, and what has been written of them so far.

    Rows are hypotheses: at first one per sentence, then whatever ``order`` makes of them.
    """

    def __init__(
        self,
        decoder: OnnxSession,
        cross: dict[str, Scores],
        pasts: tuple[str, ...],
        mask: Ids,
    ) -> None:
        self._decoder = decoder
        self._cross, self._mask = cross, mask
        rows, heads, _, width = next(iter(cross.values())).shape
        empty = np.zeros((rows, heads, 0, width), np.float32)
        self._past = dict.fromkeys(pasts, empty)
        self._kept = [_PAST.sub(r"\1", name) for name in pasts]
        self._owner: Ids = np.arange(rows)
        self._feeds: dict[str, NDArray[Any]] = {**cross, "attention_mask": mask}
        self._position = 0

    def write(
        self,
        tokens: Sequence[int] | Ids,
        order: Sequence[int] | Ids,
        most: int = 1,
        cancel: Cancel | None = None,
    ) -> tuple[Scores, Ids]:
        """Continue row ``order[n]`` of the last call with ``tokens[n]``, for every new row n.

        ``order`` may repeat, reorder and leave out rows. Goes on with the likeliest token, up to
        ``most`` times or until every row has ended once; what a row says behind its end mark means
        nothing. Returns the log-probabilities and ids of the likeliest next tokens at each step,
        both [steps, N, top_k], best first. Raises Cancelled.
        """
        order = np.asarray(order, np.int64)
        owner = self._owner[order]
        if not np.array_equal(owner, self._owner):
            self._feeds = {name: values[owner] for name, values in self._cross.items()}
            self._feeds["attention_mask"] = self._mask[owner]
            self._owner = owner
        feeds = {
            **self._feeds,
            **self._past,
            "token_ids": np.asarray(tokens, np.int64)[:, None],
            "position": np.array([self._position], np.int64),
            "order": order,
            "steps": np.array([most], np.int64),
        }
        outputs = dict(zip(self._decoder.outputs, self._decoder.run(feeds, cancel), strict=True))
        for past, kept in zip(self._past, self._kept, strict=True):
            self._past[past] = outputs[kept]
        log_probs, ids = outputs["top_log_probs"], outputs["top_ids"]
        self._position += len(ids)
        return log_probs, ids.astype(np.int64, copy=False)


def _tokenizer(package: Package) -> Tokenizer:
    name = package.manifest.tokenizer
    try:
        tokenizer = Tokenizer.from_file(str(package.path(name)))
    except Exception as error:  # the Rust tokenizer raises plain Exception
        raise ModelFormatError(str(error), folder=package.folder.name, reason=name) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    # A text that happens to hold "</s>" must not become a special token.
    tokenizer.encode_special_tokens = True
    return tokenizer
