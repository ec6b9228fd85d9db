#!/usr/bin/env python3
"""Writes core/src/test/resources/golden/gradcam.json, pytorch-grad-cam's heat maps for GradCamTest.

    python3 -m venv venv && venv/bin/pip install timm==1.0.31 torch==2.15.0 torchvision==0.29.2 grad-cam==1.5.7
    venv/bin/python tools/golden/gradcam.py core/src/test/resources/golden/gradcam.json

Neither the build nor the tests need any of them. Weights and images follow from a formula, as in
models.py. For one network per family, evaluation mode, one image of the named shape and several classes:

- raw: equations 1 and 2 of Selvaraju et al. (2017), by GradCAM.get_cam_image and ReLU, at the map's resolution;
- scaled: GradCAM's own result, scaled to [0, 1] by its minimum and maximum, without enlargement.

The map explained is the last one before global pooling. float32, one thread.
"""

import importlib.metadata
import json
import pathlib
import platform
import sys

import numpy as np
import timm
import torch
from pytorch_grad_cam import GradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

import models

LAYERS = {
    "resnet18": lambda m: m.layer4[-1],
    "densenet121": lambda m: m.features.norm5,
    "mobilenetv3_small_100": lambda m: m.blocks[-1],
    "efficientnet_lite0": lambda m: m.bn2,
    "convnext_atto": lambda m: m.stages[-1],
    "shufflenet_v2_x1_0": lambda m: m.conv5,
}
SHAPE = (1, 3, 160, 128)
CLASSES = (0, 3, 7)


class Small(GradCAM):
    """GradCAM without enlargement to the image."""

    def get_target_width_height(self, input_tensor):
        return None

    def get_cam_image(self, *arguments, **named):
        self.raw = super().get_cam_image(*arguments, **named)
        return self.raw


def heat(model, layer, images, label):
    with Small(model=model, target_layers=[layer]) as cam:
        scaled = cam(input_tensor=images, targets=[ClassifierOutputTarget(label)])
        raw = np.maximum(cam.raw, 0)
    return {
        "class": label,
        "height": raw.shape[1],
        "width": raw.shape[2],
        "raw": [float(f"{v:.7g}") for v in raw.ravel()],
        "scaled": [float(f"{v:.7g}") for v in scaled.ravel()],
    }


def case(name):
    model = models.load(models.create(name)).eval()
    images = models.fill("input", SHAPE)
    layer = LAYERS[name](model)
    heats = [heat(model, layer, images, label) for label in CLASSES]
    largest = [max(h["raw"]) for h in heats]
    print(f"{name:24}", " ".join(f"{v:8.4f}" for v in largest), flush=True)
    return {"model": name, "input": list(SHAPE), "heats": heats}


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    header = (
        f"Written by tools/golden/gradcam.py with Python {platform.python_version()}, numpy {np.__version__},"
        f" torch {torch.__version__}, timm {timm.__version__} and grad-cam"
        f" {importlib.metadata.version('grad-cam')}."
    )
    cases = ",\n".join(json.dumps(case(name), separators=(",", ":")) for name in LAYERS)
    text = f'{{"header": {json.dumps(header)},\n"cases": [\n{cases}\n]}}\n'
    pathlib.Path(sys.argv[1]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
