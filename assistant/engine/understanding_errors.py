"""What can be wrong with a text, with labels or with a package that judges them.

Typed errors after the pattern of assistant/errors.py; imports nothing but that.
"""

from __future__ import annotations

from assistant.errors import InputError, ModelError


class NoChineseError(InputError):
    """The text holds no Chinese character, and only Chinese can be judged."""

    zh = "这段文字里没有汉字：请换一段中文。"
    en = "There is no Chinese in this text: choose one in Chinese."


class HeadMissingError(ModelError):
    """A package cannot do one of its tasks. Facts: ``folder``, ``what_zh``, ``what_en``."""

    zh = "模型 {folder} 不会{what_zh}：请换一个带有这项能力的模型。"
    en = "The model {folder} cannot {what_en}: choose one that can."

    @classmethod
    def sentiment(cls, folder: str) -> HeadMissingError:
        """Return the error for a package without a sentiment head."""
        return cls(folder=folder, what_zh="判断情感", what_en="judge sentiment")

    @classmethod
    def entailment(cls, folder: str) -> HeadMissingError:
        """Return the error for a package without an entailment head."""
        return cls(folder=folder, what_zh="按标签分类", what_en="sort by labels")


class NoLabelError(InputError):
    """There is no label to choose from."""

    zh = "还没有标签：请写下几个标签，例如“新闻、散文、书评”。"
    en = "There is no label yet: write some, such as “新闻、散文、书评”."


class TooManyLabelsError(InputError):
    """More labels than can be compared. Facts: ``count``, ``limit``."""

    zh = "一次最多 {limit} 个标签，这里有 {count} 个：请分几次来。"
    en = "At most {limit} labels can be compared at once, here are {count}: use fewer."


class LabelTooLongError(InputError):
    """A label is longer than a label can be. Facts: ``limit``."""

    zh = "标签最多 {limit} 个字：请写短一些。"
    en = "A label has at most {limit} characters: make it shorter."


class TemplateError(InputError):
    """A template does not hold one place for the label, or is too long. Facts: ``limit``."""

    zh = "模板里要有且只有一个 {{}}（放标签的地方），最多 {limit} 个字：例如“这段话的主题是{{}}。”"
    en = "A template holds exactly one {{}} (where the label goes) and at most {limit} characters."
