"""Writes core/src/test/resources/golden/schedules/*.json: learning rates of PyTorch's schedulers.

Made with Python 3.11.2 and PyTorch 1.13.1 (Debian 12, whose build reports 1.13.0a0). From the
repository's root:

    /usr/bin/python3 tools/golden/schedules.py

A warm-up of W steps is `LinearLR` from 1/W, stepped W - 1 times, followed by the schedule.
"""

import json
import pathlib
import sys
import warnings

import torch
from torch.optim import lr_scheduler as lr

TARGET = pathlib.Path("core/src/test/resources/golden/schedules")
PEAK = 0.4


def rates(scheduler_of, steps):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=PEAK)
    scheduler = scheduler_of(optimizer)
    seen = []
    for _ in range(steps):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(seen) < steps:
            scheduler.step()
    return seen


def after_warmup(optimizer, warmup, scheduler_of):
    rise = lr.LinearLR(optimizer, start_factor=1 / warmup, total_iters=warmup - 1)
    return lr.SequentialLR(optimizer, [rise, scheduler_of(optimizer)], milestones=[warmup])


def write(name, shape, steps, warmup, scheduler_of):
    case = {
        "madeBy": "tools/golden/schedules.py, Python %s, PyTorch %s"
        % (sys.version.split()[0], torch.__version__),
        "shape": shape,
        "peak": PEAK,
        "totalSteps": steps,
        "warmupSteps": warmup,
        "rates": rates(scheduler_of, steps),
    }
    lines = ",\n".join(' "%s": %s' % (key, json.dumps(value)) for key, value in case.items())
    (TARGET / name).with_suffix(".json").write_text("{\n%s\n}\n" % lines)


def cosine(steps):
    return lambda optimizer: lr.CosineAnnealingLR(optimizer, T_max=steps)


def one_cycle(steps, rise):
    return lambda optimizer: lr.OneCycleLR(
        optimizer, max_lr=PEAK, total_steps=steps, pct_start=rise, cycle_momentum=False
    )


def main():
    warnings.simplefilter("ignore")  # SequentialLR warns about an epoch argument that it passes itself
    write("cosine", {"name": "cosine"}, 30, 0, cosine(30))
    write(
        "cosine-warm-up",
        {"name": "cosine"},
        30,
        6,
        lambda optimizer: after_warmup(optimizer, 6, cosine(24)),
    )
    write(
        "constant-warm-up",
        {"name": "constant"},
        12,
        5,
        lambda optimizer: after_warmup(
            optimizer, 5, lambda o: lr.ConstantLR(o, factor=1, total_iters=0)
        ),
    )
    write(
        "multi-step",
        {"name": "multi-step", "milestones": [10, 15, 24], "gamma": 0.3},
        30,
        0,
        lambda optimizer: lr.MultiStepLR(optimizer, milestones=[10, 15, 24], gamma=0.3),
    )
    for steps, rise in ((40, 0.3), (37, 0.25)):
        shape = {"name": "one-cycle", "rise": rise}
        write("one-cycle-%d" % steps, shape, steps, 0, one_cycle(steps, rise))


if __name__ == "__main__":
    main()
