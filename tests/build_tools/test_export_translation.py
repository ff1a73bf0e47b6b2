"""Our exporter's graphs write, token by token, what ``generate`` writes; INT8 stays close."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from sentencepiece import SentencePieceTrainer
from transformers import MarianMTModel, MarianTokenizer

from assistant.engine.decoding import Rules, beam_search, greedy
from assistant.engine.package import load_package
from assistant.engine.translation_model import TranslationModel
from assistant.records import Task
from build_tools.card import About
from build_tools.export_onnx import main as export_main
from build_tools.marian_checkpoint import load_marian, marian_tokenizer, never_written
from build_tools.onnx_files import bytes_of
from build_tools.pack_translation import pack_translation
from build_tools.quantise_translation import HEAD, quantise_translation
from tests.build_tools.marian import EOS, PAD, _tokenizer, tiny_marian
from tests.build_tools.test_marian_decoding import LIMIT, SENTENCES, generated

ABOUT = About("tiny", "1", "MIT", "A test.", "None.", "All.", 20, ())


def tied_marian() -> MarianMTModel:
    """Return the tiny model with one table of words, as ours and OPUS's have."""
    model = tiny_marian(26, end=-2.0)
    model.config.tie_word_embeddings = True
    with torch.no_grad():
        for layer in model.model.decoder.layers:
            layer.encoder_attn.out_proj.weight.mul_(2)
            layer.fc2.weight.mul_(2)
    model.tie_weights()
    return model


@pytest.fixture(scope="module", params=[tied_marian, tiny_marian], ids=["tied", "untied"])
def checkpoint(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("checkpoint")
    request.param().save_pretrained(folder)
    _tokenizer().save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="module")
def graphs(checkpoint, tmp_path_factory):
    """Return the folders of the plain and of the INT8 graphs."""
    folder = tmp_path_factory.mktemp("graphs")
    plain = folder / "plain"
    with pytest.MonkeyPatch.context() as patch:
        argv = ["export_onnx", str(checkpoint), str(plain), "--task", "translate"]
        patch.setattr("sys.argv", argv)
        export_main()
    quantise_translation(plain, folder / "int8")
    return plain, folder / "int8"


def packed(checkpoint: Path, graphs: Path, folder: Path) -> TranslationModel:
    pack_translation(checkpoint, graphs, ABOUT, folder, settings={"fitted": 2})
    return TranslationModel(load_package(folder, Task.TRANSLATE), threads=1)


@pytest.mark.parametrize("beams", [1, 4])
def test_the_plain_graphs_write_what_generate_writes(checkpoint, graphs, tmp_path, beams):
    ours = packed(checkpoint, graphs[0], tmp_path / "package")
    model = load_marian(str(checkpoint))
    sources = [ours.encode_text(text) for text in SENTENCES]
    wanted = generated(model, sources, beams)
    assert len(set(wanted)) >= 4
    rules = Rules(ours.start, ours.eos, (LIMIT,) * len(sources))
    reading = ours.read(sources)
    found = greedy(reading, rules) if beams == 1 else beam_search(reading, rules, beams)
    assert [hypothesis.ids for hypothesis in found] == wanted


def test_the_scores_are_log_probabilities_of_the_whole_vocabulary(checkpoint, graphs, tmp_path):
    ours = packed(checkpoint, graphs[0], tmp_path / "package")
    source = ours.encode_text(SENTENCES[0])
    scores, ids = ours.read([source]).write([ours.start], [0])
    model = load_marian(str(checkpoint))
    with torch.inference_mode():
        logits = model(
            input_ids=torch.tensor([[*source, EOS]]), decoder_input_ids=torch.tensor([[PAD]])
        ).logits[0, 0]
    expected = logits.log_softmax(-1)
    np.testing.assert_allclose(scores[0, 0], expected[ids[0, 0]], atol=1e-4)
    assert PAD not in ids


