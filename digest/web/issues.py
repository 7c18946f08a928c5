"""A built issue's folder -> the issue, its articles and documents, and what can be recomputed about them."""

import email
import email.policy
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from digest.errors import UnreadableIssue
from digest.quote import restore
from digest.web.records import Article, Articles, Issue, Quoted, Receipt, articles_of

FILES: Mapping[str, str] = {
    "digest.html": "text/html; charset=utf-8",
    "digest.web.html": "text/html; charset=utf-8",
    "digest.wechat.html": "text/html; charset=utf-8",
    "digest.txt": "text/plain; charset=utf-8",
    "digest.json": "application/json",
    "digest.eml": "message/rfc822",
}
"""The files of an issue that the desk hands out, with their media types."""

MailPart = Literal["same", "line ends", "differs"]
"""How the HTML of digest.eml compares with digest.html; a mail's lines end in CR LF (RFC 5322)."""

Identity = tuple[tuple[str, int, int, int], ...]
"""Of each file its name, inode, time of change in nanoseconds, and size in bytes."""

_RECORD, _ARTICLES, _DOCUMENTS = "digest.json", "articles.json", "documents"
_KEPT_ISSUES = 4
"""Issues that stay parsed: the one that is looked at, and some that it is compared with."""

_ISSUE = TypeAdapter(Issue)
_READINGS = TypeAdapter(Articles)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BuiltIssue:
    """A built issue; articles and documents are numbered from 1 in the order of its files."""

    record: Issue
    articles: tuple[Article, ...]
    scored: bool
    """Whether the folder tells how the articles were read; else `articles` holds only what is quoted."""
    texts: Mapping[str, str]
    """The documents' texts by id."""
    sha256: str
    """Of digest.html."""
    size_bytes: int
    mail_part: MailPart
    quotes: int
    faithful: int
    """How many of the quotes are what their receipts yield from the documents."""

    def article_number(self, article_id: str) -> int | None:
        """The number of the article with that id, None where there is none."""
        return next((n for n, article in enumerate(self.articles, 1) if article.id == article_id), None)

    def is_faithful(self, quoted: Quoted) -> bool:
        """Whether the quote's receipt yields it from its document."""
        return _yields(quoted.receipt, self.texts) == quoted.text


def read_issue(folder: Path) -> BuiltIssue:
    """The built issue in a folder; read again only when one of its files has changed.

    Raises UnreadableIssue where a file is missing or is not what its name says.
    """
    return _read(folder, identity_of(folder))


def identity_of(folder: Path) -> Identity:
    """What tells the files of an issue from other ones of their names; empty where there are none."""
    try:
        found = [(str(file), file.stat()) for file in sorted((*folder.glob("*"), *folder.glob(f"{_DOCUMENTS}/*")))]
    except (OSError, ValueError):
        return ()
    return tuple((name, status.st_ino, status.st_mtime_ns, status.st_size) for name, status in found)


def read_file(folder: Path, name: str) -> bytes:
    """The bytes of a file of the folder. Raises UnreadableIssue, also for what is no file (a pipe would never end)."""
    file = folder / name
    if not stat.S_ISREG(_attempt(file, Path.stat).st_mode):
        raise UnreadableIssue(str(file), "not a regular file")
    return _attempt(file, Path.read_bytes)


def document_file(folder: Path, document: str) -> Path:
    """Where the text of the document with that id stands; names are UTF-8 whatever the file system's encoding.

    Raises UnreadableIssue for an id that leads out of the issue.
    """
    if "/" in document or os.sep in document:
        raise UnreadableIssue(str(folder / _RECORD), f"the document id {document!r} is no file name")
    return folder / _DOCUMENTS / os.fsdecode(f"{document}.txt".encode("utf-8", "surrogateescape"))


def quotes_of(issue: Issue) -> Iterator[Quoted]:
    """What the issue quotes, in its order: of each story the head and the sentences, then the briefs of the city."""
    for section in issue.sections:
        for story in section.stories:
            yield Quoted(story.label, story.label_receipt)
            yield from (Quoted(sentence.text, sentence.receipt) for sentence in story.sentences)
        yield from (brief.sentence for brief in section.briefs)


@lru_cache(maxsize=_KEPT_ISSUES)
def _read(folder: Path, _identity: Identity) -> BuiltIssue:
    record = _parse(folder / _RECORD, _ISSUE)
    scored = (folder / _ARTICLES).is_file()
    articles = _told(_parse(folder / _ARTICLES, _READINGS).articles, record) if scored else articles_of(record)
    texts = {document.id: _text(document_file(folder, document.id)) for document in record.documents}
    html = read_file(folder, "digest.html")
    quotes = list(quotes_of(record))
    return BuiltIssue(
        record,
        articles,
        scored,
        texts,
        hashlib.sha256(html).hexdigest(),
        len(html),
        _mail_part(read_file(folder, "digest.eml"), html),
        len(quotes),
        sum(_yields(quoted.receipt, texts) == quoted.text for quoted in quotes),
    )


def _told(articles: Iterable[Article], issue: Issue) -> tuple[Article, ...]:
    """The articles with those sentences chosen that the issue tells: of several reports of one event it tells but one."""
    told = {
        (story.id, each.index) for section in issue.sections for story in section.stories for each in story.sentences
    }
    return tuple(
        replace(
            article,
            sentences=tuple(replace(each, chosen=(article.id, each.index) in told) for each in article.sentences),
        )
        for article in articles
    )


def _attempt(path: Path, read: Callable[[Path], T]) -> T:
    try:
        return read(path)
    except (OSError, ValueError) as e:  # ValueError: no file can have such a name
        raise UnreadableIssue(str(path), getattr(e, "strerror", None) or str(e)) from e


def _parse(path: Path, kind: TypeAdapter[T]) -> T:
    try:
        return kind.validate_json(read_file(path.parent, path.name))
    except ValidationError as e:
        first = e.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UnreadableIssue(str(path), f"{where}: {first['msg']}" if where else first["msg"]) from e


def _text(path: Path) -> str:
    """A document's text, its line ends as they are: offsets count them."""
    try:
        return read_file(path.parent, path.name).decode()
    except UnicodeDecodeError as e:
        raise UnreadableIssue(str(path), f"not UTF-8 (byte {e.start})") from e


def _yields(receipt: Receipt, texts: Mapping[str, str]) -> str | None:
    """What a receipt yields, None where its document is missing or a repair does not fit."""
    try:
        return restore(texts[receipt.document], receipt.spans, receipt.repairs)
    except (KeyError, ValueError):
        return None


def _mail_part(mail: bytes, html: bytes) -> MailPart:
    message = email.message_from_bytes(mail, _class=EmailMessage, policy=email.policy.default)
    part = message.get_body(("html",))
    payload = part.get_payload(decode=True) if part else None
    if not isinstance(payload, bytes):
        return "differs"
    if payload == html:
        return "same"
    return "line ends" if payload.replace(b"\r\n", b"\n") == html.replace(b"\r\n", b"\n") else "differs"
