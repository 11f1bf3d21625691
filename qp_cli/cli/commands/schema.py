"""`qp schema`: what editors read to complete and check the files."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.app.readings import read_choice
from qp_cli.cli.completion import complete_words
from qp_cli.cli.options import Call, taking
from qp_cli.cli.parser import marked

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


@taking("lang", "output")
def schema(name: Name = None, *, call: Call) -> None:
    """The JSON Schema that editors use, in French and English, or in the language of --lang alone."""
    from qp_cli.model.json_schema import json_schema
    from qp_cli.render.formats import to_json
    from qp_cli.render.language import Language

    alone = call.lang or (call.ctx.parent and call.ctx.parent.params.get("lang"))
    languages = (call.language,) if alone else (Language("fr"), Language("en"))
    says = [language.text for language in languages]
    if name is None:
        record = {each: json_schema(each, says) for each in NAMES}
    else:
        record = json_schema(read_choice(name, NAMES, "qp schema"), says)
    call.give(to_json(record), form="json")
