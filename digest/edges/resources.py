"""Where the files that ship with the package are: the templates, the configuration, the gazetteers."""

from pathlib import Path


def resource_folder(name: str) -> Path:
    """The folder `templates` or `config`: inside an installed package, beside it in a checkout.

    A wheel carries the folders within the package; an editable install reads the checkout's own.
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parent / name
