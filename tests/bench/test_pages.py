"""Made pages: that their truth is true, and that the scorer knows it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bench.corpus import HELD_OUT, read_articles
from bench.pages.making import Made, Source, make_page, make_pages
from bench.pages.noise import PRESETS, Noise
from bench.pages.scoring import Found, found, neighbours, plain, score, seam, true_as_found
from bench.pages.sentences import sentence_ends, sentences
from digest.model import Article, Paragraph
from tests.build import quoted

PAGES = 16


@pytest.fixture(scope="module")
def pool() -> Sequence[Source]:
    return read_articles(HELD_OUT)


@pytest.fixture(scope="module", params=sorted(PRESETS))
def pages(request: pytest.FixtureRequest, pool: Sequence[Source]) -> list[Made]:
    return list(make_pages(pool, request.param, 11, PAGES))


def only(**rates: float) -> Noise:
    """The noise of clean pages with some rates changed."""
    return replace(PRESETS["clean"], **rates)  # type: ignore[arg-type]


def drawn(pool: Sequence[Source], noise: Noise, pages: int = PAGES) -> Iterator[Made]:
    rng = random.Random(5)  # noqa: S311 (no secret)
    return (make_page(pool, noise, rng) for _ in range(pages))


def bare(text: str) -> str:
    return text.strip().removeprefix("## ").strip()


def test_same_arguments_make_the_same_pages(pool: Sequence[Source]) -> None:
    """A page depends on the pool, the preset, the seed and its number alone."""
    first = list(make_pages(pool, "hard", 3, 6))
    assert list(make_pages(pool, "hard", 3, 4)) == first[:4]
    assert list(make_pages(pool, "hard", 4, 4)) != first[:4]


def test_halves_of_an_article_are_articles(pool: Sequence[Source]) -> None:
    """A long article that is parted stands as two, the second under one of its section heads, and nothing is lost."""
    long = [source for source in pool if source.get("heads") and source["text"].count("\n") >= 3]
    noise = only(parted=1, least_articles=1, most_articles=2, full_width=1, half_width=0, mixed_width=0, heads=0)
    for source in long:
        first, second = next(drawn([source], noise)).articles
        assert "\n".join(first.paragraphs + second.paragraphs) == source["text"]
        assert second.headline in source["heads"] or set(second.others) & {*source["heads"]}


def test_pages_of_one_subject(pool: Sequence[Source]) -> None:
    """Articles of such a page have more uncommon pairs of characters in common than those of any page."""

    def kinship(made: Made) -> float:
        grams = [{text[at : at + 2] for text in a.paragraphs for at in range(len(text) - 1)} for a in made.articles]
        pairs = [len(a & b) / len(a | b) for k, a in enumerate(grams) for b in grams[:k]]
        return sum(pairs) / len(pairs)

    near = [kinship(made) for made in drawn(pool, only(one_subject=True), 60)]
    far = [kinship(made) for made in drawn(pool, only(), 60)]
    assert sum(near) / len(near) > 1.1 * sum(far) / len(far)


def test_lines_are_the_page(pages: list[Made]) -> None:
    """Every line that is not blank is listed once, in order, where it stands."""
    for made in pages:
        at, standing = 0, []
        for line in made.text.split("\n"):
            if line.strip():
                standing.append((line, at, at + len(line)))
            at += len(line) + 1
        assert [(line.text, line.start, line.end) for line in made.lines] == standing


def test_reading_order_is_whole(pages: list[Made]) -> None:
    """The lines of each article are numbered without a gap; what belongs to none has no number."""
    for made in pages:
        for n in range(len(made.articles)):
            orders = sorted(line.order for line in made.lines if line.article == n)
            assert orders == list(range(len(orders)))
        assert all((line.order == -1) == (line.article is None) for line in made.lines)


def test_joined_lines_make_a_paragraph(pages: list[Made]) -> None:
    """What stands on both sides of a seam stands together in one of the article's paragraphs."""
    for made in pages:
        for n, article in enumerate(made.articles):
            for line, following in neighbours(made, n):
                if following.joined:
                    both = bare(line.text)[-6:] + bare(following.text)[:6]
                    assert any(both in paragraph for paragraph in article.paragraphs)


