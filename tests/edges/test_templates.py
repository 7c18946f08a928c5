"""Templates are read and checked before anything else happens; every fault says where it is."""

from pathlib import Path

import jinja2
import pytest

from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.errors import TemplateFault


def folder_with(folder: Path, **templates: str) -> Path:
    """A template folder with the two required mails, changed or joined by what is given: mail_html="…"."""
    for name, text in ({"mail_html": "{{ x }}", "mail_txt": "{{ x }}"} | templates).items():
        (folder / (name.replace("_", ".") + ".j2")).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_templates_load() -> None:
    """The templates of the package pass every check."""
    assert {"mail.html.j2", "mail.txt.j2"} <= set(load_templates(resource_folder("templates")).list_templates())


def test_html_is_escaped_and_text_is_not(tmp_path: Path) -> None:
    """Values are escaped in *.html.j2 alone."""
    env = load_templates(folder_with(tmp_path))
    assert env.get_template("mail.html.j2").render(x="<b>") == "&lt;b&gt;"
    assert env.get_template("mail.txt.j2").render(x="<b>") == "<b>"


def test_the_disk_is_read_once(tmp_path: Path) -> None:
    """A template that changes or goes after loading changes nothing."""
    env = load_templates(folder_with(tmp_path))
    (tmp_path / "mail.txt.j2").unlink()
    assert env.get_template("mail.txt.j2").render(x="仍在") == "仍在"


def test_an_undefined_variable_is_an_error(tmp_path: Path) -> None:
    """Nothing is rendered as empty for want of a value."""
    env = load_templates(folder_with(tmp_path))
    with pytest.raises(jinja2.UndefinedError):
        env.get_template("mail.txt.j2").render()


def test_a_name_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    """The environment knows the templates of the folder and no other."""
    with pytest.raises(jinja2.TemplateNotFound):
        load_templates(folder_with(tmp_path)).get_template("other.txt.j2")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The fault carries the folder that was asked for."""
    with pytest.raises(TemplateFault, match="no such template folder") as fault:
        load_templates(tmp_path / "nowhere")
    assert fault.value.template == str(tmp_path / "nowhere")


def test_a_missing_mail_template_is_named(tmp_path: Path) -> None:
    """A folder without one of the two mails is refused at once."""
    (folder_with(tmp_path) / "mail.txt.j2").unlink()
    with pytest.raises(TemplateFault, match=r"mail\.txt\.j2: no such template"):
        load_templates(tmp_path)


def test_a_syntax_error_names_file_and_line(tmp_path: Path) -> None:
    """The line is that of the template."""
    with pytest.raises(TemplateFault) as fault:
        load_templates(folder_with(tmp_path, mail_html="<p>\n{% if %}\n"))
    assert (Path(fault.value.template).name, fault.value.line) == ("mail.html.j2", 2)


def test_an_unknown_filter_is_a_fault(tmp_path: Path) -> None:
    """What only compiling finds is found before the first mail too."""
    with pytest.raises(TemplateFault, match="no_such_filter") as fault:
        load_templates(folder_with(tmp_path, mail_txt="\n\n{{ x | no_such_filter }}"))
    assert fault.value.line == 3


def test_an_include_of_nothing_names_file_and_line(tmp_path: Path) -> None:
    """A partial that does not exist is found where it is asked for."""
    with pytest.raises(TemplateFault, match=r"'gone\.j2', which does not exist") as fault:
        load_templates(folder_with(tmp_path, mail_html='<p>\n{% include "gone.j2" %}'))
    assert fault.value.line == 2


def test_a_template_that_is_no_utf8_is_a_fault(tmp_path: Path) -> None:
    """Templates are UTF-8."""
    (folder_with(tmp_path) / "mail.txt.j2").write_bytes("标题".encode("gb18030"))
    with pytest.raises(TemplateFault, match="UTF-8"):
        load_templates(tmp_path)
