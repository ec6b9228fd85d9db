"""Checks a running server with clients that were written elsewhere.

tritonclient[http] from PyPI speaks the Open Inference Protocol with binary tensors, prometheus_client
parses the metrics. Not part of CI. Run:

  ./discern serve FILE.onnx --port 8080
  pip install 'tritonclient[http]' prometheus_client pillow numpy
  python tools/serve/conformance.py http://127.0.0.1:8080

The token, if the server has one, is read from DISCERN_TOKEN. Exits with 1 at the first difference.
"""

import io
import json
import os
import sys
import urllib.error
import urllib.request

import numpy
import tritonclient.http as triton
from PIL import Image
from prometheus_client.parser import text_string_to_metric_families
from tritonclient.utils import InferenceServerException

URL = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8080"
TOKEN = os.environ.get("DISCERN_TOKEN")
HEADERS = {"Authorization": f"Bearer {TOKEN}"} if TOKEN else {}


def check(what, holds):
    print(("ok    " if holds else "WRONG ") + what)
    if not holds:
        sys.exit(1)


def http(path, body=None, kind=None):
    headers = dict(HEADERS, **({"Content-Type": kind} if kind else {}))
    request = urllib.request.Request(URL + path, data=body, headers=headers)
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def pictures(count, height=61, width=83):
    random = numpy.random.default_rng(7)
    return random.integers(0, 256, (count, height, width, 3), dtype=numpy.uint8)


def png(pixels):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, format="PNG")
    return out.getvalue()


def infer(client, model, array, name, datatype, binary_in, binary_out, outputs=True):
    value = triton.InferInput(name, list(array.shape), datatype)
    value.set_data_from_numpy(array, binary_data=binary_in)
    wanted = [
        triton.InferRequestedOutput("probabilities", binary_data=binary_out),
        triton.InferRequestedOutput("class", binary_data=binary_out),
    ]
    return client.infer(
        model, [value], outputs=wanted if outputs else None, request_id="7", headers=dict(HEADERS)
    )


def names(result):
    return [n.decode() if isinstance(n, bytes) else str(n) for n in result.as_numpy("class").ravel()]


def main():
    client = triton.InferenceServerClient(URL.split("://")[1])
    model = json.loads(http("/v1/models"))["models"][0]
    name, classes = model["name"], model["classes"]
    check("server is live", client.is_server_live(headers=HEADERS))
    check("server is ready", client.is_server_ready(headers=HEADERS))
    check("model is ready", client.is_model_ready(name, headers=HEADERS))
    check("other models are not", not client.is_model_ready(name + "-none", headers=HEADERS))
    check("server has a name", client.get_server_metadata(headers=HEADERS)["name"] == "discern")
    metadata = client.get_model_metadata(name, headers=HEADERS)
    check(
        "metadata names the tensors",
        [i["name"] for i in metadata["inputs"]] == ["images", "encoded"]
        and metadata["outputs"][0]["shape"] == [-1, len(classes)],
    )

    pixels = pictures(3)
    files = numpy.array([png(each) for each in pixels], dtype=object)
    results = {}
    for binary_in in (True, False):
        for binary_out in (True, False):
            key = ("images", binary_in, binary_out)
            results[key] = infer(client, name, pixels, "images", "UINT8", binary_in, binary_out)
    for binary_out in (True, False):
        key = ("encoded", True, binary_out)
        results[key] = infer(client, name, files, "encoded", "BYTES", True, binary_out)
    results["defaults"] = infer(client, name, pixels, "images", "UINT8", True, True, outputs=False)
    first = results[("images", True, True)]
    expected = first.as_numpy("probabilities")
    check("probabilities are FP32 [n, classes]", expected.dtype == numpy.float32)
    check("of all classes", expected.shape == (3, len(classes)))
    check("the ID comes back", first.get_response()["id"] == "7")
    for key, result in results.items():
        close = numpy.abs(result.as_numpy("probabilities") - expected).max() < 1e-6
        check(f"{key}: the same probabilities", bool(close))
        check(f"{key}: the likeliest class", names(result) == [classes[k] for k in expected.argmax(1)])

    for i, file in enumerate(files):
        path = f"/v1/models/{name}:classify?top={len(classes)}"
        found = json.loads(http(path, file, "image/png"))["predictions"][0]["classes"]
        by_name = {each["name"]: each["probability"] for each in found}
        row = numpy.array([by_name[c] for c in classes])
        check(f"image {i}: /v1 agrees with /v2", bool(numpy.abs(row - expected[i]).max() < 1e-6))

    broken = numpy.array([files[0][:100]], dtype=object)
    try:
        infer(client, name, broken, "encoded", "BYTES", True, True)
        check("a truncated image is refused", False)
    except InferenceServerException as failure:
        check(f"a truncated image is refused: {failure.message()}", failure.status() == "400")

    check_metrics(name)
    print("All agree.")


def check_metrics(name):
    families = {f.name: f for f in text_string_to_metric_families(http("/metrics").decode())}
    for wanted in (
        "discern_request_seconds",
        "discern_queue_wait_seconds",
        "discern_batch_size",
        "discern_queue_length",
        "discern_requests_open",
        "discern_decode_failures",
        "discern_answers",
    ):
        check(f"metric {wanted}", wanted in families)
    answers = sum(s.value for s in families["discern_answers"].samples if s.name.endswith("_total"))
    check("answers are counted", answers >= 24)
    buckets = [
        s for s in families["discern_batch_size"].samples
        if s.name.endswith("_bucket") and s.labels["model"] == name
    ]
    counts = [s.value for s in sorted(buckets, key=lambda s: float(s.labels["le"]))]
    check("buckets are cumulative", counts == sorted(counts) and counts[-1] > 0)


if __name__ == "__main__":
    main()
