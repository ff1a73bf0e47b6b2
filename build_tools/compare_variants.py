"""Compare ways to quantise: ``python -m build_tools.compare_variants CLEAN.onnx TOKENIZER.json``.

Prints, for each choice of the parts that stay FP32, the size, the agreement with the FP32 graph
and the accuracy at single hidden characters of the CFT stories.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from build_tools import datasets, parity
from build_tools.onnx_files import bytes_of
from build_tools.quantise import DECODER, EMBEDDING, TRANSFORM, quantise

VARIANTS: tuple[tuple[str, ...], ...] = (
    (),
    (TRANSFORM,),
    (EMBEDDING,),
    (EMBEDDING, DECODER),
    (TRANSFORM, EMBEDDING),
    (TRANSFORM, EMBEDDING, DECODER),
)


def compare(clean: Path, tokenizer: Tokenizer, items: Sequence[datasets.Item]) -> list[str]:
    """Return a table row for FP32 and each variant."""
    rows = parity.encode(tokenizer, items)
    reference = parity.predict(clean, rows)
    lines = [_line("all (no INT8)", clean, reference, reference, tokenizer, items)]
    with tempfile.TemporaryDirectory() as folder:
        for place, parts in enumerate(VARIANTS):
            target = Path(folder) / f"{place}.onnx"
            quantise(clean, target, keep_fp32=parts)
            predicted = parity.predict(target, rows)
            name = ", ".join(parts) or "none"
            lines.append(_line(name, target, reference, predicted, tokenizer, items))
    return lines


def _line(
    name: str,
    model: Path,
    reference: parity.LogProbs,
    predicted: parity.LogProbs,
    tokenizer: Tokenizer,
    items: Sequence[datasets.Item],
) -> str:
    same = parity.agreement(reference, predicted)
    top1, top5 = (parity.share_right(predicted, tokenizer, items, top) for top in (1, 5))
    loss = -parity.mean_log_prob(predicted, tokenizer, items)
    return (
        f"| {name} | {bytes_of(model) / 1e6:.1f} | {same.top1:.3f} | {same.top5:.3f} "
        f"| {top1:.3f} | {top5:.3f} | {loss:.4f} |"
    )


def main() -> None:
    """Parse the command line, measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clean", type=Path, help="the graph that optimise wrote")
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/dev"))
    parser.add_argument("--limit", type=int, default=600)
    options = parser.parse_args()
    items = datasets.cft_characters(options.data / "cft.test.auto.xz", limit=options.limit)
    print("| FP32 parts | MB | FP32's best | of its best 5 | top-1 | top-5 | −ln P(right) |")
    print("|---|---|---|---|---|---|---|")
    for line in compare(options.clean, Tokenizer.from_file(str(options.tokenizer)), items):
        print(line)


if __name__ == "__main__":
    main()
