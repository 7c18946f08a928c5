"""A set of files -> a folder that is there complete or not at all."""

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from digest.errors import OutputError

ISSUE_FILES = frozenset({"digest.html", "digest.txt", "digest.eml", "digest.json"})
DOCUMENTS = "documents"


def check_replaceable(folder: Path) -> None:
    """Raise OutputError unless `folder` is missing, empty, or holds nothing but an earlier issue."""
    try:
        held = {entry.name for entry in folder.iterdir()}
    except FileNotFoundError:
        return
    except OSError as e:
        raise OutputError(str(folder), e.strerror or str(e)) from e
    foreign = sorted(held - ISSUE_FILES - {DOCUMENTS})
    if foreign or (held and "digest.json" not in held):
        what = foreign[0] if foreign else sorted(held)[0]
        raise OutputError(str(folder), f"holds {what!r}, which is no part of an issue; name an empty or a new folder")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files (by path relative to the folder) into a folder beside it, then put that in its place.

    An earlier issue stays untouched until the new one is complete. Raises OutputError, leaving nothing half-made.
    """
    check_replaceable(folder)
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as e:
        raise OutputError(str(folder), e.strerror or str(e)) from e
    try:
        _fill(made, files)
        _exchange(made, target)
    except OSError as e:
        raise OutputError(str(folder), e.strerror or str(e)) from e
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _fill(made: Path, files: Mapping[str, bytes]) -> None:
    made.chmod(0o777 & ~_umask())
    for name, content in files.items():
        file = made / name
        file.parent.mkdir(exist_ok=True)
        with file.open("xb") as f:
            f.write(content)
            f.flush()
            os.fsync(f.fileno())


def _exchange(made: Path, target: Path) -> None:
    """Rename `made` to `target`; what stood there goes to a name beside it first, and comes back should that fail."""
    try:
        made.rename(target)
    except OSError as e:
        if e.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
    else:
        return
    previous = made.with_name(made.name + ".previous")
    target.rename(previous)
    try:
        made.rename(target)
    except OSError:
        previous.rename(target)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
