"""What can be configured: the keys, their types and bounds, and what each says of a value that it does not take."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from digest.config.mail import MailSettings

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As `edition.weekday` has them; the position is what `datetime.date.weekday` counts."""

_ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
"""The addresses that mail carries everywhere (RFC 5321 without quoting); a name may stand before one in angle brackets."""


def _file_safe(name: str) -> str:
    if not re.fullmatch(r"\w[\w-]{0,39}", name):
        raise ValueError("must be 1 to 40 letters, digits, - and _, the first of them no -")
    return name


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as e:
        hint = _hint(name, sorted(available_timezones()))
        raise ValueError(f"must be an IANA time zone such as Asia/Shanghai{hint}") from e
    return name


def _known_weekday(name: str) -> str:
    if name not in WEEKDAYS:
        raise ValueError(f"must be one of {', '.join(WEEKDAYS)}{_hint(name.lower(), WEEKDAYS)}")
    return name


def _hint(given: str, known: Sequence[str]) -> str:
    near = get_close_matches(given, known)
    # munday is as near to sunday as to monday: the first letter is seldom the wrong one
    best = max(
        near, key=lambda other: (SequenceMatcher(None, given, other).ratio(), other[0] == given[0]), default=None
    )
    return f" (nearest: {best})" if best else ""


def _mailable(sender: str) -> str:
    if not re.fullmatch(rf"(?:{_ADDRESS}|[^<>\r\n]+<{_ADDRESS}>)", sender):
        raise ValueError('must be an address such as "desk@example.org" or "Desk <desk@example.org>"')
    return sender


def _web_address(address: str) -> str:
    if not re.fullmatch(r"|https?://[^\s{}]+(?:\{(?:since|until|week|number)\}[^\s{}]*)*", address):
        raise ValueError(
            'must be empty or an address such as "https://example.org/{week}/"; its fields are {since}, {until}, {week} and {number}'
        )
    return address


def _path(value: object) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError('must be a path in quotes, such as "news"')
    return Path(value)


def _elements(value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise ValueError('must be a list of paths in quotes, such as ["news", "feed.jsonl"]')
    return tuple(value)


def _cities(value: object) -> object:
    if not isinstance(value, dict) or not all(key and isinstance(city, str) and city for key, city in value.items()):
        raise ValueError('must be a table of texts, such as {"株洲日报" = "株洲市", "news/liling" = "醴陵市"}')
    return value


_Path = Annotated[Path, BeforeValidator(_path)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Edition(_Part):
    """What makes a series of issues: its name and title, its home province, what it reads, when and where it appears."""

    name: Annotated[str, AfterValidator(_file_safe)]
    title: str = Field(min_length=1, max_length=60, pattern=r"^[^\r\n]+$")
    gazetteer: str
    zone: Annotated[str, AfterValidator(_known_zone)]
    sender: Annotated[str, AfterValidator(_mailable)]
    sources: Annotated[tuple[_Path, ...], BeforeValidator(_elements)]
    out: _Path
    weekday: Annotated[str, AfterValidator(_known_weekday)]
    hour: int = Field(ge=0, le=23)
    number_start: int = Field(ge=1, le=1_000_000)
    cities: Annotated[dict[str, str], BeforeValidator(_cities)]

    @property
    def zone_info(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.zone)


class ReadingSettings(_Part):
    """Bounds of reading."""

    max_bytes: int = Field(ge=1, le=1_000_000_000)


class SummarySettings(_Part):
    """How sentences are scored and how many are quoted."""

    method: str
    max_sentences: int = Field(ge=1, le=10)
    budget_chars: int = Field(ge=40, le=2000)


class KeywordSettings(_Part):
    """Whether and how many keywords are shown."""

    enabled: bool
    per_story: int = Field(ge=0, le=20)
    per_issue: int = Field(ge=0, le=50)


class RenderingSettings(_Part):
    """How an issue looks, in which language its own words are, and where its web page will stand."""

    language: str
    theme: str
    web_address: Annotated[str, AfterValidator(_web_address)]
    pdf: bool


class Settings(_Part):
    """Everything that is configured. There is no default in code: `config/default.toml` holds them all."""

    edition: Edition
    reading: ReadingSettings
    summary: SummarySettings
    keywords: KeywordSettings
    mail: MailSettings
    rendering: RenderingSettings


PARTS: dict[str, type[BaseModel]] = {
    "edition": Edition,
    "reading": ReadingSettings,
    "summary": SummarySettings,
    "keywords": KeywordSettings,
    "mail": MailSettings,
    "rendering": RenderingSettings,
}
"""The tables by name."""
