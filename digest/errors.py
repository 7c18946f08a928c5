"""The exception tree. Every error carries the object it speaks of and says what was given and what is allowed.

DigestError
├── UsageError            the call or the configuration is wrong (exit 2)
│   ├── ConfigError       a configuration file or value
│   ├── UnknownName       an option's value, method, city or key that does not exist
│   ├── FolderInUse       an output folder that holds what is no part of an issue
│   ├── TemplateFault     a template that is missing, broken or asks for an unknown variable
│   ├── MissingPackage    an extra that is asked for and not installed
│   └── PortUnavailable   a port of this machine that another program holds or that may not be opened
├── NothingToDo           the call is right and there is nothing to work on (exit 3)
├── NothingReadable       there is no article, and sources that could not be read may be why
├── UnfaithfulQuote       a quote is not what its document says: a fault of ours, and nothing is written
├── OutputError           the result could not be written
├── MailServerError       a mail server that cannot be reached, does not prove who it is, or refuses login or sender
├── BrokenLedger          the record of what was sent, which cannot be read: nothing is sent by guess
├── TextTooLong           a text that is too long for the summary method asked for
├── UnreadableIssue       a built issue's folder that lacks a file or holds a broken one
├── UnsendableIssue       a built issue that its gate found at fault: no reader gets it
└── SourceError           one input could not be used; a value in the result, the run goes on (exit 1)
    ├── UnreadableSource  missing, no permission, not a file, an I/O error
    ├── EmptySource       no characters
    ├── BinarySource      not text
    ├── UndecodableSource no supported encoding fits
    ├── OversizedSource   larger than the configured limit
    ├── MalformedSource   of a known format, and broken: JSONL that is no JSON, HTML without an article
    └── UnknownFormat     a file named on the command line whose ending is not one of ours
"""

from collections.abc import Iterable
from difflib import get_close_matches


class DigestError(Exception):
    """The root: catching it catches everything that digest raises on purpose."""


class UsageError(DigestError):
    """The call or the configuration is wrong."""


class ConfigError(UsageError):
    """A configuration file or value is wrong; `faults` lists every one that was found."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class UnknownName(UsageError):
    """A name that does not exist where a known set of names is allowed."""

    def __init__(self, kind: str, given: str, allowed: Iterable[str]) -> None:
        self.kind, self.given, self.allowed = kind, given, tuple(allowed)
        near = get_close_matches(given, self.allowed, n=1)
        hint = f"; nearest: {near[0]}" if near else ""
        super().__init__(f"unknown {kind} {given!r}{hint}; known: {', '.join(self.allowed)}")


class TemplateFault(UsageError):
    """A template is missing, broken or asks for an unknown variable."""

    def __init__(self, template: str, line: int | None, reason: str) -> None:
        self.template, self.line, self.reason = template, line, reason
        where = template if line is None else f"{template}, line {line}"
        super().__init__(f"{where}: {reason}")


class FolderInUse(UsageError):
    """An output folder that cannot be replaced: it holds something else, or is worked in."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class MissingPackage(UsageError):
    """What was asked for needs an extra of this package that is not there, or a library of the system."""

    def __init__(self, extra: str, reason: str) -> None:
        self.extra, self.reason = extra, reason
        super().__init__(f"{reason}; install it with: pip install 'digest-zh[{extra}]'")


class PortUnavailable(UsageError):
    """A port that cannot be listened at."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        self.host, self.port, self.reason = host, port, reason
        super().__init__(f"port {port} of {host}: {reason}; name another one, or 0 for any that is free")


class NothingToDo(DigestError):
    """The call is right and there is nothing to work on."""


class NothingReadable(DigestError):
    """No article was found, and the sources at `paths` could not be read."""

    def __init__(self, paths: Iterable[str], reason: str) -> None:
        self.paths, self.reason = tuple(paths), reason
        super().__init__(f"{reason}; could not be read: {', '.join(self.paths)}")


class UnfaithfulQuote(DigestError):
    """A quote differs from what its receipt yields from its document."""

    def __init__(self, document: str, text: str) -> None:
        self.document, self.text = document, text
        super().__init__(f"{document}: the receipt does not yield {text!r}")


class TextTooLong(DigestError):
    """A text that a summary method cannot work on in reasonable time and memory."""

    def __init__(self, method: str, allowed: str, given: str) -> None:
        self.method, self.allowed, self.given = method, allowed, given
        super().__init__(f"the method {method} takes texts of at most {allowed}, given {given}; name another method")


class OutputError(DigestError):
    """The result could not be written to `path`."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class MailServerError(DigestError):
    """A mail server, named by host and port, that takes no mail from us at all; `passing` where it may later."""

    def __init__(self, server: str, reason: str, passing: bool = False) -> None:
        self.server, self.reason, self.passing = server, reason, passing
        super().__init__(f"mail server {server}: {reason}")


class BrokenLedger(DigestError):
    """The record at `path` of what was sent is in use, or cannot be read or written."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class UnreadableIssue(DigestError):
    """The folder of a built issue, named by `path`, lacks a file or holds one that is no part of an issue."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class UnsendableIssue(DigestError):
    """The gate found faults in the issue in the folder `path`."""

    def __init__(self, path: str, faults: Iterable[str]) -> None:
        self.path, self.faults = path, tuple(faults)
        super().__init__(f"{path}: is not to be sent: {'; '.join(self.faults) or 'its gate did not pass it'}")


class SourceError(DigestError):
    """One input, named by `path`, could not be used."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class UnreadableSource(SourceError):
    """Missing, no permission, not a file, or an I/O error."""


class EmptySource(SourceError):
    """No characters."""


class BinarySource(SourceError):
    """Not text."""


class UndecodableSource(SourceError):
    """No supported encoding fits."""


class OversizedSource(SourceError):
    """Larger than the configured limit."""


class MalformedSource(SourceError):
    """Of a known format, and broken."""


class UnknownFormat(SourceError):
    """A file whose ending is not one of the known ones."""
