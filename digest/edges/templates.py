"""The door to the templates: every file is read and parsed before the first stage runs, so that no fault waits for the night."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2
from jinja2 import nodes

from digest.errors import TemplateFault

_SUFFIX = ".j2"
_ESCAPED = "html.j2"

_REQUIRED = ("mail.html.j2", "mail.txt.j2")
"""What an issue cannot be rendered without."""


class _Sources(jinja2.BaseLoader):
    """The templates as read; unlike a DictLoader it names each one's file, so that a fault at render time has a place."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002
        if template not in self._sources:
            raise jinja2.TemplateNotFound(template)
        return self._sources[template], template, None

    def list_templates(self) -> list[str]:
        return sorted(self._sources)


def load_templates(folder: Path) -> jinja2.Environment:
    """The environment that holds every template below the folder by its relative name; it never reads the disk again.

    Values are escaped in templates named *.html.j2 and in no other; an undefined variable is an error.

    Raises TemplateFault, with the file and the line, where the folder or a required template is missing, a file is no
    UTF-8 text, a template's syntax is broken, or it includes one that does not exist.
    """
    if not folder.is_dir():
        raise TemplateFault(str(folder), None, "no such template folder")
    sources = {path.relative_to(folder).as_posix(): _read(path) for path in sorted(folder.rglob("*" + _SUFFIX))}
    for name in _REQUIRED:
        if name not in sources:
            raise TemplateFault(str(folder / name), None, "no such template")
    env = jinja2.Environment(
        loader=_Sources(sources),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(enabled_extensions=(_ESCAPED,)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    for name, source in sources.items():
        _check(env, folder / name, source, sources)
    return env


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateFault(str(path), None, f"cannot be read as UTF-8 text: {error}") from error


def _check(env: jinja2.Environment, path: Path, source: str, known: Mapping[str, str]) -> None:
    """Raises TemplateFault where the template cannot be compiled or refers to one that is not known."""
    try:
        tree = env.parse(source)
        env.compile(source, filename=str(path))
    except jinja2.TemplateSyntaxError as error:
        raise TemplateFault(str(path), error.lineno, error.message or "syntax error") from error
    for name, line in _references(tree):
        if name not in known:
            raise TemplateFault(str(path), line, f"refers to {name!r}, which does not exist")


def _references(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The names of the templates that are included, imported or extended, with the lines; computed names are passed over."""
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        target = getattr(node, "template", None)
        if isinstance(target, nodes.Const) and isinstance(target.value, str):
            yield target.value, node.lineno
