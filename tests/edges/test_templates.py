"""Templates are read and checked before anything else happens; every fault says where it is."""

import re
import shutil
from pathlib import Path

import jinja2
import pytest

from digest.edges.resources import resource_folder
from digest.edges.templates import find_theme, load_templates
from digest.errors import TemplateFault, UnknownName
from digest.model import Checks
from digest.stages.render import names, render
from tests.build import week

TEMPLATES = resource_folder("templates")


def folder_with(folder: Path, **templates: str) -> Path:
    """A template folder with the five required forms, changed or joined by what is given: mail_html="…"."""
    required = dict.fromkeys(("mail_html", "mail_txt", "web_html", "wechat_html", "print_html"), "{{ x }}")
    for name, text in (required | templates).items():
        (folder / (name.replace("_", ".") + ".j2")).write_text(text, encoding="utf-8")
    shutil.copytree(TEMPLATES / "locale", folder / "locale", dirs_exist_ok=True)
    return folder


def theme_with(folder: Path, **templates: str) -> Path:
    """A theme beside the shipped templates with what is given: partials__mail_css="…"."""
    for name, text in templates.items():
        file = folder / (name.replace("__", "/").replace("_", ".") + ".j2")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
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


# --- themes and the catalogue ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["", "bulletin"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_shipped_theme_asks_for_what_there_is(theme: str, language: str) -> None:
    """Variables, attributes and words of all templates exist, in both languages."""
    assert load_templates(TEMPLATES, find_theme(TEMPLATES, theme), language, names())


def test_a_theme_takes_the_place_of_single_templates(tmp_path: Path) -> None:
    """What the theme has wins, what it lacks is the shipped one."""
    theme = theme_with(tmp_path, mail_txt="{{ issue.title }}")
    env = load_templates(TEMPLATES, theme, declared=names())
    assert env.loader is not None
    assert env.loader.get_source(env, "mail.txt.j2")[0] == "{{ issue.title }}"
    assert "<html" in env.loader.get_source(env, "mail.html.j2")[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("一\n{{ isue.title }}", "unknown variable 'isue'; nearest: issue"),
        ("一\n{{ issue.titel }}", "no value has an attribute 'titel'; nearest: title"),
        ("一\n{{ words('section.tap') }}", "the catalogue has no 'section.tap'; nearest: section.top"),
        ("一\n{% if %}", "Expected an expression"),
        ("一\n{% include 'partials/mastheat.html.j2' %}", "'partials/mastheat.html.j2', which does not exist"),
    ],
)
def test_a_broken_theme_names_file_and_line(tmp_path: Path, text: str, reason: str) -> None:
    """An override is checked before the first stage runs, as strictly as what ships."""
    theme = theme_with(tmp_path, partials__masthead_html=text)
    with pytest.raises(TemplateFault, match=re.escape(reason)) as fault:
        load_templates(TEMPLATES, theme, declared=names())
    assert fault.value.template == str(theme / "partials" / "masthead.html.j2")
    assert fault.value.line == 2


def test_a_theme_file_that_nothing_uses_is_a_fault(tmp_path: Path) -> None:
    """A misspelt name would change nothing, and nobody would know why."""
    with pytest.raises(TemplateFault, match=r"takes the place of no template; nearest: partials/mail\.css\.j2"):
        load_templates(TEMPLATES, theme_with(tmp_path, partials__mial_css="h1{}"))


def test_a_theme_may_bring_partials_of_its_own(tmp_path: Path) -> None:
    """A file that one of its templates refers to is in use."""
    theme = theme_with(tmp_path, mail_txt="{% include 'partials/own.txt.j2' %}", partials__own_txt="{{ issue.title }}")
    assert "partials/own.txt.j2" in load_templates(TEMPLATES, theme, declared=names()).list_templates()


def test_an_unknown_theme_or_language_is_named_with_the_known_ones() -> None:
    """Nothing is replaced by a default in silence."""
    with pytest.raises(UnknownName, match=r"unknown theme 'buletin'; nearest: bulletin"):
        find_theme(TEMPLATES, "buletin")
    with pytest.raises(UnknownName, match=r"unknown language 'zh'.*known: en, zh-CN"):
        load_templates(TEMPLATES, language="zh")


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    """Words of the interface are checked like templates."""
    folder = folder_with(tmp_path)
    (folder / "locale" / "en.po").write_text('msgid "a\n', encoding="utf-8")
    with pytest.raises(TemplateFault, match=r"en\.po"):
        load_templates(folder, language="en")


def test_a_word_that_is_missing_is_an_error() -> None:
    """A key is never shown in place of its words."""
    words = load_templates(TEMPLATES).globals["words"]
    with pytest.raises(KeyError, match="no 'nothing'"):
        words("nothing")  # type: ignore[operator]


def test_the_languages_have_the_same_keys() -> None:
    """No language lacks a word that another one has."""
    chinese, english = (load_templates(TEMPLATES, language=name).globals["words"].keys for name in ("zh-CN", "en"))  # type: ignore[attr-defined]
    assert chinese == english


def test_templates_hold_no_chinese_word() -> None:
    """Every word that a reader or an editor sees comes from the catalogue; marks and comments do not count."""
    for path in TEMPLATES.rglob("*.j2"):
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search("[\u4e00-\u9fff]", text), path


def test_a_desk_that_asks_for_words_that_are_not_there_is_a_fault(tmp_path: Path) -> None:
    """The desk's words are checked before it is opened, as those of an issue are."""
    with pytest.raises(TemplateFault, match=r"the catalogue has no 'desk\.nam'; nearest: desk\.name") as fault:
        load_templates(TEMPLATES, theme_with(tmp_path, desk__failure_html="\n{{ words('desk.nam') }}"))
    assert fault.value.line == 2


FORMS = ("mail.html.j2", "mail.txt.j2", "web.html.j2", "wechat.html.j2", "print.html.j2")


@pytest.mark.parametrize("form", FORMS)
def test_each_form_can_be_replaced_alone(tmp_path: Path, form: str) -> None:
    """A theme with one form changes that form, and of the others not a byte."""
    (tmp_path / form).write_text("只此一种：{{ issue.title }}", encoding="utf-8")
    told, checks = week(), Checks(1, 1)
    plain = render(told, load_templates(TEMPLATES), checks)
    own = render(told, load_templates(TEMPLATES, tmp_path, declared=names()), checks)
    shown = dict(zip(FORMS, ("html", "text", "web", "wechat", "print"), strict=True))
    assert "只此一种：湖南市州新闻周报" in getattr(own, shown[form])
    assert all(getattr(own, name) == getattr(plain, name) for other, name in shown.items() if other != form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "fault", ["{{ issue.titel }}", "{{ isue }}", "{{ words('count.citis') }}", "{% include 'x' %}"]
)
def test_each_form_is_checked_at_the_start(tmp_path: Path, form: str, fault: str) -> None:
    """A fault in any form is told with its file and line before the first stage runs."""
    (tmp_path / form).write_text(f"一\n二\n{fault}", encoding="utf-8")
    with pytest.raises(TemplateFault) as told:
        load_templates(TEMPLATES, tmp_path, declared=names())
    assert (told.value.template, told.value.line) == (str(tmp_path / form), 3)
