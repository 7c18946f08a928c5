"""The desk's pages: templates filled with plain values, and the state of building that every page bears."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse

from digest.edges.catalogue import Words
from digest.stages.render import fill
from digest.web.contents import Choice, QuoteView, SectionView, cities, contents, heading, quote_views
from digest.web.issues import FILES, BuiltIssue, read_file, read_issue
from digest.web.links import VIEWS, Links, Place, View
from digest.web.marking import shown
from digest.web.missing import Missing
from digest.web.receipts import ReceiptView, find, receipt
from digest.web.shelf import Entry, Shelf, State
from digest.web.timetable import ScheduleView
from digest.web.words import named

_VIEW_FILES = {"text": "digest.txt", "json": "digest.json"}
"""The views that show a file as text; all others show digest.html in a frame."""


@dataclass(frozen=True, slots=True)
class DeskView:
    """An issue on the desk: what is checked of it, its list, the view of it, and the receipt that is open."""

    title: str
    heading: str
    checks: str
    faithful: bool
    scored: bool
    sections: tuple[SectionView, ...]
    cities: tuple[Choice, ...]
    views: tuple[Choice, ...]
    files: tuple[Choice, ...]
    view: View
    frame: str
    text: str | None
    """The file's text in the views that show one."""
    file_link: str
    quotes_link: str
    sha256: str
    size: str
    mail_part: str
    unread: str
    """The sources that could not be read."""
    receipt: ReceiptView | None
    before: QuoteView | None
    after: QuoteView | None


class Pages:
    """The pages of a shelf; `templates` are asked for each page, `schedule` gives the coming runs where there is one."""

    def __init__(
        self,
        shelf: Shelf,
        templates: Callable[[], jinja2.Environment],
        schedule: Callable[[], ScheduleView] | None,
    ) -> None:
        self._shelf, self._templates, self._schedule = shelf, templates, schedule

    def index(self) -> HTMLResponse:
        """The list of issues."""
        entries = [Choice(entry.title, Links(entry.key).issue, False) for entry in self._shelf.entries()]
        return self._page("index", entries=entries)

    def desk(self, request: Request, entry: Entry, place: Place | None, fragment: bool = False) -> HTMLResponse:
        """The desk of an issue, with the receipt of the quote at a place; a fragment is the receipt alone.

        Raises Missing, UnreadableIssue.
        """
        state = self._shelf.state()  # first: a page that is older than its stamp would stay so
        words, links, built = self._words(), _links(request, entry), read_issue(entry.folder)
        shown_receipt = _receipt(built, place, links, words) if place else None
        desk = _desk(entry, built, place, links, shown_receipt, words)
        return self._page("pane" if fragment else "issue", state=state, desk=desk)

    def quotes(self, request: Request, entry: Entry) -> JSONResponse:
        """Texts and addresses of all quotes in the order of the issue, for finding a click in its frame.

        Raises Missing, UnreadableIssue.
        """
        views = quote_views(read_issue(entry.folder), _links(request, entry), None, self._words())
        return JSONResponse([{"text": view.text, "link": view.link} for view in views])

    def timetable(self) -> HTMLResponse:
        """The coming runs. Raises Missing where nothing is scheduled."""
        if self._schedule is None:
            raise Missing("address", "/schedule", {"/": "/"})
        return self._page("schedule", schedule=self._schedule())

    def missing(self, error: Missing, fragment: bool) -> HTMLResponse:
        """What was asked for, and what there is."""
        nearest = (error.nearest, error.links[error.nearest]) if error.nearest else None
        values: dict[str, Any] = {
            "kind": error.kind,
            "given": shown(error.given),
            "nearest": nearest,
            "known": error.known,
        }
        return self._page("missing_pane" if fragment else "missing", 404, **values)

    def failure(self, message: str, fragment: bool) -> HTMLResponse:
        """What went wrong, in its own words."""
        return self._page("failure_pane" if fragment else "failure", 500, message=shown(message))

    def _words(self) -> Words:
        words: Words = self._templates().globals["words"]  # type: ignore[assignment] # put there with the templates
        return words

    def _page(self, name: str, status: int = 200, state: State | None = None, **values: Any) -> HTMLResponse:
        state = state or self._shelf.state()
        page = fill(
            self._templates(),
            f"desk/{name}.html.j2",
            building=state.building,
            error=shown(state.error or ""),
            stamp=stamp(state),
            has_schedule=self._schedule is not None,
            **values,
        )
        return HTMLResponse(page.encode("utf-8", "replace"), status, headers={"Vary": "HX-Request"})


def stamp(state: State) -> str:
    """What differs when a page should be loaded again: another version, another error."""
    return f"{state.version}.{crc32((state.error or '').encode('utf-8', 'replace')):x}"


def _links(request: Request, entry: Entry) -> Links:
    """The links for what the request's query asks for. Raises Missing for a view that does not exist."""
    given, city = request.query_params.get("view", "desktop"), request.query_params.get("city") or None
    view = next((view for view in VIEWS if view == given), None)
    links = Links(entry.key, view or "desktop", city)
    if view is None:
        raise Missing("view", given, {view: links.issue + links.here(view=view) for view in VIEWS})
    return links


def _desk(
    entry: Entry,
    built: BuiltIssue,
    place: Place | None,
    links: Links,
    shown_receipt: ReceiptView | None,
    words: Words,
) -> DeskView:
    file = _VIEW_FILES.get(links.view)
    before, after = _neighbours(list(quote_views(built, links, place, words)))
    return DeskView(
        title=built.record.edition,
        heading=heading(built.record, words),
        checks=words("count.checked", faithful=built.faithful, total=built.quotes),
        faithful=built.faithful == built.quotes,
        scored=built.scored,
        sections=contents(built, links, place, words),
        cities=cities(built, links, words),
        views=tuple(Choice(named(words, "view", view), links.here(view=view), view == links.view) for view in VIEWS),
        files=tuple(Choice(name, links.file(name), False) for name in FILES),
        view=links.view,
        frame=links.file("digest.html"),
        text=shown(read_file(entry.folder, file).decode("utf-8", "replace")) if file else None,
        file_link=links.file(file or "digest.html"),
        quotes_link=links.file("quotes.json") + links.query(),
        sha256=built.sha256,
        size=words("desk.size", bytes=f"{built.size_bytes:,}"),
        mail_part=named(words, "mail_part", built.mail_part),
        unread=words("list.names").join(shown(failure.path) for failure in built.record.failures),
        receipt=shown_receipt,
        before=before,
        after=after,
    )


def _receipt(built: BuiltIssue, place: Place, links: Links, words: Words) -> ReceiptView:
    quoted = find(built, place)
    if quoted is None:
        quotes = {view.text: view.link for view in quote_views(built, links, None, words)}
        raise Missing("receipt", f"{links.issue}{place.path}", quotes)
    return receipt(built, place, quoted, links, words)


def _neighbours(quotes: list[QuoteView]) -> tuple[QuoteView | None, QuoteView | None]:
    """The quotes of the issue before and after the current one; None where there is none."""
    at = next((i for i, view in enumerate(quotes) if view.current), None)
    if at is None:
        return None, None
    plain = [replace(view, current=False) for view in quotes]
    return (plain[at - 1] if at else None), (plain[at + 1] if at + 1 < len(plain) else None)
