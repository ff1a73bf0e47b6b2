"""What may go wrong with model packages: installing, choosing, loading. Imports errors only."""

from __future__ import annotations

from assistant.errors import InputError, ModelError


class PackageRefusedError(ModelError):
    """A package is not installed. Facts: ``name``, ``reason_zh``, ``reason_en``."""

    zh = "没有安装 {name}：{reason_zh}。请换一个为本版本导出的模型。"
    en = "{name} was not installed: {reason_en}. Choose a model exported for this version."

    @classmethod
    def because(cls, name: str, zh: str, en: str, details: str = "") -> PackageRefusedError:
        """Return the error for the file or folder ``name``, with the reason in both languages."""
        return cls(details, name=name, reason_zh=zh, reason_en=en)


class PackageRoomError(ModelError):
    """There is no room to install a package. Facts: ``name``, ``needed_mb``."""

    exit_code = 2
    zh = "没有安装 {name}：磁盘空间不够（需要 {needed_mb} MB），请清出空间再试。"
    en = "{name} was not installed: it needs {needed_mb} MB of disk; free some space."


class PackageStoreError(ModelError):
    """The folder of the installed models cannot be read or written. Facts: ``reason``."""

    exit_code = 2
    zh = "模型文件夹无法读写（{reason}）：请检查权限，或关闭正在使用模型的程序后再试。"
    en = "The folder of the models cannot be used ({reason}): check its permissions, try again."


class PackageUnknownError(InputError):
    """No such package is installed. Facts: ``name``."""

    zh = "没有装过叫“{name}”的模型：请用 models list 或“模型”窗口查看有哪些。"
    en = "No model “{name}” is installed: see which there are (models list)."


class PackageKeptError(InputError):
    """A package cannot be removed. Facts: ``name``."""

    zh = "不能删除“{name}”：它正在使用，或是补白自带的；请先换用别的模型。"
    en = "“{name}” cannot be removed: it is in use or comes with Bubai; use another one first."


class NoRollbackError(InputError):
    """There is no earlier package to go back to. Facts: ``task``."""

    zh = "没有更早用过的模型可以换回（{task}）。"
    en = "There is no earlier model to go back to ({task})."


class ModelFallbackError(ModelError):
    """The chosen package could not be loaded, another one serves. Facts: ``name``, ``used``.

    Also ``reason_zh`` and ``reason_en``, the sentence of what went wrong.
    """

    zh = "模型 {name} 无法使用，已改用 {used}。{reason_zh}"
    en = "The model {name} cannot be used, {used} serves instead. {reason_en}"
