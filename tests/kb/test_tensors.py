import json

import numpy as np
import pytest

from kb import tensors

ARRAYS = {
    "bytes": np.frombuffer(b"abc", np.uint8),
    "ids": np.arange(5, dtype=np.int64),
    "rows": np.arange(7, dtype=np.int32),
    "vectors": np.ones((3, 4), np.float32),
    "none": np.empty((0, 4), np.float32),
}


@pytest.fixture
def path(tmp_path):
    tensors.write(tmp_path / "a.tensors", ARRAYS)
    return tmp_path / "a.tensors"


def test_what_is_written_is_read(path):
    found = tensors.read(path)
    assert found.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_the_format_is_safetensors(path):
    from safetensors.numpy import load_file

    np.testing.assert_array_equal(load_file(path)["vectors"], ARRAYS["vectors"])


def test_every_wrong_bit_and_every_cut_is_noticed(path):
    whole = path.read_bytes()
    for at in range(len(whole)):
        for content in (whole[:at], whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]):
            path.write_bytes(content)
            with pytest.raises(ValueError, match=r"tensors|as it was written"):
                tensors.read(path)


@pytest.mark.parametrize(
    "header",
    ["[]", "null", "7", '"x"', "{}", '{"ids": null}', '{"ids": {}}', '{"ids": {"dtype": "F64"}}', "{", "\x00" * 16]
    + [json.dumps({"ids": {"dtype": "I64", "shape": [5], "data_offsets": offsets}}) for offsets in ([-8, 40], ["a"])],
)
def test_a_header_that_lies_is_noticed(path, header):
    path.write_bytes(len(header).to_bytes(8, "little") + header.encode() + bytes(40))
    with pytest.raises(ValueError, match=r"tensors|as it was written"):
        tensors.read(path)


def test_a_full_disk_leaves_what_was_there_and_takes_no_room(path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="No space"):
        tensors.write(path, {"ids": np.arange(9)})
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
