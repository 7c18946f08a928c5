"""A variable's name -> the secret that it holds, or that the file named by `<NAME>_FILE` holds; never shown anywhere."""

from collections.abc import Mapping
from pathlib import Path

from digest.errors import ConfigError

_MAX_BYTES = 100_000
"""A key of 16,384 bits has some ten thousand."""


def read_secret(environ: Mapping[str, str], name: str) -> str | None:
    """The secret, without the line end that editors put behind it; None where neither variable is set.

    Raises ConfigError, which names variables and files only, where both are set, or the file cannot be read or is empty.
    """
    file_name = f"{name}_FILE"
    if name in environ and file_name in environ:
        raise ConfigError([f"{name} and {file_name} are both set; unset one"])
    if file_name in environ:
        return _content(file_name, Path(environ[file_name]))
    secret = environ.get(name)
    if secret == "":
        raise ConfigError([f"{name} is empty; unset it or set it"])
    return secret


def _content(variable: str, file: Path) -> str:
    try:
        with file.open("rb") as f:
            secret = f.read(_MAX_BYTES).decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError, ValueError) as e:
        words = (e.strerror if isinstance(e, OSError) else None) or "no text in UTF-8"
        raise ConfigError([f"{variable}: {file}: {words}"]) from None
    if not secret:
        raise ConfigError([f"{variable}: {file}: is empty"])
    return secret
