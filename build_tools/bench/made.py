"""Checkpoints of published shapes with random weights, and packages made for the benchmark.

Made once with the build tools that ship and kept in ``Settings.made``; made anew when the
checkpoint they come from is another one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.engine.package import MANIFEST_NAME
from build_tools.bench.settings import Settings
from build_tools.card import About
from build_tools.package_writer import read_manifest

_WEIGHTS = "model.safetensors"
SENTIMENTS = {0: "negative", 1: "positive"}


class Maker:
    """Makes what a part needs, or finds it made."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.made

    def own(self, task: str) -> Path:
        """Return the bundled package of ``task``."""
        return self._settings.models / task

    def own_checkpoint(self, task: str) -> Path:
        """Return a checkpoint of the bundled package's weights, for the peers."""
        from build_tools.thaw import thaw

        package = self.own(task)
        source = package / f"{read_manifest(package)['model']}.data"
        return self._made(f"own-{task}", source, lambda target: thaw(package, target))

    def own_fill_fp32(self) -> Path:
        """Return the bundled fill package with the FP32 graph of the same weights."""
        from build_tools.package_writer import with_graph

        return self._made(
            "own-fill-fp32",
            self.own("fill") / MANIFEST_NAME,
            lambda target: with_graph(self.own("fill"), self.clean_fill(), target),
        )

    def bert_fill(self, int8: bool) -> Path:
        """Return a fill package shaped like bert-base-chinese."""
        from build_tools.pack import pack
        from build_tools.quantise import quantise

        checkpoint = self.checkpoint("fill")

        def make(target: Path) -> None:
            model = self._clean_fill("bert-fill", checkpoint)
            if int8:
                model = target.with_name(f"{target.name}.onnx")
                quantise(self._clean_fill("bert-fill", checkpoint), model)
            pack(str(checkpoint), model, _about("bert-fill", 510), target)

        return self._made(f"bert-fill-{'int8' if int8 else 'fp32'}", checkpoint / _WEIGHTS, make)

    def bert_understand(self, kind: str, int8: bool) -> Path:
        """Return a package shaped like bert-base-chinese; ``kind`` as in :meth:`checkpoint`."""
        return self._classifier(f"bert-{kind}", self.checkpoint(kind), int8)

    def marian(self, int8: bool) -> Path:
        """Return a ``translate`` package of Marian's base shape."""
        return self._translate("marian", self.checkpoint("translate"), int8)

    def checkpoint(self, kind: str) -> Path:
        """Return a random checkpoint: "fill", "understand" (inference), "sentiment", "translate".

        ``translate`` is 6 + 6 layers of 512, the others bert-base-chinese.
        """
        folder = self._folder / f"checkpoint-{kind}"
        if not (folder / _WEIGHTS).is_file():
            from build_tools.random_checkpoint import LABELS, write_checkpoint

            task = "understand" if kind == "sentiment" else kind
            write_checkpoint(task, folder, SENTIMENTS if kind == "sentiment" else LABELS)
        return folder

    def ctranslate2(self, checkpoint: Path) -> Path:
        """Return ``checkpoint`` in CTranslate2's format, INT8."""

        def make(target: Path) -> None:
            module = "build_tools.bench.convert_ctranslate2"
            subprocess.run([sys.executable, "-m", module, checkpoint, target], check=True)

        return self._made(f"ctranslate2-{checkpoint.name}", checkpoint / _WEIGHTS, make)

    def graph(self, name: str, make: Callable[[Path], None]) -> Path:
        """Return the graph ``name`` of our fill checkpoint; ``make`` writes it to a path."""
        source = self.own_checkpoint("fill") / _WEIGHTS
        return self._made(name, source, lambda folder: make(folder / "model.onnx")) / "model.onnx"

    def clean_fill(self) -> Path:
        """Return the clean FP32 graph of our fill weights."""
        return self._clean_fill("own-fill", self.own_checkpoint("fill"))

    def _clean_fill(self, name: str, checkpoint: Path) -> Path:
        from build_tools.export_onnx import export
        from build_tools.optimise import optimise

        def make(folder: Path) -> None:
            folder.mkdir(parents=True)
            export(str(checkpoint), folder / "plain.onnx")
            optimise(folder / "plain.onnx", folder / "model.onnx")
            for path in folder.glob("plain.onnx*"):
                path.unlink()

        return self._made(f"{name}-clean", checkpoint / _WEIGHTS, make) / "model.onnx"

    def _classifier(self, name: str, checkpoint: Path, int8: bool) -> Path:
        from build_tools.classifier_checkpoint import load_classifier
        from build_tools.export_classifier import export_classifier
        from build_tools.optimise import optimise
        from build_tools.pack_classifier import pack_classifier
        from build_tools.quantise_classifier import quantise_classifier

        def make(target: Path) -> None:
            loaded = load_classifier(str(checkpoint))
            graphs = target.with_name(f"{target.name}-graphs")
            plain, clean, small = (graphs / f"{part}.onnx" for part in ("plain", "clean", "small"))
            export_classifier(loaded, plain)
            optimise(plain, clean)
            if int8:
                quantise_classifier(clean, small)
            pack_classifier(loaded, small if int8 else clean, _about(name, 100), target)
            shutil.rmtree(graphs)

        return self._made(f"{name}-{'int8' if int8 else 'fp32'}", checkpoint / _WEIGHTS, make)

    def _translate(self, name: str, checkpoint: Path, int8: bool) -> Path:
        from build_tools.export_translation import export_translation
        from build_tools.marian_checkpoint import load_marian, never_written
        from build_tools.pack_translation import pack_translation
        from build_tools.quantise_translation import quantise_translation

        def make(target: Path) -> None:
            graphs = target.with_name(f"{target.name}-graphs")
            model = load_marian(str(checkpoint))
            export_translation(model, never_written(model), graphs / "plain")
            if int8:
                quantise_translation(graphs / "plain", graphs / "small")
            source = graphs / ("small" if int8 else "plain")
            pack_translation(checkpoint, source, _about(name, 47), target, max_length=48)
            shutil.rmtree(graphs)

        return self._made(f"{name}-{'int8' if int8 else 'fp32'}", checkpoint / _WEIGHTS, make)

    def _made(self, name: str, source: Path, make: Callable[[Path], None]) -> Path:
        """Return the folder ``name``, made now unless it was made from the same ``source``."""
        target, note = self._folder / name, self._folder / f"{name}.txt"
        found = source.stat()
        stamp = f"{source} {found.st_size} {found.st_mtime_ns}"
        if not target.is_dir() or not note.is_file() or note.read_text("utf-8") != stamp:
            shutil.rmtree(target, ignore_errors=True)
            self._folder.mkdir(parents=True, exist_ok=True)
            make(target)
            note.write_text(stamp, encoding="utf-8")
        return target


def _about(name: str, context_chars: int) -> About:
    words = dict.fromkeys(("summary", "training", "limits"), "Made for the benchmark.")
    return About(name, "1", "CC0-1.0", **words, context_chars=context_chars, sources=())
