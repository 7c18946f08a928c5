"""Encodings that newsrooms use, and bytes that are no text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edges.sources.decoding import decode
from digest.errors import BinarySource, EmptySource, SourceError, UndecodableSource

NEWS = "永州市税务局平安创建纪实\r\n近日，该局召开会议——部署工作。\r\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (NEWS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + NEWS.encode(), "utf-8-sig"),
        (NEWS.encode("gbk"), "gb18030"),
        ((NEWS + "𠮷㐂").encode("gb18030"), "gb18030"),
        (NEWS.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be"), "utf-16"),
        (NEWS.encode("utf-16-le"), "utf-16-le"),
        (NEWS.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_text_is_what_was_written(raw: bytes, encoding: str) -> None:
    """Every encoding yields the same text, without its mark and with its line ends as they were."""
    decoded = decode(raw, "稿件.txt")
    assert decoded.text.removesuffix("𠮷㐂") == NEWS
    assert decoded.encoding == encoding


def test_a_page_declares_its_charset() -> None:
    """An HTML page is read as it says; a declaration that does not fit gives way to the content."""
    page = f'<meta charset="gb2312"><p>{NEWS}</p>'
    assert decode(page.encode("gb18030"), "a.html", html=True).text == page
    assert decode(page.encode("utf-8"), "a.html", html=True).text == page
    big5 = '<meta charset="big5"><p>市府召開會議，部署工作。</p>'
    assert decode(big5.encode("big5"), "a.html", html=True).text == big5


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "undefined", "unicode_escape", "rot13", "x" * 20])
def test_a_charset_that_cannot_be_is_not_believed(charset: str) -> None:
    """What a template once declared does not spoil a page that reads well."""
    page = f'<meta charset="{charset}"><p>{NEWS}</p>'
    for encoding in ("utf-8", "gb18030"):
        assert decode(page.encode(encoding), "a.html", html=True) == (page, encoding)


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"", EmptySource),
        (b" \r\n\t ", EmptySource),
        ("\ufeff　\n".encode(), EmptySource),
        (b"%PDF-1.7\n1 0 obj", BinarySource),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", BinarySource),
        (b"PK\x03\x04" + bytes(40), BinarySource),
        (bytes(range(256)) * 4, BinarySource),
        (b"\x01\x02\x03\x04abc", BinarySource),
        ("臺灣新聞報導，市府召開會議。".encode("big5"), UndecodableSource),
        ("日本のニュースです".encode("shift-jis"), UndecodableSource),
        (NEWS.encode()[:-4] + b"\xff\xff", UndecodableSource),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", UndecodableSource),
    ],
)
def test_what_is_no_text_is_named(raw: bytes, error: type[SourceError]) -> None:
    """Empty, binary and undecodable files are told apart, and the error names the file."""
    with pytest.raises(error, match=r"稿件\.txt: "):
        decode(raw, "稿件.txt")


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_refused(raw: bytes, html: bool) -> None:
    """No bytes raise anything but an error of ours."""
    try:
        text, encoding = decode(raw, "x", html=html)
    except SourceError:
        return
    assert text
    assert encoding
