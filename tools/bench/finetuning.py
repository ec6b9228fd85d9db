"""Trains EfficientNet-Lite0 on a folder of photographs with PyTorch and timm, as an expert would: the reference for
the accuracy and the time of `train`, of `train --freeze backbone`, and of training on few photographs.

    pip install torch torchvision timm safetensors Pillow scipy
    python tools/bench/finetuning.py finetune FOLDER [--epochs 5] [--seed 0] [--batch 32] [--bf16] ...
    python tools/bench/finetuning.py probe    FOLDER
    python tools/bench/finetuning.py fewshot  FOLDER --per-class 10 --draw 0 [--epochs 30] ...
    python tools/bench/finetuning.py draw     FOLDER OUT --per-class 10 --draw 0

FOLDER holds train, validation and test, each with one folder per class; fewshot and draw do without validation.
The network starts from the weights that Discern embeds, and sees images as their model card says.

  finetune  trains the whole network under a new classifier: AdamW, a cosine after a linear warm-up, weight decay on
            matrices and filters, random resized crops and flips. Tests the epoch with the best validation accuracy
            (of equal ones, the lowest loss). Then measures bare steps: one batch in memory, again and again.
  probe     computes the features once and fits a logistic regression (L-BFGS); validation chooses the L2 penalty.
  fewshot   does both with N training photographs per class and without a validation part: fine-tuning runs for a fixed
            number of epochs, and cross-validation over 5 folds of the draw chooses the penalty.
  draw      links the photographs that fewshot draws into OUT/train and all test photographs into OUT/test, so that
            `./discern train OUT` sees the same ones.

A draw takes the N photographs of each class whose SHA-256 of "DRAW/CLASS/FILE" is the smallest. Seconds count from the
first statement of this file, imports included. OMP_NUM_THREADS sets the threads of the engine; --workers the processes
that decode (0: none).
"""
import time

START = time.perf_counter()

import argparse
import contextlib
import copy
import hashlib
import json
import math
import pathlib
import re
import statistics

import timm
import torch
import torch.nn.functional as F
import torchvision.transforms as T
from regression import PENALTIES, Regression, penalty_by_folds
from safetensors import safe_open
from torch.utils.data import DataLoader, Subset, default_collate
from torchvision.datasets import ImageFolder

WEIGHTS = pathlib.Path(__file__).parents[2] / "core/src/main/resources/dev/discern/card/efficientnet-lite0.safetensors"
EVALUATION_BATCH = 64
WARM_UP_STEPS = 3  # of the bare steps


# The network and its view of images


def network(classes, dropout=0.0):
    """The embedded network with a new classifier; with 0 classes, it returns features."""
    model = timm.create_model("tf_efficientnet_lite0", drop_rate=dropout)
    with safe_open(WEIGHTS, "pt") as file:
        weights = {re.sub("^fc[.]", "classifier.", name): file.get_tensor(name).float() for name in file.keys()}
    model.load_state_dict(weights, strict=True)
    model.reset_classifier(classes)
    return model.to(memory_format=torch.channels_last)


def views(least_area):
    """How training and evaluation see an image."""
    with safe_open(WEIGHTS, "pt") as file:
        card = json.loads(file.metadata()["card"])["input"]
    side, bicubic = card["height"], T.InterpolationMode(card["interpolation"])
    tensor = [T.ToTensor(), T.Normalize(card["mean"], card["std"])]
    crop = T.RandomResizedCrop(side, scale=(least_area, 1), interpolation=bicubic)
    resize = T.Resize(round(side / card["cropRatio"]), interpolation=bicubic)
    return (
        T.Compose([crop, T.RandomHorizontalFlip(), *tensor]),
        T.Compose([resize, T.CenterCrop(side), *tensor]),
    )


# Data


def part(options, name, view):
    folder = pathlib.Path(options.folder)
    images, classes = ImageFolder(folder / name, view), ImageFolder(folder / "train").classes
    if images.classes != classes:
        raise SystemExit(f"{name} has the classes {images.classes}, but train has {classes}: labels would differ.")
    return images


def drawn(images, per_class, draw):
    """Indices of the photographs of the draw, in the order of their hashes within each class."""
    classes = [[] for _ in images.classes]
    for index, (file, label) in enumerate(images.samples):
        name = pathlib.Path(file).relative_to(images.root).as_posix()
        classes[label].append((hashlib.sha256(f"{draw}/{name}".encode()).hexdigest(), index))
    for name, hashes in zip(images.classes, classes):
        if len(hashes) < per_class:
            raise SystemExit(f"{name} has only {len(hashes)} training photographs: draw at most as many per class.")
    return [index for hashes in classes for _, index in sorted(hashes)[:per_class]]


def evaluation_loader(images, options):
    return DataLoader(images, EVALUATION_BATCH, num_workers=options.workers)


