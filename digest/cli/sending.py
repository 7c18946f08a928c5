"""`digest send`: a built issue -> its readers."""

from __future__ import annotations

import datetime as dt
import json
import os
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import CONFIG, DONE, FAILED, track
from digest.errors import DigestError, NothingToDo, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from digest.config import Settings
    from digest.delivery import Delivery, Intent, Mail
    from digest.schedule import Mailed, Make, Run

_UNKNOWN = "it may have arrived or not; --resend-unknown sends it again"


@click.command()
@click.argument("issue", metavar="DIR", type=click.Path(path_type=Path, readable=False))
@click.option("--to", multiple=True, metavar="ADDRESS", help="A reader, in place of those configured; several times.")
@click.option("--dry-run", is_flag=True, help="Print who would get it; send nothing, write nothing.")
@click.option("--resend-unknown", is_flag=True, help="Also those of whom it is not known whether they have it.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@CONFIG
def send(
    issue: Path, to: tuple[str, ...], dry_run: bool, resend_unknown: bool, as_json: bool, config: Path | None
) -> int:
    """Send a built issue, a message to each reader who has not got it; exit 3 where all have."""
    from digest.assembly import settings as settings_of
    from digest.delivery import deliver_issue, intended

    if not (issue / "digest.json").is_file():
        raise UsageError(f"{issue}: no built issue: it has no digest.json")
    settings = settings_of(config)
    if not (to or settings.mail.recipients):
        raise UsageError(
            "nobody to send to: state mail.recipients in digest.toml (`digest init` writes one), or name a reader with --to"
        )
    if dry_run:
        return _foretell(intended(issue, settings, to, resend_unknown=resend_unknown), as_json)
    delivery = deliver_issue(issue, settings, os.environ, _now, to, resend_unknown=resend_unknown, track=track)
    if as_json:
        click.echo(json.dumps(_record(delivery), ensure_ascii=False, indent=1))
    for line in complaints(delivery):
        click.echo(f"digest: {line}", err=True)
    if not as_json:
        click.echo(summary(delivery))
    if delivery.intent.unknown or not all_sent(delivery):
        return FAILED
    if not delivery.intent.due:
        raise NothingToDo(f"{issue}: nothing is missing, see {delivery.record}")
    return DONE


def deliverer(settings: Settings, ending: Callable[[], bool]) -> Callable[[Path], Mailed]:
    """What sends the edition's issues when nobody is watching: those that were planned; what was refused for good is not tried again.

    Once `ending` says so no further mail is begun.

    Raises ConfigError where the settings do not allow sending.
    """
    from digest.delivery import check_sendable, deliver_issue
    from digest.schedule import Mailed

    check_sendable(settings, os.environ)

    def until_ending(_: str, mails: Sequence[Any]) -> Iterable[Any]:
        return takewhile(lambda _: not ending(), mails)

    def deliver(folder: Path) -> Mailed:
        try:
            delivery = deliver_issue(folder, settings, os.environ, _now, unattended=True, track=until_ending)
        except DigestError as e:
            return Mailed((f"not sent: {e}",), whole=False)
        if delivery.intent.unplanned:
            return Mailed(
                (f"not sent, since it was not built to be sent; to send it: digest send {folder}",), whole=True
            )
        whole = all_sent(delivery) and not delivery.intent.unknown and not delivery.intent.refused
        return Mailed((*complaints(delivery), summary(delivery)), whole)

    return deliver


def planner(make: Make, out: Path) -> Make:
    """What makes the same issues below `out`, each planned to be sent before it is there."""
    from digest.delivery import plan_issue

    def made(run: Run) -> Mapping[str, bytes]:
        files = make(run)
        plan_issue(out / run.week, json.loads(files["digest.json"])["fingerprint"], _now().astimezone(run.due.tzinfo))
        return files

    return made


def all_sent(delivery: Delivery) -> bool:
    """Whether all that was due was sent."""
    sent = [entry for entry in delivery.sending.entries if entry.answer.state.value == "sent"]
    return len(sent) == len(delivery.intent.due)


def summary(delivery: Delivery) -> str:
    """The line that counts the mails."""
    states = [entry.answer.state.value for entry in delivery.sending.entries]
    intent = delivery.intent
    left = len(intent.due) - len(states)
    counts = {
        "sent": states.count("sent"),
        "failed": states.count("failed"),
        "unknown": states.count("unknown") + len(intent.unknown),
        "refused before": len(intent.refused),
        "left": left,
        "sent before": len(intent.done),
    }
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count or what == "sent")
    return f"{told}; record: {delivery.record}"


def complaints(delivery: Delivery) -> list[str]:
    """A line for each mail that is not known to have arrived, and for what ended the sending."""
    lines = [f"{mail.address}: unknown since an earlier call: {_UNKNOWN}" for mail in delivery.intent.unknown]
    for entry in delivery.sending.entries:
        state = entry.answer.state.value
        if state != "sent":
            advice = f"; {_UNKNOWN}" if state == "unknown" else ""
            lines.append(f"{entry.recipient}: {state}: {entry.answer.words}{advice}")
    return [*lines, str(delivery.sending.stopped)] if delivery.sending.stopped else lines


def _foretell(intent: Intent, as_json: bool) -> int:
    """Print what would be done."""
    if as_json:
        click.echo(json.dumps(_intent_record(intent), ensure_ascii=False, indent=1))
        return DONE
    for mail in intent.due:
        click.echo(f"would send to {mail.address}")
    for mail in intent.unknown:
        click.echo(f"digest: {mail.address}: unknown since an earlier call: {_UNKNOWN}", err=True)
    click.echo(f"{len(intent.due)} to send, {len(intent.unknown)} unknown, {len(intent.done)} sent before")
    return DONE


def _record(delivery: Delivery) -> dict[str, Any]:
    stopped = delivery.sending.stopped
    return {
        "record": str(delivery.record),
        "mails": [
            {
                "recipient": entry.recipient,
                "message_id": entry.message_id,
                "state": entry.answer.state.value,
                "words": entry.answer.words,
            }
            for entry in delivery.sending.entries
        ],
        "stopped": str(stopped) if stopped else None,
    } | _intent_record(delivery.intent)


def _intent_record(intent: Intent) -> dict[str, Any]:
    return {
        "due": _addresses(intent.due),
        "unknown": _addresses(intent.unknown),
        "sent_before": _addresses(intent.done),
    }


def _addresses(mails: Sequence[Mail]) -> list[str]:
    return [mail.address for mail in mails]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
