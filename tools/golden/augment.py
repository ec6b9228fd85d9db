#!/usr/bin/env python3
"""Writes the golden images for core's tests of augmentation and mixing.

    python3 tools/golden/augment.py core/src/test/resources/golden/augment.json

Made with Python 3.11.7, torch 2.15.0, torchvision 0.29.2 and Pillow 13.0.0. Neither the build nor
the tests need any of them.

Every image comes from torchvision's functional operations on Pillow images, and every mixed batch
from torchvision's v2 transforms, with their random draws replaced by the numbers in the file. Images
are base64-encoded rows of interleaved channels.
"""

import base64
import json
import math
import platform
import sys

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image
from torchvision.transforms import functional as F
from torchvision.transforms import v2
from torchvision.transforms.autoaugment import RandAugment, TrivialAugmentWide, _apply_op

NEAREST = v2.InterpolationMode.NEAREST
LEVELS = 31


# ---- inputs: closed formulas that need no random generator; all are written into the file


def pattern(height, width, channels, low=0, high=255):
    """Smooth in places and busy in others, and of every color."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(channels), indexing="ij")
    wave = 0.5 + 0.5 * np.sin(1.3 * x + 0.37 * y * y + 2.1 * c + 0.05 * x * y * (c + 1))
    return np.rint(low + (high - low) * wave).astype(np.uint8)


IMAGES = {
    "rgb": pattern(9, 7, 3),
    "gray": pattern(9, 7, 1),
    "dull": pattern(8, 8, 3, 60, 130),
    "dull-gray": pattern(6, 11, 1, 90, 200),
    "flat": np.full((4, 5, 3), (10, 130, 250), np.uint8),
    "flat-gray": np.full((3, 3, 1), 77, np.uint8),
    "pixel": np.array([[[200, 30, 90]]], np.uint8),
    "strip": pattern(2, 9, 3),
}
LARGE = {"large": pattern(24, 20, 3), "large-gray": pattern(21, 26, 1, 40, 220)}


def to_pil(array):
    return Image.fromarray(array[:, :, 0] if array.shape[2] == 1 else array)


def encoded(image):
    return base64.b64encode(np.asarray(image, dtype=np.uint8).tobytes()).decode("ascii")


def described(array):
    height, width, channels = array.shape
    return {"height": height, "width": width, "channels": channels, "pixels": encoded(array)}


# ---- single operations


def operations():
    rows = []
    for factor in (0.0, 0.37, 0.7, 1.0, 1.4, 2.3):
        rows.append(("brightness", factor, lambda im, v: F.adjust_brightness(im, v)))
        rows.append(("contrast", factor, lambda im, v: F.adjust_contrast(im, v)))
        rows.append(("saturation", factor, lambda im, v: F.adjust_saturation(im, v)))
        rows.append(("sharpness", factor, lambda im, v: F.adjust_sharpness(im, v)))
    for shift in (-0.5, -0.13, 0.0, 0.004, 0.2, 0.5):
        rows.append(("hue", shift, lambda im, v: F.adjust_hue(im, v)))
    for bits in (1, 4, 8):
        rows.append(("posterize", bits, lambda im, v: F.posterize(im, int(v))))
    for threshold in (0.0, 93.5, 128.0, 255.0):
        rows.append(("solarize", threshold, lambda im, v: F.solarize(im, v)))
    rows.append(("invert", 0, lambda im, v: F.invert(im)))
    rows.append(("auto-contrast", 0, lambda im, v: F.autocontrast(im)))
    rows.append(("equalize", 0, lambda im, v: F.equalize(im)))
    rows.append(("flip", 0, lambda im, v: F.hflip(im)))
    for angle in (0.0, 4.5, 30.0, 90.0, -90.0, 117.0, 180.0, -135.0):
        rows.append(("rotate", angle, lambda im, v: F.rotate(im, v, NEAREST)))
    return rows


def golden_operations():
    cases = []
    for name, value, function in operations():
        for key, array in IMAGES.items():
            result = function(to_pil(array), value)
            cases.append([name, value, key, encoded(result)])
    for name in ("equalize", "sharpness"):
        function = F.equalize if name == "equalize" else lambda im: F.adjust_sharpness(im, 1.8)
        for key, array in LARGE.items():
            cases.append([name, 1.8, key, encoded(function(to_pil(array)))])
    return cases


# ---- the spaces of TrivialAugment and RandAugment, and their operations at each magnitude


def plain(space):
    return {
        name: [[float(v) for v in magnitudes.reshape(-1)], signed]
        for name, (magnitudes, signed) in space.items()
    }


def golden_policies():
    return {
        "wide": plain(TrivialAugmentWide()._augmentation_space(LEVELS)),
        "rand": {
            f"{h}x{w}": plain(RandAugment()._augmentation_space(LEVELS, (h, w)))
            for h, w in ((32, 32), (224, 160))
        },
    }


def golden_policy_operations():
    cases = []
    space = TrivialAugmentWide()._augmentation_space(LEVELS)
    for name, (magnitudes, signed) in space.items():
        levels = (0, 7, 18, 30) if magnitudes.ndim else (0,)
        for level in levels:
            size = float(magnitudes[level]) if magnitudes.ndim else 0.0
            for magnitude in (size, -size) if signed else (size,):
                for key in ("dull", "gray"):
                    result = _apply_op(to_pil(IMAGES[key]), name, magnitude, NEAREST, None)
                    cases.append([name, magnitude, key, encoded(result)])
    return cases


# ---- sizes and rectangles


def golden_center_crops():
    """The scaled size and the offset of the crop that Resize and CenterCrop compute."""
    cases = []
    for size, ratio in ((224, 0.875), (32, 1.0), (33, 0.9), (7, 0.6), (1, 0.5)):
        for height, width in (
            (400, 533), (533, 400), (100, 100), (31, 45), (257, 256), (5, 11), (3, 12), (1, 1),
        ):
            resized = F._compute_resized_output_size((height, width), [math.floor(size / ratio + 0.5)])
            seen = []
            original, F.crop = F.crop, lambda img, *box: seen.append(box)
            try:
                F.center_crop(Image.new("L", tuple(resized[::-1])), [size, size])
            finally:
                F.crop = original
            top, left = seen[0][:2]
            cases.append([size, ratio, height, width, *resized, top, left])
    return cases


def golden_fallback_crops():
    """The rectangle of RandomResizedCrop if no random one fits."""
    cases = []
    for height, width in ((10, 10), (10, 100), (100, 10), (7, 33), (33, 8), (3, 4), (1, 50)):
        never = v2.RandomResizedCrop(1, scale=(50.0, 50.0))
        box = never.make_params([Image.new("L", (width, height))])
        cases.append([height, width, box["top"], box["left"], box["height"], box["width"]])
    return cases


# ---- batch mixing


def fixed(transform, lam, columns_and_rows=()):
    """The transform, with its random draws replaced."""
    draws = list(columns_and_rows)
    transform._dist = type("Fixed", (), {"sample": lambda self, shape: torch.tensor(lam)})()
    original = torch.randint
    torch.randint = lambda high, size: torch.tensor([draws.pop(0)])
    return transform, original


def golden_mixes():
    count, channels, height, width, classes = 3, 2, 4, 6, 4
    volume = count * channels * height * width
    images = torch.tensor([math.sin(0.7 * i + 0.01 * i * i) for i in range(volume)])
    images = images.reshape(count, channels, height, width)
    labels = torch.tensor([2, 0, 3])
    cases = []
    for kind, lam, at in (
        ("mixup", 1.0, ()), ("mixup", 0.3, ()), ("mixup", 0.0, ()),
        ("cutmix", 0.3, (2, 1)), ("cutmix", 0.6, (5, 3)), ("cutmix", 0.85, (3, 2)),
        ("cutmix", 0.0, (0, 0)), ("cutmix", 1.0, (1, 1)),
    ):
        maker = v2.MixUp if kind == "mixup" else v2.CutMix
        transform, original = fixed(maker(num_classes=classes), lam, at)
        try:
            mixed, targets = transform(images, labels)
        finally:
            torch.randint = original
        cases.append(
            {
                "kind": kind,
                "lambda": lam,
                "column": at[0] if at else 0,
                "row": at[1] if at else 0,
                "images": [round(float(v), 7) for v in mixed.reshape(-1)],
                "targets": [round(float(v), 7) for v in targets.reshape(-1)],
            }
        )
    return {
        "shape": [count, channels, height, width],
        "images": [round(float(v), 7) for v in images.reshape(-1)],
        "labels": labels.tolist(),
        "classes": classes,
        "permutation": [count - 1] + list(range(count - 1)),
        "cases": cases,
    }


def main():
    document = {
        "header": {
            "made by": "tools/golden/augment.py",
            "python": platform.python_version(),
            "torchvision": torchvision.__version__.split("+")[0],
            "Pillow": PIL.__version__,
            "operation": "[name, value, image, expected pixels]",
            "policyOperation": "[torchvision's name, magnitude, image, expected pixels]",
            "centerCrop": "[size, ratio, height, width, scaled height, scaled width, top, left]",
            "fallbackCrop": "[height, width, top, left, crop height, crop width]",
        },
        "images": {key: described(array) for key, array in {**IMAGES, **LARGE}.items()},
        "operations": golden_operations(),
        "policies": golden_policies(),
        "policyOperations": golden_policy_operations(),
        "centerCrops": golden_center_crops(),
        "fallbackCrops": golden_fallback_crops(),
        "mixes": golden_mixes(),
    }
    with open(sys.argv[1], "w") as out:
        parts = []
        for key, value in document.items():
            if isinstance(value, list):
                rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in value)
                parts.append(f"{json.dumps(key)}: [\n{rows}\n]")
            else:
                parts.append(f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}")
        out.write("{\n" + ",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    main()
