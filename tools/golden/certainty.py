"""Writes runtime/src/test/resources/golden/certainty.json, the golden values for dev.discern.certainty.

Made with Python 3.11.7, numpy 2.4.6, SciPy 1.17.1. From the repository's root:

    python tools/golden/certainty.py

Neither the build nor the tests need any of them. The temperature is SciPy's bounded minimization of the
mean negative log-likelihood over ln T. Prediction sets are built from their definition (Romano, Sesia,
Candès, arXiv 2006.02544, without randomization) for every threshold that occurs, and the score of a
label is the smallest of these whose set holds it. The quantile is numpy's "higher" of the sorted scores
and infinity.
"""

import json
import pathlib
import platform

import numpy as np
import scipy
from scipy import optimize
from scipy.special import log_softmax, logsumexp

TARGET = pathlib.Path("runtime/src/test/resources/golden/certainty.json")
COVERAGES = [0.5, 0.8, 0.9, 0.95]


def temperature(lp, labels):
    def nll(log_t):
        z = lp / np.exp(log_t)
        return np.mean(logsumexp(z, axis=1) - z[np.arange(len(z)), labels])

    found = optimize.minimize_scalar(
        nll, bounds=(np.log(0.05), np.log(20)), method="bounded", options={"xatol": 1e-11}
    )
    return float(np.exp(found.x)), float(found.fun)


def prediction_set(p, threshold):
    """The likeliest classes, up to and including the one whose cumulative probability exceeds it."""
    order = np.argsort(-p, kind="stable")
    held = []
    mass = 0.0
    for k in order:
        held.append(int(k))
        mass += p[k]
        if mass > threshold:
            break
    return held


def score(p, label):
    candidates = np.concatenate([[0.0], np.cumsum(-np.sort(-p))])
    return float(min(t for t in candidates if label in prediction_set(p, t)))


def case(name, logits, labels, test):
    lp = np.float32(log_softmax(logits, axis=1)).astype(np.float64)
    t, nll = temperature(lp, labels)
    p = np.exp(log_softmax(lp / t, axis=1))
    scores = [score(row, label) for row, label in zip(p, labels)]
    n = len(labels)
    sets = []
    for coverage in COVERAGES:
        position = int(np.ceil(round((n + 1) * coverage, 9)))
        threshold = float(np.sort(scores + [np.inf])[position - 1])
        tp = np.exp(log_softmax(np.float32(log_softmax(test, axis=1)).astype(np.float64) / t, axis=1))
        sets.append(
            {
                "coverage": coverage,
                "threshold": threshold if np.isfinite(threshold) else None,
                "sizes": [len(prediction_set(row, threshold)) for row in tp],
            }
        )
    return {
        "name": name,
        "classes": logits.shape[1],
        "logProbabilities": [float(v) for v in lp.ravel()],
        "labels": [int(v) for v in labels],
        "test": [float(v) for v in np.float32(log_softmax(test, axis=1)).ravel()],
        "temperature": t,
        "nll": nll,
        "scores": scores,
        "sets": sets,
    }


def drawn(seed, n, classes, sharpness, scale):
    """Logits whose labels are drawn at temperature 1, then scaled, so that the optimum is near scale."""
    rng = np.random.default_rng(seed)
    true = rng.normal(size=(n + 20, classes)) * sharpness
    p = np.exp(log_softmax(true, axis=1))
    labels = np.array([rng.choice(classes, p=row) for row in p])
    return true[:n] * scale, labels[:n], true[n:] * scale


def main():
    cases = [
        case("too confident, 4 classes", *drawn(1, 60, 4, 2.0, 3.0)),
        case("too hesitant, 10 classes", *drawn(2, 80, 10, 4.0, 0.4)),
        case("near calibrated, 2 classes", *drawn(3, 40, 2, 1.5, 1.0)),
        case("few images", *drawn(8, 7, 5, 1.5, 1.5)),
    ]
    made = f"tools/golden/certainty.py, Python {platform.python_version()}, numpy {np.__version__}, SciPy {scipy.__version__}"
    TARGET.write_text(json.dumps({"madeBy": made, "cases": cases}, indent=None) + "\n")
    for each in cases:
        print(each["name"], each["temperature"], [s["threshold"] for s in each["sets"]])


main()
