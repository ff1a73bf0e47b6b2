"""Translation in the window: the pairs beside the text, and the files made of them."""

from __future__ import annotations
