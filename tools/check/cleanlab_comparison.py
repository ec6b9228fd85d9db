"""Compares `discern check` with what was planted, and its label scores with cleanlab's.

Python 3 with cleanlab 2.9 and scikit-learn 1.9:

    python plant.py DATA OUT
    ./discern check OUT --out CHECK --scores scores.csv
    python cleanlab_comparison.py OUT CHECK/check.json scores.csv

Cleanlab judges the same labels by the same cross-validated probabilities, which scores.csv holds.
"""

import csv
import json
import pathlib
import sys

import numpy
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from sklearn.metrics import roc_auc_score


def duplicates(planted, check):
    groups = [
        {file["path"] for file in finding["files"]}
        for finding in check["findings"]
        if finding["kind"].startswith("duplicate")
    ]
    for how in ("exact", "re-encoded", "mirrored"):
        pairs = [p for p in planted["copies"] if p["how"] == how]
        found = sum(any({p["original"], p["copy"]} <= group for group in groups) for p in pairs)
        print(f"{how}: {found} of {len(pairs)} found")
    truth = {name for p in planted["copies"] for name in (p["original"], p["copy"])}
    accused = set().union(*groups) - truth
    images = sum(check["images"].values())
    print(f"other images accused: {len(accused)} of {images - len(truth)} ({100 * len(accused) / (images - len(truth)):.2f} %)")
    for group in groups:
        if group & accused:
            print("  look at:", *sorted(group))


def labels(planted, check, scores):
    with open(scores, newline="") as file:
        rows = list(csv.DictReader(file))
    classes = [name[2:] for name in rows[0] if name.startswith("p ")]
    given = numpy.array([classes.index(row["label"]) for row in rows])
    probabilities = numpy.array([[float(row["p " + name]) for name in classes] for row in rows])
    wrong = numpy.array([row["path"] in planted["labels"] for row in rows])
    ours = numpy.array([float(row["suspicion"]) for row in rows])
    print(f"{wrong.sum()} wrong labels of {len(rows)}; {(probabilities.argmax(1) == given).mean():.4f} of labels agree")
    print(f"AUROC of discern: {roc_auc_score(wrong, ours):.4f}")
    for method in ("self_confidence", "normalized_margin", "confidence_weighted_entropy"):
        quality = get_label_quality_scores(given, probabilities, method=method)
        print(f"AUROC of cleanlab, {method}: {roc_auc_score(wrong, -quality):.4f}")
    accused = {f["files"][0]["path"] for f in check["findings"] if f["kind"] == "suspect-label"}
    flagged = numpy.array([row["path"] in accused for row in rows])
    report("discern", flagged, wrong)
    for method in ("confident_learning", "prune_by_noise_rate"):
        report("cleanlab " + method, find_label_issues(given, probabilities, filter_by=method, n_jobs=1), wrong)


def report(name, flagged, wrong):
    print(f"{name}: {flagged.sum()} accused, {(flagged & wrong).sum()} of {wrong.sum()} wrong labels among them")


if __name__ == "__main__":
    planted = json.loads(pathlib.Path(sys.argv[1], "planted.json").read_text())
    check = json.loads(pathlib.Path(sys.argv[2]).read_text())
    duplicates(planted, check)
    labels(planted, check, sys.argv[3])
