"""`qp schema`: what editors read, with the ids of the repository they are in, and what a command's JSON holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qp_cli.app.readings import read_choice
from qp_cli.cli.completion import complete_words
from qp_cli.cli.options import Call, taking
from qp_cli.cli.output import say
from qp_cli.cli.parser import marked
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qp_cli.cli.editor_schemas import SchemaSource
    from qp_cli.render.language import Language

NAMES = ("convention", "sites", "journal", "parties")
"""What has a schema: the files of a repository, and the one above several."""
ANSWERS = ("status", "deadlines", "overdue", "show", "calc", "timeline", "check", "log", "diff", "remind")
"""The commands whose JSON has a schema: those of what they answer, for programs that read it."""

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="convention|sites|journal|parties|COMMAND",
        help=marked(
            "Which file, or the command whose JSON is described: status, deadlines, overdue, show, calc, timeline, "
            "check, log, diff, remind; without one, the schemas of all the files under their names."
        ),
        autocompletion=complete_words((*NAMES, *ANSWERS)),
    ),
]
_Plain = Annotated[bool, typer.Option("--plain", help=marked("Without the ids of the repository."))]
_Update = Annotated[
    bool,
    typer.Option(
        "--update",
        help=marked("Write them into the repository's schemas/, with its ids; qp record then keeps them in step."),
    ),
]


@taking("data", "lang", "output")
def schema(name: Name = None, plain: _Plain = False, update: _Update = False, *, call: Call) -> None:
    """The JSON Schema that editors use, with the ids of the repository it is asked in, or that of a command's JSON.

    In French and English, or in the language of --lang alone.
    """
    chosen = read_choice(name, (*NAMES, *ANSWERS), "qp schema") if name else None
    if update:
        _update(chosen, call, alone=plain or call.destination is not None)
        return
    from qp_cli.render.formats import to_json

    alone = call.lang or (call.ctx.parent and call.ctx.parent.params.get("lang"))
    make = _maker(None if plain or chosen in ANSWERS else _declared(call), (call.language,) if alone else ())
    call.give(to_json(make(chosen) if chosen else {each: make(each) for each in NAMES}), form="json")


def _maker(parts: SchemaSource | None, languages: Sequence[Language]) -> Callable[[str], dict[str, Any]]:
    """What makes a schema by its name, with the ids of a repository where there is one."""
    from qp_cli.render.answer_schemas import answer_schema
    from qp_cli.render.editor_schemas import OWN_FILES, kept_schema, plain_schema
    from qp_cli.render.language import Language

    says = [language.text for language in languages or (Language("fr"), Language("en"))]

    def make(name: str) -> dict[str, Any]:
        if name in ANSWERS:
            return answer_schema(name, says)
        if parts and name in OWN_FILES.values():
            return kept_schema(name, parts.ids(name), languages)
        return plain_schema(name, languages)

    return make


def _declared(call: Call) -> SchemaSource | None:
    """What the repository declares that is named, or that one stands in; None outside any, and for several.

    Raises:
        RepositoryError: one is named and is not there, or its files cannot be read.
    """
    from qp_cli.cli.editor_schemas import schema_source
    from qp_cli.store.places import upwards

    session = call.session
    if session.is_named(call.data or ()):
        folders = session.folders(call.data or (), fallback=False)
        return schema_source(folders[0]) if len(folders) == 1 else None
    here = upwards(Path.cwd())
    return schema_source(here) if here else None


def _update(name: str | None, call: Call, *, alone: bool) -> None:
    """Writes the schemas of the repository that is meant, or one of them, and names each that changed.

    Raises:
        UsageError: another option says otherwise, several are meant, or a schema cannot be written.
        RepositoryError: there is none.
    """
    from qp_cli.app.opening import shown_path
    from qp_cli.cli.editor_schemas import update_schemas
    from qp_cli.render.editor_schemas import OWN_FILES

    if alone or name == "parties" or name in ANSWERS:
        raise UsageError(msg("--update writes the schemas of one convention, with its ids, where its editors look."))
    folder = call.session.folder(call.data or (), fallback=False)
    written = [*update_schemas(folder, [name] if name else [*OWN_FILES.values()])]
    for path in written:
        say(call.language.text(msg("{file} written", file=str(shown_path(path)))))
    if not written:
        say(call.language.text(msg("The schemas hold the ids of the repository already.")))
