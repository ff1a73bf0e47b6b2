"""A tiny vocabulary, corpus and encoder, made on the spot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from build_tools.corpus.shards import write_shards
from build_tools.pretrain.config import TrainConfig
from tests.build_tools.fitted_memory import write_fitted_memory

SENTENCES = (
    "清晨的菜市场里，卖豆腐的老人正在收拾摊子。",
    "孩子们背着书包，从桥上跑过去。",
    "图书馆的窗户开着，风把书页吹得哗哗响。",
    "我们明天早上坐火车去看望外婆。",
    "她把信放进抽屉，再也没有打开过。",
    "山路很窄，司机开得很慢。",
    "厨房里飘来米饭的香味，大家都饿了。",
    "会议推迟到下星期，请各位留意通知。",
)
SPECIAL = (
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[SPAN]"),
    *(f"[LEN{length}]" for length in range(1, 9)),
)


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """Return a folder with a tokenizer and the configuration of a tiny encoder."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    characters = sorted(set("".join(SENTENCES)))
    vocabulary = {token: index for index, token in enumerate((*SPECIAL, "a", "##a", *characters))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "architectures": ["ModernBertForMaskedLM"],
        "model_type": "modernbert",
        "vocab_size": len(vocabulary),
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "layer_types": ["full_attention"] * 2,
        "max_position_embeddings": 128,
        "pad_token_id": 0,
        "bos_token_id": 2,
        "cls_token_id": 2,
        "eos_token_id": 3,
        "sep_token_id": 3,
    }
    (folder / "config.json").write_text(json.dumps(settings), "utf-8")
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]"}
    names |= {"sep_token": "[SEP]", "mask_token": "[MASK]"}
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", **names}), "utf-8"
    )
    return folder


@pytest.fixture
def shards(tmp_path: Path, checkpoint: Path) -> Path:
    """Return a shard folder of ``SENTENCES``, two of them held out as well."""
    corpus = tmp_path / "corpus"
    (corpus / "held_out").mkdir(parents=True)
    (corpus / "own.txt").write_text("\n".join(SENTENCES) + "\n", "utf-8")
    (corpus / "held_out" / "own.txt").write_text("\n".join(SENTENCES[:2]) + "\n", "utf-8")
    listing = [{"name": "own", "licence": "MIT", "passages": len(SENTENCES), "repeat": 2}]
    (corpus / "sources.json").write_text(json.dumps(listing), "utf-8")
    write_shards(corpus, checkpoint / "tokenizer.json", tmp_path / "shards", {})
    return tmp_path / "shards"


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a phrase memory that counted ``SENTENCES``."""
    torch.set_num_threads(1)
    return write_fitted_memory(tmp_path_factory.mktemp("fed"), SENTENCES)


@pytest.fixture
def settings(tmp_path: Path, checkpoint: Path, shards: Path):
    """Return a maker of run settings: no compiler, one thread, small rows."""

    def make(name: str, **given: object) -> TrainConfig:
        values = {
            "rows": 2,
            "tokens": 48,
            "learning_rate": 1e-2,
            "warmup_steps": 2,
            "threads": 1,
            "compile": False,
            "held_out_rows": 2,
            "log_steps": 1,
        } | given
        out = str(tmp_path / name)
        return TrainConfig(shards=str(shards), init=str(checkpoint), out=out, **values)

    return make
