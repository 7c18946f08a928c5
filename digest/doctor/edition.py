"""Checks of an edition: its configuration, home province, method, look, clock, runs, sources, folder and mail server."""

import datetime as dt
import os
import shutil
import zoneinfo
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from importlib import metadata
from itertools import combinations
from pathlib import Path

from digest import assembly
from digest.config import Settings
from digest.delivery import account_of, check_sendable
from digest.doctor.findings import Find, Finding, fail, nearest_existing, ok, warn, why_unwritable
from digest.edges.gazetteer import load_gazetteer
from digest.edges.mailserver import MailServer
from digest.edges.printing import load_printer
from digest.edges.resources import resource_folder
from digest.edges.sources import SUFFIXES, find_sources
from digest.edges.tokenizer import ordinary_words
from digest.model import Gazetteer, Prose
from digest.schedule import edition_of, missed_line, moment, outlook

_MB = 1_000_000
_LITTLE_BYTES, _TOO_LITTLE_BYTES = 200 * _MB, 20 * _MB
"""Free space to warn below, and to fail below: an issue with its documents takes a few megabytes."""

_RUNS = 5

_SPECIMEN = Prose("道县通水", ("11月9日，道县一座水厂通水。", "水厂日供水2万吨。"), (True, False))


def edition_checks(
    settings: Settings, file: Path | None, variables: Sequence[str], now: dt.datetime
) -> Sequence[tuple[str, Find]]:
    """The checks by name, in order; `file` is None where the defaults alone make the edition."""
    return (
        ("configuration", partial(_configuration, file, variables)),
        ("gazetteer", partial(_gazetteer, settings)),
        ("method", partial(_method, settings)),
        ("look", partial(_look, settings)),
        ("time zone", partial(_zone, settings, now)),
        ("next runs", partial(_next_runs, settings, now)),
        ("sources", partial(_sources, settings)),
        ("out", partial(_out, settings)),
        ("mail", partial(_mail, settings)),
    )


def _configuration(file: Path | None, variables: Sequence[str]) -> Finding:
    stated = str(file.absolute()) if file else "the defaults alone; `digest init` writes a file to change"
    return ok(f"{stated}, over it {', '.join(variables)}" if variables else stated)


def _gazetteer(settings: Settings) -> Finding:
    gazetteer = load_gazetteer(resource_folder("config") / "gazetteer", settings.edition.gazetteer)
    if faults := [*_namesakes(gazetteer)]:
        return fail("; ".join(faults))
    if doubts := [*_foreign_codes(gazetteer), *_ordinary_names(gazetteer)]:
        return warn("; ".join(doubts))
    return ok(
        f"{gazetteer.province.name}: {len(gazetteer.prefectures)} prefectures, {len(gazetteer.counties)} counties and "
        f"zones, {len(gazetteer.townships):,} townships, {len(gazetteer.elsewhere):,} names of elsewhere"
    )


def _namesakes(gazetteer: Gazetteer) -> Iterator[str]:
    """The names that two cities or counties share, or two townships of a county: neither could be told from the other."""
    owners = defaultdict(list)
    for division in (*gazetteer.prefectures, *gazetteer.counties):
        for name in division.names:
            owners[name, ""].append(division)
    for township in gazetteer.townships:
        owners[township.name, township.parent or ""].append(township)
    for (name, _), divisions in owners.items():
        for one, other in combinations(divisions, 2):
            yield f"{name} stands for both {one.name} ({one.code}) and {other.name} ({other.code}); rename one"


def _look(settings: Settings) -> Finding:
    """Theme and language, as their templates and words are checked; the print edition where it is asked for."""
    rendering = settings.rendering
    assembly.templates(settings)
    if rendering.pdf:
        load_printer()
    said = f"{rendering.theme or 'newspaper'}, {rendering.language}" + (
        ", with a print edition" if rendering.pdf else ""
    )
    if not rendering.web_address:
        return ok(f"{said}; rendering.web_address is not set (an issue too large for one mail needs it)")
    return ok(f"{said}, web page at {rendering.web_address}")


def _foreign_codes(gazetteer: Gazetteer) -> Iterator[str]:
    """The divisions whose code does not begin as that of the city or province that they belong to (GB/T 2260)."""
    codes = {prefecture.code: gazetteer.province.code for prefecture in gazetteer.prefectures}
    codes |= {county.code: county.parent or "" for county in gazetteer.counties}
    for division in (*gazetteer.prefectures, *gazetteer.counties):
        above = codes[division.code]
        if not division.code.startswith(above.rstrip("0")):
            yield f"the code {division.code} of {division.name} does not begin as {above}, to which it belongs"


