"""Typed errors, each one sentence that says what happened and what to do.

Every error carries its sentence in Chinese and in English; ``details`` is for "copy details" and
never holds the person's text. Imports nothing of ours.
"""

from __future__ import annotations

from typing import ClassVar


class BubaiError(Exception):
    """Base of all errors a person may see. ``exit_code`` is what the command line returns."""

    exit_code: ClassVar[int] = 2
    zh: ClassVar[str] = "出错了。"
    en: ClassVar[str] = "Something went wrong."

    def __init__(self, details: str = "", **facts: object) -> None:
        self.details = details
        self.facts = facts
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """Return the sentence in ``language`` ("zh" or "en")."""
        return (self.zh if language == "zh" else self.en).format(**self.facts)


class InputError(BubaiError):
    """The input cannot be worked on."""


class EmptyTextError(InputError):
    """The text holds nothing but white space."""

    zh = "没有文字：请先输入或打开一段文字。"
    en = "There is no text: type or open some first."


class NoBlankError(InputError):
    """The text holds no blank."""

    zh = "没有空：请用 [MASK] 标出要填的地方，或选中一个词按 Ctrl+M。"
    en = "There is no blank: mark one with [MASK], or select a word and press Ctrl+M."


class TooManySpansError(InputError):
    """More blanks than can be filled jointly. Facts: ``count``, ``limit``."""

    zh = "一次最多填 {limit} 个空，这里有 {count} 个：请分段来填。"
    en = "At most {limit} blanks can be filled at once, here are {count}: fill part by part."


class SpanLengthError(InputError):
    """A span is longer than a word can be. Facts: ``length``, ``limit``."""

    zh = "一个空最多 {limit} 个字，这里有 {length} 个：请少遮几个字。"
    en = "A blank holds at most {limit} characters, this one {length}: hide fewer."


class WordError(InputError):
    """A word to score cannot stand in the blank. Facts: ``word``."""

    zh = "“{word}”不能放进这个空：请换一个长度相符、不含空格的词。"
    en = "“{word}” cannot stand in this blank: try a word of its length without spaces."


class FileReadError(InputError):
    """A file cannot be read. Facts: ``path``, ``reason``."""

    zh = "打不开文件 {path}：{reason}。"
    en = "Cannot read the file {path}: {reason}."


class FileMissingError(FileReadError):
    """There is no such file any more. Facts: ``path``."""

    zh = "找不到文件 {path}：它可能已被移走或改名，请重新选择。"
    en = "The file {path} is not there: it may have been moved or renamed; choose it again."


class FileForbiddenError(FileReadError):
    """The person may not read the file. Facts: ``path``."""

    zh = "没有读取 {path} 的权限：请检查文件权限，或打开它的一份副本。"
    en = "You may not read {path}: check its permissions or open a copy of it."


class BinaryFileError(FileReadError):
    """A file is not text. Facts: ``path``."""

    zh = "{path} 不是文本文件：补白能打开 txt 和 md。"
    en = "{path} is not a text file: Bubai opens txt and md."


class UnknownEncodingError(FileReadError):
    """No encoding fits a file's bytes. Facts: ``path``."""

    zh = "认不出 {path} 的编码，或文件有损坏：请换一种编码打开，或先把它存成 UTF-8。"
    en = (
        "The encoding of {path} is unknown or the file is damaged: open it with another encoding, "
        "or save it as UTF-8 first."
    )


class FileTooLargeError(FileReadError):
    """A file is larger than the editor takes. Facts: ``path``, ``limit_mb``."""

    zh = "{path} 太大：请打开小于 {limit_mb} MB 的文件。"
    en = "{path} is too large: open a file under {limit_mb} MB."


class LongLineError(FileReadError):
    """A line is longer than the editor takes. Facts: ``path``, ``line``, ``count``, ``limit``."""

    zh = "{path} 第 {line} 行有 {count:,} 个字，太长：请先分段，每段不超过 {limit:,} 字。"
    en = (
        "Line {line} of {path} has {count:,} characters: "
        "break it into paragraphs of at most {limit:,}."
    )


class PasteTooLongError(InputError):
    """More text was pasted than the editor takes at once."""

    zh = "这段文字太长，没有粘贴：请分几次粘贴，每段不超过 20 万字。"
    en = "This text is too long and was not pasted: paste it in parts with shorter paragraphs."


class UnsupportedFileError(FileReadError):
    """A file is of no kind whose text can be read. Facts: ``path``."""

    zh = "读不了 {path}：请选 txt、md 或 docx 文件。"
    en = "{path} is of another kind: choose txt, md or docx files."


class DamagedDocumentError(FileReadError):
    """A docx file is damaged, locked with a password, or something else. Facts: ``path``."""

    zh = "{path} 已损坏、有密码，或不是 Word 文档：请用 Word 另存一份再试。"
    en = "{path} is damaged, has a password or is no Word document: save it anew and try again."


