"""What can be wrong with a label set. Imports nothing but assistant/errors.py."""

from __future__ import annotations

from assistant.errors import InputError


class LabelSetError(InputError):
    """A file holds no label set. Facts: ``path``, ``problem_zh``, ``problem_en``."""

    zh = "{path} 不是补白的标签集（{problem_zh}）：请选择从补白导出的文件。"
    en = "{path} is no label set of Bubai ({problem_en}): choose a file exported from Bubai."

    @classmethod
    def at(cls, path: str, problem_zh: str, problem_en: str) -> LabelSetError:
        """Return the error for the file ``path`` with what is wrong in both languages."""
        return cls(path=path, problem_zh=problem_zh, problem_en=problem_en)


class LabelSetNameError(InputError):
    """A label set cannot be called so. Facts: ``name``."""

    zh = "标签集不能叫“{name}”：请用 1 到 40 个字、没有用过的名字。"
    en = "A label set cannot be called “{name}”: use 1 to 40 characters and a new name."


class LabelSetMissingError(InputError):
    """There is no label set of that name. Facts: ``name``."""

    zh = "没有叫“{name}”的标签集：请先保存一个，或换一个名字。"
    en = "There is no label set “{name}”: save one first or choose another name."


class LabelSetKeptError(InputError):
    """A label set that came with the app cannot be changed. Facts: ``name``."""

    zh = "“{name}”是补白自带的，不能改名或删除：请另存一份再改。"
    en = "“{name}” came with Bubai and stays as it is: save a copy and change that."
