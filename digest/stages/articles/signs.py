"""The signs that speak for and against each link, beginning, end and omission, by name; a weight is learnt for each."""

from collections.abc import Mapping, Sequence

import numpy as np

from digest.stages.articles.candidates import rivals
from digest.stages.articles.flow import Flags, Lines, Pairs, Signs, Values
from digest.stages.articles.sheet import OVER, Around, Sheet, flags

_LONG_HEADING_CHARS = 24
_AT_THE_NEXT_LINE = ("fit", "misfit", "begins", "surely begins", "opener", "meets on page")
"""Signs of a seam that weigh otherwise where the line stands below than where it is looked for elsewhere."""


def join_signs(sheet: Sheet, around: Around, pairs: Pairs, quick: Values) -> Signs:
    """What says for each pair that the right line goes on in mid-sentence where the left one breaks off."""
    left, right, seam = pairs.left, pairs.right, pairs.signs
    short = sheet.short[left]
    next_line = right == left + 1
    signs = {
        "any": np.ones(len(left)),
        **{f"{name}, next line": seam[name] * next_line for name in _AT_THE_NEXT_LINE},
        "better than others below": np.clip(quick - rivals(left, quick), -6, 6),
        "better than others above": np.clip(quick - rivals(right, quick), -6, 6),
        **seam,
        **_place_signs(sheet, left, right),
        **_topic_signs(sheet, around, left, right),
        **_byline_signs(sheet, around, left, right),
        "short above": short,
        "short above, next line": short & (right == left + 1),
        "short above like prose": short * sheet.reads_on[left],
        "long line without a stop": short & (sheet.length[left] > _LONG_HEADING_CHARS),
        "short above, headings marked": short * sheet.marks,
        "short above under a byline": short & np.append(True, sheet.closes[:-1])[left],
        "short above a byline": short & flags(kind in ("names", "subtitle") for kind in sheet.below)[left],
        "heading fits below": short * around.overlap_below[np.minimum(left + 1, sheet.count - 1), left],
        "short below": sheet.short[right],
        "short below like prose": sheet.short[right] * sheet.reads_on[right],
        "short below, headings marked": (sheet.short & ~sheet.marked)[right] * sheet.marks,
        "marked prose": sheet.marked[right] & sheet.prose[right],
        "marked below": sheet.marked[right] & sheet.short[right],
    }
    return _as_values(signs)


def next_signs(sheet: Sheet, around: Around, left: Lines, right: Lines) -> Signs:
    """What says for each pair that the right line follows the left one in its article as a line of its own."""
    kinds = _one_hot([f"{sheet.kind[i]} > {sheet.kind[j]}" for i, j in zip(left, right, strict=True)])
    prose = sheet.prose[right]
    in_a_row = sheet.bare & sheet.prose[left] & prose
    edges = sheet.edges
    topics = _topic_signs(sheet, around, left, right)
    signs = {
        **kinds,
        **_place_signs(sheet, left, right),
        **{name: values * prose for name, values in topics.items()},
        **{f"{name}, far": values * (np.abs(right - left) > 1 + OVER) for name, values in topics.items()},
        **{f"{name}, bare page": values * in_a_row for name, values in topics.items()},
        **{
            f"{name}, apart": values * (sheet.heading[right] | (right != left + 1) | sheet.stump[left])
            for name, values in _byline_signs(sheet, around, left, right).items()
        },
        **_heading_signs(sheet, around, left, right),
        "dateline": sheet.opens[right],
        "begins": np.clip(edges.begins[right], -8, 8) * prose,
        "opener": edges.opener[right] & prose,
        "never first": edges.never_first[right] & prose,
        "rest of a clause": edges.rest_first[right] & prose,
        "open end": (sheet.stump[left] & prose) * (1 - sheet.openness),
        "lost head": (sheet.stump[left] & prose) * np.clip(-edges.begins[right], -3, 6),
        "lost head, far": (sheet.stump[left] & prose & (right != left + 1)) * np.clip(-edges.begins[right], -3, 6),
        "lost head, rest of a clause": sheet.stump[left] & prose & (edges.rest_first | edges.never_first)[right],
        "length below": np.minimum(sheet.length[right], 200) / 100 * prose,
        "bare page": in_a_row,
        "begins, bare page": np.clip(edges.begins[right], -8, 8) * in_a_row,
        "opener, bare page": edges.opener[right] & in_a_row,
        **{f"{name}, bare page": values[right] * in_a_row for name, values in sheet.leads.items()},
        "length below, bare page": np.minimum(sheet.length[right], 200) / 100 * in_a_row,
    }
    return _as_values(signs)


