"""Article, Gazetteer -> Placement: which city a text is about, which county, and why.

title, text | find_mentions | weigh | decide

Every name of the gazetteer is found in one pass, the longest first. What stands around it and what else the article names
decide what it counts for; the weights of a prefecture's places add up, and a city is given only where it dominates.
"""

from digest.model import Evidence, Placement
from digest.stages.places.atlas import Atlas, compile_atlas
from digest.stages.places.decision import decide
from digest.stages.places.mentions import dense_field, find_mentions
from digest.stages.places.own import own_placement
from digest.stages.places.passages import evidence_spans, text_passage, title_passage
from digest.stages.places.weighing import weigh

__all__ = ["Atlas", "attribute", "compile_atlas", "evidence_spans", "text_passage", "title_passage"]


def attribute(title: str, text: str, atlas: Atlas, own_place: str | None = None) -> Placement:
    """The place that a text is about.

    The city is a prefecture's official name, PROVINCE for news of the whole province or several of its cities, ELSEWHERE
    for all other; either field may be empty. The evidence lists every mention in order, its offsets those of the field as
    given; white space within a name does not matter. Takes time linear in the text's length.

    `own_place` names the city or county of the medium, which 我市 and 我县 mean, and 县委 or 全县 where no other place is named; None where it is not known. Raises KeyError
    for a name that the gazetteer does not have.
    """
    heading, body = dense_field("title", title), dense_field("text", text)
    own = atlas.code_of(own_place) if own_place else None
    weighed = weigh([*find_mentions(heading, atlas), *find_mentions(body, atlas)], atlas, own)
    evidence = []
    for mention, code, weight, reason, _ in weighed:
        field, start, end = mention.field, mention.start, mention.end
        raw, dense = (title, heading) if field == "title" else (text, body)
        if dense.cuts:
            start, end = dense.span(start, end)
        place = atlas.divisions[code].name if code else mention.text
        # half the time of Evidence(...), which is a function of Python's
        evidence.append(tuple.__new__(Evidence, (field, start, end, raw[start:end], place, weight, reason)))
    placement = decide(weighed, len(body.dense), tuple(evidence), atlas)
    return own_placement(placement, ((heading, title), (body, text)), own, atlas) if own else placement
