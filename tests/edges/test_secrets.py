"""Secrets come from the environment or a file, and are shown nowhere."""

from pathlib import Path

import pytest

from digest.edges.secrets import read_secret
from digest.errors import ConfigError


def test_from_the_variable_or_the_file(tmp_path: Path) -> None:
    """The line end that an editor puts behind it is none of it; spaces are."""
    file = tmp_path / "password"
    file.write_bytes(b"\xef\xbb\xbf s3 cret \r\n")
    assert read_secret({}, "P") is None
    assert read_secret({"P": "s3cret"}, "P") == "s3cret"
    assert read_secret({"P_FILE": str(file)}, "P") == " s3 cret "


def test_what_is_wrong_is_told_without_the_secret(tmp_path: Path) -> None:
    """Both, neither's content, a folder, another encoding, letters that cannot be sent."""
    empty, gbk = tmp_path / "empty", tmp_path / "gbk"
    empty.write_bytes(b"\n")
    gbk.write_bytes("密码".encode("gbk"))
    for environ, words in (
        ({"P": "s3cret", "P_FILE": "x"}, "both set"),
        ({"P": ""}, "P: is empty"),
        ({"P_FILE": str(empty)}, "is empty"),
        ({"P_FILE": str(tmp_path)}, "Is a directory"),
        ({"P_FILE": str(tmp_path / "none")}, "No such file"),
        ({"P_FILE": str(gbk)}, "no text in UTF-8"),
        ({"P": "s3cret密"}, "outside ASCII"),
    ):
        with pytest.raises(ConfigError, match=words) as raised:
            read_secret(environ, "P")
        assert "s3cret" not in str(raised.value)
