"""A model package: a folder with ``manifest.json``, the ONNX file and the tokenizer files.

The manifest names every file with its size and sha256; nothing is used before all of them agree.
Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from assistant.errors import ModelFormatError, ModelHashError, ModelMissingError
from assistant.records import Task

MANIFEST_NAME = "manifest.json"
FORMAT_VERSION = 1
_CHUNK_BYTES = 1 << 20
_SPECIALS = {
    Task.FILL: ("pad", "unk", "cls", "sep", "mask"),
    Task.UNDERSTAND: ("pad", "unk", "cls", "sep"),
    Task.TRANSLATE: ("pad", "unk", "eos", "decoder_start"),
}
"""The special tokens that a package of each task must name."""


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file of a package: its name inside the folder, its size and its digest."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SpecialTokens:
    """Token strings with a role; those that the package's task does not use are "".

    ``span`` stands in the input for one word of unknown length; ``lengths[k-1]`` is the
    prediction "that word has k characters"; both are absent in plain checkpoints. ``eos`` ends
    what an encoder-decoder reads and writes, ``decoder_start`` begins what it writes.
    """

    pad: str
    unk: str
    cls: str = ""
    sep: str = ""
    mask: str = ""
    span: str | None = None
    lengths: tuple[str, ...] = ()
    eos: str = ""
    decoder_start: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """One output of a classifier: the graph's output name and what its columns mean.

    ``labels`` are the roles that the engine knows, read from the checkpoint's ``label2id``:
    "negative"/"neutral"/"positive" of sentiment, "entailment"/"neutral"/"contradiction" (or
    "not_entailment") of inference. ``temperature`` divides the logits.
    """

    output: str
    labels: tuple[str, ...]
    temperature: float = 1.0


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of ``manifest.json``.

    ``max_length`` is in tokens, specials included; ``context_chars`` is how many characters
    around a blank the model reads best; ``length_prior[k-1]`` is P(a word has k characters) for
    models without a span token. ``memory`` names the phrase memory file, ``topics`` that of the
    topics of words, or they are None.
    ``decoder`` names the graph with which an encoder-decoder writes (``model`` is then its
    encoder), or is None; its inputs and outputs: see ``translation_model``. ``sentiment`` and
    ``entailment`` are the heads of an ``understand`` package, which has at least one of them.
    ``settings`` holds fitted numbers (gate, temperatures), ``metrics`` measured ones.
    """

    task: Task
    name: str
    version: str
    licence: str
    files: tuple[PackageFile, ...]
    model: str
    tokenizer: str
    memory: str | None
    topics: str | None
    decoder: str | None
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    vocab_size: int
    max_length: int
    context_chars: int
    special_tokens: SpecialTokens
    length_prior: tuple[float, ...]
    sentiment: Head | None
    entailment: Head | None
    settings: dict[str, Any]
    metrics: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Package:
    """A verified package on disk."""

    folder: Path
    manifest: Manifest

    def path(self, name: str) -> Path:
        """Return the path of the package's file ``name``."""
        return self.folder / name


