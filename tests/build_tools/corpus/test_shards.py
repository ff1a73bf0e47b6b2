from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from build_tools.corpus.mix import balanced
from build_tools.corpus.shards import load_shards, mix_table, write_shards
from build_tools.corpus.tokenise import ID_BITS, WORD_START, SegmentTokenizer, han_ids

TEXT = "老人走进图书馆，借了两本ABC小说。他说：“明天还书！”然后坐下来看窗外的雨。"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


@pytest.fixture
def tokenizer_json(tmp_path: Path) -> Path:
    characters = sorted(set(TEXT) - set("ABC"))
    tokens = [*SPECIAL, "a", "##b", "##c", "1", "##2", *characters]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return tmp_path / "tokenizer.json"


@pytest.fixture
def tokenizer(tokenizer_json: Path) -> SegmentTokenizer:
    return SegmentTokenizer(tokenizer_json)


def words(tokenizer: SegmentTokenizer, tokens: np.ndarray) -> list[str]:
    found: list[str] = []
    for token in tokens.tolist():
        text = tokenizer.tokenizer.id_to_token(token & ID_BITS) or ""
        if token & WORD_START:
            found.append("")
        found[-1] += text.removeprefix("##")
    return found


@pytest.mark.parametrize("text", [TEXT, "ABC 12 走", "图书馆12本，未知字驫", "  雨 ABC，"])
def test_ids_are_those_of_the_tokenizer(tokenizer, text):
    expected = tokenizer.tokenizer.encode(text, add_special_tokens=False).ids
    assert (tokenizer.encode(text) & ID_BITS).tolist() == expected


def test_words_begin_where_jieba_cuts_and_at_every_other_token_word(tokenizer):
    found = words(tokenizer, tokenizer.encode("老人走进图书馆，借了ABC小说"))
    assert "图书馆" in found
    assert "小说" in found
    assert found[found.index("，") + 1] == "借"
    assert "abc" in found


def test_segments_end_at_sentence_ends_and_keep_closing_quotes(tokenizer):
    texts = ["".join(words(tokenizer, part)) for part in tokenizer.segments(TEXT, 33)]
    assert texts[0].endswith("！”")
    assert "".join(texts) == TEXT.replace("ABC", "abc")


def test_a_long_sentence_is_cut_at_a_comma_else_between_words(tokenizer):
    texts = ["".join(words(tokenizer, part)) for part in tokenizer.segments(TEXT, 12)]
    assert texts[0] == "老人走进图书馆，"
    for part in tokenizer.segments("图书馆" * 9, 8):
        assert len(part) <= 8
        assert part[0] & WORD_START


def test_only_single_chinese_characters_count_as_such(tokenizer):
    table = han_ids(tokenizer.tokenizer)
    shown = {tokenizer.tokenizer.id_to_token(int(index)) for index in np.flatnonzero(table)}
    assert "雨" in shown
    assert not shown & {"，", "a", "##b", "1", *SPECIAL}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "held_out").mkdir(parents=True)
    for name, lines in {"own": [TEXT, "雨。", "老人看雨，走了。"], "驫": ["驫驫驫驫驫"]}.items():
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", "utf-8")
        (folder / "held_out" / f"{name}.txt").write_text("明天看书。\n", "utf-8")
    listing = [
        {"name": "own", "licence": "MIT", "passages": 3, "repeat": 2},
        {"name": "驫", "licence": "MIT", "passages": 1, "repeat": 1},
        {"name": "gate", "licence": "MIT", "passages": 0, "repeat": 1},
    ]
    (folder / "sources.json").write_text(json.dumps(listing), "utf-8")
    return folder


def test_shards_hold_the_segments_of_each_source(tmp_path, corpus, tokenizer_json, tokenizer):
    train, held_out = write_shards(corpus, tokenizer_json, tmp_path / "shards", {"驫": 0.5})
    assert [source.name for source in train.sources] == ["own", "驫"]
    own, unknown = train.sources
    texts = ["".join(words(tokenizer, train[index])) for index in range(own.first, own.last)]
    assert texts == [TEXT.replace("ABC", "abc"), "老人看雨，走了。"]  # 「雨。」 is too short
    assert (own.weight, own.dropped, own.unknown) == (2.0, 1, 0)
    assert (unknown.weight, unknown.dropped) == (0.5, 1)  # all of it is unknown
    assert ["".join(words(tokenizer, segment)) for segment in held_out] == ["明天看书。"] * 2
    assert "100.00%" in mix_table(train)


def test_an_unfinished_corpus_is_refused(tmp_path, corpus, tokenizer_json):
    (corpus / "sources.json").unlink()
    with pytest.raises(FileNotFoundError):
        write_shards(corpus, tokenizer_json, tmp_path / "shards", {})


def test_shards_of_another_format_are_refused(tmp_path, corpus, tokenizer_json):
    write_shards(corpus, tokenizer_json, tmp_path / "shards", {})
    listing = tmp_path / "shards" / "shards.json"
    listing.write_text(listing.read_text("utf-8").replace('"format": 1', '"format": 0'), "utf-8")
    with pytest.raises(ValueError, match="format"):
        load_shards(tmp_path / "shards")


def test_verse_and_classical_prose_are_held_to_their_share():
    tokens = {"poetry_classical": 600, "niutrans_classical": 200, "tatoeba_cmn": 400}
    weights = balanced({"poetry_classical": 1, "niutrans_classical": 2, "tatoeba_cmn": 3}, tokens)
    read = {name: weights[name] * tokens[name] for name in tokens}
    assert 1 - read["tatoeba_cmn"] / sum(read.values()) == pytest.approx(0.17)
    assert weights["niutrans_classical"] == pytest.approx(2 * weights["poetry_classical"])
    assert weights["tatoeba_cmn"] == 3


def test_a_mix_within_the_share_stays():
    given = {"poetry_classical": 1.0, "tatoeba_cmn": 3.0}
    assert balanced(given, {"poetry_classical": 10, "tatoeba_cmn": 400}) == given
