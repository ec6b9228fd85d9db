"""Golden losses and gradients in float64, straight from the definitions.

Made with: Python 3.11, PyTorch 1.13.1 (Debian 12: apt-get install python3-torch).
Run from the repository's root:
    /usr/bin/python3 tools/golden/losses.py > core/src/test/resources/golden/losses.json

Nothing of Discern's own algebra is used: probabilities by softmax, the competing mass as the sum
of the wrong classes' probabilities, gradients by autograd of the sum of the per-sample losses.
"""
import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
N, K = 6, 5
LOGITS = torch.tensor([[((7 * i + 3 * k) % 11 - 5) * 0.6 + 0.05 * k for k in range(K)] for i in range(N)])
CLASSES = torch.tensor([i * 2 % K for i in range(N)])
WEIGHTS = torch.tensor([0.5, 1.0, 2.0, 1.5, 0.25])
SOFT = torch.tensor([[1.0 + ((i + 2 * k) % 4) for k in range(K)] for i in range(N)])
SOFT = SOFT / SOFT.sum(1, keepdim=True)


def rivals(z, k):
    p = torch.softmax(z, 1)
    return sum(p[:, i] for i in range(K) if i != k)


def ce(z, k):
    return -torch.log(torch.softmax(z, 1)[:, k])


def nllr(z, k):
    return ce(z, k) + torch.log(rivals(z, k))


def crl(alpha, beta):
    return lambda z, k: ce(z, k) + beta * torch.log(alpha + rivals(z, k))


def case(name, loss, soft, weighted):
    z = LOGITS.clone().requires_grad_(True)
    target = SOFT if soft else F.one_hot(CLASSES, K).to(z.dtype)
    w = WEIGHTS if weighted else torch.ones(K)
    # Only classes with some target mass take part, so that 0 times infinity never arises.
    per_sample = sum(target[:, k] * w[k] * loss(z, k) for k in range(K))
    per_sample.sum().backward()
    return {"loss": name, "soft": soft, "weighted": weighted,
            "value": per_sample.tolist(), "gradient": z.grad.flatten().tolist()}


def smoothing(epsilon, weighted):
    z = LOGITS.clone().requires_grad_(True)
    value = F.cross_entropy(z, CLASSES, weight=WEIGHTS if weighted else None, reduction="none",
                            label_smoothing=epsilon)
    value.sum().backward()
    return {"loss": "ce", "smoothing": epsilon, "weighted": weighted,
            "value": value.tolist(), "gradient": z.grad.flatten().tolist()}


LOSSES = {"ce": ce, "nllr": nllr, "crl": crl(1.5, 1.0), "crl(alpha=1,beta=1)": crl(1.0, 1.0),
          "crl(alpha=0,beta=0.5)": crl(0.0, 0.5), "crl(alpha=0.2,beta=3)": crl(0.2, 3.0)}
print(json.dumps({
    "madeBy": "tools/golden/losses.py with PyTorch " + torch.__version__,
    "shape": [N, K], "logits": LOGITS.flatten().tolist(), "classes": CLASSES.tolist(),
    "weights": WEIGHTS.tolist(), "soft": SOFT.flatten().tolist(),
    "cases": [case(n, l, s, w) for n, l in LOSSES.items() for s in (False, True)
              for w in (False, True)],
    "smoothing": [smoothing(0.1, False), smoothing(0.1, True), smoothing(0.3, False)],
}, indent=1))
