"""Stores the data of tensors in files beside the graphs, each file below a limit and each tensor on a page of its own."""

from pathlib import Path
from typing import BinaryIO

import numpy as np
from onnx import TensorProto, helper

# Version control and package hosts turn larger files away.
FILE_LIMIT = 48_000_000

# onnxruntime maps a tensor's bytes into memory instead of reading them when they start on a page.
PAGE = 4096


class Shards:
    """Appends tensors to `name-0.bin`, `name-1.bin`, ...; close() must follow the last one."""

    def __init__(self, folder: Path, name: str, numbered: bool = True):
        self._folder, self._name, self._numbered = folder, name, numbered
        self._number, self._size = -1, 0
        self._file: BinaryIO | None = None

    def add(self, array: np.ndarray) -> dict:
        """Writes the array's bytes and says where: {'file', 'offset', 'bytes'}."""
        data = np.ascontiguousarray(array).tobytes()
        start = -(-self._size // PAGE) * PAGE
        if self._file is None or start + len(data) > FILE_LIMIT:
            self._file, start = self._open_next(), 0
        self._file.write(b'\0' * (start - self._size))
        self._file.write(data)
        self._size = start + len(data)
        return {'file': Path(self._file.name).name, 'offset': start, 'bytes': len(data)}

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _open_next(self) -> BinaryIO:
        if self._file is not None and not self._numbered:
            raise ValueError(f'{self._name} does not fit one file of {FILE_LIMIT} bytes.')
        self.close()
        self._number, self._size = self._number + 1, 0
        name = f'{self._name}-{self._number}.bin' if self._numbered else f'{self._name}.bin'
        return (self._folder / name).open('wb')


def external_tensor(name: str, array: np.ndarray, place: dict) -> TensorProto:
    """An initialiser whose data lies where Shards.add put it."""
    tensor = TensorProto(name=name, data_type=helper.np_dtype_to_tensor_dtype(array.dtype), dims=array.shape)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (('location', place['file']), ('offset', place['offset']), ('length', place['bytes'])):
        tensor.external_data.add(key=key, value=str(value))
    return tensor
