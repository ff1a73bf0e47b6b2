"""The measured numbers of a model package in words. Imports Qt only.

A package holds them as nested dictionaries of numbers by short English keys, which
``build_tools`` chose. Those that are known have names here; others are made readable.
"""

from __future__ import annotations

import re
from typing import Any, cast

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

_MAX_LINES = 24
_SHARES = frozenset(
    (
        "accuracy", "bad", "calibration_error", "called_neutral", "ccpm_4_choices",
        "chid_7_choices", "chid_7_choices_compared", "common_among_best_five",
        "errors_corrected_by_first_suggestion", "errors_found", "fp32_greedy_equal_to_generate",
        "hit_at_1", "hit_at_5",
        "linear_baseline", "marked", "mean_accuracy_lost", "most_accuracy_lost", "precision",
        "precision_with_one_error_in_40", "recall", "same_best_token", "same_sound_found",
        "similar_shape_found", "similar_sound_found", "word_length_right",
    )
)  # fmt: skip
"""Keys of numbers from 0 to 1 that are parts of a whole."""
_NUMBER_TYPES = ("int8", "fp32")
_KEPT = re.compile(r"(\w+)_kept_of_(\d+)")


def metric_lines(metrics: dict[str, Any]) -> list[str]:
    """Return ``metrics`` as lines of text, one for every group of numbers, accuracy first."""
    first = {key: metrics[key] for key in ("accuracy", "int8") if key in metrics}
    return _lines(first | metrics, ())[:_MAX_LINES]


