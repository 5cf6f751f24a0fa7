"""Reads a TensorFlow.js graph model, with the few ops that the benchmark's networks have, into a torch function."""
import base64
import json
import os

import numpy as np
import torch
import torch.nn.functional as F

STORED = {"float32": "<f4", "float16": "<f2", "int32": "<i4", "uint8": "u1", "uint16": "<u2"}


def read_weights(folder, manifest):
    """Arrays by name. Shards of a group are one run of bytes; quantized values are stored * scale + min in float32."""
    weights = {}
    for group in manifest:
        data = b"".join(open(os.path.join(folder, path), "rb").read() for path in group["paths"])
        at = 0
        for spec in group["weights"]:
            quantized = spec.get("quantization")
            stored = np.dtype(STORED[quantized["dtype"] if quantized else spec["dtype"]])
            count = int(np.prod(spec["shape"]))
            array = np.frombuffer(data, stored, count, at).reshape(spec["shape"])
            at += count * stored.itemsize
            if quantized and "scale" in quantized:
                array = array.astype(np.float32) * np.float32(quantized["scale"]) + np.float32(quantized["min"])
            weights[spec["name"]] = array.astype(np.float32) if array.dtype.kind == "f" else array
    return weights


def attribute(node, key, default=None):
    value = node.get("attr", {}).get(key)
    if value is None:
        return default
    if "s" in value:
        return base64.b64decode(value["s"]).decode()
    if "b" in value:
        return value["b"]
    numbers = value.get("list", {})
    if "i" in numbers:
        return [int(number) for number in numbers["i"]]
    return [base64.b64decode(text).decode() for text in numbers.get("s", [])]


def same_padding(size, side, stride):
    """TensorFlow's SAME: pixels before and after; the odd one goes after."""
    total = max((-(-size // stride) - 1) * stride + side - size, 0)
    return total // 2, total - total // 2


def padding_of(x, node, sides, strides):
    """(left, right, top, bottom) for an NCHW tensor."""
    if attribute(node, "padding") == "VALID":
        return (0, 0, 0, 0)
    return same_padding(x.shape[3], sides[1], strides[1]) + same_padding(x.shape[2], sides[0], strides[0])


ACTIVATIONS = {"Relu": F.relu, "Relu6": F.relu6}


class Network:
    """network(images NCHW) -> logits [n, classes]. Images stay NCHW inside; the file's weights are NHWC."""

    def __init__(self, folder, channels_last):
        document = json.load(open(os.path.join(folder, "model.json")))
        self.memory_format = torch.channels_last if channels_last else torch.contiguous_format
        self.weights = {name: torch.from_numpy(array.copy()) for name, array in read_weights(folder, document["weightsManifest"]).items()}
        nodes = {node["name"]: node for node in document["modelTopology"]["node"]}
        signature = document["signature"]
        self.input = next(iter(signature["inputs"].values()))["name"].split(":")[0]
        output = nodes[next(iter(signature["outputs"].values()))["name"].split(":")[0]]
        while output["op"] in ("Identity", "Softmax"):
            output = nodes[output["input"][0].split(":")[0]]
        self.output = output["name"]
        self.steps = []
        self._visit(self.output, nodes, {self.input} | set(self.weights))

    def _visit(self, name, nodes, seen):
        """Appends the steps that lead to a node, each after those it reads."""
        if name in seen:
            return
        seen.add(name)
        node = nodes[name]
        sources = [source.split(":")[0] for source in node.get("input", [])]
        for source in sources:
            self._visit(source, nodes, seen)
        if node["op"] not in ("Const", "Placeholder"):
            self.steps.append((name, self._step(node, sources)))

    def __call__(self, images):
        values = {self.input: images.contiguous(memory_format=self.memory_format)}
        for name, step in self.steps:
            values[name] = step(values)
        return values[self.output]

    def _step(self, node, sources):
        op = node["op"]
        if op in ("_FusedConv2D", "FusedDepthwiseConv2dNative"):
            return self._convolution(node, sources)
        if op in ("MaxPool", "AvgPool"):
            return self._pool(node, sources[0])
        if op in ("_FusedMatMul", "MatMul"):
            return self._matmul(node, sources)
        if op in ("AddV2", "BiasAdd"):
            first, second = sources
            return lambda values: values[first] + (self.weights[second] if second in self.weights else values[second])
        if op == "Mean":  # over rows and columns
            return lambda values: values[sources[0]].mean(dim=(2, 3))
        if op == "Reshape":  # from images to vectors, in the order of the file
            return lambda values: values[sources[0]].permute(0, 2, 3, 1).flatten(1)
        raise ValueError("the benchmark's torch reader has no op " + op)

    def _convolution(self, node, sources):
        depthwise = "Depthwise" in node["op"]
        weight = self.weights[sources[1]]
        weight = weight.permute(2, 3, 0, 1).flatten(0, 1).unsqueeze(1) if depthwise else weight.permute(3, 2, 0, 1)
        weight = weight.contiguous(memory_format=self.memory_format)
        strides = attribute(node, "strides")[1:3]
        bias, *activations = attribute(node, "fused_ops")
        assert bias == "BiasAdd"
        bias = self.weights[sources[2]]

        def run(values):
            x = values[sources[0]]
            left, right, top, bottom = padding_of(x, node, weight.shape[2:], strides)
            even = left == right and top == bottom
            x = x if even else F.pad(x, (left, right, top, bottom))
            x = F.conv2d(x, weight, bias, strides, (top, left) if even else 0, groups=x.shape[1] if depthwise else 1)
            for activation in activations:
                x = ACTIVATIONS[activation](x)
            return x

        return run

    def _pool(self, node, source):
        sides, strides = attribute(node, "ksize")[1:3], attribute(node, "strides")[1:3]

        def run(values):
            x = values[source]
            left, right, top, bottom = padding_of(x, node, sides, strides)
            if left or top:
                raise ValueError("the benchmark's torch reader pads pools after the image only")
            padded = {"ceil_mode": bool(right or bottom)}  # windows may reach over the end; only real pixels count
            if node["op"] == "MaxPool":
                return F.max_pool2d(x, sides, strides, **padded)
            return F.avg_pool2d(x, sides, strides, count_include_pad=False, **padded)

        return run

    def _matmul(self, node, sources):
        matrix = self.weights[sources[1]]
        matrix = matrix.mT.contiguous() if attribute(node, "transpose_b", False) else matrix
        ops = attribute(node, "fused_ops", [])

        def run(values):
            x = values[sources[0]] @ matrix
            for op in ops:
                x = x + self.weights[sources[2]] if op == "BiasAdd" else ACTIVATIONS[op](x)
            return x

        return run