def load_package(folder: Path, task: Task, *, verify: bool = True) -> Package:
    """Read and check the package in ``folder``.

    ``verify=False`` skips the digests (sizes are still checked); build tools use it on packages
    they have just written.

    Raises ModelMissingError, ModelHashError or ModelFormatError.
    """
    manifest = read_manifest(folder)
    if manifest.task is not task:
        raise ModelFormatError(folder=folder.name, reason=f"task {manifest.task.value}")
    for file in manifest.files:
        _check_file(folder, file, verify=verify)
    return Package(folder, manifest)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of the package in ``folder``; its files are not looked at.

    Raises ModelMissingError or ModelFormatError.
    """
    return _parse(folder, _read_json(folder))


def sha256_of(path: Path) -> str:
    """Return the hexadecimal sha256 of the file at ``path``."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _read_json(folder: Path) -> dict[str, Any]:
    try:
        text = (folder / MANIFEST_NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ModelMissingError(folder=folder.name, file=MANIFEST_NAME) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ModelFormatError(str(error), folder=folder.name, reason=MANIFEST_NAME) from error
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:  # no JSON, a number too long, nested too deeply
        raise ModelFormatError(str(error), folder=folder.name, reason=MANIFEST_NAME) from error
    if not isinstance(raw, dict):
        raise ModelFormatError(folder=folder.name, reason=MANIFEST_NAME)
    return cast(dict[str, Any], raw)


def _parse(folder: Path, raw: dict[str, Any]) -> Manifest:
    if raw.get("format") != FORMAT_VERSION:
        raise ModelFormatError(folder=folder.name, reason=f"format {raw.get('format')}")
    try:
        manifest = _manifest(raw)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ModelFormatError(repr(error), folder=folder.name, reason=MANIFEST_NAME) from error
    named = {file.name for file in manifest.files}
    optional = {manifest.memory, manifest.topics, manifest.decoder} - {None}
    used = {manifest.model, manifest.tokenizer} | optional
    if not used <= named or any(not _is_plain_name(name) for name in named):
        raise ModelFormatError(folder=folder.name, reason="files")
    if manifest.task is Task.UNDERSTAND and not (manifest.sentiment or manifest.entailment):
        raise ModelFormatError(folder=folder.name, reason="heads")
    if manifest.task is Task.TRANSLATE and manifest.decoder is None:
        raise ModelFormatError(folder=folder.name, reason="decoder")
    return manifest


def _manifest(raw: dict[str, Any]) -> Manifest:
    task = Task(raw["task"])
    return Manifest(
        task=task,
        name=str(raw["name"]),
        version=str(raw["version"]),
        licence=str(raw["licence"]),
        files=tuple(
            PackageFile(name, int(entry["bytes"]), str(entry["sha256"]))
            for name, entry in raw["files"].items()
        ),
        model=str(raw["model"]),
        tokenizer=str(raw["tokenizer"]),
        memory=_optional(raw.get("memory")),
        topics=_optional(raw.get("topics")),
        decoder=_optional(raw.get("decoder")),
        inputs=tuple(map(str, raw["inputs"])),
        outputs=tuple(map(str, raw["outputs"])),
        vocab_size=int(raw["vocab_size"]),
        max_length=int(raw["max_length"]),
        context_chars=int(raw.get("context_chars", 0)),
        special_tokens=_special_tokens(raw["special_tokens"], task),
        length_prior=tuple(float(p) for p in raw.get("length_prior", ())),
        sentiment=_head(raw.get("sentiment")),
        entailment=_head(raw.get("entailment")),
        settings=dict(raw.get("settings", {})),
        metrics=dict(raw.get("metrics", {})),
    )


def _special_tokens(raw: dict[str, Any], task: Task) -> SpecialTokens:
    roles = {role: str(raw[role]) for role in _SPECIALS[task]}
    lengths = tuple(map(str, raw.get("lengths", ())))
    return SpecialTokens(**roles, span=_optional(raw.get("span")), lengths=lengths)


def _optional(name: object) -> str | None:
    """Return a name that may be missing. Raises TypeError for anything else."""
    if name is not None and not isinstance(name, str):
        raise TypeError("a name")
    return name


def _head(raw: dict[str, Any] | None) -> Head | None:
    if raw is None:
        return None
    temperature = float(raw.get("temperature", 1.0))
    if temperature <= 0:
        raise ValueError("temperature")
    return Head(str(raw["output"]), tuple(str(label) for label in raw["labels"]), temperature)


def _is_plain_name(name: str) -> bool:
    return Path(name).name == name and name not in ("", ".", "..") and "\\" not in name


def _check_file(folder: Path, file: PackageFile, *, verify: bool) -> None:
    path = folder / file.name
    if not path.is_file():
        raise ModelMissingError(folder=folder.name, file=file.name)
    try:
        whole = path.stat().st_size == file.bytes and (not verify or sha256_of(path) == file.sha256)
    except OSError as error:
        raise ModelFormatError(str(error), folder=folder.name, reason=file.name) from error
    if not whole:
        raise ModelHashError(folder=folder.name, file=file.name)
