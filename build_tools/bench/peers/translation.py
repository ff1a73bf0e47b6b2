"""Ways to translate: ours, transformers' ``generate`` and CTranslate2, from the same weights.

Payloads: a sentence, or a list of sentences (a file). With ``exactly`` every translation has that
many tokens, for random weights, which never end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[[Any], object]
_MOST_TOKENS = 96
_WORD = re.compile(r"\S+")


def engine(package: str, beams: int, threads: int = 1) -> Run:
    """Translate through the app's engine, nothing known before, guards and all."""
    from assistant.engine.package import load_package
    from assistant.engine.translate import Translator
    from assistant.records import Task

    translator = Translator(load_package(Path(package), Task.TRANSLATE), threads=threads)

    def run(payload: str | list[str]) -> object:
        translator.forget()
        text = payload if isinstance(payload, str) else "\n".join(payload)
        found = translator.translate(text, beams).translation
        units = 1 if isinstance(payload, str) else len(payload)
        return {"units": units, "words": len(_WORD.findall(found)) / units}

    return run


def search(package: str, beams: int, exactly: int, threads: int = 1) -> Run:
    """Read and write a sentence with the engine's search, ``exactly`` so many tokens."""
    from assistant.engine.decoding import Rules, beam_search, greedy
    from assistant.engine.package import load_package
    from assistant.engine.translation_model import TranslationModel
    from assistant.records import Task

    model = TranslationModel(load_package(Path(package), Task.TRANSLATE), threads=threads)

    def run(text: str) -> object:
        rules = Rules(model.start, model.eos, (exactly,), 0)
        reading = model.read([model.encode_text(text)])
        found = greedy(reading, rules) if beams == 1 else beam_search(reading, rules, beams)
        model.decode_ids(found[0].ids)
        return {"tokens": len(found[0].ids)}

    return run


def generate(checkpoint: str, beams: int, exactly: int | None = None, threads: int = 1) -> Run:
    """Translate with transformers in PyTorch FP32; a file sentence by sentence."""
    import torch
    from transformers import MarianMTModel

    from build_tools.marian_checkpoint import marian_tokenizer

    torch.set_num_threads(threads)
    model = MarianMTModel.from_pretrained(checkpoint, dtype=torch.float32).eval()
    tokenizer = marian_tokenizer(Path(checkpoint))
    eos = model.config.eos_token_id

    def one(text: str) -> list[int]:
        ids = torch.tensor([[*tokenizer.encode(text, add_special_tokens=False).ids, eos]])
        with torch.inference_mode():
            found = model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                num_beams=beams,
                do_sample=False,
                min_new_tokens=exactly or 0,
                max_new_tokens=exactly or _most(ids.shape[1]),
            )
        tokenizer.decode(found[0].tolist())
        return found[0].tolist()

    def run(payload: str | list[str]) -> object:
        if isinstance(payload, str):
            return {"tokens": len(one(payload)) - 1}
        for text in payload:
            one(text)
        return {"units": len(payload)}

    return run


def ctranslate2(converted: str, checkpoint: str, beams: int, exactly: int | None = None,
                threads: int = 1) -> Run:  # fmt: skip
    """Translate with CTranslate2 INT8; a file in batches that it sorts by length itself."""
    import ctranslate2 as engine
    from tokenizers import Tokenizer

    translator = engine.Translator(
        converted, compute_type="int8", intra_threads=threads, inter_threads=1
    )
    tokenizer = Tokenizer.from_file(str(Path(checkpoint) / "tokenizer.json"))

    def read(text: str) -> list[str]:
        return [*tokenizer.encode(text, add_special_tokens=False).tokens, "</s>"]

    def spell(result: Any) -> int:
        tokens = result.hypotheses[0]
        tokenizer.decode([tokenizer.token_to_id(token) for token in tokens])
        return len(tokens)

    def run(payload: str | list[str]) -> object:
        rows = [read(text) for text in ([payload] if isinstance(payload, str) else payload)]
        found = translator.translate_batch(
            rows,
            max_batch_size=1024,
            batch_type="tokens",
            beam_size=beams,
            max_decoding_length=exactly or _most(max(map(len, rows))),
            min_decoding_length=exactly or 1,
            length_penalty=1.0,
        )
        counts = [spell(result) for result in found]
        return {"tokens": counts[0]} if isinstance(payload, str) else {"units": len(counts)}

    return run


def _most(source_tokens: int) -> int:
    """Return the engine's own limit for a sentence."""
    return min(_MOST_TOKENS, 3 * source_tokens + 12)


MAKERS: dict[str, Callable[..., Run]] = {
    "translation.engine": engine,
    "translation.search": search,
    "translation.generate": generate,
    "translation.ctranslate2": ctranslate2,
}
