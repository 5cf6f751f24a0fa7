"""Answers the benchmark's questions: one JSON object a line in, one a line out. Arrays travel as base64 of float32.

Times are taken here, so that sending the question and the answer costs nothing.
"""
import base64
import json
import platform
import sys
import time

import numpy as np
import torch

from explain import Subject, explain
from network import Network

subjects = {}


def array(values):
    return np.frombuffer(base64.b64decode(values), "<f4")


def text(tensor):
    return base64.b64encode(np.ascontiguousarray(tensor.detach().numpy(), "<f4").tobytes()).decode()


def nchw(values, shape, channels_last):
    """[h, w, c] -> [1, c, h, w] in the layout that the network likes."""
    image = torch.from_numpy(array(values).reshape(shape).copy()).permute(2, 0, 1).unsqueeze(0)
    return image.contiguous(memory_format=torch.channels_last if channels_last else torch.contiguous_format)


def versions(_):
    return {"torch": torch.__version__, "python": platform.python_version()}


def open_subject(ask):
    """Reads a network and what is to be explained; `layout` is `channels-last` or `default`."""
    channels_last = ask["layout"] == "channels-last"
    network = Network(ask["folder"], channels_last)
    subjects[ask["name"]] = Subject(
        network=network,
        image=nchw(ask["image"], ask["shape"], channels_last),
        baseline=nchw(ask["baseline"], ask["shape"], channels_last),
        target=ask["target"],
        mask_size=tuple(ask["maskSize"]),
        l1=ask["l1"],
        tv=ask["tv"],
    )
    return {}


def forward(ask):
    subject = subjects[ask["name"]]
    with torch.no_grad():
        start = time.perf_counter()
        logits = subject.network(subject.image)
        milliseconds = 1e3 * (time.perf_counter() - start)
    return {"milliseconds": milliseconds, "values": text(logits) if ask.get("values") else ""}


def gradient(ask):
    """Score of the image and its slope at every pixel, [h, w, c]."""
    subject = subjects[ask["name"]]
    start = time.perf_counter()
    image = subject.image.clone().requires_grad_(True)
    slope = torch.autograd.grad(subject.score(image)[0], image)[0]
    milliseconds = 1e3 * (time.perf_counter() - start)
    return {"milliseconds": milliseconds, "values": text(slope[0].permute(1, 2, 0)) if ask.get("values") else ""}


def whole(ask):
    subject = subjects[ask["name"]]
    start = time.perf_counter()
    run = explain(subject, batched=ask["batched"])
    milliseconds = 1e3 * (time.perf_counter() - start)
    arrays = {key: text(run.pop(key)) for key in ("mask", "firstDirection")}
    return {"milliseconds": milliseconds, **run, **(arrays if ask.get("values") else {})}


answers = {"versions": versions, "open": open_subject, "forward": forward, "gradient": gradient, "explain": whole}


def main():
    for line in sys.stdin:
        ask = json.loads(line)
        try:
            torch.set_num_threads(ask.get("threads", 1))
            reply = answers[ask["do"]](ask)
        except Exception as error:  # told to the other side, which knows what it asked for
            reply = {"error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
