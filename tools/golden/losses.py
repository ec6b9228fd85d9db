#!/usr/bin/env python3
"""Writes the golden losses and gradients for core's tests.

    python3 tools/golden/losses.py core/src/test/resources/golden/losses/losses.json

Made with Python 3.11.2, torch 1.13.1 (Debian 12's python3-torch 1.13.1+dfsg-4) and mpmath 1.2.1.
Nothing else is required. Neither the build nor the tests need any of them.

Every number comes from PyTorch in float64. Cross-entropy is torch's own function. The other losses
follow their definitions on softmax probabilities, and the probabilities of the wrong classes are
summed one by one. Gradients (of the sum over the batch) come from autograd. Definitions on
probabilities lose digits only where an exponential underflows, and the inputs stay far from that.
Before anything is written, mpmath computes each loss and gradient again with 60 decimal digits, the
gradient as a difference quotient of the loss. The two must agree to 1e-11.
"""

import json
import math
import platform
import sys

import mpmath
import torch

torch.set_num_threads(1)
mpmath.mp.dps = 60


# ---- inputs: closed formulas that need no random generator; all are written into the file


def logits(n, k, scale, phase):
    return [[scale * math.sin(1.7 * i + 2.3 * j * j + phase) for j in range(k)] for i in range(n)]


def classes(n, k):
    return [(3 * i + 1) % k for i in range(n)]


def label_sets(n, k):
    """Rows with no label, with all labels, and with some."""
    rows = [[1.0 if (i * i + 3 * j * (i + 1)) % 5 < 2 else 0.0 for j in range(k)] for i in range(n)]
    rows[0] = [0.0] * k
    rows[1] = [1.0] * k
    return rows


def class_weights(k):
    return [0.25 + 0.5 * ((2 * j) % 5) for j in range(k)]


def mixed(n, k):
    """Rows as mixup produces them (two classes); every third row is dense."""
    rows = []
    for i in range(n):
        if i % 3 == 2:
            raw = [1.0 + math.cos(1.1 * i + j) ** 2 for j in range(k)]
            total = math.fsum(raw)
            rows.append([r / total for r in raw])
        else:
            share = 0.15 + 0.6 * i / n
            row = [0.0] * k
            row[i % k] = 1.0 - share
            row[(i + 1) % k] = share
            rows.append(row)
    return rows


# One class far ahead, right (rows 0 and 1) or wrong (2 and 3); two far ahead together; all equal.
FAR = [
    [40.0, 0.0, -3.0, 5.0],
    [-60.0, 90.0, 1.0, 2.5],
    [45.0, -2.0, 1.0, 0.0],
    [3.0, 2.0, 80.0, -80.0],
    [30.0, 30.0, -30.0, -30.0],
    [0.0, 0.0, 0.0, 0.0],
]
FAR_CLASSES = [0, 1, 1, 3, 0, 2]
FAR_MIXED = [
    [0.7, 0.0, 0.3, 0.0],
    [0.0, 1.0, 0.0, 0.0],
    [0.1, 0.2, 0.3, 0.4],
    [0.0, 0.5, 0.0, 0.5],
    [0.5, 0.5, 0.0, 0.0],
    [0.25, 0.25, 0.25, 0.25],
]

INPUTS = [
    ("two classes", logits(5, 2, 3.0, 0.2), classes(5, 2), mixed(5, 2)),
    ("ten classes", logits(7, 10, 4.0, 0.9), classes(7, 10), mixed(7, 10)),
    ("far logits", FAR, FAR_CLASSES, FAR_MIXED),
]

METHODS = [
    ("ce", {}),
    ("nllr", {}),
    ("crl", {"alpha": 1.5, "beta": 1.0}),
    ("crl", {"alpha": 1.0, "beta": 0.5}),
    ("crl", {"alpha": 0.02, "beta": 2.0}),
    ("crl", {"alpha": 0.003, "beta": 1.0}),
    ("crl", {"alpha": 0.0, "beta": 0.5}),
    ("crl", {"alpha": 0.0, "beta": 1.0}),
    ("crl", {"alpha": 2.0, "beta": 0.0}),
    ("soft-margin", {"margin": 1.5}),
    ("focal", {"gamma": 2.0}),
    ("focal", {"gamma": 0.5}),
    ("poly1", {"epsilon": 1.0}),
    ("bce", {"smoothing": 0.1}),
    ("complement-ce", {"gamma": -1.0}),
    ("logit-norm", {"temperature": 0.04}),
    ("seesaw", {"p": 0.8, "q": 2.0}),
]

