"""Labels that a person makes up, by textual entailment; no training for them.

Premise = the text, hypothesis = the template with the label (Yin et al. 2019), as in the zero-shot
pipeline of transformers, whose numbers this reproduces for texts that the model can read whole.
A longer text is read in windows of whole sentences whose logits are averaged, weighted by length;
after ``MAX_WINDOWS`` the rest is left out and the result says so. Neither Qt nor onnxruntime here;
for one thread at a time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.cancel import Cancel
from assistant.engine.classifier import BATCH_TOKENS, Classifier, Told
from assistant.engine.label_rules import (
    DEFAULT_TEMPLATE,
    MAX_LABEL_CHARS,
    PLACE,
    check_template,
    tidy_labels,
)
from assistant.engine.label_temperature import LabelTemperature
from assistant.engine.label_valence import LabelValence, asks_for_feeling
from assistant.engine.lru import Lru
from assistant.engine.package import Head
from assistant.engine.pair_tokenizer import Ids
from assistant.engine.reading import cut_windows
from assistant.engine.understanding_errors import (
    HeadMissingError,
    LabelTooLongError,
    NoChineseError,
)
from assistant.engine.verdicts import log_softmax
from assistant.errors import EmptyTextError
from assistant.records import LabelResult, LabelScore
from assistant.text.characters import has_han

MAX_WINDOWS = 4
"""So many windows of a long text are read.

On long app descriptions (IFLYTEK, 12 labels) the first window alone was right in 29 %, beginning
and end in one window in 36 %, the mean of two to four windows in 40 to 42 %."""
CACHED_PAIRS = 8192
_STEP_TOKENS = 16

_Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    """A label, the tokens of the template with it, and where the label's own stand in them."""

    label: str
    ids: Ids
    place: tuple[int, int]


_Key = tuple[Ids, _Hypothesis]
"""A window of the text and a hypothesis."""


