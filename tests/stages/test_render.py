"""What a reader sees: every sentence as it was quoted, escaped, in its place; legible on a phone and in the dark."""

import re
from typing import TYPE_CHECKING

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.errors import OversizedSource, TemplateFault
from digest.model import ELSEWHERE, PROVINCE, Period, Rendering
from digest.stages.render import render
from tests.build import CITIES, brief, day, failure, issue, section, source, story, week
from tests.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ENV = load_templates(resource_folder("templates"))


def rendered(*sections: object, **changes: object) -> Rendering:
    """The rendering of an issue with these sections."""
    return render(issue(*sections, **changes), ENV)  # type: ignore[arg-type]


def lines(text: str) -> list[str]:
    """The lines that hold something."""
    return [line for line in text.splitlines() if line]


def templates(html: str = "", text: str = "") -> jinja2.Environment:
    """An environment with templates of our own."""
    sources = {"mail.html.j2": html, "mail.txt.j2": text}
    loader = jinja2.FunctionLoader(lambda name: (sources[name], name, None) if name in sources else None)
    loader.list_templates = lambda: list(sources)  # type: ignore[method-assign]
    env = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, autoescape=True)
    env.globals["words"] = ENV.globals["words"]
    return env


# --- what is said ----------------------------------------------------------------------------------------------------


def test_every_sentence_stands_in_both_forms() -> None:
    """Nothing that was chosen is lost or changed on the way."""
    result = render(week(), ENV)
    seen = Reader(result.html).text
    for told in week().stories:
        for sentence in told.sentences:
            assert sentence.text in seen
            assert sentence.text in result.text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_sentence_is_escaped_and_reads_back(text: str) -> None:
    """Whatever a source holds is text in the mail, never a tag of it."""
    about = story("标题", text + "<script>alert(1)</script>&amp;")
    told = about.sentences[0].text
    result = rendered(section("株洲市", about))
    page = Reader(result.html)
    assert told in page.text
    assert told in result.text
    assert "script" not in {tag for tag, _ in page.tags}


def test_names_from_outside_are_escaped_and_kept_on_one_line() -> None:
    """Neither a file's name nor an author's can hold markup, break a line or turn the direction of writing."""
    origin = source("a\nb\u202e<img src=x>", '<b onclick="x">')
    result = rendered(
        section("株洲市", story("标题", "一句话。", sources=[origin])),
    )
    page = Reader(result.html)
    assert 'a b <img src=x>（<b onclick="x">）' in page.text
    assert "· a b <img src=x>（" in result.text
    assert not {"img", "i"} & {tag for tag, _ in page.tags}


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    """A name that is no text does not stop the issue."""
    result = rendered(edition="坏\udcff")
    assert all("坏?" in form for form in (result.html, result.text, result.web, result.wechat, result.print))


def test_the_masthead_says_which_issue_it_is() -> None:
    """Title, number and period stand first, and in the subject."""
    result = rendered()
    assert result.subject == "湖南市州新闻周报 第46期 2026年11月9日—11月15日"
    assert lines(result.text)[:2] == ["湖南市州新闻周报", "第46期 2026年11月9日—11月15日"]


@pytest.mark.parametrize(
    ("number", "period", "subject"),
    [
        (None, None, "湖南市州新闻周报"),
        (7, None, "湖南市州新闻周报 第7期"),
        (None, Period(day("11-09"), day("11-09")), "湖南市州新闻周报 2026年11月9日"),
        (None, Period(day("12-28"), day("1-3", 2027)), "湖南市州新闻周报 2026年12月28日—2027年1月3日"),
    ],
)
def test_what_is_not_known_is_not_said(number: int | None, period: Period | None, subject: str) -> None:
    """A number or a period that is missing leaves no trace; the year stands once where it is the same."""
    assert rendered(number=number, period=period).subject == subject


def test_the_numbers_count_what_is_printed() -> None:
    """Cities are cities: the province's and the other sections are none."""
    one, two = story("甲", "一。", "二。"), story("乙", "三。", city=PROVINCE)
    result = rendered(section("株洲市", one, briefs=[brief("三。", two)]), section(PROVINCE, two))
    assert lines(result.text)[2] == "1个市州 · 2篇 · 简讯1条"


def test_cities_without_news_are_named_and_other_sections_are_not() -> None:
    """A city is missing by name; nobody misses an empty 省外·其他."""
    result = rendered(*(section(city, story("题", "句。", city=city)) for city in list(CITIES)[:12]))
    assert "【本期无稿】娄底市、湘西土家族苗族自治州\n" in result.text
    assert "省外" not in result.text
    assert "全省" not in result.text


