"""Loads a server: throughput and latency, malformed requests, stops. Only Python's standard library.

  python tools/serve/load.py throughput URL IMAGE... [--clients 16] [--seconds 30] [--rate N]
  python tools/serve/load.py faults URL IMAGE... [--clients 16] [--seconds 600] [--share 0.2]
  python tools/serve/load.py stops IMAGE... [--clients 16] [--stops 20] -- COMMAND...

throughput: clients that send one image after another over one connection each; with --rate, at that
many requests per second in all, and latency from the planned time. faults: the same, while a share of
requests is wrong; each must get its status and one sentence, and no answer may be a 5xx. stops: starts
COMMAND (which must print the server's address first), loads it, sends SIGTERM, and counts requests
whose connection was accepted and which got no complete answer. Images: for the targets of
docs/serving.md, JPEGs of 400x533 pixels. The model is the first that the server lists.
"""

import argparse
import base64
import http.client
import json
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import zlib

SENTENCE_END = "."


def parse():
    arguments = sys.argv[1:]
    command = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, command = arguments[:at], arguments[at + 1 :]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("mode", choices=["throughput", "faults", "stops"])
    parser.add_argument("paths", nargs="+", help="the URL, except for stops, then images")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--warmup", type=float, default=5)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--share", type=float, default=0.2)
    parser.add_argument("--stops", type=int, default=20)
    options = parser.parse_args(arguments)
    options.command = command
    return options


class Target:
    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port or 80
        connection = self.connect()
        connection.request("GET", "/v1/models")
        name = json.loads(connection.getresponse().read())["models"][0]["name"]
        connection.close()
        self.path = f"/v1/models/{name}:classify"
        self.infer = f"/v2/models/{name}/infer"

    def connect(self, timeout=60):
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)


