"""Takes the pictures in docs/forms: `python docs/forms.py` from a checkout, with Chromium, the `test` and `print` extras, and pypdfium2.

The mail of samples/ light and dark, on phones, with images off, with every style stripped, on paper, as text, in WeChat's editor; the web page.
"""

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "forms"
DIGEST = [sys.executable, "-m", "digest"]


def shot(browser: Browser, page: str, name: str, width: int, height: int, scheme: str = "light") -> None:
    """The top of a page in a window of this size, as a PNG of 256 colours where the tool for that is there."""
    view = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    view.route(re.compile(r"^https?:"), lambda route: route.abort())
    view.set_content(page)
    view.screenshot(path=OUT / f"{name}.png")
    view.close()


def without_styles(page: str) -> str:
    """What a client shows that knows neither style elements nor style attributes."""
    return re.sub(r' style="[^"]*"', "", without_style_elements(page))


def without_style_elements(page: str) -> str:
    """What QQ, 163 and Foxmail show."""
    return re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def build(folder: Path, theme: str) -> Path:
    """The issue of samples/ in a theme, with a print edition."""
    config, issue = folder / f"{theme or 'newspaper'}.toml", folder / (theme or "newspaper")
    config.write_text(f"[rendering]\npdf = true\ntheme = {json.dumps(theme)}\n", encoding="utf-8")
    week = ["--week", "2026-W46", "--number", "1", "--config", str(config)]
    subprocess.run([*DIGEST, "build", str(ROOT / "samples"), "--out", str(issue), *week], check=True)
    return issue


def main() -> None:
    """Builds the issues and takes the pictures."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        issue, bulletin = build(Path(folder), ""), build(Path(folder), "bulletin")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        mail, web, wechat = (
            (issue / name).read_text(encoding="utf-8")
            for name in ("digest.html", "digest.web.html", "digest.wechat.html")
        )
        for scheme in ("light", "dark"):
            shot(browser, mail, f"mail-{scheme}", 760, 1200, scheme)
            shot(browser, web, f"web-{scheme}", 1200, 1000, scheme)
            for width in (320, 375):
                shot(browser, mail, f"mail-{width}-{scheme}", width, 1200, scheme)
        shot(browser, (bulletin / "digest.html").read_text(encoding="utf-8"), "mail-bulletin", 760, 1200)
        shot(browser, without_style_elements(mail), "mail-no-style-element", 760, 1200)
        shot(browser, without_style_elements(mail), "mail-no-style-element-375", 375, 1200)
        shot(browser, without_styles(mail), "mail-stripped", 760, 1200)
        shot(browser, wechat, "wechat", 420, 1200)
        text = html.escape((issue / "digest.txt").read_text(encoding="utf-8"))
        shot(
            browser, f'<pre style="white-space:pre-wrap;font:14px/1.5 Noto Sans CJK SC">{text}</pre>', "text", 760, 1000
        )
        browser.close()
        pages = pypdfium2.PdfDocument(issue / "digest.pdf")
        pages[0].render(scale=1.4).to_pil().save(OUT / "print.png")
        pages.close()


if __name__ == "__main__":
    main()
