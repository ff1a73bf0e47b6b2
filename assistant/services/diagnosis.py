"""What can be said of this running app without a word of the person's text.

Imports nothing of the ui; cheap enough for the UI thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.connections import network_libraries, network_modules, open_connections
from assistant.cpu import Cpu, read_cpu
from assistant.diagnostics import resident_bytes, thread_count, versions
from assistant.services.measurements import CacheUse, Measurements, Timing

if TYPE_CHECKING:
    from assistant.engine.store import StoredPackage


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How the app is doing: ``versions`` name → version, ``resident_bytes`` memory now."""

    versions: dict[str, str]
    cpu: Cpu
    resident_bytes: int
    threads: int
    timings: tuple[Timing, ...]
    cache: CacheUse
    packages: tuple[StoredPackage, ...]


@dataclass(frozen=True, slots=True)
class OfflineProof:
    """What shows that nothing is sent; None where this system does not say."""

    connections: tuple[str, ...] | None
    modules: tuple[str, ...]
    libraries: tuple[str, ...] | None


def diagnose(
    measurements: Measurements, cache: CacheUse, packages: Sequence[StoredPackage]
) -> Diagnosis:
    """Return how the app is doing now."""
    return Diagnosis(
        versions=versions(),
        cpu=read_cpu(),
        resident_bytes=resident_bytes(),
        threads=thread_count(),
        timings=measurements.timings(),
        cache=cache,
        packages=tuple(packages),
    )


def prove_offline() -> OfflineProof:
    """Return what this process holds open and has loaded."""
    return OfflineProof(open_connections(), network_modules(), network_libraries())
