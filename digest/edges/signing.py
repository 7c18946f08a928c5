"""A message -> the same with a DKIM signature (RFC 6376) before it, over both List headers too (RFC 8058, section 4)."""

import re
from collections.abc import Callable

from digest.errors import ConfigError, UsageError

Sign = Callable[[bytes], bytes]
"""A message -> the signed message; both with CR LF."""

_SIGNED = (
    b"From",
    b"From",  # once more than there are: none can be added
    b"To",
    b"Subject",
    b"Date",
    b"Message-ID",
    b"List-Id",
    b"List-Unsubscribe",
    b"List-Unsubscribe-Post",
    b"Auto-Submitted",
    b"MIME-Version",
    b"Content-Type",
)


def unsigned(content: bytes) -> bytes:
    """The message as it is."""
    return content


def signer(domain: str, selector: str, key: str) -> Sign:
    """What signs for a domain with an RSA key in PEM form.

    Raises UsageError where dkimpy is not installed, ConfigError where the key cannot sign.
    """
    try:
        import dkim
    except ImportError as e:
        raise UsageError("mail.dkim_selector is set and dkimpy is not installed: pip install 'digest-zh[dkim]'") from e

    def sign(content: bytes) -> bytes:
        present = _names(content)
        headers = [name for name in _SIGNED if name.lower() in present]
        header: bytes = dkim.sign(
            content,
            selector.encode(),
            domain.encode(),
            key.encode(),
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=headers,
        )
        return re.sub(rb"\r?\n", b"\r\n", header) + content

    try:
        sign(b"From: digest@localhost\r\n\r\n\r\n")
    except (dkim.DKIMException, ValueError, OSError) as e:
        raise ConfigError([f"the DKIM key is no RSA key in PEM form: {type(e).__name__}"]) from None
    return sign


def _names(content: bytes) -> set[bytes]:
    """The names of the message's headers, in small letters."""
    head = content.partition(b"\r\n\r\n")[0]
    return {name.lower() for name in re.findall(rb"(?m)^([!-9;-~]+):", head)}
