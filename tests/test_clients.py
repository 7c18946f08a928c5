"""What mail programs make of our mails, by the table of caniemail.com in clients.json: nothing that the layout rests on is missing.

The table is made by bench/clients/table.mjs. `make clients` asks the whole of caniemail.com and html-validate besides; they need npm.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest.edges.resources import resource_folder
from digest.edges.templates import find_theme, load_templates
from digest.model import Checks
from digest.stages.render import render
from tests.build import issue, tiles, week
from tests.reader import Reader

TEMPLATES = resource_folder("templates")
TABLE: Mapping[str, Any] = json.loads((Path(__file__).parent / "clients.json").read_text(encoding="utf-8"))
CLIENTS = ("Gmail", "Outlook for Windows", "Outlook on the web", "Apple Mail")

EVERYWHERE = {
    "properties": {"color": "CSS 1; caniemail.com has no test of it because every client knows it"},
    "elements": dict.fromkeys(("html", "head", "meta", "title", "b", "br"), "of every client since HTML 2"),
    "attributes": dict.fromkeys(
        ("border", "charset", "content", "http-equiv", "href", "id", "name", "style"), "of every client since HTML 2"
    ),
}
"""What the tables do not have, and why it may be used."""

HARMLESS = {
    "border-radius": "corners of the map's tiles are square then",
    "float": "the count stands behind the section's name then, not at the end of the line",
    "max-height": "the preheader is hidden by display and mso-hide too",
    "overflow": "the preheader is hidden by display and mso-hide too",
    "overflow-wrap": "stands beside word-wrap",
    "word-wrap": "breaks long Latin words; addresses are links behind names, and Chinese breaks everywhere",
    "text-underline-offset": "a line under a link is nearer to it",
    "text-wrap": "headlines are not balanced",
    "a": "the index does not jump; what it names follows below in its order",
    "bdi": "a right-to-left brief shares its line with its reference alone",
    "style": "styles are inlined; what stays in the head is the dark scheme, the phone's sizes and finer points",
    "class": "styles are inlined",
    "mso-hide": "is Outlook's own, for which it is meant",
    "role": "for screen readers; the tables read in order without it",
    "break-after": "of paper alone",
    "line-break": "a stricter choice of where lines break",
    "text-autospace": "the space between Han and Latin letters",
    "text-spacing-trim": "the width of marks",
}
"""What some client lacks without harm to the layout, and why it does none."""


@pytest.fixture(params=["", "bulletin"])
def mail(request: pytest.FixtureRequest) -> str:
    """One of everything in a theme: the rich week, the same with most of it moved, and an issue without news."""
    env = load_templates(TEMPLATES, find_theme(TEMPLATES, request.param))
    full, web = replace(week(), tiles=tiles()), "https://digest.example/"
    told = (
        render(full, env, Checks(24, 24), web),
        render(full, env, address=web, budget_bytes=1),
        render(issue(), env),
    )
    return "".join(rendering.html for rendering in told)


def used(html: str) -> Iterator[tuple[str, str]]:
    """Every property, element and attribute of a mail, by its kind; what Outlook alone reads is left out."""
    read = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    for tag, attributes in Reader(read).tags:
        yield "elements", tag
        for name, value in attributes.items():
            yield "attributes", name
            if name == "style":
                yield from (("properties", one.split(":")[0].strip()) for one in (value or "").split(";") if one)
    for sheet in re.findall(r"<style>(.*?)</style>", read, re.DOTALL):
        yield from (("properties", name) for name in re.findall(r"[{;]\s*([a-z-]+)\s*:", sheet))


def test_all_that_a_mail_uses_is_in_the_table(mail: str) -> None:
    """A template that begins to use something says first which clients know it."""
    known = {(kind, name) for kind in EVERYWHERE for name in (*TABLE[kind], *EVERYWHERE[kind])}
    unknown = {(kind, name) for kind, name in used(mail) if (kind, name) not in known and name not in HARMLESS}
    assert unknown == set()


def test_what_a_client_lacks_does_no_harm(mail: str) -> None:
    """Whatever Gmail, Outlook or Apple Mail does not support at all has a reason why the layout stands without it."""
    rows = {(kind, name): TABLE[kind][name] for kind, name in used(mail) if name in TABLE[kind]}
    assert len(rows) > 40
    lacking = {name for (_, name), row in rows.items() if "n" in [row[client] for client in CLIENTS]}
    assert lacking - set(HARMLESS) == set()


def test_what_stays_in_the_head_is_not_needed(mail: str) -> None:
    """QQ Mail, 163 and Foxmail drop style elements: all that the layout rests on stands in the tags themselves."""
    layout = {"width", "padding", "background-color", "font", "color", "text-align", "max-width", "margin"}
    inline = {
        name for tag, a in Reader(mail).tags for name in re.findall(r"(?:^|;)\s*([a-z-]+):", a.get("style") or "")
    }
    assert layout <= inline


def test_space_that_outlook_ignores_is_not_relied_on() -> None:
    """Outlook for Windows pads table cells alone: a ground of another colour than the page's is a cell's, or has no padding."""
    for theme in ("", "bulletin"):
        env = load_templates(TEMPLATES, find_theme(TEMPLATES, theme))
        html = render(replace(week(), tiles=tiles()), env, Checks(24, 24)).html
        for tag, attributes in Reader(html).tags:
            style = attributes.get("style") or ""
            if tag in ("h1", "h2", "h3", "div", "p") and "background-color" in style:
                assert "padding" not in style, (theme, tag)
