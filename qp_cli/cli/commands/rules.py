"""`qp rules`: what `qp check` looks for."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.app.readings import read_choice
from qp_cli.cli.completion import complete_words
from qp_cli.cli.options import Lang, Output
from qp_cli.cli.output import emit, screen
from qp_cli.cli.parser import marked
from qp_cli.cli.session import Session

_FORMATS = ("table", "json", "md")
_RulesForm = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="table|json|md",
        help=marked("Form of the answer."),
        autocompletion=complete_words(_FORMATS),
    ),
]


def rules(ctx: typer.Context, lang: Lang = None, form: _RulesForm = None, output: Output = None) -> None:
    """The rules of `qp check`: their codes, what they weigh, what they look for."""
    session: Session = ctx.obj
    answer_in = read_choice(form or session.form or "table", _FORMATS, "--format")
    from qp_cli.render.findings.rule_pages import rule_pages, rules_record, rules_rows, write_rules

    pages = rule_pages(session.language)
    destination = output or session.output
    if answer_in == "json":
        from qp_cli.render.formats import to_json

        text = to_json(rules_record(pages))
    elif answer_in == "md":
        from qp_cli.render.formats import to_markdown

        text = to_markdown(*rules_rows(pages, session.language))
    else:
        text = write_rules(pages, session.language, screen(session.environ, destination).width)
    emit(text, destination, answer_in, language=session.language)