def autocast(options):
    return torch.autocast("cpu", torch.bfloat16) if options.bf16 else contextlib.nullcontext()


# Fine-tuning


def optimizer_of(model, options):
    """AdamW with a rate of its own for the classifier, and no decay for vectors."""
    head = {id(parameter) for parameter in model.get_classifier().parameters()}
    groups = {}
    for parameter in model.parameters():
        rate = options.head_lr if id(parameter) in head else options.lr
        decay = options.weight_decay if parameter.dim() > 1 else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": group, "lr": rate, "weight_decay": decay} for (rate, decay), group in groups.items()]
    )


def fraction(step, warm_up, steps):
    """Of the highest rate, at a step counted from 0."""
    if step < warm_up:
        return (step + 1) / (warm_up + 1)
    return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, steps - warm_up)))


def step_of(model, optimizer, options):
    def step(images, labels):
        images = images.contiguous(memory_format=torch.channels_last)
        with autocast(options):
            logits = model(images)
        loss = F.cross_entropy(logits.float(), labels, label_smoothing=options.smoothing)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def evaluate(model, loader, options):
    """Correct predictions, images and mean cross-entropy."""
    model.eval()
    correct, count, loss = 0, 0, 0.0
    with torch.inference_mode():
        for images, labels in loader:
            with autocast(options):
                logits = model(images.contiguous(memory_format=torch.channels_last))
            loss += F.cross_entropy(logits.float(), labels, reduction="sum").item()
            correct += (logits.argmax(1) == labels).sum().item()
            count += len(labels)
    return correct, count, loss / count


def fine_tune(train, validation, classes, options):
    """Returns the model of the best epoch, or of the last one without validation images; and its step."""
    torch.manual_seed(options.seed)
    model = network(classes, options.dropout)
    batch = min(options.batch, len(train))
    # A last batch of few images would spoil the statistics of batch normalization.
    loader = DataLoader(
        train, batch, shuffle=True, drop_last=True, num_workers=options.workers, persistent_workers=options.workers > 0
    )
    optimizer = optimizer_of(model, options)
    steps, warm_up = options.epochs * len(loader), round(options.warm_up * options.epochs * len(loader))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: fraction(step, warm_up, steps))
    step = step_of(model, optimizer, options)
    best, kept = None, None
    for epoch in range(1, options.epochs + 1):
        start = time.perf_counter()
        model.train()
        loss = 0.0
        for images, labels in loader:
            loss += step(images, labels)
            schedule.step()
        seconds = time.perf_counter() - start
        line = f"epoch {epoch}: loss {loss / len(loader):.4f}, {seconds:.1f} s, "
        line += f"{len(loader) * batch / seconds:.2f} images/s"
        if validation is not None:
            start = time.perf_counter()
            correct, count, loss = evaluate(model, validation, options)
            line += f"; validation {100 * correct / count:.2f} %, loss {loss:.4f}, {time.perf_counter() - start:.1f} s"
            if best is None or (correct, -loss) > best[:2]:
                best, kept = (correct, -loss, epoch), copy.deepcopy(model.state_dict())
        print(line, flush=True)
    if kept is not None:
        print(f"best epoch: {best[2]}")
        model.load_state_dict(kept)
    return model, step


def bare_steps(model, step, train, options):
    """Images/s of steps on one batch in memory, from the median time of a step."""
    images, labels = default_collate([train[index] for index in range(min(options.batch, len(train)))])
    images = images.contiguous(memory_format=torch.channels_last)
    model.train()
    times = []
    for _ in range(WARM_UP_STEPS + options.bare_steps):
        start = time.perf_counter()
        step(images, labels)
        times.append(time.perf_counter() - start)
    median = statistics.median(times[WARM_UP_STEPS:])
    print(f"bare steps: {len(labels) / median:.2f} images/s, {1000 * median:.1f} ms, n = {options.bare_steps}")


# Logistic regression on features


def features(model, images, options):
    """Features and labels of all images, as NumPy arrays."""
    rows, labels = [], []
    with torch.inference_mode():
        for batch, numbers in evaluation_loader(images, options):
            with autocast(options):
                rows.append(model(batch.contiguous(memory_format=torch.channels_last)).float())
            labels.append(numbers)
    return torch.cat(rows).double().numpy(), torch.cat(labels).numpy()


# Commands


def report(name, correct, count, seconds):
    print(f"{name}: test top-1 {100 * correct / count:.2f} % ({correct} of {count}), {seconds:.1f} s", flush=True)


def total():
    print(f"total: {time.perf_counter() - START:.1f} s", flush=True)


def finetune(options):
    crops, view = views(options.least_area)
    train = part(options, "train", crops)
    validation = evaluation_loader(part(options, "validation", view), options)
    model, step = fine_tune(train, validation, len(train.classes), options)
    correct, count, _ = evaluate(model, evaluation_loader(part(options, "test", view), options), options)
    report("fine-tuning", correct, count, time.perf_counter() - START)
    total()
    if options.bare_steps > 0:
        bare_steps(model, step, train, options)