class NoDocumentError(InputError):
    """Among the files and folders given no text could be read."""

    zh = "没有可读的文字：请选 txt、md、docx 文件，或含有它们的文件夹。"
    en = "There is no text to read: choose txt, md or docx files, or a folder with some."


class MemoryNameError(InputError):
    """A personal memory cannot be called so. Facts: ``name``."""

    zh = "记忆不能叫“{name}”：请用 1 到 40 个字的名字。"
    en = "A memory cannot be called “{name}”: use 1 to 40 characters."


class MemoryMissingError(InputError):
    """There is no personal memory of that name. Facts: ``name``."""

    zh = "没有叫“{name}”的记忆：请先新建，或查看有哪些记忆。"
    en = "There is no memory “{name}”: add it first, or list those there are."


class FileWriteError(InputError):
    """A file cannot be written. Facts: ``path``, ``reason``."""

    zh = "无法保存到 {path}：{reason}。内容没有丢，请换个位置另存。"
    en = "Cannot save to {path}: {reason}. Nothing is lost; save it elsewhere."


class AutosaveError(FileWriteError):
    """The journal of unsaved text cannot be written just now. Facts: ``reason``."""

    zh = "自动保存暂时不可用（{reason}）：请尽快手动保存，之后会继续尝试。"
    en = "Autosave does not work just now ({reason}): save by hand soon; it goes on trying."


class FileReadOnlyError(FileWriteError):
    """A file or its folder may not be written. Facts: ``path``."""

    zh = "{path} 是只读的，没有保存：内容没有丢，请换个位置另存。"
    en = "{path} is read-only and was not saved: nothing is lost; save it elsewhere."


class DiskFullError(FileWriteError):
    """There is no room to write. Facts: ``path``."""

    zh = "磁盘已满，没有保存 {path}：内容没有丢，请清出空间或换个位置另存。"
    en = "The disk is full and {path} was not saved: free some space or save it elsewhere."


class FolderMissingError(FileWriteError):
    """The folder or drive to write to is not there any more. Facts: ``path``."""

    zh = "{path} 所在的文件夹或 U 盘不见了，没有保存：内容没有丢，请插回或换个位置另存。"
    en = "The folder or drive of {path} is gone: nothing is lost; save it elsewhere."


class LossySaveError(FileWriteError):
    """Saving would lose bytes that could not be read. Facts: ``path``, ``count``."""

    zh = "{path} 有 {count} 处读不懂的字符（显示为 �），保存会丢掉它们：请另存为，或仍然保存。"
    en = "{path} has {count} unreadable characters (shown as �) that saving would lose."


class FileChangedError(FileWriteError):
    """Somebody else changed the file since it was read. Facts: ``path``."""

    zh = "{path} 已被别的程序改动，没有保存：请选择覆盖，或换个名字另存。"
    en = "Another program changed {path}, so it was not saved: overwrite it or save elsewhere."


class UnencodableError(FileWriteError):
    """The chosen encoding lacks a character. Facts: ``character``, ``encoding``."""

    zh = "{encoding} 编码里没有“{character}”字，没有保存：请改用 UTF-8 保存。"
    en = "{encoding} has no “{character}”, so nothing was saved: save as UTF-8 instead."


class ExerciseError(InputError):
    """An exercise is not well formed. Facts: ``place``, ``problem_zh``, ``problem_en``."""

    zh = "这份练习有问题（{place} {problem_zh}）：请改正，或打开较早的备份。"
    en = "This exercise is damaged ({place} {problem_en}): correct it or open an earlier copy."

    @classmethod
    def at(cls, place: str, problem_zh: str, problem_en: str) -> ExerciseError:
        """Return the error for ``place``, a path such as ``segments[3].answers[0].weight``."""
        return cls(place, place=place, problem_zh=problem_zh, problem_en=problem_en)


class ExerciseVersionError(InputError):
    """A newer Bubai wrote the exercise. Facts: ``version``, ``supported``."""

    zh = "这份练习由更新版本的补白写成（格式 {version}，本版读到 {supported}）：请先更新补白。"
    en = "A newer Bubai wrote this exercise (format {version}, known up to {supported}): update."


class UnknownFormatError(InputError):
    """There is no such export format. Facts: ``name``, ``known``."""

    zh = "没有名为 {name} 的导出格式：可选 {known}。"
    en = "There is no export format {name}: choose one of {known}."


