"""The exported graph says what torch and transformers' own pipeline say."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer, pipeline

from assistant.engine.session import OnnxSession
from build_tools.checkpoint import load_model, special_tokens
from build_tools.export_onnx import export, fill_graph
from tests.build_tools.checkpoints import write_bert, write_modernbert

CLOSE = 1e-4


def write_local_modernbert(folder):
    """Write a ModernBERT whose middle layer and last layer see near positions only."""
    kinds = ("full_attention", "sliding_attention", "sliding_attention")
    return write_modernbert(folder, layer_types=kinds)


@pytest.fixture(scope="module", params=[write_bert, write_modernbert, write_local_modernbert])
def exported(request, tmp_path_factory):
    """Return a checkpoint folder and its graph."""
    folder = tmp_path_factory.mktemp("checkpoint")
    checkpoint = request.param(folder / "model")
    export(str(checkpoint), folder / "plain.onnx")
    return str(checkpoint), folder / "plain.onnx"


def run(model, ids, mask, rows, columns):
    names = ("input_ids", "attention_mask", "rows", "columns")
    arrays = (np.array(array, dtype=np.int64) for array in (ids, mask, rows, columns))
    return OnnxSession(model, threads=1).run(dict(zip(names, arrays, strict=True)))


@pytest.mark.parametrize(
    ("lengths", "rows", "columns"),
    [
        ((12,), (0,), (4,)),
        ((12,), (0, 0, 0), (4, 5, 9)),
        ((12, 5, 9), (2, 0, 1, 1, 0), (3, 1, 2, 4, 11)),
        ((3,), tuple([0] * 40), tuple([1] * 40)),
    ],
    ids=["one", "several in a row", "several rows of unlike length", "more than tokens"],
)
def test_graph_gives_the_log_probabilities_of_torch(exported, lengths, rows, columns):
    checkpoint, graph = exported
    model = load_model(checkpoint)
    ids = np.zeros((len(lengths), max(lengths)), dtype=np.int64)
    for row, length in enumerate(lengths):
        ids[row, :length] = np.arange(length) * 5 % 20 + 5
    mask = (np.arange(max(lengths)) < np.array(lengths)[:, None]).astype(np.int64)

    found, states = run(graph, ids, mask, rows, columns)

    with torch.no_grad():
        made = fill_graph(model, checkpoint).head(torch.from_numpy(states)).log_softmax(-1)
        logits = model(input_ids=torch.tensor(ids), attention_mask=torch.tensor(mask)).logits
    expected = logits.log_softmax(-1)[list(rows), list(columns)].numpy()
    assert found.shape == (len(rows), model.config.vocab_size)
    assert states.shape == (len(rows), model.config.hidden_size)
    np.testing.assert_allclose(found, made.numpy(), atol=CLOSE)
    np.testing.assert_allclose(found, expected, atol=CLOSE)


def test_padding_does_not_change_a_prediction(exported):
    _, graph = exported
    ids = [2, 7, 8, 4, 9, 3]

    alone = run(graph, [ids], [[1] * 6], [0], [3])[0]
    padded = run(graph, [ids + [0] * 9], [[1] * 6 + [0] * 9], [0], [3])[0]

    np.testing.assert_allclose(padded, alone, atol=CLOSE)


@pytest.mark.parametrize("text", ["春风[MASK]来", "[MASK]", "大小多[MASK]，山水。"])
def test_best_tokens_are_those_of_the_fill_mask_pipeline(exported, text):
    checkpoint, graph = exported
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    oracle = pipeline("fill-mask", model=load_model(checkpoint), tokenizer=tokenizer, top_k=5)
    ids = tokenizer(text)["input_ids"]

    log_probs = run(graph, [ids], [[1] * len(ids)], [0], [ids.index(tokenizer.mask_token_id)])[0][0]

    expected = oracle(text)
    best = np.argsort(-log_probs)[:5]
    assert best.tolist() == [row["token"] for row in expected]
    scores = [row["score"] for row in expected]
    np.testing.assert_allclose(np.exp(log_probs[best]), scores, rtol=1e-3)


def test_other_architectures_are_refused(tmp_path):
    (tmp_path / "config.json").write_text('{"model_type": "gpt2"}', encoding="utf-8")

    with pytest.raises(ValueError, match="gpt2"):
        load_model(str(tmp_path))


def test_span_and_length_tokens_are_read_where_the_vocabulary_has_them(tmp_path):
    with_span = special_tokens(str(write_modernbert(tmp_path / "modernbert")))
    plain = special_tokens(str(write_bert(tmp_path / "bert")))

    assert (with_span.span, with_span.lengths) == (
        "[SPAN]",
        ("[LEN1]", "[LEN2]", "[LEN3]", "[LEN4]"),
    )
    assert (plain.span, plain.lengths, plain.mask) == (None, (), "[MASK]")
