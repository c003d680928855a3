"""common_work.py read|png|embed: what the tool does besides training, with Python's usual libraries."""

import sys

import numpy

from models import load


def read():
    for part in ("train", "t10k"):
        load("mnist", part)


def png():
    from PIL import Image

    images, _ = load("mnist")
    sheet = images[:10000].reshape(100, 100, 28, 28).transpose(0, 2, 1, 3).reshape(2800, 2800)
    Image.fromarray((255 - sheet * 255).astype(numpy.uint8)).save(sys.argv[2])


def embed():
    from sklearn.manifold import TSNE

    images, _ = load("mnist")
    TSNE(max_iter=1000, n_jobs=-1).fit_transform(images[:5000].reshape(5000, -1))


{"read": read, "png": png, "embed": embed}[sys.argv[1]]()