def start_signs(sheet: Sheet, around: Around) -> Signs:
    """What says for each line that an article begins with it."""
    here = np.arange(sheet.count)
    above = np.maximum(here - 1, 0)
    first = here == 0
    edges, prose = sheet.edges, sheet.prose
    topic = np.where(first, 0.0, around.cohesion[above, here])
    signs = {
        **_one_hot([f"{a} | {b}" for a, b in zip(sheet.above, sheet.kind, strict=True)]),
        **{name: np.where(first, 0.0, values) for name, values in _heading_signs(sheet, around, above, here).items()},
        **{f"heading over {name}": values * sheet.heading for name, values in _one_hot(sheet.below).items()},
        "first line": first,
        "dateline": sheet.opens,
        "resumes": sheet.resumes,
        "headless begins": np.clip(edges.begins, -8, 8) * prose,
        "headless opener": edges.opener & prose,
        "headless never first": edges.never_first & prose,
        "headless topic": topic * prose,
        "headless other topic": np.maximum(0.06 - topic, 0) * prose,
        "headless other place": np.where(first, False, around.other_place(above, here)) & prose,
        **{f"headless {name}, bare page": values * prose * float(sheet.bare) for name, values in sheet.leads.items()},
        "headless bare page": prose * float(sheet.bare),
        "signed below": (around.closed_below > 0) * 1.0,
        "named below": (around.names_below > 0) * 1.0,
        "unsigned below": ((around.closed_below + around.names_below) == 0) * float(sheet.signed),
        "named and signed below": (around.names_below > 0) & (around.closed_below > 0),
        "no text below": around.prose_below == 0,
        "one paragraph below": around.prose_below == 1,
    }
    return _as_values(signs)


def end_signs(sheet: Sheet, around: Around) -> Signs:
    """What says for each line that an article ends with it."""
    signs = {
        **_one_hot([f"{a} | {b}" for a, b in zip(sheet.kind, sheet.below, strict=True)]),
        "turns": sheet.turns,
        "loops": sheet.loops,
        "torn page": sheet.stump * sheet.openness,
        "named above": around.names_above > 0,
        "signed above": around.closed_above > 0,
        "unsigned above": ((around.closed_above + around.names_above) == 0) * float(sheet.signed),
        "unsigned open end": (((around.closed_above + around.names_above) == 0) & sheet.stump) * float(sheet.signed),
        "no text above": around.prose_above == 0,
        "one paragraph above": around.prose_above == 1,
    }
    return _as_values(signs)


def drop_signs(sheet: Sheet, around: Around) -> Signs:
    """What says for each line that it belongs to no article."""
    here = np.arange(sheet.count)
    above, below = np.maximum(here - 1, 0), np.minimum(here + 1, sheet.count - 1)
    from_above = np.where(here > 0, around.from_above[above, here], 0.0)
    to_below = np.where(here < sheet.count - 1, around.to_below[here, below], 0.0)
    across = np.where((here > 0) & (here < sheet.count - 1), around.cohesion[above, below], 0.0)
    halves = np.append(False, sheet.breaks[:-1]) & np.append(sheet.prose[1:], False) & sheet.prose
    signs = {
        **_one_hot([f"drop {kind}" for kind in sheet.kind]),
        **{f"above {kind}": values * sheet.droppable for kind, values in _one_hot(sheet.above).items()},
        **{f"below {kind}": values * sheet.droppable for kind, values in _one_hot(sheet.below).items()},
        **sheet.captions,
        "nearness": np.maximum(from_above, to_below),
        "nearness to what is above": from_above,
        "nearness to what is below": to_below,
        "nearness of the others": across,
        "between halves": halves * np.clip(sheet.gain_without, 0, 4),
        "dateline": sheet.opens,
        "bare page": np.full(sheet.count, float(sheet.bare)),
        "few lines": sheet.droppable * sheet.few,
        "the only text under a heading": _only_text(sheet),
    }
    return _as_values(signs)


def _place_signs(sheet: Sheet, left: Lines, right: Lines) -> Signs:
    """Where the two lines stand on the page."""
    adjacent = right == left + 1
    distance = np.abs(right - left)
    over = (right > left + 1) & (right <= left + 1 + OVER)
    between = np.zeros(len(left))
    for k in np.flatnonzero(over):
        inside = slice(left[k] + 1, right[k])
        over[k] = sheet.droppable[inside].all()
        between[k] = sheet.captions["looks"][inside].min() if over[k] else 0.0
    far = ~adjacent & ~over
    before = np.maximum(right - 1, 0)
    return {
        "next line": adjacent,
        "next line on a torn page": adjacent * sheet.openness,
        "over lines": over,
        "over captions": np.clip(between, -3, 3),
        "far": far,
        "far on a torn page": far * sheet.openness,
        "distance": far * np.log(distance),
        "backwards": right < left,
        "into a run": ~adjacent & ~sheet.border[right],
        "behind an open end": far & sheet.stump[before],
        "behind a byline": far & sheet.closes[before],
        "behind a heading": far & (sheet.heading | sheet.names)[before],
        "to the first line": right == 0,
        "turned": sheet.turns[left] & sheet.resumes[right],
        "turned one way": sheet.turns[left] != sheet.resumes[right],
    }


