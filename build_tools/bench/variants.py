"""What is timed: each variant is a function from a text to its five best fills.

Every variant runs alone in a fresh process (``python -m build_tools.bench.worker``), so that its
memory is its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Run = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Variant:
    """A named way to fill one blank; ``load`` takes (package folder, checkpoint, threads)."""

    name: str
    description: str
    load: Callable[[Path, Path, int], Run]


def _engine(length: int | None) -> Callable[[Path, Path, int], Run]:
    def load(package: Path, checkpoint: Path, threads: int) -> Run:
        from assistant.engine.fill import Filler
        from assistant.engine.package import load_package
        from assistant.records import FillRequest, Task
        from assistant.text.masks import find_spans, with_length

        filler = Filler(load_package(package, Task.FILL), threads=threads)

        def run(text: str) -> object:
            filler.predictor.forget()
            return filler.fill(FillRequest(text, with_length(find_spans(text), length)))

        return run

    return load


def _pipeline(package: Path, checkpoint: Path, threads: int) -> Run:
    import torch
    from transformers import pipeline

    torch.set_num_threads(threads)
    return pipeline("fill-mask", model=str(checkpoint), dtype=torch.float32, top_k=5)


def _torch_int8(package: Path, checkpoint: Path, threads: int) -> Run:
    import torch
    from transformers import AutoModelForMaskedLM, AutoTokenizer, pipeline

    torch.set_num_threads(threads)
    model = AutoModelForMaskedLM.from_pretrained(checkpoint, dtype=torch.float32).eval()
    small = torch.ao.quantization.quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8)
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    return pipeline("fill-mask", model=small, tokenizer=tokenizer, top_k=5)


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("bubai", "补白, length 1", _engine(1)),
        Variant("bubai-auto", "补白, unknown length", _engine(None)),
        Variant("transformers", "transformers fill-mask, PyTorch FP32", _pipeline),
        Variant("torch-int8", "the same, PyTorch dynamic INT8", _torch_int8),
    )
}
