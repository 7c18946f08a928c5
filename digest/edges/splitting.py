"""Reads and writes what the splitter has learnt: `language.npz`, packed numbers, and `weights.json`, a number for each sign."""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile, is_zipfile

import numpy as np
from numpy.typing import NDArray

from digest.errors import ConfigError

_LANGUAGE, _WEIGHTS = "language.npz", "weights.json"
_STEP = 0.08
"""Nats: logarithms of probabilities are kept in steps of this size, a byte each."""

T = TypeVar("T")

Learnt = tuple[dict[str, NDArray[np.int64]], dict[str, NDArray[np.float64]], list[dict[str, dict[str, float]]]]
"""The sorted keys of the language model, its logarithms, and the weights of each look by kind of choice and sign."""


def load_splitting(folder: Path) -> Learnt:
    """What `save_splitting` wrote to a folder. Raises ConfigError naming the file that is missing or no such file."""
    keys, logs = _read(folder / _LANGUAGE, _language)
    return keys, logs, _read(folder / _WEIGHTS, _weights)


def _read(file: Path, reader: Callable[[Path], T]) -> T:
    try:
        return reader(file)
    except (OSError, ValueError, EOFError, RecursionError, BadZipFile, zlib.error) as error:
        raise ConfigError([f"{file}: {error}"]) from error


def _language(file: Path) -> tuple[dict[str, NDArray[np.int64]], dict[str, NDArray[np.float64]]]:
    with file.open("rb") as opened:
        if not is_zipfile(opened):
            raise ValueError("no archive of arrays")
        opened.seek(0)
        packed = np.load(opened)
        keys = {name[4:]: np.cumsum(packed[name], dtype=np.int64) for name in packed.files if name.startswith("key ")}
        logs = {name[4:]: packed[name] * -_STEP for name in packed.files if name.startswith("log ")}
    return keys, logs


def _weights(file: Path) -> list[dict[str, dict[str, float]]]:
    looks = json.loads(file.read_text(encoding="utf-8"))
    if not (isinstance(looks, list) and looks and all(map(_is_look, looks))):
        raise ValueError("no list of weights: [{kind: {sign: number}}]")
    return looks


def _is_look(look: object) -> bool:
    return isinstance(look, dict) and all(
        isinstance(signs, dict) and all(isinstance(weight, int | float) for weight in signs.values())
        for signs in look.values()
    )


def save_splitting(
    folder: Path,
    keys: Mapping[str, NDArray[np.int64]],
    logs: Mapping[str, NDArray[np.float64]],
    weights: Sequence[Mapping[str, Mapping[str, float]]],
) -> None:
    """Writes both files: differences of the sorted keys, logarithms in steps, weights to three digits."""
    folder.mkdir(parents=True, exist_ok=True)
    packed = {f"key {name}": np.diff(values, prepend=0) for name, values in keys.items()}
    packed |= {
        f"log {name}": np.clip(np.round(values / -_STEP), 0, 255).astype(np.uint8) for name, values in logs.items()
    }
    np.savez_compressed(folder / _LANGUAGE, allow_pickle=False, **packed)
    rounded = [
        {
            kind: {sign: round(weight, 3) for sign, weight in signs.items() if round(weight, 3)}
            for kind, signs in look.items()
        }
        for look in weights
    ]
    (folder / _WEIGHTS).write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
