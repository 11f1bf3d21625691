"""What is shown laid out as HTML: the templates, the values in words, the style and the script, the policy."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from qp_cli.messages import Message, msg
from qp_cli.render.findings.text import write_summary
from qp_cli.render.headings import group_name
from qp_cli.render.language import Language
from qp_cli.render.page.values import OneConvention, PrintedSummary, SeveralConventions
from qp_cli.render.page.words import others_aside, severity_sign
from qp_cli.render.people_and_places import describe
from qp_cli.render.visible import visible
from qp_cli.render.wording import FACTS
from qp_cli.tracking.portfolio import counted_columns
from qp_cli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment

    from qp_cli.findings import Related, Span
    from qp_cli.render.language import Code
    from qp_cli.render.page.values import Page

_PACKAGE = "qp_cli.render.page"
_POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
_TEMPLATES = {OneConvention: "page.html", SeveralConventions: "portfolio.html", PrintedSummary: "summary.html"}


def draw(page: Page, language: Language) -> str:
    """The page as one text."""
    return "".join(page_pieces(page, language))


def page_pieces(page: Page, language: Language) -> Iterator[str]:
    """The page as text, in pieces: the style and the script are allowed by their fingerprints alone."""
    name = _TEMPLATES[type(page.body)]
    style, script = _asset("style.css") + _asset("timeline.css"), _asset("script.js")
    policy = _POLICY.format(style=_fingerprint(style), script=_fingerprint(script))
    template = _environment(language.code).get_template(name)
    return template.generate(
        page=page,
        body=page.body,
        words=page.words,
        on=msg("On {day}", day=language.full_day(page.day)),
        made_by=msg("Made by qp {version}.", version=__version__),
        style=style,
        script=script,
        policy=policy,
    )


@cache
def _environment(code: Code) -> Environment:
    """The templates of the page in a language: everything is escaped, and a name they do not know is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    language = Language(code)
    environment = Environment(
        loader=FunctionLoader(lambda name: _asset(f"templates/{name}")),
        autoescape=True,
        finalize=_finisher(language),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "full": language.full_day,
        "short": lambda day: " ".join(language.dated(day).split()),
        "plain": lambda day: language.short_day(day).strip(),
        "figure": lambda number: language.number(number) if number else "·",
        "number": language.number,
        "fact_kind": FACTS.__getitem__,
        "severity": severity_sign,
        "spot": _spot,
        "other_place": lambda each: msg("{label}: {text}", label=_place(each), text=each.message),
        "site_words": describe,
        "counted_columns": counted_columns,
        "group_name": lambda group: group_name(group, language),
        "others": lambda checked: others_aside(checked.aside),
        "summary": lambda checked: write_summary(checked, language),
    }
    return environment


def _finisher(language: Language) -> Callable[[object], object]:
    """What puts each value that a template shows into words: nothing in a text is invisible."""

    def finish(value: object) -> object:
        match value:
            case Message():
                return language.text(value)
            case date():
                return value.isoformat()
            case str() if not hasattr(value, "__html__"):
                return visible(value)
            case _:
                return value

    return finish


def _place(related: Related) -> str:
    return f"{visible(related.span.path)}{_spot(related.span)}"


def _spot(span: Span) -> str:
    return f":{span.line}:{span.column}"


@cache
def _asset(name: str) -> str:
    """One file of the page, its lines ended alike on every system."""
    from importlib.resources import files

    return files(_PACKAGE).joinpath(*name.split("/")).read_text("utf-8").replace("\r\n", "\n")


def _fingerprint(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
