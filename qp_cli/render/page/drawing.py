"""The page drawn: templates filled with the view, the style and the script allowed by their fingerprints alone."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from qp_cli.render.page.document import show_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from jinja2 import Template

    from qp_cli.messages import Message
    from qp_cli.render.checked import Checked
    from qp_cli.render.language import Language
    from qp_cli.render.page.portfolio_values import Portfolio
    from qp_cli.render.page.values import Page
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.portfolio import Grouping, SharedParties

_PACKAGE = "qp_cli.render.page"
_POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"


def draw_page(
    dossier: Dossier,
    checked: Checked,
    language: Language,
    *,
    party: str | None = None,
    notes: Sequence[Message] = (),
) -> str:
    """A convention at a day as one HTML document: the same bytes for the same arguments.

    Args:
        dossier: the convention, its facts and its day.
        checked: what the check of its files found.
        language: the reader's.
        party: the id of the one party, organ, group or role that the page is about; of all when there is none.
        notes: what else is to be said of where the files come from.

    Raises:
        UsageError: a party that nobody knows.
    """
    return _draw("page.html", show_page(dossier, checked, language, party=party, notes=notes))


def draw_portfolio(
    dossiers: Iterable[Dossier],
    register: SharedParties,
    as_of: date,
    language: Language,
    *,
    party: str | None = None,
    grouping: Grouping | None = None,
    notes: Callable[[], Sequence[Message]] = tuple,
) -> str:
    """Several conventions at a day as one HTML document: the same bytes for the same arguments.

    Args:
        dossiers: the conventions, each with its facts; taken one at a time, once.
        register: the parties that they share.
        as_of: their day.
        language: the reader's.
        party: any name of the one party, organ, group or role that the page is about; of all when there is none.
        grouping: what the obligations are counted by too.
        notes: what else is to be said, asked for once every convention was read.

    Raises:
        UsageError: a party that none of them knows.
    """
    from qp_cli.render.page.portfolio import show_portfolio

    page = show_portfolio(dossiers, register, as_of, language, party=party, grouping=grouping, notes=notes)
    return _draw("portfolio.html", page)


def _draw(template: str, page: Page | Portfolio) -> str:
    style, script = _asset("style.css") + _asset("timeline.css"), _asset("script.js")
    policy = _POLICY.format(style=_fingerprint(style), script=_fingerprint(script))
    return _template(template).render(page=page, words=page.words, style=style, script=script, policy=policy)


@cache
def _template(name: str) -> Template:
    """A template of the page: everything is escaped, and a name it does not know is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(lambda name: _asset(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


@cache
def _asset(name: str) -> str:
    """One file of the page, its lines ended alike on every system."""
    from importlib.resources import files

    return files(_PACKAGE).joinpath(*name.split("/")).read_text("utf-8").replace("\r\n", "\n")


def _fingerprint(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
