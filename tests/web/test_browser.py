"""The desk as a person uses it, in Chromium against the real server."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jinja2
import pytest

from digest import assembly, pipeline
from digest.edges.output import write_folder
from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.web.issues import read_issue
from digest.web.shelf import Entry, FixedShelf
from digest.web.watching import WatchingShelf
from tests.test_cli import NEWS, OTHER_NEWS
from tests.web.conftest import SAMPLES, served
from tests.web.test_app import SCHEDULE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ISSUE = "/issues/week/"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}

Opened = Callable[..., "Page"]


@pytest.fixture
def opened(browser: "Browser") -> Iterator[Opened]:
    """Opens an address; afterwards every page must have been silent and have asked this machine only."""
    contexts, heard = [], []

    def open_(url: str, allowed: tuple[str, ...] = (), **options: Any) -> "Page":
        context = browser.new_context(**({"viewport": WIDE, "color_scheme": "null"} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda said: heard.append(said.text) if not any(a in said.text for a in allowed) else None)
        page.on("request", lambda r: None if r.url.startswith("http://127.0.0.1:") else heard.append(r.url))
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert heard == []


def read_highlight(page: "Page") -> str:
    """What the highlighted characters read as: what is struck through left out, what is inserted read."""
    return str(
        page.evaluate(
            """() => [...document.querySelectorAll('#pane .text mark')].map(mark => {
              const copy = mark.cloneNode(true);
              copy.querySelectorAll('del, .seam').forEach(each => each.remove());
              return copy.textContent;
            }).join('')"""
        )
    )


def quoted(page: "Page") -> str:
    """The sentence whose receipt is open."""
    return page.locator("#pane blockquote").inner_text()


def sentence_links(page: "Page") -> "Locator":
    return page.locator("#list .quotes a.q")


def test_each_view_is_a_link(opened: Opened, desk: str, samples: Path) -> None:
    """Desktop, phone, dark, text and JSON: the frame holds the built bytes, the others their files."""
    page = opened(desk + "/")
    assert page.url == desk + ISSUE
    assert page.locator("#frame").get_attribute("sandbox") == "allow-same-origin"

    def ground() -> str:
        return str(
            page.evaluate("getComputedStyle(document.getElementById('frame').contentDocument.body).backgroundColor")
        )

    def width() -> int:
        return int(page.evaluate("document.getElementById('frame').contentWindow.innerWidth"))

    page.wait_for_load_state("load")
    assert (ground(), width() > 480) == ("rgb(253, 251, 246)", True)
    page.get_by_role("link", name="手机", exact=True).click()
    page.wait_for_url("**/?view=phone")
    assert width() == 360
    page.get_by_role("link", name="深色", exact=True).click()
    page.wait_for_url("**/?view=dark")
    assert ground() == "rgb(23, 21, 18)"
    page.get_by_role("link", name="纯文本", exact=True).click()
    assert page.locator(".file").text_content() == (samples / "digest.txt").read_text(encoding="utf-8")
    page.get_by_role("link", name="JSON", exact=True).click()
    page.wait_for_url("**/?view=json")
    shown = json.loads(page.locator(".file").text_content() or "")
    assert shown == json.loads((samples / "digest.json").read_bytes())
    page.get_by_role("link", name="桌面", exact=True).click()
    page.wait_for_url(desk + ISSUE + "?")
    assert page.locator("#frame").is_visible()


def test_a_sentence_leads_to_its_characters(opened: Opened, desk: str) -> None:
    """A click opens the receipt beside the issue: the highlight reads as the sentence, terms and evidence are there."""
    page = opened(desk + ISSUE + "?view=phone")
    page.evaluate("window.untouched = true")
    link = sentence_links(page).nth(7)
    text = link.inner_text()
    link.click()
    page.locator("#pane blockquote").wait_for()
    assert quoted(page) == read_highlight(page) == text
    assert re.search(r"/articles/\d+/sentences/\d+\?view=phone#quote$", page.url)
    assert link.get_attribute("aria-current") == "true"
    assert page.locator("#list .quotes [aria-current]").count() == 1
    box, mark = page.locator(".document").bounding_box(), page.locator("#quote").bounding_box()
    assert box is not None
    assert mark is not None
    assert box["y"] <= mark["y"] <= box["y"] + box["height"]
    assert page.get_by_role("row", name="后文呼应").is_visible()
    assert page.locator(".evidence.counts").first.is_visible()
    assert page.evaluate("window.untouched")
    assert page.title().startswith("出处：" + text[:8])


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_is_asked_for_comes_into_sight(opened: Opened, desk: str, size: dict[str, int]) -> None:
    """The receipt is shown from its beginning, its document at the quote, and the issue at the same sentence."""
    page = opened(desk + ISSUE, viewport=size)
    page.wait_for_load_state("load")
    link = sentence_links(page).last
    text = link.inner_text()
    link.click()
    page.locator("#quote").wait_for()
    page.wait_for_function(
        """height => {
          const { top, bottom } = document.querySelector('#pane blockquote').getBoundingClientRect();
          return top >= 0 && bottom <= height;
        }""",
        arg=size["height"],
    )
    box, mark = page.locator(".document").bounding_box(), page.locator("#quote").bounding_box()
    assert box
    assert mark
    assert box["y"] <= mark["y"] <= box["y"] + box["height"]
    assert page.evaluate(
        """text => {
          const frame = document.getElementById('frame');
          const block = [...frame.contentDocument.querySelectorAll('p,li')].find(p => p.textContent.includes(text));
          const { top, bottom } = block.getBoundingClientRect();
          return bottom > 0 && top < frame.clientHeight;
        }""",
        text,
    )


def test_what_was_mended_is_shown(opened: Opened, desk: str, samples: Path) -> None:
    """A paragraph that stands twice on the page is struck through once, and the legend counts it; no mark can be tabbed to."""
    built = read_issue(samples)
    number, article = next(
        (n, each)
        for n, each in enumerate(built.articles, 1)
        if any(mending.kind == "deduplicated" for mending in each.mendings)
    )
    mending = next(mending for mending in article.mendings if mending.kind == "deduplicated")
    page = opened(f"{desk}{ISSUE}articles/{number}/headline")
    (start, end) = mending.spans[1]
    assert page.locator("#pane .text s[data-word=去重]").all_inner_texts() == [built.texts[article.document][start:end]]
    assert page.locator("#pane .legend").get_by_text("1处").is_visible()
    assert page.locator("#pane .text s :is(a, [tabindex])").count() == 0


def test_reports_of_one_event_lead_to_each_other(opened: Opened, desk: str, samples: Path) -> None:
    """A story that two papers told names both; what the other one wrote is not called chosen."""
    built = read_issue(samples)
    stories = [story for section in built.record.sections for story in section.stories]
    story = next(story for story in stories if len(story.sources) > 1)
    page = opened(f"{desk}{ISSUE}articles/{built.article_number(story.id)}/headline")
    page.locator(".reports a").click()
    page.wait_for_function("text => document.querySelector('#pane blockquote').innerText !== text", arg=story.label)
    assert page.locator(".reports a").count() == 1
    page.locator("#pane a.sentence").first.click()
    page.locator("#pane").get_by_text("可以摘引，没有选入本期").wait_for()


def test_a_shaded_sentence_leads_on_and_back(opened: Opened, desk: str) -> None:
    """Another sentence of the article opens its own receipt; back and forward go through what was open."""
    page = opened(desk + ISSUE)
    sentence_links(page).first.click()
    page.locator("#quote").wait_for()
    first = quoted(page)
    other = page.locator("#pane a.sentence").nth(1)
    words = other.inner_text()
    other.click()
    page.wait_for_function("first => document.querySelector('#pane blockquote').innerText !== first", arg=first)
    second = quoted(page)
    assert second[:6] == words[:6]
    assert read_highlight(page) == second
    page.go_back()
    page.wait_for_function("first => document.querySelector('#pane blockquote').innerText === first", arg=first)
    assert page.locator("#list [aria-current=true].q").inner_text() == first
    page.go_back()
    page.locator("#pane").get_by_text("点目录或本期里的任何一句").wait_for()
    page.go_forward()
    page.wait_for_function("first => document.querySelector('#pane blockquote')?.innerText === first", arg=first)


def test_going_back_to_a_receipt_shows_the_desk(opened: Opened, desk: str) -> None:
    """The pane alone, which the same address answers to an open desk, is never shown as a page."""
    page = opened(desk + ISSUE)
    sentence_links(page).first.click()
    page.locator("#quote").wait_for()
    page.get_by_role("link", name="手机", exact=True).click()
    page.wait_for_url("**view=phone")
    assert quoted(page) == sentence_links(page).first.inner_text()
    page.go_back()
    page.wait_for_url("**/sentences/0#quote")
    assert page.locator("#frame").is_visible()
    page.reload()
    assert page.locator("#quote").is_visible()


def click_in_frame(page: "Page", words: str) -> None:
    """Click on the middle of some words in the issue's frame."""
    x, y = page.evaluate(
        """words => {
          const frame = document.getElementById('frame'), doc = frame.contentDocument;
          const walk = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(words);
            if (at < 0 || !walk.currentNode.parentElement.getClientRects().length) continue;
            const range = doc.createRange();
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + words.length);
            frame.contentWindow.scrollBy(0, range.getBoundingClientRect().top - 200);
            const rect = range.getClientRects()[0], outer = frame.getBoundingClientRect();
            return [outer.left + rect.left + rect.width / 2, outer.top + rect.top + rect.height / 2];
          }
        }""",
        words,
    )
    page.mouse.click(x, y)


