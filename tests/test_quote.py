"""The law of receipts: the joined spans with the repairs applied in order are the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.quote import Quote, Repair, quote, restore

PRINT = st.text(alphabet=st.sampled_from("永州市税务局,:;!?() 　，。“”\t\u200b12Ａ９ab\n"), max_size=40)


@st.composite
def documents_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.one_of(PRINT, st.text(max_size=40)))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, draw(st.permutations(spans))


@given(documents_with_spans())
def test_a_quote_restores_from_its_document(given_: tuple[str, list[tuple[int, int]]]) -> None:
    """Whatever the text and the spans, the receipt reproduces the quote and no repair adds a character."""
    text, spans = given_
    q = quote("d", text, spans)
    assert restore(text, q.spans, q.repairs) == q.text
    assert all(len(repair.now) <= len(repair.was) for repair in q.repairs)


@given(documents_with_spans(), st.data())
def test_a_part_of_a_quote_restores_too(given_: tuple[str, list[tuple[int, int]]], data: st.DataObject) -> None:
    """Any part of a quote has a receipt of its own, with the repairs that lie within it."""
    text, spans = given_
    q = quote("d", text, spans)
    start, end = sorted((data.draw(st.integers(0, len(q.text))), data.draw(st.integers(0, len(q.text)))))
    part = q.part(start, end)
    assert part.text == q.text[start:end]
    assert restore(text, part.spans, part.repairs) == part.text


@given(documents_with_spans(), st.data())
def test_parts_are_what_each_part_is(given_: tuple[str, list[tuple[int, int]]], data: st.DataObject) -> None:
    """Cutting a quote into several parts at once yields what cutting each out on its own does."""
    text, spans = given_
    q = quote("d", text, spans)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(q.text)), max_size=8)))
    bounds = list(zip(cuts[::2], cuts[1::2], strict=False))
    assert q.parts(bounds) == [q.part(a, b) for a, b in bounds]


def test_columns_join_without_a_trace_in_the_text() -> None:
    """A sentence cut at a column's end has two spans and a `join` where they meet."""
    text = "重点聚焦乡村教育,紧盯短板\n\n## 弱项,实施底部攻坚。"
    q = quote("d", text, [(0, 13), (18, len(text))])
    assert q.text == "重点聚焦乡村教育，紧盯短板弱项，实施底部攻坚。"
    assert q.spans == ((0, 13), (18, len(text)))
    assert Repair("join", 13, "", "") in q.repairs


def test_a_part_ends_before_what_was_removed_at_its_edge() -> None:
    """White space that a repair removed between two sentences belongs to neither."""
    q = quote("d", "一。 　二。", [(0, 6)])
    assert q.text == "一。二。"
    assert q.part(0, 2).spans == ((0, 2),)
    assert q.part(2, 4).spans == ((4, 6),)


def test_a_part_cannot_cut_a_repair() -> None:
    """An edge inside what a repair wrote is refused, not guessed."""
    q = Quote("d", "AB", ((0, 1),), (Repair("width", 0, "x", "AB"),))
    with pytest.raises(ValueError, match="cuts a repair"):
        q.part(0, 1)


def test_a_clause_is_closed() -> None:
    """A clause taken out of a sentence gains its full stop, recorded as the one repair that adds a character."""
    text = "怀化市建成种子库;株洲市开行专列;岳阳市兴税。"
    clause = quote("d", text, [(0, len(text))]).clause(9, 16)
    assert clause.text == "株洲市开行专列。"
    assert clause.repairs[-1] == Repair("cut_clause", 7, "", "。")
    assert restore(text, clause.spans, clause.repairs) == clause.text


def test_restore_refuses_a_repair_that_does_not_fit() -> None:
    """A receipt of another text is found out."""
    with pytest.raises(ValueError, match="does not fit"):
        restore("永州", [(0, 2)], [Repair("width", 0, ",", "，")])


def test_restore_refuses_repairs_that_go_back() -> None:
    """Repairs go from left to right: one that changes what another has written is none."""
    with pytest.raises(ValueError, match="does not fit"):
        restore("a,b", [(0, 3)], [Repair("width", 1, ",", "，"), Repair("width", 1, "，", ",")])
