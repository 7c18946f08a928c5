"""The values that go down the line, in the order in which they come to be. All are frozen; all sequences are tuples."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

from digest.errors import SourceError
from digest.quote import Quote, Span

PROVINCE = "province"
"""The section of news about the whole home province or several of its cities (全省/多地)."""
ELSEWHERE = "elsewhere"
"""The section of news about another province, the country, or no place at all (省外·其他)."""


# --- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """A source's text as decoded, and what identifies it."""

    id: str
    """The first characters of the content's hash and the file's base name; depends on nothing else."""
    path: str
    """Relative to the folder that was named on the command line; the base name for a file that was."""
    sha256: str
    encoding: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a document that is split on its own: a file's whole text, a web article, one record of a feed.

    What the source itself says of its article is given here; None and empty where it says nothing.
    """

    document: Document
    start: int
    end: int
    kind: Literal["text", "article"]
    """`article`: the source holds exactly one article (a web page, a record). `text`: any number."""
    headline: Span | None = None
    authors: tuple[str, ...] = ()
    published: dt.date | None = None
    medium: str | None = None
    url: str | None = None
    own_place: str | None = None
    """The city or county that 我市 and 我县 mean in it, as its file or folder was configured with; None where it was not."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be used; reported in the issue and by the exit code."""

    path: str
    error: SourceError


# --- splitting -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article (自然段), or a section head within it (小标题)."""

    quote: Quote
    role: Literal["body", "section_head"] = "body"


MendingKind = Literal["joined", "dropped", "deduplicated", "truncated"]
"""joined        two pieces of a line that columns or lines parted in mid-sentence: the left one, the right one
dropped       what stood among the article's lines and is none of them, or is a part of a sentence that lacks the rest
deduplicated  a line and its copies: the line that was kept first, then what was left out
truncated     what the page has of a last sentence whose end is missing; an empty span where it has nothing of it
"""


@dataclass(frozen=True, slots=True)
class Mending:
    """What was mended on a page so that an article could be read from it (修整), with its spans in the document."""

    kind: MendingKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One text on a page or site."""

    document: str
    n: int
    """Its place among the articles of its document, from 1."""
    headline: Quote | None
    """None where the page has none (无题)."""
    subtitle: Quote | None
    """The ——subtitle (副题) or the kicker (引题)."""
    authors: tuple[str, ...]
    published: dt.date | None
    medium: str | None
    url: str | None
    paragraphs: tuple[Paragraph, ...]
    truncated: bool
    """Whether its end is missing on the page."""
    dateline: Quote | None = None
    """What stood before its first sentence (电头: 本报衡阳讯), cut off because no reader needs it, kept because it names a place."""
    mendings: tuple[Mending, ...] = ()
    """In the order of the document. A left-out line counts to the article of the nearest line above it that an article kept."""
    own_place: str | None = None
    """As of its page."""

    @property
    def id(self) -> str:
        """The name that stories and briefs refer to it by."""
        return f"{self.document}#{self.n}"

    @property
    def sha256(self) -> str:
        """What tells it from other articles, in whatever document it stands: a hash of headline and text."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def title(self) -> str:
        """The headline's text, empty where there is none."""
        return self.headline.text if self.headline else ""

    @property
    def text(self) -> str:
        """The paragraphs as repaired, a line each."""
        return "\n".join(paragraph.quote.text for paragraph in self.paragraphs)


# --- placing ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division (行政区划) of the home province: a prefecture, a county or one of its zones, a township."""

    code: str
    name: str
    """The official name."""
    names: tuple[str, ...]
    """Every name that may stand for it in a text, the official one first: short forms, former names."""
    parent: str | None
    """The code of the prefecture of a county, or of the county of a township; None for a prefecture."""
    former: tuple[str, ...] = ()
    """Those of the names that were official and are answered as such where a text has no other: 株洲县 (渌口区)."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A prefecture's place on the tile map (市州版图)."""

    city: str
    """The official name."""
    label: str
    """The short name that a tile has room for."""


Tiles = tuple[tuple[Tile | None, ...], ...]
"""Rows of equal length from north to south, each from west to east; None where no prefecture lies."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of the home province, in official order, and the names of other places, which only block."""

    province: Division
    prefectures: tuple[Division, ...]
    counties: tuple[Division, ...]
    townships: tuple[Division, ...]
    elsewhere: tuple[str, ...]
    """Names of other provinces, their prefectures and counties."""
    words: tuple[str, ...] = ()
    """Words that contain a name and mean no place, and names that are words or other provinces' townships too."""
    tiles: Tiles = ()
    """Empty where the gazetteer draws no map."""


