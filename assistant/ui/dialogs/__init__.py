"""Dialogs and bars that ask or tell. Imports ui, text, records and the records of services."""

from __future__ import annotations
