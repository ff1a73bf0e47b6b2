"""Our greedy and beam search write token by token what transformers' ``generate`` writes."""

from __future__ import annotations

import pytest
import torch
from transformers import MarianMTModel

from assistant.engine.decoding import Rules, beam_search, greedy
from assistant.engine.package import load_package
from assistant.engine.translation_model import TranslationModel
from assistant.records import Task
from tests.build_tools.marian import EOS, PAD, tiny_marian, write_package

SENTENCES = (
    "我看山。",
    "天地大，人小。",
    "秋月在山外，花鸟在雨里。",
    "他们说不来了，你去不去看看？",
    "云",
    "风里雨里我是不去的；日日夜夜有花看。",
)
LIMIT = 24


@pytest.fixture(scope="module", params=[(6, -1.0), (6, -2.0), (3, -2.0)])
def pair(request, tmp_path_factory):
    """Return a model and its package as the engine loads it."""
    seed, end = request.param
    model = tiny_marian(seed, end=end)
    folder = write_package(tmp_path_factory.mktemp("tiny"), model)
    return model, TranslationModel(load_package(folder, Task.TRANSLATE), threads=1)


def generated(
    model: MarianMTModel, sources: list[tuple[int, ...]], beams: int, **options: object
) -> list[tuple[int, ...]]:
    """Return what ``generate`` writes for the sentences together, without start, end and pad."""
    width = max(map(len, sources)) + 1
    ids = torch.full((len(sources), width), PAD)
    for row, source in enumerate(sources):
        ids[row, : len(source) + 1] = torch.tensor([*source, EOS])
    with torch.inference_mode():
        out = model.generate(
            input_ids=ids, attention_mask=(ids != PAD).long(), num_beams=beams, do_sample=False,
            max_new_tokens=LIMIT, **options,
        )  # fmt: skip
    rows = []
    for row in out[:, 1:].tolist():
        end = row.index(EOS) if EOS in row else len(row)
        rows.append(tuple(token for token in row[:end] if token != PAD))
    return rows


def rules(model: TranslationModel, count: int, **options: object) -> Rules:
    return Rules(model.start, model.eos, (LIMIT,) * count, **options)  # pyright: ignore


def test_the_tiny_model_writes_something_else_for_every_sentence(pair):
    model, ours = pair
    sources = [ours.encode_text(text) for text in SENTENCES]
    found = generated(model, sources, 1)
    assert len(set(found)) >= 4
    assert len({len(ids) for ids in found}) > 2


def test_greedy_search_equals_generate(pair):
    model, ours = pair
    sources = [ours.encode_text(text) for text in SENTENCES]
    found = greedy(ours.read(sources), rules(ours, len(sources)))
    assert [hypothesis.ids for hypothesis in found] == generated(model, sources, 1)


@pytest.mark.parametrize("penalty", [1.0, 0.6, 0.0])
@pytest.mark.parametrize("beams", [2, 4])
def test_beam_search_equals_generate(pair, beams, penalty):
    model, ours = pair
    sources = [ours.encode_text(text) for text in SENTENCES]
    wanted = generated(model, sources, beams, length_penalty=penalty, early_stopping=False)
    found = beam_search(
        ours.read(sources), rules(ours, len(sources), length_penalty=penalty), beams
    )
    assert [hypothesis.ids for hypothesis in found] == wanted


def test_a_sentence_alone_is_written_like_in_company(pair):
    _, ours = pair
    sources = [ours.encode_text(text) for text in SENTENCES]
    together = beam_search(ours.read(sources), rules(ours, len(sources)), 4)
    alone = [beam_search(ours.read([source]), rules(ours, 1), 4)[0] for source in sources]
    assert [found.ids for found in together] == [found.ids for found in alone]


def test_beam_search_finds_no_worse_than_greedy(pair):
    _, ours = pair
    sources = [ours.encode_text(text) for text in SENTENCES]
    fast = greedy(ours.read(sources), rules(ours, len(sources)))
    slow = beam_search(ours.read(sources), rules(ours, len(sources)), 4)
    better = sum(s.log_prob / s.length >= f.log_prob / f.length - 1e-4
                 for f, s in zip(fast, slow, strict=True))  # fmt: skip
    assert better >= len(SENTENCES) - 1


def test_without_repeats_no_three_tokens_come_twice(pair):
    _, ours = pair
    sources = [ours.encode_text(text) for text in SENTENCES]
    for search in (greedy, lambda *given: beam_search(*given, 4)):
        for found in search(ours.read(sources), rules(ours, len(sources), no_repeat=3)):
            triples = list(zip(found.ids, found.ids[1:], found.ids[2:], strict=False))
            assert len(set(triples)) == len(triples)


def test_greedy_search_without_repeats_equals_generate_where_the_top_is_deep_enough(pair):
    model, ours = pair
    sources = [ours.encode_text(text) for text in SENTENCES]
    wanted = generated(model, sources, 1, no_repeat_ngram_size=3)
    found = greedy(ours.read(sources), rules(ours, len(sources), no_repeat=3))
    assert [hypothesis.ids for hypothesis in found] == wanted
