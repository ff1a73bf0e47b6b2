"""A toy ``understand`` package: a real tokenizer and a real, tiny ONNX graph with both heads.

Sentiment is a sum over tokens: 好 +2, 喜 +1, 坏 −2, 悲 −1 on the positive side. Entailment is how
many Chinese characters come more than once in the row: a label whose characters are in the text.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from assistant.engine.package import Package, load_package
from assistant.engine.understand import Understander
from assistant.records import Task

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
TOKENS = [*SPECIAL, *"，。！？；、", *"好喜坏悲甲乙丙丁山水花鸟天地是的话题", "x", "7"]
MOODS = {"好": 2.0, "喜": 1.0, "坏": -2.0, "悲": -1.0}
MAX_LENGTH = 32


def understand_graph(*, third_input: str = "") -> bytes:
    """Return the graph; outputs ``sentiment`` [B, 2] and ``entailment`` [B, 3].

    With a third input, a mask, only the tokens that it marks count for sentiment.
    """
    size = len(TOKENS)
    moods = np.zeros((size, 2), dtype=np.float32)
    for character, value in MOODS.items():
        moods[TOKENS.index(character), 1] = value
    counted = np.array([[float("一" <= token <= "鿿")] for token in TOKENS], dtype=np.float32)
    columns = np.array([[1.0, 0.0, -1.0]], dtype=np.float32)  # entailment, neutral, contradiction
    constants = {
        "one": np.array(1, dtype=np.float32), "zero": np.array(0, dtype=np.float32),
        "eye": np.eye(size, dtype=np.float32), "moods": moods, "counted": counted,
        "columns": columns, "axis1": np.array([1], dtype=np.int64),
        "axis2": np.array([2], dtype=np.int64),
    }  # fmt: skip
    nodes = [
        helper.make_node("Gather", ["eye", "input_ids"], ["hot"], axis=0),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "axis2"], ["mask3"]),
        helper.make_node("Mul", ["hot", "mask3"], ["real"]),
        helper.make_node("ReduceSum", ["real", "axis1"], ["counts"], keepdims=0),
        helper.make_node("MatMul", ["counts", "moods"], ["sentiment"]),
        helper.make_node("Sub", ["counts", "one"], ["less"]),
        helper.make_node("Max", ["less", "zero"], ["again"]),
        helper.make_node("MatMul", ["again", "counted"], ["shared"]),
        helper.make_node("MatMul", ["shared", "columns"], ["entailment"]),
    ]
    matrix = ["batch", "length"]
    names = ["input_ids", "attention_mask", *([third_input] if third_input else [])]
    if third_input:
        nodes[5:6] = [
            helper.make_node("Cast", [third_input], ["types"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["types", "axis2"], ["types3"]),
            helper.make_node("Mul", ["real", "types3"], ["second"]),
            helper.make_node("ReduceSum", ["second", "axis1"], ["seconds"], keepdims=0),
            helper.make_node("MatMul", ["seconds", "moods"], ["sentiment"]),
        ]
    graph = helper.make_graph(
        nodes,
        "understand",
        [helper.make_tensor_value_info(name, TensorProto.INT64, matrix) for name in names],
        [
            helper.make_tensor_value_info("sentiment", TensorProto.FLOAT, ["batch", 2]),
            helper.make_tensor_value_info("entailment", TensorProto.FLOAT, ["batch", 3]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    checker.check_model(model)
    return model.SerializeToString()


def write_understand(folder: Path, *, third_input: str = "", **changes: Any) -> Path:
    """Write a toy package into ``folder`` and return it; ``changes`` go into the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(
        models.WordPiece({token: i for i, token in enumerate(TOKENS)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(understand_graph(third_input=third_input))
    more = [third_input] if third_input else []
    manifest: dict[str, Any] = {
        "format": 1,
        "task": "understand",
        "name": "toy",
        "version": "1",
        "licence": "MIT",
        "files": {
            name: {
                "bytes": (folder / name).stat().st_size,
                "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
            }
            for name in ("model.onnx", "tokenizer.json")
        },
        "model": "model.onnx",
        "tokenizer": "tokenizer.json",
        "inputs": ["input_ids", "attention_mask", *more],
        "outputs": ["sentiment", "entailment"],
        "vocab_size": len(TOKENS),
        "max_length": MAX_LENGTH,
        "special_tokens": {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]"},
        "sentiment": {"output": "sentiment", "labels": ["negative", "positive"]},
        "entailment": {
            "output": "entailment",
            "labels": ["entailment", "neutral", "contradiction"],
        },
        "settings": {"neutral_below": 0.7},
        **changes,
    }
    text = json.dumps(manifest, ensure_ascii=False)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return folder


def toy_package(folder: Path, **changes: Any) -> Package:
    """Write and load a toy package."""
    return load_package(write_understand(folder, **changes), Task.UNDERSTAND)


def toy_understander(folder: Path, **changes: Any) -> Understander:
    """Write a toy package and load its engine."""
    return Understander(toy_package(folder, **changes), threads=1)
