#!/usr/bin/env python3
"""Writes core/src/test/resources/golden/models/, the golden values for the networks of dev.discern.model.

    python3 -m venv venv && venv/bin/pip install timm==1.0.31 torch==2.15.0 torchvision==0.29.2
    venv/bin/python tools/golden/models.py core/src/test/resources/golden/models [MODEL...]

Neither the build nor the tests need any of them. Every tensor of a model, every image and the weights of
the loss come from formula.py, so the files hold no weights: only names, shapes and what the model makes
of them. Each file holds, for one model of timm or torchvision with 10 classes,

- tensors: the state dict's names, as a tree in its order, with their shapes (num_batches_tracked left out);
- cases: logits in evaluation mode, and the shape, the mean and a few values of forward_features;
- training, for one model per family and in float64: logits with batch statistics, loss = sum(logits *
  cotangent), its gradient per parameter in the tree's order as [sum, sum of magnitudes, first value, second
  value], and the running statistics after that step of the first and the last norm, as [sum, first value,
  second value];
- defaults, the preprocessing of the published weights, and macs, the multiply-adds of convolutions, linear
  layers and attention for one image of that size.

The script prints the logits' largest magnitude and deviation, the deviation of their difference between two
images relative to that, how far they move when every other value of the first or last weight before the
classifier grows by 1 %, how far float32 is from float64, and the same for gradients, relative to their sum of
magnitudes. Everything but training runs in float32, on one thread.
"""

import copy
import json
import math
import pathlib
import platform
import sys

import numpy as np
import timm
import torch
import torchvision
from timm.layers import Attention
from torch import nn

import formula

TIMM = """resnet18 resnet34 resnet50 resnet101 resnext50_32x4d wide_resnet50_2 seresnet50 densenet121
mobilenetv2_100 mobilenetv3_small_100 mobilenetv3_large_100 efficientnet_b0 efficientnet_lite0
tf_efficientnet_lite0 tf_efficientnet_lite1 tf_efficientnet_lite2 tf_efficientnet_lite3
tf_efficientnet_lite4 convnext_atto convnext_femto convnext_pico convnext_nano convnext_tiny
vit_tiny_patch16_224 vit_small_patch16_224""".split()
SHUFFLENET = "shufflenet_v2_x1_0"
TRAINED = """resnet18 resnext50_32x4d seresnet50 densenet121 mobilenetv2_100 mobilenetv3_small_100
efficientnet_b0 tf_efficientnet_lite0 convnext_atto vit_tiny_patch16_224""".split() + [SHUFFLENET]
CLASSES = 10
ZERO = 1e-9  # A gradient of smaller magnitudes is 0: that of a shift which the next norm removes.
FORMULA = [
    ("input", [2, 3, 5, 7]),
    ("cotangent", [4, 10]),
    ("ü", [3]),
    ("conv1.weight", [64, 3, 7, 7]),
    ("layer1.0.conv2.weight", [64, 64, 3, 3]),
    ("layer4.0.conv2.weight", [512, 512, 3, 3]),
    ("layer1.0.conv3.weight", [256, 64, 1, 1]),
    ("layer1.0.se.fc1.weight", [16, 256, 1, 1]),
    ("layer1.0.se.fc2.bias", [256]),
    ("features.denseblock1.denselayer1.conv2.weight", [32, 128, 3, 3]),
    ("blocks.1.0.conv_pw.weight", [96, 16, 1, 1]),
    ("blocks.1.0.conv_dw.weight", [96, 1, 3, 3]),
    ("blocks.1.0.se.conv_reduce.weight", [4, 96, 1, 1]),
    ("blocks.1.0.se.conv_expand.bias", [96]),
    ("stage2.0.branch1.2.weight", [58, 24, 1, 1]),
    ("stage2.0.branch2.5.weight", [58, 58, 1, 1]),
    ("blocks.0.attn.qkv.weight", [576, 192]),
    ("classifier.weight", [10, 1280]),
    ("head.fc.weight", [10, 320]),
    ("fc.bias", [10]),
    ("bn1.weight", [64]),
    ("bn1.bias", [64]),
    ("bn1.running_mean", [64]),
    ("bn1.running_var", [64]),
    ("stages.0.blocks.0.gamma", [40]),
    ("cls_token", [1, 1, 192]),
    ("pos_embed", [1, 197, 192]),
]
HEADER = (
    f"Written by tools/golden/models.py with Python {platform.python_version()}, numpy {np.__version__},"
    f" torch {torch.__version__}, timm {timm.__version__} and torchvision {torchvision.__version__}."
)