def test_true_paragraphs_are_whole_sentences(pages: list[Made]) -> None:
    """Each article has paragraphs, and none of them breaks off."""
    for made in pages:
        for article in made.articles:
            assert article.paragraphs
            assert all(sentence_ends(paragraph)[-1:] == [len(paragraph)] for paragraph in article.paragraphs)


def test_headline_stands_on_the_page(pages: list[Made]) -> None:
    """A headline is a line of its article, a page of short stories has none."""
    for made in pages:
        for n, article in enumerate(made.articles):
            printed = [bare(line.text) for line in made.lines if (line.article, line.role) == (n, "headline")]
            assert printed == ([article.headline] if article.headline else [])


def test_nothing_happens_at_rate_nought(pool: Sequence[Source]) -> None:
    """A clean page holds its articles' own words in order and nothing else."""
    for made in make_pages(pool, "clean", 2, PAGES):
        assert not any(line.joined or line.gapped or line.article is None for line in made.lines)
        assert not any(article.truncated for article in made.articles)
        places = [(line.article, line.order) for line in made.lines]
        assert places == sorted(places, key=lambda place: (place[0] or 0, place[1]))
        texts = {plain(source["text"]) for source in pool}
        assert {plain("".join(article.paragraphs)) for article in made.articles} <= texts


@pytest.mark.parametrize(
    ("rates", "seen"),
    [
        ({"cut": 1.0, "lost_at_cut": 0.0, "lost_half_sentence": 0.0}, lambda line: line.joined),
        ({"cut": 1.0, "lost_at_cut": 1.0}, lambda line: line.gapped),
        ({"cut": 1.0, "lost_at_cut": 0.0, "lost_half_sentence": 1.0}, lambda line: line.gapped),
        ({"captions": 1.0}, lambda line: line.role == "caption"),
        ({"doubled_line": 1.0}, lambda line: line.role == "copy"),
        ({"masthead": 1.0}, lambda line: line.role == "masthead"),
        ({"trailer": 1.0}, lambda line: line.role == "trailer"),
        ({"turn": 1.0}, lambda line: line.role == "turn"),
        ({"web": 1.0}, lambda line: line.role == "bar"),
        ({"heads": 1.0}, lambda line: line.role == "head"),
        ({"kicker": 1.0, "slogan": 0.0}, lambda line: line.role == "kicker"),
        ({"slogan": 1.0}, lambda line: line.role == "subtitle"),
        ({"indented": 1.0}, lambda line: line.text.startswith("　　")),
    ],
)
def test_a_rate_of_one_is_seen(pool: Sequence[Source], rates: dict[str, float], seen: Any) -> None:
    """Each kind of damage occurs by its own rate, and not without it."""
    assert any(seen(line) for made in drawn(pool, only(**rates)) for line in made.lines)
    without = only(**dict.fromkeys(rates, 0.0))
    assert not any(seen(line) for made in drawn(pool, without) for line in made.lines)


def test_a_dateline_holds_the_names(pool: Sequence[Source]) -> None:
    """Where the byline is in the dateline it stands before the first paragraph, and is none of its text."""
    bylines = dict.fromkeys(
        ("byline_under", "byline_end", "byline_inline", "byline_none", "byline_meta", "byline_label"), 0
    )
    for made in drawn(pool, only(**bylines, byline_dateline=1)):
        for n, article in enumerate(made.articles):
            first = next(line.text for line in made.lines if (line.article, line.role) == (n, "body"))
            dateline = first.removesuffix(article.paragraphs[0])
            assert dateline != first
            assert all(name in dateline for name in article.authors)


@pytest.mark.parametrize("rates", [{"truncated": 1.0}, {"loop": 1.0}])
def test_a_lost_end_is_told(pool: Sequence[Source], rates: dict[str, float]) -> None:
    """Of an article that breaks off, the page prints more than an editor would keep."""
    lost = [
        (line, article)
        for made in drawn(pool, only(byline_inline=0.0, **rates))
        for line in made.lines
        if line.role == "body" and line.article is not None
        for article in [made.articles[line.article]]
        if article.truncated and not any(line.text in paragraph for paragraph in article.paragraphs)
    ]
    assert lost