class Evidence(NamedTuple):
    """One mention of a place, and what it counted for."""

    field: Literal["title", "text"]
    start: int
    end: int
    matched: str
    place: str
    """The official name of what matched."""
    weight: float
    """0 for a mention that was discounted."""
    reason: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Which city a text is about, and why."""

    city: str
    """A prefecture's official name, PROVINCE or ELSEWHERE."""
    county: str | None
    confidence: float
    """From 0 to 1."""
    evidence: tuple[Evidence, ...]
    runner_up: str | None
    score: float = 0.0
    """The weights that speak for the answer, added up."""
    runner_up_score: float = 0.0


# --- summarising -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prose:
    """What a ranking method sees of an article: its sentences in order and nothing of where they came from."""

    title: str
    sentences: tuple[str, ...]
    opens_paragraph: tuple[bool, ...]
    """Parallel to the sentences."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a method made of an article."""

    scores: tuple[float, ...]
    """Parallel to the sentences; higher is better, any finite range."""
    terms: Mapping[str, tuple[float, ...]]
    """By name, the parts that add up to the scores, each parallel to the sentences."""
    weights: Mapping[str, float]
    """By the same names, what each part was multiplied with: the method's constants, as far as they hold for this article."""

    @classmethod
    def whole(cls, method: str, scores: Iterable[float]) -> "Ranking":
        """The ranking of a method whose scores have no parts: one term of the method's own name."""
        listed = tuple(scores)
        return cls(listed, {method: listed}, {method: 1.0})


Ranker = Callable[[Prose], Ranking]
"""A summary method; no sentence yields no score."""


class Fault(StrEnum):
    """Why a sentence can never be quoted, in English words."""

    INCOMPLETE = "incomplete"
    BREAKS_OFF = "breaks off"
    QUESTION = "question"
    SECTION_HEAD = "section head"
    UNBALANCED = "unbalanced marks"
    NO_SPEAKER = "quotation without its speaker"
    ITEM_TEXT = "text of a list item"
    """What follows the bare head of a list item (二是对接沟通快。) lacks its subject."""
    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    SLOGAN = "slogan"


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What selection makes of a sentence and its score."""

    worth: float | None
    """The score in standard deviations and the facts, added up; None where the sentence can never be quoted."""
    facts: Mapping[str, float]
    """By name, what the sentence's own words are worth: the marks of news, and what speaks against quoting it."""
    fault: Fault | None
    """Why the sentence can never be quoted; None where it can."""
    needs_previous: bool
    """Whether it can be quoted only right behind the sentence before it."""
    needs_named: str | None
    """The kind of unit (局, 乡) that its 该局 refers to and that must be named before; None where nothing is referred to."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article (句)."""

    quote: Quote
    index: int
    """Its position among the article's sentences, from 0."""
    paragraph: int
    """The position of its paragraph among the article's paragraphs, from 0."""

    @property
    def text(self) -> str:
        return self.quote.text


@dataclass(frozen=True, slots=True)
class Summary:
    """An article with its sentences, what was made of them, and the chosen ones."""

    article: Article
    placement: Placement
    sentences: tuple[Sentence, ...]
    ranking: Ranking
    appraisals: tuple[Appraisal, ...]
    """Parallel to the sentences."""
    chosen: tuple[int, ...]
    """Indices into the sentences, in document order."""
    method: str


# --- composing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where one report of a story stands."""

    document: str
    path: str
    article: str
    medium: str | None
    authors: tuple[str, ...]
    published: dt.date | None
    url: str | None
    truncated: bool


@dataclass(frozen=True, slots=True)
class Story:
    """One event, told by one or more articles; headline and sentences are those of the most complete one."""

    id: str
    """The id of the article that tells it."""
    headline: Quote | None
    label: Quote
    """What heads it in the mail: the headline or, where there is none (无题), the opening clause of the first sentence."""
    city: str
    county: str | None
    published: dt.date | None
    """None: 日期不明."""
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    length_chars: int = 0
    """Characters of all sentences of the article that tells it."""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """One sentence or clause (简讯) that refers to a story elsewhere in the issue."""

    article: str
    """The id of the story that it is taken from."""
    label: str
    """What heads that story in the mail."""
    sentence: Quote


