"""``graft``: put what fine-tuning learnt on an encoder that has been pretrained further.

Imports torch and safetensors, nothing of ``assistant``. Task arithmetic (Ilharco et al. 2023,
"Editing Models with Task Arithmetic"): what fine-tuning added to the old encoder is added to the
new one, which began from the old one as well. The result knows most of its task before a single
step, and has forgotten the rows that the old one knew by heart; train on from it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

from build_tools.average import WEIGHTS

_TUNED, _PRETRAINED = "encoder.", "model."


def graft(tuned: Path, old: Path, new: Path, out: Path) -> None:
    """Write ``tuned`` with the encoder ``tuned - old + new`` to ``out``; heads stay as they are.

    ``tuned`` is a folder that ``save_model`` wrote, the other two are masked language models.
    Raises ValueError where their encoders have other names or shapes, FileExistsError for ``out``.
    """
    weights = load_file(tuned / WEIGHTS)
    before, after = _encoder(old), _encoder(new)
    shapes = {name[len(_TUNED) :]: w.shape for name, w in weights.items() if _is_encoder(name)}
    for folder, found in ((old, before), (new, after)):
        if {name: tensor.shape for name, tensor in found.items()} != shapes:
            raise ValueError(f"{folder} holds an encoder of other names or shapes than {tuned}")
    for name in shapes:
        weights[_TUNED + name] += after[name] - before[name]
    shutil.copytree(tuned, out, ignore=shutil.ignore_patterns(WEIGHTS))
    save_file(weights, out / WEIGHTS, metadata={"format": "pt"})


def _is_encoder(name: str) -> bool:
    return name.startswith(_TUNED)


def _encoder(folder: Path) -> dict[str, Tensor]:
    found = load_file(folder / WEIGHTS)
    start = len(_PRETRAINED)
    return {name[start:]: w.float() for name, w in found.items() if name.startswith(_PRETRAINED)}
