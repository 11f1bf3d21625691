"""`qp schema`: what editors read to complete and check the files."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.app.readings import read_choice
from qp_cli.cli.completion import complete_words
from qp_cli.cli.options import Lang, Output
from qp_cli.cli.output import emit
from qp_cli.cli.parser import marked
from qp_cli.cli.session import Session

NAMES = ("convention", "sites", "journal", "parties")
"""What has a schema: the files of a repository, and the one above several."""

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="convention|sites|journal|parties",
        help=marked("Which file; without one, all the schemas under their names."),
        autocompletion=complete_words(NAMES),
    ),
]


def schema(ctx: typer.Context, name: Name = None, lang: Lang = None, output: Output = None) -> None:
    """The JSON Schema that editors use, in French and English, or in the language of --lang alone."""
    from qp_cli.model.json_schema import json_schema
    from qp_cli.render.formats import to_json
    from qp_cli.render.language import Language

    session: Session = ctx.obj
    alone = lang or (ctx.parent and ctx.parent.params.get("lang"))
    languages = (session.language,) if alone else (Language("fr"), Language("en"))
    says = [language.text for language in languages]
    if name is None:
        record = {each: json_schema(each, says) for each in NAMES}
    else:
        record = json_schema(read_choice(name, NAMES, "qp schema"), says)
    emit(to_json(record), output or session.output)
