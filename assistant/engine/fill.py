"""Fill the blanks of a text: the engine's main task.

text → windows → rows → log-probabilities → candidates. Neither Qt nor onnxruntime here; safe to
use from any one thread at a time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Sequence

from assistant.engine.cancel import Cancel
from assistant.engine.candidates import Candidates
from assistant.engine.context import Context, group_spans
from assistant.engine.joint import combine, joint_fills
from assistant.engine.knowledge import load_knowledge, open_topics
from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_feed import Feeder
from assistant.engine.mixer import Mixer
from assistant.engine.package import Package
from assistant.engine.predictor import Predictor
from assistant.engine.search import Word
from assistant.engine.session import OnnxSession
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.topics import Topics
from assistant.errors import (
    EmptyTextError,
    ModelFormatError,
    NoBlankError,
    SpanLengthError,
    TooManySpansError,
    WordError,
)
from assistant.records import (
    MAX_SPANS,
    MAX_WORD_CHARS,
    Choice,
    FillRequest,
    FillResult,
    JointFill,
    PackageInfo,
    ScoredWord,
    Span,
    SpanFill,
)

_INPUTS = {"input_ids", "attention_mask", "rows", "columns"}
_FED_INPUTS = {"memory_ids", "memory_probs"}


class Filler:
    """A loaded fill package that answers FillRequests."""

    def __init__(self, package: Package, *, threads: int | None = None) -> None:
        """Load the graph and the tokenizer of ``package``.

        Raises ModelFormatError when the files do not fit together.
        """
        started = time.perf_counter()
        manifest = package.manifest
        self.vocabulary = Vocabulary(package)
        session = OnnxSession(package.path(manifest.model), threads=threads)
        if _INPUTS - set(session.inputs) or session.outputs != manifest.outputs:
            raise ModelFormatError(folder=package.folder.name, reason="inputs")
        self.memory = _memory(package)
        tokens = self.vocabulary.tokens
        fed = set(session.inputs) >= _FED_INPUTS
        topics = open_topics(package, len(tokens))
        mixer = _mixer(package, self.memory, self.vocabulary, topics, fed=fed)
        feeder = Feeder(self.memory, tokens, self.vocabulary.mask) if fed else None
        self.predictor = Predictor(session, self.vocabulary, mixer, feeder)
        self.knowledge = (
            load_knowledge(package, self.memory, tokens, topics) if self.memory else None
        )
        """What the package knows of whole words; None without a memory."""
        self.settings = manifest.settings
        self.budget_chars = min(manifest.context_chars, manifest.max_length - 2)
        self.info = PackageInfo(
            task=manifest.task,
            name=manifest.name,
            version=manifest.version,
            licence=manifest.licence,
            folder=str(package.folder),
            bytes_on_disk=sum(file.bytes for file in manifest.files),
            load_ms=(time.perf_counter() - started) * 1000,
        )

    def fill(self, request: FillRequest, cancel: Cancel | None = None) -> FillResult:
        """Return candidates for every span of ``request`` and the best joint fillings.

        Raises EmptyTextError, NoBlankError, TooManySpansError, SpanLengthError, WordError or
        Cancelled.
        """
        started = time.perf_counter()
        check_request(request)
        order = sorted(request.spans, key=lambda span: span.start_char)
        fills: dict[Span, SpanFill] = {}
        joints: list[list[JointFill]] = []
        for group in group_spans(request.text, order, self.budget_chars):
            context = Context(self.vocabulary, request.text, group, self.budget_chars)
            group_fills, joint = self._fill_group(context, request, cancel)
            fills.update(zip(group, group_fills, strict=True))
            joints.append(joint)
        joint = combine(joints, request.top) if request.joint else ()
        places = [order.index(span) for span in request.spans]
        return FillResult(
            text=request.text,
            spans=tuple(fills[span] for span in request.spans),
            joint=tuple(
                JointFill(tuple(fill.fills[i] for i in places), fill.confidence) for fill in joint
            ),
            elapsed_ms=(time.perf_counter() - started) * 1000,
        )

    def _fill_group(
        self, context: Context, request: FillRequest, cancel: Cancel | None
    ) -> tuple[list[SpanFill], list[JointFill]]:
        candidates = self.candidates(context)
        slots = context.open_slots()
        marginals = [candidates.best(slots, i, request.top, cancel) for i in range(len(slots))]
        fills = [
            self._span_fill(candidates, context, i, words, request, cancel)
            for i, words in enumerate(marginals)
        ]
        if not request.joint:
            return fills, []
        return fills, joint_fills(candidates, slots, marginals, request.top, cancel)

    def _span_fill(
        self,
        candidates: Candidates,
        context: Context,
        index: int,
        best: Sequence[Word],
        request: FillRequest,
        cancel: Cancel | None,
    ) -> SpanFill:
        """Return span ``index`` with its ``best`` words and what is asked about others.

        The person's own words are scored and, with ``request.joint``, ranked.
        """
        slots, span = context.open_slots(), context.spans[index]
        own = request.span_words[request.spans.index(span)] if request.span_words else ()
        # A word that cannot stand in one of several spans is left out, in the only one it is named.
        must = request.words + request.choices if len(request.spans) == 1 else ()
        scored, ids = self._fitting(request.words + own, must, span)
        judged = (
            candidates.judge(slots, index, ids, rank=request.joint, cancel=cancel) if ids else []
        )
        chosen, ids = self._fitting(request.choices, must, span)
        shares = candidates.choose(slots, index, ids, cancel) if ids else []
        choices = map(Choice, chosen, shares)
        return SpanFill(
            span,
            candidates.records(slots, index, best),
            tuple(
                ScoredWord(word, math.exp(log_prob), rank)
                for word, (log_prob, rank) in zip(scored, judged, strict=True)
            ),
            tuple(sorted(choices, key=lambda choice: -choice.confidence)),
        )

    def candidates(self, context: Context) -> Candidates:
        """Return what finds and judges words in ``context``."""
        return Candidates(self.predictor, self.vocabulary, context, self.knowledge)

    def _fitting(
        self, words: Sequence[str], must: Collection[str], span: Span
    ) -> tuple[list[str], list[tuple[int, ...]]]:
        """Return those of ``words`` that can stand in ``span``, each once, and their ids.

        Raises WordError for one of ``must`` that cannot.
        """
        fitting: dict[str, tuple[int, ...]] = {}
        for word in words:
            try:
                fitting[word] = self.word_ids(word, span)
            except WordError:
                if word in must:
                    raise
        return list(fitting), list(fitting.values())

    def word_ids(self, word: str, span: Span) -> tuple[int, ...]:
        """Return the token ids of a word that is to stand in ``span``.

        Raises WordError when it cannot: empty, too long, or not of the span's length.
        """
        ids = self.vocabulary.encode(word)[0]
        fits = len(ids) == span.length if span.length else 1 <= len(ids) <= MAX_WORD_CHARS
        if not fits or len(word) > MAX_WORD_CHARS or word.split() != [word]:
            raise WordError(word=word)
        return ids


def _memory(package: Package) -> PhraseMemory | None:
    name = package.manifest.memory
    return PhraseMemory.open(package.path(name)) if name else None


def _mixer(
    package: Package,
    memory: PhraseMemory | None,
    vocabulary: Vocabulary,
    topics: Topics | None,
    *,
    fed: bool,
) -> Mixer:
    settings = package.manifest.settings
    try:
        return Mixer(vocabulary.tokens, memory, settings, fed=fed, topics=topics)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelFormatError(repr(error), folder=package.folder.name, reason="gate") from error


def check_request(request: FillRequest) -> None:
    """Refuse what cannot be filled.

    Raises EmptyTextError, NoBlankError, TooManySpansError or SpanLengthError; ValueError when the
    spans are outside the text or overlap (a mistake of the caller, not of the person).
    """
    if not request.text.strip():
        raise EmptyTextError
    if not request.spans:
        raise NoBlankError
    if request.span_words and len(request.span_words) != len(request.spans):
        raise ValueError("span_words must be empty or hold words for every span")
    if request.joint and len(request.spans) > MAX_SPANS:
        raise TooManySpansError(count=len(request.spans), limit=MAX_SPANS)
    end = 0
    for span in sorted(request.spans, key=lambda span: span.start_char):
        if not end <= span.start_char < span.end_char <= len(request.text):
            raise ValueError("spans must lie in the text without overlapping")
        end = span.end_char
        if span.length is not None and not 1 <= span.length <= MAX_WORD_CHARS:
            raise SpanLengthError(length=span.length, limit=MAX_WORD_CHARS)
