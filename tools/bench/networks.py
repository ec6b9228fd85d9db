"""Measures networks of timm, and the CIFAR ResNet-20, in PyTorch: the peer of the bench module's NetworkSpeed,
which starts it with a clock, wall or cpu. Needs torch and timm, and for compiled variants a C++ compiler. It
reads commands and is idle between them:

  load MODEL PRECISION BATCH SIDE CLASSES  prints the variants that were the fastest, once they are known
  train SECONDS, infer SECONDS             prints images/s: the batch size over the median time of a step

PEER_VARIANTS (eager compiled) names the kinds of variants to try.
"""
import contextlib
import os
import statistics
import sys
import time
import warnings

import timm
import torch
import torch.nn.functional as F
from torch import nn

LEAST_STEPS = 3
CLOCK = time.thread_time if sys.argv[1:] == ["cpu"] else time.perf_counter
TRIAL_SECONDS = 2.0


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.stride = stride
        self.extra = outputs - inputs

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        if self.extra:
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, self.extra // 2, self.extra // 2))
        return F.relu(y + x, inplace=True)


class ResNet20(nn.Module):
    """The CIFAR network of He et al. (2016), section 4.2, with shortcuts of option A."""

    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        blocks, inputs = [], 16
        for width in (16, 32, 64):
            for index in range(3):
                blocks.append(BasicBlock(inputs, width, 2 if index == 0 and width > 16 else 1))
                inputs = width
        self.blocks = nn.Sequential(*blocks)
        self.fc = nn.Linear(64, classes)

    def forward(self, x):
        x = self.blocks(F.relu(self.bn1(self.conv1(x)), inplace=True))
        return self.fc(x.mean((2, 3)))


def create(name, classes):
    torch.manual_seed(0)
    model = ResNet20(classes) if name == "resnet20" else timm.create_model(name, num_classes=classes)
    return model.to(memory_format=torch.channels_last)


class Subject:
    """One model, with the ways to run it."""

    def __init__(self, name, precision, batch, side, classes):
        self.batch = batch
        images = torch.randint(0, 256, (batch, 3, side, side)).float().div_(127.5).sub_(1)
        images = images.to(memory_format=torch.channels_last)
        labels = torch.randint(0, classes, (batch,))

        def autocast():
            if precision == "bf16":
                return torch.autocast("cpu", torch.bfloat16)
            return contextlib.nullcontext()

        def training(compiled):
            model = create(name, classes).train()
            call = torch.compile(model) if compiled else model
            optimizer = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9)

            def step():
                with autocast():
                    logits = call(images)
                loss = F.cross_entropy(logits.float(), labels)
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
                loss.item()

            return step

        def inference(compiled, cast):
            model = create(name, classes).eval()
            inputs = images
            if cast:
                model, inputs = model.bfloat16(), images.bfloat16()
            call = torch.compile(model) if compiled else model

            def step():
                with torch.inference_mode(), contextlib.nullcontext() if cast else autocast():
                    call(inputs).float()

            return step

        train = {"eager": lambda: training(False), "compiled": lambda: training(True)}
        infer = {"eager": lambda: inference(False, False), "compiled": lambda: inference(True, False)}
        if precision == "bf16":
            infer["eager bfloat16"] = lambda: inference(False, True)
            infer["compiled bfloat16"] = lambda: inference(True, True)
        self.steps = {"train": fastest(train), "infer": fastest(infer)}

    def rate(self, kind, seconds):
        return self.batch / median(self.steps[kind][1], seconds)


def fastest(variants):
    """Tries all variants a few times in turn and keeps the one with the smallest median."""
    wanted = os.environ.get("PEER_VARIANTS", "eager compiled").split()
    ready = {}
    for name, make in variants.items():
        if name.split()[0] in wanted:
            try:
                ready[name] = make()
                ready[name]()
                ready[name]()
            except Exception as e:  # a variant that PyTorch cannot compile is no peer
                print(f"{name}: {type(e).__name__}: {str(e).splitlines()[0]}", file=sys.stderr)
                ready.pop(name, None)
    times = {name: [] for name in ready}
    for _ in range(3):
        for name, step in ready.items():
            times[name].append(median(step, TRIAL_SECONDS / 3))
    best = min(ready, key=lambda name: statistics.median(times[name]))
    return best, ready[best]


def median(step, seconds):
    times = []
    end = time.perf_counter() + seconds
    while len(times) < LEAST_STEPS or time.perf_counter() < end:
        start = CLOCK()
        step()
        times.append(CLOCK() - start)
    return statistics.median(times)


def main():
    warnings.filterwarnings("ignore")
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
    subject = None
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "load":
            subject = None
            name, precision, *numbers = arguments
            torch.compiler.reset()
            subject = Subject(name, precision, *map(int, numbers))
            print(f"train {subject.steps['train'][0]}, infer {subject.steps['infer'][0]}", flush=True)
        else:
            print(subject.rate(command, float(arguments[0])), flush=True)


if __name__ == "__main__":
    main()
