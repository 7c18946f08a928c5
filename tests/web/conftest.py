"""The samples built once, the templates read once."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import jinja2
import pytest

from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.web.app import create_app
from digest.web.server import listen, serve
from digest.web.shelf import Entry, FixedShelf, Shelf

SAMPLES = Path(__file__).parents[2] / "samples"


def build(out: Path, *sources: Path) -> Path:
    """The folder of an issue built from the sources by the command line."""
    command = [sys.executable, "-m", "digest", "build", *map(str, sources), "--out", str(out), "--no-keywords"]
    subprocess.run([*command, "--week", "2026-W46", "--number", "1"], check=True, capture_output=True, timeout=60)
    return out


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the issue that the samples make."""
    return build(tmp_path_factory.mktemp("web") / "issue", SAMPLES)


@pytest.fixture(scope="session")
def unscored(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same issue as an earlier version built it: without articles.json."""
    folder = tmp_path_factory.mktemp("unscored") / "issue"
    shutil.copytree(samples, folder)
    (folder / "articles.json").unlink()
    return folder


@pytest.fixture(scope="session")
def environment() -> jinja2.Environment:
    """The shipped templates."""
    return load_templates(resource_folder("templates"))


def shelf_of(folder: Path) -> FixedShelf:
    """A shelf with one issue, under the key `week`."""
    return FixedShelf((Entry("week", "样刊", folder),))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answers."""

    status: int
    headers: HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


def get(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to one request; a header's name is written with _ for -."""
    connection = HTTPConnection(url.removeprefix("http://"), timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


@contextmanager
def served(shelf: Shelf, environment: jinja2.Environment, **more: object) -> Iterator[str]:
    """The address, without the last slash, of a desk that runs while the block does."""
    app = create_app(shelf, lambda: environment, **more)  # type: ignore[arg-type]
    ready, addresses = threading.Event(), []

    def on_ready(url: str) -> None:
        addresses.append(url.rstrip("/"))
        ready.set()

    thread = threading.Thread(target=serve, args=(app, listen(0), on_ready))
    thread.start()
    try:
        assert ready.wait(10)
        yield addresses[0]
    finally:
        app.state.server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def desk(samples: Path, environment: jinja2.Environment) -> Iterator[str]:
    """The address of the desk of the samples."""
    with served(shelf_of(samples), environment) as url:
        yield url
