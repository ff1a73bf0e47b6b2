"""Pretraining of the fill encoder: a masked language model that also knows word lengths.

Reads the shards of ``build_tools.corpus.shards`` and writes a Hugging Face checkpoint. Imports
torch and transformers; nothing of ``assistant``.
"""

from __future__ import annotations
