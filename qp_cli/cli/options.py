"""The options that several commands share, each written once."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.cli.completion import complete_parties, complete_sites, complete_words
from qp_cli.cli.parser import marked
from qp_cli.render.language import LANGUAGES

FORMATS = ("table", "json", "csv", "md")
CHECK_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
GROUPINGS = ("convention", "party", "clause", "site")
STATE_NAMES = (
    "overdue",
    "due-soon",
    "upcoming",
    "open",
    "in-effect",
    "conditional",
    "suspended",
    "fulfilled",
    "fulfilled-late",
    "discharged",
    "breached",
    "expired",
)
FAIL_ON = ("overdue", "overdue-by-term", *STATE_NAMES[1:])
"""What `--fail-on` takes: the states, and what is overdue by a date derived from the term alone."""


def _without_cache(ctx: typer.Context, asked: bool) -> None:
    if asked and ctx.obj is not None:  # there is no session while a shell completes a word
        ctx.obj.no_cache = True


Data = Annotated[
    list[str] | None,
    typer.Option(
        "--data",
        metavar=marked("DIR"),
        help=marked("Folder of the repository, or of several; repeatable (else QP_DATA, else upwards from here)."),
    ),
]
ConventionsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--convention",
        metavar=marked("ID"),
        help=marked("Only this convention, by id, territory or title; repeatable."),
    ),
]
GroupBy = Annotated[
    str | None,
    typer.Option(
        "--group-by",
        metavar="|".join(GROUPINGS),
        help=marked("Put together by convention, party, clause or site."),
        autocompletion=complete_words(GROUPINGS),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=marked("DATE"),
        help=marked("Day to look at: 2021-10-01 or 01/10/2021 (else QP_AS_OF, else today)."),
    ),
]
KnownAt = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar=marked("DATE|REV"),
        help=marked("What the repository said then, by its git history: a day as it ended, or a revision."),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="fr|en",
        help=marked("Language (else QP_LANG, else the machine's)."),
        autocompletion=complete_words(LANGUAGES),
    ),
]
FormOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="table|json|csv|md",
        help=marked("Form of the answer."),
        autocompletion=complete_words(FORMATS),
    ),
]
CheckForm = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="text|json|github|gitlab|sarif|junit",
        help=marked("Form of the answer (else text, with github's annotations under GitHub Actions)."),
        autocompletion=complete_words(CHECK_FORMATS),
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar=marked("FILE"), help=marked("Write to this file, whole or not at all.")),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        callback=_without_cache,
        help=marked("Read the files again, and keep nothing for the next time (else QP_NO_CACHE)."),
    ),
]
PartiesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--party",
        metavar=marked("PARTY"),
        help=marked("Only what this party, organ, group or role owes; repeatable."),
        autocompletion=complete_parties,
    ),
]
SitesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--site",
        metavar=marked("SITE"),
        help=marked("Only this site, and what concerns every site; repeatable."),
        autocompletion=complete_sites,
    ),
]
StatesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--state",
        metavar=marked("STATE"),
        help=marked("Only this state; repeatable, or separated by commas."),
        autocompletion=complete_words(STATE_NAMES),
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar=marked("STATES"),
        help=marked("Exit with 1 when an obligation is in one of these states, overdue-by-term being one of its own."),
        autocompletion=complete_words(FAIL_ON),
    ),
]
