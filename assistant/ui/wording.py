"""Words and numbers for probabilities, the same everywhere in the window. Imports records only."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

SURE = 0.7
LIKELY = 0.3
"""Of the best candidates called very sure 85 % are right, of those called likely 40 %.

Read off the calibration curve of the bundled package: ``python -m build_tools.reliability``.
"""
SUREST = "> 99 %"
NEGLIGIBLE = 0.01
"""Candidates below this are shown in grey."""


def percent(probability: float) -> str:
    """Return ``probability`` as people read it: 91 %, 0.6 %, < 0.1 %; no model is sure."""
    if probability >= 0.995:
        return SUREST
    if probability >= 0.0995:
        return f"{probability:.0%}".replace("%", " %")
    if probability >= 0.001:
        return f"{probability * 100:.1f} %"
    return "< 0.1 %"


def confidence_word(probability: float, sure: float = SURE, likely: float = LIKELY) -> str:
    """Return how sure the model is, in words, from ``sure`` and from ``likely`` on."""
    if probability >= sure:
        return QCoreApplication.translate("Confidence", "很有把握")
    if probability >= likely:
        return QCoreApplication.translate("Confidence", "较可能")
    return QCoreApplication.translate("Confidence", "仅供参考")


def confidence_note() -> str:
    """Return what the numbers mean."""
    return QCoreApplication.translate("Confidence", "模型概率，不等于正确率")


def rank_words(rank: int | None) -> str:
    """Return a rank in words."""
    if rank is None:
        return QCoreApplication.translate("Confidence", "一百名以外")
    return QCoreApplication.translate("Confidence", "第 {rank} 名").format(rank=rank)