def test_the_index_links_to_every_section_in_its_order() -> None:
    """Links and anchors agree, and every anchor is there once."""
    page = Reader(render(week(), ENV).html)
    targets = [a["href"] for tag, a in page.tags if tag == "a" and (a.get("href") or "").startswith("#c")]
    names = [a["id"] for tag, a in page.tags if "id" in a]
    assert targets == ["#c430100", "#c430200", "#c430600", "#c431000", "#c431100", "#c433100", "#c430000"]
    assert len(set(names)) == len(names)
    assert {a["href"] for tag, a in page.tags if (a.get("href") or "").startswith("#")} <= {
        f"#{name}" for name in names
    }


def test_sentences_that_follow_each_other_are_joined_and_gaps_are_marked() -> None:
    """A reader can tell where text was left out, and the mark is explained."""
    result = rendered(section("株洲市", story("题", None, "一。", "二。", None, "四。")))
    assert "\n一。二。〔…〕四。\n" in result.text
    assert "一。二。〔…〕四。" in Reader(result.html).text
    assert "〔…〕表示" in result.text


def test_latin_sentences_keep_a_space_between_them() -> None:
    """English is not run together."""
    assert "\nOne. Two.\n" in rendered(section("株洲市", story("题", "One.", "Two."))).text


def test_a_mark_that_does_not_occur_is_not_explained() -> None:
    """The footer speaks of this issue alone."""
    result = rendered(section("株洲市", story("题", "一。", "二。")))
    assert not any(mark in result.text for mark in ("〔…〕", "〔原文残缺〕", "未收", "未能读取"))


def test_a_story_without_a_headline_begins_at_once() -> None:
    """Its opening clause is set off within the sentence: it is no headline, and is not told twice."""
    result = rendered(section("株洲市", story(None, "镇上的机耕道，已经通车。")))
    assert "■ 镇上的机耕道，已经通车。" in result.text
    assert "<b>镇上的机耕道</b>，已经通车。" in result.html
    assert result.text.count("镇上的机耕道") == 1


@pytest.mark.parametrize(
    ("published", "county", "line"),
    [
        (day("11-10"), "醴陵市", "醴陵市 · 11月10日 · 来稿"),
        (day("12-30", 2025), None, "2025年12月30日 · 来稿"),
        (None, "醴陵市", "醴陵市 · 日期不明 · 来稿"),
    ],
)
def test_a_story_says_where_and_when(published: object, county: str | None, line: str) -> None:
    """The year stands where it is not the issue's."""
    told = story("题", "句。", county=county, published=published)  # type: ignore[arg-type]
    assert line in lines(rendered(section("株洲市", told)).text)


def test_all_sources_are_named() -> None:
    """Medium or site, authors, the address, and whether the end is missing; a file's name says nothing to a reader."""
    origins = [
        source("湘东日报", "谭文博", "刘雨桐"),
        source(path="2026/2026-11-10_市州新闻.txt", truncated=True),
        source("岳州在线", url="https://news.example/a?b=1&c=2"),
        source(url="https://www.local.example/1"),
    ]
    result = rendered(section("株洲市", story("题", "句。", sources=origins)))
    assert (
        "湘东日报（谭文博、刘雨桐）；来稿〔原文残缺〕；岳州在线 https://news.example/a?b=1&c=2 ；"
        "local.example https://www.local.example/1\n" in result.text
    )
    assert "https://news.example/a?b=1&c=2" in [a.get("href") for _, a in Reader(result.html).tags]


@pytest.mark.parametrize("url", ["javascript:alert(1)", " data:text/html,x", "file:///etc/passwd", "//x", ""])
def test_an_address_that_is_not_the_webs_is_no_link(url: str) -> None:
    """A source cannot smuggle a link that runs or opens something."""
    result = rendered(section("株洲市", story("题", "句。", sources=[source("某报", url=url)])))
    assert all((a.get("href") or "#").startswith("#") for _, a in Reader(result.html).tags)


def test_a_brief_leads_to_its_story() -> None:
    """It names the section and the headline, and links to the story itself."""
    told = story("七市联动", "全文。", city=PROVINCE)
    result = rendered(section("永州市", briefs=[brief("永州率先。", told)]), section(PROVINCE, told))
    assert "永州率先。（见全省/多地《七市联动》）" in result.text
    page = Reader(result.html)
    (link,) = [a["href"] for _, a in page.tags if (a.get("href") or "").startswith("#s")]
    assert ("a", {"id": (link or "")[1:], "name": (link or "")[1:]}) in page.tags


def test_the_footer_reports_what_is_not_in_the_issue() -> None:
    """By number and reason, in one line."""
    text = rendered(failures=(failure("大.txt", OversizedSource),), left_out=3, unquotable=2).text
    assert "\n本期收稿9篇。未收：不在本期日期之内的3篇；没有可单独成句文字的2篇；未能读取的来稿1份。\n" in text


