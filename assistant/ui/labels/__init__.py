"""The person's own labels: which are asked about, where they are kept, what came of them."""

from __future__ import annotations
