"""Serves the desk at a port of this machine until Ctrl-C or SIGTERM."""

import errno
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from digest.errors import PortUnavailable

HOST = "127.0.0.1"

_BACKLOG = 128
_GRACE_S = 1
"""What an open request may take to end after Ctrl-C; the streams end by themselves."""

_REASONS = {
    errno.EADDRINUSE: "in use by another program",
    errno.EACCES: "not allowed for this user",
    errno.EADDRNOTAVAIL: "no address of this machine",
}


def listen(port: int, host: str = HOST) -> socket.socket:
    """A socket that listens at the port, 0 for any that is free.

    Raises PortUnavailable; so that this can be known before anything is built, it does not wait for `serve`.
    """
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as e:  # OverflowError: beyond 65535
        listening.close()
        known = _REASONS.get(getattr(e, "errno", None) or 0)
        raise PortUnavailable(host, port, known or getattr(e, "strerror", None) or str(e)) from e
    return listening


def serve(app: FastAPI, listening: socket.socket, on_ready: Callable[[str], None] = lambda _: None) -> None:
    """Serve the app until Ctrl-C or SIGTERM, then return; `on_ready` gets the address once it answers. Prints nothing.

    From a thread other than the main one signals cannot be caught: `app.state.server.should_exit` ends it there.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )
    server = _Server(config, lambda: on_ready(_url(listening)))
    app.state.server = server
    app.state.leaving = lambda: server.should_exit
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """End, and once asked twice at once; unlike uvicorn's, does not raise the signal again afterwards."""
        self.force_exit = self.should_exit
        self.should_exit = True


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
