#!/usr/bin/env python3
"""Reads exports of every architecture and every method with tools that nobody here wrote.

    python3 -m venv venv && venv/bin/pip install onnx==1.23.2 onnxruntime==1.32.0 torch==2.15.0 timm==1.0.31 \\
        safetensors numpy pillow
    mvn -q -pl core test-compile dependency:build-classpath -Dmdep.outputFile=/tmp/cp -Dmdep.includeScope=test
    java -cp core/target/test-classes:core/target/classes:$(cat /tmp/cp) dev.discern.onnx.PythonFixtures /tmp/exports
    venv/bin/python tools/export/check.py /tmp/exports

Neither the build nor the tests need any of them. For each network: onnx.checker with shape inference, ONNX
Runtime on images of the network's size and on others that the graph scales, float16, and, where timm has the
network, timm.create_model(checkpoint_path=...). Then ONNX Runtime's Resize, as the exports use it, against
Pillow's. Fails where a difference is above its bound.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
import PIL.Image
import timm
import torch
from onnx import TensorProto, helper
from safetensors.numpy import load_file

BOUND = 1e-4
PATH_BOUND = 5e-3
HALF_BOUND = 2e-2


def run(file, images, output="probabilities"):
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    return session.run([output], {"images": images})[0]


def largest(a, b):
    return float(np.abs(a.astype(np.float64) - b.astype(np.float64)).max())


def of_timm(folder, inputs):
    config = json.loads((folder / "config.json").read_text())
    model = timm.create_model(
        config["architecture"],
        num_classes=config["num_classes"],
        checkpoint_path=str(folder / "model.safetensors"),
        **config["model_args"],
    ).eval()
    cfg = config["pretrained_cfg"]
    mean, std = (np.array(cfg[k], np.float32) for k in ("mean", "std"))
    x = (inputs.astype(np.float32) / 255 - mean) / std
    with torch.no_grad():
        return model(torch.from_numpy(x.transpose(0, 3, 1, 2).copy())).softmax(1).numpy()


def check(folder):
    onnx.checker.check_model(str(folder / "model.onnx"), full_check=True)
    onnx.checker.check_model(str(folder / "float16.onnx"), full_check=True)
    data = load_file(folder / "images.safetensors")
    p = data["probabilities"]
    found = {
        "network": largest(run(folder / "model.onnx", data["inputs"]), p),
        "path": largest(run(folder / "model.onnx", data["raw"]), p),
        "float16": largest(run(folder / "float16.onnx", data["inputs"]), p),
    }
    bounds = {"network": BOUND, "path": PATH_BOUND, "float16": HALF_BOUND, "timm": BOUND}
    if (folder / "timm").exists():
        found["timm"] = largest(of_timm(folder / "timm", data["inputs"]), p)
    print(f"{folder.name:32}", *(f"{k} {v:.1e}" for k, v in found.items()), flush=True)
    bad = [k for k, v in found.items() if not v <= bounds[k]]
    if bad:
        print("  ABOVE ITS BOUND:", *bad)
    return found, bad


def resize(pixels, height, width, mode):
    x = helper.make_tensor_value_info("x", TensorProto.UINT8, [1, 3, None, None])
    y = helper.make_tensor_value_info("y", TensorProto.UINT8, [1, 3, height, width])
    sizes = helper.make_tensor("sizes", TensorProto.INT64, [4], [1, 3, height, width])
    node = helper.make_node(
        "Resize", ["x", "", "", "sizes"], ["y"], mode=mode, antialias=1, exclude_outside=1, cubic_coeff_a=-0.5
    )
    graph = helper.make_graph([node], "resize", [x], [y], [sizes])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    return session.run(None, {"x": pixels.transpose(2, 0, 1)[None]})[0][0].transpose(1, 2, 0)


def check_resize():
    random = np.random.default_rng(1)
    filters = {"linear": PIL.Image.Resampling.BILINEAR, "cubic": PIL.Image.Resampling.BICUBIC}
    for mode, pillow in filters.items():
        values = unequal = most = 0
        for _ in range(100):
            h, w, height, width = random.integers(1, 300, 4).tolist()
            pixels = random.integers(0, 256, (h, w, 3), dtype=np.uint8)
            expected = np.asarray(PIL.Image.fromarray(pixels).resize((width, height), pillow), np.int32)
            difference = np.abs(resize(pixels, height, width, mode).astype(np.int32) - expected)
            values += difference.size
            unequal += int((difference > 0).sum())
            most = max(most, int(difference.max()))
        print(f"Resize {mode}: {unequal} of {values} values differ from Pillow {PIL.__version__}, by at most {most}")


def main():
    torch.set_num_threads(1)
    print(f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}, torch {torch.__version__}, timm {timm.__version__}")
    folders = sorted(p for p in pathlib.Path(sys.argv[1]).iterdir() if p.is_dir())
    results = [check(folder) for folder in folders]
    for key in ("network", "path", "float16", "timm"):
        values = [found[key] for found, _ in results if key in found]
        print(f"{key}: {len(values)} networks, largest difference {max(values):.1e}")
    check_resize()
    sys.exit(any(bad for _, bad in results))


if __name__ == "__main__":
    main()
