"""The last results by request, so that undo brings candidates back at once. Pure."""

from __future__ import annotations

from collections import OrderedDict

from assistant.records import FillRequest, FillResult

CACHE_SIZE = 128


class ResultCache:
    """Results of the last requests; the one unused for longest is dropped first."""

    def __init__(self, size: int = CACHE_SIZE) -> None:
        """Keep at most ``size`` results."""
        self._size = size
        self._results: OrderedDict[FillRequest, FillResult] = OrderedDict()

    def get(self, request: FillRequest) -> FillResult | None:
        """Return the result of ``request`` if it is known."""
        result = self._results.get(request)
        if result is not None:
            self._results.move_to_end(request)
        return result

    def forget(self) -> None:
        """Drop every result: the engine would answer otherwise now."""
        self._results.clear()

    def put(self, request: FillRequest, result: FillResult) -> None:
        """Keep ``result``."""
        self._results[request] = result
        self._results.move_to_end(request)
        if len(self._results) > self._size:
            self._results.popitem(last=False)
