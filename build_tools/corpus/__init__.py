"""The corpus stream: cleaned, without duplicates and development text, weighted by source.

Counting (``build_tools.memory``) and pretraining read the same stream. Imports nothing of
``assistant``.
"""

from __future__ import annotations
