"""What the mail has no room for moves to the web page, by one rule."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.model import PROVINCE, Issue, Rendering
from digest.stages.render import BUDGET_BYTES, render
from digest.stages.render.spilling import fewest, kept_after, leaving
from tests.build import brief, full_week, issue, section, story

ENV = load_templates(resource_folder("templates"))
WEB = "https://digest.example/hunan/{week}/"


def mail(told: Issue, budget_bytes: int = BUDGET_BYTES) -> Rendering:
    """The rendering with a web page to link to."""
    return render(told, ENV, address=WEB, budget_bytes=budget_bytes)


def test_an_issue_without_news_is_small() -> None:
    """Frame, styles and footer take less than 12,000 bytes."""
    assert len(mail(issue()).html.encode()) < 12_000


def test_a_hundred_and_twelve_stories_fit() -> None:
    """Fourteen cities with eight stories each stay within the budget, and nothing moves."""
    result = mail(full_week(14, 8))
    assert len(result.html.encode()) <= BUDGET_BYTES
    assert not result.moves


def test_what_does_not_fit_moves_evenly() -> None:
    """Of forty stories in each city the first ones stay, in all cities as many, but for one."""
    result = mail(full_week(14, 40))
    stay = {city: 40 - sum(move.city == city for move in result.moves) for city in {move.city for move in result.moves}}
    assert len(result.html.encode()) <= BUDGET_BYTES
    assert len(stay) == 14
    assert max(stay.values()) - min(stay.values()) <= 1
    assert min(stay.values()) >= 5
    assert all(move.article == f"{move.city}#{move.article.partition('#')[2]}" for move in result.moves)
    assert {move.article for move in result.moves if move.city == "长沙市"} == {
        f"长沙市#{n}" for n in range(stay["长沙市"], 40)
    }


def test_not_one_more_moves_than_must() -> None:
    """A budget of one byte less than the mail takes costs one story more."""
    tight = mail(full_week(2, 12), budget_bytes=14_000)
    tighter = mail(full_week(2, 12), budget_bytes=len(tight.html.encode()) - 1)
    assert tight.moves
    assert len(tighter.moves) == len(tight.moves) + 1


def test_the_mail_says_what_moved_and_links_it() -> None:
    """Each section says how many are missing and leads to its place on the web page; the index counts all."""
    result = mail(full_week(2, 12), budget_bytes=12_000)
    moved = sum(move.city == "长沙市" for move in result.moves)
    assert f"另有{moved}则移至网页版" in result.html
    assert 'href="https://digest.example/hunan/2026-W46/#c430100"' in result.html
    assert f"因篇幅所限，{len(result.moves)}则移至网页版" in result.html
    assert result.html.count(">12</td>") == 2
    assert 'id="c430100"' in result.web
    assert result.web.count("<article") == result.text.count("■") == 24


def test_the_first_story_stays_whatever_its_size() -> None:
    """No city is left without a story; the gate says that such a mail is too large."""
    result = mail(full_week(3, 4), budget_bytes=1)
    assert len(result.moves) == 9
    assert result.html.count("<h3") == 3


def test_briefs_move_after_the_stories() -> None:
    """A brief is smaller and the only word on its city more often."""
    told = story("七市联动", "全文。", city=PROVINCE)
    city = section(
        "永州市", story("甲", "甲。"), story("乙", "乙。"), briefs=[brief(f"永州{n}。", told) for n in "一二"]
    )
    result = mail(issue(city, section(PROVINCE, told)), budget_bytes=1)
    assert [(move.kind, move.label) for move in result.moves] == [
        ("story", "乙"),
        ("brief", "永州一。"),
        ("brief", "永州二。"),
    ]


def test_a_brief_follows_its_story_to_the_web_page() -> None:
    """Its link leads where the story is."""
    moved = story("乙", "乙" * 50 + "。", city=PROVINCE, id="far")
    city = section("永州市", briefs=[brief("永州率先。", moved)])
    result = mail(issue(city, section(PROVINCE, story("甲", "甲。", city=PROVINCE), moved)), budget_bytes=1)
    (anchor,) = re.findall(r'<article id="(s\w+)" class="story">', result.web)
    assert f'href="https://digest.example/hunan/2026-W46/#{anchor}"' in result.html


@pytest.mark.parametrize(
    ("counts", "order"),
    [
        ([("a", 3, 0), ("b", 2, 0)], [("a", 0), ("b", 0), ("a", 0)]),
        ([("a", 1, 2), ("b", 0, 2)], [("b", 1), ("a", 1), ("a", 1)]),
        ([("a", 1, 0)], []),
        ([], []),
    ],
)
def test_the_rule(counts: list[tuple[str, int, int]], order: list[tuple[str, int]]) -> None:
    """The longest section loses its last story, of equal ones the last; then the briefs."""
    assert list(leaving(counts)) == order


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(any)), st.data()
)
def test_a_section_keeps_its_first_entry(numbers: dict[str, tuple[int, int]], data: st.DataObject) -> None:
    """However many have left, no section is empty and none has more than it had."""
    counts = [(city, *number) for city, number in numbers.items()]
    order = leaving(counts)
    steps = data.draw(st.integers(0, len(order)))
    kept = kept_after(counts, order[:steps])
    assert all(
        sum(kept[city]) > 0 and kept[city][0] <= stories and kept[city][1] <= briefs for city, stories, briefs in counts
    )
    assert sum(map(sum, kept.values())) == sum(map(sum, numbers.values())) - steps


@settings(max_examples=300)
@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=300), st.integers(0, 100_000))
def test_the_fewest_steps_are_found(sizes: list[int], budget: int) -> None:
    """Whatever the sizes: one step less would be over the budget, and few sizes are asked for."""
    rest = [sum(sizes[n:]) for n in range(len(sizes) + 1)]
    asked = set()

    def size(steps: int) -> int:
        asked.add(steps)
        return rest[steps]

    steps = fewest(size, len(sizes), budget)
    assert rest[steps] <= budget or steps == len(sizes)
    assert steps == 0 or rest[steps - 1] > budget
    assert len(asked) <= 3 * len(sizes).bit_length() + 3
