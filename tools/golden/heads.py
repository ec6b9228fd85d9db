#!/usr/bin/env python3
"""Writes the golden losses, terms and gradients for core's tests of heads.

    python3 tools/golden/heads.py core/src/test/resources/golden/heads.json

Made with Python 3.11.2 and torch 1.13.1 (Debian 12's python3-torch 1.13.1+dfsg-4); nothing else is
required. Neither the build nor the tests need any of them.

PyTorch computes everything in float64, directly from the definitions in docs/methods.md, with arc
cosines, explicit pairs and traces. The product computes the same values in other ways. Gradients are
autograd's, of sum(per-sample) / sum(weights) + the batch terms. Each is compared with a central
difference before anything is written.
"""

import json
import math
import platform
import sys

import torch

torch.set_num_threads(1)
DTYPE = torch.float64
N, F, K = 6, 5, 4
CLASSES = [0, 3, 1, 1, 2, 0]
WEIGHTS = [0.5, 2.0, 1.25, 0.75]
# Two equal sets, an empty one and a full one; sample 3 has neighbors at equal distances.
LABELS = [[1, 0, 1, 0], [0, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 1, 1]]


def wave(shape, phase, scale=1.0):
    count = math.prod(shape)
    values = [scale * math.sin(1.3 * i * i + 0.7 * i + phase) for i in range(count)]
    return torch.tensor(values, dtype=DTYPE).reshape(shape)


def features():
    x = wave((N, F), 0.4) + 0.6
    x[1] = 3.0 * wave((F,), 2.0)
    return x


def linear(name, phase, rows=K, columns=F):
    return {f"{name}.weight": wave((rows, columns), phase), f"{name}.bias": wave((rows,), phase + 1)}


# ---- each head: parameters, then (logits, per-sample loss unweighted, terms)


def ce(z, y):
    return -torch.log_softmax(z, dim=1)[range(len(y)), y]


def angles(x, w):
    cos = torch.stack([x @ w[k] / (x.norm(dim=1) * w[k].norm()) for k in range(len(w))], dim=1)
    return torch.acos(cos)


def psi(theta, m, mix):
    k = torch.floor(theta.detach() * m / math.pi)
    sign = 1 - 2 * (k % 2)
    return (mix * torch.cos(theta) + sign * torch.cos(m * theta) - 2 * k) / (1 + mix)


def angular(x, p, y, length, margin):
    w = p["fc.weight"]
    theta = angles(x, w)
    scale = length(x, w)
    z = torch.cos(theta) * scale
    target = z.clone()
    hard = margin(theta[range(N), y])
    lengths = scale.expand(N, K)[range(N), y]
    target[range(N), y] = hard * lengths
    return z, ce(target, y), {}


def l_softmax(x, p, y, a):
    return angular(
        x,
        p,
        y,
        lambda x, w: x.norm(dim=1, keepdim=True) * w.norm(dim=1),
        lambda t: psi(t, a["margin"], a["mix"]),
    )


def sphereface(x, p, y, a):
    return angular(
        x, p, y, lambda x, w: x.norm(dim=1, keepdim=True), lambda t: psi(t, a["margin"], a["mix"])
    )


def fixed(a):
    return lambda x, w: torch.full((1, 1), a["scale"], dtype=DTYPE)


def cosface(x, p, y, a):
    return angular(x, p, y, fixed(a), lambda t: torch.cos(t) - a["margin"])


def arcface(x, p, y, a):
    m = a["margin"]
    return angular(
        x,
        p,
        y,
        fixed(a),
        lambda t: torch.where(t <= math.pi - m, torch.cos(t + m), torch.cos(t) - m * math.sin(m)),
    )


def fc(x, p, name="fc"):
    return x @ p[f"{name}.weight"].T + p[f"{name}.bias"]


def center(x, p, y, a):
    z = fc(x, p)
    d = ((x - p["centres.weight"][y]) ** 2).sum(dim=1)
    return z, ce(z, y) + a["weight"] / 2 * d, {}


