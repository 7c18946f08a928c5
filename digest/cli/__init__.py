"""The command line: builds the edges from the settings, calls the pipeline, prints what was done and where.

Exit codes: 0 done, 1 some items failed, 2 usage or configuration, 3 nothing to do. What a command needs is imported when it
runs, so that --help answers at once.
"""

import os
import sys

import click

from digest import __version__
from digest.cli.building import build
from digest.cli.filters import place, split, summarise
from digest.cli.options import DONE, FAILED, NOTHING, USAGE, complain
from digest.cli.scheduling import schedule
from digest.cli.sending import send
from digest.cli.serving import preview, serve
from digest.cli.upkeep import doctor, init
from digest.errors import DigestError, NothingToDo, UsageError

_INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""


def main() -> None:
    """Run the command line and exit; ends quietly on Ctrl-C and when the reader of a pipe has gone."""
    _open_streams()
    try:
        with cli.make_context("digest", sys.argv[1:]) as context:
            code = cli.invoke(context) or DONE
        sys.stdout.flush()
    except click.exceptions.Exit as e:
        code = e.exit_code
    except click.ClickException as e:
        e.show()
        code = e.exit_code
    except NothingToDo as e:
        code = complain(e, NOTHING)
    except UsageError as e:
        code = complain(e, USAGE)
    except DigestError as e:
        code = complain(e, FAILED)
    except (click.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    except (
        OSError
    ) as e:  # the system refused what no command can do without: /dev/full as standard output, no temporary folder
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = complain(e, FAILED)
    sys.exit(code)


def _open_streams() -> None:
    """Make the standard streams UTF-8 whatever the locale, and a closed one (`>&-`) an empty one."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        getattr(sys, name).reconfigure(encoding="utf-8", errors="backslashreplace")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def cli() -> None:
    """A weekly digest of Chinese local news, by city. It only quotes, and every quote has a receipt."""


for _command in (build, preview, send, serve, schedule, split, place, summarise, init, doctor):
    cli.add_command(_command)