def images(paths):
    found = []
    for path in paths:
        with open(path, "rb") as file:
            found.append(file.read())
    return found


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def run_clients(count, work):
    threads = [threading.Thread(target=work, args=(i,), daemon=True) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def throughput(target, bodies, options):
    begin = time.monotonic()
    measured = begin + options.warmup
    end = measured + options.seconds
    latencies, lock, wrong = [], threading.Lock(), []
    interval = options.clients / options.rate if options.rate else 0

    def work(client):
        connection = target.connect()
        draw = random.Random(client)
        planned = begin + draw.random() * interval
        while time.monotonic() < end:
            if interval:
                time.sleep(max(0, planned - time.monotonic()))
            started = planned if interval else time.monotonic()
            planned += interval
            connection.request("POST", target.path, draw.choice(bodies), {"Content-Type": "image/jpeg"})
            answer = connection.getresponse()
            answer.read()
            now = time.monotonic()
            with lock:
                if answer.status != 200:
                    wrong.append(answer.status)
                elif started >= measured and now <= end:
                    latencies.append(now - started)
        connection.close()

    run_clients(options.clients, work)
    print(
        f"{len(latencies) / options.seconds:.1f} images/s, {options.clients} clients, "
        f"{options.seconds:.0f} s: p50 {1e3 * percentile(latencies, 0.5):.1f} ms, "
        f"p99 {1e3 * percentile(latencies, 0.99):.1f} ms; {len(wrong)} other answers {set(wrong) or ''}"
    )


def bomb():
    """A PNG that claims 60,000 x 60,000 pixels in a few bytes."""

    def chunk(kind, data):
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    side = (60_000).to_bytes(4, "big")
    header = chunk(b"IHDR", side + side + bytes([8, 2, 0, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def faulty_requests(target, image):
    """Wrong requests: a name, the statuses allowed, and what is sent."""
    half = image[: len(image) // 2]
    nested = b"[" * 100_000
    return [
        ("truncated JPEG", {400}, (target.path, half, "image/jpeg")),
        ("no image", {400}, (target.path, b"hello", "image/jpeg")),
        ("empty", {400}, (target.path, b"", "image/jpeg")),
        ("bomb", {400}, (target.path, bomb(), "image/png")),
        ("too long", {413}, (target.path, bytes(20 << 20), "image/jpeg")),
        ("invalid JSON", {400}, (target.path, b'{"image": ', "application/json")),
        ("deep JSON", {400}, (target.path, b'{"images": ' + nested, "application/json")),
        ("not base64", {400}, (target.path, b'{"image": "?"}', "application/json")),
        ("truncated in JSON", {400},
         (target.path, json.dumps({"image": base64.b64encode(half).decode()}).encode(), "application/json")),
        ("broken form", {400}, (target.path, half, "multipart/form-data; boundary=b")),
        ("other type", {415}, (target.path, image, "text/html")),
        ("no such model", {404}, ("/v1/models/none:classify", image, "image/jpeg")),
        ("wrong shape", {400},
         (target.infer, b'{"inputs":[{"name":"images","datatype":"UINT8","shape":[1,9,9,3],"data":[1]}]}',
          "application/json")),
        ("wrong parameter", {400}, (target.path + "?top=0", image, "image/jpeg")),
    ]


def answer_to(connection, path, body, kind):
    connection.request("POST", path, body, {"Content-Type": kind})
    answer = connection.getresponse()
    return answer.status, answer.read()


def raw(target, text, wait):
    """Sends half a request; drops the connection at once, or waits for the answer."""
    with socket.create_connection((target.host, target.port), timeout=60) as connection:
        connection.sendall(text)
        if not wait:
            return None
        return connection.makefile("rb").readline().decode("latin-1")


def faults(target, bodies, options):
    end = time.monotonic() + options.seconds
    counts, problems, late, lock = {}, [], [], threading.Lock()
    head = f"POST {target.path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ".encode()

    def note(name, problem=None):
        with lock:
            counts[name] = counts.get(name, 0) + 1
            if problem:
                problems.append(f"{name}: {problem}")

    def judged(name, allowed, status, body):
        try:
            sentence = json.loads(body)["error"]
            whole = sentence.endswith(SENTENCE_END)
        except (ValueError, KeyError):
            whole = False
        note(name, None if status in allowed and whole else f"{status} {body[:200]!r}")

    def slow():
        line = raw(target, head + b"100\r\n\r\nabc", wait=True)
        note("slow", None if " 408 " in line else line)

    def work(client):
        draw = random.Random(client)
        connection = target.connect()
        while time.monotonic() < end:
            image = draw.choice(bodies)
            try:
                if draw.random() >= options.share:
                    status, body = answer_to(connection, target.path, image, "image/jpeg")
                    note("good", None if status == 200 else f"{status} {body[:200]!r}")
                    continue
                kind = draw.randrange(17)
                if kind == 0:
                    raw(target, head + b"1000\r\n\r\nabc", wait=False)
                    note("dropped")
                elif kind == 1:
                    thread = threading.Thread(target=slow, daemon=True)
                    thread.start()
                    late.append(thread)
                elif kind == 2:
                    line = raw(target, b"nonsense\r\n\r\n", wait=True)
                    note("no HTTP", None if " 400 " in line else line)
                else:
                    name, allowed, request = faulty_requests(target, image)[kind - 3]
                    judged(name, allowed, *answer_to(connection, *request))
            except (OSError, http.client.HTTPException) as failure:
                note("connection", repr(failure))
                connection = target.connect()

    run_clients(options.clients, work)
    for thread in late:
        thread.join()
    for name, count in sorted(counts.items()):
        print(f"{count:8d} {name}")
    print(f"{len(problems)} wrong answers")
    for problem in problems[:20]:
        print("  " + problem)
    connection = target.connect()
    connection.request("GET", "/metrics")
    for line in connection.getresponse().read().decode().splitlines():
        if line.startswith(("discern_queue_length ", "discern_requests_open ")):
            print("  " + line)
    return 1 if problems else 0


def stop_once(bodies, options):
    process = subprocess.Popen(options.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    target = Target(process.stdout.readline().strip())
    stopped = threading.Event()
    lock, lost, answered = threading.Lock(), [], [0]

    def work(client):
        draw = random.Random(client)
        connection = target.connect()
        while True:
            try:
                connection.connect() if connection.sock is None else None
            except ConnectionRefusedError:
                return
            try:
                connection.request("POST", target.path, draw.choice(bodies), {"Content-Type": "image/jpeg"})
                answer = connection.getresponse()
                answer.read()
                with lock:
                    answered[0] += 1
                    if answer.status != 200:
                        lost.append(f"{answer.status}")
            except (OSError, http.client.HTTPException) as failure:
                with lock:
                    lost.append(repr(failure))
                if stopped.is_set():
                    return

    threads = [threading.Thread(target=work, args=(i,), daemon=True) for i in range(options.clients)]
    for thread in threads:
        thread.start()
    time.sleep(3)
    stopped.set()
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    for thread in threads:
        thread.join()
    code = process.wait()
    print(f"{answered[0]} answered, {len(lost)} lost {lost or ''}, exit {code} after {time.monotonic() - began:.2f} s")
    return len(lost)


def main():
    options = parse()
    if options.mode == "stops":
        bodies = images(options.paths)
        lost = sum(stop_once(bodies, options) for _ in range(options.stops))
        print(f"{options.stops} stops: {lost} lost")
        sys.exit(1 if lost else 0)
    target, bodies = Target(options.paths[0]), images(options.paths[1:])
    if options.mode == "throughput":
        throughput(target, bodies, options)
    else:
        sys.exit(faults(target, bodies, options))


if __name__ == "__main__":
    main()
