"""Everything that builds, measures and bundles the models; never imported by ``assistant/``."""

from __future__ import annotations