# Several labels per sample.
MULTI_LABEL = [
    ("multilabel-bce", {}),
    ("asymmetric", {"positive": 0.0, "negative": 4.0, "clip": 0.05}),
    ("asymmetric", {"positive": 1.0, "negative": 2.0, "clip": 0.0}),
    ("asymmetric", {"positive": 0.5, "negative": 0.0, "clip": 0.2}),
]

# One right class per sample: these losses do not define a mixed target.
CLASSES_ONLY = {"soft-margin", "complement-ce", "seesaw"}


def class_counts(k):
    return [1 + (7 * j * j) % 23 for j in range(k)]


# ---- PyTorch


def per_class(name, parameters, z):
    """[N, K]: the loss of each row for each possible class, by definition."""
    k = z.shape[1]
    p = torch.softmax(z, dim=1)
    competing = torch.stack(
        [p[:, [j for j in range(k) if j != c]].sum(dim=1) for c in range(k)], dim=1
    )
    if name == "nllr":
        return -torch.log(p) + torch.log(competing)
    if name == "crl":
        return -torch.log(p) + parameters["beta"] * torch.log(parameters["alpha"] + competing)
    if name == "focal":
        return -competing ** parameters["gamma"] * torch.log(p)
    if name == "poly1":
        return -torch.log(p) + parameters["epsilon"] * competing
    if name == "bce":
        e = parameters["smoothing"]
        rows = []
        for c in range(k):
            t = torch.full_like(z, e / k)
            t[:, c] += 1 - e
            rows.append(
                torch.nn.functional.binary_cross_entropy_with_logits(z, t, reduction="none").mean(1)
            )
        return torch.stack(rows, dim=1)
    if name == "logit-norm":
        length = torch.sqrt((z * z).sum(dim=1, keepdim=True))
        return -torch.log_softmax(z / (parameters["temperature"] * (length + 1e-7)), dim=1)
    if name == "soft-margin":
        return torch.stack(
            [
                -torch.log_softmax(
                    z - parameters["margin"] * torch.eye(k, dtype=z.dtype)[c], dim=1
                )[:, c]
                for c in range(k)
            ],
            dim=1,
        )
    if name == "complement-ce":
        columns = []
        for c in range(k):
            q = p[:, [j for j in range(k) if j != c]] / competing[:, c : c + 1]
            entropy = -torch.xlogy(q, q).sum(dim=1)
            columns.append(-torch.log(p[:, c]) + parameters["gamma"] / (k - 1) * entropy)
        return torch.stack(columns, dim=1)
    if name == "seesaw":
        n = torch.tensor(class_counts(k), dtype=z.dtype)
        fixed = torch.log_softmax(z.detach(), dim=1)
        columns = []
        for c in range(k):
            shift = parameters["p"] * torch.clamp(torch.log(n / n[c]), max=0)
            shift = shift + parameters["q"] * torch.clamp(fixed - fixed[:, c : c + 1], min=0)
            columns.append(-torch.log_softmax(z + shift, dim=1)[:, c])
        return torch.stack(columns, dim=1)
    raise ValueError(name)


def multi_label(name, parameters, z, t):
    """[N, K]: the loss of each decision, by definition."""
    if name == "multilabel-bce":
        return torch.nn.functional.binary_cross_entropy_with_logits(z, t, reduction="none")
    p = torch.sigmoid(z)
    rest = torch.sigmoid(-z)
    clip = parameters["clip"]
    shifted = torch.clamp(p - clip, min=0) if clip > 0 else p
    left = 1 - shifted if clip > 0 else rest
    positive = rest ** parameters["positive"] * torch.nn.functional.logsigmoid(z)
    logarithm = torch.log(left) if clip > 0 else torch.nn.functional.logsigmoid(-z)
    factor = torch.ones_like(z) if parameters["negative"] == 0 else shifted ** parameters["negative"]
    return -t * positive - (1 - t) * factor * logarithm


