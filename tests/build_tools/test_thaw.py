"""A package becomes a checkpoint again that makes the same package."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper
from sentencepiece import SentencePieceProcessor
from tokenizers import Tokenizer
from transformers import MarianMTModel

from assistant.engine.decoding import Rules, greedy
from assistant.engine.package import load_package
from assistant.engine.translation_model import TranslationModel
from assistant.records import Task
from build_tools.card import About
from build_tools.export_translation import export_translation
from build_tools.marian_checkpoint import load_marian, never_written
from build_tools.pack_translation import pack_translation
from build_tools.quantise_translation import quantise_translation
from build_tools.thaw import main, thaw
from build_tools.thaw_graph import FrozenGraph
from tests.build_tools.marian import _tokenizer, tiny_marian
from tests.build_tools.test_export_translation import tied_marian
from tests.build_tools.test_marian_decoding import LIMIT, SENTENCES

ABOUT = About("tiny", "1", "MIT", "A test.", "None.", "All.", 20, ())
ROUNDED = 1 / 64


def scaled_down() -> MarianMTModel:
    """Return a tied model whose words are not multiplied, with another activation."""
    model = tied_marian()
    config = model.config
    config.scale_embedding, config.activation_function = False, "relu"
    other = MarianMTModel(config).eval()
    other.load_state_dict(model.state_dict())
    other.generation_config = model.generation_config
    return other


@pytest.fixture(params=[tied_marian, tiny_marian], ids=["tied", "untied"])
def checkpoint(request, tmp_path):
    return written(request.param(), tmp_path / "checkpoint")


def written(model: MarianMTModel, folder: Path) -> Path:
    model.save_pretrained(folder)
    _tokenizer().save(str(folder / "tokenizer.json"))
    training = {"step": 1234, "target_tokens": 5_600_000, "minutes": 7.5}
    (folder / "training.json").write_text(json.dumps(training), "utf-8")
    return folder


def packed(checkpoint: Path, out: Path, *, small: bool) -> Path:
    model = load_marian(str(checkpoint))
    export_translation(model, never_written(model), out / "plain")
    graphs = out / "plain"
    if small:
        graphs = out / "int8"
        quantise_translation(out / "plain", graphs)
    pack_translation(checkpoint, graphs, ABOUT, out / "package")
    return out / "package"


def used(model: MarianMTModel) -> dict[str, torch.Tensor]:
    """Return the weights that take part: an untied model has a table of words that nobody reads."""
    idle = () if model.config.tie_word_embeddings else ("model.shared.weight",)
    return {name: value for name, value in model.state_dict().items() if name not in idle}


def greedy_ids(package: Path) -> list[tuple[int, ...]]:
    model = TranslationModel(load_package(package, Task.TRANSLATE), threads=1)
    sources = [model.encode_text(text) for text in SENTENCES]
    rules = Rules(model.start, model.eos, (LIMIT,) * len(sources))
    return [hypothesis.ids for hypothesis in greedy(model.read(sources), rules)]


@pytest.mark.parametrize("make", [tied_marian, tiny_marian, scaled_down])
def test_a_plain_package_gives_its_weights_and_settings_back(make, tmp_path):
    checkpoint = written(make(), tmp_path / "checkpoint")
    thaw(packed(checkpoint, tmp_path, small=False), tmp_path / "thawed")
    before, after = (load_marian(str(f)) for f in (checkpoint, tmp_path / "thawed"))
    for name, value in used(before).items():
        torch.testing.assert_close(after.state_dict()[name], value, rtol=0, atol=1e-6, msg=name)
    for name in (
        "encoder_layers", "decoder_layers", "encoder_attention_heads", "decoder_attention_heads",
        "encoder_ffn_dim", "scale_embedding", "activation_function", "tie_word_embeddings",
        "max_position_embeddings", "pad_token_id", "eos_token_id", "decoder_start_token_id",
    ):  # fmt: skip
        assert getattr(after.config, name) == getattr(before.config, name), name
    assert never_written(after) == never_written(before)


def test_an_int8_package_gives_weights_back_within_its_rounding(checkpoint, tmp_path):
    thaw(packed(checkpoint, tmp_path, small=True), tmp_path / "thawed")
    model = load_marian(str(checkpoint))
    after = load_marian(str(tmp_path / "thawed")).state_dict()
    changed = 0
    for name, value in used(model).items():
        error = (after[name] - value).abs().max()
        assert error <= 0.51 * ROUNDED * value.abs().max() + 1e-6, name
        changed += int(error > 1e-5)
    assert changed > 10


def test_a_thawed_package_is_made_again_and_writes_the_same(checkpoint, tmp_path):
    first = packed(checkpoint, tmp_path / "first", small=True)
    thaw(first, tmp_path / "thawed")
    again = packed(tmp_path / "thawed", tmp_path / "again", small=True)
    wanted = greedy_ids(first)
    assert len(set(wanted)) >= 4
    assert greedy_ids(again) == wanted


def test_words_rounded_twice_are_rounded_to_both_again(tmp_path):
    """The encoder has the words in eight bits and the decoder in seven, when there are enough."""
    torch.manual_seed(4)
    model = tied_marian()
    words = torch.randn(1200, 32)
    model.resize_token_embeddings(1200, mean_resizing=False)
    with torch.no_grad():
        next(model.get_input_embeddings().parameters()).copy_(words)
    model.tie_weights()
    model.save_pretrained(tmp_path / "checkpoint")
    big = json.loads(_tokenizer().to_str())
    known = len(big["model"]["vocab"])
    big["model"]["vocab"] += [[f"x{i}", -9.0] for i in range(1200 - known)]
    (tmp_path / "checkpoint" / "tokenizer.json").write_text(json.dumps(big), "utf-8")
    first = packed(tmp_path / "checkpoint", tmp_path / "first", small=True)
    thaw(first, tmp_path / "thawed")
    found = load_marian(str(tmp_path / "thawed")).state_dict()["model.shared.weight"]
    step = words.abs().amax(dim=1, keepdim=True) / 127
    assert ((found - words).abs() <= 0.51 * step).all()
    assert (found - words).abs().mean() < 0.23 * step.mean()  # rounding once leaves 0.25 of a step
    again = packed(tmp_path / "thawed", tmp_path / "again", small=True)
    for name in ("encoder.onnx", "decoder.onnx"):
        before, after = (integers(folder / name) for folder in (first, again))
        assert before.keys() == after.keys()
        for key, value in before.items():
            assert np.mean(value != after[key]) < 1e-4, key


def integers(path: Path) -> dict[str, np.ndarray]:
    tensors = onnx.load(str(path)).graph.initializer
    return {t.name: numpy_helper.to_array(t) for t in tensors if t.data_type == t.INT8}


def test_what_the_card_says_of_the_training_is_kept(checkpoint, tmp_path):
    thaw(packed(checkpoint, tmp_path, small=True), tmp_path / "thawed")
    training = json.loads((tmp_path / "thawed" / "training.json").read_text("utf-8"))
    assert training == {
        "thawed": "tiny 1", "step": 1234, "target_tokens": 5_600_000, "minutes": 7.5,
    }  # fmt: skip
    package = packed(tmp_path / "thawed", tmp_path / "again", small=True)
    assert "1,234 steps, 5.6 M English tokens, 7.5 min" in (package / "MODEL_CARD.md").read_text(
        "utf-8"
    )


def test_the_sentencepiece_files_split_as_the_tokenizer_does(checkpoint, tmp_path):
    out = tmp_path / "thawed"
    thaw(packed(checkpoint, tmp_path, small=False), out)
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    processor = SentencePieceProcessor(model_file=str(out / "source.spm"))
    for text in ("他看见了月亮。", "the moon is big", "龘"):
        assert processor.encode(text) == tokenizer.encode(text, add_special_tokens=False).ids
    numbers = json.loads((out / "vocab.json").read_text("utf-8"))
    assert numbers == {piece: tokenizer.token_to_id(piece) for piece in numbers}


def test_the_command_line_thaws(checkpoint, tmp_path, monkeypatch, capsys):
    package = packed(checkpoint, tmp_path, small=True)
    monkeypatch.setattr("sys.argv", ["thaw", str(package), str(tmp_path / "thawed")])
    main()
    assert (tmp_path / "thawed" / "model.safetensors").is_file()
    assert "MB" in capsys.readouterr().out


def test_a_graph_of_another_make_is_refused(checkpoint, tmp_path):
    graph = FrozenGraph(packed(checkpoint, tmp_path, small=True) / "encoder.onnx")
    for read in (graph.linear, graph.norm, graph.table):
        with pytest.raises(ValueError, match="the graph has no"):
            read("nowhere.0")