def probe(options):
    _, view = views(1)
    model = network(0).eval()
    parts = [part(options, name, view) for name in ("train", "validation", "test")]
    (x, y), validation, test = [features(model, images, options) for images in parts]
    print(f"features: {time.perf_counter() - START:.1f} s", flush=True)
    regression = Regression(x, y, len(parts[0].classes))
    fits = regression.path(PENALTIES)
    scored = [(tuple(regression.score(w, *validation)), penalty, w) for penalty, w in fits]
    (correct, _), penalty, w = max(scored, key=lambda fit: fit[0])
    print(f"penalty {penalty:.2g}, validation {100 * correct / len(validation[1]):.2f} %")
    report("linear probe", int(regression.score(w, *test)[0]), len(test[1]), time.perf_counter() - START)
    total()


def fewshot(options):
    crops, view = views(options.least_area)
    train, still = part(options, "train", crops), part(options, "train", view)
    test = part(options, "test", view)
    chosen = drawn(train, options.per_class, options.draw)
    classes = len(train.classes)
    model = network(0).eval()
    (x, y), (test_x, test_y) = [features(model, images, options) for images in (Subset(still, chosen), test)]
    penalty = penalty_by_folds(x, y, classes)
    regression = Regression(x, y, classes)
    ((_, w),) = regression.path([penalty])
    probed = int(regression.score(w, test_x, test_y)[0])
    print(f"penalty {penalty:.2g}")
    report("linear probe", probed, len(test_y), time.perf_counter() - START)
    start = time.perf_counter()
    model, _ = fine_tune(Subset(train, chosen), None, classes, options)
    tuned, count, _ = evaluate(model, evaluation_loader(test, options), options)
    report("fine-tuning", tuned, count, time.perf_counter() - start)
    print(f"best: test top-1 {100 * max(probed, tuned) / count:.2f} %")
    total()


def draw(options):
    train, test = part(options, "train", None), part(options, "test", None)
    out = pathlib.Path(options.out)
    if out.exists():
        raise SystemExit(f"{out} exists: name a new folder.")
    chosen = drawn(train, options.per_class, options.draw)
    for images, indices in (train, chosen), (test, range(len(test))):
        for index in indices:
            file = pathlib.Path(images.samples[index][0])
            link = out / pathlib.Path(images.root).name / file.relative_to(images.root)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file.resolve())
    print(f"{len(chosen)} training and {len(test)} test photographs in {out}")


def parser():
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument("folder")
    engine = argparse.ArgumentParser(add_help=False)
    engine.add_argument("--bf16", action="store_true", help="autocast to bfloat16")
    engine.add_argument("--workers", type=int, default=2, help="processes that decode images")
    training = argparse.ArgumentParser(add_help=False)
    training.add_argument("--seed", type=int, default=0)
    training.add_argument("--batch", type=int, default=32)
    training.add_argument("--lr", type=float, default=5e-4, help="of the backbone, after warm-up")
    training.add_argument("--head-lr", type=float, default=1e-3, help="of the classifier, after warm-up")
    training.add_argument("--warm-up", type=float, default=0.1, help="share of all steps")
    training.add_argument("--weight-decay", type=float, default=0.05)
    training.add_argument("--smoothing", type=float, default=0.0, help="of labels")
    training.add_argument("--dropout", type=float, default=0.0)
    training.add_argument("--least-area", type=float, default=0.35, help="of random crops, as a share of the image")
    sample = argparse.ArgumentParser(add_help=False)
    sample.add_argument("--per-class", type=int, required=True, help="training photographs of each class")
    sample.add_argument("--draw", type=int, default=0, help="number of the draw")
    result = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = result.add_subparsers(required=True)

    def command(run, *parents):
        added = commands.add_parser(
            run.__name__, parents=[folder, *parents], formatter_class=argparse.ArgumentDefaultsHelpFormatter
        )
        added.set_defaults(run=run)
        return added

    tuning = command(finetune, engine, training)
    tuning.add_argument("--epochs", type=int, default=5)
    tuning.add_argument("--bare-steps", type=int, default=20, help="bare steps to time; 0: none")
    command(probe, engine)
    command(fewshot, engine, training, sample).add_argument("--epochs", type=int, default=30)
    command(draw, sample).add_argument("out")
    return result


def main():
    options = parser().parse_args()
    if "bf16" in options:
        threads, precision = torch.get_num_threads(), "bf16" if options.bf16 else "fp32"
        print(f"torch {torch.__version__}, timm {timm.__version__}, {threads} threads, {precision}", flush=True)
    options.run(options)


if __name__ == "__main__":
    main()
