"""The print edition: HTML -> PDF by WeasyPrint, an extra."""

import logging
import warnings
from collections.abc import Callable

from digest.errors import MissingPackage

_IDENTIFIER_CHARS = 32


def load_printer() -> Callable[[str, str], bytes]:
    """A function that sets HTML on A4: HTML and the issue's fingerprint -> a PDF, the same bytes for the same arguments.

    Nothing is fetched. Raises MissingPackage where WeasyPrint or the libraries that it needs are not there.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of packages that WeasyPrint brings, about each other
            import weasyprint
    except (ImportError, OSError) as error:  # OSError: no libpango
        raise MissingPackage("print", f"the print edition cannot be set ({error})") from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)

    def refuse(url: str, *_: object, **__: object) -> None:
        raise ValueError(f"a print edition fetches nothing: {url}")

    def set_pdf(html: str, fingerprint: str) -> bytes:
        document = weasyprint.HTML(string=html, url_fetcher=refuse)
        pdf: bytes = document.write_pdf(pdf_identifier=fingerprint[:_IDENTIFIER_CHARS].encode(), pdf_tags=True)
        return pdf

    return set_pdf
