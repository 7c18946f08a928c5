"""The server binds before anything else, says why it cannot, and ends quietly although streams are open."""

import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from digest.errors import PortUnavailable, UsageError
from digest.web.server import listen

PROGRAM = """
import sys
from pathlib import Path
from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.web.app import create_app
from digest.web.server import listen, serve
from digest.web.shelf import Entry, FixedShelf
shelf = FixedShelf((Entry("week", "样刊", Path(sys.argv[1])),))
serve(create_app(shelf, lambda: load_templates(resource_folder("templates"))), listen(0), lambda url: print(url, flush=True))
print("left")
"""


def test_a_port_in_use_is_named() -> None:
    """The error is one of use, and says which port of which address."""
    with listen(0) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortUnavailable, match=rf"port {port} of 127\.0\.0\.1: in use by another program") as error:
            listen(port)
    assert isinstance(error.value, UsageError)


@pytest.mark.parametrize("port", [65536, -1, 10**9])
def test_no_such_port(port: int) -> None:
    """A number that is no port is refused in the same way."""
    with pytest.raises(PortUnavailable, match=f"port {port}"):
        listen(port)


def test_an_address_of_another_machine() -> None:
    """What cannot be listened at is said in words."""
    with pytest.raises(PortUnavailable, match="no address of this machine"):
        listen(0, "192.0.2.1")


def test_port_zero_is_any_free_one() -> None:
    """Two servers get two ports."""
    with listen(0) as one, listen(0) as other:
        assert one.getsockname()[1] != other.getsockname()[1]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_quietly(samples: Path, sent: signal.Signals) -> None:
    """With a stream open it is gone within two seconds, says nothing, and what follows `serve` still runs."""
    command = [sys.executable, "-c", PROGRAM, str(samples)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        connection = HTTPConnection(process.stdout.readline().strip().removeprefix("http://").rstrip("/"), timeout=10)
        connection.request("GET", "/events")
        assert connection.getresponse().readline().startswith(b"data: {")
        started = time.monotonic()
        process.send_signal(sent)
        left = process.communicate(timeout=10)
        assert time.monotonic() - started < 2
        assert (process.returncode, *left) == (0, "left\n", "")
        connection.close()
    finally:
        process.kill()
        process.communicate()


def test_the_port_is_free_again() -> None:
    """A port can be listened at again as soon as its server has gone."""
    with listen(0) as first:
        port = first.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            pass
    listen(port).close()
