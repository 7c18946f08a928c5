"""The door to the templates: every file is read and parsed before the first stage runs, so that no fault waits for the night.

A theme (主题) is a folder of templates that take the place of those of the same name; what it lacks stays as shipped.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import jinja2
from jinja2 import meta, nodes

from digest.edges.catalogue import Words, load_words
from digest.errors import TemplateFault, UnknownName

_SUFFIX = ".j2"
_ESCAPED = "html.j2"
_THEMES, _LOCALE, _DESK = "themes", "locale", "desk/"

_REQUIRED = ("mail.html.j2", "mail.txt.j2", "web.html.j2", "wechat.html.j2", "print.html.j2")
"""What an issue cannot be rendered without."""

_GIVEN = frozenset({"issue", "words", "isolated"})
"""The variables that the templates of an issue are filled with."""
_LOOP = frozenset({"index", "index0", "first", "last", "length", "previtem", "nextitem"})

LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class _File:
    """A template as read, and where it stands."""

    path: Path
    source: str


class _Sources(jinja2.BaseLoader):
    """The templates as read; unlike a DictLoader it names each one's file, so that a fault at render time has a place."""

    def __init__(self, files: Mapping[str, _File]) -> None:
        self._files = files

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002
        if template not in self._files:
            raise jinja2.TemplateNotFound(template)
        return self._files[template].source, template, None

    def list_templates(self) -> list[str]:
        return sorted(self._files)


def load_templates(
    folder: Path,
    theme: Path | None = None,
    language: str = LANGUAGE,
    declared: frozenset[str] | None = None,
) -> jinja2.Environment:
    """The environment that holds every template below the folder by its relative name; it never reads the disk again.

    Values are escaped in templates named *.html.j2 and in no other; an undefined variable is an error. The words of the
    language are the global `words`; a template that asks for words which the catalogue lacks is refused. With `declared`, the
    attributes that values have, so is a template of an issue that asks for another one, or for an unknown variable.

    Raises TemplateFault, with the file and the line, where the folder or a required template is missing, a file is no
    UTF-8 text, a template's syntax is broken, it includes one that does not exist, or one of a theme takes no other's
    place; UnknownName for a language without a catalogue.
    """
    files = _read_folder(folder, "no such template folder")
    for name in _REQUIRED:
        if name not in files:
            raise TemplateFault(str(folder / name), None, "no such template")
    if theme is not None:
        files |= _read_folder(theme, "no such theme folder")
    words = load_words(folder / _LOCALE, language)
    env = _environment(files, words)
    trees = {name: _parse(env, file, files) for name, file in files.items()}
    if theme is not None:
        _check_used(theme, files, trees, known=_read_folder(folder, ""))
    for name, tree in trees.items():
        if declared is not None and not name.startswith(_DESK):
            _check_asked(env, files[name].path, tree, declared)
        _check_words(files[name].path, tree, words)
    return env


def find_theme(folder: Path, theme: str) -> Path | None:
    """The folder of a theme that ships with the templates, by its name, or of one's own, by its path; None for no theme.

    Raises UnknownName for what is neither.
    """
    if not theme:
        return None
    shipped = {path.name: path for path in sorted((folder / _THEMES).glob("*")) if path.is_dir()}
    own = Path(theme).expanduser()
    if theme not in shipped and not own.is_dir():
        raise UnknownName("theme", theme, [*shipped, "a folder's path"])
    return shipped.get(theme, own)


def _environment(files: Mapping[str, _File], words: Words) -> jinja2.Environment:
    env = jinja2.Environment(
        loader=_Sources(files),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(enabled_extensions=(_ESCAPED,)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    env.globals["words"] = words
    return env


def _read_folder(folder: Path, missing: str) -> dict[str, _File]:
    """The templates below a folder by relative name, those of its themes left out."""
    if not folder.is_dir():
        raise TemplateFault(str(folder), None, missing)
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*" + _SUFFIX))}
    return {name.as_posix(): _read(path) for name, path in found.items() if name.parts[0] != _THEMES}


def _read(path: Path) -> _File:
    try:
        return _File(path, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateFault(str(path), None, f"cannot be read as UTF-8 text: {error}") from error


def _parse(env: jinja2.Environment, file: _File, known: Mapping[str, _File]) -> nodes.Template:
    """The template's tree; raises TemplateFault where it cannot be compiled or refers to one that is not known."""
    try:
        tree = env.parse(file.source)
        env.compile(file.source, filename=str(file.path))
    except jinja2.TemplateSyntaxError as error:
        raise TemplateFault(str(file.path), error.lineno, error.message or "syntax error") from error
    for name, line in _references(tree):
        if name not in known:
            raise TemplateFault(str(file.path), line, f"refers to {name!r}, which does not exist")
    return tree


def _references(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The names of the templates that are included, imported or extended, with the lines; computed names are passed over."""
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        target = getattr(node, "template", None)
        if isinstance(target, nodes.Const) and isinstance(target.value, str):
            yield target.value, node.lineno


def _check_used(
    theme: Path, files: Mapping[str, _File], trees: Mapping[str, nodes.Template], known: Mapping[str, _File]
) -> None:
    """Raises TemplateFault for a file of the theme that takes no template's place and that none refers to."""
    used = {name for tree in trees.values() for name, _ in _references(tree)}
    for name, file in files.items():
        if file.path.is_relative_to(theme) and name not in known and name not in used:
            raise TemplateFault(str(file.path), None, f"takes the place of no template{_nearest(name, known)}")


def _check_asked(env: jinja2.Environment, path: Path, tree: nodes.Template, declared: frozenset[str]) -> None:
    """Raises TemplateFault for a variable or an attribute that does not exist."""
    known = _GIVEN | set(env.globals)
    unknown = meta.find_undeclared_variables(tree) - known
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name in unknown:
            raise TemplateFault(str(path), name.lineno, f"unknown variable {name.name!r}{_nearest(name.name, known)}")
    attributes = declared | _LOOP
    for node in tree.find_all(nodes.Getattr):
        if node.attr not in attributes:
            reason = f"no value has an attribute {node.attr!r}{_nearest(node.attr, attributes)}"
            raise TemplateFault(str(path), node.lineno, reason)


def _check_words(path: Path, tree: nodes.Template, words: Words) -> None:
    """Raises TemplateFault for a key that the catalogue does not have."""
    for key, line in _keys(tree):
        if key not in words.keys:
            raise TemplateFault(str(path), line, f"the catalogue has no {key!r}{_nearest(key, words.keys)}")


def _keys(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The keys that are asked of `words`, with the lines."""
    for call in tree.find_all(nodes.Call):
        asked = call.node.node if isinstance(call.node, nodes.Getattr) else call.node
        if isinstance(asked, nodes.Name) and asked.name == "words" and call.args:
            key = call.args[0]
            if isinstance(key, nodes.Const) and isinstance(key.value, str):
                yield key.value, call.lineno


def _nearest(name: str, known: "frozenset[str] | set[str] | Mapping[str, object]") -> str:
    near = get_close_matches(name, sorted(known), n=1)
    return f"; nearest: {near[0]}" if near else ""
