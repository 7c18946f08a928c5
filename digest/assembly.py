"""Settings -> what makes an issue: the edges built from them, and the sources read."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import jinja2
from threadpoolctl import threadpool_limits

from digest import pipeline
from digest.config import Settings, load
from digest.edges.gazetteer import load_gazetteer
from digest.edges.printing import load_printer
from digest.edges.resources import resource_folder
from digest.edges.sources import Limits as ReadingLimits
from digest.edges.sources import find_sources, read_source
from digest.edges.splitting import load_splitting
from digest.edges.templates import find_theme, load_templates
from digest.edges.textrank4zh import textrank4zh
from digest.edges.tokenizer import Tokenizer
from digest.errors import ConfigError, NothingReadable, NothingToDo
from digest.model import Failure, Gazetteer, Letterhead, Page, Ranker
from digest.stages.articles import Model
from digest.stages.places import compile_atlas
from digest.stages.render import names
from digest.stages.summary import Limits, method, registry

CONFIG_VARIABLE = "DIGEST_CONFIG"
LOCAL_CONFIG = Path("digest.toml")


@dataclass(frozen=True, slots=True)
class Material:
    """What the sources hold: their pages, what could not be read, and the files of folders that are no sources."""

    pages: tuple[Page, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[str, ...]


def config_files(named: Sequence[Path]) -> tuple[Path, ...]:
    """The configuration files to read: those named, else the one that DIGEST_CONFIG names, else ./digest.toml if there."""
    if named:
        return tuple(named)
    if path := os.environ.get(CONFIG_VARIABLE):
        return (Path(path),)
    return (LOCAL_CONFIG,) if os.path.isfile(LOCAL_CONFIG) else ()  # noqa: PTH113 # is_file raises in a forbidden folder


def settings(config: Path | None, overrides: Mapping[str, Mapping[str, object]] | None = None) -> Settings:
    """The settings of a command: the shipped ones, the file's, the environment's, the options' (`overrides`).

    Raises ConfigError.
    """
    return load(config_files([config] if config else []), os.environ, overrides)


def tools(settings: Settings, keywords: bool = True) -> pipeline.Tools:
    """What the stages need. Raises ConfigError for an unknown gazetteer, UnknownName for an unknown method."""
    gazetteer = load_gazetteer(resource_folder("config") / "gazetteer", settings.edition.gazetteer)
    _check_cities(settings, gazetteer)
    divisions = (*gazetteer.prefectures, *gazetteer.counties, *gazetteer.townships)
    tokenizer = Tokenizer(name for division in divisions for name in division.names)
    return pipeline.Tools(
        gazetteer,
        compile_atlas(gazetteer),
        settings.summary.method,
        ranker(settings.summary.method),
        Limits(settings.summary.max_sentences, settings.summary.budget_chars),
        splitter(gazetteer),
        settings.edition.cities,
        tokenizer.keywords if keywords and settings.keywords.enabled else None,
        settings.keywords.per_story,
        settings.keywords.per_issue,
    )


def _check_cities(settings: Settings, gazetteer: Gazetteer) -> None:
    """Raises ConfigError for every `edition.cities` that the gazetteer does not have."""
    known = [name for division in (*gazetteer.prefectures, *gazetteer.counties) for name in division.names]
    unknown = [city for city in dict.fromkeys(settings.edition.cities.values()) if city not in known]
    if unknown:
        province = gazetteer.province.name
        raise ConfigError(
            [f"edition.cities: {city!r} is no city or county of {province}{_nearest(city, known)}" for city in unknown]
        )


def _nearest(given: str, known: Sequence[str]) -> str:
    """A hint at the name that is most alike, of several that are alike at one that begins the same; empty without any."""
    near = get_close_matches(given, known, n=5)
    return f"; nearest: {max(near, key=lambda name: name[0] == given[0])}" if near else ""


def splitter(gazetteer: Gazetteer) -> Model:
    """What splits pages into articles: all that was learnt, and the places of the home province.

    Its matrices are small: threads of the linear algebra would cost more than they save, and are limited to one. Raises ConfigError.
    """
    threadpool_limits(1, "blas")
    names = (name for division in (*gazetteer.prefectures, *gazetteer.counties) for name in division.names)
    folder = resource_folder("config") / "splitting"
    try:
        return Model.of(*load_splitting(folder), places=names)
    except TypeError as error:
        raise ConfigError([f"{folder}: {error}"]) from error


def ranker(name: str) -> Ranker:
    """The summary method of that name, packages included. Raises UnknownName."""
    # a tokenizer without names of its own: the package's words are to be the package's
    return method(name, registry({"textrank4zh": textrank4zh(Tokenizer())}))


def letterhead(settings: Settings) -> Letterhead:
    """What the edition's mails have in common."""
    return Letterhead(settings.edition.name, settings.edition.sender, settings.mail.unsubscribe)


def templates(settings: Settings | None = None) -> jinja2.Environment:
    """The environment of all templates, in the theme and the language of the settings. Raises TemplateFault, UnknownName."""
    folder = resource_folder("templates")
    if settings is None:
        return load_templates(folder, declared=names())
    theme = find_theme(folder, settings.rendering.theme)
    return load_templates(folder, theme, settings.rendering.language, names())


def files(plan: pipeline.Plan, settings: Settings, environment: jinja2.Environment) -> dict[str, bytes]:
    """The files of an issue's folder. Raises TemplateFault, and MissingPackage where the print edition cannot be set."""
    rendering = settings.rendering
    printer = load_printer() if rendering.pdf else None
    zone = settings.edition.zone_info
    return pipeline.files(plan, environment, letterhead(settings), zone, rendering.web_address, printer)


def read(
    paths: Sequence[Path],
    settings: Settings,
    exclude: Path | None = None,
    track: pipeline.Track = lambda _, items: items,
) -> Material:
    """What the files and folders hold, `exclude` left out; what cannot be read is a value of the result."""
    limits = ReadingLimits(settings.reading.max_bytes, settings.edition.zone_info)
    found, failures, skipped = find_sources(paths, exclude)
    pages: list[Page] = []
    for source in track("reading", found):
        reading = read_source(source, limits)
        own = _own_place(source.file, settings.edition.cities)
        pages += [replace(page, own_place=own) for page in reading.pages] if own else reading.pages
        failures += reading.failures
    return Material(tuple(pages), tuple(failures), tuple(skipped))


def _own_place(file: Path, cities: Mapping[str, str]) -> str | None:
    """The city or county of the deepest configured folder that holds the file, or of the file itself; None without any."""
    real = os.path.realpath(file)
    folders = {os.path.realpath(key): city for key, city in cities.items() if "/" in key}
    holding = [folder for folder in folders if real == folder or real.startswith(folder.rstrip("/") + "/")]
    return folders[max(holding, key=len)] if holding else None


def issue_files(
    material: Material,
    request: pipeline.Request,
    settings: Settings,
    environment: jinja2.Environment,
    track: pipeline.Track = lambda _, items: items,
) -> Mapping[str, bytes]:
    """The files of the issue that the material makes; the gazetteer is read anew.

    Raises NothingToDo, NothingReadable where sources that could not be read may be why, and TemplateFault.
    """
    try:
        plan = pipeline.plan(material.pages, material.failures, request, tools(settings), track)
    except NothingToDo as e:
        if material.failures:
            raise NothingReadable((failure.path for failure in material.failures), str(e)) from e
        raise
    return files(plan, settings, environment)
