"""Writes core/src/test/resources/golden/metrics/multi-label.json: metrics of made-up scores.

Made with Python 3.11 and the versions of numpy and scikit-learn that the file records. From the
repository's root:

    python3 tools/golden/multilabel.py

All figures are scikit-learn's except the one-error, which it lacks; that is computed here from its
definition. Some scores are rounded to tenths to produce ties.
"""

import json
import warnings

import numpy as np
import sklearn
from sklearn.metrics import (
    average_precision_score,
    coverage_error,
    hamming_loss,
    label_ranking_loss,
    precision_recall_fscore_support,
)

TARGET = "core/src/test/resources/golden/metrics/multi-label.json"
warnings.simplefilter("ignore")


def case(name, seed, n, k, share, ties=False, empty=None):
    random = np.random.RandomState(seed)
    labels = random.random_sample((n, k)) < share
    if empty is not None:
        labels[:, empty] = False
    scores = 1 / (1 + np.exp(-(random.normal(size=(n, k)) + 2.0 * labels - 1.0)))
    scores = scores.astype(np.float32)
    if ties:
        scores = np.round(scores, 1).astype(np.float32)
    predicted = scores >= 0.5
    carried = labels.sum(axis=0) > 0
    precision, recall, f1, _ = precision_recall_fscore_support(
        labels, predicted, average="macro", zero_division=0
    )
    micro = precision_recall_fscore_support(labels, predicted, average="micro", zero_division=0)
    some = labels.any(axis=1)
    top = scores.argmax(axis=1)
    return {
        "name": name,
        "classes": k,
        "scores": [[float(v) for v in row] for row in scores],
        "labels": labels.astype(int).tolist(),
        "averagePrecision": [
            float(average_precision_score(labels[:, j], scores[:, j])) if carried[j] else None
            for j in range(k)
        ],
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "overallPrecision": micro[0],
        "overallRecall": micro[1],
        "overallF1": micro[2],
        "hammingLoss": hamming_loss(labels, predicted),
        "rankingLoss": float(label_ranking_loss(labels, scores)),
        "oneError": float((~labels[np.arange(n), top])[some].mean()),
        "coverage": float(coverage_error(labels, scores)),
    }


def main():
    cases = [
        case("several labels", 1, 40, 5, 0.4),
        case("scores that tie", 2, 60, 6, 0.3, ties=True),
        case("images without labels and with all", 3, 50, 2, 0.5),
        case("a label that no image carries", 4, 30, 4, 0.3, empty=2),
    ]
    header = (
        "Multi-label metrics written by tools/golden/multilabel.py with numpy"
        f" {np.__version__} and scikit-learn {sklearn.__version__}."
    )
    with open(TARGET, "w", encoding="utf-8") as out:
        json.dump({"header": header, "cases": cases}, out)
        out.write("\n")


if __name__ == "__main__":
    main()