def _topic_signs(sheet: Sheet, around: Around, left: Lines, right: Lines) -> Signs:
    flow, run = around.cohesion[left, right], sheet.in_runs.cohesion[left, right]
    return {
        "topic": flow,
        "same topic": np.maximum(flow - 0.25, 0),
        "other topic": np.maximum(0.06 - flow, 0),
        "topic of runs": run,
        "same topic of runs": np.maximum(run - 0.25, 0),
        "topic of lines": sheet.lines[left, right],
        "kinship": sheet.topics.kinship[left, right],
        "same place": around.same_place(left, right),
        "other place": around.other_place(left, right),
        "other place of runs": sheet.in_runs.other_place(left, right),
    }


def _byline_signs(sheet: Sheet, around: Around, left: Lines, right: Lines) -> Signs:
    """How many bylines the article would have with the link."""
    above = np.minimum(around.names_above[left], 1) + 2 * np.minimum(around.closed_above[left], 1)
    closed = (around.closed_above[left] > 0) & ~sheet.tail[right]
    below = (around.names_below[right] > 0) & (around.prose_above[left] > 0)
    ended = around.closed_below[right] > 0
    named = around.names_above[left] > 0
    return {
        "behind the end": closed,
        "before another beginning": below,
        "named and signed": named & ended,
        "signed": ~named & ended & (above == 0),
        "named": named & ~ended,
        "unsigned": (~named & ~ended & ~closed) * sheet.signed,
    }


def _heading_signs(sheet: Sheet, around: Around, left: Lines, right: Lines) -> Signs:
    """What speaks for a headline rather than a section head, for the lines `right` behind `left`; 0 for prose."""
    heading = sheet.heading[right]
    above, below = around.overlap_above[left, right], around.overlap_below[right, right]
    places = sheet.topics.places[right]
    new = (places * around.below_places[right] * (1 - around.above_places[left])).any(axis=1)
    old = (places * around.above_places[left]).any(axis=1)
    named = around.names_above[left] > 0
    closed = around.closed_above[left] > 0
    ended = around.closed_below[right] > 0
    signed = ~named & ended
    between = ((named | (around.datelines_above[left] > 0)) & ended) / around.rivals[right]
    directly = flags(kind in ("names", "subtitle") for kind in sheet.below)[right]
    signs = {
        "fits below": below,
        "fits above": above,
        "fits better below": below - above,
        "cohesion across": around.cohesion[left, right],
        "no cohesion across": around.cohesion[left, right] < 0.05,
        "new place": new,
        "old place": old,
        "other place across": around.other_place(left, right),
        "begins with a place": sheet.place_first[right],
        "comma": sheet.comma[right],
        "length": sheet.length[right] / 20,
        "like prose": sheet.reads_on[right],
        "marked": sheet.marked[right] * (1 - sheet.marks),
        "unmarked": ~sheet.marked[right] * sheet.marks,
        "one of a series": sheet.alike[right],
        "behind an open end": sheet.stump[left],
        "between byline and closing byline": between,
        "between byline and closing byline, tidy page": between * sheet.tidiness,
        "between bylines": named & (around.names_below[right] > 0) & ~directly,
        "over names": directly,
        "over names in a named article": named & directly,
        "behind a closing byline": closed,
        "with unsigned text below": ~ended & (around.names_below[right] == 0) & sheet.signed,
        "with unsigned text above": ~named & ~closed & sheet.signed,
        "in a named article": named & ~ended,
        "in a named article behind a section head": named & (around.heads_above[left] > 0),
        "in a signed article": signed,
        "in an unsigned article": ~named & ~signed,
        "little text above": around.prose_above[left] < 2,
        "little text below": around.prose_below[right] < 2,
    }
    return {f"heading {name}": heading * np.asarray(values, dtype=float) for name, values in signs.items()}


def _only_text(sheet: Sheet) -> Flags:
    """Which paragraphs stand alone between a heading or byline above and a heading, a byline or the end below."""
    heads = sheet.heading | sheet.names
    above = np.append(False, heads[:-1])
    below = np.append((heads | sheet.tail)[1:], True)
    return np.asarray(sheet.prose & above & below)


def _one_hot(pairs: Sequence[str]) -> Signs:
    found: Signs = {}
    for k, name in enumerate(pairs):
        found.setdefault(name, np.zeros(len(pairs)))[k] = 1
    return found


def _as_values(signs: Mapping[str, object]) -> Signs:
    return {name: np.asarray(values, dtype=float) for name, values in signs.items()}
