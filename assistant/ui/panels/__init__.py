"""The panels of the right column, one module per part. Imports ui, text, records; no services."""

from __future__ import annotations
