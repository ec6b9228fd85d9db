"""Writes core/src/test/resources/golden/embedding.json, the golden values for Pca in
dev.discern.embedding.

Made with Python 3.11.2, numpy 1.24.2 (Debian 12). From the repository's root:

    /usr/bin/python3 tools/golden/embedding.py

Neither the build nor the tests need any of them. Axes come from numpy's singular value decomposition
of the centered rows; Java uses the eigenvectors of their covariance. Each axis points in the direction
in which its loading of largest magnitude, the first of several equal ones, is positive.
"""

import json
import pathlib

import numpy as np

TARGET = pathlib.Path("core/src/test/resources/golden/embedding.json")


def project(rows):
    centred = rows - rows.mean(axis=0)
    _, sizes, axes = np.linalg.svd(centred, full_matrices=False)
    variances = sizes**2
    points = np.zeros((len(rows), 2))
    explained = np.zeros(2)
    for a in range(min(2, len(sizes))):
        if variances[a] > 1e-24 * variances[0]:
            axis = axes[a]
            first = np.flatnonzero(np.abs(axis) > np.abs(axis).max() * (1 - 1e-9))[0]
            points[:, a] = centred @ axis * np.sign(axis[first])
            explained[a] = variances[a] / variances.sum()
    return points, explained


def case(name, rows):
    rows = np.round(rows, 6)
    points, explained = project(rows)
    return {
        "name": name,
        "rows": rows.tolist(),
        "points": points.tolist(),
        "explained": explained.tolist(),
    }


def drawn(seed, n, d):
    """Normal samples with deviations 1, 1/2, 1/3 and so on, rotated and shifted away from 0."""
    random = np.random.RandomState(seed)
    turn, _ = np.linalg.qr(random.normal(size=(d, d)))
    return random.normal(size=(n, d)) / np.arange(1, d + 1) @ turn + random.normal(size=d)


def main():
    line = np.arange(5.0)[:, None]
    cases = [
        case("many rows", drawn(1, 60, 5)),
        case("more columns than rows", drawn(2, 4, 9)),
        case("a plane", drawn(3, 12, 2)),
        case("one column", drawn(4, 6, 1)),
        case("two rows", drawn(5, 2, 3)),
        case("a line of equal loadings", line * [-1.0, 1.0, -1.0]),
        case("a constant column", np.hstack([drawn(6, 10, 2), np.full((10, 1), 0.1)])),
        case("far from 0", drawn(7, 20, 3) + 1e4),
    ]
    TARGET.write_text(json.dumps({"madeBy": f"numpy {np.__version__}", "cases": cases}) + "\n")


if __name__ == "__main__":
    main()
