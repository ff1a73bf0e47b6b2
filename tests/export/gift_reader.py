"""An independent reader of GIFT, written from Moodle's documented rules (not from our writer)."""

from __future__ import annotations

import re
from dataclasses import dataclass

WEIGHT = re.compile(r"%-?(\d{1,2}\.?\d*)%")
FORMATS = ("html", "moodle", "plain", "markdown")


@dataclass(frozen=True)
class Question:
    name: str
    text: str
    answers: tuple[tuple[str, float], ...]
    kind: str


def read(source: str) -> tuple[str, list[Question]]:
    """Return the category and the questions."""
    assert not source.startswith("\ufeff")
    blocks = [block for block in re.split(r"\n[ \t]*\n", source.strip("\n")) if block.strip()]
    category = ""
    questions: list[Question] = []
    for block in blocks:
        lines = [line for line in block.split("\n") if not line.strip().startswith("//")]
        text = "\n".join(lines).strip(" \t\n")
        if text.startswith("$CATEGORY:"):
            category = text.removeprefix("$CATEGORY:").strip()
        else:
            questions.append(_question(_tokens(text)))
    return category, questions


def _tokens(text: str) -> list[tuple[str, bool]]:
    """Return (character, is a control sign) with the escapes taken away."""
    tokens: list[tuple[str, bool]] = []
    i = 0
    while i < len(text):
        pair = text[i : i + 2]
        if pair in ("\\\\", "\\:", "\\#", "\\=", "\\{", "\\}", "\\~"):
            tokens.append((pair[1], False))
            i += 2
        elif pair == "\\n":
            tokens.append(("\n", False))
            i += 2
        else:
            tokens.append((text[i], text[i] in ":#={}~"))
            i += 1
    return tokens


def _find(tokens: list[tuple[str, bool]], sign: str, start: int = 0) -> int:
    return next((i for i in range(start, len(tokens)) if tokens[i] == (sign, True)), -1)


def _plain(tokens: list[tuple[str, bool]]) -> str:
    return "".join(character for character, _ in tokens)


def _formatted(text: str) -> str:
    for name in FORMATS:
        if text.startswith(f"[{name}]"):
            return text.removeprefix(f"[{name}]").strip(" \t\n")
    return text.strip(" \t\n")


def _question(tokens: list[tuple[str, bool]]) -> Question:
    name = ""
    if tokens[:2] == [(":", True)] * 2:
        end = next(i for i in range(2, len(tokens)) if tokens[i : i + 2] == [(":", True)] * 2)
        name, tokens = _plain(tokens[2:end]), tokens[end + 2 :]
    opening, closing = _find(tokens, "{"), _find(tokens, "}")
    assert 0 <= opening < closing
    assert _find(tokens, "{", opening + 1) == -1, "one answer block per question"
    before, after = _plain(tokens[:opening]), _plain(tokens[closing + 1 :])
    text = _formatted(before + ("_____" if after.strip() else "") + after)
    inner = tokens[opening + 1 : closing]
    is_choice = any(token == ("~", True) for token in inner)
    starts = [i for i, token in enumerate(inner) if token in (("~", True), ("=", True))]
    answers: list[tuple[str, float]] = []
    for start, end in zip(starts, [*starts[1:], len(inner)], strict=True):
        part = inner[start + 1 : end]
        assert ("#", True) not in part
        share = 1.0 if inner[start][0] == "=" else 0.0
        written = _plain(part).strip(" \t\n")
        weight = WEIGHT.match(written)
        if weight and not (is_choice and inner[start][0] == "="):
            share, written = float(weight[1]) / 100, written[weight.end() :]
        answers.append((_formatted(written), share))
    matching = not is_choice and any(
        inner[i : i + 2] == [("-", False), (">", False)] for i in range(len(inner))
    )
    return Question(
        name, text, tuple(answers), "choice" if is_choice else ("match" if matching else "short")
    )
