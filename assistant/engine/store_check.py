"""Is what was unpacked a package? Files, digests, graphs, vocabulary; nothing is run.

Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

from pathlib import Path

from assistant.engine.onnx_rules import check_contract, check_graph
from assistant.engine.package import MANIFEST_NAME, Manifest, load_package, read_manifest
from assistant.engine.store_errors import PackageRefusedError
from assistant.engine.store_names import check_distinct, check_file_name, package_key, shown
from assistant.errors import ModelError, ModelFormatError, ModelHashError, ModelMissingError

_MAX_MANIFEST_BYTES = 4 << 20
_MAX_TOKENS = 1 << 16
_PICKLE = b"\x80"
_PICKLE_PROTOCOLS = range(2, 6)
_PROGRAMS = (b"\x7fELF", b"PK\x03\x04", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")


def check_package(package: str, folder: Path) -> tuple[str, Manifest]:
    """Check the files in ``folder``; return the package's key and its manifest.

    Raises PackageRefusedError naming ``package``.
    """
    try:
        _check_manifest_size(package, folder)
        manifest = read_manifest(folder)
        key = package_key(package, manifest.name, manifest.version)
        _check_files(package, folder, manifest)
        load_package(folder, manifest.task)
    except PackageRefusedError:
        raise
    except ModelError as error:
        raise as_refusal(package, error) from error
    _check_numbers(package, manifest)
    for name in dict.fromkeys((manifest.model, manifest.decoder)):
        if name is not None:
            graph = check_graph(package, folder, name, manifest)
            if name == manifest.model:
                check_contract(package, graph, manifest)
    return key, manifest


def as_refusal(package: str, error: ModelError) -> PackageRefusedError:
    """Return ``error`` as the reason why ``package`` is not installed."""
    if isinstance(error, PackageRefusedError):
        return error
    file = shown(str(error.facts.get("file", "")))
    reason = shown(str(error.facts.get("reason", "")))
    zh, en = error.message("zh"), error.message("en")
    if isinstance(error, ModelMissingError):
        zh, en = f"缺少文件 {file}", f"the file {file} is missing"
    elif isinstance(error, ModelHashError):
        zh, en = (
            f"文件 {file} 和清单里的校验和不符",
            f"the file {file} does not have the digest of the manifest",
        )
    elif isinstance(error, ModelFormatError):
        zh, en = f"格式不对（{reason}）", f"it has the wrong format ({reason})"
    return PackageRefusedError.because(package, zh, en, error.details)


def _check_manifest_size(package: str, folder: Path) -> None:
    path = folder / MANIFEST_NAME
    if path.is_file() and path.stat().st_size > _MAX_MANIFEST_BYTES:
        raise PackageRefusedError.because(package, "清单太大", "its manifest is too large")


def _check_files(package: str, folder: Path, manifest: Manifest) -> None:
    """Every file is named, nothing else is there, none is a program or a pickle."""
    named = [file.name for file in manifest.files]
    check_distinct(package, (*named, MANIFEST_NAME))
    for name in named:
        check_file_name(package, name)
    for path in sorted(folder.iterdir()):
        if path.name not in (*named, MANIFEST_NAME):
            name = shown(path.name)
            raise PackageRefusedError.because(
                package, f"清单里没有文件“{name}”", f"the manifest does not name the file “{name}”"
            )
        if _is_code(path):
            name = shown(path.name)
            raise PackageRefusedError.because(
                package,
                f"“{name}”其实是程序或 pickle",
                f"“{name}” is really a program or a pickle",
            )


def _is_code(path: Path) -> bool:
    with path.open("rb") as stream:
        start = stream.read(8)
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 1))
        end = stream.read(1)
    is_pickle = (
        len(start) > 2 and start[:1] == _PICKLE and start[1] in _PICKLE_PROTOCOLS and end == b"."
    )
    return is_pickle or start.startswith(_PROGRAMS)


def _check_numbers(package: str, manifest: Manifest) -> None:
    if not 4 <= manifest.max_length <= _MAX_TOKENS or manifest.context_chars < 0:
        raise PackageRefusedError.because(
            package, "清单里的长度不合理", "the lengths in its manifest make no sense"
        )
