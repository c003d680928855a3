"""Writes the first images of both real sets as small IDX files: few_images.py DATA OUT"""

import gzip
import struct
import sys
from pathlib import Path

data, out = map(Path, sys.argv[1:])
for name in ("mnist", "fashion-mnist"):
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    for part, count in (("train", 600), ("t10k", 200)):
        images = gzip.open(data / name / f"{part}-images-idx3-ubyte.gz").read()
        labels = gzip.open(data / name / f"{part}-labels-idx1-ubyte.gz").read()
        (folder / f"{part}-images-idx3-ubyte").write_bytes(struct.pack(">4I", 2051, count, 28, 28) + images[16:16 + 784 * count])
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(struct.pack(">2I", 2049, count) + labels[8:8 + count])
