"""Tensors that are functions of their name and shape alone, shared by models.py and saved.py.

FormulaWeights in dev.discern.model's tests computes the same values bit for bit. Requires numpy.

Element i is float32(center + bound * u). All arithmetic is float64, each operation rounded, without fused
multiply-add. u is the top 24 bits of finish(key + (i + 1) * GOLDEN), mapped to [-1, 1); key is
Seeds.mix(0, name). center and bound follow from the name and the shape, see role. They keep the logits of
every model of models.py of order 1, although no running statistic matches its layer.
"""

import math

import numpy as np

GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
CHUNK = 1 << 20


def finish(z):
    """Seeds.finish, on Python's integers."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def key(name):
    """Seeds.mix(0, name): the FNV-1a hash of the name, mixed."""
    fnv = 0xCBF29CE484222325
    for byte in name.encode():
        fnv = ((fnv ^ byte) * 0x100000001B3) & MASK
    return finish((finish(GOLDEN) * 31 + fnv + GOLDEN) & MASK)


def units(name, count):
    """The numbers u as float64, multiples of 2^-23 in [-1, 1)."""
    out = np.empty(count)
    start = np.uint64(key(name))
    for begin in range(0, count, CHUNK):
        end = min(begin + CHUNK, count)
        z = np.arange(begin + 1, end + 1, dtype=np.uint64) * np.uint64(GOLDEN) + start
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
        out[begin:end] = (z >> np.uint64(40)).astype(np.float64) * 2.0**-23 - 1.0
    return out


def gain(name):
    """Three times the variance of a convolution's or linear layer's output for inputs of square 1."""
    if ".se." in name:
        return 24.0  # What is squeezed lies close to its mean.
    if name.startswith("layer") and name.endswith((".conv2.weight", ".conv3.weight")):
        return 0.25  # The end of a ResNet's branch: sums over many blocks stay small.
    if name.endswith(("branch1.2.weight", "branch2.5.weight")):
        return 2.5  # The input is not rectified.
    if name.endswith(".conv_pw.weight"):
        return 3.25  # The input is not rectified, but squeeze-and-excitation shrinks what follows.
    if name.endswith("classifier.weight"):
        return 1.0
    return 6.0


def role(name, shape):
    """The center and the bound of a tensor's values."""
    if name.endswith("weight") and len(shape) > 1:
        return 0.0, math.sqrt(gain(name) / math.prod(shape[1:]))
    if name.endswith("weight"):
        return 1.0, 0.25
    if name.endswith((".se.fc2.bias", ".se.conv_expand.bias")):
        return 2.0, 1.0
    if name.endswith(("bias", "running_mean")):
        return 0.0, 0.125
    if name.endswith("running_var"):
        return 1.0, 0.5
    if name.endswith("gamma"):
        return 0.5, 0.25
    if name.endswith(("cls_token", "pos_embed")):
        return 0.0, 0.5
    if name == "input":
        return 0.0, 2.0
    return 0.0, 1.0


def fill(name, shape):
    """The tensor of that name and shape, float32."""
    center, bound = role(name, shape)
    values = center + bound * units(name, math.prod(shape))
    return values.astype(np.float32).reshape(shape)
