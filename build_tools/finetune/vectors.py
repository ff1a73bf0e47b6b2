"""Vectors of hashed neighbours: two tokens in a row, by the company they keep.

Imports scikit-learn (extra ``build``), nothing of ``assistant``. Latent semantic analysis
(Deerwester et al. 1990): a truncated SVD of the tf-idf of hashed token pairs by text. It tells the
encoder which pairs belong to one subject before it sees a label.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.decomposition import TruncatedSVD
from tokenizers import Tokenizer

BUCKETS = 65_536
WIDTH = 64
PRIME = 65_521
"""Pairs are hashed modulo this prime; bucket 0 is what has no left neighbour."""
STRIDE = 8_191
_LONGEST = 160


def buckets(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the bucket of each pair of token ids, as the graph computes it."""
    return 1 + (left * STRIDE + right) % PRIME


def neighbour_vectors(texts: list[str], tokenizer_folder: Path, seed: int) -> NDArray[np.float32]:
    """Return a vector of length about 1 per bucket, shape [BUCKETS, WIDTH]; common ones shorter."""
    tokenizer = Tokenizer.from_file(str(tokenizer_folder / "tokenizer.json"))
    matrix = _counts(texts, tokenizer)
    frequency = np.asarray((matrix > 0).sum(axis=0)).ravel()
    idf = np.log((1 + len(texts)) / (1 + frequency))
    matrix.data = 1 + np.log(matrix.data)
    weighted = matrix @ diags(idf)
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted = diags(1 / np.maximum(lengths, 1e-6)) @ weighted
    svd = TruncatedSVD(WIDTH, n_iter=3, random_state=seed).fit(weighted.astype(np.float32))
    rows = (svd.components_ * np.sqrt(svd.singular_values_)[:, None]).T * idf[:, None]
    norms = np.linalg.norm(rows, axis=1)
    small = np.quantile(norms[frequency >= 5], 0.3) if (frequency >= 5).any() else 1.0
    scale = np.where(frequency > 0, idf, 0) / idf[frequency > 0].mean()
    return (rows / (norms + small)[:, None] * scale[:, None]).astype(np.float32)


def _counts(texts: list[str], tokenizer: Tokenizer) -> csr_matrix:
    rows, columns = [], []
    for start in range(0, len(texts), 4096):
        part = tokenizer.encode_batch(texts[start : start + 4096], add_special_tokens=False)
        for place, encoding in enumerate(part, start):
            ids = np.array(encoding.ids[:_LONGEST], dtype=np.int64)
            found = buckets(ids[:-1], ids[1:])
            columns.append(found)
            rows.append(np.full(len(found), place))
    places, hashed = np.concatenate(rows), np.concatenate(columns)
    ones = np.ones(len(hashed), dtype=np.float32)
    matrix = csr_matrix((ones, (places, hashed)), shape=(len(texts), BUCKETS))
    matrix.sum_duplicates()
    return matrix
