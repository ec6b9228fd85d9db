"""Plants duplicates and wrong labels in a copy of a data set, to measure `discern check` on it.

Python 3 with Pillow:  python plant.py DATA OUT [SEED]

DATA has the folders train, validation and test, each with one folder per class. OUT gets a copy, in which
 - 20 training images are copied into test or validation as they are, 20 re-encoded at JPEG quality 50 and 60 % of
   their size, and 20 mirrored (JPEG quality 90), all under new names in the folder of the same class;
 - 5 % of the training images that are not among those lie in the folder of another class, drawn uniformly.
OUT/planted.json names them. The cleanlab comparison is cleanlab_comparison.py.
"""

import json
import pathlib
import random
import shutil
import sys

from PIL import Image, ImageOps

COPIES = 20
WRONG = 0.05


def changed(image, how):
    if how == "re-encoded":
        size = (round(image.width * 0.6), round(image.height * 0.6))
        return image.resize(size, Image.BICUBIC), 50
    return ImageOps.mirror(image), 90


def main(data, out, seed=0):
    data, out = pathlib.Path(data), pathlib.Path(out)
    draw = random.Random(seed)
    shutil.copytree(data, out, ignore=lambda folder, names: [n for n in names if n == "planted.json"])
    train = sorted(p.relative_to(out) for p in out.glob("train/*/*"))
    classes = sorted(p.name for p in (out / "train").iterdir() if p.is_dir())
    draw.shuffle(train)
    planted = {"copies": [], "labels": {}}
    for k, original in enumerate(train[: 3 * COPIES]):
        how = ["exact", "re-encoded", "mirrored"][k // COPIES]
        part = draw.choice(["validation", "test"])
        copy = pathlib.Path(part, original.parts[1], f"planted-{k}{original.suffix}")
        if how == "exact":
            shutil.copy(out / original, out / copy)
        else:
            image, quality = changed(ImageOps.exif_transpose(Image.open(out / original)).convert("RGB"), how)
            image.save(out / copy, quality=quality)
        planted["copies"].append({"original": str(original), "copy": str(copy), "how": how})
    rest = train[3 * COPIES :]
    for original in rest[: round(WRONG * len(rest))]:
        label = draw.choice([c for c in classes if c != original.parts[1]])
        moved = pathlib.Path("train", label, "moved-" + original.name)
        shutil.move(out / original, out / moved)
        planted["labels"][str(moved)] = original.parts[1]
    (out / "planted.json").write_text(json.dumps(planted, indent=1))
    print(len(planted["copies"]), "copies,", len(planted["labels"]), "wrong labels in", out)


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:4]))
