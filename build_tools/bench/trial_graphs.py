"""Other forms of the fill graph, made on the fly: each is one thing done differently."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import onnx

from build_tools.bench.made import Maker
from build_tools.onnx_files import save
from build_tools.optimise import optimise
from build_tools.quantise import quantise, replace_gemms, weighted_matmuls


class TrialGraphs:
    """Makes the graphs of the trials from our fill weights, or finds them made."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker
        self.clean = maker.clean_fill()

    def shipped(self) -> Path:
        """Return the graph as it ships."""
        return self._made("shipped", lambda target: quantise(self.clean, target))

    def all_int8(self) -> Path:
        """Return the graph in which the head's dense layer is INT8 too."""
        return self._made("all-int8", lambda target: quantise(self.clean, target, keep_fp32=()))

    def inline(self) -> Path:
        """Return the shipped graph with its weights inside the file."""

        def make(target: Path) -> None:
            onnx.save(onnx.load(str(self.shipped())), str(target))

        return self._made("inline", make)

    def dynamic(self, name: str, *, per_channel: bool, reduce_range: bool, signed: bool) -> Path:
        """Return what ``quantize_dynamic`` makes with these options (embedding stays FP32)."""
        from onnxruntime.quantization import QuantType, quantize_dynamic

        def make(target: Path) -> None:
            source, kept = self._without_gemms(target)
            quantize_dynamic(
                source, target, op_types_to_quantize=["MatMul"], per_channel=per_channel,
                reduce_range=reduce_range, nodes_to_exclude=kept,
                weight_type=QuantType.QInt8 if signed else QuantType.QUInt8,
            )  # fmt: skip
            save(onnx.load(str(target)), target)

        return self._made(name, make)

    def weight_only(self, bits: int) -> Path:
        """Return the graph with weights of ``bits`` bits that are multiplied as FP32."""
        from onnxruntime.quantization.matmul_nbits_quantizer import (
            DefaultWeightOnlyQuantConfig,
            MatMulNBitsQuantizer,
        )

        def make(target: Path) -> None:
            source, _ = self._without_gemms(target)
            config = DefaultWeightOnlyQuantConfig(block_size=32, is_symmetric=True, bits=bits)
            config.accuracy_level = 4
            quantiser = MatMulNBitsQuantizer(onnx.load(str(source)), algo_config=config)
            quantiser.process()
            save(quantiser.model.model, target)

        return self._made(f"weight-only-{bits}", make)

    def fused_before(self) -> Path:
        """Return the graph that onnxruntime fused before it was quantised."""
        import onnxruntime as ort

        def make(target: Path) -> None:
            fused = target.with_name("fused.onnx")
            options = ort.SessionOptions()
            options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
            options.optimized_model_filepath = str(fused)
            options.add_session_config_entry(
                "session.optimized_model_external_initializers_file_name", f"{fused.name}.data"
            )
            ort.InferenceSession(str(self.clean), options, providers=["CPUExecutionProvider"])
            self._quantise_fused(fused, target)

        return self._made("fused-before", make)

    def ort_format(self) -> Path:
        """Return the shipped graph, optimised and in onnxruntime's own format."""
        import onnxruntime as ort

        def make(target: Path) -> None:
            options = ort.SessionOptions()
            options.optimized_model_filepath = str(target.with_suffix(".ort"))
            options.add_session_config_entry("session.save_model_format", "ORT")
            ort.InferenceSession(str(self.shipped()), options, providers=["CPUExecutionProvider"])

        return self._made("ort-format", make).with_suffix(".ort")

    def fewer_layers(self, layers: int) -> Path:
        """Return the graph of the first ``layers`` layers alone, not trained any further."""

        def make(target: Path) -> None:
            from build_tools.checkpoint import load_model
            from build_tools.export_onnx import fill_graph, trace

            source = str(self._maker.own_checkpoint("fill"))
            model = load_model(source)
            model.model.layers = model.model.layers[:layers]
            plain, clean = (target.with_name(f"{name}.onnx") for name in ("plain", "clean"))
            trace(fill_graph(model, source), plain)
            optimise(plain, clean)
            quantise(clean, target)

        return self._made(f"layers-{layers}", make)

    def _without_gemms(self, target: Path) -> tuple[Path, list[str]]:
        """Write the clean graph with MatMuls only; return it and what stays FP32."""
        model = onnx.load(str(self.clean))
        replace_gemms(model)
        backwards = weighted_matmuls(model)
        _decoder, transform = next(backwards), next(backwards)
        plain = target.with_name("plain.onnx")
        save(model, plain)
        return plain, [transform.name]

    def _quantise_fused(self, fused: Path, target: Path) -> None:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            fused, target, op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True,
            weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": 1},
        )  # fmt: skip
        save(onnx.load(str(target)), target)

    def _made(self, name: str, make: Callable[[Path], None]) -> Path:
        def fresh(target: Path) -> None:
            shutil.rmtree(target.parent, ignore_errors=True)
            target.parent.mkdir(parents=True)
            make(target)

        return self._maker.graph(f"trial-{name}", fresh)
