"""Translate Chinese into English, sentence by sentence.

text → sentences → pieces → ids → search → guards → text. Neither Qt nor onnxruntime here; safe to
use from any one thread at a time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

from assistant.engine.cancel import Cancel
from assistant.engine.lru import Lru
from assistant.engine.package import Package
from assistant.engine.sentence_translator import SentenceTranslator, Translated
from assistant.engine.translation_model import TranslationModel
from assistant.errors import EmptyTextError
from assistant.records import PackageInfo, SentenceTranslation, Translation
from assistant.text.segments import Place, find_sentences, rebuild

CACHE_SIZE = 5_000
"""Sentences whose translation is kept."""
GREEDY, BETTER = 1, 4
"""The beams of "fast" and of "better, slower"."""
TOGETHER, WINDOW = 8, 32
"""Sentences decoded side by side, of similar length among so many that follow one another.

Half the time of one by one; more save nothing and the reader waits longer for the first. INT8
scales what it reads together, so a sentence may come out a little otherwise in other company.
"""

OnSentence = Callable[[int, SentenceTranslation], object]
"""Told the index of a sentence and its translation, as soon as there is one."""


class Translator:
    """A loaded translation package that translates texts."""

    def __init__(self, package: Package, *, threads: int | None = None) -> None:
        """Load the graphs and the tokenizer of ``package``.

        Raises ModelFormatError when the files do not fit together.
        """
        started = time.perf_counter()
        manifest = package.manifest
        self.model = TranslationModel(package, threads=threads)
        self.sentences = SentenceTranslator(self.model, manifest.settings)
        self._known: Lru[tuple[str, int], Translated] = Lru(CACHE_SIZE)
        self.info = PackageInfo(
            task=manifest.task,
            name=manifest.name,
            version=manifest.version,
            licence=manifest.licence,
            folder=str(package.folder),
            bytes_on_disk=sum(file.bytes for file in manifest.files),
            load_ms=(time.perf_counter() - started) * 1000,
        )

    @property
    def max_beams(self) -> int:
        """The most beams that the step graph has candidates for."""
        return self.model.top_k // 2

    def translate(
        self,
        text: str,
        beams: int = GREEDY,
        cancel: Cancel | None = None,
        on_sentence: OnSentence | None = None,
        *,
        near_char: int = 0,
    ) -> Translation:
        """Return the translation of ``text``; everything that is not Chinese is copied.

        ``on_sentence`` hears of every sentence once: first of all that are known, then from the
        one at ``near_char`` to the end, then from the beginning.

        Raises EmptyTextError or Cancelled; ValueError for more beams than :attr:`max_beams`.
        """
        started = time.perf_counter()
        if not text.strip():
            raise EmptyTextError
        if not 1 <= beams <= self.max_beams:
            raise ValueError(f"1 to {self.max_beams} beams")
        places = find_sentences(text)
        records: dict[int, SentenceTranslation] = {}

        def tell(index: int, found: Translated) -> None:
            place = places[index]
            source = text[place.start_char : place.end_char]
            records[index] = SentenceTranslation(
                place.start_char, place.end_char, source, found.text, found.score, found.is_doubtful
            )
            if on_sentence is not None:
                on_sentence(index, records[index])

        sources = [text[place.start_char : place.end_char] for place in places]
        self._translate(sources, _from(places, near_char), beams, cancel, tell)
        sentences = tuple(records[i] for i in range(len(places)))
        return Translation(
            text=text,
            translation=rebuild(text, places, [sentence.target for sentence in sentences]),
            sentences=sentences,
            elapsed_ms=(time.perf_counter() - started) * 1000,
        )

    def forget(self) -> None:
        """Drop what was translated before, for benchmarks."""
        self._known.forget()

    def _translate(
        self,
        sources: Sequence[str],
        order: Sequence[int],
        beams: int,
        cancel: Cancel | None,
        tell: Callable[[int, Translated], None],
    ) -> None:
        waiting: dict[str, list[int]] = {}
        for index in order:
            if found := self._known.get((sources[index], beams)):
                tell(index, found)
            else:
                waiting.setdefault(sources[index], []).append(index)
        for batch in _batches(list(waiting)):
            if cancel is not None:
                cancel.check()
            for source, found in zip(
                batch, self.sentences.translate(batch, beams, cancel), strict=True
            ):
                self._known.put((source, beams), found)
                for index in waiting[source]:
                    tell(index, found)


def text_score(sentences: Sequence[SentenceTranslation]) -> float:
    """Return the geometric mean of the scores, weighted by the length of the sources; 0–1."""
    weights = [len(sentence.source) for sentence in sentences]
    total = sum(
        weight * math.log(max(sentence.score, 1e-9))
        for weight, sentence in zip(weights, sentences, strict=True)
    )
    return math.exp(total / sum(weights)) if weights else 0.0


def _from(places: Sequence[Place], near_char: int) -> list[int]:
    """Return the indices in order from the sentence at ``near_char`` on, then those before."""
    first = next((i for i, place in enumerate(places) if place.end_char >= near_char), 0)
    return [*range(first, len(places)), *range(first)]


def _batches(sources: list[str]) -> list[list[str]]:
    """Group sentences of similar length that stand near one another; the first stays alone."""
    batches = [sources[:1]] if sources else []
    for start in range(1, len(sources), WINDOW):
        part = sorted(sources[start : start + WINDOW], key=len)
        batches += [part[i : i + TOGETHER] for i in range(0, len(part), TOGETHER)]
    return batches
