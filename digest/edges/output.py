"""A set of files -> a folder that is there complete or not at all.

The files are written into a folder of their own beside the target, which then takes the target's name. A process that is
killed leaves at most such a folder, without its lock, and the next write to the same target removes it. Of several
processes that write to one target at once each puts a complete folder there, and the one that comes last stays.
"""

import errno
import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from digest.edges.locks import held
from digest.edges.renaming import swap, take_free
from digest.errors import FolderInUse, OutputError

ISSUE_FILES = frozenset(
    {
        "digest.html",
        "digest.web.html",
        "digest.wechat.html",
        "digest.pdf",
        "digest.txt",
        "digest.eml",
        "digest.json",
        "articles.json",
    }
)
DOCUMENTS = "documents"

_PREVIOUS, _GONE = ".previous", ".gone"
_ATTEMPTS = 100
"""Only other processes that write to the same target, each with success, can make another attempt necessary."""


def check_replaceable(folder: Path) -> None:
    """Raise FolderInUse unless `folder` is missing, empty, or holds nothing but an earlier issue, and is not worked in."""
    try:
        _check_not_worked_in(folder)
        foreign = _foreign(folder)
    except FileNotFoundError:
        return
    except OSError as e:
        raise OutputError(str(folder), e.strerror or str(e)) from e
    if foreign is not None:
        raise FolderInUse(
            str(folder), f"holds {foreign!r}, which is no part of an issue; name an empty or a new folder"
        )


def _check_not_worked_in(folder: Path) -> None:
    try:
        here = Path.cwd()
    except FileNotFoundError:  # it was removed: nothing can move it away
        return
    if folder.is_dir() and here.is_relative_to(folder.resolve()):
        raise FolderInUse(str(folder), "is the folder that you work in; name another one")


def _foreign(folder: Path) -> str | None:
    """The first name in the folder that is no part of the issue that it holds; None where all are.

    Raises FileNotFoundError where there is no such folder.
    """
    while True:
        looked_at = _state(folder)
        entries = (*folder.iterdir(), *folder.glob(f"{DOCUMENTS}/*"))
        names = {os.fsencode(entry.relative_to(folder).as_posix()) for entry in entries}
        foreign = sorted(names - _earlier(folder))
        if not foreign:
            return None
        if _state(folder) == looked_at:  # else another process has replaced it meanwhile
            return os.fsdecode(foreign[0])


def _state(folder: Path) -> tuple[int, int]:
    """What tells a folder from another one of its name: its change time too, since the number of a removed one is given anew."""
    status = folder.stat()
    return status.st_ino, status.st_ctime_ns


def _earlier(folder: Path) -> set[bytes]:
    """The names of an earlier issue's files, as `_fill` wrote them and its own record has them; empty where there is none."""
    try:
        documents = json.loads((folder / "digest.json").read_bytes())["documents"]
        names = {*ISSUE_FILES, DOCUMENTS, *(f"{DOCUMENTS}/{document['id']}.txt" for document in documents)}
        return {name.encode() for name in names}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()


def write_folder(folder: Path, files: Mapping[str, bytes], *, replace: bool = True) -> None:
    """Write the files (by path relative to the folder) into a folder beside it, then put that in its place.

    An earlier issue stays untouched until the new one is complete; without `replace` it stays whatever comes. Raises
    FolderInUse or OutputError, leaving nothing half-made.
    """
    try:
        _check(folder, replace)
        target = folder.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        with _workshop(target) as made:
            _fill(made, files)
            _check(folder, replace)
            _put(made, target, replace)
            _sync(target.parent)
    except OSError as e:
        raise OutputError(str(folder), e.strerror or str(e)) from e


def _check(folder: Path, replace: bool) -> None:
    if replace:
        check_replaceable(folder)
        return
    with suppress(FileNotFoundError):
        folder.lstat()
        raise FolderInUse(str(folder), "exists already")


def _prefix(target: Path) -> str:
    """How the names of folders begin in which `target` is made; short, because a name of 255 bytes is allowed."""
    return f".digest-{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]}-"


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """A folder beside the target, held by this process; what bears its name at the end is removed."""
    while True:
        made = target.with_name(_prefix(target) + secrets.token_hex(4))
        made.mkdir()
        try:
            with ExitStack() as stack:
                if _hold(made, stack) and made.exists():  # else a sweeping process came between
                    yield made
                    return
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _hold(folder: Path, stack: ExitStack) -> bool:
    """Whether this process holds the folder until the stack is left; True too where the file system has no locks."""
    try:
        return stack.enter_context(held(folder))
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _sweep(target: Path) -> None:
    """Remove what killed processes left beside the target; an earlier issue that one had moved away comes back.

    A folder that no process holds is nobody's. Where that cannot be known everything stays.
    """
    if sys.platform == "win32":
        return
    with suppress(OSError):
        left = sorted(entry for entry in target.parent.iterdir() if entry.name.startswith(_prefix(target)))
        for made in (entry for entry in left if entry.suffix != _PREVIOUS):
            with suppress(OSError), held(made) as free:
                if free:
                    shutil.rmtree(made, ignore_errors=True)
        for previous in (entry for entry in left if entry.suffix == _PREVIOUS):
            if not previous.with_suffix("").exists():
                _bring_back(previous, target)


def _bring_back(previous: Path, target: Path) -> None:
    """Give the target its earlier folder again, unless something stands there: then the earlier one is removed."""
    with suppress(OSError):
        previous.rename(target)
    if target.exists():
        _discard(previous)


def _fill(made: Path, files: Mapping[str, bytes]) -> None:
    folders = {os.fsencode(made)}
    for name, content in files.items():
        # as bytes: the file system's encoding may be another one than the names' in the record
        file = os.path.join(os.fsencode(made), *name.encode().split(b"/"))  # noqa: PTH118
        folders.add(os.path.dirname(file))  # noqa: PTH120
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
        with open(file, "xb") as f:  # noqa: PTH123
            f.write(content)
            f.flush()
            os.fsync(f.fileno())
    for folder in folders:
        _sync(folder)


def _sync(folder: Path | bytes) -> None:
    """Have the names in a folder on the disk, where its file system has a way to ask for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _put(made: Path, target: Path, replace: bool) -> None:
    """Give `made` the target's name, at once where the system can; what stood there has the name of `made` then, or is gone."""
    for _ in range(_ATTEMPTS):
        if _move(made, target, replace):
            return
        if not replace:
            raise FolderInUse(str(target), "exists already")
        with suppress(FileNotFoundError):  # another process is just putting its own there
            if swap(made, target) or _move_aside(made, target):
                return
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def _move(made: Path, target: Path, replace: bool = True) -> bool:
    """Whether `made` has the target's name now; False where a folder stands there."""
    try:
        if replace or not take_free(made, target):
            made.rename(target)
    except OSError as e:
        if e.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        return False
    return True


def _move_aside(made: Path, target: Path) -> bool:
    """As `_move`, by two renames: what stands there goes to a name beside it first, and comes back should the second fail."""
    previous = made.with_name(made.name + _PREVIOUS)
    target.rename(previous)
    try:
        moved = _move(made, target)
    except BaseException:  # Ctrl-C too
        with suppress(OSError):
            previous.rename(target)
        raise
    _discard(previous)
    return moved


def _discard(previous: Path) -> None:
    """Remove a folder that was moved aside; under another name first, so that no process brings half of it back."""
    gone = previous.with_suffix(_GONE)
    with suppress(OSError):
        previous.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
