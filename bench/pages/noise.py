"""How much of each kind of damage a made page gets."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Noise:
    """The rates of everything that can happen to a page; a rate is a probability from 0 to 1 unless its line says more."""

    least_articles: int = 3
    most_articles: int = 9
    one_place: bool = False
    """Whether all articles of a page are of one city or county, as far as the pool allows."""
    one_subject: bool = False
    """Whether all articles of a page are near to one of them: a page of one campaign (专版)."""
    parted: float = 0.0
    """Long articles whose halves are printed as articles of their own, each with a headline."""
    web: float = 0.0
    """Pages that are one web article with its bars and notices."""
    briefs: float = 0.0
    """Pages of short stories in a row without headline, byline or picture; the numbers of articles above do not count."""

    body_alone: float = 0.0
    """Pages that are the paragraphs of one article, without its headline and byline."""
    brief_headed: float = 0.0
    """Short stories that have a headline all the same; never the first of a page."""
    brief_datelines: float = 0.0
    """Pages of short stories that begin with a dateline each."""
    shortened: float = 0.0
    """Articles of which only one to three paragraphs are printed, often no more than the first sentence of each."""

    # headings: weights of a page's manner to mark them with `## `
    bare: float = 0.65
    marked: float = 0.25
    half_marked: float = 0.10
    slogan: float = 0.20
    """Headlines that are a slogan, with the title as ——subtitle."""
    kicker: float = 0.08
    heads: float = 0.30
    """Articles of four or more paragraphs that have section heads."""
    headline_space_lost: float = 0.15

    # bylines: weights
    byline_under: float = 0.18
    byline_end: float = 0.50
    byline_inline: float = 0.22
    byline_none: float = 0.04
    byline_meta: float = 0.05
    byline_label: float = 0.03
    byline_dateline: float = 0.15
    """The names stand in the dateline (电头) before the first paragraph."""
    agency: float = 0.3
    """Articles without names that have a dateline."""
    full_brackets: float = 0.20
    names_run_together: float = 0.04

    # columns
    cut: float = 0.27
    """A paragraph is cut in mid-sentence; drawn again for its rest, up to three pieces."""
    short_left: float = 0.14
    """A cut may leave a left piece of fewer than 45 characters."""
    interleaved: float = 0.12
    swapped: float = 0.15
    """Moved tails that stand in reversed order."""
    false_mark: float = 0.05
    """A continuation that carries `## ` on pages with marks."""
    lost_at_cut: float = 0.06
    lost_half_sentence: float = 0.05

    # losses
    lost_opening: float = 0.05
    lost_paragraph: float = 0.04
    truncated: float = 0.20
    truncated_with_byline: float = 0.35

    # a reader's repetitions and confusions
    loop: float = 0.10
    loop_with_stop: float = 0.20
    """Loops that end in 。"""
    doubled_line: float = 0.008
    doubled_phrase: float = 0.08
    """A paragraph in which one to four characters stand two or three times."""
    confused: float = 0.0026
    """Of the characters that are easily confused."""

    # pictures
    captions: float = 1.0
    """The mean number of captions on a page; more than 1 is meant."""
    caption_inside: float = 0.5
    """Captions inside an article; the rest stands before a headline or at the page's end."""
    caption_in_cut: float = 0.15
    """Of the captions inside: between two pieces of a paragraph, where one is cut."""
    caption_under_headline: float = 0.08
    """Of the captions inside: right under a headline."""
    caption_credit: float = 0.5
    caption_repeated: float = 0.30
    caption_shortened: float = 0.5
    """Of the repeated captions: repeated in ever shorter pieces."""

    # width of the page's punctuation: weights
    half_width: float = 0.5
    full_width: float = 0.25
    mixed_width: float = 0.25
    mixed_share: float = 0.5
    """Of the marks of a page of mixed width, those that are half-width."""

    # layout
    no_blank: float = 0.05
    extra_blank: float = 0.05
    indented: float = 0.03
    """Pages whose paragraphs begin with two full-width spaces."""
    masthead: float = 0.0
    trailer: float = 0.0
    turn: float = 0.0


