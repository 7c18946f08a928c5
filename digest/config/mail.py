"""What can be configured of sending: to whom, through which server or into which folder, signed how."""

import re
from difflib import get_close_matches
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from digest.edges.providers import PORTS, PROVIDERS, Security
from digest.errors import UsageError
from digest.stages.message import is_leaving, mailbox

_VARIABLE = r"^[A-Z_][A-Z0-9_]*$"
_HOST = r"^[A-Za-z0-9.:_-]*$"
_SELECTOR = r"^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)?$"


def _texts(value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise ValueError('must be a list of texts in quotes, such as ["reader@example.org"]')
    return tuple(value)


def _reader(address: str) -> str:
    try:
        mailbox("recipient", address)
    except UsageError as e:
        raise ValueError('must be an address such as "reader@example.org" or "名称 <reader@example.org>"') from e
    return address


def _address_to_leave(address: str) -> str:
    if not is_leaving(address):
        raise ValueError('must be "https://…" or "mailto:…" in ASCII, at most 900 characters, commas written %2C')
    return address


def _known_provider(name: str) -> str:
    if name and name not in PROVIDERS:
        near = get_close_matches(name, PROVIDERS, n=1)
        hint = f" (nearest: {near[0]})" if near else ""
        raise ValueError(f"must be empty or one of {', '.join(PROVIDERS)}{hint}")
    return name


def _one_each(addresses: tuple[str, ...]) -> tuple[str, ...]:
    schemes = [re.match("[a-z]+", address) for address in addresses]
    if len({scheme and scheme[0] for scheme in schemes}) < len(addresses):
        raise ValueError("must hold at most one https and one mailto address")
    return addresses


class MailSettings(BaseModel):
    """How an issue is sent, and to whom. Without a server or folder nothing is."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    recipients: Annotated[tuple[Annotated[str, AfterValidator(_reader)], ...], BeforeValidator(_texts)]
    after_build: bool
    provider: Annotated[str, AfterValidator(_known_provider)]
    host: str = Field(pattern=_HOST)
    port: int = Field(ge=0, le=65535)
    security: Security
    ca_file: str
    username: str = Field(pattern=r"^[!-~]*$")
    password_variable: str = Field(pattern=_VARIABLE)
    folder: str
    timeout_s: int = Field(ge=1, le=600)
    attempts: int = Field(ge=1, le=20)
    wait_s: float = Field(ge=0, le=600)
    unsubscribe: Annotated[
        tuple[Annotated[str, AfterValidator(_address_to_leave)], ...],
        BeforeValidator(_texts),
        AfterValidator(_one_each),
    ]
    dkim_selector: str = Field(pattern=_SELECTOR)
    dkim_key_variable: str = Field(pattern=_VARIABLE)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """One way to send, and a password only where nobody can read it on the way."""
        ways = [name for name in ("provider", "host", "folder") if getattr(self, name)]
        if len(ways) > 1:
            raise ValueError(f"state one of provider, host and folder; stated are {' and '.join(ways)}")
        if self.provider and self.port:
            raise ValueError("a provider brings its own port; leave port 0, or state host, port and security yourself")
        if self.security == "none" and (self.username or self.provider):
            raise ValueError(
                'a password is never sent without TLS: security "none" takes neither username nor provider'
            )
        if self.after_build and not (ways and self.recipients):
            raise ValueError("after_build needs recipients, and provider, host or folder")
        return self

    @property
    def server(self) -> tuple[str, int, Security] | None:
        """Host, port and security of the server to send through; None where there is none."""
        if self.provider:
            return PROVIDERS[self.provider].host, PORTS["tls"], "tls"
        return (self.host, self.port or PORTS[self.security], self.security) if self.host else None

    @property
    def hint(self) -> str:
        """Where the provider's password comes from; empty where no provider is named."""
        return PROVIDERS[self.provider].hint if self.provider else ""
