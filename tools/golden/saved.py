#!/usr/bin/env python3
"""Saves three of timm's networks the way its users do, for reading them with Discern by hand.

    python tools/golden/saved.py FOLDER

Requires what models.py requires, and safetensors and huggingface_hub. Nothing of it is committed. Weights
are random (torch.manual_seed), running statistics included; 10 classes. Per architecture, in FOLDER/NAME:

- state.pt, legacy.pt: the state dict by torch.save, as a zip and in the format before PyTorch 1.6;
- checkpoint.pth.tar: a training checkpoint of timm, {"state_dict": ..., "arch": ..., "epoch": ...};
- state.safetensors;
- hub/: timm.models.save_for_hf, as timm uploads: config.json, model.safetensors and pytorch_model.bin;
- expected.json: the logits for the images of formula.py named "input".
"""

import json
import pathlib
import sys

import safetensors.torch
import timm
import torch

import formula

NAMES = ["resnet18", "tf_efficientnet_lite0", "convnext_atto"]
SHAPE = (2, 3, 79, 97)


def randomized(name):
    torch.manual_seed(0)
    model = timm.create_model(name, num_classes=10).eval()
    for key, tensor in model.state_dict().items():
        if key.endswith("running_var"):
            tensor.uniform_(0.5, 1.5)
        elif key.endswith("num_batches_tracked"):
            tensor.fill_(7)
        elif tensor.dim() == 1:
            # Among them: weights of norms and ConvNeXt's gamma, which start at 0 and 1e-6.
            tensor.add_(torch.randn_like(tensor), alpha=0.2)
    return model


def save(name, folder):
    folder.mkdir(parents=True, exist_ok=True)
    model = randomized(name)
    state = model.state_dict()
    torch.save(state, folder / "state.pt")
    torch.save(state, folder / "legacy.pt", _use_new_zipfile_serialization=False)
    checkpoint = {"epoch": 3, "arch": name, "state_dict": state, "metric": 0.5}
    torch.save(checkpoint, folder / "checkpoint.pth.tar")
    safetensors.torch.save_file(state, folder / "state.safetensors")
    timm.models.save_for_hf(model, folder / "hub", safe_serialization="both")
    images = torch.from_numpy(formula.fill("input", SHAPE))
    expected = {"arch": name, "input": list(SHAPE), "logits": model(images).tolist()}
    (folder / "expected.json").write_text(json.dumps(expected) + "\n", encoding="utf-8")
    files = ", ".join(sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()))
    print(f"{folder}: {files}; largest logit {model(images).abs().max():.3f}")


def main():
    torch.set_num_threads(1)
    with torch.no_grad():
        for name in NAMES:
            save(name, pathlib.Path(sys.argv[1]) / name)


if __name__ == "__main__":
    main()
