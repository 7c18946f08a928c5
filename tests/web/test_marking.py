"""Marks on a text: nothing of the text is lost, whatever the marks; nothing in it can hide."""

import jinja2
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest.web.marking import Mark, Node, mark_up, shown

RANGES = st.builds(
    lambda a, b, layer: Mark(min(a, b), max(a, b), "quote", layer),
    st.integers(-3, 20),
    st.integers(-3, 20),
    st.integers(0, 3),
)
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("<&>\"'\x00\r\n\u202e\u200b\ufeff字")), max_size=18)


def outline(node: Node) -> str:
    """The tree in brackets: the layer of a mark, then what it holds."""
    inner = "".join(child if isinstance(child, str) else outline(child) for child in node.children)
    return inner if node.mark is None else f"{node.mark.layer}[{node.mark.text}{inner}]"


def ranged(start: int, end: int, layer: int) -> Mark:
    return Mark(start, end, "quote", layer)


def point(at: int, text: str) -> Mark:
    return Mark(at, at, "inserted", 9, text=text)


@given(TEXTS, st.lists(RANGES, max_size=8), st.integers(0, 18), st.integers(0, 18))
def test_the_segments_reproduce_the_text(text: str, marks: list[Mark], one: int, other: int) -> None:
    """The texts of the tree, in order, are the stretch that was asked for."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert mark_up(text, start, end, marks).plain() == text[start:end]


@given(st.text("字句", min_size=1, max_size=18), st.lists(RANGES, max_size=8))
def test_each_character_bears_exactly_its_marks(text: str, marks: list[Mark]) -> None:
    """A character lies within the marks that cover it, from the outer layer to the inner one."""
    found: list[list[int]] = []

    def walk(node: Node, above: list[int]) -> None:
        for child in node.children:
            if isinstance(child, str):
                found.extend([above] * len(child))
            elif child.mark is not None:
                walk(child, [*above, child.mark.layer])

    walk(mark_up(text, 0, len(text), marks), [])
    assert found == [sorted(mark.layer for mark in marks if mark.start <= i < mark.end) for i in range(len(text))]


@given(TEXTS, st.lists(RANGES, max_size=5))
def test_everything_is_escaped_on_the_page(environment: jinja2.Environment, text: str, marks: list[Mark]) -> None:
    """A browser finds no element that we did not write, and no character that it would hide, turn or drop."""
    macros = environment.get_template("desk/receipt.html.j2").module
    page = str(macros.tree(mark_up(text, 0, len(text), marks)))  # type: ignore[attr-defined]
    parsed = html.fragment_fromstring(f"<div>{page}</div>")
    assert {element.tag for element in parsed.iterdescendants()} <= {"mark", "span"}
    assert parsed.text_content() == shown(text).replace("\r\n", "\n")


def test_overlapping_marks_nest() -> None:
    """A mark that an outer one cuts is opened again behind the cut."""
    assert outline(mark_up("一二三四五", 0, 5, [ranged(0, 3, 0), ranged(2, 5, 1)])) == "0[一二1[三]]1[四五]"
    assert outline(mark_up("一二三四五", 0, 5, [ranged(1, 4, 1), ranged(2, 3, 0)])) == "一1[二]0[1[三]]1[四]五"


def test_a_reopened_mark_does_not_begin_twice() -> None:
    """Only the first piece of a mark says that it opens: an id may stand once on a page."""
    pieces = mark_up("一二三", 0, 3, [ranged(0, 3, 1), ranged(1, 2, 0)]).children
    first = pieces[0]
    last = pieces[-1]
    assert isinstance(first, Node)
    assert isinstance(last, Node)
    assert (first.opens, last.opens) == (True, False)


def test_an_empty_mark_stands_at_its_place() -> None:
    """What is inserted is no part of the text, and stands within the marks around it."""
    tree = mark_up("一二三", 0, 3, [ranged(0, 3, 0), point(2, "，")])
    assert outline(tree) == "0[一二9[，]三]"
    assert tree.plain() == "一二三"


def test_an_empty_mark_belongs_to_what_is_before_it() -> None:
    """What closes a quote is within it; what replaces a struck-through character stands beside it."""
    assert outline(mark_up("一二", 0, 2, [ranged(0, 1, 1), point(1, "。")])) == "1[一9[。]]二"
    assert outline(mark_up("一,二", 0, 3, [ranged(0, 3, 1), ranged(1, 2, 9), point(2, "，")])) == "1[一9[,]9[，]二]"


def test_without_marks_or_text() -> None:
    """No mark yields the text; no text yields nothing."""
    assert mark_up("一二三", 1, 2, []).children == ["二"]
    assert mark_up("", 0, 0, [ranged(0, 4, 0)]).children == []


def test_two_equal_marks_both_stand() -> None:
    """Two findings on the same characters are two elements."""
    assert outline(mark_up("一二", 0, 2, [ranged(0, 1, 2), ranged(0, 1, 2)])) == "2[2[一]]二"


def test_characters_without_a_shape_are_named() -> None:
    """NUL, controls, marks of direction and lone surrogates show what they are; line ends stay."""
    assert shown("甲\x00\x1b\x7f\u202e\ufeff\ud800乙\r\n\t丙\r") == "甲␀␛␡[U+202E][U+FEFF][U+D800]乙\r\n\t丙␍"
