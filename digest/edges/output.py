"""A set of files -> a folder that is there complete or not at all."""

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from digest.errors import FolderInUse, OutputError

ISSUE_FILES = frozenset({"digest.html", "digest.txt", "digest.eml", "digest.json"})
DOCUMENTS = "documents"


def check_replaceable(folder: Path) -> None:
    """Raise FolderInUse unless `folder` is missing, empty, or holds nothing but an earlier issue, and is not worked in."""
    try:
        held = {entry.relative_to(folder).as_posix() for entry in (*folder.iterdir(), *folder.glob(f"{DOCUMENTS}/*"))}
        inside = Path.cwd().is_relative_to(folder.resolve())
    except FileNotFoundError:
        return
    except OSError as e:
        raise OutputError(str(folder), e.strerror or str(e)) from e
    if inside:
        raise FolderInUse(str(folder), "is the folder that you work in; name another one")
    if foreign := sorted(held - _earlier(folder)):
        raise FolderInUse(
            str(folder), f"holds {foreign[0]!r}, which is no part of an issue; name an empty or a new folder"
        )


def _earlier(folder: Path) -> set[str]:
    """The names of an earlier issue's files, as its own record has them; empty where there is no record."""
    try:
        documents = json.loads((folder / "digest.json").read_bytes())["documents"]
        return {*ISSUE_FILES, DOCUMENTS, *(f"{DOCUMENTS}/{document['id']}.txt" for document in documents)}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files (by path relative to the folder) into a folder beside it, then put that in its place.

    An earlier issue stays untouched until the new one is complete. Raises FolderInUse or OutputError, leaving nothing
    half-made.
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
        # as bytes: the file system's encoding may be another one than the names' in the record
        file = os.path.join(os.fsencode(made), *name.encode().split(b"/"))  # noqa: PTH118
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
        with open(file, "xb") as f:  # noqa: PTH123
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
    except BaseException:  # Ctrl-C too
        previous.rename(target)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
