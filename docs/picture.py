"""Makes docs/mail.png, the picture of the README: the issue of samples/, light on a desktop and dark on a phone.

python docs/picture.py      needs Chromium, a Chinese font, and the `test` extra
"""

import base64
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
HEIGHT = 1180
FRAME = """<body style="margin:0;display:flex;gap:28px;padding:28px;background:#d9d5cc;align-items:flex-start">
<img src="data:image/png;base64,{desktop}" style="width:760px;height:{height}px;box-shadow:0 2px 14px #0004">
<img src="data:image/png;base64,{phone}" style="width:360px;height:{height}px;border-radius:18px;box-shadow:0 2px 14px #0006">
</body>"""


def shot(browser: Browser, page_uri: str, width: int, scheme: str) -> str:
    """The top of a page as base64 of a PNG."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, device_scale_factor=2)  # type: ignore[arg-type]
    page.goto(page_uri)
    return base64.b64encode(page.screenshot()).decode()


def main() -> None:
    """Builds the issue, takes both pictures, puts them beside each other."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder, "issue")
        command = [
            sys.executable,
            "-m",
            "digest",
            "build",
            str(ROOT / "samples"),
            "--out",
            str(out),
            "--week",
            "2026-W46",
            "--number",
            "1",
        ]
        subprocess.run(command, check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        uri = (out / "digest.html").as_uri()
        desktop, phone = shot(browser, uri, 760, "light"), shot(browser, uri, 360, "dark")
        frame = browser.new_page(viewport={"width": 1204, "height": HEIGHT + 56})
        frame.set_content(FRAME.format(desktop=desktop, phone=phone, height=HEIGHT))
        frame.screenshot(path=ROOT / "docs" / "mail.png")
        browser.close()


if __name__ == "__main__":
    main()
