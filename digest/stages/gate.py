"""The gate (把关): the files of an issue, looked at as whoever receives them would, before any of them may be sent.

It trusts no value of the line: quotes are recomputed from the bytes of the documents by the receipts of the record, and
looked for in what the finished files show.
"""

from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from digest.model import Checks, Gate, Move
from digest.quote import Repair, restore

_RECORD, _MAIL, _TEXT, _WEB, _WECHAT = (
    "digest.json",
    "digest.html",
    "digest.txt",
    "digest.web.html",
    "digest.wechat.html",
)
_SHOWN = 40
"""Characters of a quote that a fault shows."""
_ABSOLUTE = ("http://", "https://", "mailto:")
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")

Record = Mapping[str, Any]


def examine(
    record: Record, files: Mapping[str, bytes], moves: Sequence[Move], budget_bytes: int, has_web_address: bool
) -> Gate:
    """What speaks against sending the issue of a record and its files.

    Looked at are: each sentence, headline, label and brief against its document's bytes; that each stands in every form,
    but for what has moved and stands on the web page alone; that the mail can link it there; the links within each
    page; the size of the mail.
    """
    moved = _texts_of(moves, record)
    faults: list[str] = []
    quotes = list(_quotes(record))
    faithful = 0
    for text, receipt in quotes:
        if _restored(receipt, files) == text:
            faithful += 1
        else:
            faults.append(f"not what {receipt['document']} says: {_short(text)}")
    for name in (_MAIL, _TEXT, _WEB, _WECHAT):
        shown = _shown(files[name].decode(), name)
        missing = [text for text, _ in quotes if _dense(text) not in shown and not (name == _MAIL and text in moved)]
        faults += [f"{name} lacks: {_short(text)}" for text in missing]
    for name in (_MAIL, _WEB, _WECHAT):
        faults += [f"{name}: {fault}" for fault in _dead(_Page(files[name].decode()))]
    if moves and not has_web_address:
        faults.append(
            f"{len(moves)} stories and briefs have moved to the web page, and rendering.web_address is not set"
        )
    size = len(files[_MAIL])
    if size > budget_bytes:
        faults.append(f"{_MAIL} has {size} bytes, more than the {budget_bytes} that a mail may have")
    return Gate(Checks(faithful, len(quotes)), size, budget_bytes, tuple(faults))


def _quotes(record: Record) -> Iterator[tuple[str, Record]]:
    """Every text that the issue quotes, with its receipt."""
    for section in record["sections"]:
        for story in section["stories"]:
            yield story["label"], story["label_receipt"]
            yield from ((sentence["text"], sentence["receipt"]) for sentence in story["sentences"])
        yield from ((brief["sentence"]["text"], brief["sentence"]["receipt"]) for brief in section["briefs"])


def _texts_of(moves: Sequence[Move], record: Record) -> frozenset[str]:
    """The texts that stand in what has moved."""
    stories = {move.article for move in moves if move.kind == "story"}
    told = [story for section in record["sections"] for story in section["stories"] if story["id"] in stories]
    texts = {sentence["text"] for story in told for sentence in story["sentences"]}
    return frozenset(texts | {move.label for move in moves})


def _restored(receipt: Record, files: Mapping[str, bytes]) -> str | None:
    """What the receipt yields from the document's bytes; None where it does not fit them."""
    try:
        text = files[f"documents/{receipt['document']}.txt"].decode()
        repairs = [Repair(one["kind"], one["at"], one["was"], one["now"]) for one in receipt["repairs"]]
        return restore(text, [(start, end) for start, end in receipt["spans"]], repairs)
    except (KeyError, ValueError):  # no such document, not UTF-8, or a repair that does not fit
        return None


class _Page(HTMLParser):
    """The words, the anchors and the links of an HTML page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.anchors: list[str] = []
        self.links: list[str] = []
        self._silent = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in ("style", "title")
        for name, value in attrs:
            if name == "id":
                self.anchors.append(value or "")
            elif name == "href":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def _dead(page: _Page) -> Iterator[str]:
    """What is wrong with the links of a page: they lead to no anchor, to two of one name, or nowhere from a mail."""
    anchors = set(page.anchors)
    for name in sorted({anchor for anchor in anchors if page.anchors.count(anchor) > 1}):
        yield f"the anchor {name!r} stands twice"
    for link in dict.fromkeys(page.links):
        if link.startswith("#") and link[1:] not in anchors:
            yield f"the link {link!r} leads nowhere"
        elif not link.startswith(("#", *_ABSOLUTE)):
            yield f"the link {link!r} is no address of the web"


def _shown(content: str, name: str) -> str:
    """The words of a file without white space and marks of direction."""
    return _dense("".join(_Page(content).words) if name.endswith(".html") else content)


def _dense(text: str) -> str:
    return "".join(text.translate(_ISOLATES).split())


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
