"""Ways to fill one blank: the engine, transformers, PyTorch's dynamic INT8; payloads are texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[[Any], object]


def engine(package: str, length: int | None, threads: int = 1) -> Run:
    """Text in, five best fills out, through the app's engine."""
    from assistant.engine.fill import Filler
    from assistant.engine.package import load_package
    from assistant.records import FillRequest, Task
    from assistant.text.masks import find_spans, with_length

    filler = Filler(load_package(Path(package), Task.FILL), threads=threads)

    def run(text: str) -> object:
        filler.predictor.forget()
        found = filler.fill(FillRequest(text, with_length(find_spans(text), length)))
        return {"best": found.spans[0].candidates[0].text}

    return run


def forward(package: str, threads: int = 1) -> Run:
    """Run the encoder once on the longest row that a blank of unknown length leads to."""
    from assistant.engine.context import Context, Slot
    from assistant.engine.fill import Filler
    from assistant.engine.package import load_package
    from assistant.records import MAX_UNKNOWN_CHARS, Task
    from assistant.text.masks import find_spans

    filler = Filler(load_package(Path(package), Task.FILL), threads=threads)

    def run(text: str) -> object:
        context = Context(filler.vocabulary, text, find_spans(text)[:1], filler.budget_chars)
        query = context.query((Slot(masks=MAX_UNKNOWN_CHARS),), 0)
        filler.predictor.forget()
        return filler.predictor.encoder_log_probs([query])

    return run


def transformers_pipeline(checkpoint: str, int8: bool = False, threads: int = 1) -> Run:
    """Text in, five best fills out, through transformers' fill-mask pipeline."""
    import torch
    from transformers import AutoModelForMaskedLM, AutoTokenizer, ModernBertForMaskedLM, pipeline

    from build_tools.load_report import FEED, left_out

    torch.set_num_threads(threads)
    # No pipeline has a memory to feed: the encoder answers without it.
    with left_out(ModernBertForMaskedLM, FEED):
        model = AutoModelForMaskedLM.from_pretrained(checkpoint, dtype=torch.float32).eval()
    if int8:
        model = torch.ao.quantization.quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8)
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    filled = pipeline("fill-mask", model=model, tokenizer=tokenizer, top_k=5)
    return lambda text: {"best": filled(text)[0]["token_str"]}


MAKERS: dict[str, Callable[..., Run]] = {
    "fill.engine": engine,
    "fill.forward": forward,
    "fill.transformers": transformers_pipeline,
}