def _lines(group: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    numbers = [
        _worded(key, value)
        for key, value in group.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    ]
    lines: list[str] = []
    if numbers:
        listed = translate("Metrics", "，").join(numbers)
        # All are measures of accuracy: saying so on every line would only make it longer.
        shown = path[1:] if len(path) > 1 and path[0] == "accuracy" else path
        where = " · ".join(map(_name, shown))
        colon = translate("Metrics", "：")
        lines.append(f"{where}{colon}{listed}" if where else listed)
    for key, value in group.items():
        if isinstance(value, dict):
            lines += _lines(cast("dict[str, Any]", value), (*path, key))
    return lines


def _worded(key: str, value: float) -> str:
    kept = _KEPT.fullmatch(key)
    if kept is not None:
        return f"{_name(kept[1])} {value:,} / {int(kept[2]):,}"
    base, _, kind = key.rpartition("_")
    is_share = key in _SHARES or (kind in _NUMBER_TYPES and base in _data_sets())
    if is_share and isinstance(value, float):
        return f"{_name(key)} {value * 100:.1f} %"
    return f"{_name(key)} {value:,}" if isinstance(value, int) else f"{_name(key)} {value:.4g}"


def _name(key: str) -> str:
    """Return what people call ``key``; an unknown one without its underscores."""
    known = _data_sets().get(key) or _measures().get(key)
    if known is not None:
        return known
    base, _, kind = key.rpartition("_")
    if kind in _NUMBER_TYPES and base in _data_sets():
        return f"{_data_sets()[base]} {kind.upper()}"
    return key.replace("_", " ").strip() or key


def _data_sets() -> dict[str, str]:
    return {
        "acceptance_30_length_known": translate("Metrics", "三十句验收（知道字数）"),
        "acceptance_30_length_unknown": translate("Metrics", "三十句验收（不知道字数）"),
        "cft_one_character": translate("Metrics", "童话，缺一个字（CFT）"),
        "cft_one_word_length_known": translate("Metrics", "童话，缺一个词，知道字数（CFT）"),
        "cft_one_word_length_unknown": translate("Metrics", "童话，缺一个词，不知道字数（CFT）"),
        "cft_as_people_mark_length_unknown": translate(
            "Metrics", "童话，缺词或缺字，不知道字数（CFT）"
        ),
        "cloze_words_length_unknown": translate(
            "Metrics", "完形填空，不知道字数（CFT、CMRC 2017）"
        ),
        "chnsenticorp": translate("Metrics", "评论（ChnSentiCorp）"),
        "eprstmt": translate("Metrics", "网购评价（EPRSTMT）"),
        "ocnli": translate("Metrics", "前后两句的关系（OCNLI）"),
        "tnews": translate("Metrics", "新闻标题分类（TNEWS）"),
        "sib200": translate("Metrics", "句子主题（SIB-200）"),
        "smp2020": translate("Metrics", "微博情绪（SMP2020）"),
        "smp2020_polarity": translate("Metrics", "微博的正面、中性、负面（SMP2020）"),
        "sentences_seen": translate("Metrics", "写作中的句子，做模型时看过的"),
        "sentences_unseen": translate("Metrics", "写作中的句子，没看过的"),
        "csldcp": translate("Metrics", "论文学科（CSLDCP）"),
        "iflytek": translate("Metrics", "应用描述分类（IFLYTEK）"),
        "iwslt17_dev2010": translate("Metrics", "演讲（IWSLT 2017）"),
        "msctd_dev": translate("Metrics", "电影对白（MSCTD）"),
        "newsdev2017": translate("Metrics", "新闻（WMT 2017）"),
        "tico19": translate("Metrics", "医疗（TICO-19）"),
    }


def _measures() -> dict[str, str]:
    return {
        "accuracy": translate("Metrics", "准确率"),
        "accuracy_fp32": translate("Metrics", "准确率（FP32）"),
        "addresses_and_code": translate("Metrics", "网址和代码保留"),
        "auc": "AUC",
        "bad": translate("Metrics", "译得差的"),
        "bad_is_chrf2_below": translate("Metrics", "算译得差的 chrF 界限"),
        "beam_4": translate("Metrics", "更好"),
        "bleu": "BLEU",
        "blanks": translate("Metrics", "空数"),
        "calibration_error": translate("Metrics", "把握的误差"),
        "called_neutral": translate("Metrics", "判为中性"),
        "ccpm_4_choices": translate("Metrics", "古诗四选一（CCPM）"),
        "chid_7_choices": translate("Metrics", "成语七选一（ChID）"),
        "chid_7_choices_compared": translate("Metrics", "成语七选一，互相比较（ChID）"),
        "chrf2": "chrF",
        "chrf2_marked": translate("Metrics", "标出的 chrF"),
        "chrf2_not_marked": translate("Metrics", "没标出的 chrF"),
        "clean_characters": translate("Metrics", "无错的字数"),
        "common_among_best_five": translate("Metrics", "前五个里相同的"),
        "doubtful": translate("Metrics", "标出没有把握的译文"),
        "errors": translate("Metrics", "错字数"),
        "errors_corrected_by_first_suggestion": translate("Metrics", "第一个建议就改对"),
        "errors_found": translate("Metrics", "找到的错字"),
        "false_alarms_per_1000_characters": translate("Metrics", "每千字误报"),
        "fp32": translate("Metrics", "译文质量（FP32）"),
        "fp32_graph_against_torch_largest_difference_ln_p": translate(
            "Metrics", "导出前后 ln p 最大相差"
        ),
        "fp32_greedy_equal_to_generate": translate("Metrics", "与导出前译文相同"),
        "greedy": translate("Metrics", "快"),
        "hit_at_1": translate("Metrics", "首选正确"),
        "hit_at_5": translate("Metrics", "前五个里有正确的"),
        "int8": translate("Metrics", "译文质量"),
        "int8_against_fp32": translate("Metrics", "压缩前后（INT8 与 FP32）"),
        "int8_loses_bleu": translate("Metrics", "压缩损失的 BLEU"),
        "kept": translate("Metrics", "原样保留"),
        "labels": translate("Metrics", "标签数"),
        "largest_difference_ln_p_of_best_five": translate("Metrics", "前五个的 ln p 最大相差"),
        "linear_baseline": translate("Metrics", "线性模型（对照）"),
        "loops": translate("Metrics", "译文打转的句子"),
        "marked": translate("Metrics", "标出的"),
        "mean_accuracy_lost": translate("Metrics", "准确率平均损失"),
        "mean_ln_p_of_right_character_fp32": translate("Metrics", "正确字的平均 ln p（FP32）"),
        "mean_ln_p_of_right_character_int8": translate("Metrics", "正确字的平均 ln p（INT8）"),
        "most_accuracy_lost": translate("Metrics", "准确率最多损失"),
        "names": translate("Metrics", "外文名字保留"),
        "negative_found": translate("Metrics", "认出的负面"),
        "neutral_found": translate("Metrics", "认出的中性"),
        "numbers": translate("Metrics", "数字保留"),
        "parity": translate("Metrics", "与原模型一致"),
        "positive_found": translate("Metrics", "认出的正面"),
        "precision": translate("Metrics", "标出的确实差"),
        "precision_with_one_error_in_40": translate("Metrics", "标出的确实错（每 40 字一错）"),
        "proofreading": translate("Metrics", "查错字"),
        "recall": translate("Metrics", "差的被标出"),
        "same_best_token": translate("Metrics", "首选相同"),
        "same_sound_found": translate("Metrics", "同音错字找到"),
        "sentences": translate("Metrics", "句数"),
        "similar_shape_found": translate("Metrics", "形近错字找到"),
        "similar_sound_found": translate("Metrics", "近音错字找到"),
        "texts": translate("Metrics", "篇数"),
        "word_length_right": translate("Metrics", "词的字数判断正确"),
    }
