"""ONNX Runtime called from Python: the peer of `tools/bench.sh RuntimeSpeed FILE`.

    python tools/bench/runtime.py FILE THREADS

Reads lines of "BATCH HEIGHT WIDTH SECONDS" and answers each with images per second, on decoded images in memory.
"""
import sys
import time

import numpy
import onnxruntime

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = int(sys.argv[2])
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
for line in sys.stdin:
    batch, height, width, seconds = line.split()
    images = numpy.random.default_rng(0).integers(0, 256, (int(batch), int(height), int(width), 3), dtype=numpy.uint8)
    start = time.perf_counter()
    done = 0
    while time.perf_counter() - start < float(seconds):
        session.run(["probabilities"], {"images": images})
        done += int(batch)
    print(done / (time.perf_counter() - start), flush=True)
