"""The golden mails: what they are made of, and where they lie."""

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.edges.resources import resource_folder
from digest.edges.templates import find_theme, load_templates
from digest.model import Checks, Letterhead
from digest.stages.message import build_message, closing, letter_of
from digest.stages.render import names, render
from tests.build import tiles, week

FOLDER = Path(__file__).parent
TEMPLATES = resource_folder("templates")
THEMES = ("", *sorted(path.name for path in (TEMPLATES / "themes").iterdir()))
KEPT_HEADERS = ("From", "Subject")
"""The others are volatile, or the message's own tests'."""


def golden(theme: str) -> Path:
    """The file of a theme's mail."""
    return FOLDER / f"{theme or 'newspaper'}.txt"


def mail(theme: str) -> str:
    """The mail of the week in a theme: the kept headers, the type of each part, and what each part says, decoded."""
    env = load_templates(TEMPLATES, find_theme(TEMPLATES, theme), declared=names())
    told = replace(week(), tiles=tiles())
    rendering = render(told, env, Checks(24, 24), "https://digest.example/{week}/")
    head = Letterhead("weekly", "编辑部 <desk@news.example>")
    closed = closing(told.period, ZoneInfo("Asia/Shanghai"))
    message = build_message(letter_of(told, rendering), head, None, closed)
    parsed = email.message_from_bytes(message.content, _class=EmailMessage, policy=email.policy.default)
    lines = [f"{name}: {parsed[name]}" for name in KEPT_HEADERS]
    for part in parsed.iter_parts():
        lines += ["", f"--- {part.get_content_type()}", "", part.get_content().replace("\r\n", "\n")]  # type: ignore[attr-defined]
    return "\n".join(lines)
