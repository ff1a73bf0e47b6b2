"""How Moodle reads an embedded-answers question: an independent scanner written from its rules.

The rules (question/type/multianswer): ``{weight:TYPE:alternatives}``; an alternative is ``=`` or
``%n%`` or nothing, then at least one character up to the first ``~ # }`` that does not follow
``\\``, ``&`` or ``&amp;``, then perhaps ``#feedback``. Entities are decoded after the split, and of
the backslashes only those before ``}`` and ``#`` are taken away.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

START = re.compile(r"\{(\d*):(SHORTANSWER|MULTICHOICE):")
FRACTION = re.compile(r"=|%(-?\d+(?:[.,]\d*)?)%")


@dataclass(frozen=True)
class Question:
    kind: str
    weight: int
    alternatives: tuple[tuple[str, float], ...]


def read(text: str) -> tuple[list[Question], str]:
    """Return the embedded questions and the text with ``{#n}`` in their places."""
    questions: list[Question] = []
    rest = 0
    out = ""
    while match := START.search(text, rest):
        out += text[rest : match.start()]
        alternatives, rest = _alternatives(text, match.end())
        questions.append(Question(match[2], int(match[1] or 1), tuple(alternatives)))
        out += f"{{#{len(questions)}}}"
    return questions, out + text[rest:]


def _alternatives(text: str, at: int) -> tuple[list[tuple[str, float]], int]:
    found: list[tuple[str, float]] = []
    while True:
        share = 0.0
        if mark := FRACTION.match(text, at):
            share = float(mark[1]) / 100 if mark[1] else 1.0
            at = mark.end()
        end = at + 1
        while not (text[end] in "~#}" and not text[:end].endswith(("\\", "&", "&amp;"))):
            end += 1
        answer = html.unescape(text[at:end]).replace("\\}", "}").replace("\\#", "#")
        found.append((answer, share))
        while text[end] not in "~}":  # feedback
            end += 1
        at = end + 1
        if text[end] == "}":
            return found, at


def is_valid(question: Question) -> bool:
    """Return whether Moodle's own validation would take the question."""
    given = [answer for answer, _ in question.alternatives if answer.strip()]
    least = 2 if question.kind == "MULTICHOICE" else 1
    return len(given) >= least and any(share == 1 for _, share in question.alternatives)


def typed_matches(pattern: str, response: str) -> bool:
    """Return whether a typed response matches an answer, in which a bare ``*`` is a wildcard."""
    parts = re.split(r"(?<!\\)\*+", pattern)
    regex = ".*".join(re.escape(part.replace("\\*", "*")) for part in parts)
    return re.fullmatch(regex, response, re.DOTALL | re.IGNORECASE) is not None
