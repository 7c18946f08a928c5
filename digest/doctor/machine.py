"""Checks that no configuration changes: Python, packages, clock, templates, fonts, cache."""

import datetime as dt
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from importlib import metadata

import platformdirs

from digest import __version__
from digest.doctor.findings import Find, Finding, fail, ok, warn, why_unwritable
from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.model import Brief, Document, Issue, Period, Section, Sentence, Source, Story
from digest.quote import quote
from digest.stages.render import names, render

_DISTRIBUTION = "digest-zh"

_FIRST_YEAR, _LAST_YEAR = 2020, 2100
"""A clock outside was never set: 1970 after a flat battery, 2106 after an overflow."""

_FONTS_TIMEOUT_S = 20


def machine_checks(now: dt.datetime) -> Sequence[tuple[str, Find]]:
    """The checks by name, in order."""
    return (
        ("python", _python),
        ("packages", _packages),
        ("clock", partial(_clock, now)),
        ("templates", _templates),
        ("fonts", _fonts),
        ("cache", _cache),
    )


def _python() -> Finding:
    return ok(f"digest {__version__}, Python {platform.python_version()} at {sys.executable}")


def _packages() -> Finding:
    try:
        required = metadata.requires(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return warn(f"{_DISTRIBUTION} is not installed, only its folder is used: its packages are not looked at")
    versions = {name: _version(name) for line in required if "extra ==" not in line for name in _leading_name(line)}
    if missing := [name for name, version in versions.items() if version is None]:
        return fail(f"not installed: {', '.join(missing)}; install them with: pip install {' '.join(missing)}")
    return ok(", ".join(f"{name} {version}" for name, version in versions.items()))


def _leading_name(requirement: str) -> list[str]:
    return re.findall(r"^[\w.-]+", requirement)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _clock(now: dt.datetime) -> Finding:
    shown = f"{now.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
    if not _FIRST_YEAR <= now.year <= _LAST_YEAR:
        return fail(f"{shown} is not of the years {_FIRST_YEAR} to {_LAST_YEAR}: set the machine's clock")
    return ok(shown)


def _templates() -> Finding:
    environment = load_templates(resource_folder("templates"), declared=names())
    render(_specimen(), environment)
    return ok(f"{len(environment.list_templates())} templates, and an issue of made-up values renders")


def _specimen() -> Issue:
    """An issue with one of everything that the templates may ask for."""
    document = Document("specimen", "specimen.txt", "0" * 64, "utf-8", "示例标题。示例首句，其余从略。")
    title, body = quote("specimen", document.text, [(0, 4)]), quote("specimen", document.text, [(5, 15)])
    day = dt.date(2026, 11, 9)
    source = Source("specimen", document.path, "specimen#1", "示例报", ("记者",), day, "https://example.org/", True)
    story = Story(
        "specimen#1", title, title, "长沙市", "长沙县", day, (Sentence(body, 0, 0),), (source,), 10, ("示例",)
    )
    return Issue(
        edition="示例",
        province="湖南省",
        number=1,
        period=Period(day, day + dt.timedelta(days=6)),
        sections=(
            Section("长沙市", "430100", "长沙市", (story,), (Brief(story.id, title.text, body),)),
            Section("株洲市", "430200", "株洲市", (), ()),
        ),
        documents=(document,),
        failures=(),
        articles=1,
        without_article=(),
        left_out=0,
        told_before=0,
        unquotable=0,
        keywords=("示例",),
        method="lead",
        fingerprint="0",
    )


def _fonts() -> Finding:
    command = shutil.which("fc-list")
    if command is None:
        return ok("not looked at: the command fc-list is not installed; mails carry no fonts")
    try:
        listed = subprocess.run(  # noqa: S603 # found on the path, with fixed arguments
            [command, ":lang=zh", "family"], capture_output=True, timeout=_FONTS_TIMEOUT_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as e:
        return warn(f"fc-list did not answer: {e}")
    families = sorted({line.split(",")[0] for line in listed.stdout.decode("utf-8", "replace").splitlines() if line})
    if not families:
        return warn(
            "no Chinese font: the browser of this machine will show boxes (mails carry no fonts); install one, "
            "on Debian: apt install fonts-noto-cjk"
        )
    return ok(f"{len(families)} Chinese font families, such as {families[0]}")


def _cache() -> Finding:
    folder = platformdirs.user_cache_path("digest")
    if why := why_unwritable(folder):
        return warn(
            f"{folder} cannot be written ({why}): each run with keywords loads jieba's dictionary anew, a second"
        )
    return ok(f"{folder} can be written")
