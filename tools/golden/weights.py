#!/usr/bin/env python3
"""Writes the weight files for core's tests, and what they hold.

    python3 tools/golden/weights.py core/src/test/resources/weights

Made with Python 3.11, PyTorch 2.15.0 and safetensors 0.8.0. Neither the build nor the tests need any
of them. The keys of storages in legacy files are addresses, which differ from run to run.

expected.json has, for each file, the name, dtype, shape and values of every tensor in the order of
the file, the metadata, and the keys that were
unwrapped. Its hostile pickles must be refused by the given name.
"""

import collections
import io
import json
import os
import pathlib
import pickle
import struct
import subprocess
import sys

import torch
from safetensors.torch import save

NAMES = {
    torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16",
    torch.int64: "I64", torch.int32: "I32", torch.int16: "I16", torch.int8: "I8",
    torch.uint8: "U8", torch.bool: "BOOL",
}


def values(*shape):
    count = 1
    for side in shape:
        count *= side
    return (torch.arange(count, dtype=torch.float32) / 8 - 1).reshape(shape)


def state():
    """Every dtype and every way for a tensor to lie in its storage."""
    shared = values(12)
    table = values(4, 3)
    return collections.OrderedDict(
        [
            ("conv.weight", torch.nn.Parameter(values(2, 3, 2, 2))),
            ("conv.channelsLast", values(2, 3, 2, 2).contiguous(memory_format=torch.channels_last)),
            ("shared.first", shared[:4]),
            ("shared.second", shared[4:].view(2, 4)),
            ("shared.whole", shared),
            ("transposed", table.t()),
            ("column", table[:, 1]),
            ("everyOther", shared[1::2]),
            ("scalar", torch.tensor(2.5)),
            ("empty", torch.zeros(0, 3)),
            ("bn.num_batches_tracked", torch.tensor(7)),
            ("half", values(3).half()),
            ("bfloat", values(3).bfloat16()),
            ("double", values(3).double() / 3),
            ("int", torch.tensor([-3, 2**30], dtype=torch.int32)),
            ("short", torch.tensor([-3, 300], dtype=torch.int16)),
            ("char", torch.tensor([-3, 100], dtype=torch.int8)),
            ("byte", torch.tensor([3, 200], dtype=torch.uint8)),
            ("bool", torch.tensor([True, False, True])),
            ("größe", values(2)),
        ]
    )


def small(offset=0.0):
    return collections.OrderedDict(
        [("fc.weight", values(2, 3) + offset), ("fc.bias", torch.nn.Parameter(values(2) - offset))]
    )


def described(tensors):
    return [
        {
            "name": name,
            "dtype": NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "values": tensor.detach().double().flatten().tolist(),
        }
        for name, tensor in tensors.items()
    ]


def saved(value, legacy=False, protocol=2):
    out = io.BytesIO()
    torch.save(value, out, _use_new_zipfile_serialization=not legacy, pickle_protocol=protocol)
    return out.getvalue()


def with_metadata(tensors):
    tensors._metadata = collections.OrderedDict([("", {"version": 1}), ("fc", {"version": 2})])
    return tensors


FILES = {}
EXPECTED = {"files": {}, "hostile": {}}


def add(name, content, tensors, format, metadata=None, path=()):
    FILES[name] = content
    EXPECTED["files"][name] = {
        "format": format,
        "tensors": described(tensors),
        "metadata": metadata or {},
        "path": list(path),
    }


def both(stem, value, tensors, metadata=None, path=(), protocols=(2,)):
    for protocol in protocols:
        end = "" if protocol == 2 else f"-protocol{protocol}"
        add(f"{stem}{end}.zip.pt", saved(value, False, protocol), tensors, "TORCH_ZIP", metadata, path)
        add(f"{stem}{end}.legacy.pt", saved(value, True, protocol), tensors, "TORCH_LEGACY", metadata, path)


def good():
    both("state", state(), state(), protocols=(2, 3, 4, 5))
    both("metadata", with_metadata(small()), small())
    both(
        "ema",
        {
            "epoch": 90, "arch": "resnet18", "best_acc1": torch.tensor(76.5), "done": False,
            "lr": 0.5, "state_dict": small(), "state_dict_ema": small(1),
            "optimizer": {"state": {0: {"step": 1, "exp_avg": values(2)}}, "param_groups": [{"lr": 0.1, "betas": (0.9, 0.99)}]},
            "dtype": torch.float16, "device": torch.device("cuda:0"), "size": torch.Size([1, 2]),
            "set": {1, 2}, "none": None, "huge": 2**70,
        },
        small(1),
        {"epoch": "90", "arch": "resnet18", "done": "false", "lr": "0.5", "huge": str(2**70), "dtype": "torch.float16", "device": "cuda:0"},
        ["state_dict_ema"],
        protocols=(2, 4),
    )
    both("model", {"model": "resnet18", "model_state_dict": small()}, small(), {"model": "resnet18"}, ["model_state_dict"])
    both("nested", {"model": {"state_dict": small()}}, small(), None, ["model", "state_dict"])
    both("net", {"net": dict(small()), "acc": 93.5}, small(), {"acc": "93.5"}, ["net"])
    both(
        "parallel",
        {"state_dict": collections.OrderedDict((f"module.{k}", v) for k, v in small().items())},
        small(),
        None,
        ["state_dict"],
    )
    plain = {name: tensor.detach().contiguous().clone() for name, tensor in state().items()}
    content = save(plain, {"format": "pt"})
    order = [n for n in json.loads(content[8 : 8 + struct.unpack("<Q", content[:8])[0]]) if n != "__metadata__"]
    add("state.safetensors", content, {n: plain[n] for n in order}, "SAFETENSORS", {"format": "pt"})


class Call:
    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


class Evil:
    """Pickled as an instance: NEWOBJ and BUILD."""

    def __init__(self):
        self.command = "echo"


def hostile():
    import numpy

    calls = {
        "os.system": (Call(os.system, "echo"), "posix.system"),
        "eval": (Call(eval, "1"), "builtins.eval"),
        "subprocess": (Call(subprocess.Popen, ["echo"]), "subprocess.Popen"),
        "numpy": (numpy.array([{}], dtype=object), "_reconstruct"),
        "instance": (Evil(), "__main__.Evil"),
        "getattr": (Call(getattr, "a", "b"), "builtins.getattr"),
        "bytearray": (Call(bytearray, 10), "builtins.bytearray"),
    }
    for name, (value, refused) in calls.items():
        for protocol in (0, 1, 2, 4, 5):
            places = {
                "top": value,
                "value": {"state_dict": small_plain(), "x": value},
                "metadata": {"state_dict": {"fc.weight": [1, (2, {"y": value})]}},
            }
            for place, content in places.items():
                # Before protocol 2, a function makes every instance.
                by = "copyreg._reconstructor" if name == "instance" and protocol < 2 else refused
                key = f"{name}-{place}-{protocol}"
                pickled = pickle.dumps(content, protocol, fix_imports=False)
                EXPECTED["hostile"][key] = {"refused": by, "pickle": pickled.hex()}


def small_plain():
    return {"fc.bias": [1.0, 2.0]}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    good()
    hostile()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    parts = (
        f'"{part}": {{\n' + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in values.items()) + "\n}"
        for part, values in EXPECTED.items()
    )
    (folder / "expected.json").write_text("{" + ",\n".join(parts) + "}\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