def lgm(x, p, y, a):
    mean, logvar = p["gaussian.mean"], p["gaussian.logvariance"]
    d = 0.5 * ((x[:, None, :] - mean[None]) ** 2 / torch.exp(logvar)[None]).sum(dim=2)
    half = 0.5 * logvar.sum(dim=1)
    z = -d - half
    target = z.clone()
    target[range(N), y] = -(1 + a["margin"]) * d[range(N), y] - half[y]
    return z, ce(target, y) + a["weight"] * d[range(N), y], {}


def hsic(v, u):
    h = torch.eye(K, dtype=DTYPE) - torch.ones((K, K), dtype=DTYPE) / K
    return torch.trace((v @ v.T) @ h @ (u @ u.T) @ h) / (K - 1) ** 2


def em_softmax(x, p, y, a):
    names = ["fc"] + [f"fc{v}" for v in range(2, int(a["ensemble"]) + 1)]
    logits = [fc(x, p, n) for n in names]
    onehot = torch.nn.functional.one_hot(torch.tensor(y), K)
    loss = sum(ce(z - a["margin"] * onehot, y) for z in logits)
    pairs = [
        hsic(p[f"{names[v]}.weight"], p[f"{names[u]}.weight"])
        for v in range(len(names))
        for u in range(v + 1, len(names))
    ]
    return sum(logits) / len(logits), loss, {"diversity": a["diversity"] * sum(pairs)}


def cc_loss(x, p, y, a):
    hidden = torch.relu(fc(x, p, "attention.squeeze"))
    attention = torch.sigmoid(fc(hidden, p, "attention.excite"))
    z = fc(attention * x, p)
    same, different = [], []
    for i in range(N):
        for j in range(N):
            if i != j:
                d = torch.sqrt(((attention[i] - attention[j]) ** 2).sum())
                (same if y[i] == y[j] else different).append(d)
    intra = sum(same) / len(same)
    inter = sum(different) / len(different)
    return (
        z,
        ce(z, y),
        {
            "intra": a["weight"] * intra,
            "inter": a["weight"] * torch.relu(a["margin"] - inter),
        },
    )


def unit(rows):
    return torch.stack([row / torch.sqrt((row * row).sum()) for row in rows])


def two_way(x, p, y, a, weights):
    t = torch.tensor(LABELS, dtype=DTYPE)
    f = unit(fc(x, p, "image"))
    g = unit(fc(torch.relu(fc(t, p, "labels.hidden")), p, "labels.out"))
    hamming = [[sum(u != v for u, v in zip(LABELS[i], LABELS[j])) for j in range(N)] for i in range(N)]
    losses = []
    for i in range(N):
        others = sorted((hamming[i][j], j) for j in range(N) if hamming[i][j] > 0)
        loss = x.new_zeros(())
        for h, j in others[: int(a["neighbours"])]:
            least = a["margin"] * h / K + ((f[i] - g[i]) ** 2).sum()
            loss = loss + torch.relu(least - ((f[i] - g[j]) ** 2).sum())
            loss = loss + torch.relu(least - ((f[j] - g[i]) ** 2).sum())
        z = fc(g[i : i + 1], p, "decoder")[0]
        bce = torch.nn.functional.binary_cross_entropy_with_logits(z, t[i], reduction="none")
        losses.append(loss + a["reconstruction"] * (bce * torch.tensor(weights, dtype=DTYPE)).sum())
    return fc(f, p, "decoder"), torch.stack(losses), {}


def two_way_parameters():
    return {
        **linear("image", 0.6, F, F),
        **linear("labels.hidden", 1.6, F, K),
        **linear("labels.out", 0.1, F, F),
        **linear("decoder", 0.2, K, F),
    }


