"""What files hold."""

import csv
import io
import json
import math
import struct

# How the tables of a sweep end.
ENDS = {"csv": b"\n", "svg": b"</svg>\n", "html": b"</html>\n", "json": b"}\n"}


def files_of(folder):
    """The bytes of every file in a folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def check_timings(bytes, rows=None):
    """What is wrong with a `timings.csv`; None for nothing."""
    table = list(csv.reader(io.StringIO(bytes.decode())))[1:]
    if rows is not None and [row[0] for row in table] != [str(epoch) for epoch in range(rows)]:
        return f"epochs {[row[0] for row in table]} instead of 0 to {rows - 1}"
    for row in table:
        for cell in row[1:]:
            if cell and not (math.isfinite(float(cell)) and float(cell) >= 0):
                return f"{cell} in epoch {row[0]}"
    return None


def is_safetensors(bytes):
    length = struct.unpack("<Q", bytes[:8])[0]
    header = json.loads(bytes[8 : 8 + length])
    ends = [tensor["data_offsets"][1] for name, tensor in header.items() if name != "__metadata__"]
    return 8 + length + max(ends) == len(bytes)


def without_attempts(bytes):
    return {key: value for key, value in json.loads(bytes).items() if key not in ["attempts", "failure"]}
