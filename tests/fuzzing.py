"""What the tests that damage files share: how many cases, and any value that JSON can hold.

``BUBAI_FUZZ_EXAMPLES`` says how many cases each test tries (for a night: 1000000).
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st

fuzzed = settings(max_examples=int(os.environ.get("BUBAI_FUZZ_EXAMPLES", "60")))


def json_values(known: Sequence[object]) -> st.SearchStrategy[object]:
    """Return a strategy of JSON's values, nested a little, with ``known`` ones among them."""
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
        | st.sampled_from(known),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner,
                                                                    max_size=4),
        max_leaves=8,
    )  # fmt: skip
