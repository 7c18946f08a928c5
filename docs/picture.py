"""Makes the pictures of the documents from the issue of samples/: docs/mail.png and docs/preview.png, -dark, -phone.

python docs/picture.py      needs Chromium, a Chinese font, and the `test` extra
"""

import base64
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
DIGEST = [sys.executable, "-m", "digest"]
HEIGHT = 1180
FRAME = """<body style="margin:0;display:flex;gap:28px;padding:28px;background:#d9d5cc;align-items:flex-start">
<img src="data:image/png;base64,{desktop}" style="width:760px;height:{height}px;box-shadow:0 2px 14px #0004">
<img src="data:image/png;base64,{phone}" style="width:360px;height:{height}px;border-radius:18px;box-shadow:0 2px 14px #0006">
</body>"""
QUOTED = "今年4月起，望城区交通运输局"
"""How the sentence begins whose receipt is shown."""


def shot(browser: Browser, page_uri: str, width: int, scheme: str) -> str:
    """The top of a page as base64 of a PNG."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, device_scale_factor=2)  # type: ignore[arg-type]
    page.goto(page_uri)
    return base64.b64encode(page.screenshot()).decode()


def mail(browser: Browser, issue: Path) -> None:
    """The mail, light on a desktop beside dark on a phone."""
    uri = (issue / "digest.html").as_uri()
    desktop, phone = shot(browser, uri, 760, "light"), shot(browser, uri, 360, "dark")
    frame = browser.new_page(viewport={"width": 1204, "height": HEIGHT + 56})
    frame.set_content(FRAME.format(desktop=desktop, phone=phone, height=HEIGHT))
    frame.screenshot(path=ROOT / "docs" / "mail.png")


def desk(browser: Browser, url: str, name: str, width: int, height: int, scheme: str) -> None:
    """The desk with the receipt of a sentence open."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=1.5)  # type: ignore[arg-type]
    page.goto(url)
    page.get_by_role("link", name=QUOTED).first.click()
    page.wait_for_selector("mark")
    page.wait_for_timeout(300)
    page.screenshot(path=ROOT / "docs" / name)


@contextmanager
def previewed(issue: Path) -> Iterator[str]:
    """The address of `digest preview`."""
    process = subprocess.Popen([*DIGEST, "preview", str(issue), "--port", "0"], stdout=subprocess.PIPE, text=True)
    assert process.stdout  # noqa: S101 # it was asked for
    try:
        yield process.stdout.readline().split()[0]
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Builds the issue and takes the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        issue = Path(folder, "issue")
        subprocess.run(
            [*DIGEST, "build", str(ROOT / "samples"), "--out", str(issue), "--week", "2026-W46", "--number", "1"],
            check=True,
        )
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        mail(browser, issue)
        with previewed(issue) as url:
            desk(browser, url, "preview.png", 1440, 900, "light")
            desk(browser, url, "preview-dark.png", 1440, 900, "dark")
            desk(browser, url, "preview-phone.png", 390, 844, "light")
        browser.close()


if __name__ == "__main__":
    main()
