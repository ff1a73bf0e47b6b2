"""One ``understand`` package and what it can do: sentiment, labels, or both.

Neither Qt nor onnxruntime here; for one thread at a time.
"""

from __future__ import annotations

from functools import cached_property

from assistant.engine.classifier import Classifier
from assistant.engine.labels import Labeller
from assistant.engine.package import Package
from assistant.engine.sentiment import SentimentAnalyser
from assistant.records import PackageInfo


class Understander:
    """A loaded package; both tasks share its session."""

    def __init__(self, package: Package, *, threads: int | None = None) -> None:
        """Load ``package``; raises ModelFormatError when its files do not fit together."""
        self._classifier = Classifier(package, threads=threads)

    @property
    def info(self) -> PackageInfo:
        """What a person may know of the package."""
        return self._classifier.info

    @cached_property
    def sentiment(self) -> SentimentAnalyser:
        """The analyser; raises HeadMissingError if the package cannot judge sentiment."""
        return SentimentAnalyser(self._classifier)

    @cached_property
    def labels(self) -> Labeller:
        """The labeller; raises HeadMissingError if the package cannot sort by labels."""
        return Labeller(self._classifier)