def _ordinary_names(gazetteer: Gazetteer) -> Iterator[str]:
    """The names that are everyday words and would count wherever they stand."""
    cautious = frozenset(gazetteer.words)
    divisions = (*gazetteer.prefectures, *gazetteer.counties)
    names = [name for division in divisions for name in division.names if name not in cautious]
    for name in ordinary_words(names):
        yield f"{name} is an everyday word (jieba): leave it out of names, or list it under words"


def _method(settings: Settings) -> Finding:
    assembly.ranker(settings.summary.method)(_SPECIMEN)
    return ok(f"{settings.summary.method} ranks two sentences")


def _zone(settings: Settings, now: dt.datetime) -> Finding:
    name = settings.edition.zone
    folder = next((folder for folder in zoneinfo.TZPATH if Path(folder, name).is_file()), None)
    data = folder or f"the package tzdata {metadata.version('tzdata')}"
    return ok(f"it is {moment(now.astimezone(settings.edition.zone_info))}, by {data}")


def _next_runs(settings: Settings, now: dt.datetime) -> Finding:
    edition = edition_of(settings)
    seen = outlook(edition, now, _RUNS)
    first, *later = seen.runs
    words = f"{first.week} at {moment(first.due)}, then {', '.join(f'{run.due:%Y-%m-%d %H:%M}' for run in later)}"
    if not seen.built:
        words = f"{seen.due.week} is not built, and is when `digest serve` starts; {words}"
    return warn(f"{missed_line(edition.name, seen.missed)}; next {words}") if seen.missed else ok(words)


def _sources(settings: Settings) -> Finding:
    sources = settings.edition.sources
    if not sources:
        return warn("edition.sources is empty: `digest serve` has nothing to read; name files or folders there")
    if missing := [str(source) for source in sources if not os.path.exists(source)]:  # noqa: PTH110 # Path.exists raises
        return fail(f"not there: {', '.join(missing)}; make them or correct edition.sources")
    found, failures, _ = find_sources(sources)
    closed = [str(source.file) for source in found if not os.access(source.file, os.R_OK)]
    if unusable := [*(str(failure.error) for failure in failures), *(f"{path}: Permission denied" for path in closed)]:
        return fail(f"{unusable[0]}" + (f", and {len(unusable) - 1} more" if unusable[1:] else ""))
    known = " ".join(sorted(SUFFIXES))
    if not found:
        return warn(f"no file of {known} in {', '.join(map(str, sources))}")
    return ok(f"files to read: {len(found):,} of {known} in {', '.join(map(str, sources))}")


def _out(settings: Settings) -> Finding:
    out = settings.edition.out
    existing = nearest_existing(out)
    if not existing.is_dir():
        return fail(f"{existing} is no folder; correct edition.out")
    if why := why_unwritable(out):
        return fail(f"{existing} cannot be written: {why}; correct its permissions or edition.out")
    free = shutil.disk_usage(existing).free
    words = f"{out}{'' if existing == out else ' (to be made)'}, {free / _MB:,.0f} MB free"
    if free < _TOO_LITTLE_BYTES:
        return fail(f"{words}: under {_TOO_LITTLE_BYTES // _MB} MB, make room")
    return warn(f"{words}: under {_LITTLE_BYTES // _MB} MB") if free < _LITTLE_BYTES else ok(words)


def _mail(settings: Settings) -> Finding:
    """Whether mail could be sent: the server is connected to and logged in at, and gets no message."""
    mail = settings.mail
    if not (mail.server or mail.folder):
        return ok("nothing is sent: mail.provider, mail.host and mail.folder are empty")
    check_sendable(settings, os.environ)
    readers = (
        f"{len(mail.recipients)} recipients, {'sent after each build' if mail.after_build else 'sent by digest send'}"
    )
    if mail.folder:
        folder = Path(mail.folder)
        if why := why_unwritable(folder):
            return fail(f"{folder} cannot be written: {why}; correct its permissions or mail.folder")
        return ok(f"messages are written to {folder}; {readers}")
    account = account_of(settings, os.environ)
    with MailServer(account) as server:
        server.connect()
    login = f"took the login of {account.username}" if account.username else "answers, without a login"
    words = f"{account.name} ({account.security}) {login}; {readers}"
    return warn(f"{words}: what is sent can be read on the way") if account.security == "none" else ok(words)