def torch_losses(case):
    z = torch.tensor(case["logits"], dtype=torch.float64, requires_grad=True)
    k = z.shape[1]
    weights = case.get("classWeights")
    w = None if weights is None else torch.tensor(weights, dtype=torch.float64)
    if "labels" in case:
        t = torch.tensor(case["labels"], dtype=torch.float64)
        each = multi_label(case["loss"], case["parameters"], z, t)
        loss = (each if w is None else each * w).sum(dim=1)
        loss.sum().backward()
        return loss.detach().tolist(), z.grad.tolist()
    if "classes" in case:
        y = torch.tensor(case["classes"])
        target = y
        t = torch.nn.functional.one_hot(y, k).to(torch.float64)
    else:
        t = target = torch.tensor(case["distribution"], dtype=torch.float64)
    if case["loss"] == "ce":
        loss = torch.nn.functional.cross_entropy(
            z, target, weight=w, reduction="none", label_smoothing=case.get("labelSmoothing", 0.0)
        )
    else:
        factors = t if w is None else t * w
        loss = (factors * per_class(case["loss"], case["parameters"], z)).sum(dim=1)
    loss.sum().backward()
    return loss.detach().tolist(), z.grad.tolist()


# ---- the second opinion


def mp_loss(case, i, row):
    k = len(row)
    if "labels" in case:
        weights = [mpmath.mpf(v) for v in case.get("classWeights", [1.0] * k)]
        return mpmath.fsum(
            weights[j] * mp_decision(case, row[j], case["labels"][i][j] == 1.0) for j in range(k)
        )
    e = [mpmath.exp(v) for v in row]
    total = mpmath.fsum(e)
    p = [v / total for v in e]
    if "classes" in case:
        t = [mpmath.mpf(1 if c == case["classes"][i] else 0) for c in range(k)]
    else:
        t = [mpmath.mpf(v) for v in case["distribution"][i]]
    smoothing = mpmath.mpf(case.get("labelSmoothing", 0.0))
    t = [(1 - smoothing) * v + smoothing / k for v in t]
    weights = [mpmath.mpf(v) for v in case.get("classWeights", [1.0] * k)]
    value = mpmath.mpf(0)
    for c in range(k):
        if t[c] == 0:
            continue
        value += weights[c] * t[c] * mp_term(case, i, row, p, c)
    return value


def mp_decision(case, z, carried):
    p = 1 / (1 + mpmath.exp(-z))
    rest = 1 / (1 + mpmath.exp(z))
    if case["loss"] == "multilabel-bce":
        return -mpmath.log(p if carried else rest)
    par = {name: mpmath.mpf(v) for name, v in case["parameters"].items()}
    if carried:
        return -(rest ** par["positive"]) * mpmath.log(p)
    shifted = max(p - par["clip"], mpmath.mpf(0))
    left = min(rest + par["clip"], mpmath.mpf(1))
    return -(shifted ** par["negative"]) * mpmath.log(left)


def mp_softmax_loss(row, c):
    return mpmath.log(mpmath.fsum(mpmath.exp(v - row[c]) for v in row))


def mp_term(case, i, row, p, c):
    k = len(row)
    par = {name: mpmath.mpf(v) for name, v in case["parameters"].items()}
    competing = mpmath.fsum(p[j] for j in range(k) if j != c)
    plain = -mpmath.log(p[c])
    name = case["loss"]
    if name == "ce":
        return plain
    if name == "nllr":
        return plain + mpmath.log(competing)
    if name == "crl":
        return plain + par["beta"] * mpmath.log(par["alpha"] + competing)
    if name == "focal":
        return competing ** par["gamma"] * plain
    if name == "poly1":
        return plain + par["epsilon"] * competing
    if name == "bce":
        e = par["smoothing"]
        target = [e / k + (1 - e if j == c else 0) for j in range(k)]
        return (
            mpmath.fsum(mpmath.log(1 + mpmath.exp(row[j])) - target[j] * row[j] for j in range(k))
            / k
        )
    if name == "logit-norm":
        length = mpmath.sqrt(mpmath.fsum(v * v for v in row)) + mpmath.mpf("1e-7")
        return mp_softmax_loss([v / (par["temperature"] * length) for v in row], c)
    if name == "soft-margin":
        return mp_softmax_loss([v - (par["margin"] if j == c else 0) for j, v in enumerate(row)], c)
    if name == "complement-ce":
        q = [p[j] / competing for j in range(k) if j != c]
        return plain + par["gamma"] / (k - 1) * mpmath.fsum(-v * mpmath.log(v) for v in q)
    if name == "seesaw":
        n = class_counts(k)
        # While one logit is shifted, the compensation stays that of the unshifted batch.
        at = [mpmath.mpf(v) for v in case["logits"][i]]
        return mp_softmax_loss(
            [
                v
                + par["p"] * min(mpmath.mpf(0), mpmath.log(mpmath.mpf(n[j]) / n[c]))
                + par["q"] * max(mpmath.mpf(0), at[j] - at[c])
                for j, v in enumerate(row)
            ],
            c,
        )
    raise ValueError(name)


