"""No word that a reader sees is written in the code: it would be of one language, and nobody could change it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import digest
from digest.edges.catalogue import load_words
from digest.edges.resources import resource_folder

PACKAGE = Path(digest.__file__).parent
TEMPLATES = resource_folder("templates")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")

READ = "what is looked for in texts"
EXAMPLE = "an example within a message in English"
SPECIMEN = "a small issue that is made to see whether it can be made"
CHINESE = {
    "stages/articles": READ,
    "stages/places": READ,
    "stages/summary": READ,
    "stages/stories.py": READ,
    "edges/sources": READ,
    "edges/tokenizer.py": READ,
    "text.py": READ,
    "stages/issue.py": "what the record of an issue calls its last two sections",
    "edges/providers.py": "what the sites of the providers call things",
    "cli/options.py": EXAMPLE,
    "config": EXAMPLE,
    "stages/message.py": EXAMPLE,
    "doctor/edition.py": SPECIMEN,
    "doctor/machine.py": SPECIMEN,
}
"""Where code may hold Chinese, and why."""


def words_of(file: Path) -> Iterator[str]:
    """The texts with Chinese in a file's code, docstrings left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {
        id(statement.value)
        for node in ast.walk(tree)
        for statement in (node.body if isinstance(getattr(node, "body", None), list) else [])  # type: ignore[attr-defined]
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
        if is_text and HAN.search(node.value):
            yield node.value


def test_code_holds_no_chinese_word() -> None:
    """But what is read in texts, and what no reader sees."""
    found = {
        file.relative_to(PACKAGE).as_posix(): list(words_of(file))
        for file in sorted(PACKAGE.rglob("*.py"))
        if not any(file.is_relative_to(PACKAGE / place) for place in CHINESE)
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_each_place_that_may_hold_chinese_does() -> None:
    """The list holds no exception that is not needed."""
    for place in CHINESE:
        files = [PACKAGE / place] if place.endswith(".py") else (PACKAGE / place).rglob("*.py")
        assert any(next(words_of(file), None) for file in files), place


def test_every_word_of_the_catalogue_is_asked_for() -> None:
    """A word that nothing shows would be translated for nobody."""
    files = [*TEMPLATES.rglob("*.j2"), *PACKAGE.rglob("*.py")]
    asked = "".join(file.read_text(encoding="utf-8") for file in files)
    # named by what the stages or the addresses call them
    made = r"desk\.(term|fact|fault|reason|repair|mending|mending_title|field|part|view|mail_part|kind)\..+"
    made += r"|desk\.mark\..+|section\.(province|elsewhere)"
    keys = load_words(TEMPLATES / "locale", "en").keys
    assert sorted(key for key in keys if f'"{key}"' not in asked and not re.fullmatch(made, key)) == []