def test_int8_says_nearly_the_same_in_fewer_bytes(checkpoint, graphs, tmp_path):
    plain, small = (packed(checkpoint, g, tmp_path / g.name) for g in graphs)
    sources = [plain.encode_text(text) for text in SENTENCES]
    first = [
        model.read(sources).write([PAD] * len(sources), range(len(sources)))[0][0]
        for model in (plain, small)
    ]
    assert np.median(np.abs(first[0] - first[1])[:, 0]) < 0.2
    assert not np.array_equal(first[0], first[1])
    sizes = [sum(bytes_of(g / f"{n}.onnx") for n in ("encoder", "decoder")) for g in graphs]
    assert sizes[1] < 0.9 * sizes[0]  # the operators themselves weigh more in a tiny model


def test_a_tied_decoder_stores_its_words_once_as_bytes(checkpoint, graphs):
    config = load_marian(str(checkpoint)).config
    tables = [
        tensor.data_type
        for tensor in onnx.load(str(graphs[1] / "decoder.onnx")).graph.initializer
        if sorted(tensor.dims) == [config.d_model, config.vocab_size]
    ]
    tied, untied = [onnx.TensorProto.INT8], [onnx.TensorProto.FLOAT, onnx.TensorProto.INT8]
    assert sorted(tables) == (tied if config.tie_word_embeddings else untied)


def test_the_head_can_stay_fp32(graphs, tmp_path):
    quantise_translation(graphs[0], tmp_path, keep_fp32=[HEAD])
    assert bytes_of(tmp_path / "decoder.onnx") > bytes_of(graphs[1] / "decoder.onnx")


def test_the_manifest_names_both_graphs_and_the_tokens(checkpoint, graphs, tmp_path):
    pack_translation(checkpoint, graphs[1], ABOUT, tmp_path / "p", max_length=30)
    manifest = load_package(tmp_path / "p", Task.TRANSLATE).manifest
    assert (manifest.model, manifest.decoder) == ("encoder.onnx", "decoder.onnx")
    assert manifest.max_length == 30
    assert manifest.special_tokens.decoder_start == "<pad>"
    assert manifest.outputs == ("cross_key_0", "cross_value_0", "cross_key_1", "cross_value_1")


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_marian_files_without_tokenizer_json_are_converted(tmp_path):
    """OPUS checkpoints have two SentencePiece models and one list of numbers."""
    lines = {
        "source": ["他看见了一只鸟。", "我们今天去看书,他们不去。", "雨下了一天。"] * 9,
        "target": ["He saw a bird.", "We read books today, they don't.", "It rained."] * 9,
    }
    numbers = {"</s>": 0, "<unk>": 1}
    for side, text in lines.items():
        SentencePieceTrainer.train(
            sentence_iterator=iter(text), model_prefix=str(tmp_path / side), vocab_size=44,
            character_coverage=1.0, minloglevel=2, hard_vocab_limit=False,
        )  # fmt: skip
        (tmp_path / f"{side}.model").rename(tmp_path / f"{side}.spm")
        for line in (tmp_path / f"{side}.vocab").read_text("utf-8").splitlines():
            piece = line.split("\t")[0]
            if piece not in ("<unk>", "<s>", "</s>"):
                numbers.setdefault(piece, len(numbers))
    numbers["<pad>"] = len(numbers)
    (tmp_path / "vocab.json").write_text(json.dumps(numbers, ensure_ascii=False), "utf-8")
    named = {"source_lang": "zho", "target_lang": "eng", "tokenizer_class": "MarianTokenizer"}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(named), "utf-8")
    ours, theirs = marian_tokenizer(tmp_path), MarianTokenizer.from_pretrained(tmp_path)
    for text in ("他看见了一只鸟。", "雨下了 一天", "我们今天不去看鸟,龘。"):
        assert ours.encode(text).ids == theirs(text)["input_ids"]
    said = theirs(text_target="We saw a bird today.")["input_ids"]
    assert ours.decode(said) == "We saw a bird today."


def test_what_generate_never_writes_is_read_from_the_checkpoint(checkpoint):
    model = load_marian(str(checkpoint))
    assert never_written(model) == [PAD]
    model.generation_config.bad_words_ids = [[7], [3, 4]]
    assert never_written(model) == [PAD, 7]