def agree(ours, theirs, what):
    if abs(ours - theirs) > 1e-11 * max(1, abs(theirs)):
        raise SystemExit(f"{what}: torch {ours!r}, mpmath {mpmath.nstr(theirs, 17)}")


def verify(case):
    step = mpmath.mpf(10) ** -20
    for i, row in enumerate(case["logits"]):
        where = f"{case['name']}, row {i}"
        row = [mpmath.mpf(v) for v in row]
        agree(case["expectedLoss"][i], mp_loss(case, i, row), where)
        for j in range(len(row)):
            up, down = list(row), list(row)
            up[j] += step
            down[j] -= step
            slope = (mp_loss(case, i, up) - mp_loss(case, i, down)) / (2 * step)
            agree(case["expectedGradient"][i][j], slope, f"{where}, gradient {j}")


# ---- the cases


def spelled(name, parameters):
    inside = ",".join(f"{k}={v:g}" for k, v in parameters.items())
    return f"{name}({inside})" if inside else name


def cases():
    for name, parameters in METHODS:
        for label, z, y, t in INPUTS:
            if name == "logit-norm" and label == "far logits":
                # At zero logits the norm has no slope to check, so that row is left out.
                z, y, t = z[:-1], y[:-1], t[:-1]
            for weights in (None, class_weights(len(z[0]))):
                for kind, targets in (("classes", y), ("distribution", t)):
                    if kind == "distribution" and name in CLASSES_ONLY:
                        continue
                    case = {
                        "name": f"{spelled(name, parameters)}, {label}, {kind}"
                        + (", weighted" if weights else ""),
                        "loss": name,
                        "parameters": parameters,
                        "logits": z,
                        kind: targets,
                    }
                    if weights:
                        case["classWeights"] = weights
                    if name == "seesaw":
                        case["classCounts"] = class_counts(len(z[0]))
                    yield case
    for name, parameters in MULTI_LABEL:
        for label, z, _, _ in INPUTS:
            for weights in (None, class_weights(len(z[0]))):
                case = {
                    "name": f"{spelled(name, parameters)}, {label}, labels"
                    + (", weighted" if weights else ""),
                    "loss": name,
                    "parameters": parameters,
                    "logits": z,
                    "labels": label_sets(len(z), len(z[0])),
                }
                if weights:
                    case["classWeights"] = weights
                yield case
    for label, z, y, _ in INPUTS:
        for weights in (None, class_weights(len(z[0]))):
            case = {
                "name": f"ce, {label}, label smoothing 0.1" + (", weighted" if weights else ""),
                "loss": "ce",
                "parameters": {},
                "logits": z,
                "classes": y,
                "labelSmoothing": 0.1,
            }
            if weights:
                case["classWeights"] = weights
            yield case


def main():
    made = []
    for case in cases():
        case["expectedLoss"], case["expectedGradient"] = torch_losses(case)
        verify(case)
        made.append(case)
    header = [
        "Losses and their gradients in float64, written by tools/golden/losses.py with"
        f" Python {platform.python_version()}, torch {torch.__version__}"
        f" and mpmath {mpmath.__version__}.",
        "expectedLoss is [N]; expectedGradient [N, K] is of the sum over the batch, by autograd;"
        " both agree with mpmath at 60 digits to 1e-11.",
    ]
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write('{"header": ' + json.dumps(header, indent=1) + ',\n"cases": [\n')
        out.write(",\n".join(json.dumps(case) for case in made))
        out.write("\n]}\n")
    print(f"{len(made)} cases written to {sys.argv[1]}")


if __name__ == "__main__":
    main()
