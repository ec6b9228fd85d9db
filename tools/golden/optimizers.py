"""Golden parameter values after a few steps of PyTorch's optimizers, in float32.

Made with: Python 3.11, PyTorch 1.13.1 (Debian 12: apt-get install python3-torch).
Run from the repository's root:
    /usr/bin/python3 tools/golden/optimizers.py > core/src/test/resources/golden/optimizers.json

Two parameters, a matrix and a vector, on the loss sum(a * (x - b)^2) with fixed a and b, and a
learning rate that changes from step to step.
"""
import json

import torch

RATES = [0.1, 0.05, 0.2, 0.01, 0.1]


def run(make, spare_vector):
    matrix = torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.25, -1.0]], requires_grad=True)
    vector = torch.tensor([0.5, -0.5, 2.0], requires_grad=True)
    optimizer = make([matrix], [vector], spare_vector)
    for rate in RATES:
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        loss = (0.3 * (matrix - 0.7) ** 2).sum() + (1.1 * (vector + 0.2) ** 2).sum()
        loss.backward()
        optimizer.step()
    return {"matrix": matrix.flatten().tolist(), "vector": vector.tolist()}


def groups(matrix, vector, decay, spare_vector):
    return [{"params": matrix, "weight_decay": decay},
            {"params": vector, "weight_decay": 0.0 if spare_vector else decay}]


def sgd(momentum, nesterov, decay):
    return lambda m, v, spare: torch.optim.SGD(groups(m, v, decay, spare), lr=0.1,
                                               momentum=momentum, nesterov=nesterov)


def adamw(decay):
    return lambda m, v, spare: torch.optim.AdamW(groups(m, v, decay, spare), lr=0.1)


CASES = {
    "sgd": (sgd(0.0, False, 0.0), False, dict(optimizer="sgd", momentum=0.0, nesterov=False, weightDecay=0.0)),
    "momentum": (sgd(0.9, False, 0.01), False, dict(optimizer="sgd", momentum=0.9, nesterov=False, weightDecay=0.01)),
    "nesterov, norms and biases spared": (sgd(0.9, True, 0.01), True, dict(optimizer="sgd", momentum=0.9, nesterov=True, weightDecay=0.01)),
    "adamw": (adamw(0.05), False, dict(optimizer="adamw", momentum=0.9, nesterov=False, weightDecay=0.05)),
    "adamw, norms and biases spared": (adamw(0.05), True, dict(optimizer="adamw", momentum=0.9, nesterov=False, weightDecay=0.05)),
}
print(json.dumps({
    "madeBy": "tools/golden/optimizers.py with PyTorch " + torch.__version__,
    "rates": RATES,
    "cases": [dict(name=name, spareVector=spare, **config, **run(make, spare))
              for name, (make, spare, config) in CASES.items()],
}, indent=1))
