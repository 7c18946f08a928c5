"""Bytes of a newsroom's file -> text and the name of its encoding."""

import codecs
import re
from typing import NamedTuple

from digest.errors import BinarySource, EmptySource, UndecodableSource
from digest.text import FULL_WIDTH_MARKS, HAN


class Decoded(NamedTuple):
    """A text and the Python name of the encoding that it came in."""

    text: str
    encoding: str


_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
}

_HEAD_BYTES = 4096
"""How much of a file is looked at to tell UTF-16 and binary data from text."""

_COMMON_SHARE = 0.75
"""Text is taken for GB18030 when this share of its characters beyond ASCII is of GB 2312's marks or of its first level,
the 3,755 everyday characters. Chinese news has .98 to 1; Big5, Shift-JIS and random bytes read as GB18030 stay below .6."""

_CONTROL_SHARE = 0.02
"""Text holds no more control characters than this."""

_EXPECTED = re.compile(rf"[\t\r\n -~{HAN}{FULL_WIDTH_MARKS}\u3000-\u303f\uff00-\uffef]")

_EXPECTED_SHARE = 0.95
"""UTF-16 read in the wrong byte order has next to none of these characters."""

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
"""What an HTML page declares (HTML Living Standard, 4.2.5.4)."""

_DECLARED = dict.fromkeys(("gb2312", "gbk", "gb18030", "gb-2312", "x-gbk", "cp936"), "gb18030") | {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
"""The declarations that are believed, where the bytes are no UTF-8: many pages declare what their template once was."""


def decode(raw: bytes, path: str, *, html: bool = False) -> Decoded:
    """The text of a file and its encoding: a byte order mark, UTF-16 by its pattern, UTF-8, then GB18030 (GBK, GB 2312).

    An HTML page that is no UTF-8 may declare a Chinese charset. The mark is removed, line ends stay. Raises EmptySource,
    BinarySource or UndecodableSource, naming `path`.
    """
    if not raw.strip():
        raise EmptySource(path, "empty file")
    decoded = _by_mark(raw, path) or _by_content(raw, path, html)
    if not decoded.text.strip("\ufeff\u3000 \t\r\n\x00"):
        raise EmptySource(path, "nothing but white space")
    if len(_CONTROLS.findall(decoded.text)) > _CONTROL_SHARE * len(decoded.text):
        raise BinarySource(path, "not text: too many control characters")
    return decoded


def _by_mark(raw: bytes, path: str) -> Decoded | None:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                return Decoded(raw.decode(encoding), encoding)
            except UnicodeDecodeError as e:
                raise UndecodableSource(path, f"marked as {encoding}, and broken at byte {e.start}") from e
    return None


def _by_declaration(raw: bytes) -> Decoded | None:
    declared = _CHARSET.search(raw[:_HEAD_BYTES])
    encoding = _DECLARED.get(declared.group(1).decode("ascii").lower()) if declared else None
    if encoding is None:
        return None
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _by_content(raw: bytes, path: str, html: bool) -> Decoded:
    for signature, what in _SIGNATURES.items():
        if raw.startswith(signature):
            raise BinarySource(path, f"not text: {what}")
    wide = _utf16_without_mark(raw)
    if wide:
        return wide
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as e:
        utf8_fault = e
    if b"\x00" in raw[:_HEAD_BYTES]:
        raise BinarySource(path, "not text: NUL bytes")
    if html and (declared := _by_declaration(raw)):
        return declared
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _is_everyday_chinese(text):
        return Decoded(text, "gb18030")
    reason = f"neither UTF-8 (byte {utf8_fault.start} is 0x{raw[utf8_fault.start]:02x}), UTF-16 nor GB18030"
    raise UndecodableSource(path, reason)


def _utf16_without_mark(raw: bytes) -> Decoded | None:
    """UTF-16 without a mark, told by its NUL bytes (of line ends and ASCII) and by reading well in one byte order."""
    if b"\x00" not in raw[:_HEAD_BYTES] or len(raw) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_EXPECTED.findall(text[:_HEAD_BYTES])) >= _EXPECTED_SHARE * len(text[:_HEAD_BYTES]):
            return Decoded(text, encoding)
    return None


def _is_everyday_chinese(text: str) -> bool:
    beyond = [char for char in text[:20_000] if char > "\x7f"]
    return sum(map(_is_everyday, beyond)) >= _COMMON_SHARE * len(beyond)


def _is_everyday(char: str) -> bool:
    """Whether a character is one of GB 2312's marks, letters (rows 1-9) or first-level characters (rows 16-55)."""
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return char in "—·…\xa0\u3000"
    return 0xA1 <= lead <= 0xA9 or 0xB0 <= lead <= 0xD7