def test_a_click_in_the_issue_opens_the_receipt(opened: Opened, desk: str, samples: Path) -> None:
    """A sentence, a headline and a brief in the frame, though no script runs there; the list may be filtered meanwhile."""
    record = read_issue(samples).record
    story = record.sections[1].stories[0]
    brief = next(section.briefs[0] for section in record.sections if section.briefs)
    page = opened(desk + f"{ISSUE}?city={quote('永州市')}")
    page.wait_for_load_state("load")
    for text in (story.sentences[1].text, story.label, brief.sentence.text):
        click_in_frame(page, text[4:10])
        page.wait_for_function("text => document.querySelector('#pane blockquote')?.innerText === text", arg=text)
        assert "没有选入" not in page.locator("#pane .verdict").inner_text()
        assert read_highlight(page) == text
        assert page.url.endswith(f"?city={quote('永州市')}#quote")


def test_links_in_the_issue(opened: Opened, desk: str, samples: Path) -> None:
    """One to a place in the issue goes there; one to the web opens a tab of its own that knows nothing of the desk."""
    html = (samples / "digest.html").read_text(encoding="utf-8")
    target = re.findall(r'href="(https?://[^"]+)"', html)[0]
    page = opened(desk + ISSUE)
    page.wait_for_load_state("load")
    page.context.route(re.compile(r"^https?://(?!127\.)"), lambda route: route.fulfill(body="elsewhere"))
    click_in_frame(page, "永州")
    page.wait_for_function("document.getElementById('frame').contentWindow.location.hash !== ''")
    with page.expect_popup() as popup:
        page.evaluate(
            "url => document.getElementById('frame').contentDocument.querySelector(`a[href='${url}']`).click()", target
        )
    assert popup.value.url == target
    assert popup.value.evaluate("window.opener") is None
    assert page.url == desk + ISSUE


