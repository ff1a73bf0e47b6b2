from __future__ import annotations

import numpy as np
import pytest

from assistant.engine.proof_gate import FEATURES, ProofGate
from assistant.engine.proofread import Suspicion
from build_tools.proofread.examples import Counted, Example
from build_tools.proofread.fit import choose_threshold, fit, report


def example(rng: np.random.Generator, is_wrong: bool) -> Example:
    """Two options; where the written one is wrong the first option's first feature is high."""
    features = rng.normal(size=(2, FEATURES)).astype(np.float32)
    features[0, 0] = rng.normal(3.0 if is_wrong else -3.0)
    suspicion = Suspicion(0, "己", ("已", "以"), (2, 0), features)
    return Example(suspicion, 0 if is_wrong else -1)


def lines(seed: int, wrong: bool) -> list[Counted]:
    rng = np.random.default_rng(seed)
    return [Counted((example(rng, wrong),), 100, (2,) if wrong else ()) for _ in range(2000)]


@pytest.fixture(scope="module")
def settings():
    found = fit(lines(0, wrong=False), lines(1, wrong=True))
    found["threshold"] = choose_threshold(found, lines(0, wrong=False), 0.5)
    return found


def test_the_gate_learns_what_tells_an_error(settings):
    found = report(settings, lines(2, wrong=False), lines(3, wrong=True))
    assert found.corrected > 0.75
    assert found.precision > 0.95
    assert found.recall_by_kind[2] == pytest.approx(found.recall)
    assert found.alarms_per_1000 < 1.5


def test_the_threshold_keeps_the_rate_of_false_alarms(settings):
    clean = lines(0, wrong=False)
    gate = ProofGate(settings)
    alarms = [gate.probabilities(c.examples[0].suspicion.features).max() for c in clean]
    assert sum(p >= settings["threshold"] for p in alarms) <= 0.5 * 2000 * 100 / 1000


def test_an_error_without_the_right_suggestion_counts_as_missed(settings):
    rng = np.random.default_rng(5)
    lost = example(rng, is_wrong=True)
    counted = [Counted((Example(lost.suspicion, -2),), 100, (2,))]
    found = report(settings, [], counted)
    assert found.corrected == 0


def test_weights_of_another_shape_are_refused(settings):
    with pytest.raises(ValueError, match="proofread"):
        ProofGate({**settings, "direct": [0.0]})
