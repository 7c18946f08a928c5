"""Where the sentences of a paragraph end, a quotation with its speaker taken as one."""

import re
from itertools import pairwise

_MARK = re.compile(r"[。！？!?…]+|[“”「」]")
_CLOSERS = "”’」』）)】》"


def sentence_ends(paragraph: str) -> list[int]:
    """The positions behind each sentence (句) of a paragraph, in order; what stands behind the last one breaks off.

    A stop inside a quotation ends a sentence only where the quotation was introduced by a colon or ends the paragraph.
    """
    ends: list[int] = []
    depth, introduced = 0, False
    for m in _MARK.finditer(paragraph):
        mark, end = m.group(), m.end()
        if mark in "“「":
            if depth == 0:
                introduced = paragraph[m.start() - 1 : m.start()] in (":", "：")
            depth += 1
        elif mark in "”」":
            depth = max(0, depth - 1)
            follows = paragraph[end : end + 1]
            stopped = paragraph[m.start() - 1 : m.start()] in tuple("。！？!?…")
            if depth == 0 and stopped and (follows == "" or (introduced and follows not in ",，、;；。“")):
                ends.append(end)
        elif depth == 0 or not re.search("[”」]", paragraph[end:]):
            while paragraph[end : end + 1] in _CLOSERS and end < len(paragraph):
                end += 1
            if "…" not in mark or end == len(paragraph):
                ends.append(end)
    return ends


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph in order; the last one may break off."""
    bounds = [0, *sentence_ends(paragraph)]
    if bounds[-1] < len(paragraph):
        bounds.append(len(paragraph))
    return [s for a, b in pairwise(bounds) if (s := paragraph[a:b].strip())]