class Labeller:
    """Says which of a person's labels fit a text; (text, label) pairs seen before are known."""

    def __init__(self, classifier: Classifier) -> None:
        """Use ``classifier``; raises HeadMissingError if it has no head for entailment."""
        manifest = classifier.manifest
        head = manifest.entailment
        against = {"contradiction", "not_entailment"} & set(head.labels if head else ())
        if head is None or "entailment" not in head.labels or not against:
            raise HeadMissingError.entailment(manifest.name)
        self._classifier = classifier
        self._head: Head = head
        self._for = head.labels.index("entailment")
        self._against = head.labels.index(sorted(against)[0])
        self._temperature = LabelTemperature.of(manifest.settings, head.temperature)
        self._valence = LabelValence.of(classifier, head.temperature)
        self._known: Lru[_Key, _Logits] = Lru(CACHED_PAIRS)

    def classify(
        self,
        text: str,
        labels: Sequence[str],
        template: str = DEFAULT_TEMPLATE,
        multi: bool = False,
        cancel: Cancel | None = None,
        progress: Told | None = None,
    ) -> LabelResult:
        """Return how well each of ``labels`` fits ``text``, best first.

        With ``multi`` each label stands for itself: softmax of entailment against contradiction;
        else the labels share 1: softmax of their entailment logits (:class:`LabelTemperature`).
        A single label always stands for itself. Where the template asks for a feeling, the
        sentiment head has a say (:class:`LabelValence`). Labels are tidied
        (:func:`tidy_labels`). The label is never cut, the text is.
        ``progress`` is told how many pairs are done and how many have to be run.

        Raises EmptyTextError, NoChineseError, NoLabelError, TooManyLabelsError,
        LabelTooLongError, TemplateError or Cancelled.
        """
        started = time.perf_counter()
        labels = tidy_labels(labels)
        check_template(template)
        if not text.strip():
            raise EmptyTextError
        if not has_han(text):
            raise NoChineseError
        hypotheses = self._hypotheses(labels, template)
        windows, was_cut = self._windows(text.strip(), max(len(one.ids) for one in hypotheses))
        logits = self._logits(windows, hypotheses, cancel, progress)
        temperature = self._temperature
        if self._valence is not None and asks_for_feeling(template):
            logits[:, self._for] += self._valence.scores(windows, labels, cancel)
            temperature = self._valence.temperature
        if multi or len(labels) == 1:
            confidences = self._singly(logits)
        else:
            confidences = np.exp(temperature.log_probs(logits[:, self._for]))
        order = np.argsort(-confidences, kind="stable")
        return LabelResult(
            text=text,
            labels=tuple(LabelScore(labels[int(i)], float(confidences[i])) for i in order),
            multi=multi or len(labels) == 1,
            was_cut=was_cut,
            elapsed_ms=(time.perf_counter() - started) * 1000,
        )

    def forget(self) -> None:
        """Drop what is known, so that a benchmark measures inference."""
        self._known.forget()
        if self._valence is not None:
            self._valence.forget()

    def _hypotheses(self, labels: Sequence[str], template: str) -> list[_Hypothesis]:
        """Return the template with each label; the label's tokens are those between the others."""
        before, after = template.split(PLACE, 1)
        texts = [template.replace(PLACE, label) for label in labels]
        first, last, *found = self._classifier.tokenizer.ids([before, after, *texts])
        return [
            _Hypothesis(label, ids, (len(first), len(ids) - len(last)))
            for label, ids in zip(labels, found, strict=True)
        ]

    def _windows(self, text: str, longest: int) -> tuple[list[Ids], bool]:
        """Return the windows of ``text`` to read, and whether something is left out.

        ``longest`` is the longest hypothesis, in tokens.
        All labels see the same windows, or they could not be compared. Where the text does not
        fit as a whole, the room for the hypothesis grows in steps: a new label that is a little
        longer than the others does not move the windows, so the others stay known.
        """
        tokenizer, most = self._classifier.tokenizer, self._classifier.max_tokens - 3
        if longest > most // 2:
            raise LabelTooLongError(limit=MAX_LABEL_CHARS)
        tokens = tokenizer.tokens(text)
        if len(tokens.ids) <= most - longest:
            return [tokens.ids], False
        stepped = min(-(-longest // _STEP_TOKENS) * _STEP_TOKENS, most // 2)
        windows = cut_windows(text, tokens.places, most - max(stepped, longest))
        read = [tokens.ids[first:end] for first, end in windows[:MAX_WINDOWS]]
        return read, len(windows) > MAX_WINDOWS

    def _logits(
        self,
        windows: Sequence[Ids],
        hypotheses: Sequence[_Hypothesis],
        cancel: Cancel | None,
        progress: Told | None,
    ) -> NDArray[np.float64]:
        """Return the logits of every hypothesis, averaged over the windows, [labels, classes]."""
        keys = [(window, hypothesis) for hypothesis in hypotheses for window in windows]
        found = {key: self._known.get(key) for key in keys}
        missing = [key for key, logits in found.items() if logits is None]
        if missing:
            for key, logits in self._run(missing, cancel, progress):
                found[key] = logits
                self._known.put(key, logits)
        table = np.stack([logits for key in keys if (logits := found[key]) is not None])
        table = table.astype(np.float64).reshape(len(hypotheses), len(windows), -1)
        weights = np.array([max(len(window), 1) for window in windows], dtype=np.float64)
        return np.einsum("w,lwc->lc", weights / weights.sum(), table)

    def _run(
        self, keys: Sequence[_Key], cancel: Cancel | None, progress: Told | None
    ) -> list[tuple[_Key, _Logits]]:
        """Return the logits of each of ``keys``; a model that can reads a window once."""
        pair = self._classifier.tokenizer.pair
        if not self._classifier.takes_many:
            rows = [pair(window, one.ids, labels=(one.place,)) for window, one in keys]
            fresh = self._classifier.logits(rows, self._head, cancel, progress)
            return list(zip(keys, fresh, strict=True))
        groups = _grouped(keys)
        rows = [
            pair(window, *(one.ids for one in ones), labels=[one.place for one in ones])
            for window, ones in groups
        ]
        fresh = self._classifier.hypotheses(rows, cancel, progress)
        order = [(window, one) for window, ones in groups for one in ones]
        return list(zip(order, fresh, strict=True))

    def _singly(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        pair = logits[:, [self._against, self._for]] / self._head.temperature
        return np.exp(log_softmax(pair))[:, 1]


def _grouped(keys: Sequence[_Key]) -> list[tuple[Ids, list[_Hypothesis]]]:
    """Return each window with as many of its hypotheses as a run holds tokens."""
    groups: list[tuple[Ids, list[_Hypothesis]]] = []
    open_groups: dict[Ids, tuple[int, int]] = {}
    for window, hypothesis in keys:
        place, free = open_groups.get(window, (0, 0))
        size = len(hypothesis.ids) + 1
        if size > free:
            place, free = len(groups), max(BATCH_TOKENS - len(window) - 2, size)
            groups.append((window, []))
        groups[place][1].append(hypothesis)
        open_groups[window] = place, free - size
    return groups
