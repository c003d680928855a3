"""torch_train.py MODEL EPOCHS: the seconds of each epoch in PyTorch, eager and channels last, on all processors."""

import sys
import time

import torch
from torch import nn

from models import WORK, load, torch_model

name, epochs = sys.argv[1], int(sys.argv[2])
dataset, count, batch, _ = WORK[name]
images, labels = (torch.from_numpy(array[:count].copy()) for array in load(dataset))
images = images[:, None]
model = torch_model(name)
optimizer, loss_of = torch.optim.Adam(model.parameters(), 1e-3), nn.CrossEntropyLoss()
for _ in range(epochs):
    start, order = time.perf_counter(), torch.randperm(count)
    model.train()
    for first in range(0, count, batch):
        chosen = order[first : first + batch]
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(images[chosen].to(memory_format=torch.channels_last)), labels[chosen])
        loss.backward()
        optimizer.step()
    print("epoch", time.perf_counter() - start, flush=True)
model.eval()
images, labels = (torch.from_numpy(array) for array in load(dataset, "t10k"))
with torch.no_grad():
    parts = zip(images[:, None].split(500), labels.split(500))
    right = sum((model(part).argmax(-1) == wanted).sum().item() for part, wanted in parts)
print("test_accuracy", right / len(labels))
