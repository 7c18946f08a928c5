"""What was asked for and is not there: the 404 of the desk."""

from collections.abc import Mapping
from difflib import get_close_matches

from digest.errors import UnknownName

_MOST_KNOWN = 40
"""More names than this are no help to a reader."""


class Missing(UnknownName):
    """Something that does not exist among what does; `links` are the names and addresses of what exists."""

    def __init__(self, kind: str, given: str, links: Mapping[str, str]) -> None:
        self.links = dict(links)
        super().__init__(kind, given, self.links)

    @property
    def nearest(self) -> str | None:
        """The name that is nearest to what was asked for, None where none is near."""
        near = get_close_matches(self.given, list(self.links), n=1, cutoff=0.4)
        return near[0] if near else None

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        """The first names and addresses of what exists."""
        return tuple(self.links.items())[:_MOST_KNOWN]
