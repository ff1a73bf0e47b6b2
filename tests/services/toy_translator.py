"""A translator that writes sources in capitals, one sentence at a time, when it may."""

from __future__ import annotations

import threading

from assistant.engine.cancel import Cancel
from assistant.engine.translate import OnSentence
from assistant.records import SentenceTranslation, Translation
from assistant.text.segments import find_sentences, rebuild


class ToyTranslator:
    """Like Translator: "我看山。" becomes "EN1(我看山。)"; 疑 makes doubtful.

    While ``gate`` is closed it waits before every sentence but the first. ``asked`` are the
    sentences it was not asked before.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[tuple[str, int]] = []
        self._known: set[tuple[str, int]] = set()

    def translate(
        self,
        text: str,
        beams: int = 1,
        cancel: Cancel | None = None,
        on_sentence: OnSentence | None = None,
        *,
        near_char: int = 0,
    ) -> Translation:
        del near_char
        places, made = find_sentences(text), list[SentenceTranslation]()
        for index, place in enumerate(places):
            source = text[place.start_char : place.end_char]
            while index and not self.gate.wait(0.002):
                if cancel is not None:
                    cancel.check()
            if cancel is not None:
                cancel.check()
            if (source, beams) not in self._known:
                self.asked.append((source, beams))
                self._known.add((source, beams))
            one = SentenceTranslation(
                place.start_char, place.end_char, source, f"EN{beams}({source})", 0.5,
                "疑" in source,
            )  # fmt: skip
            made.append(one)
            if on_sentence is not None:
                on_sentence(index, one)
        whole = rebuild(text, places, [one.target for one in made])
        return Translation(text, whole, tuple(made), 1.0)