_SEEDLIKE = Noise()

_UNHARMED = replace(
    _SEEDLIKE,
    half_marked=0.0,
    headline_space_lost=0.0,
    names_run_together=0.0,
    cut=0.0,
    interleaved=0.0,
    lost_opening=0.0,
    lost_paragraph=0.0,
    truncated=0.0,
    loop=0.0,
    doubled_line=0.0,
    doubled_phrase=0.0,
    confused=0.0,
    captions=0.0,
    indented=0.0,
)

PRESETS: dict[str, Noise] = {
    "clean": replace(_UNHARMED, bare=0.7, marked=0.3),
    "mild": replace(
        _SEEDLIKE,
        cut=0.18,
        interleaved=0.08,
        lost_half_sentence=0.0,
        lost_opening=0.0,
        lost_paragraph=0.02,
        truncated=0.05,
        loop=0.0,
        doubled_phrase=0.02,
        confused=0.0,
        captions=0.4,
        caption_repeated=0.1,
        indented=0.0,
    ),
    "seedlike": _SEEDLIKE,
    "hard": replace(
        _SEEDLIKE,
        least_articles=5,
        half_marked=0.25,
        slogan=0.30,
        kicker=0.15,
        heads=0.5,
        byline_none=0.12,
        names_run_together=0.15,
        cut=0.45,
        short_left=0.3,
        interleaved=0.50,
        swapped=0.30,
        false_mark=0.12,
        lost_at_cut=0.12,
        lost_half_sentence=0.12,
        lost_opening=0.12,
        lost_paragraph=0.10,
        truncated=0.30,
        loop=0.12,
        doubled_line=0.08,
        doubled_phrase=0.20,
        confused=0.013,
        captions=2.0,
        caption_repeated=0.5,
        mixed_width=0.5,
        no_blank=0.15,
        indented=0.05,
        masthead=0.2,
        trailer=0.2,
        turn=0.1,
    ),
    "brutal": replace(
        _SEEDLIKE,
        least_articles=6,
        half_marked=0.4,
        slogan=0.35,
        kicker=0.25,
        heads=0.7,
        byline_none=0.3,
        names_run_together=0.4,
        cut=0.60,
        short_left=0.5,
        interleaved=0.80,
        swapped=0.50,
        false_mark=0.25,
        lost_at_cut=0.25,
        lost_half_sentence=0.25,
        lost_opening=0.20,
        lost_paragraph=0.20,
        truncated=0.50,
        loop=0.25,
        doubled_line=0.15,
        doubled_phrase=0.40,
        confused=0.05,
        captions=3.5,
        caption_in_cut=0.25,
        caption_repeated=0.7,
        mixed_width=0.8,
        no_blank=0.3,
        indented=0.1,
        masthead=0.4,
        trailer=0.4,
        turn=0.3,
    ),
    "web": replace(_UNHARMED, web=1.0, bare=1.0, marked=0.0, captions=2.0, caption_repeated=0.0, no_blank=0.4),
    "briefs": replace(_UNHARMED, briefs=1.0, brief_headed=0.06, brief_datelines=0.2),
    "body": replace(_UNHARMED, body_alone=1.0),
    "few": replace(
        _UNHARMED,
        least_articles=1,
        most_articles=3,
        shortened=0.8,
        web=0.25,
        byline_none=0.3,
        cut=0.1,
        captions=0.3,
        trailer=0.2,
        turn=0.15,
        no_blank=0.3,
    ),
    "one_place": replace(_SEEDLIKE, one_place=True),
    "theme": replace(
        _SEEDLIKE,
        one_subject=True,
        parted=0.4,
        heads=0.4,
        cut=0.12,
        interleaved=0.06,
        truncated=0.05,
        loop=0.0,
    ),
}
