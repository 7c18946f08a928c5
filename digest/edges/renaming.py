"""Two renames that the standard library lacks: folders that swap names, and a folder that takes a free name only.

Linux has them as renameat2(2), macOS as renamex_np(2). Neither is there on every system or every file system.
"""

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
"""Linux: the paths are relative to the working folder."""

_SWAP = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""

_ONLY_FREE = 4 if sys.platform == "darwin" else 1
"""RENAME_EXCL of macOS, RENAME_NOREPLACE of Linux."""

_LACKING = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})
"""How a file system, an old kernel or a container's filter says that it does not know the call."""


def swap(one: Path, other: Path) -> bool:
    """Whether two folders have taken each other's names, at once; False where the system cannot, and nothing is done.

    Raises OSError where it can and this was not possible, FileNotFoundError among them.
    """
    return _rename(one, other, _SWAP)


def take_free(folder: Path, name: Path) -> bool:
    """Whether the folder has taken a name that nothing had; False where the system cannot promise that, and nothing is done.

    Raises FileExistsError where something stands there, an empty folder too, or another OSError.
    """
    return _rename(folder, name, _ONLY_FREE)


def _rename(old: Path, new: Path, flags: int) -> bool:
    names = os.fsencode(old), os.fsencode(new)
    try:
        if sys.platform == "linux":
            failed = _libc().renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], flags)
        elif sys.platform == "darwin":
            failed = _libc().renamex_np(*names, flags)
        else:
            return False
    except AttributeError:  # a C library without the call
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _LACKING:
        return False
    raise OSError(number, os.strerror(number), str(old), None, str(new))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
