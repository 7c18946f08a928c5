"""The interface words of a language (界面用语): gettext catalogues, read as they are, so that a word is changed without a build."""

import datetime as dt
import io
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

from digest.errors import TemplateFault, UnknownName

_SUFFIX = ".po"


class Words:
    """The words and dates of one language. A key that the catalogue lacks is a KeyError, never the key itself in a mail."""

    def __init__(self, catalog: Catalog, language: str) -> None:
        self._keys = frozenset(
            message.id if isinstance(message.id, str) else message.id[0] for message in catalog if message.id
        )
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        self._translations = Translations(compiled)
        self._locale = Locale.parse(language, sep="-")
        self.language = language
        """As HTML writes it: zh-CN."""
        self._day = cache(self._format_day)

    @property
    def keys(self) -> frozenset[str]:
        """Every key that the catalogue has."""
        return self._keys

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with the values in their places."""
        text = self._translations.gettext(self._known(key))
        return text % values if values else text

    def count(self, key: str, number: int) -> str:
        """The words of a key for a number of things."""
        return self._translations.ngettext(self._known(key), key, number) % {"number": number}

    def day(self, day: dt.date, within: int | None = None) -> str:
        """The date, without the year where that is the one that the reader is in."""
        return self._day(day, day.year != within)

    def weekday(self, day: dt.date) -> str:
        """The short name of the day of the week."""
        return str(format_date(day, "EEE", locale=self._locale))

    def _format_day(self, day: dt.date, with_year: bool) -> str:
        return str(format_skeleton("yMMMd" if with_year else "MMMd", day, locale=self._locale))

    def _known(self, key: str) -> str:
        if key not in self._keys:
            raise KeyError(f"the catalogue of {self.language} has no {key!r}")
        return key


def load_words(folder: Path, language: str) -> Words:
    """The words of a language, from the file of its name in the folder.

    Raises UnknownName for a language without a file, TemplateFault for a catalogue that cannot be read.
    """
    known = {path.stem: path for path in sorted(folder.glob("*" + _SUFFIX))}
    if language not in known:
        raise UnknownName("language", language, known)
    path = known[language]
    try:
        catalog = read_po(io.BytesIO(path.read_bytes()), locale=language.replace("-", "_"), abort_invalid=True)
        return Words(catalog, language)
    except PoFileError as error:
        raise TemplateFault(str(path), getattr(error, "lineno", None), str(error)) from error
    except (OSError, ValueError, UnknownLocaleError) as error:
        raise TemplateFault(str(path), None, f"cannot be read as a catalogue: {error}") from error
