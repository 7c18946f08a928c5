"""What holds for all five forms of an issue: text stays text, the same issue yields the same bytes, everybody can read it."""

import re
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.edges.printing import load_printer
from digest.edges.resources import resource_folder
from digest.edges.templates import find_theme, load_templates
from digest.model import Checks, Issue, Rendering
from digest.stages.render import render
from digest.stages.render.filling import fill
from digest.stages.render.viewing import isolated, issue_view
from tests.build import brief, full_week, issue, section, source, story, tiles, week
from tests.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TEMPLATES = resource_folder("templates")
ENV = load_templates(TEMPLATES)
BULLETIN = load_templates(TEMPLATES, find_theme(TEMPLATES, "bulletin"))
WEB = "https://digest.example/{week}/"
HTML = ("html", "web", "wechat", "print")


def rendered(told: Issue | None = None) -> Rendering:
    """The rich week, or another issue, with a map, a count of checks and an address."""
    return render(replace(told or week(), tiles=tiles()), ENV, Checks(24, 24), WEB)


def dense(text: str) -> str:
    """The text without white space and marks of direction."""
    return "".join(re.sub("[\u2066-\u2069]", "", text).split())


# --- text stays text -------------------------------------------------------------------------------------------------

MARKUP = [
    "<script>alert(1)</script>",
    "</p></td></table>",
    "&lt;",
    "&amp;amp;",
    "{{ issue }}",
    "{% raw %}",
    "%(x)s",
    "-->",
    "]]>",
    "<!--[if mso]>",
]
ANY_TEXT = st.lists(
    st.one_of(
        st.sampled_from([*MARKUP, "שלום", "مرحبا", "湖南", "“", "\u202e"]),
        st.text(st.characters(exclude_categories=["Cs"])),
    ),
    max_size=6,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_comes_out_as_text_and_nothing_else(headline: str, sentence: str, name: str) -> None:
    """Whatever an article holds stands in all five forms as it was quoted, and is never a tag, an entity or a template of them."""
    plain, told = (
        story(f"标题{a}", f"句子{b}。", id="page#1", sources=[source(f"报{c}", c)])
        for a, b, c in [("", "", ""), (headline, sentence, name)]
    )
    calm, wild = (
        rendered(issue(section("株洲市", one, briefs=[brief(f"简讯{s}。", one)])))
        for one, s in ((plain, ""), (told, sentence))
    )
    for form in HTML:
        page, other = Reader(getattr(wild, form)), Reader(getattr(calm, form))
        assert [tag for tag, _ in page.tags] == [tag for tag, _ in other.tags]
        assert dense(told.label.text) in dense(page.text)
        assert dense(told.sentences[0].text) in dense(page.text)
    assert dense(told.label.text) in dense(wild.text)
    assert dense(told.sentences[0].text) in dense(wild.text)
    assert all(line == line.rstrip() for line in wild.text.splitlines())


def test_a_headline_of_ten_thousand_characters_is_shown_whole() -> None:
    """Nothing is cut, and nothing breaks."""
    result = rendered(issue(section("株洲市", story("长" * 10_000, "句。"))))
    assert all("长" * 10_000 in getattr(result, form) for form in (*HTML, "text"))


def test_names_written_from_right_to_left_turn_nothing_else() -> None:
    """In a line that they share they are isolated; marks of direction of their own are removed."""
    told = story("标题", "句。", sources=[source("\u202eשלום", "محمد")])
    result = rendered(issue(section("株洲市", told)))
    assert "· \u2068שלום\u2069（\u2068محمد\u2069）" in result.text
    assert "\u202e" not in result.text + result.html


# --- the same bytes --------------------------------------------------------------------------------------------------


def test_the_same_issue_yields_the_same_bytes() -> None:
    """In all forms, with templates that were read anew."""
    again = render(replace(week(), tiles=tiles()), load_templates(TEMPLATES), Checks(24, 24), WEB)
    assert again == rendered()


def blocks(html: str, tag: str) -> Sequence[str]:
    """What stands between two heads of stories, styles included."""
    return re.split(f"(?=<{tag})", html)[1:]


@given(st.integers(1, 5))
def test_removing_a_story_leaves_the_others_as_they_were(gone: int) -> None:
    """Their markup does not depend on how many stand before or behind; a lead keeps its place."""
    told = [story(f"第{n}条", f"内容{n}。", id=f"page#{n}") for n in range(6)]
    fewer = [one for n, one in enumerate(told) if n != gone]
    before, after = (rendered(issue(section("株洲市", *stories))) for stories in (told, fewer))
    for form, tag in (("html", "h3"), ("web", "article"), ("wechat", "h3"), ("print", "article")):
        whole = blocks(getattr(before, form), tag)
        assert (
            blocks(getattr(after, form), tag)[:-1]
            == [block for n, block in enumerate(whole) if n != gone][: len(fewer) - 1]
        )


def test_rendering_with_inlining_is_not_slow() -> None:
    """Fourteen cities with forty stories: fitting and inlining take at most twenty times what Jinja2 alone takes."""
    told = full_week(14, 40)
    view = issue_view(told, ENV.globals["words"], Checks(0, 0), "https://digest.example/")  # type: ignore[arg-type]

    def seconds(work: object) -> float:
        started = time.perf_counter()
        work()  # type: ignore[operator]
        return time.perf_counter() - started

    alone = min(seconds(lambda: fill(ENV, "mail.html.j2", issue=view, isolated=isolated)) for _ in range(3))
    whole = min(seconds(lambda: render(told, ENV, address=WEB)) for _ in range(3))
    assert whole <= 20 * alone


# --- WeChat ----------------------------------------------------------------------------------------------------------


def test_wechat_gets_inline_styles_and_nothing_that_its_editor_drops() -> None:
    """No class, id, style element, table, script or link; addresses are words, the index is a list in words."""
    page = Reader(rendered().wechat)
    tags = {tag for tag, _ in page.tags}
    assert tags <= {"html", "head", "meta", "title", "body", "section", "h1", "h2", "h3", "p", "span", "strong"}
    assert not {name for tag, attrs in page.tags if tag not in ("html", "meta") for name in attrs} - {"style"}
    assert "https://news.example/2026/1112/bridge.html?from=week&id=8" in page.text
    assert "长沙 2篇；" in page.text


# --- print -----------------------------------------------------------------------------------------------------------


def test_the_print_edition_is_the_same_pdf_each_time() -> None:
    """Identifier and date are those of the issue, the page is A4."""
    printer = load_printer()
    first = printer(rendered().print, "3f9a" * 16)
    assert first == printer(rendered().print, "3f9a" * 16)
    assert first.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", first, re.DOTALL)
    objects = b"".join(zlib.decompress(stream) for stream in streams if stream[:1] == b"x")
    assert re.search(rb"/MediaBox ?\[ ?0 0 595\.\d+ 841\.\d+ ?\]", objects)
    assert b"(D:20261115" in objects


# --- everybody can read it -------------------------------------------------------------------------------------------


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Both colour schemes."""
    return str(request.param)


@pytest.fixture(params=["html", "web", "wechat", "bulletin"])
def page_html(request: pytest.FixtureRequest) -> str:
    """The mail, the web page, the WeChat file, and the mail of the second theme."""
    if request.param == "bulletin":
        return render(replace(week(), tiles=tiles()), BULLETIN, Checks(24, 24), WEB).html
    return str(getattr(rendered(), request.param))


def opened(browser: "Browser", html: str, scheme: str, width: int) -> "Page":
    """The page in a window of this width; what it asks the network for is noted as `asked`."""
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page.set_content(html)
    return page


def test_axe_finds_nothing(browser: "Browser", page_html: str, scheme: str) -> None:
    """Contrast, headings, landmarks, names of links: in both schemes."""
    page = opened(browser, page_html, scheme, 375)
    off = {} if "<main" in page_html else {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}
    found = Axe().run(page, options={"rules": off}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"]) for one in found] == []


def test_nothing_scrolls_sideways_on_a_small_phone(browser: "Browser", page_html: str, scheme: str) -> None:
    """320 px are enough, with long names and addresses too."""
    assert opened(browser, page_html, scheme, 320).evaluate("document.documentElement.scrollWidth") <= 320


def test_it_stands_without_any_style_element(browser: "Browser") -> None:
    """QQ, 163 and Foxmail drop style elements and media queries: nothing overlaps or runs out, every tile has its number."""
    page = opened(browser, re.sub(r"<style>.*?</style>", "", rendered().html, flags=re.DOTALL), "light", 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    tops = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(e => e.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    assert "岳阳\n1" in page.inner_text("body")


def test_reading_order_is_the_order_on_the_page(browser: "Browser", page_html: str) -> None:
    """Heads come down the page as they come in the source."""
    page = opened(browser, page_html, "light", 1000)
    tops = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3')].map(e => [e.getBoundingClientRect().top, e.getBoundingClientRect().left])"
    )
    rows = [(round(top / 12), left) for top, left in tops]
    assert rows == sorted(rows)


def test_nothing_is_asked_of_the_network(browser: "Browser", page_html: str) -> None:
    """No request leaves the page."""
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(page_html)
    page.wait_for_load_state("networkidle")
    assert asked == []


@pytest.mark.parametrize("form", HTML)
def test_headings_are_in_order(form: str) -> None:
    """One h1, and no level is left out."""
    levels = [int(tag[1]) for tag, _ in Reader(getattr(rendered(), form)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_english_words_stand_in_for_chinese_ones() -> None:
    """The interface speaks the language of the edition; the news is not translated."""
    result = render(replace(week(), tiles=tiles()), load_templates(TEMPLATES, language="en"), Checks(24, 24))
    assert result.subject == "湖南市州新闻周报 No. 46 Nov 9, 2026 – Nov 15"
    assert '<html lang="en">' in result.html
    assert "6 cities · 9 stories · 2 briefs · 24/24 quotes equal their source" in result.text
    assert "Province-wide" in result.html