HEADS = [
    ("l-softmax", l_softmax, {"margin": 4, "mix": 0.5}, {"fc.weight": wave((K, F), 0.9)}),
    ("l-softmax", l_softmax, {"margin": 1, "mix": 0}, {"fc.weight": wave((K, F), 0.9)}),
    ("sphereface", sphereface, {"margin": 3, "mix": 5}, {"fc.weight": wave((K, F), 0.9)}),
    ("cosface", cosface, {"scale": 8, "margin": 0.35}, {"fc.weight": wave((K, F), 0.9)}),
    ("arcface", arcface, {"scale": 8, "margin": 0.5}, {"fc.weight": wave((K, F), 0.9)}),
    ("arcface", arcface, {"scale": 8, "margin": 1.5}, {"fc.weight": wave((K, F), 0.9)}),
    (
        "center",
        center,
        {"weight": 0.3, "rate": 1},
        {**linear("fc", 0.2), "centres.weight": wave((K, F), 1.9)},
    ),
    (
        "lgm",
        lgm,
        {"margin": 0.2, "weight": 0.1},
        {"gaussian.mean": wave((K, F), 1.1), "gaussian.logvariance": wave((K, F), 0.3, 0.5)},
    ),
    (
        "em-softmax",
        em_softmax,
        {"margin": 0.7, "ensemble": 3, "diversity": 0.2},
        {**linear("fc", 0.2), **linear("fc2", 1.2), **linear("fc3", 2.9)},
    ),
    (
        "cc-loss",
        cc_loss,
        {"weight": 0.4, "margin": 1.5, "reduction": 2},
        {
            **linear("attention.squeeze", 0.6, F // 2, F),
            **linear("attention.excite", 1.6, F, F // 2),
            **linear("fc", 0.2),
        },
    ),
    (
        "two-way-metric",
        two_way,
        {"margin": 1.5, "neighbours": 2, "reconstruction": 0.7},
        two_way_parameters(),
    ),
    (
        "two-way-metric",
        two_way,
        {"margin": 0.5, "neighbours": 9, "reconstruction": 2},
        two_way_parameters(),
    ),
]


def total(function, x, parameters, arguments, weights):
    if function is two_way:
        # Class weights are factors of the decisions; every sample has weight 1.
        z, loss, terms = function(x, parameters, CLASSES, arguments, weights)
        return z, loss, terms, loss.mean()
    z, per_sample, terms = function(x, parameters, CLASSES, arguments)
    w = torch.tensor([weights[c] for c in CLASSES], dtype=DTYPE)
    # The additional terms of center and lgm are weighted like the rest.
    loss = per_sample * w
    return z, loss, terms, loss.sum() / w.sum() + sum(terms.values())


def verify(function, x, parameters, arguments, weights, name, gradients):
    step = 1e-6
    for key, gradient in gradients.items():
        for i in range(gradient.numel()):
            values = []
            for sign in (1, -1):
                shifted = {n: p.detach().clone() for n, p in parameters.items()}
                moved = x.detach().clone()
                (moved if key == "x" else shifted[key]).view(-1)[i] += sign * step
                values.append(total(function, moved, shifted, arguments, weights)[3].item())
            slope = (values[0] - values[1]) / (2 * step)
            if abs(slope - gradient.reshape(-1)[i].item()) > 1e-7 * max(1, abs(slope)):
                raise SystemExit(f"{name}, {key}[{i}]: autograd {gradient.reshape(-1)[i]}, {slope}")


def main():
    cases = []
    for name, function, arguments, parameters in HEADS:
        for weights in ([1.0] * K, WEIGHTS):
            x = features().requires_grad_(True)
            leaves = {n: p.clone().requires_grad_(True) for n, p in parameters.items()}
            z, loss, terms, summed = total(function, x, leaves, arguments, weights)
            summed.backward()
            gradients = {"x": x.grad, **{n: p.grad for n, p in leaves.items()}}
            verify(function, x, leaves, arguments, weights, name, gradients)
            cases.append(
                {
                    "head": name,
                    "parameters": arguments,
                    "x": x.tolist(),
                    **({"labels": LABELS} if function is two_way else {"classes": CLASSES}),
                    "classWeights": weights,
                    "tensors": {n: p.tolist() for n, p in leaves.items()},
                    "logits": z.tolist(),
                    "perSample": loss.tolist(),
                    "terms": {n: t.item() for n, t in terms.items()},
                    "gradients": {n: g.tolist() for n, g in gradients.items()},
                }
            )
    header = (
        "Heads' losses, terms and gradients in float64, written by tools/golden/heads.py with"
        f" Python {platform.python_version()} and torch {torch.__version__}."
    )
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write('{"header": ' + json.dumps(header) + ',\n"cases": [\n')
        out.write(",\n".join(json.dumps(case) for case in cases))
        out.write("\n]}\n")
    print(f"{len(cases)} cases written to {sys.argv[1]}")


if __name__ == "__main__":
    main()