@dataclass(frozen=True, slots=True)
class Section:
    """A city's stories and briefs."""

    city: str
    """A prefecture's official name, PROVINCE or ELSEWHERE."""
    code: str
    """The prefecture's or the province's code, empty for ELSEWHERE."""
    title: str
    """What the reader sees: 株洲市, 全省/多地, 省外·其他."""
    stories: tuple[Story, ...]
    briefs: tuple[Brief, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The days that an issue covers, both ends included."""

    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Issue:
    """One digest of one period (期)."""

    edition: str
    """The masthead's title: 湖南市州新闻周报."""
    province: str
    number: int | None
    period: Period | None
    """None where no date is known and none was asked for."""
    sections: tuple[Section, ...]
    """All cities of the province in official order, then PROVINCE, then ELSEWHERE; empty ones included."""
    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    articles: int
    """Articles that were found and are of the period."""
    without_article: tuple[str, ...]
    """The paths of documents in which no article was found."""
    left_out: int
    """Articles dated outside the period."""
    told_before: int
    """Undated articles that an earlier issue held."""
    unquotable: int
    """Articles of which no sentence can stand alone."""
    keywords: tuple[str, ...]
    method: str
    fingerprint: str
    """A hash of all the rest: what names the message and its boundaries."""
    tiles: Tiles = ()
    """The map of the province, empty where there is none."""

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories in the order of the mail."""
        return tuple(story for section in self.sections for story in section.stories)


# --- rendering -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checks:
    """How many quotes of an issue were compared with their documents, and how many of them are what the document says."""

    faithful: int
    total: int


@dataclass(frozen=True, slots=True)
class Move:
    """A story or brief that the mail has no room for and the web page holds (移至网页版)."""

    city: str
    kind: Literal["story", "brief"]
    article: str
    """The id of the story, or of the story that the brief is taken from."""
    label: str
    """Its headline or opening clause; the text of a brief."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """An issue as a reader sees it, in each form; an empty text for a form that was not asked for."""

    subject: str
    html: str
    """The mail's HTML part."""
    text: str
    web: str = ""
    wechat: str = ""
    """HTML whose styles stand a paste into the editor of WeChat's official accounts (公众号)."""
    print: str = ""
    """The HTML that the print edition is set from."""
    moves: tuple[Move, ...] = ()
    """What the mail has no room for, in the order of the issue."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What was looked at before an issue may be sent, and what was found against it (把关)."""

    checks: Checks
    html_bytes: int
    budget_bytes: int
    faults: tuple[str, ...]
    """One a line, in English; empty where nothing speaks against sending."""

    @property
    def sendable(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the mails of an edition have in common."""

    edition: str
    """The edition's short name: part of what tells its mails from another edition's."""
    sender: str
    """An address, or a name with the address in angle brackets."""
    unsubscribe: tuple[str, ...] = ()
    """Where a reader leaves: one https address, one mailto, or both; `{recipient}` stands for the reader's address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An issue as it is mailed (信), to whomever: subject and parts, and what tells it from another issue's mail."""

    subject: str
    text: str
    html: str
    period: Period | None
    fingerprint: str
    """The issue's: names the mail where there is no period."""


@dataclass(frozen=True, slots=True)
class Message:
    """A MIME message ready to be written or sent (RFC 5322)."""

    subject: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """Unfolded and decoded, by name, in order."""

    @property
    def id(self) -> str:
        """The Message-ID, which is the same for edition, period and recipient."""
        return self.headers["Message-ID"]


class SendState(StrEnum):
    """Where the mail to one reader stands."""

    SENDING = "sending"
    """Handed over at this moment; where the record ends with it, the process died, and the outcome is unknown."""
    SENT = "sent"
    """The server took it."""
    FAILED = "failed"
    """The server has it not: it refused, or was gone before it had all."""
    UNKNOWN = "unknown"
    """The server had all of it and gave no answer: it may have taken it, or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one mail that was handed over, with the server's words or what stood in their place."""

    state: SendState
    words: str
    passing: bool = False
    """Whether a failure may pass by itself: the same mail may be taken later."""
