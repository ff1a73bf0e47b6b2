"""Count a corpus into a phrase memory: count → merge → prune → pack → fit.

Counts all runs of 2 to 5 symbols (n-grams) once; each of them serves every position of a blank in
it. The contexts of a blank (two left and two right, one and two, three left, …) are those n-grams
with the blank at one of their positions, so one table of 4-grams answers four contexts.
"""

from __future__ import annotations
