"""A shelf with one issue that is built again whenever what it is made from changes."""

import logging
import os
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from watchfiles import Change, DefaultFilter, watch

from digest.errors import DigestError
from digest.web.shelf import Entry, State

KEY = "issue"

_DEBOUNCE_MS = 500
"""Changes that follow each other within this time, as when an editor saves or a folder is copied, make one build."""
_LOOK_MS = 200
"""How often a watched folder is looked at, to notice that it has come, or gone, or is another one than before."""

_BEING_FILLED = ".digest-"
"""How the name of a folder begins that is filled beside its target, to take its place."""

_log = logging.getLogger(__name__)


class WatchingShelf:
    """One issue, built from files and folders (`paths`) by `build`, which returns its folder.

    As a context manager it builds the issue on entering, so that a first failure is raised there; then it builds again
    after every change, in a thread of its own, until it is left. When a build raises DigestError, the last good issue
    stays. What changes below `ignored` starts nothing: the folder that `build` writes, where that lies among the sources.
    """

    def __init__(self, paths: Sequence[Path], build: Callable[[], Path], ignored: Sequence[Path] = ()) -> None:
        self._paths = tuple(Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100 # resolve would follow links
        self._build = build
        self._filter = _Filter(self._paths, [Path(os.path.abspath(path)) for path in ignored])  # noqa: PTH100
        self._folder: Path | None = None
        self._state = State()  # written by the thread that builds alone, as `_blind` by the one that watches
        self._blind: str | None = None
        self._on_watch, self._changed, self._leaving = threading.Event(), threading.Event(), threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._rebuilding = threading.Thread(target=self._rebuild, daemon=True)

    def __enter__(self) -> Self:
        self._watching.start()
        try:
            self._on_watch.wait()  # so that what changes while the issue is built is noticed
            self._folder = self._build()
        except BaseException:  # Ctrl-C too
            self._leaving.set()
            self._watching.join()
            raise
        self._rebuilding.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop watching; a build that is at work is waited for."""
        self._leaving.set()
        self._changed.set()
        self._watching.join()
        self._rebuilding.join()

    def entries(self) -> Sequence[Entry]:
        return [Entry(KEY, KEY, self._folder)] if self._folder else []

    def state(self) -> State:
        return replace(self._state, error=self._state.error or self._blind)

    def _watch(self) -> None:
        while not self._leaving.is_set():
            try:
                self._watch_existing()
            except (OSError, RuntimeError) as e:  # more files than the system watches, or a folder that has just gone
                self._blind = f"changes cannot be noticed: {e}"
                self._on_watch.set()
                self._leaving.wait(_LOOK_MS / 1000)

    def _watch_existing(self) -> None:
        """Watch the folders that there are until one is another than before."""
        before = _identities(self._paths)
        folders = [path for path in self._paths if path.is_dir()]
        files = {path.parent for path in self._paths if not path.is_dir() and path.parent.is_dir()}
        streams = [_changes(folders, self._filter, self._leaving, recursive=True)] if folders else []
        streams += [_changes(files, self._filter, self._leaving, recursive=False)] if files else []
        while not self._leaving.is_set():
            if not streams:
                self._leaving.wait(_LOOK_MS / 1000)
            changed = [next(stream, False) for stream in streams]  # each is asked, whatever the others say
            self._on_watch.set()
            if self._blind:  # what changed meanwhile was not noticed
                self._blind = None
                self._changed.set()
            if any(changed):
                self._changed.set()
            if _identities(self._paths) != before:
                self._changed.set()
                return

    def _rebuild(self) -> None:
        while True:
            self._changed.wait()
            self._changed.clear()
            if self._leaving.is_set():
                return
            self._state = replace(self._state, building=True)
            error = self._build_once()
            self._state = State(self._state.version + (error is None), False, error)

    def _build_once(self) -> str | None:
        """What went wrong, None where the issue was built."""
        try:
            self._folder = self._build()
        except DigestError as e:
            return str(e)
        except Exception as e:  # a fault of ours must not end the watching unseen
            _log.error("building failed: %r", e)  # in one line: the terminal is the user's
            return f"unexpected {type(e).__name__}: {e}"
        return None


class _Filter(DefaultFilter):
    """Lets pass what lies at or below the paths, and is neither ignored nor an editor's own file."""

    def __init__(self, paths: Sequence[Path], ignored: Sequence[Path]) -> None:
        super().__init__()
        self._roots, self._ignored = _with_real(paths), _with_real(ignored)

    def __call__(self, change: Change, path: str) -> bool:
        at = Path(path)
        inside = any(at.is_relative_to(root) for root in self._roots)
        return inside and not self._is_ignored(at) and super().__call__(change, path)

    def _is_ignored(self, at: Path) -> bool:
        """Whether it is part of an ignored folder, or of one that is being filled beside it under a hidden name."""
        for folder in self._ignored:
            beside = at.relative_to(folder.parent).parts[:1] if at.is_relative_to(folder.parent) else ()
            if beside and (beside[0] == folder.name or beside[0].startswith(_BEING_FILLED)):
                return True
        return False


def _with_real(paths: Iterable[Path]) -> frozenset[Path]:
    """The paths as given and behind links: some systems tell of changes under the one, some under the other name."""
    return frozenset(each for path in paths for each in (path, Path(os.path.realpath(path))))


def _changes(
    folders: Iterable[Path], filter_: DefaultFilter, leaving: threading.Event, *, recursive: bool
) -> Iterator[bool]:
    """Whether something has changed, again and again: at once on a change, else after _LOOK_MS."""
    for changes in watch(
        *folders,
        watch_filter=filter_,
        debounce=_DEBOUNCE_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        stop_event=leaving,
        recursive=recursive,
        ignore_permission_denied=True,
        raise_interrupt=False,
    ):
        yield bool(changes)


def _identities(paths: Iterable[Path]) -> list[tuple[int, int] | None]:
    """What tells the folder in which each path is noticed from another of the same name; None where there is none."""
    return [_identity(path) or _identity(path.parent) for path in paths]


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None
