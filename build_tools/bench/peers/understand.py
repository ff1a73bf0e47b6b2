"""Ways to judge texts and sort them by labels.

Payloads: ``{"text": …}`` for sentiment, with ``"labels"`` for labels; ``{"sentences": […]}`` for
many sentences at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Run = Callable[[Any], object]
_TEMPLATE = "这段话的主题是{}。"
_TOGETHER = 16


def engine(package: str, threads: int = 1) -> Run:
    """Judge through the app's engine, nothing known before; sentences as one document."""
    from assistant.engine.package import load_package
    from assistant.engine.understand import Understander
    from assistant.records import Task

    understander = Understander(load_package(Path(package), Task.UNDERSTAND), threads=threads)

    def run(payload: dict[str, Any]) -> object:
        if "labels" in payload:
            understander.labels.forget()
            return understander.labels.classify(payload["text"], payload["labels"], _TEMPLATE)
        understander.sentiment.forget()
        if "sentences" not in payload:
            return understander.sentiment.analyse(payload["text"])
        understander.sentiment.analyse("".join(payload["sentences"]))
        return {"units": len(payload["sentences"])}

    return run


def classifier(package: str, threads: int = 1) -> Run:
    """Judge sentences alone through the engine's classifier, without the verdict on the whole."""
    from assistant.engine.classifier import Classifier
    from assistant.engine.package import load_package
    from assistant.records import Task

    model = Classifier(load_package(Path(package), Task.UNDERSTAND), threads=threads)
    head = model.manifest.sentiment
    assert head is not None

    def run(payload: dict[str, Any]) -> object:
        sentences = payload["sentences"]
        rows = [model.tokenizer.single(ids) for ids in model.tokenizer.ids(sentences)]
        model.logits(rows, head)
        return {"units": len(sentences)}

    return run


def eager(checkpoint: str, int8: bool = False, threads: int = 1) -> Run:
    """Judge with the same weights in PyTorch, run eagerly; pairs of one text in one batch."""
    import torch
    from tokenizers import Tokenizer

    from build_tools.classifier_checkpoint import load_classifier

    torch.set_num_threads(threads)
    found = load_classifier(checkpoint)
    graph = found.graph
    if int8:
        graph = torch.ao.quantization.quantize_dynamic(graph, {torch.nn.Linear}, dtype=torch.qint8)
    tokenizer = Tokenizer.from_str(found.tokenizer_json)
    names = ("cls", "sep", "pad")
    cls, sep, pad = (tokenizer.token_to_id(found.specials[name]) for name in names)

    def ids(text: str) -> list[int]:
        return tokenizer.encode(text, add_special_tokens=False).ids[: found.max_length - 2]

    def judge(rows: list[list[int]], before: int = 0, after: int = 0) -> object:
        width = max(map(len, rows))
        table = torch.tensor([row + [pad] * (width - len(row)) for row in rows])
        lengths = torch.tensor([len(row) for row in rows])
        mask = (torch.arange(width) < lengths[:, None]).long()
        # Our own graph is told where a row holds the person's label.
        label = (torch.arange(width) >= before) & (torch.arange(width) < lengths[:, None] - after)
        given = (table, mask, (label & (before > 0)).long())
        with torch.inference_mode():
            return graph(*given[: len(found.inputs)])

    def run(payload: dict[str, Any]) -> object:
        if "sentences" in payload:
            rows = [[cls, *ids(one), sep] for one in payload["sentences"]]
            for batch in _batches(rows):
                judge(batch)
            return {"units": len(rows)}
        text = [cls, *ids(payload["text"]), sep]
        labels = payload.get("labels")
        if not labels:
            return judge([text])
        rows = [[*text, *ids(_TEMPLATE.format(label)), sep] for label in labels]
        first, last = (len(ids(part)) for part in _TEMPLATE.split("{}"))
        return judge(rows, len(text) + first, last + 1)

    return run


def transformers_pipeline(checkpoint: str, task: str, int8: bool = False, threads: int = 1) -> Run:
    """Judge through a pipeline of transformers: text-classification or zero-shot."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer, pipeline

    torch.set_num_threads(threads)
    model = AutoModelForSequenceClassification.from_pretrained(checkpoint, dtype=torch.float32)
    model = model.eval()
    if int8:
        model = torch.ao.quantization.quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8)
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    judge = pipeline(task, model=model, tokenizer=tokenizer)

    def run(payload: dict[str, Any]) -> object:
        if "sentences" in payload:
            found = judge(payload["sentences"], batch_size=_TOGETHER)
            return {"units": len(found)}
        if "labels" in payload:
            return judge(payload["text"], payload["labels"], hypothesis_template=_TEMPLATE)
        return judge(payload["text"])

    return run


def _batches(rows: Sequence[list[int]]) -> list[list[list[int]]]:
    ordered = sorted(rows, key=len)
    return [ordered[at : at + _TOGETHER] for at in range(0, len(ordered), _TOGETHER)]


MAKERS: dict[str, Callable[..., Run]] = {
    "understand.engine": engine,
    "understand.classifier": classifier,
    "understand.eager": eager,
    "understand.transformers": transformers_pipeline,
}
