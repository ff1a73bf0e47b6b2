"""All actions of the window: words, keys, icons. What they do is connected elsewhere.

No key here belongs to a Chinese input method: Ctrl+Space, Shift, Shift+Space, Ctrl+., Ctrl+Shift,
Ctrl+Shift+F, plain digits, Enter and arrows stay free. Imports ui only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from assistant.records import MAX_UNKNOWN_CHARS
from assistant.services.settings import Language, Theme
from assistant.ui.icons import Icons
from assistant.ui.theme import Colours

APPLY_KEYS = 5

_KEYS: dict[str, str | QKeySequence.StandardKey | tuple[str, ...]] = {
    "new": QKeySequence.StandardKey.New,
    "open": QKeySequence.StandardKey.Open,
    "save": QKeySequence.StandardKey.Save,
    "save_as": "Ctrl+Shift+S",
    "quit": "Ctrl+Q",
    "undo": QKeySequence.StandardKey.Undo,
    "redo": QKeySequence.StandardKey.Redo,
    "cut": QKeySequence.StandardKey.Cut,
    "copy": QKeySequence.StandardKey.Copy,
    "paste": QKeySequence.StandardKey.Paste,
    "select_all": QKeySequence.StandardKey.SelectAll,
    "find": QKeySequence.StandardKey.Find,
    "replace": "Ctrl+H",
    "mask": "Ctrl+M",
    "run": ("Ctrl+Return", "Ctrl+Enter"),
    "next": "Alt+Down",
    "previous": "Alt+Up",
    "more": "Alt+0",
    "length": "Alt+=",
    "panel": "Ctrl+1",
    "zoom_in": ("Ctrl++", "Ctrl+="),
    "zoom_out": "Ctrl+-",
    "zoom_reset": "Ctrl+0",
    "cancel": "Esc",
    "guide": "F1",
} | {f"apply_{n}": f"Alt+{n}" for n in range(1, APPLY_KEYS + 1)}

_ICONS = {
    "new": "new", "open": "open", "save": "save", "find": "find", "mask": "mask", "run": "run",
    "next": "next", "previous": "previous", "zoom_in": "larger", "zoom_out": "smaller",
    "theme_toggle": "theme",
}  # fmt: skip

_OTHERS = (
    "memories", "models", "offline_check", "diagnostics", "settings", "automatic", "about",
    "licences", "model", "keys", "sample", "show_panel", "theme_toggle", "language_toggle",
)  # fmt: skip


class Command(QAction):
    """An action; ``instead`` is what it does while something else than the text is on show."""

    instead: Callable[[], object] | None = None


class Actions(QObject):
    """The actions by name, with their words in the language of the window."""

    def __init__(self, icons: Icons, window: QWidget) -> None:
        """Make the actions of ``window``."""
        super().__init__(window)
        self._icons = icons
        self._actions = {name: Command(window) for name in (*_KEYS, *_OTHERS)}
        for name, keys in _KEYS.items():
            action = self._actions[name]
            if isinstance(keys, tuple):
                action.setShortcuts([QKeySequence(key) for key in keys])
            else:
                action.setShortcut(QKeySequence(keys))
        for action in self._actions.values():
            window.addAction(action)
        self["automatic"].setCheckable(True)
        self["show_panel"].setCheckable(True)
        self["show_panel"].setChecked(True)
        self.lengths = self._group(window, (None, *range(1, MAX_UNKNOWN_CHARS + 1)))
        self.themes = self._group(window, tuple(Theme))
        self.languages = self._group(window, tuple(Language))
        self.retranslate()

    def __getitem__(self, name: str) -> Command:
        """Return the action ``name``."""
        return self._actions[name]

    def all(self) -> list[QAction]:
        """Return every action."""
        groups = (self.lengths, self.themes, self.languages)
        return [*self._actions.values(), *(a for group in groups for a in group.actions())]

    def keys(self) -> list[tuple[str, str]]:
        """Return what has keys, in words, and the keys as this system writes them."""
        return keys_of([self._actions[name] for name in _KEYS])

    def set_colours(self, colours: Colours) -> None:
        """Draw the icons in ``colours``."""
        for name, icon in _ICONS.items():
            self._actions[name].setIcon(self._icons.action(icon, colours))

    def retranslate(self) -> None:
        """Set the words of every action in the language of the window."""
        words = self._words()
        for name, action in self._actions.items():
            action.setText(words[name])
        self["mask"].setIconText(self.tr("遮"))
        self["run"].setIconText(self.tr("求填"))
        for name, tip in self._tips().items():
            keys = self[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self[name].setToolTip(f"{tip} ({keys})" if keys else tip)
        self._retranslate_groups()

    def _words(self) -> dict[str, str]:
        words = {
            "new": self.tr("新建(&N)"),
            "open": self.tr("打开(&O)…"),
            "save": self.tr("保存(&S)"),
            "save_as": self.tr("另存为(&A)…"),
            "quit": self.tr("退出(&X)"),
            "undo": self.tr("撤销(&U)"),
            "redo": self.tr("重做(&R)"),
            "cut": self.tr("剪切(&T)"),
            "copy": self.tr("复制(&C)"),
            "paste": self.tr("粘贴(&P)"),
            "select_all": self.tr("全选(&A)"),
            "find": self.tr("查找(&F)…"),
            "replace": self.tr("替换(&E)…"),
            "mask": self.tr("遮住选中的词(&M)"),
            "run": self.tr("求填(&F)"),
            "next": self.tr("下一空(&N)"),
            "previous": self.tr("上一空(&P)"),
            "more": self.tr("更多候选(&O)"),
            "length": self.tr("换个长度(&L)"),
            "cancel": self.tr("取消求填(&C)"),
            "automatic": self.tr("光标到空处自动求填(&A)"),
            "panel": self.tr("转到填空栏(&G)"),
            "show_panel": self.tr("显示右栏(&R)"),
            "zoom_in": self.tr("放大文字(&I)"),
            "zoom_out": self.tr("缩小文字(&O)"),
            "zoom_reset": self.tr("原来大小(&Z)"),
            "memories": self.tr("我的记忆(&M)…"),
            "models": self.tr("模型(&O)…"),
            "offline_check": self.tr("离线自检(&F)…"),
            "diagnostics": self.tr("诊断(&D)…"),
            "settings": self.tr("设置(&S)…"),
            "theme_toggle": self.tr("浅色/深色"),
            "language_toggle": self.tr("中/EN"),
            "guide": self.tr("使用手册(&G)…"),
            "sample": self.tr("打开示例文档(&E)"),
            "keys": self.tr("快捷键(&K)…"),
            "model": self.tr("模型说明(&M)…"),
            "licences": self.tr("许可(&L)…"),
            "about": self.tr("关于补白(&A)…"),
        }
        for n in range(1, APPLY_KEYS + 1):
            words[f"apply_{n}"] = self.tr("填入第 {n} 个候选").format(n=n)
        return words

    def _tips(self) -> dict[str, str]:
        return {
            "open": self.tr("打开文本文件"),
            "save": self.tr("保存文档"),
            "find": self.tr("查找文字"),
            "mask": self.tr("把选中的词变成空；没有选中时插入一个空"),
            "run": self.tr("为光标所在的空求候选词"),
            "next": self.tr("到下一个空"),
            "previous": self.tr("到上一个空"),
            "zoom_in": self.tr("放大文字"),
            "zoom_out": self.tr("缩小文字"),
            "theme_toggle": self.tr("在浅色和深色之间切换"),
            "language_toggle": self.tr("Switch to English"),
        }

    def _retranslate_groups(self) -> None:
        themes = {
            Theme.SYSTEM: self.tr("跟随系统"),
            Theme.LIGHT: self.tr("浅色"),
            Theme.DARK: self.tr("深色"),
            Theme.CONTRAST: self.tr("高对比度"),
        }
        languages = {Language.ZH: "中文", Language.EN: "English"}
        for action in self.lengths.actions():
            length = action.data()
            action.setText(
                self.tr("自动") if length is None else self.tr("{n} 字").format(n=length)
            )
        for action in self.themes.actions():
            action.setText(themes[Theme(action.data())])
        for action in self.languages.actions():
            action.setText(languages[Language(action.data())])

    def _group(self, window: QWidget, values: tuple[object, ...]) -> QActionGroup:
        group = QActionGroup(window)
        for value in values:
            action = QAction(group)
            action.setCheckable(True)
            action.setData(value.value if isinstance(value, (Theme, Language)) else value)
        return group


def _plain(text: str) -> str:
    """Return a menu's words without the key in brackets and the dots."""
    return re.sub(r"\(&.\)", "", text).replace("&", "").replace("…", "")


def keys_of(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    """Return which of ``actions`` have keys, in words, and the keys as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    rows: list[tuple[str, str]] = []
    for action in actions:
        shown = dict.fromkeys(key.toString(native) for key in action.shortcuts()[:2])
        if shown:
            rows.append((_plain(action.text()), " / ".join(shown)))
    return rows


def check(group: QActionGroup, value: object) -> None:
    """Check the action of ``group`` whose data is ``value``, without triggering it."""
    for action in group.actions():
        action.setChecked(action.data() == value)
