"""The experiment of configs/mnist/changes/transfer-lite.json in PyTorch: times and accuracy, to be set beside ours.

    python Tests/Peers/transfer_lite.py DATA WEIGHTS [--mode every|once] [--epochs 8] [--limit 48000] [--threads 2]

DATA is a folder with MNIST's files, WEIGHTS the safetensors file of EfficientNetLite0 by Keras's names. "every" computes the
frozen network's features anew in every epoch, as a plain training loop does; "once" keeps those of the first pass.
Needs torch, numpy and safetensors.
"""

import argparse
import gzip
import pathlib
import time

import numpy as np
import torch
from safetensors.numpy import load_file
from torch import nn
from torch.nn import functional as F

STAGES = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192),
          (1, 3, 1, 6, 320)]


class Same(nn.Module):
    """A convolution with TensorFlow's padding, then normalization and, if wanted, ReLU6."""

    def __init__(self, weights, name, norm, stride=1, depthwise=False, active=True):
        super().__init__()
        kernel = weights[f"{name}/depthwise_kernel" if f"{name}/depthwise_kernel" in weights else f"{name}/kernel"]
        self.groups = kernel.shape[2] if depthwise else 1
        order = (2, 3, 0, 1) if depthwise else (3, 2, 0, 1)
        # The normalization's moving statistics are folded into the convolution, as a careful user would do it.
        gamma, beta, mean, variance = (weights[f"{norm}/{part}"] for part in ("gamma", "beta", "moving_mean", "moving_variance"))
        scale = gamma / np.sqrt(variance + 1e-3)
        folded = kernel.transpose(order) * scale[:, None, None, None]
        self.weight = nn.Parameter(torch.from_numpy(np.ascontiguousarray(folded)), requires_grad=False)
        self.bias = nn.Parameter(torch.from_numpy(beta - mean * scale), requires_grad=False)
        self.stride, self.active = stride, active

    def forward(self, x):
        size = self.weight.shape[2]
        pads = []
        for side in (x.shape[3], x.shape[2]):
            total = max(0, (-(-side // self.stride) - 1) * self.stride + size - side)
            pads += [total // 2, total - total // 2]
        if any(pads):
            x = F.pad(x, pads)
        y = F.conv2d(x, self.weight, self.bias, self.stride, groups=self.groups)
        return F.relu6(y) if self.active else y


class Lite0(nn.Module):
    def __init__(self, w):
        super().__init__()
        self.stem = Same(w, "stem_conv", "stem_bn", 2)
        self.blocks, self.skips, channels = nn.ModuleList(), [], 32
        for stage, (repeats, kernel, stride, expansion, filters) in enumerate(STAGES, 1):
            for block in range(repeats):
                name, step = f"block{stage}{chr(97 + block)}_", stride if block == 0 else 1
                parts = [Same(w, name + "expand_conv", name + "expand_bn")] if expansion > 1 else []
                parts += [Same(w, name + "dwconv", name + "bn", step, depthwise=True),
                          Same(w, name + "project_conv", name + "project_bn", active=False)]
                self.blocks.append(nn.Sequential(*parts))
                self.skips.append(step == 1 and channels == filters)
                channels = filters
        self.top = Same(w, "top_conv", "top_bn")

    def forward(self, images):
        x = F.interpolate(images, size=(56, 56), mode="bilinear", align_corners=False).expand(-1, 3, -1, -1)
        x = self.stem((x - 127) / 128)
        for block, skip in zip(self.blocks, self.skips):
            x = x + block(x) if skip else block(x)
        return self.top(x).mean((2, 3))


def idx(folder, name):
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            return np.frombuffer(data, np.uint8, offset=16 if "images" in name else 8)
    raise SystemExit(f"{folder} has no {name}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("--mode", choices=["every", "once"], default="once")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--limit", type=int, default=48000)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    images, labels, test, test_labels = (
        idx(options.data, f"{part}-{what}") for part in ("train", "t10k") for what in ("images-idx3-ubyte", "labels-idx1-ubyte"))
    images = torch.from_numpy(images.reshape(-1, 1, 28, 28)[:options.limit].astype(np.float32))
    labels = torch.from_numpy(labels[:options.limit].astype(np.int64))
    test = torch.from_numpy(test.reshape(-1, 1, 28, 28).astype(np.float32))
    test_labels = torch.from_numpy(test_labels.astype(np.int64))
    base = Lite0(load_file(options.weights)).eval().to(memory_format=torch.channels_last)

    def features(x):
        with torch.inference_mode():
            return base(x.to(memory_format=torch.channels_last))

    head = nn.Linear(1280, 10)
    adam = torch.optim.Adam(head.parameters(), lr=0.001, eps=1e-7)
    kept = {}
    began = time.time()
    for epoch in range(options.epochs):
        order, start = torch.randperm(len(images)), time.time()
        for at in range(0, len(order), 32):
            batch = order[at:at + 32]
            if options.mode == "once" and epoch > 0:
                x = kept["all"][batch]
            else:
                x = features(images[batch]).clone()
                if options.mode == "once":
                    kept.setdefault("all", torch.empty(len(images), 1280))[batch] = x
            loss = F.cross_entropy(head(x), labels[batch])
            adam.zero_grad()
            loss.backward()
            adam.step()
        print(f"epoch {epoch + 1}: {time.time() - start:.2f} s", flush=True)
    seconds = time.time() - began
    with torch.inference_mode():
        scores = torch.cat([head(features(test[at:at + 512])) for at in range(0, len(test), 512)])
        print(f"mode {options.mode}: {seconds:.1f} s, test loss {F.cross_entropy(scores, test_labels):.4f}, "
              f"test accuracy {(scores.argmax(1) == test_labels).float().mean():.4f}")


if __name__ == "__main__":
    main()
