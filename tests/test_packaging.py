"""The wheel works in an empty folder, without the checkout that it was built from."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]


def test_the_wheel_carries_templates_and_configuration(tmp_path: Path) -> None:
    """Built, unpacked and run from an empty folder, the package builds an issue with its own data."""
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    installed, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    shipped = {
        file.relative_to(ROOT).as_posix() for name in ("templates", "config") for file in (ROOT / name).rglob("*.*")
    }
    data = installed / "digest" / "_data"
    assert {file.relative_to(data).as_posix() for file in data.rglob("*.*")} == shipped
    command = [sys.executable, "-m", "digest", "build", str(ROOT / "samples"), "--out", "out", "--no-keywords"]
    environ = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run(command, cwd=empty, env=environ, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (empty / "out" / "digest.html").exists()
    where = [sys.executable, "-c", "import digest; print(digest.__file__)"]
    found = subprocess.run(where, cwd=empty, env=environ, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(installed))
