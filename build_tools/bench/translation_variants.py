"""Ways to translate a sentence: ours, transformers' ``generate`` and CTranslate2, same weights."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from build_tools.bench.variants import Run, Variant

_MOST_TOKENS = 96


def _engine(beams: int) -> Callable[[Path, Path, int], Run]:
    def load(package: Path, checkpoint: Path, threads: int) -> Run:
        from assistant.engine.package import load_package
        from assistant.engine.translate import Translator
        from assistant.records import Task

        translator = Translator(load_package(package, Task.TRANSLATE), threads=threads)

        def run(text: str) -> object:
            translator.forget()
            return translator.translate(text, beams).translation

        return run

    return load


def _generate(beams: int) -> Callable[[Path, Path, int], Run]:
    def load(package: Path, checkpoint: Path, threads: int) -> Run:
        import torch
        from tokenizers import Tokenizer
        from transformers import MarianMTModel

        torch.set_num_threads(threads)
        model = MarianMTModel.from_pretrained(checkpoint, dtype=torch.float32).eval()
        tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))

        def run(text: str) -> object:
            ids = torch.tensor([tokenizer.encode(text).ids])
            with torch.inference_mode():
                found = model.generate(
                    input_ids=ids,
                    attention_mask=torch.ones_like(ids),
                    num_beams=beams,
                    do_sample=False,
                    max_new_tokens=min(_MOST_TOKENS, 3 * ids.shape[1] + 12),
                )
            return tokenizer.decode(found[0].tolist())

        return run

    return load


def _ctranslate2(beams: int) -> Callable[[Path, Path, int], Run]:
    def load(package: Path, checkpoint: Path, threads: int) -> Run:
        import ctranslate2
        from tokenizers import Tokenizer

        folder = _converted(checkpoint)
        translator = ctranslate2.Translator(
            str(folder), compute_type="int8", intra_threads=threads, inter_threads=1
        )
        tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))

        def run(text: str) -> object:
            tokens = tokenizer.encode(text).tokens
            most = min(_MOST_TOKENS, 3 * len(tokens) + 12)
            found = translator.translate_batch(
                [tokens], beam_size=beams, max_decoding_length=most, length_penalty=1.0
            )
            ids = [tokenizer.token_to_id(token) for token in found[0].hypotheses[0]]
            return tokenizer.decode(ids)

        return run

    return load


def _converted(checkpoint: Path) -> Path:
    """Return the folder of ``checkpoint`` in CTranslate2's format, made at the first call."""
    stamp = int((checkpoint / "model.safetensors").stat().st_mtime)
    folder = Path(tempfile.gettempdir(), f"bubai-ctranslate2-{stamp}")
    if not (folder / "model.bin").exists():
        # In a process of its own: torch must not count as memory of this one.
        module = "build_tools.bench.convert_ctranslate2"
        subprocess.run([sys.executable, "-m", module, str(checkpoint), str(folder)], check=True)
    return folder


TRANSLATION_VARIANTS = {
    variant.name: variant
    for beams, how in ((1, "greedy"), (4, "beam 4"))
    for variant in (
        Variant(f"bubai-{beams}", f"补白 INT8, {how}", _engine(beams)),
        Variant(f"transformers-{beams}", f"transformers generate FP32, {how}", _generate(beams)),
        Variant(f"ctranslate2-{beams}", f"CTranslate2 INT8, {how}", _ctranslate2(beams)),
    )
}

TRANSLATION_LENGTHS = (10, 20, 40)
_SENTENCES = {
    10: (
        "今天的天气真的很好。",
        "我们明天早上再见吧。",
        "他昨天买了一本新书。",
        "你知道车站在哪里吗？",
    ),
    20: (
        "如果明天还不下雨，我们就去山上看日出吧。",
        "她把钥匙忘在了家里，只好坐在楼下等妹妹。",
        "这条路走到头再往左拐，就能看见那家书店。",
        "医生说他的病不要紧，休息几天就会好起来。",
    ),
    40: (
        "昨天晚上我在图书馆看书的时候，遇见了一个很多年都没有见过面的老同学，聊到了很晚。",
        "因为路上堵车，我们到电影院的时候电影已经开始了，只好到旁边的咖啡馆里坐了两小时。",
        "村里的小学只有十几个学生，两位老师轮流教所有的课，从语文和数学一直教到唱歌画画。",
        "他说等孩子们放了假，要带全家人坐火车到海边去住几天，好好地休息一下，什么也不想。",
    ),
}


def sentences(length_chars: int) -> list[str]:
    """Return sentences of about ``length_chars`` characters."""
    return list(_SENTENCES[length_chars])
