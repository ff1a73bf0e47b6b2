"""Headless commands, one file each; ``assistant.cli`` chooses among them. No Qt here."""

from __future__ import annotations
