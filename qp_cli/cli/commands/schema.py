"""`qp schema`: what editors read to complete and check the files, and what programs are promised of the answers."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.app.readings import read_choice
from qp_cli.cli.completion import complete_words
from qp_cli.cli.options import Call, taking
from qp_cli.cli.parser import marked

NAMES = ("convention", "sites", "journal", "parties")
"""What has a schema: the files of a repository, and the one above several."""
ANSWERS = ("status", "deadlines", "overdue", "show", "calc", "timeline", "check", "log", "diff")
"""The commands whose JSON has a schema: those of what they answer, for programs that read it."""

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="convention|sites|journal|parties|COMMAND",
        help=marked(
            "Which file, or the command whose JSON is described: status, deadlines, overdue, show, calc, timeline, "
            "check, log, diff; without one, the schemas of all the files under their names."
        ),
        autocompletion=complete_words((*NAMES, *ANSWERS)),
    ),
]


@taking("lang", "output")
def schema(name: Name = None, *, call: Call) -> None:
    """The JSON Schema that editors use, or that of a command's JSON, in French and English, or --lang alone."""
    from qp_cli.model.json_schema import json_schema
    from qp_cli.render.answer_schemas import answer_schema
    from qp_cli.render.formats import to_json
    from qp_cli.render.language import Language

    alone = call.lang or (call.ctx.parent and call.ctx.parent.params.get("lang"))
    languages = (call.language,) if alone else (Language("fr"), Language("en"))
    says = [language.text for language in languages]
    if name is None:
        record = {each: json_schema(each, says) for each in NAMES}
    else:
        chosen = read_choice(name, (*NAMES, *ANSWERS), "qp schema")
        record = answer_schema(chosen, says) if chosen in ANSWERS else json_schema(chosen, says)
    call.give(to_json(record), form="json")
