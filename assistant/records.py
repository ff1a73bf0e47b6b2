"""Records that cross rooms: frozen values without behaviour.

Imports nothing of ours. Offsets carry their unit in the name (``_char`` = Python code points),
probabilities are floats in 0–1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MAX_SPANS = 8
"""How many blanks one request may hold."""
MAX_WORD_CHARS = 8
"""Longest span of known length, and longest own word, in characters."""
MAX_UNKNOWN_CHARS = 4
"""Longest word proposed for a blank of unknown length, in characters."""


class Task(Enum):
    """What a model package is for; the value is its folder name under ``models/``."""

    FILL = "fill"
    UNDERSTAND = "understand"
    TRANSLATE = "translate"


class Source(Enum):
    """Where a candidate came from."""

    ENCODER = "encoder"
    MEMORY = "memory"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Span:
    """A blank or a selected word.

    ``length`` is the number of characters the fill must have, or None for a word of unknown
    length (1–4 characters compete). ``start_char``/``end_char`` delimit what the fill replaces.
    """

    start_char: int
    end_char: int
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One context of a phrase memory that votes for a candidate: ``里藏刀 ← 笑: 41 times``.

    ``left`` and ``right`` are the characters that stood around it; ``personal`` names the
    personal memory, or is None for the bundled one. ``in_text``: no memory has seen it, the text
    around the blank says so itself elsewhere.
    """

    left: str
    right: str
    count: int
    personal: str | None = None
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One fill with its probability given the text and the other blanks left open."""

    text: str
    confidence: float
    source: Source = Source.ENCODER
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredWord:
    """A word that a person gave, scored on the scale of the candidates.

    ``rank`` is 1 for the best; None when it is beyond ``RANK_LIMIT`` or too far to find out.
    """

    text: str
    confidence: float
    rank: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that a person chooses among; the probabilities of all of them sum to 1."""

    text: str
    confidence: float


RANK_LIMIT = 100
"""Ranks are exact up to here; a word that is worse has ``rank=None``."""


@dataclass(frozen=True, slots=True)
class SpanFill:
    """A span with its candidates and its choices, best first, and the scores of own words."""

    span: Span
    candidates: tuple[Candidate, ...]
    scored: tuple[ScoredWord, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class JointFill:
    """One filling of all spans together; ``confidence`` is the probability of all of them."""

    fills: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class FillRequest:
    """What to fill. ``top`` is the length of the lists.

    ``words`` are scored in every span (those that do not fit its length are left out where
    several spans are asked about). With ``joint=False`` no joint fillings are searched, and any
    number of spans is allowed: each is judged with all others open. ``span_words[i]`` are scored
    in span i only (empty: none), those that cannot stand there left out. Of ``choices`` one is
    taken to be right in every span; so are those left out that cannot stand there.
    """

    text: str
    spans: tuple[Span, ...]
    top: int = 5
    words: tuple[str, ...] = ()
    joint: bool = True
    span_words: tuple[tuple[str, ...], ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FillResult:
    """The answer to a :class:`FillRequest`; ``spans`` in the order of the request."""

    text: str
    spans: tuple[SpanFill, ...]
    joint: tuple[JointFill, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class CharacterVote:
    """How much one character of the context speaks for each explained word.

    ``effects[i]`` is the change of ln P(word i) in nats when the character is shown instead of
    hidden: positive speaks for the word, negative against it.
    """

    start_char: int
    character: str
    effects: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a word stands where it stands; ``words`` best first, ``votes`` in text order."""

    span: Span
    words: tuple[Candidate, ...]
    votes: tuple[CharacterVote, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """What a person may know of a loaded model package."""

    task: Task
    name: str
    version: str
    licence: str
    folder: str
    bytes_on_disk: int
    load_ms: float


class Polarity(Enum):
    """What a text feels; the value is what the command line prints."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True)
class SentenceSentiment:
    """The verdict on one sentence.

    ``positivity`` is the calibrated P(positive) of positive against negative, 0–1;
    ``confidence`` the probability of ``polarity``; ``lean`` P(positive) − P(negative), −1 to 1.
    """

    start_char: int
    end_char: int
    polarity: Polarity
    confidence: float
    positivity: float
    lean: float


@dataclass(frozen=True, slots=True)
class TextSentiment:
    """The verdict on a whole text, from its sentences weighted by their length."""

    text: str
    polarity: Polarity
    confidence: float
    positivity: float
    lean: float
    sentences: tuple[SentenceSentiment, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class WordInfluence:
    """How much one word of a sentence speaks for its verdict.

    ``effect`` is the change of ln(P(positive)/P(negative)) in nats when the word is shown instead
    of hidden, each with half of P(neutral): above 0 it makes the sentence more positive.
    """

    start_char: int
    end_char: int
    effect: float


@dataclass(frozen=True, slots=True)
class LabelScore:
    """One label that the person made up, with the probability that it fits."""

    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class LabelResult:
    """The labels of a text, best first; with ``multi`` each stands for itself, else they share 1.

    ``was_cut`` says that only the beginning of the text was read.
    """

    text: str
    labels: tuple[LabelScore, ...]
    multi: bool
    was_cut: bool
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class SentenceTranslation:
    """One sentence and its translation.

    ``start_char``/``end_char`` delimit the sentence in the text; what stands between sentences
    (blank lines, indents) is copied. ``score`` is the geometric mean of the tokens'
    probabilities, 0–1; ``is_doubtful`` that the model's own score or a guard warns of it.
    """

    start_char: int
    end_char: int
    source: str
    target: str
    score: float
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated text; ``translation`` keeps the line structure of ``text``."""

    text: str
    translation: str
    sentences: tuple[SentenceTranslation, ...]
    elapsed_ms: float


class MistakeKind(Enum):
    """How a wrong character resembles the right one; the value is what the command line prints."""

    SAME_SOUND = "same_sound"
    SIMILAR_SOUND = "similar_sound"
    SIMILAR_SHAPE = "similar_shape"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A character that is probably wrong.

    ``suggestions`` are best first; ``confidence`` is the probability that the first one is right
    and ``found`` wrong.
    """

    start_char: int
    end_char: int
    found: str
    suggestions: tuple[str, ...]
    confidence: float
    kind: MistakeKind


@dataclass(frozen=True, slots=True)
class Proofreading:
    """What proof-reading found in a text, in text order."""

    text: str
    mistakes: tuple[Mistake, ...]
    elapsed_ms: float
