"""A built issue and an authority for certificates, made once."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from digest.config import Settings, load
from digest.edges.output import write_folder
from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.model import Letterhead
from digest.pipeline import Plan, files
from digest.stages.message import build_message, closing, letter_of
from digest.stages.render import render
from tests.build import week
from tests.delivery.servers import Authority, SigningKey, authority, signing_key

SENDER = "市州新闻编辑部 <desk@news.example>"
NOW = dt.datetime(2026, 11, 16, 0, 30, tzinfo=dt.UTC)

Configure = Callable[..., Settings]


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return signing_key()


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The folder of a built issue; its gate is open, although what it quotes stands in no document."""
    folder = tmp_path / "2026-W46"
    environment = load_templates(resource_folder("templates"))
    head = Letterhead("hunan-weekly", SENDER)
    zone = ZoneInfo("Asia/Shanghai")
    made = files(Plan(week(), ()), environment, head, zone)
    record = json.loads(made["digest.json"])
    record["gate"] |= {"sendable": True, "faults": []}
    letter = letter_of(week(), render(week(), environment))
    mail = build_message(letter, head, None, closing(letter.period, zone)).content
    write_folder(folder, made | {"digest.json": json.dumps(record, ensure_ascii=False).encode(), "digest.eml": mail})
    return folder


@pytest.fixture
def configure() -> Configure:
    """Settings of an edition with these keys of [mail], which waits no second between two tries."""

    def configured(**mail: Any) -> Settings:
        given = {"wait_s": 0, "attempts": 3, "timeout_s": 5} | mail
        return load([], {}, {"edition": {"sender": SENDER}, "mail": given})

    return configured
