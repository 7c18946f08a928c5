"""A variable's name -> the secret that it holds, or that the file named by `<NAME>_FILE` holds; never shown anywhere."""

from collections.abc import Mapping
from pathlib import Path

from digest.errors import ConfigError

_MAX_BYTES = 100_000
"""A key of 16,384 bits has some ten thousand."""


def read_secret(environ: Mapping[str, str], name: str) -> str | None:
    """The secret, without the line end that editors put behind it; None where neither variable is set.

    Raises ConfigError, which names variables and files only, where both are set, the file cannot be read, or the secret is
    empty or not of ASCII: smtplib can log in with no other.
    """
    file_name = f"{name}_FILE"
    if name in environ and file_name in environ:
        raise ConfigError([f"{name} and {file_name} are both set; unset one"])
    if file_name in environ:
        return _checked(f"{file_name}: {environ[file_name]}", _content(file_name, Path(environ[file_name])))
    return _checked(name, environ[name]) if name in environ else None


def _checked(where: str, secret: str) -> str:
    if not secret:
        raise ConfigError([f"{where}: is empty"])
    if not secret.isascii():
        raise ConfigError([f"{where}: holds letters outside ASCII, which no password or key has"])
    return secret


def _content(variable: str, file: Path) -> str:
    try:
        with file.open("rb") as f:
            return f.read(_MAX_BYTES).decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError, ValueError) as e:
        words = (e.strerror if isinstance(e, OSError) else None) or "no text in UTF-8"
        raise ConfigError([f"{variable}: {file}: {words}"]) from None
