"""`qp init`: a new repository for another convention."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qp_cli.cli.completion import complete_words, complete_zones
from qp_cli.cli.options import Call, taking
from qp_cli.cli.output import emit, say_all, screen
from qp_cli.cli.parser import marked
from qp_cli.cli.prompts import is_answered
from qp_cli.errors import UsageError
from qp_cli.messages import msg

_DAY = marked("DATE")
_TEXT = marked("TEXT")
_NAME = marked("NAME")

_Folder = Annotated[
    str, typer.Argument(metavar=marked("DIR"), help=marked("The folder; it is made, and nothing in it is overwritten."))
]
_Template = Annotated[
    str | None,
    typer.Option(
        "--template",
        metavar="quartiers-productifs|blank",
        help=marked("What it starts from: the programme's convention, or none."),
        autocompletion=complete_words(("quartiers-productifs", "blank")),
    ),
]
_Id = Annotated[
    str | None, typer.Option("--id", metavar="ID", help=marked("The convention's id (else made from names)."))
]
_Title = Annotated[str | None, typer.Option("--title", metavar=marked("TITLE"), help=marked("The convention's title."))]
_Territory = Annotated[str | None, typer.Option("--territory", metavar=_NAME, help=marked("The territory."))]
_ZoneOption = Annotated[
    str | None,
    typer.Option(
        "--zone",
        metavar=marked("ZONE"),
        help=marked("Whose public holidays count (else metropole)."),
        autocompletion=complete_zones,
    ),
]
_Origin = Annotated[
    str | None, typer.Option("--origin", metavar=_DAY, help=marked("The day that periods are counted from."))
]
_Term = Annotated[
    str | None,
    typer.Option("--term", metavar=marked("PERIOD|DATE"), help=marked("How long it lasts, or its last day.")),
]
_Epci = Annotated[
    str | None,
    typer.Option("--epci", metavar=_NAME, help=marked("quartiers-productifs: the intercommunalité.")),
]
_Prefet = Annotated[
    str | None, typer.Option("--prefet", metavar=_NAME, help=marked("quartiers-productifs: the préfet who follows it."))
]
_Lead = Annotated[
    str | None,
    typer.Option(
        "--chef-de-file", metavar=marked("PARTY"), help=marked("quartiers-productifs: the partner who is chef de file.")
    ),
]
_Signed = Annotated[
    str | None, typer.Option("--signed", metavar=_DAY, help=marked("quartiers-productifs: the day of the signature."))
]
_Party = Annotated[list[str] | None, typer.Option("--party", metavar=_NAME, help=marked("blank: a party; repeatable."))]
_Event = Annotated[
    str | None, typer.Option("--event", metavar=_TEXT, help=marked("blank: what periods are counted from."))
]
_Clause = Annotated[
    str | None, typer.Option("--term-clause", metavar=_TEXT, help=marked("blank: the clause that sets the term."))
]
_Engagement = Annotated[
    list[str] | None,
    typer.Option(
        "--engagement",
        metavar=_TEXT,
        help=marked("blank: “TITLE; PARTY; KIND; DUE; CLAUSE”, DUE empty where there is none; repeatable."),
    ),
]
_Source = Annotated[
    str | None,
    typer.Option("--qp-source", metavar=_TEXT, help=marked("What pip installs qp from, for the CI files.")),
]
_Ask = Annotated[bool, typer.Option("--ask", help=marked("Ask at the terminal for all that is left out."))]


@taking("lang")
def init(
    folder: _Folder,
    template: _Template = None,
    id_: _Id = None,
    title: _Title = None,
    territory: _Territory = None,
    zone: _ZoneOption = None,
    origin: _Origin = None,
    term: _Term = None,
    epci: _Epci = None,
    prefet: _Prefet = None,
    chef_de_file: _Lead = None,
    signed: _Signed = None,
    party: _Party = None,
    event: _Event = None,
    term_clause: _Clause = None,
    engagement: _Engagement = None,
    qp_source: _Source = None,
    ask: _Ask = False,
    *,
    call: Call,
) -> None:
    """Start a repository for another convention, with its CI files; what is missing is asked for at a terminal.

    Everything is checked first, then written, all of it or nothing; no file that exists is touched.
    """
    from qp_cli.cli.init_answers import (
        TypedAnswers,
        missing_answers,
        missing_options,
        read_founding,
        read_source,
        read_template,
        try_out,
    )
    from qp_cli.init.convention import Founding
    from qp_cli.init.files import in_git, refuse_what_is_there, write_new
    from qp_cli.init.source import known_source
    from qp_cli.render.findings.text import write_findings
    from qp_cli.render.init_summary import founded_files, write_founded
    from qp_cli.render.layout import fold
    from qp_cli.tracking.situation import assess

    language, place = call.language, Path(folder)
    if not folder.strip():
        raise UsageError(msg("{name} is missing.", name="DIR"))
    refuse_what_is_there(place, founded_files(Founding(), language))
    typed = TypedAnswers(
        template=read_template(template) if template else None,
        id=id_,
        title=title,
        territory=territory,
        zone=zone,
        origin=origin,
        event=event,
        signed=signed,
        term=term,
        term_clause=term_clause,
        party=tuple(party or ()),
        engagement=tuple(engagement or ()),
        epci=epci,
        prefet=prefet,
        chef_de_file=chef_de_file,
    )
    source = read_source(qp_source) or known_source()
    if ask and not is_answered():
        raise UsageError(msg("--ask needs a terminal."))
    if ask or (missing_answers(typed) and is_answered()):
        from qp_cli.cli.init_questions import complete_founding

        typed = complete_founding(typed, folder, language, ask=ask)
    if lacking := missing_options(typed):
        raise UsageError(lacking)
    founding = read_founding(typed, language)
    convention, warnings = try_out(founding, language)
    files = founded_files(founding, language, source, convention)
    now = assess(convention, (), (), call.session.day(None))
    told = write_founded(folder, files, now, language, known=in_git(place), source=source)
    write_new(place, files)
    emit(fold(told, screen(call.session.environ).width))
    say_all(write_findings(warnings, language))