def create(name):
    if name == SHUFFLENET:
        return torchvision.models.shufflenet_v2_x1_0(num_classes=CLASSES)
    options = {"dynamic_img_size": True} if name.startswith("vit") else {}
    return timm.create_model(name, num_classes=CLASSES, **options)


def fill(name, shape):
    return torch.from_numpy(formula.fill(name, tuple(shape)))


def states(model):
    return {n: t for n, t in model.state_dict().items() if not n.endswith("num_batches_tracked")}


def load(model):
    tensors = {n: fill(n, t.shape) for n, t in states(model).items()}
    model.load_state_dict(tensors, strict=False)
    return model


def classifier(name, model):
    return "fc" if name == SHUFFLENET else model.default_cfg["classifier"]


def features(name, model, images):
    if name != SHUFFLENET:
        return model.forward_features(images)
    x = model.maxpool(model.conv1(images))
    return model.conv5(model.stage4(model.stage3(model.stage2(x))))


def defaults(name, model):
    if name == SHUFFLENET:
        t = torchvision.models.ShuffleNet_V2_X1_0_Weights.IMAGENET1K_V1.transforms()
        size, crop = t.crop_size[0], t.crop_size[0] / t.resize_size[0]
        mean, std, interpolation = t.mean, t.std, t.interpolation.value
    else:
        c = model.default_cfg
        size, crop = c["input_size"][1], c["crop_pct"]
        mean, std, interpolation = c["mean"], c["std"], c["interpolation"]
    names = ("imageSize", "crop", "mean", "std", "interpolation")
    return dict(zip(names, (size, crop, list(mean), list(std), interpolation)))


def multiply_adds(model, size):
    total = 0

    def count(module, inputs, output):
        nonlocal total
        if isinstance(module, Attention):
            tokens = inputs[0].shape[1]
            total += 2 * tokens * tokens * module.attn_dim
        else:
            total += output.numel() * math.prod(module.weight.shape[1:])

    layers = [m for m in model.modules() if isinstance(m, (nn.Conv2d, nn.Linear, Attention))]
    hooks = [m.register_forward_hook(count) for m in layers]
    model(fill("input", (1, 3, size, size)))
    for hook in hooks:
        hook.remove()
    return total


def tree(tensors):
    root = {}
    for name, tensor in tensors.items():
        *path, leaf = name.split(".")
        node = root
        for part in path:
            node = node.setdefault(part, {})
        node[leaf] = list(tensor.shape)
    return root


def shortest(tensor):
    """The shortest decimals that read back as the same float32."""
    if tensor.dim():
        return [shortest(t) for t in tensor]
    return float(str(np.float32(tensor.item())))


def digits(value):
    return float(f"{value:.7g}") if abs(value) > ZERO else 0.0


def summary(tensor, magnitudes):
    flat = tensor.detach().double().flatten()
    sums = [flat.sum(), flat.abs().sum()] if magnitudes else [flat.sum()]
    return [digits(v.item()) for v in [*sums, *flat[:2]]]


def case(name, model, shape):
    images = fill("input", shape)
    x = features(name, model, images)
    values = x.flatten()
    return {
        "input": list(shape),
        "logits": shortest(model(images)),
        "features": {
            "shape": list(x.shape),
            "mean": digits(values.double().mean().item()),
            "first": shortest(values[:4]),
            "last": shortest(values[-4:]),
        },
    }


def step(model, images):
    model.train()
    logits = model(images)
    loss = (logits * fill("cotangent", logits.shape).to(logits.dtype)).sum()
    loss.backward()
    return logits.detach(), loss.item()


