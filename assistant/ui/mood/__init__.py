"""The mood of the text: which sentence feels what, in the editor, in a list and as a curve."""

from __future__ import annotations
