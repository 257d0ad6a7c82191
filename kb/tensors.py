"""Arrays by name in one file: read where they lie on disk, written wholly or not at all.

The format is safetensors: eight bytes that give the length of a JSON header, the header, the arrays.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_KINDS = {"U8": np.uint8, "I8": np.int8, "I32": np.int32, "I64": np.int64, "F32": np.float32}


def read(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file, memory-mapped: what is not looked at is not read, and processes share it.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not such a file.
    """
    with path.open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        if size > path.stat().st_size:
            raise ValueError(f"{path} is no file of tensors")
        header = json.loads(stream.read(size))
    header.pop("__metadata__", None)
    filled = any(entry["data_offsets"][1] for entry in header.values())
    data = np.memmap(path, np.uint8, "r", offset=8 + size) if filled else np.empty(0, np.uint8)
    return {name: _array(data, entry) for name, entry in header.items()}


def write(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write ``arrays`` to ``path``, which then holds them all or is as it was; who has it open keeps what was there."""
    from safetensors.numpy import save_file

    beside = path.with_suffix(".new")
    save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, beside)
    beside.replace(path)


def _array(data: NDArray[np.uint8], entry: Mapping[str, Any]) -> NDArray[Any]:
    begin, end = entry["data_offsets"]
    kind = np.dtype(_KINDS[entry["dtype"]])
    if end > len(data):
        raise ValueError("the file of tensors is cut off")
    values: NDArray[Any] = np.frombuffer(data, kind, (end - begin) // kind.itemsize, begin) if end > begin else _EMPTY
    return values.astype(kind, copy=False).reshape(entry["shape"])


_EMPTY = np.empty(0, np.uint8)