def test_an_issue_without_news_is_still_a_page() -> None:
    """Nothing to print is said in so many words."""
    result = rendered()
    assert "本期没有可摘录的报道。" in result.html
    assert "本期没有可摘录的报道。" in result.text
    assert "0个市州 · 0篇" in result.text


def test_equal_issues_yield_equal_renderings() -> None:
    """Neither the clock nor an earlier rendering leaves a trace."""
    first = render(week(), ENV)
    render(issue(), ENV)
    assert render(week(), load_templates(resource_folder("templates"))) == first


# --- templates that fail ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", ["{{ issue.nothing }}", "{{ nothing }}", "{{ issue.title + 1 }}", "{{ 1 // 0 }}"])
def test_a_template_that_fails_is_named_with_its_line(broken: str) -> None:
    """An unknown variable and a broken expression are the template's fault, not the issue's."""
    with pytest.raises(TemplateFault) as fault:
        render(issue(), templates(text=f"一\n二\n{broken}"))
    assert (fault.value.template, fault.value.line) == ("mail.txt.j2", 3)


def test_a_missing_include_is_named() -> None:
    """What only rendering finds is a fault of the same kind."""
    with pytest.raises(TemplateFault, match=r"^gone\.j2: no such template$"):
        render(issue(), templates(html='{% include "go" ~ "ne.j2" %}'))


def test_broken_syntax_is_named_with_its_line() -> None:
    """An environment that was not checked before fails in the same way."""
    with pytest.raises(TemplateFault) as fault:
        render(issue(), templates(html="\n{% if %}"))
    assert (fault.value.template, fault.value.line) == ("mail.html.j2", 2)


# --- how it looks ----------------------------------------------------------------------------------------------------


def test_nothing_is_fetched_or_run() -> None:
    """No image, script, font or style from elsewhere: a mail works with everything blocked."""
    page = Reader(render(week(), ENV).html)
    assert not {"img", "script", "link", "iframe", "form", "svg", "object"} & {tag for tag, _ in page.tags}
    assert not re.search(r"url\(|@import|@font-face|src=", render(week(), ENV).html)


def test_layout_tables_are_hidden_from_screen_readers_and_styles_are_inlined() -> None:
    """Every table is presentation; every paragraph carries its own style; the language is given."""
    page = Reader(render(week(), ENV).html)
    assert {a.get("role") for tag, a in page.tags if tag == "table"} == {"presentation"}
    assert all("style" in a for tag, a in page.tags if tag in ("p", "h1", "h2", "h3", "small", "body"))
    assert ("html", {"lang": "zh-CN"}) in page.tags


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Both colour schemes."""
    return str(request.param)


def opened(browser: "Browser", scheme: str, width: int) -> "Page":
    """The rich week in a window of this width."""
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page.set_content(render(week(), ENV).html)
    return page


CONTRASTS = """() => {
  const rgb = text => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !node.getClientRects().length) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    found.push([(a + .05) / (b + .05), walk.currentNode.data]);
  }
  return found;
}"""
"""The contrast of every text that is shown with its ground (WCAG 2.2, 1.4.3)."""


def test_all_text_has_contrast_in_both_schemes(browser: "Browser", scheme: str) -> None:
    """AA for normal text, 4.5 to 1, whatever its size."""
    found = opened(browser, scheme, 360).evaluate(CONTRASTS)
    assert len(found) > 50
    assert min(found)[0] >= 4.5, min(found)


def test_the_dark_scheme_is_dark(browser: "Browser") -> None:
    """The ground follows the reader's scheme."""
    colours = {
        scheme: opened(browser, scheme, 360).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours == {"light": "rgb(253, 251, 246)", "dark": "rgb(23, 21, 18)"}


@pytest.mark.parametrize("width", [320, 360, 1000])
def test_nothing_runs_out_of_the_window(browser: "Browser", scheme: str, width: int) -> None:
    """A phone scrolls one way; long names and addresses break."""
    page = opened(browser, scheme, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        page.evaluate("Math.max(...[...document.querySelectorAll('body *')].map(e => e.getBoundingClientRect().right))")
        <= width
    )


def test_every_link_within_the_mail_arrives(browser: "Browser", scheme: str) -> None:
    """The index, the briefs and the way back lead somewhere."""
    page = opened(browser, scheme, 360)
    targets = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
    )
    assert len(targets) > 10
    assert all(page.evaluate("id => !!document.getElementById(id)", target) for target in targets)


def test_a_long_file_name_breaks(browser: "Browser") -> None:
    """A name without a place to break stays within a small phone."""
    told = story("题" * 60, "字" * 200 + "。", sources=[source(path="a" * 200 + ".txt")])
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.set_content(rendered(section("湘西土家族苗族自治州", told), section(ELSEWHERE, told)).html)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