def training(model):
    """Float64: in float32, rounding decides which side of a ReLU's kink a few activations lie on."""
    double = copy.deepcopy(model).double()
    shape = (4, 3, 64, 64)
    logits, loss = step(double, fill("input", shape).double())
    norms = [n for n, m in double.named_modules() if isinstance(m, nn.BatchNorm2d)]
    state = double.state_dict()
    running = [f"{n}.{k}" for n in norms[:1] + norms[-1:] for k in ("running_mean", "running_var")]
    return {
        "input": list(shape),
        "logits": [[digits(v) for v in row] for row in logits.tolist()],
        "loss": digits(loss),
        "gradients": [summary(p.grad, True) for p in double.parameters()],
        "running": {n: summary(state[n], False) for n in running},
    }, double


def moved(model, weight, images):
    before = model(images)
    saved = weight.clone()
    weight.view(-1)[::2] *= 1.01
    after = model(images)
    weight.copy_(saved)
    return (after - before).abs().max().item()


def gradient_error(model, double):
    """The largest error of a gradient in float32, as a part of its sum of magnitudes."""
    step(model, fill("input", (4, 3, 64, 64)))
    pairs = [(p.grad, q.grad) for p, q in zip(model.parameters(), double.parameters())]
    return max(((g - h).abs().sum() / h.abs().sum()).item() for g, h in pairs if h.abs().sum() > ZERO)


def report(name, model, shape, size):
    """A row of the table that shows that the values depend on the images and on the layers."""
    images = fill("input", shape)
    logits = model(images)
    weights = [
        m.weight
        for n, m in model.named_modules()
        if isinstance(m, (nn.Conv2d, nn.Linear)) and n != classifier(name, model)
    ]
    double = (logits - copy.deepcopy(model).double()(images.double())).abs().max().item()
    spread = (logits[0] - logits[1]).std() / logits.std()
    ends = [moved(model, w, images) for w in (weights[0], weights[-1])]
    return (
        f"{name:24}{logits.abs().max():8.2f}{logits.std():8.2f}{spread:8.2f}{ends[0]:10.1e}{ends[1]:10.1e}"
        f"{double:10.1e}{size:10d}"
    )


def write(target, name):
    model = load(create(name)).eval()
    vit = name.startswith("vit")
    shapes = [(2, 3, 224, 224), (2, 3, 192, 160)] if vit else [(2, 3, 64, 64), (2, 3, 79, 97)]
    with torch.no_grad():
        settings = defaults(name, model)
        golden = {
            "header": HEADER,
            "model": name,
            "parameters": sum(p.numel() for p in model.parameters()),
            "classifier": classifier(name, model),
            "defaults": settings,
            "macs": multiply_adds(model, settings["imageSize"]),
            "tensors": tree(states(model)),
            "cases": [case(name, model, shape) for shape in shapes],
        }
    if name in TRAINED:
        golden["training"], double = training(model)
    lines = ",\n".join(f'"{k}": {json.dumps(v, separators=(",", ":"))}' for k, v in golden.items())
    text = "{" + lines + "}\n"
    (target / f"{name}.json").write_text(text, encoding="utf-8")
    with torch.no_grad():
        row = report(name, model, shapes[1], len(text))
    print(row + (f"{gradient_error(model, double):10.1e}" if name in TRAINED else ""), flush=True)


def write_formula(target):
    """A few values of each role, and the sum of all bit patterns, for FormulaWeightsTest."""
    rows = []
    for name, shape in FORMULA:
        values = formula.fill(name, shape).ravel()
        rows.append(
            {
                "name": name,
                "shape": shape,
                "first": values[:3].tolist(),
                "last": values[-1].item(),
                "bits": int(values.view(np.uint32).sum(dtype=np.uint64)),
            }
        )
    lines = ",\n".join(json.dumps(row) for row in rows)
    text = f'{{"header": {json.dumps(HEADER)},\n"tensors": [\n{lines}\n]}}\n'
    (target / "formula.json").write_text(text, encoding="utf-8")


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write_formula(target)
    narrow, wide = ("max", "std", "images"), ("first", "last", "float64", "bytes", "gradients")
    print(" " * 24 + "".join(f"{c:>8}" for c in narrow) + "".join(f"{c:>10}" for c in wide))
    for name in sys.argv[2:] or [*TIMM, SHUFFLENET]:
        write(target, name)


if __name__ == "__main__":
    main()