def test_interleaved_columns_keep_the_true_order(pool: Sequence[Source]) -> None:
    """The tail of an article stands behind another one's lines, with its own rank."""
    for made in drawn(pool, only(cut=1.0, interleaved=1.0)):
        owners = [line.article or 0 for line in made.lines]
        if owners != sorted(owners):
            return
    pytest.fail("every article stands in one piece")


def test_short_stories_fill_a_page(pool: Sequence[Source]) -> None:
    """A page of short stories holds three to eight of them in fourteen paragraphs at most; few but the first have a headline."""
    headed = 0
    for made in make_pages(pool, "briefs", 1, 60):
        assert 3 <= len(made.articles) <= 8
        roles = [line.role for line in made.lines]
        assert len(made.articles) <= roles.count("body") <= 14
        assert set(roles) <= {"body", "headline"}
        assert roles[0] == "body"
        headed += roles.count("headline")
    assert 0 < headed < 60


def test_articles_of_one_place(pool: Sequence[Source]) -> None:
    """All articles are of one city or county where the pool has enough of them; the page is filled up where it has not."""
    two = [{**source, "city": city, "county": city} for city in ("邵阳市", "岳阳市") for source in pool[:9]]
    for made in make_pages(two, "one_place", 1, PAGES):
        assert len({article.city for article in made.articles}) == 1
    alone = [{**source, "city": str(n), "county": None} for n, source in enumerate(pool)]
    assert all(len(made.articles) >= 3 for made in make_pages(alone, "one_place", 1, PAGES))


def test_a_perfect_splitter_has_full_marks(pages: list[Made]) -> None:
    """The truth scored against itself is without fault."""
    scores = score([(made, [true_as_found(article) for article in made.articles]) for made in pages])
    assert (scores.f1, scores.headlines, scores.authors, scores.joins) == (1.0, 1.0, 1.0, 1.0)
    assert (scores.broken, scores.leak) == (0, 0.0)


def test_faults_are_counted(pool: Sequence[Source]) -> None:
    """Captions leak, torn sentences are broken and unjoined, and no page at all scores nothing."""
    made = next(made for made in make_pages(pool, "hard", 5, 20) if any(line.joined for line in made.lines))
    lines = tuple(line.text for line in made.lines)
    scores = score([(made, [Found(None, (), lines)])])
    assert scores.f1 < 0.5
    assert scores.leak > 0
    assert scores.broken > 0
    assert scores.joins < 1
    assert score([]).f1 == 0


def test_only_body_paragraphs_are_found() -> None:
    """An article of the splitter is scored by its headline, its authors and its paragraphs without section heads."""
    paragraphs = (Paragraph(quoted("先修渠"), "section_head"), Paragraph(quoted("渠修好了。")))
    article = Article("page", 1, quoted("修渠记"), None, ("谌新",), None, None, None, paragraphs, truncated=False)
    assert found(article) == Found("修渠记", ("谌新",), ("渠修好了。",))
    assert found(replace(article, headline=None)).headline is None


@pytest.mark.parametrize(
    ("paragraph", "parts"),
    [
        ("路通了。桥也通了！", ["路通了。", "桥也通了！"]),
        ("“路通了。桥也通了。”村民说。", ["“路通了。桥也通了。”村民说。"]),
        ("村民说：“路通了。”桥也通了。", ["村民说：“路通了。”", "桥也通了。"]),
        ("路通了。桥也", ["路通了。", "桥也"]),
        ("路……通了。", ["路……通了。"]),
        ("", []),
    ],
)
def test_sentences(paragraph: str, parts: list[str]) -> None:
    """A quotation stays with its speaker, and what breaks off is kept as it is."""
    assert sentences(paragraph) == parts


def test_a_seam_is_compared_without_marks(pool: Sequence[Source]) -> None:
    """Heading marks and indents are no part of a seam."""
    line = next(make_pages(pool, "clean", 1, 1)).lines[0]
    broken, resumed = replace(line, text="　　全县今年新修渠"), replace(line, text="## 道三百公里。")
    assert seam(broken, resumed) == "县今年新修渠道三百公里。"
