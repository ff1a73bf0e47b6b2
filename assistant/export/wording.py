"""The words printed on sheets and pages, in both scripts.

These belong to the exported file (its script is the exercise's), not to the app's own language.
Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.cloze.exercise import Exercise, Kind, Script


@dataclass(frozen=True, slots=True)
class Wording:
    """The printed words of one script; ``language`` is the BCP 47 tag."""

    language: str
    sections: dict[Kind, str]
    verse: str
    each: str
    total: str
    version: str
    class_name: str
    name: str
    score: str
    key: str
    also: str
    partly: str
    whole_text: str
    hint: str
    blank: str
    bank: str
    choose: str
    check: str
    retry: str
    show: str
    save_result: str
    save_project: str
    right: str
    wrong: str
    partial: str
    empty: str
    result: str
    answer_is: str


_SIMPLIFIED = Wording(
    language="zh-CN",
    sections={
        Kind.OPEN: "填空",
        Kind.CHOICE: "完形填空",
        Kind.BANK: "选词填空",
        Kind.DROPDOWN: "选择填空",
    },
    verse="古诗填空",
    each="每小题{points}分，共{total}分",
    total="共{total}分",
    version="（{version} 卷）",
    class_name="班级",
    name="姓名",
    score="得分",
    key="参考答案",
    also="{words} 亦可",
    partly="{word} 得 {percent}%",
    whole_text="全文",
    hint="提示",
    blank="第 {number} 空",
    bank="备选词",
    choose="请选择",
    check="核对答案",
    retry="重做",
    show="显示答案",
    save_result="保存成绩文件",
    save_project="取出练习文件（.bubai）",
    right="正确",
    wrong="不对",
    partial="部分正确",
    empty="未填",
    result="得分 {score} / {total}，答对 {right} 空，共 {count} 空。",
    answer_is="答案：{answer}",
)

_TRADITIONAL = Wording(
    language="zh-TW",
    sections={
        Kind.OPEN: "填空",
        Kind.CHOICE: "克漏字選擇",
        Kind.BANK: "選詞填空",
        Kind.DROPDOWN: "選擇填空",
    },
    verse="古詩填空",
    each="每小題{points}分，共{total}分",
    total="共{total}分",
    version="（{version} 卷）",
    class_name="班級",
    name="姓名",
    score="得分",
    key="參考答案",
    also="{words} 亦可",
    partly="{word} 得 {percent}%",
    whole_text="全文",
    hint="提示",
    blank="第 {number} 空",
    bank="備選詞",
    choose="請選擇",
    check="核對答案",
    retry="重做",
    show="顯示答案",
    save_result="儲存成績檔",
    save_project="取出練習檔（.bubai）",
    right="正確",
    wrong="不對",
    partial="部分正確",
    empty="未填",
    result="得分 {score} / {total}，答對 {right} 空，共 {count} 空。",
    answer_is="答案：{answer}",
)


def wording(exercise: Exercise) -> Wording:
    """Return the words for the script of ``exercise``."""
    return _TRADITIONAL if exercise.script is Script.TRADITIONAL else _SIMPLIFIED


def section_title(exercise: Exercise) -> str:
    """Return the heading with the points, such as ``一、完形填空（每小题2分，共20分）``."""
    words = wording(exercise)
    name = words.sections[exercise.kind]
    if exercise.verse and exercise.kind is Kind.OPEN:
        name = words.verse
    points = f"{exercise.points:g}"
    total = f"{exercise.points * len(exercise.gaps):g}"
    return f"一、{name}（{words.each.format(points=points, total=total)}）"


def sheet_title(exercise: Exercise) -> str:
    """Return the title with the version of the paper; the section's name where there is none."""
    words = wording(exercise)
    title = exercise.title.strip() or words.sections[exercise.kind]
    return title + (words.version.format(version=exercise.version) if exercise.version else "")
