"""`qp record`: one fact more in the journal."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.app.recording import KINDS, Typed, author, read_fact, read_proof
from qp_cli.cli.clock import today
from qp_cli.cli.completion import complete_engagements, complete_parties, complete_sites, complete_words
from qp_cli.cli.conventions import open_to_write
from qp_cli.cli.options import Data, Lang, NoCache
from qp_cli.cli.output import emit
from qp_cli.cli.parser import marked
from qp_cli.cli.prompts import complete, is_terminal
from qp_cli.cli.registering import write_down
from qp_cli.cli.session import Session

DAY = marked("DATE")
PARTY = marked("PARTY")
PERIOD = marked("PERIOD")

Kind = Annotated[
    str | None,
    typer.Argument(
        metavar=marked("KIND"),
        help=marked(
            "fulfilled, triggered, occurred, waived, suspended, resumed, notified, breached, amended or voided."
        ),
        autocompletion=complete_words(KINDS),
    ),
]
Target = Annotated[
    str | None,
    typer.Argument(
        metavar=marked("TARGET"),
        help=marked("To what: an engagement or obligation, an event (occurred), terme (amended), a fact (voided)."),
        autocompletion=complete_engagements,
    ),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar=DAY, help=marked("The day it took effect (else the day of signature, else today).")),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar=PARTY,
        help=marked("The debtor concerned, or who asked; every debtor without it."),
        autocompletion=complete_parties,
    ),
]
To = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        metavar=PARTY,
        help=marked("Whom a request is addressed to; repeatable."),
        autocompletion=complete_parties,
    ),
]
Sites = Annotated[
    list[str] | None,
    typer.Option(
        "--site", metavar=marked("SITE"), help=marked("Only there; repeatable."), autocompletion=complete_sites
    ),
]
Occurrence = Annotated[
    str | None,
    typer.Option(
        "--occurrence",
        metavar=DAY,
        help=marked("Which one of a series: its day after the @; the oldest still owed without it."),
    ),
]
Cure = Annotated[
    str | None, typer.Option("--cure", metavar=PERIOD, help=marked("notified: the period given to put things right."))
]
Title = Annotated[str | None, typer.Option("--title", metavar=marked("TITLE"), help=marked("amended: its title."))]
Signed = Annotated[str | None, typer.Option("--signed", metavar=DAY, help=marked("amended: the day of signature."))]
Effect = Annotated[
    str | None,
    typer.Option("--effect", metavar=DAY, help=marked("amended: the day it takes effect, which may be to come.")),
]
Extend = Annotated[
    str | None,
    typer.Option("--extend", metavar=PERIOD, help=marked("amended: how much longer, counted from the origin.")),
]
DueOn = Annotated[str | None, typer.Option("--due-on", metavar=DAY, help=marked("amended: the new date."))]
End = Annotated[bool, typer.Option("--end", help=marked("amended: the engagement is no longer owed."))]
ProofOption = Annotated[
    str | None,
    typer.Option(
        "--proof", metavar=marked("FILE|URL"), help=marked("A web address, or a file of the repository's folder.")
    ),
]
Note = Annotated[str | None, typer.Option("--note", metavar=marked("TEXT"), help=marked("A remark."))]
Who = Annotated[
    str | None, typer.Option("--who", metavar=marked("NAME"), help=marked("Who writes it down (else git's user.name)."))
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=marked("Show what would be written and changed; write nothing."))
]


def record(
    ctx: typer.Context,
    kind: Kind = None,
    target: Target = None,
    on: On = None,
    by: By = None,
    to: To = None,
    site: Sites = None,
    occurrence: Occurrence = None,
    cure: Cure = None,
    title: Title = None,
    signed: Signed = None,
    effect: Effect = None,
    extend: Extend = None,
    due_on: DueOn = None,
    end: End = False,
    proof: ProofOption = None,
    note: Note = None,
    who: Who = None,
    dry_run: DryRun = False,
    data: Data = None,
    lang: Lang = None,
    no_cache: NoCache = False,
) -> None:
    """Record one fact in the journal, and say what it changes; what is missing is asked for at a terminal.

    An avenant that lengthens a period, sets a date or ends an engagement is recorded here; one that changes
    debtors, adds engagements or changes several things is written in journal.yaml by hand.
    """
    session: Session = ctx.obj
    opened = open_to_write(session, data or ())
    folder = opened.folder
    people, places = tuple(to or ()), tuple(site or ())
    typed = Typed(
        kind, target, on, by, people, places, occurrence, signed, effect, title, extend, due_on, end, cure, proof, note
    )
    if is_terminal():
        typed = complete(typed, opened, session)
    fact = read_fact(typed, opened)
    fact["recorded"] = today()
    if name := author(who, folder, session.environ):
        fact["recorded_by"] = name
    if typed.note:
        fact["note"] = typed.note
    if typed.proof:
        fact["proof"] = read_proof(typed.proof, folder)
    emit(write_down(fact, folder, opened, session, dry_run=dry_run))
