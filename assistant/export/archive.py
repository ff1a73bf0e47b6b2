"""Zip files whose bytes depend on their contents alone, and identifiers made from uids. Pure."""

from __future__ import annotations

import hashlib
import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def zipped(files: dict[str, str]) -> bytes:
    """Return a zip of text files (path → text, UTF-8), deflated, without folder entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return out.getvalue()


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that name ``parts``: the same for the same uids, for ever."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]
