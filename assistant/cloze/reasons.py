"""Why a wrong option is among the options, in words for the teacher. Pure."""

from __future__ import annotations

from assistant.cloze.exercise import Cause, Distractor

_WORDS = {
    Cause.SOUND: ("音近：{0}—{1}", "sounds like the answer: {0} – {1}"),
    Cause.SHAPE: ("形近：{0}—{1}", "looks alike: {0} – {1}"),
    Cause.RANK: ("义近：放在此处，模型排第 {0}", "plausible here: the model's no. {0}"),
    Cause.SOUND_SLIP: (
        "别字：“{0}”误作“{1}”（音近）",
        "misspelt: {1} for {0} (they sound alike)",
    ),
    Cause.SHAPE_SLIP: (
        "别字：“{0}”误作“{1}”（形近）",
        "misspelt: {1} for {0} (they look alike)",
    ),
    Cause.IDIOM: (
        "另一个常用成语，放在此处不通",
        "another common idiom that does not fit",
    ),
    Cause.ELSEWHERE: ("文中别处的词", "a word from elsewhere in the text"),
    Cause.OTHER_LENGTH: (
        "放宽：字数不同，模型排第 {0}",
        "relaxed: another length, the model's no. {0}",
    ),
    Cause.OTHER_PART: (
        "放宽：词性不同，模型排第 {0}",
        "relaxed: another part of speech, the model's no. {0}",
    ),
    Cause.COMMON: (
        "放宽：同词性的常用词，放在此处不通",
        "relaxed: a common word of the same part of speech that does not fit",
    ),
    Cause.COMMON_ANY: (
        "放宽：常用词，放在此处不通",
        "relaxed: a common word that does not fit",
    ),
}


def reason(distractor: Distractor, language: str) -> str:
    """Return the reason in ``language`` ("zh" or "en"); the teacher's own words as they are."""
    if distractor.reason or distractor.cause is None:
        return distractor.reason
    template = _WORDS[distractor.cause][0 if language == "zh" else 1]
    try:
        return template.format(*distractor.clues)
    except IndexError:  # a file that somebody wrote by hand
        return distractor.cause.value