def test_by_keyboard_alone(opened: Opened, desk: str) -> None:
    """Tab reaches the areas and the sentences, Enter opens a receipt and goes there, the text can be scrolled."""
    page = opened(desk + ISSUE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.quotes a.q')"):
            break
    text = page.evaluate("document.activeElement.innerText")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator("#quote").wait_for()
    assert quoted(page) == text
    page.wait_for_function("document.activeElement.matches('.pane-title')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("text => document.querySelector('#pane blockquote').innerText !== text", arg=text)


def test_without_scripts(opened: Opened, desk: str) -> None:
    """Every link is a page: the receipt stands in the whole desk, at the highlighted characters."""
    page = opened(desk + ISSUE, java_script_enabled=False, allowed=("Blocked script execution",))
    link = sentence_links(page).nth(3)
    text = link.inner_text()
    link.click()
    page.wait_for_url("**/articles/**")
    assert quoted(page) == text
    assert page.locator("#quote").is_visible()
    assert page.locator("#frame").is_visible()
    page.locator("#pane a.sentence").first.click()
    assert quoted(page) != text


class Rebuilding:
    """Builds the issue of one source file with templates of its own, in this process."""

    def __init__(self, folder: Path) -> None:
        self.source, self.templates, self.out = folder / "稿件.txt", folder / "templates", folder / "out"
        self.source.write_bytes((SAMPLES / "通讯员来稿.txt").read_bytes())
        shutil.copytree(resource_folder("templates"), self.templates)

    def __call__(self) -> Path:
        settings = assembly.settings(None)
        material = assembly.read([self.source], settings)
        request = pipeline.Request(settings.edition.title, 1, None, None, None)
        plan = pipeline.plan(material.pages, material.failures, request, assembly.tools(settings, keywords=False))
        environment = load_templates(self.templates)
        files = pipeline.files(plan, environment, assembly.letterhead(settings), settings.edition.zone_info)
        write_folder(self.out, files)
        return self.out


@contextmanager
def rebuilding(folder: Path, environment: jinja2.Environment) -> "Iterator[tuple[str, Rebuilding]]":
    """A desk that watches a source and the templates."""
    build = Rebuilding(folder)
    with WatchingShelf([build.source, build.templates], build) as shelf, served(shelf, environment) as url:
        yield url, build


def test_a_change_is_shown_at_once(opened: Opened, tmp_path: Path, environment: jinja2.Environment) -> None:
    """An edited source, a broken template, a mended one: the page is loaded again where it is, and says what is wrong."""
    with rebuilding(tmp_path, environment) as (url, build):
        page = opened(url + "/issues/issue/?view=phone")
        page.locator("#list h4").first.wait_for()
        text = build.source.read_bytes().decode("gb18030")
        build.source.write_text(text.replace("祁阳45所学校有了", "改过的标题已经生效", 1), encoding="utf-8")
        page.locator("#list h4", has_text="改过的标题已经生效").wait_for()
        assert page.url == url + "/issues/issue/?view=phone"
        mail = build.templates / "mail.html.j2"
        good = mail.read_text(encoding="utf-8")
        mail.write_text(good + "\n{% if %}", encoding="utf-8")
        page.locator("#state .error").wait_for()
        assert re.search(rf"mail\.html\.j2, line {good.count(chr(10)) + 2}", page.locator("#state .error").inner_text())
        assert page.locator("#list h4", has_text="改过的标题已经生效").is_visible()
        mail.write_text(good, encoding="utf-8")
        page.locator("#state .error").wait_for(state="detached")
        page.close()


def test_an_open_sentence_is_followed(opened: Opened, tmp_path: Path, environment: jinja2.Environment) -> None:
    """When articles before it go, the same sentence stays open under its other number; once it has gone, the issue is shown."""
    first, second = "\n".join(NEWS.splitlines()), OTHER_NEWS
    with rebuilding(tmp_path, environment) as (url, build):
        build.source.write_text(f"## {first}\n\n## {second}", encoding="utf-8")
        page = opened(url + "/issues/issue/", allowed=FAILED)
        link = page.locator("#list a.q", has_text="江永县的香柚本周集中采摘").last
        link.wait_for()
        link.click()
        page.locator("#quote").wait_for()
        before = page.url
        build.source.write_text(f"## {second}", encoding="utf-8")
        page.wait_for_url(lambda address: address != before)
        assert quoted(page).startswith("江永县的香柚本周集中采摘")
        build.source.write_text(f"## {first}", encoding="utf-8")
        page.locator("#pane").get_by_text("点目录或本期里的任何一句").wait_for()
        assert page.url == url + "/issues/issue/"


# --- for everyone ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(
    samples: Path, unscored: Path, environment: jinja2.Environment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A desk with an issue of each kind and a schedule."""
    broken = tmp_path_factory.mktemp("broken")
    entries = (Entry("week", "第一期", samples), Entry("unscored", "无得分", unscored), Entry("broken", "残缺", broken))
    with served(FixedShelf(entries), environment, schedule=lambda: SCHEDULE) as url:
        yield url


PAGES = {
    "index": "/",
    "issue": ISSUE,
    "receipt": ISSUE + "articles/4/sentences/3",
    "mended": ISSUE + "articles/11/headline",
    "text": ISSUE + "?view=text",
    "unscored": "/issues/unscored/articles/1/sentences/0",
    "missing": f"{ISSUE}?city={quote('永洲市')}",
    "broken": "/issues/broken/",
    "schedule": "/schedule",
}
FAILED = ("Failed to load resource",)
"""What the browser itself says of an answer 404 or 500 that was asked for."""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(opened: Opened, many: str, name: str) -> None:
    """No violation of any rule of axe, light and dark, on a wide screen and on a phone; nothing runs out of it."""
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
    page = opened(many + PAGES[name], allowed=FAILED)
    page.wait_for_load_state("load")
    page.evaluate(axe.AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            found = page.evaluate("axe.run({resultTypes: ['violations'], iframes: false})")["violations"]
            assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_axe_finds_nothing_in_the_mail(browser: "Browser", samples: Path) -> None:
    """No violation in what the frame shows; read from the disk, since in the frame it may run no script, axe's neither."""
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
    page = browser.new_page()
    page.goto((samples / "digest.html").as_uri())
    page.evaluate(axe.AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
            assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    page.close()


def test_nothing_moves_while_it_loads(opened: Opened, desk: str) -> None:
    """No part of the page shifts, neither on loading nor when a receipt opens."""
    page = opened(desk + ISSUE)
    page.evaluate(
        "window.shifts = []; new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(e => e.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    sentence_links(page).first.click()
    page.locator("#quote").wait_for()
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifts") == []
