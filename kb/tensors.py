"""Arrays by name in one file: read where they lie on disk, written wholly or not at all, damage noticed.

The format is safetensors: eight bytes that give the length of a JSON header, the header, the arrays. The header's
metadata hold a CRC-32 of everything else, so that a file that is cut off, half written or has a wrong bit is told from
a whole one: numbers that lead into other arrays must never be taken on trust.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

_Kind = Literal["U8", "I8", "I32", "I64", "F32"]
_KINDS: dict[_Kind, type[np.generic]] = {
    "U8": np.uint8,
    "I8": np.int8,
    "I32": np.int32,
    "I64": np.int64,
    "F32": np.float32,
}
_NAMES = {np.dtype(kind): name for name, kind in _KINDS.items()}
_METADATA, _SUM = "__metadata__", "crc32"
_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 20

Arrays = Mapping[str, NDArray[Any]]


class _Entry(msgspec.Struct):
    """Where an array lies: what the header says of it."""

    dtype: _Kind
    shape: list[int]
    data_offsets: tuple[int, int]


def read(path: Path, *, summed: bool = True) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file, memory-mapped: what is not looked at takes no memory, and processes share it.

    A file that :func:`write` did not make bears no sum: it is read as it is if ``summed`` is false.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not such a file, or not as it was written.
    """
    with path.open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        if size > _LONGEST_HEADER:
            raise ValueError(f"{path} is no file of tensors")
        try:
            header = msgspec.json.decode(stream.read(size), type=dict[str, msgspec.Raw])
            metadata = msgspec.json.decode(header.pop(_METADATA, b"{}"), type=dict[str, str])
            entries = {name: msgspec.json.decode(raw, type=_Entry) for name, raw in header.items()}
        except msgspec.MsgspecError as error:
            raise ValueError(f"{path} is no file of tensors") from error
        total = _sum_of(entries)
        while summed and (chunk := stream.read(_CHUNK)):  # read, not mapped: the sum alone needs them in memory
            total = crc32(chunk, total)
        if summed and metadata.get(_SUM) != f"{total:08x}":
            raise ValueError(f"{path} is not as it was written")
        filled = any(entry.data_offsets[1] for entry in entries.values())
        data = np.memmap(stream, np.uint8, "r", offset=8 + size) if filled else np.empty(0, np.uint8)
    return {name: _array(data, entry) for name, entry in entries.items()}


def write(path: Path, arrays: Arrays) -> None:
    """Write ``arrays`` to ``path``, which then holds them all or is as it was; who has it open keeps what was there.

    Raises:
        OSError: it cannot be written (the disk is full …).
    """
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    whole = dict(sorted(whole.items(), key=lambda item: -item[1].itemsize))  # each then lies on a multiple of its size
    entries: dict[str, _Entry] = {}
    end = 0
    for name, array in whole.items():
        entries[name] = _Entry(_NAMES[array.dtype], list(array.shape), (end, end + array.nbytes))
        end += array.nbytes
    total = _sum_of(entries)
    for array in whole.values():
        total = crc32(array.data.cast("B") if array.size else b"", total)
    header = msgspec.json.encode({_METADATA: {_SUM: f"{total:08x}"}, **entries})
    header += b" " * (-len(header) % 8)
    beside = path.with_suffix(".new")
    try:
        with beside.open("wb") as stream:
            stream.write(len(header).to_bytes(8, "little") + header)
            for array in whole.values():
                stream.write(array.data)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)  # a full disk needs the room
        raise


def _sum_of(entries: Mapping[str, _Entry]) -> int:
    return crc32(msgspec.json.encode(entries))


def _array(data: NDArray[np.uint8], entry: _Entry) -> NDArray[Any]:
    begin, end = entry.data_offsets
    kind = np.dtype(_KINDS[entry.dtype])
    values: NDArray[Any] = np.frombuffer(data, kind, (end - begin) // kind.itemsize, begin) if end > begin else _EMPTY
    return values.astype(kind, copy=False).reshape(entry.shape)


_EMPTY = np.empty(0, np.uint8)
