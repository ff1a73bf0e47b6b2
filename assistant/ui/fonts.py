"""Which Chinese fonts this system has. Imports nothing of ours."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase


class FontStyle(Enum):
    """The three styles Chinese readers know; the value is what the settings keep."""

    HEI = "hei"
    SONG = "song"
    KAI = "kai"


# Best first; the names that Windows, macOS and Linux give them.
_FAMILIES = {
    FontStyle.HEI: (
        "Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "Noto Sans SC", "PingFang SC",
        "Microsoft YaHei UI", "Microsoft YaHei", "微软雅黑", "HarmonyOS Sans SC",
        "Hiragino Sans GB", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback",
        "SimHei", "黑体",
    ),
    FontStyle.SONG: (
        "Noto Serif CJK SC", "Source Han Serif SC", "思源宋体", "Noto Serif SC", "Songti SC",
        "STSong", "华文宋体", "NSimSun", "SimSun", "宋体", "AR PL UMing CN",
    ),
    FontStyle.KAI: (
        "LXGW WenKai", "霞鹜文楷", "Kaiti SC", "STKaiti", "华文楷体", "KaiTi", "楷体",
        "AR PL UKai CN", "TW-Kai",
    ),
}  # fmt: skip


def find_family(style: FontStyle) -> str | None:
    """Return the best installed family of ``style``, or None."""
    installed = set(QFontDatabase.families())
    return next((name for name in _FAMILIES[style] if name in installed), None)


def has_chinese_font() -> bool:
    """Return whether any installed font can show simplified Chinese."""
    system = QFontDatabase.WritingSystem.SimplifiedChinese
    return bool(QFontDatabase.families(system)) or any(find_family(s) for s in FontStyle)


def editor_font(setting: str, points: float) -> QFont:
    """Return the font of the editor.

    ``setting`` is a FontStyle's value, a family's name, or empty for the best font found.
    """
    styles = {style.value: style for style in FontStyle}
    wanted = styles.get(setting or FontStyle.HEI.value)
    families = [setting] if wanted is None else []
    order = [wanted, *FontStyle] if wanted else list(FontStyle)
    families += [family for style in order if (family := find_family(style))]
    font = QFont()
    if families:
        font.setFamilies(list(dict.fromkeys(families)))
    font.setPointSizeF(points)
    return font


def interface_font(base: QFont) -> QFont:
    """Return ``base`` with Chinese families behind its own, so that no glyph is missing."""
    font = QFont(base)
    family = find_family(FontStyle.HEI)
    if family:
        font.setFamilies(list(dict.fromkeys([*base.families(), family])))
    return font
