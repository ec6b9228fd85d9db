#!/usr/bin/env python3
"""Writes the small ONNX files and golden predictions for the tests of runtime.

    python3 tools/golden/runtime.py runtime/src/test/resources/golden/runtime

Made with Python 3.11, onnx 1.23.2, onnxruntime 1.32.0 and numpy 2.4.6. Neither the build nor the tests
need any of them.

The files have the layout of exported runs: input `images` of bytes of any size, scaling, cropping and
normalization in the graph, outputs `probabilities` and `logits`, and the metadata. golden.json holds
what onnxruntime for Python answers to images of a formula: byte (y, x, c) is
(37 y + 11 x + 89 c + (x y) mod 23) mod 256.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

CONFORMITY = [0, 0, 0.125, 0.25, 0.3, 0.41, 0.5, 0.55, 0.61, 0.66, 0.7, 0.72, 0.75, 0.8, 0.83, 0.9, 0.91, 0.93, 0.97]


def ints(name, *values):
    return numpy_helper.from_array(np.array(values, np.int64), name)


def floats(name, values):
    return numpy_helper.from_array(np.array(values, np.float32), name)


def network(classes, several, channels, height, width, ratio, filter, temperature=1.5):
    rng = np.random.RandomState(7)
    node = helper.make_node
    scaled = round(min(height, width) / ratio)
    constants = [
        ints("side", scaled), ints("kept", height, width), ints("hw", 2, 3), floats("half", [2]),
        numpy_helper.from_array(np.float32(0), "least"), numpy_helper.from_array(np.float32(255), "most"),
        floats("mean", np.reshape([120.0, 110.0, 100.0][:channels], (1, channels, 1, 1))),
        floats("std", np.reshape([60.0, 61.0, 62.0][:channels], (1, channels, 1, 1))),
        floats("kernel", rng.normal(0, 0.3, (8, channels, 3, 3))), floats("bias", rng.normal(0, 0.3, 8)),
        floats("weights", rng.normal(0, 1, (classes, 8))), floats("offsets", rng.normal(0, 0.3, classes)),
    ]
    if not several:
        constants.append(floats("temperature", [temperature]))
    nodes = [
        node("Transpose", ["images"], ["planes"], perm=[0, 3, 1, 2]),
        node("Cast", ["planes"], ["numbers"], to=TensorProto.FLOAT),
        node("Shape", ["numbers"], ["sides"], start=2, end=4),
        node("ReduceMin", ["sides"], ["shorter"], keepdims=1),
        node("Mul", ["sides", "side"], ["product"]),
        node("Div", ["product", "shorter"], ["target"]),
        node("Shape", ["numbers"], ["outer"], start=0, end=2),
        node("Concat", ["outer", "target"], ["sizes"], axis=0),
        node("Resize", ["numbers", "", "", "sizes"], ["resized"], mode=filter, antialias=1, cubic_coeff_a=-0.5,
             coordinate_transformation_mode="half_pixel", exclude_outside=1),
        node("Round", ["resized"], ["whole"]),
        node("Clip", ["whole", "least", "most"], ["rounded"]),
        node("Sub", ["target", "kept"], ["spare"]),
        node("Cast", ["spare"], ["spare_number"], to=TensorProto.FLOAT),
        node("Div", ["spare_number", "half"], ["middle"]),
        node("Round", ["middle"], ["start_number"]),
        node("Cast", ["start_number"], ["start"], to=TensorProto.INT64),
        node("Add", ["start", "kept"], ["end"]),
        node("Slice", ["rounded", "start", "end", "hw"], ["cropped"]),
        node("Sub", ["cropped", "mean"], ["centered"]),
        node("Div", ["centered", "std"], ["input"]),
        node("Conv", ["input", "kernel", "bias"], ["features"], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),
        node("Relu", ["features"], ["active"]),
        node("GlobalAveragePool", ["active"], ["pooled"]),
        node("Flatten", ["pooled"], ["flat"], axis=1),
        node("Gemm", ["flat", "weights", "offsets"], ["logits"], transB=1),
    ]
    if several:
        nodes.append(node("Sigmoid", ["logits"], ["probabilities"]))
    else:
        nodes.append(node("Div", ["logits", "temperature"], ["cooled"]))
        nodes.append(node("Softmax", ["cooled"], ["probabilities"], axis=1))
    graph = helper.make_graph(
        nodes, "discern",
        [helper.make_tensor_value_info("images", TensorProto.UINT8, ["batch", "height", "width", channels])],
        [helper.make_tensor_value_info(o, TensorProto.FLOAT, ["batch", classes]) for o in ("probabilities", "logits")],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], producer_name="discern")
    model.ir_version = 9
    names = ["cat", "a \\ b", "line\nbreak", "dog", "eel"][:classes]
    metadata = {
        "discern.format": "1",
        "discern.task": "several-labels" if several else "one-label",
        "discern.classes": "\n".join(n.replace("\\", "\\\\").replace("\n", "\\\n") for n in names),
        "discern.channels": str(channels),
        "discern.height": str(height),
        "discern.width": str(width),
        "discern.crop-ratio": str(ratio),
        "discern.interpolation": {"linear": "bilinear", "cubic": "bicubic"}[filter],
        "discern.mean": ",".join(["0.47", "0.43", "0.39"][:channels]),
        "discern.std": ",".join(["0.235", "0.239", "0.243"][:channels]),
        "discern.scaled-side": str(scaled),
        "discern.architecture": "tiny",
        "discern.method": "ce",
        "discern.temperature": str(temperature),
        "discern.provenance.dataFingerprint": "0123",
        "discern.version": "0.1.0",
    }
    if not several:
        metadata["discern.class-ids"] = "\n".join(f"id{k}" for k in range(classes))
        metadata["discern.conformity"] = ",".join(str(s) for s in CONFORMITY)
    helper.set_model_props(model, metadata)
    onnx.checker.check_model(model, full_check=True)
    return model


def image(height, width, channels):
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(channels), indexing="ij")
    return ((37 * y + 11 * x + 89 * c + (x * y) % 23) % 256).astype(np.uint8)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "small": network(5, False, 3, 32, 32, 0.875, "linear"),
        "cubic": network(4, False, 3, 24, 24, 1.0, "cubic"),
        "several": network(3, True, 3, 32, 32, 0.9, "linear"),
        "gray": network(3, False, 1, 28, 28, 1.0, "linear"),
    }
    golden = []
    for name, model in files.items():
        onnx.save(model, folder / f"{name}.onnx")
        session = onnxruntime.InferenceSession(folder / f"{name}.onnx")
        channels = 1 if name == "gray" else 3
        for height, width in ((32, 32), (40, 57), (61, 44), (24, 24), (28, 28), (37, 37), (20, 90)):
            probabilities, logits = session.run(None, {"images": image(height, width, channels)[None]})
            golden.append({"file": name, "height": height, "width": width, "probabilities": probabilities[0].tolist()})
    foreign = files["small"]
    del foreign.metadata_props[:]
    onnx.save(foreign, folder / "foreign.onnx")
    made = f"tools/golden/runtime.py, onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}, numpy {np.__version__}"
    (folder / "golden.json").write_text(json.dumps({"made": made, "cases": golden}) + "\n")
