"""A built folder is read as it is; what is missing or broken is named."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from digest.errors import UnreadableIssue
from digest.web.issues import read_issue


@pytest.fixture
def folder(samples: Path, tmp_path: Path) -> Path:
    """A copy of the samples' issue that a test may damage."""
    return Path(shutil.copytree(samples, tmp_path / "issue"))


def change_record(folder: Path, was: str, now: str) -> None:
    """Replace words in digest.json."""
    record = folder / "digest.json"
    text = record.read_text(encoding="utf-8")
    assert was in text
    record.write_text(text.replace(was, now, 1), encoding="utf-8")


def test_every_quote_is_recomputed(folder: Path) -> None:
    """All quotes of the samples equal what their receipts yield; the HTML part of the mail is the page."""
    built = read_issue(folder)
    assert built.faithful == built.quotes > 100
    assert built.mail_part in ("same", "line ends")
    assert built.scored


def test_a_changed_quote_is_counted(folder: Path) -> None:
    """A word that the document does not have makes one quote less."""
    before = read_issue(folder)
    sentence = before.record.sections[0].stories[0].sentences[0].text
    change_record(folder, sentence, "不是" + sentence)
    after = read_issue(folder)
    assert (after.quotes, after.faithful) == (before.quotes, before.faithful - 1)


def test_a_changed_document_is_noticed(folder: Path) -> None:
    """Quotes are compared with the text on disk."""
    document = read_issue(folder).record.documents[0].id
    file = folder / "documents" / f"{document}.txt"
    file.write_bytes("另一份".encode() + file.read_bytes())
    changed = read_issue(folder)
    assert changed.faithful < changed.quotes


def test_an_issue_without_mendings_is_read(folder: Path) -> None:
    """Where articles.json says nothing of what was mended, nothing is shown of it."""
    file = folder / "articles.json"
    articles = json.loads(file.read_text(encoding="utf-8"))
    for article in articles["articles"]:
        del article["mendings"]
    file.write_text(json.dumps(articles), encoding="utf-8")
    assert not any(article.mendings for article in read_issue(folder).articles)


def test_a_changed_mail_is_noticed(folder: Path) -> None:
    """The HTML of another mail is not that of the page."""
    assert read_issue(folder).mail_part != "differs"
    (folder / "digest.eml").write_bytes(b"Content-Type: text/html\r\n\r\n<p>x</p>\r\n")
    assert read_issue(folder).mail_part == "differs"


def test_a_changed_page_has_another_hash(folder: Path) -> None:
    """The hash is that of the bytes that are shown, though the record has not changed."""
    before = read_issue(folder)
    with (folder / "digest.html").open("ab") as page:
        page.write(b"<!-- more -->")
    after = read_issue(folder)
    assert after.sha256 == hashlib.sha256((folder / "digest.html").read_bytes()).hexdigest() != before.sha256


def test_no_document_leads_out_of_the_issue(folder: Path, tmp_path: Path) -> None:
    """A document's id is a file name, and its text a regular file."""
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    document = read_issue(folder).record.documents[0].id
    change_record(folder, f'"id": "{document}"', '"id": "../../secret"')
    with pytest.raises(UnreadableIssue, match="is no file name"):
        read_issue(folder)
    change_record(folder, '"id": "../../secret"', '"id": "pipe"')
    os.mkfifo(folder / "documents" / "pipe.txt")
    with pytest.raises(UnreadableIssue, match="not a regular file"):
        read_issue(folder)


def test_without_articles_the_quotes_stand_alone(unscored: Path) -> None:
    """An issue that does not tell how articles were read has its stories' articles, without scores."""
    built = read_issue(unscored)
    assert not built.scored
    assert len(built.articles) == sum(len(section.stories) for section in built.record.sections)
    assert all(sentence.score is None for article in built.articles for sentence in article.sentences)


def test_stories_are_told_by_articles(samples: Path) -> None:
    """Each story and each brief leads to an article, and its sentences are the article's at their index."""
    built = read_issue(samples)
    for section in built.record.sections:
        for story in section.stories:
            number = built.article_number(story.id)
            assert number is not None
            texts = {each.index: each.text for each in built.articles[number - 1].sentences}
            assert all(texts[each.index] == each.text for each in story.sentences)
        assert all(built.article_number(brief.article) for brief in section.briefs)


@pytest.mark.parametrize("name", ["digest.json", "digest.html", "digest.eml"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    """The error says which file is not there."""
    (folder / name).unlink()
    with pytest.raises(UnreadableIssue, match=name):
        read_issue(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"edition": 1}'])
def test_a_broken_record_is_named(folder: Path, content: bytes) -> None:
    """No content of digest.json is more than an error with its path."""
    (folder / "digest.json").write_bytes(content)
    with pytest.raises(UnreadableIssue, match=r"digest\.json: ."):
        read_issue(folder)


def test_a_document_that_is_no_text_is_named(folder: Path) -> None:
    """The documents of an issue are UTF-8."""
    document = json.loads((folder / "digest.json").read_text(encoding="utf-8"))["documents"][0]["id"]
    (folder / "documents" / f"{document}.txt").write_bytes(b"\xff")
    with pytest.raises(UnreadableIssue, match="not UTF-8"):
        read_issue(folder)


def test_a_document_with_an_impossible_name_is_named(folder: Path) -> None:
    """A record that asks for a name that no file can have is an error, not a crash."""
    document = json.loads((folder / "digest.json").read_text(encoding="utf-8"))["documents"][0]["id"]
    change_record(folder, json.dumps(document, ensure_ascii=False), r'"a\u0000b"')
    with pytest.raises(UnreadableIssue):
        read_issue(folder)
