"""An issue as a reader sees it, in five forms made from the same values: mail, web page, plain text, WeChat, print.

Issue ─ issue_view ─► view ─► web page, plain text, WeChat, print
                        └─ what the mail has no room for moves ─► mail ─ styles inlined ─► HTML part
"""

import css_inline
import jinja2

from digest.model import Checks, Issue, Move, Rendering
from digest.stages.render.filling import fill
from digest.stages.render.spilling import Kept, fewest, kept_after, leaving, partly
from digest.stages.render.viewing import isolated, issue_view, web_address
from digest.stages.render.views import IssueView, Words, names

__all__ = ["BUDGET_BYTES", "TEMPLATES", "Words", "fill", "names", "render"]

BUDGET_BYTES = 90_000
"""Of the mail's HTML part, decoded: Gmail hides what comes after some 102 kB."""

_MAIL, _TEXT, _WEB, _WECHAT, _PRINT = TEMPLATES = (
    "mail.html.j2",
    "mail.txt.j2",
    "web.html.j2",
    "wechat.html.j2",
    "print.html.j2",
)
"""What an issue is rendered with."""

_UNCHECKED = Checks(0, 0)

_INLINER = css_inline.CSSInliner(
    keep_style_tags=True,
    remove_inlined_selectors=True,
    minify_css=True,
    load_remote_stylesheets=False,
)


def render(
    issue: Issue,
    env: jinja2.Environment,
    checks: Checks = _UNCHECKED,
    address: str = "",
    budget_bytes: int = BUDGET_BYTES,
) -> Rendering:
    """The issue's subject and its five forms; the mail holds what fits into the budget, the other forms hold all.

    `address` is that of the web page, with the fields {since}, {until}, {week} and {number}; `checks` say how many quotes
    equal their source. Depends on the arguments alone. Every sentence stands in each form as it is quoted; in HTML it is
    escaped. A lone surrogate, which no encoding can carry, becomes a question mark.

    Raises TemplateFault where a template is missing, asks for an unknown variable or cannot be run.
    """
    words: Words = env.globals["words"]  # type: ignore[assignment] # put there with the templates
    view = issue_view(issue, words, checks, web_address(address, issue))
    html, kept = _mail(view, env, budget_bytes)
    return Rendering(
        subject=_encodable(view.subject),
        html=html,
        text=_filled(env, _TEXT, view),
        web=_filled(env, _WEB, view),
        wechat=_filled(env, _WECHAT, view),
        print=_filled(env, _PRINT, view),
        moves=_moves(issue, kept),
    )


def _mail(view: IssueView, env: jinja2.Environment, budget_bytes: int) -> tuple[str, Kept]:
    """The mail's HTML, and what of each section stands in it."""
    counts = [(section.city, section.story_count, section.brief_count) for section in view.sections]
    order = leaving(counts)
    made: dict[int, str] = {}

    def size(steps: int) -> int:
        if steps not in made:
            shown = partly(view, kept_after(counts, order[:steps]))
            made[steps] = _INLINER.inline(_filled(env, _MAIL, shown))
        return len(made[steps].encode())

    steps = fewest(size, len(order), budget_bytes)
    size(steps)
    return made[steps], kept_after(counts, order[:steps])


def _moves(issue: Issue, kept: Kept) -> tuple[Move, ...]:
    """What stands on the web page alone, in the order of the issue."""
    moves: list[Move] = []
    for section in issue.sections:
        stories, briefs = kept.get(section.city, (0, 0))
        moves += [Move(section.city, "story", story.id, story.label.text) for story in section.stories[stories:]]
        moves += [Move(section.city, "brief", brief.article, brief.sentence.text) for brief in section.briefs[briefs:]]
    return tuple(moves)


def _filled(env: jinja2.Environment, name: str, view: IssueView) -> str:
    return _encodable(fill(env, name, issue=view, isolated=isolated))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
