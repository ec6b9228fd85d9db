"""Writes core/src/test/resources/golden/metrics/*.json: metrics of made-up predictions.

Made with Python 3.11.2, numpy 1.24.2, scikit-learn 1.2.1 (Debian 12). From the repository's root:

    /usr/bin/python3 tools/golden/metrics.py

Top-k accuracy, the confusion matrix and the figures of each class are scikit-learn's. The expected
calibration error, the rivalry and the confused pairs are computed here, each from its definition and
in a different way than in Java. No two probabilities of an image are equal, because scikit-learn
breaks ties in the opposite order.
"""

import json
import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn.metrics import (
    confusion_matrix,
    precision_recall_fscore_support,
    top_k_accuracy_score,
)

TARGET = pathlib.Path("core/src/test/resources/golden/metrics")
BINS = 15


def predictions(seed, labels, classes, pull, never_predicted=None):
    """Softmax of normal logits in float32, with the true class raised."""
    logits = np.random.RandomState(seed).normal(scale=1.5, size=(len(labels), classes))
    logits[np.arange(len(labels)), labels] += pull
    if never_predicted is not None:
        logits[:, never_predicted] -= 12
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (odds / odds.sum(axis=1, keepdims=True)).astype(np.float32)


def per_class(labels, predicted, classes):
    """Precision, recall and F1; null if scikit-learn's answer depends on `zero_division`."""
    names = np.arange(classes)
    zero, one = (
        precision_recall_fscore_support(labels, predicted, labels=names, zero_division=z)
        for z in (0, 1)
    )
    rows = []
    for c in names:
        row = {"support": int(zero[3][c]), "predicted": int((predicted == c).sum())}
        for figure, low, high in zip(("precision", "recall", "f1"), zero, one):
            row[figure] = float(low[c]) if low[c] == high[c] else None
        rows.append(row)
    return rows


def expected_calibration_error(probabilities, labels):
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    edges = np.linspace(0, 1, BINS + 1)
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            gap = abs(right[inside].mean() - confidence[inside].mean())
            error += inside.mean() * gap
    return error


def confused_pairs(labels, predicted, classes):
    pairs = []
    for a in range(classes):
        for b in range(a + 1, classes):
            there = int(((labels == a) & (predicted == b)).sum())
            back = int(((labels == b) & (predicted == a)).sum())
            if there + back:
                rate = (there + back) / int(np.isin(labels, (a, b)).sum())
                pairs.append({"a": a, "b": b, "aAsB": there, "bAsA": back, "rate": rate})
    pairs.sort(key=lambda p: (-p["aAsB"] - p["bAsA"], -p["rate"], p["a"], p["b"]))
    return pairs[:10]


def write(name, labels, probabilities):
    classes = probabilities.shape[1]
    assert all(len(set(row)) == classes for row in probabilities.tolist()), "a tie"
    names = np.arange(classes)
    predicted = probabilities.argmax(axis=1)
    wide = probabilities.astype(np.float64)
    truth = np.eye(classes, dtype=bool)[labels]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # for k >= K the score is perfect, as intended
        top1, top5 = (top_k_accuracy_score(labels, wide, k=k, labels=names) for k in (1, 5))
    case = {
        "madeBy": "tools/golden/metrics.py, Python %s, numpy %s, scikit-learn %s"
        % (sys.version.split()[0], np.__version__, sklearn.__version__),
        "classes": classes,
        "labels": labels.tolist(),
        "probabilities": [float("%.9g" % p) for p in probabilities.ravel()],
        "top1": float(top1),
        "top5": float(top5),
        "ece": float(expected_calibration_error(probabilities, labels)),
        "meanTrueProbability": float(wide[truth].mean()),
        "meanStrongestRival": float(np.where(truth, -1, wide).max(axis=1).mean()),
        "confusion": confusion_matrix(labels, predicted, labels=names).tolist(),
        "perClass": per_class(labels, predicted, classes),
        "mostConfused": confused_pairs(labels, predicted, classes),
    }
    lines = ",\n".join(' "%s": %s' % (key, json.dumps(value)) for key, value in case.items())
    (TARGET / name).with_suffix(".json").write_text("{\n%s\n}\n" % lines)


def main():
    random = np.random.RandomState(7)
    balanced = np.arange(80) % 10
    write("ten-classes", balanced, predictions(1, balanced, 10, pull=2.0))
    # Class 5 has no image; class 3 is never predicted; class 6 has no image and is never predicted.
    gaps = random.choice([0, 0, 0, 0, 1, 2, 3, 4], size=60)
    write("classes-missing", gaps, predictions(2, gaps, 7, 1.0, never_predicted=[3, 6]))
    # A confident network on three classes, fewer than the five of top-5.
    few = random.choice([0, 1, 1, 2], size=50)
    write("three-classes", few, predictions(3, few, 3, pull=4.0))


if __name__ == "__main__":
    main()
