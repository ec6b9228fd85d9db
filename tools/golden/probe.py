"""Writes core/src/test/resources/golden/probe.json, the golden values for dev.discern.feature.LinearProbe.

Made with Python 3.11.2, numpy 2.4.6 and SciPy 1.17.1. From the repository's root:

    python3 tools/golden/probe.py

Neither the build nor the tests need any of them. The penalized likelihood is written out anew and minimized in
float64 by SciPy's trust-region Newton method with exact derivatives, until its gradient is below 1e-10.
"""

import json
import pathlib

import numpy as np
from scipy import optimize, special

TARGET = pathlib.Path("core/src/test/resources/golden/probe.json")


def fitted(x, y, classes, l2):
    mean, scale = x.mean(0), x.std(0)
    scale[scale == 0] = 1
    z = np.column_stack([(x - mean) / scale, np.ones(len(x))])
    target = np.eye(classes)[y]
    penalty = np.full((z.shape[1], classes), l2)
    penalty[-1] = 0

    def value(theta):
        w = theta.reshape(penalty.shape)
        return -(special.log_softmax(z @ w, axis=1) * target).sum() / len(x) + (penalty * w * w).sum() / 2

    def gradient(theta):
        w = theta.reshape(penalty.shape)
        p = special.softmax(z @ w, axis=1)
        return (z.T @ (p - target) / len(x) + penalty * w).ravel()

    def times(theta, v):
        w, v = theta.reshape(penalty.shape), v.reshape(penalty.shape)
        p, moved = special.softmax(z @ w, axis=1), z @ v
        change = p * (moved - (p * moved).sum(1, keepdims=True))
        return (z.T @ change / len(x) + penalty * v).ravel()

    found = optimize.minimize(
        value, np.zeros(penalty.size), jac=gradient, hessp=times, method="trust-ncg", options={"gtol": 1e-10}
    )
    assert np.abs(gradient(found.x)).max() < 1e-9, found
    w = found.x.reshape(penalty.shape)
    return lambda new: special.softmax(np.column_stack([(new - mean) / scale, np.ones(len(new))]) @ w, axis=1)


def case(name, rows, width, classes, l2, seed):
    rng = np.random.default_rng(seed)
    centers = rng.normal(size=(classes, width))
    y = np.arange(rows) % classes
    x = np.round(5 + 3 * (centers[y] + rng.normal(size=(rows, width))), 3)
    x[:, width - 1] = 2.5  # a constant feature
    new = np.round(5 + 3 * rng.normal(size=(8, width)), 3)
    return {
        "name": name,
        "classes": classes,
        "l2": l2,
        "features": x.tolist(),
        "labels": y.tolist(),
        "new": new.tolist(),
        "probabilities": fitted(x, y, classes, l2)(new).tolist(),
    }


CASES = [
    case("two classes", 30, 4, 2, 0.1, 1),
    case("more images than features", 60, 6, 3, 0.01, 2),
    case("fewer images than features", 12, 20, 4, 0.05, 3),
]
TARGET.write_text(json.dumps(CASES, indent=1) + "\n")
