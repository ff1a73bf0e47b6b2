"""The cache of fill results."""

from __future__ import annotations

from assistant.records import FillRequest, FillResult, Span
from assistant.services.result_cache import ResultCache


def _request(text: str) -> FillRequest:
    return FillRequest(text, (Span(0, 1),))


def _result(text: str) -> FillResult:
    return FillResult(text, (), (), 0.0)


def test_the_result_unused_for_longest_is_dropped() -> None:
    cache = ResultCache(size=2)
    cache.put(_request("一"), _result("一"))
    cache.put(_request("二"), _result("二"))
    assert cache.get(_request("一")) == _result("一")
    cache.put(_request("三"), _result("三"))
    assert cache.get(_request("二")) is None
    assert cache.get(_request("一")) == _result("一")
    assert cache.get(_request("三")) == _result("三")


def test_other_words_to_score_are_another_request() -> None:
    cache = ResultCache()
    cache.put(_request("一"), _result("一"))
    assert cache.get(FillRequest("一", (Span(0, 1),), words=("天",))) is None
