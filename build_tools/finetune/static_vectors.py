"""Static vectors of units by the company they keep: what a label and a text have in common.

Imports nothing of ``assistant``. Positive pointwise mutual information of units and frequent pairs
within a passage, factored (Levy and Goldberg 2014); then centred, whitened in part and weighted by
rarity, so that the sum over a text says what it is about, and its cosine with a label's likes no
label better than another (Mu and Viswanath 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from build_tools.finetune.units import VOCABULARY, pair_keys, unit_rows

WIDTH = 96
PAIRS = 44_000
_CONTEXTS = 9_000
_LEAST_TIMES, _LEAST_CONTEXT_TIMES, _MOST_CONTEXT_SHARE = 12, 150, 0.02
_COMMON_TOKEN = 0.012
_SMOOTHING = 0.75
_ROUNDS = 3
_WHITENING = 0.25
_TOKEN_SHARE = 0.7
"""A single character says less than the word it stands in."""
_BLOCK = 4000

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StaticVectors:
    """What was counted.

    ``pairs``: sorted keys; ``table`` [8192 + pairs, WIDTH]; ``centre`` [WIDTH] of texts;
    ``rarity`` [8192]: ln(passages / those that hold the token), 0 for punctuation.
    """

    pairs: Ints
    table: Floats
    centre: Floats
    rarity: Floats


def static_vectors(passages: list[Ints], is_word: NDArray[np.bool_], seed: int) -> StaticVectors:
    """Count and factor ``passages`` of token ids; ``is_word`` [8192] tells letters from marks."""
    ids = np.concatenate(passages)
    owners = np.repeat(np.arange(len(passages)), [len(one) for one in passages])
    pairs, times = _pairs(ids, owners, is_word)
    pairs = pairs[np.sort(np.argsort(-times, kind="stable")[:PAIRS])]
    counts = _counts(ids, owners, pairs, is_word, len(passages))
    frequency = np.asarray(counts.sum(axis=0)).ravel()
    found = _factored(_association(counts, frequency, len(passages)), frequency, seed)
    rarity = np.log((len(passages) + 1) / (frequency + 1))
    rarity[:VOCABULARY][~is_word] = 0
    table = _weighted(found, frequency, rarity)
    sample = _sums(table, passages[:: max(1, len(passages) // 9000)], pairs)
    table, centre = _whitened(table, sample, frequency)
    return StaticVectors(pairs, table, centre, rarity[:VOCABULARY].astype(np.float32))


def _pairs(ids: Ints, owners: Ints, is_word: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return frequent pairs that hold together, and how often they come."""
    keys = pair_keys(ids)
    tokens = np.bincount(ids, minlength=VOCABULARY).astype(float)
    total = tokens.sum()
    useful = is_word & (tokens <= total * _COMMON_TOKEN)
    fits = (owners[1:] == owners[:-1]) & useful[ids[1:]] & useful[ids[:-1]]
    found, times = np.unique(keys[fits], return_counts=True)
    often = times >= _LEAST_TIMES
    found, times = found[often], times[often]
    expected = tokens[found // VOCABULARY] * tokens[found % VOCABULARY] / total
    bound = np.log(times / expected) / -np.log(times / total)
    worth = np.sqrt(times) * np.clip(bound, 0, None)
    best = np.sort(np.argsort(-worth, kind="stable")[: PAIRS + PAIRS // 4])
    return found[best], times[best]


def _counts(
    ids: Ints, owners: Ints, pairs: Ints, is_word: NDArray[np.bool_], size: int
) -> csr_matrix:
    """Return which passage holds which unit, [passages, units] of 0 and 1."""
    keys = pair_keys(ids)
    places = np.minimum(np.searchsorted(pairs, keys), len(pairs) - 1)
    hit = (pairs[places] == keys) & (owners[1:] == owners[:-1])
    single = is_word[ids]
    rows = np.concatenate([owners[single], owners[1:][hit]])
    columns = np.concatenate([ids[single], VOCABULARY + places[hit]])
    ones = np.ones(len(rows), dtype=np.float32)
    matrix = csr_matrix((ones, (rows, columns)), shape=(size, VOCABULARY + len(pairs)))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def _association(counts: csr_matrix, frequency: NDArray[np.float64], passages: int) -> Floats:
    """Return positive pointwise mutual information of units and contexts, small counts damped."""
    known = (frequency >= _LEAST_CONTEXT_TIMES) & (frequency <= _MOST_CONTEXT_SHARE * passages)
    known[:VOCABULARY] = False
    units = len(frequency)
    contexts = np.flatnonzero(known)
    contexts = contexts[np.argsort(-frequency[contexts], kind="stable")[:_CONTEXTS]]
    held = csr_matrix(counts[:, contexts])
    weights = 1 / np.sqrt(np.maximum(np.asarray(held.sum(axis=1)).ravel(), 1))
    held = csr_matrix(diags(weights.astype(np.float32)) @ held)
    by_unit = csr_matrix(counts.T)
    found = np.zeros((units, len(contexts)), dtype=np.float32)
    blocks = [slice(start, start + _BLOCK) for start in range(0, len(found), _BLOCK)]
    for block in blocks:
        found[block] = (by_unit[block] @ held).toarray()
    found[contexts, np.arange(len(contexts))] *= 0.3  # a unit always comes with itself
    of_unit, of_context = found.sum(axis=1), found.sum(axis=0) ** _SMOOTHING
    of_context /= of_context.sum()
    for block in blocks:
        part = found[block]
        expected = of_unit[block, None] * of_context[None]
        with np.errstate(divide="ignore", invalid="ignore"):
            information = np.log(part / expected + 1e-12) * part / (part + 1)
        found[block] = np.where((part > 0.15) & (information > 0), information, 0)
    return found


def _factored(association: Floats, frequency: NDArray[np.float64], seed: int) -> Floats:
    """Return the left factor, [units, WIDTH], by a randomised SVD; frequent units count more."""
    weights = np.sqrt(np.minimum(frequency, 2000) / 2000 + 0.02).astype(np.float32)[:, None]
    association *= weights
    chance = np.random.default_rng(seed)
    basis = chance.standard_normal((association.shape[1], WIDTH + 12)).astype(np.float32)
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(association.T @ np.linalg.qr(association @ basis)[0])[0]
    projected = association @ basis
    values, turn = np.linalg.eigh(projected.T @ projected)
    best = np.argsort(-values)[: min(WIDTH, len(values))]
    # values are squared singular values: s ** 0.375 is left, or the strongest drown the others.
    return (projected @ turn[:, best] / weights / values[best] ** 0.3125).astype(np.float32)


def _weighted(
    found: Floats, frequency: NDArray[np.float64], rarity: NDArray[np.float64]
) -> NDArray[np.float64]:
    known = frequency >= 3
    unit = found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-6)
    unit[~known] = 0
    weights = rarity.copy()
    weights[:VOCABULARY] *= _TOKEN_SHARE
    shares = frequency * weights
    middle = (shares[:, None] * unit).sum(axis=0) / shares.sum()
    return (unit - middle * known[:, None]) * weights[:, None]


def _whitened(
    table: NDArray[np.float64], sample: Floats, frequency: NDArray[np.float64]
) -> tuple[Floats, Floats]:
    """Even out the directions of texts in part; return the table and the texts' centre."""
    values, turn = np.linalg.eigh(np.cov((sample - sample.mean(axis=0)).T))
    even = turn @ np.diag((values + values.mean() * 0.05) ** -_WHITENING) @ turn.T
    turned = normalised(sample @ even)
    table = table @ even
    size = np.sqrt(np.square(table[frequency > min(100, frequency.max() / 2)]).sum(1).mean())
    return (table / size).astype(np.float32), turned.mean(axis=0).astype(np.float32)


def _sums(table: NDArray[np.float64], texts: list[Ints], pairs: Ints) -> Floats:
    return normalised(np.stack([table[unit_rows(ids, pairs)].sum(axis=0) for ids in texts]))


def normalised(vectors: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return ``vectors`` [n, width] at length 1."""
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)
