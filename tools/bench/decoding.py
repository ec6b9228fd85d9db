"""Prints how many photographs per second torchvision on Pillow decodes, crops and flips on one core:
the peer of the bench module's Decoding. Needs torch, torchvision and Pillow.

  python3 tools/bench/decoding.py FOLDER [IMAGES]
"""
import pathlib
import sys
import time

import torch
import torchvision.transforms as T
from PIL import Image

torch.set_num_threads(1)
torch.manual_seed(0)
count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
files = sorted(p for p in pathlib.Path(sys.argv[1]).rglob("*") if p.suffix.lower() in (".jpg", ".jpeg"))[:count]
view = T.Compose([T.RandomResizedCrop(224), T.RandomHorizontalFlip(), T.PILToTensor()])


def images_per_second():
    start = time.perf_counter()
    for file in files:
        with Image.open(file) as image:
            view(image.convert("RGB"))
    return len(files) / (time.perf_counter() - start)


images_per_second()
print(f"{images_per_second():.1f}")
