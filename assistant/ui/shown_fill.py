"""The result on show, and the text that its offsets count in. Imports records and ui only."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import FillResult, SpanFill
from assistant.text.masks import with_length
from assistant.ui.chips import Preview
from assistant.ui.local_text import LocalText


@dataclass(frozen=True, slots=True)
class ShownFill:
    """The fill of one span of ``result``; ``top`` is how many candidates were asked for."""

    local: LocalText
    result: FillResult
    fill: SpanFill
    top: int

    def answers(self, local: LocalText, length: int | None, top: int) -> bool:
        """Return whether this is the answer to what ``local`` asks with these settings."""
        return (
            local.focus is not None
            and self.local.focus == local.focus
            and self.local.word == local.word
            and self.local.base_utf16 == local.base_utf16
            and self.local.text == local.text
            and self.fill.span in with_length((local.focus,), length)
            and self.top == top
        )

    def with_word(self, word: str) -> Preview:
        """Return ``word`` in place of the span, in the document's positions."""
        span, to_utf16 = self.fill.span, self.local.to_utf16
        return Preview(to_utf16(span.start_char), to_utf16(span.end_char), word)

    def with_candidate(self, index: int) -> list[Preview]:
        """Return candidate ``index`` in place of the span; nothing if there is none."""
        if not 0 <= index < len(self.fill.candidates):
            return []
        return [self.with_word(self.fill.candidates[index].text)]

    def with_joint(self, index: int) -> list[Preview]:
        """Return all fills of joint filling ``index`` in their places; nothing if there is none."""
        if not 0 <= index < len(self.result.joint):
            return []
        to_utf16 = self.local.to_utf16
        return [
            Preview(to_utf16(fill.span.start_char), to_utf16(fill.span.end_char), word)
            for fill, word in zip(self.result.spans, self.result.joint[index].fills, strict=True)
        ]
