"""Bytes -> a file that was not there before, complete or not at all."""

import os
import tempfile
from pathlib import Path

from digest.edges.renaming import take_free
from digest.errors import OutputError, UsageError


def write_new_file(file: Path, content: bytes) -> None:
    """Write a file that is not there yet; under its name it is complete from the first moment on.

    Raises UsageError where something of that name exists (made by another process meanwhile too), OutputError where the file
    cannot be written; what was there stays as it was.
    """
    folder = file.absolute().parent
    if not os.path.isdir(folder):  # noqa: PTH112 # Path.is_dir raises in a forbidden folder
        raise OutputError(str(file), f"there is no folder {folder}")
    try:
        if os.path.lexists(file):
            raise FileExistsError
        with tempfile.TemporaryDirectory(prefix=".digest-", dir=folder) as made:
            whole = Path(made, "whole")
            with whole.open("xb") as f:
                f.write(content)
                f.flush()
                os.fsync(f.fileno())
            if not take_free(whole, file):
                os.link(whole, file)  # unlike a plain rename it never replaces
    except FileExistsError as e:
        raise UsageError(f"{file}: is there already and stays as it is; name another file") from e
    except OSError as e:
        raise OutputError(str(file), e.strerror or str(e)) from e
