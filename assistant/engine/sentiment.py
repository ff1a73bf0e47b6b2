"""Sentiment: the verdict on every sentence, the verdict on the text, and why.

text → sentences → rows → logits → verdicts, one for each sentence. The text's own verdict comes
from passages: as many sentences as the model reads at once, for a "but" turns what stood before
it. A text that fits is read whole (measured: 1.8 points better than pooling its sentences).
Neither Qt nor onnxruntime here; for one thread at a time.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from assistant.engine.cancel import Cancel
from assistant.engine.classifier import Classifier, Told
from assistant.engine.lru import Lru
from assistant.engine.pair_tokenizer import Ids
from assistant.engine.passages import passages
from assistant.engine.reading import cut_windows
from assistant.engine.understanding_errors import NoChineseError
from assistant.engine.verdicts import Judge, LogProbs, Verdict
from assistant.engine.word_groups import word_groups
from assistant.errors import EmptyTextError
from assistant.records import SentenceSentiment, TextSentiment, WordInfluence
from assistant.text.characters import has_han
from assistant.text.sentences import sentence_spans

Found = Callable[[tuple[SentenceSentiment, ...]], object]
"""Told about sentences as soon as they are judged."""

CACHED_PIECES = 32_768
"""More sentences and passages than a text of 300,000 characters has: an edit runs only those that
it changed."""
CHUNK = 128
"""So many sentences are sorted by length and run together, then reported."""
PASSAGES_AT_ONCE = 16
"""So many passages run together; they are several sentences long."""
MAX_PIECES = 150
"""So many words of one sentence are left out singly."""


class SentimentAnalyser:
    """Judges texts sentence by sentence; what was judged once is known."""

    def __init__(self, classifier: Classifier) -> None:
        """Use ``classifier``; raises HeadMissingError if it has no head for sentiment."""
        self._classifier = classifier
        self._judge = Judge(classifier.manifest)
        self._known: Lru[str, LogProbs] = Lru(CACHED_PIECES)

    def analyse(
        self,
        text: str,
        cancel: Cancel | None = None,
        progress: Told | None = None,
        *,
        found: Found | None = None,
        near_char: int = 0,
    ) -> TextSentiment:
        """Judge ``text`` and each of its sentences.

        A sentence without a Chinese character gets no verdict. ``progress`` is told how many
        sentences and passages are done and how many there are. ``found`` gets the verdicts on
        sentences as they come: first all that were known, then from the sentence at ``near_char``
        to the end, then from the beginning. Raises EmptyTextError, NoChineseError or Cancelled;
        what was judged until then is known the next time.
        """
        started = time.perf_counter()
        spans = _chinese_sentences(text)
        parts = passages(spans, self._classifier.max_tokens - 2)
        total = len(spans) + len(parts)
        sentences = self._sentences(text, spans, near_char, cancel, found, _of(total, progress))
        whole = self._whole(text, parts, cancel, _of(total, progress, len(spans)))
        return TextSentiment(
            text=text,
            polarity=whole.polarity,
            confidence=whole.confidence,
            positivity=whole.positivity,
            lean=whole.lean,
            sentences=tuple(sentences),
            elapsed_ms=(time.perf_counter() - started) * 1000,
        )

    def explain(self, sentence: str, cancel: Cancel | None = None) -> tuple[WordInfluence, ...]:
        """Return how much each word of ``sentence`` speaks for its verdict, in text order.

        Every word is left out once, all in one batch (leave-one-out); white space and punctuation
        are no words. Of a sentence with more than ``MAX_PIECES`` words, neighbours are left out
        together. Raises EmptyTextError, NoChineseError or Cancelled.
        """
        if not sentence.strip():
            raise EmptyTextError
        if not has_han(sentence):
            raise NoChineseError
        parts = self._parts(sentence)
        starts = [start for start, _ in parts]
        shares = self._judge.shares([end - start for start, end in parts])
        pieces = word_groups(sentence, MAX_PIECES, starts)
        owners = [bisect_right(starts, start) - 1 for start, _ in pieces]
        without = [
            sentence[parts[owner][0] : start] + sentence[end : parts[owner][1]]
            for owner, (start, end) in zip(owners, pieces, strict=True)
        ]
        texts = [*(sentence[start:end] for start, end in parts), *without]
        tilts = [self._judge.tilt(one) for one in self._log_probs(texts, cancel)]
        return tuple(
            WordInfluence(start, end, float(shares[owner] * (tilts[owner] - tilt)))
            for owner, (start, end), tilt in zip(owners, pieces, tilts[len(parts) :], strict=True)
        )

    def forget(self) -> None:
        """Drop what is known, so that a benchmark measures inference."""
        self._known.forget()

    def _sentences(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        near_char: int,
        cancel: Cancel | None,
        found: Found | None,
        done: Callable[[int], object],
    ) -> list[SentenceSentiment]:
        """Return the verdict on every sentence; those not known are run in chunks."""
        sentences = [text[start:end] for start, end in spans]
        before = [self._known.get(sentence) for sentence in sentences]
        known = [i for i, one in enumerate(before) if one is not None]
        missing = _from_near([i for i, one in enumerate(before) if one is None], spans, near_char)
        verdicts: dict[int, SentenceSentiment] = {}
        for chunk in (known, *(missing[at : at + CHUNK] for at in range(0, len(missing), CHUNK))):
            fresh = self._run(list(dict.fromkeys(sentences[i] for i in chunk)), cancel)
            for i in chunk:
                verdicts[i] = self._sentence(spans[i], fresh[sentences[i]])
            if found is not None and chunk:
                found(tuple(verdicts[i] for i in chunk))
            done(len(verdicts))
        return [verdicts[i] for i in range(len(spans))]

    def _whole(
        self,
        text: str,
        parts: Sequence[tuple[int, int]],
        cancel: Cancel | None,
        done: Callable[[int], object],
    ) -> Verdict:
        """Return the verdict on the text, pooled from its passages."""
        judged: list[LogProbs] = []
        for at in range(0, len(parts), PASSAGES_AT_ONCE):
            texts = [text[start:end] for start, end in parts[at : at + PASSAGES_AT_ONCE]]
            fresh = self._run(list(dict.fromkeys(texts)), cancel)
            judged += [fresh[one] for one in texts]
            done(len(judged))
        return self._judge.verdict(self._judge.pool(judged, [end - start for start, end in parts]))

    def _run(self, pieces: Sequence[str], cancel: Cancel | None) -> dict[str, LogProbs]:
        """Return ln P of each piece, known or run now; then all are known."""
        judged = {piece: self._known.get(piece) for piece in pieces}
        missing = [piece for piece, one in judged.items() if one is None]
        fresh = zip(missing, self._log_probs(missing, cancel), strict=True)
        for piece, one in fresh:
            self._known.put(piece, one)
            judged[piece] = one
        return {piece: one for piece, one in judged.items() if one is not None}

    def _log_probs(self, texts: Sequence[str], cancel: Cancel | None) -> list[LogProbs]:
        """Return ln P of each text; one longer than the model reads is pooled from windows."""
        if not texts:
            return []
        tokenizer = self._classifier.tokenizer
        room = self._classifier.max_tokens - 2
        windows: list[list[Ids]] = []
        for text, ids in zip(texts, tokenizer.ids(texts), strict=True):
            windows.append([ids] if len(ids) <= room else self._windows(text, room))
        rows = [tokenizer.single(ids) for parts in windows for ids in parts]
        logits = self._classifier.logits(rows, self._judge.head, cancel)
        ends = np.cumsum([len(parts) for parts in windows])
        pieces = np.split(self._judge.log_probs(logits), ends[:-1])
        return [
            self._judge.pool(list(piece), [len(ids) for ids in parts])
            for piece, parts in zip(pieces, windows, strict=True)
        ]

    def _windows(self, text: str, room: int) -> list[Ids]:
        tokens = self._classifier.tokenizer.tokens(text)
        return [tokens.ids[a:b] for a, b in cut_windows(text, tokens.places, room)]

    def _parts(self, sentence: str) -> list[tuple[int, int]]:
        """Return the places of the windows in which ``sentence`` is read, without gaps."""
        places = self._classifier.tokenizer.tokens(sentence).places
        windows = cut_windows(sentence, places, self._classifier.max_tokens - 2)
        starts = [0, *(places[first][0] for first, _ in windows[1:])]
        return list(pairwise([*starts, len(sentence)]))

    def _sentence(self, span: tuple[int, int], log_probs: LogProbs) -> SentenceSentiment:
        found = self._judge.verdict(log_probs)
        return SentenceSentiment(
            *span, found.polarity, found.confidence, found.positivity, found.lean
        )


def _chinese_sentences(text: str) -> list[tuple[int, int]]:
    if not text.strip():
        raise EmptyTextError
    spans = [(start, end) for start, end in sentence_spans(text) if has_han(text[start:end])]
    if not spans:
        raise NoChineseError
    return spans


def _of(total: int, progress: Told | None, before: int = 0) -> Callable[[int], object]:
    """Return what tells ``progress`` how many of ``total`` are done, ``before`` among them."""
    return (lambda done: progress(before + done, total)) if progress else (lambda _done: None)


def _from_near(
    numbers: Sequence[int], spans: Sequence[tuple[int, int]], near_char: int
) -> list[int]:
    """Return ``numbers`` of sentences, beginning with the first that ends after ``near_char``."""
    after = [i for i in numbers if spans[i][1] > near_char]
    return [*after, *(i for i in numbers if spans[i][1] <= near_char)]
