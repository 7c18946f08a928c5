"""A template filled with plain values, and the template and line of what goes wrong."""

from types import TracebackType

import jinja2

from digest.errors import TemplateFault


def fill(env: jinja2.Environment, name: str, **values: object) -> str:
    """The template filled with plain values, which raise nothing: whatever is raised is the template's fault.

    Raises TemplateFault with file and line.
    """
    try:
        return env.get_template(name).render(values)
    except jinja2.TemplateNotFound as error:
        raise TemplateFault(str(error), None, "no such template") from error
    except jinja2.TemplateSyntaxError as error:
        raise TemplateFault(error.name or name, error.lineno, error.message or "syntax error") from error
    except Exception as error:
        at, line = _place(error.__traceback__, set(env.list_templates())) or (name, None)
        reason = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
        raise TemplateFault(at, line, reason) from error


def _place(trace: TracebackType | None, templates: set[str]) -> tuple[str, int] | None:
    """The innermost template and line that a traceback passes through."""
    place = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in templates:
            place = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return place
