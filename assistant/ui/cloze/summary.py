"""What an exercise holds, in a few lines for the panel. Imports cloze/ and ui."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from assistant.cloze.bank import BankCheck
from assistant.cloze.exercise import Band, Exercise
from assistant.cloze.judge import sheet_difficulty
from assistant.ui.cloze.sheet_document import ALARM, UNSURE
from assistant.ui.cloze.wording import band_word, kind_word
from assistant.ui.wording import percent

translate = QCoreApplication.translate


def summary(exercise: Exercise, *, with_model: bool) -> str:
    """Return kind, number of gaps, difficulty and whether every gap has one answer only."""
    if not exercise.gaps:
        return translate("ClozePanel", "还没有空：在左边选中一个词，按“选中处加空”。")
    head = translate("ClozePanel", "{kind} · {n} 空").format(
        kind=kind_word(exercise.kind), n=len(exercise.gaps)
    )
    sheet = sheet_difficulty(exercise.gaps)
    if sheet is None:
        note = "" if with_model else translate("ClozePanel", "没有模型，未检查是否唯一。")
        return f"{head}\n{note}".strip()
    bands = " · ".join(f"{band_word(band)} {sheet.bands[band]}" for band in Band)
    mean = translate("ClozePanel", "全卷难度：模型平均猜中 {chance}")
    lines = [f"{head} · {bands}", mean.format(chance=percent(sheet.confidence))]
    if sheet.several:
        several = translate("ClozePanel", "第 {numbers} 空有多个合理答案（最该看的在前）")
        lines.append(f"{ALARM} {several.format(numbers=_numbers(sheet.several))}")
    if sheet.unsure:
        unsure = translate("ClozePanel", "模型对第 {numbers} 空没有把握，请自己看是否唯一")
        lines.append(f"{UNSURE} {unsure.format(numbers=_numbers(sheet.unsure))}")
    if not sheet.several and not sheet.unsure:
        lines.append(translate("ClozePanel", "✓ 每一空模型都没有找到别的答案"))
    return "\n".join(lines)


def _numbers(numbers: Sequence[int]) -> str:
    return translate("ClozePanel", "、").join(map(str, numbers))


def bank_words(exercise: Exercise, bank: BankCheck) -> str:
    """Return whether the words of the bank can be placed in one way only."""
    if bank.unique:
        return translate("ClozePanel", "✓ 备选词只有一种填法")
    numbers = {gap.uid: n for n, gap in enumerate(exercise.gaps, 1)}
    others = translate("ClozePanel", "，").join(
        f"{numbers[rival.uid]} {rival.word}" for rival in bank.rivals if rival.uid in numbers
    )
    also = translate("ClozePanel", "备选词还有别的填法：{others}").format(others=others)
    return f"{ALARM} {also}"
