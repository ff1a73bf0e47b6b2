"""How often pretraining reads each source: the mix.

Imports nothing of ``assistant``. ``Source.repeat`` says how often a text bears being read; these
weights adjust it to what a writer writes: everyday prose is scarce and read more often, formulaic
or antique text less.
"""

from __future__ import annotations

from collections.abc import Mapping

ANTIQUE = frozenset(
    {"poems_wellknown", "poetry_wellknown_extra", "poetry_classical", "niutrans_classical"}
)
"""Verse and classical prose: together at most ``MAX_ANTIQUE_SHARE`` of what is read."""
MAX_ANTIQUE_SHARE = 0.17

PRETRAIN_WEIGHTS: Mapping[str, float] = {
    "3am_captions": 2.0,
    "bible_cuv": 0.5,
    "blogs_cc_nc": 2.0,
    "blogs_nolicence": 2.0,
    "dialog_crosswoz_kdconv": 1.5,
    "essays_literature_ner": 3.0,
    "essays_tinysnow_thirdparty": 2.0,
    "instruct_alpaca_zh": 2.0,
    "laws_pd": 0.3,
    "literature_pd": 2.0,
    "msctd_subtitles": 3.0,
    "news_xwlb": 0.35,
    "niutrans_modern": 0.5,
    "tatoeba_cmn": 3.0,
    "tech_lctt": 0.7,
    "textbook_cntextbook": 3.0,
}
"""Readings per epoch; a fraction is a part chosen anew every epoch. Others: ``Source.repeat``."""


def balanced(
    weights: Mapping[str, float], tokens: Mapping[str, int], most: float = MAX_ANTIQUE_SHARE
) -> dict[str, float]:
    """Return ``weights`` with the antique sources scaled down to a share of at most ``most``."""
    antique = sum(weights[name] * tokens[name] for name in tokens if name in ANTIQUE)
    other = sum(weights[name] * tokens[name] for name in tokens if name not in ANTIQUE)
    scale = 1.0
    if antique and other and antique > most * (antique + other):
        scale = most * other / ((1.0 - most) * antique)
    return {
        name: weight * (scale if name in ANTIQUE else 1.0)
        for name, weight in weights.items()
        if name in tokens
    }
