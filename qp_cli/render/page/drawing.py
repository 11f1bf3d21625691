"""The page drawn: templates filled with the view, the style and the script allowed by their fingerprints alone."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from qp_cli.render.page.document import show_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from qp_cli.messages import Message
    from qp_cli.render.checked import Checked
    from qp_cli.render.language import Language
    from qp_cli.tracking.dossier import Dossier

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
    style, script = _asset("style.css") + _asset("timeline.css"), _asset("script.js")
    policy = _POLICY.format(style=_fingerprint(style), script=_fingerprint(script))
    page = show_page(dossier, checked, language, party=party, notes=notes)
    return _template().render(page=page, words=page.words, style=style, script=script, policy=policy)


@cache
def _template() -> Template:
    """The page's template: everything is escaped, and a name it does not know is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(lambda name: _asset(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")


@cache
def _asset(name: str) -> str:
    """One file of the page, its lines ended alike on every system."""
    from importlib.resources import files

    return files(_PACKAGE).joinpath(*name.split("/")).read_text("utf-8").replace("\r\n", "\n")


def _fingerprint(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