class ExportContentError(InputError):
    """A format has no way to write a word. Facts: ``format``, ``place_*``, ``characters``."""

    zh = "{format} 放不下{place_zh}里的 {characters}：请改成全角符号，或换一种格式。"
    en = (
        "{format} cannot hold the {characters} in {place_en}: "
        "use full-width signs or another format."
    )

    @classmethod
    def at(cls, format_name: str, number: int | None, characters: str) -> ExportContentError:
        """Return the error for blank ``number``, or for a word of the bank (None)."""
        return cls(
            format=format_name,
            characters=characters,
            place_zh="备选词" if number is None else f"第 {number} 空",
            place_en="the word bank" if number is None else f"blank {number}",
        )


class Cancelled(BubaiError):
    """The person cancelled the work."""

    zh = "已取消。"
    en = "Cancelled."


class InternalError(BubaiError):
    """A mistake of ours; ``details`` holds types and code positions, never the person's text."""

    exit_code = 1
    zh = "补白内部出错了，文字没有丢：请复制详情告诉我们，然后继续或重启补白。"
    en = "Bubai made a mistake; your text is safe: send us the details, then go on or restart."


class OutOfMemoryError(BubaiError):
    """The machine has no memory left for this step; ``details`` never hold the person's text."""

    exit_code = 1
    zh = "内存不够，这一步没有做完：请关掉别的程序，或缩短文字，再试一次。"
    en = "There is not enough memory for this: close other programs or shorten the text; try again."


class ModelError(BubaiError):
    """A model package cannot be used. Facts: ``folder``."""

    exit_code = 3
    zh = "模型 {folder} 无法使用：请重新安装补白，或换一个模型。"
    en = "The model {folder} cannot be used: reinstall Bubai or choose another model."


class ModelMissingError(ModelError):
    """A file of the package is not there. Facts: ``folder``, ``file``."""

    zh = "模型 {folder} 缺少文件 {file}：请重新安装补白，或换一个模型。"
    en = "The model {folder} lacks the file {file}: reinstall Bubai or choose another model."


class ModelHashError(ModelError):
    """A file of the package is not the one its manifest names. Facts: ``folder``, ``file``."""

    zh = "模型 {folder} 的文件 {file} 已损坏或被改动：请重新安装补白，或换一个模型。"
    en = (
        "The file {file} of the model {folder} is damaged or changed: "
        "reinstall Bubai or choose another model."
    )


class ModelFormatError(ModelError):
    """The package is not one this version reads. Facts: ``folder``, ``reason``."""

    zh = "模型 {folder} 的格式不对（{reason}）：请换一个为本版本导出的模型。"
    en = "The model {folder} has the wrong format ({reason}): use one exported for this version."


class DamagedMemoryError(ModelFormatError):
    """A personal memory cannot be read, so nothing can be added to it. Facts: ``name``."""

    exit_code = 2
    zh = "记忆“{name}”的文件已损坏：请换个名字重新建立。"
    en = "The file of the memory “{name}” is damaged: make one of another name."


class AnswersError(InputError):
    """A file with answers cannot be scored. Facts: ``path``, ``problem_zh``, ``problem_en``."""

    zh = "答卷 {path} {problem_zh}：请检查是不是这份练习的答卷。"
    en = "The answers in {path}: the file {problem_en}; check that it belongs to this sheet."


class LexiconError(ModelError):
    """A bundled word list is missing or damaged. Facts: ``file``."""

    zh = "词表 {file} 无法使用：请重新安装补白。"
    en = "The word list {file} cannot be used: reinstall Bubai."


class NoGapError(InputError):
    """A strategy found nothing to take out."""

    zh = "这段文字里找不到合适的空：请换一种出题方式，或放宽间隔与首尾句的限制。"
    en = "Nothing in this text can become a gap: try another strategy or looser spacing."


class OpenBlanksError(NoGapError):
    """Nothing was found to take out, and sentences with an open blank are not asked about."""

    zh = (
        "找不到可以出题的地方：文中还有 {count} 个空没填，有空的句子不出题。"
        "请先填好，或换一种出题方式。"
    )
    en = (
        "Nothing in this text can become a gap: sentences with an open blank ({count} in all) are "
        "not asked about. Fill them first, or try another strategy."
    )


class ScorerNeededError(InputError):
    """Something was asked for that only a model can tell."""

    zh = "这一步需要填空模型：请先安装模型，或换一种出题方式。"
    en = "This needs the fill model: install one or choose another strategy."


class ProcessorError(InputError):
    """The processor lacks what numpy and Qt are built for."""

    zh = "这台电脑的处理器太旧（没有 SSE4.2），补白无法运行：请换一台 2009 年以后的电脑。"
    en = "This processor is too old (no SSE4.2) to run Bubai: use a computer from 2009 or later."


class NoDisplayError(InputError):
    """There is no screen to open a window on."""

    zh = (
        "没有可用的显示器，窗口打不开：请在桌面环境里运行，"
        "或用命令行（python -m assistant fill --help）。"
    )
    en = (
        "There is no display to open a window on: run it on a desktop, "
        "or use the command line (python -m assistant fill --help)."
    )
