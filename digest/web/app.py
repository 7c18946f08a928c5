"""The desk's addresses and what answers them: pages, the exact bytes of the issues, documents, the news of rebuilding."""

import asyncio
import hashlib
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import jinja2
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.staticfiles import StaticFiles

from digest.errors import DigestError
from digest.web.guard import HOSTS, SANDBOX, SecurityHeaders
from digest.web.issues import FILES, document_file, read_file, read_issue
from digest.web.links import Links, Part, Place, as_received
from digest.web.missing import Missing
from digest.web.pages import Pages, stamp
from digest.web.shelf import Entry, Shelf
from digest.web.timetable import ScheduleView

STATIC = Path(__file__).parent / "static"

_GET = ["GET", "HEAD"]
_POLL_S = 0.2
"""How often the state of building is looked at while a page is open."""
_HEARTBEAT_S = 15.0
"""How often an idle stream sends a comment, so that a connection that is gone is noticed."""

_log = logging.getLogger(__name__)


class _Count(IntegerConvertor):
    """A number in an address, of few digits: Python refuses to read thousands."""

    regex = "[0-9]{1,9}"


register_url_convertor("count", _Count())


def create_app(
    shelf: Shelf,
    templates: Callable[[], jinja2.Environment],
    schedule: Callable[[], ScheduleView] | None = None,
) -> FastAPI:
    """The desk of a shelf's issues. It answers to the names of this machine only, writes nothing, and asks no other host.

    `templates` gives the environment for each page, so that it may change while the desk runs.

    `app.state.leaving`, a callable, ends the open streams once it says so.
    """
    app = FastAPI(title="digest", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.leaving = lambda: False
    desk = _Desk(shelf, Pages(shelf, templates, schedule))
    for path, endpoint in desk.routes().items():
        app.add_api_route(path, endpoint, methods=_GET, response_model=None)
    app.mount("/static", StaticFiles(directory=STATIC), "static")
    app.add_exception_handler(Missing, desk.on_missing)
    app.add_exception_handler(HTTPException, desk.on_http_error)
    app.add_exception_handler(DigestError, desk.on_error)
    app.add_exception_handler(Exception, desk.on_error)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS))
    # outside of all others: what starlette itself answers to a foreign host or a fault bears the headers too
    app.middleware_stack = SecurityHeaders(app.build_middleware_stack())
    return app


class _Desk:
    """What answers each address."""

    def __init__(self, shelf: Shelf, pages: Pages) -> None:
        self._shelf, self._pages = shelf, pages

    def routes(self) -> Mapping[str, Callable[..., Response | Awaitable[Response]]]:
        """The endpoints by path."""
        article = "/issues/{key}/articles/{n:count}"
        return {
            "/": self.index,
            "/schedule": self.schedule,
            "/events": self.events,
            "/issues/{key}/": self.issue,
            article + "/headline": self.headline,
            article + "/sentences/{i:count}": self.sentence,
            article + "/briefs/{i:count}": self.brief,
            "/issues/{key}/quotes.json": self.quotes,
            "/issues/{key}/documents/{n:count}.txt": self.document,
            "/issues/{key}/{name}": self.file,
        }

    def index(self) -> Response:
        entries = self._shelf.entries()
        return RedirectResponse(Links(entries[0].key).issue) if len(entries) == 1 else self._pages.index()

    def schedule(self) -> Response:
        return self._pages.timetable()

    def issue(self, request: Request, key: str) -> Response:
        return self._pages.desk(request, self._entry(key), None)

    def headline(self, request: Request, key: str, n: int) -> Response:
        return self._receipt(request, key, n, "headline", 0)

    def sentence(self, request: Request, key: str, n: int, i: int) -> Response:
        return self._receipt(request, key, n, "sentences", i)

    def brief(self, request: Request, key: str, n: int, i: int) -> Response:
        return self._receipt(request, key, n, "briefs", i)

    def quotes(self, request: Request, key: str) -> Response:
        return self._pages.quotes(request, self._entry(key))

    def document(self, key: str, n: int) -> Response:
        entry = self._entry(key)
        documents = read_issue(entry.folder).record.documents
        if not 1 <= n <= len(documents):
            known = {document.path: Links(key).document(i) for i, document in enumerate(documents, 1)}
            raise Missing("file", str(n), known)
        file = document_file(entry.folder, documents[n - 1].id)
        content = read_file(file.parent, file.name)
        return Response(content, media_type="text/plain; charset=utf-8", headers=SANDBOX)

    def file(self, key: str, name: str) -> Response:
        """A file of the issue, exactly as it is on disk."""
        entry = self._entry(key)
        if name not in FILES:
            raise Missing("file", name, {file: Links(key).file(file) for file in FILES})
        content = read_file(entry.folder, name)
        tag = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"'}
        return Response(content, media_type=FILES[name], headers={**tag, **SANDBOX})

    async def events(self, request: Request) -> Response:
        """The news of rebuilding (server-sent events): the stamp of the state, whether a build is at work."""
        return StreamingResponse(self._news(request), media_type="text/event-stream")

    def on_missing(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, Missing):
            raise error
        return self._pages.missing(error, _is_fragment(request))

    def on_http_error(self, request: Request, error: Exception) -> Response:
        """An address that leads nowhere, or is asked in a way that it does not answer to."""
        if isinstance(error, HTTPException) and error.status_code != 404:
            return Response(error.detail, error.status_code, error.headers, "text/plain")
        known = {"/": "/"} | {Links(entry.key).issue: Links(entry.key).issue for entry in self._shelf.entries()}
        return self._pages.missing(Missing("address", request.url.path, known), _is_fragment(request))

    def on_error(self, request: Request, error: Exception) -> Response:
        """An issue that cannot be read, or a fault of ours, which is logged in one line."""
        expected = isinstance(error, DigestError)
        if not expected:
            _log.error("%s %s: %r", request.method, request.url.path, error)
        message = str(error) if expected else f"unexpected {type(error).__name__}: {error}"
        try:
            return self._pages.failure(message, _is_fragment(request))
        except DigestError:  # the template of this page is broken too; asked for again until it is mended
            return Response(message, 500, {"Refresh": "2"}, "text/plain; charset=utf-8")

    def _receipt(self, request: Request, key: str, n: int, part: Part, i: int) -> Response:
        return self._pages.desk(request, self._entry(key), Place(n, part, i), _is_fragment(request))

    def _entry(self, key: str) -> Entry:
        entries = self._shelf.entries()
        found = next((entry for entry in entries if key in (entry.key, as_received(entry.key))), None)
        if found is None:
            raise Missing("issue", key, {entry.key: Links(entry.key).issue for entry in entries})
        return found

    async def _news(self, request: Request) -> AsyncIterator[str]:
        told, idle_s = "", 0.0
        while not request.app.state.leaving() and not await request.is_disconnected():
            state = await run_in_threadpool(self._shelf.state)
            news = json.dumps({"stamp": stamp(state), "building": state.building})
            if news != told:
                yield f"data: {news}\n\n"
                told, idle_s = news, 0.0
            elif idle_s >= _HEARTBEAT_S:
                yield ": still here\n\n"
                idle_s = 0.0
            await asyncio.sleep(_POLL_S)
            idle_s += _POLL_S


def _is_fragment(request: Request) -> bool:
    """Whether a desk that is open asks for its pane alone."""
    return "HX-Request" in request.headers
