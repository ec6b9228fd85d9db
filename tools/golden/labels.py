"""Writes the golden values of the check of labels: cleanlab's confident learning, scikit-learn's regression.

Made with Python 3.11.2, numpy 2.4.6, cleanlab 2.9.0, scikit-learn 1.9.1. From the repository's root:

    python tools/golden/labels.py > core/src/test/resources/golden/labels.json
"""

import json

import numpy
from cleanlab.count import get_confident_thresholds
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from sklearn.linear_model import LogisticRegression

IMAGES, CLASSES, WIDTH = 240, 4, 6


def rounded(values, digits=8):
    return numpy.round(numpy.asarray(values, dtype=float), digits).tolist()


draw = numpy.random.default_rng(5)
truth = draw.integers(CLASSES, size=IMAGES)
centers = draw.normal(size=(CLASSES, WIDTH))
features = (centers[truth] + 0.9 * draw.normal(size=(IMAGES, WIDTH))).astype(numpy.float32)
labels = numpy.where(draw.random(IMAGES) < 0.12, draw.integers(CLASSES, size=IMAGES), truth)

# The penalty of 100 / 2 times the squared weights beside the sum of the losses.
model = LogisticRegression(C=1 / 100, tol=1e-10, max_iter=10_000).fit(features[40:], labels[40:])
probabilities = LogisticRegression(C=1.0).fit(features, labels).predict_proba(features).astype(numpy.float32)

print(json.dumps({
    "features": rounded(features),
    "labels": labels.tolist(),
    "heldOut": 40,
    "regression": rounded(model.predict_proba(features[:40])),
    "probabilities": rounded(probabilities),
    "thresholds": rounded(get_confident_thresholds(labels, probabilities)),
    "quality": rounded(get_label_quality_scores(labels, probabilities, method="self_confidence")),
    "issues": find_label_issues(labels, probabilities, filter_by="confident_learning", n_jobs=1).tolist(),
}))
