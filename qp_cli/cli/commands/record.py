"""`qp record`: one fact more in the journal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.app.given_proofs import read_given_proof
from qp_cli.app.record_names import partly_named, whole_names
from qp_cli.app.recording import FACT_KINDS, author, confirm_target, read_fact, with_named_event
from qp_cli.app.typed_command import Typed, as_command
from qp_cli.cli.clock import today
from qp_cli.cli.completion import complete_parties, complete_sites, complete_targets, complete_words
from qp_cli.cli.conventions import open_to_write
from qp_cli.cli.interruption import forget_interruption
from qp_cli.cli.options import Call, taking
from qp_cli.cli.output import emit, say
from qp_cli.cli.parser import marked
from qp_cli.cli.prompts import Asking, UnansweredError, is_answered, is_at_terminal
from qp_cli.cli.recording import Manner, write_down
from qp_cli.errors import QpError, UsageError
from qp_cli.messages import msg
from qp_cli.names import on_one_line
from qp_cli.render.layout import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qp_cli.app.opening import Opened

_DAY = marked("DATE")
_PARTY = marked("PARTY")
_PERIOD = marked("PERIOD")

_Kind = Annotated[
    str | None,
    typer.Argument(
        metavar=marked("KIND"),
        help=marked(
            "fulfilled, triggered, occurred, waived, suspended, resumed, notified, breached, amended,"
            " denounced, terminated, voided or proof."
        ),
        autocompletion=complete_words(FACT_KINDS),
    ),
]
_Targets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=marked("TARGET"),
        help=marked(
            "Of what: an engagement, an event, a fact (f-…), or terme; several engagements, or all, "
            "for a suspension or a resumption."
        ),
        autocompletion=complete_targets,
    ),
]
_On = Annotated[
    str | None,
    typer.Option("--on", metavar=_DAY, help=marked("The day of it (else that of --signed, else today).")),
]
_By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar=_PARTY,
        help=marked("The debtor, or who asked; without it, every debtor."),
        autocompletion=complete_parties,
    ),
]
_To = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        metavar=_PARTY,
        help=marked("Whom a request is addressed to; amended: who owes it from then on; repeatable."),
        autocompletion=complete_parties,
    ),
]
_Sites = Annotated[
    list[str] | None,
    typer.Option(
        "--site", metavar=marked("SITE"), help=marked("Only there; repeatable."), autocompletion=complete_sites
    ),
]
_Occurrence = Annotated[
    str | None,
    typer.Option(
        "--occurrence",
        metavar=_DAY,
        help=marked("Which one: what follows the @ of its id, or its due day; the oldest still owed without it."),
    ),
]
_Cure = Annotated[
    str | None, typer.Option("--cure", metavar=_PERIOD, help=marked("notified: the period given to put things right."))
]
_Notice = Annotated[
    str | None,
    typer.Option("--notice", metavar=_PERIOD, help=marked("terminated: the notice given, counted from its day.")),
]
_Title = Annotated[str | None, typer.Option("--title", metavar=marked("TITLE"), help=marked("amended: its title."))]
_Signed = Annotated[str | None, typer.Option("--signed", metavar=_DAY, help=marked("amended: the day of signature."))]
_Effect = Annotated[
    str | None,
    typer.Option(
        "--effect", metavar=_DAY, help=marked("amended, terminated: the day it takes effect, which may be to come.")
    ),
]
_Extend = Annotated[
    str | None,
    typer.Option("--extend", metavar=_PERIOD, help=marked("amended: how much longer, counted from the origin.")),
]
_DueOn = Annotated[str | None, typer.Option("--due-on", metavar=_DAY, help=marked("amended: the new date."))]
_End = Annotated[bool, typer.Option("--end", help=marked("amended: the engagement is no longer owed."))]
_Term = Annotated[bool, typer.Option("--term", help=marked("suspended, resumed: the term of the convention too."))]
_PartOption = Annotated[
    str | None,
    typer.Option("--part", metavar=marked("SHARE"), help=marked("fulfilled: which share of it: 1/3 or “30 %”.")),
]
_Partly = Annotated[bool, typer.Option("--partly", help=marked("fulfilled: in part, how much is not said."))]
_ProofOption = Annotated[
    str | None,
    typer.Option(
        "--proof", metavar=marked("FILE|URL"), help=marked("A web address, or a file of the repository's folder.")
    ),
]
_CopyProof = Annotated[
    bool, typer.Option("--copy-proof", help=marked("Copy a proof from elsewhere into preuves, beside the journal."))
]
_Note = Annotated[str | None, typer.Option("--note", metavar=marked("TEXT"), help=marked("A remark."))]
_From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar=marked("FILE"),
        help=marked("The filled sheet of qp export xlsx: its lines, all or none."),
    ),
]
_Who = Annotated[
    str | None, typer.Option("--who", metavar=marked("NAME"), help=marked("Who writes it down (else git's user.name)."))
]
_Ask = Annotated[bool, typer.Option("--ask", help=marked("Ask at the terminal for all that is left out."))]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help=marked("Show what would be written and changed; write nothing."))
]


@taking("data", "lang", "no_cache")
def record(
    kind: _Kind = None,
    target: _Targets = None,
    on: _On = None,
    by: _By = None,
    to: _To = None,
    site: _Sites = None,
    occurrence: _Occurrence = None,
    cure: _Cure = None,
    part: _PartOption = None,
    partly: _Partly = False,
    title: _Title = None,
    signed: _Signed = None,
    effect: _Effect = None,
    extend: _Extend = None,
    due_on: _DueOn = None,
    end: _End = False,
    term: _Term = False,
    notice: _Notice = None,
    proof: _ProofOption = None,
    copy_proof: _CopyProof = False,
    note: _Note = None,
    from_file: _From = None,
    who: _Who = None,
    ask: _Ask = False,
    dry_run: _DryRun = False,
    *,
    call: Call,
) -> None:
    """Record one fact in the journal: qp record event signature --on 2021-03-18. What is missing is asked for.

    The answer says what the fact changes, and how to cancel it.

    An avenant that lengthens a period, sets a date, ends an engagement or hands it over to others (--to) is recorded
    here; one that adds engagements or changes several things is written in journal.yaml by hand.

    With --from, the facts are those that people wrote into the sheet "Follow-up" of qp export xlsx, saved as .xlsx,
    .ods or .csv: first with --dry-run, which shows them and writes nothing. What is refused is named, cell by cell;
    the same file given twice records nothing twice.
    """
    opened = open_to_write(call)
    folder = opened.folder
    recorded: dict[str, object] = {"recorded": today()}
    if name := author(who, folder, call.session.environ):
        recorded["recorded_by"] = name
    done: list[str] = []
    if from_file is not None:
        given = (kind, target, on, by, to, site, occurrence, cure, part, partly, title, signed, effect, extend, due_on)
        from qp_cli.cli.filled_sheet import record_filled, refuse_beside

        refuse_beside(*given, end, term, notice, proof, copy_proof, note, ask)
        _emit(
            done,
            lambda: record_filled(
                from_file, opened, call.session, recorded, done.append, data=_named_data(call), dry_run=dry_run
            ),
        )
        return
    people, places = tuple(to or ()), tuple(site or ())
    first, *more = target or (None,)
    typed = Typed(
        *(kind, first, on, by, people, places, occurrence, signed, effect, title, extend, due_on, end, term, cure),
        *(notice, proof, note, part, partly, tuple(more), copy_proof),
    )
    typed = with_named_event(typed, opened)
    confirm_target(typed, opened, _named_data(call))
    asked = False
    if is_answered():
        typed = _agreed_names(typed, opened, call)
        typed, asked = _completed(typed, opened, call, ask=ask, who=who, dry_run=dry_run)
    elif ask:
        raise UsageError(msg("--ask needs a terminal."))
    try:
        _emit(done, lambda: _written(typed, opened, call, recorded, done, dry_run=dry_run, asked=asked))
    except UsageError as error:
        if not asked:
            raise
        again = as_command(typed, who=who, data=_named_data(call), dry_run=dry_run)
        stopped = error if isinstance(error, UnansweredError) else UnansweredError(error.message)
        raise stopped.saying(again) from error


def _agreed_names(typed: Typed, opened: Opened, call: Call) -> Typed:
    """What was typed, with the whole name where words of one were typed and whoever is asked agrees.

    Raises:
        UsageError: they do not; what was typed and what it may mean are said.
    """
    while near := partly_named(typed, opened):
        if not Asking(call.language).confirms(near.message):
            raise near
        typed = whole_names(typed, near)
    return typed


def _completed(
    typed: Typed, opened: Opened, call: Call, *, ask: bool, who: str | None, dry_run: bool
) -> tuple[Typed, bool]:
    """The command line with what was answered, and whether anything was asked.

    Raises:
        UsageError: the answers stop before the end; the command that goes on from there is given.
    """
    from qp_cli.cli.record_questions import Interview

    interview = Interview(typed, opened, call.language)
    try:
        asked = interview.complete(whole=ask or typed.kind is None, dated=is_at_terminal())
    except UnansweredError as stopped:
        if interview.typed == Typed():
            raise
        again = as_command(interview.typed, who=who, data=_named_data(call), ask=True, dry_run=dry_run)
        raise stopped.saying(again) from stopped
    return interview.typed, asked


def _written(
    typed: Typed,
    opened: Opened,
    call: Call,
    recorded: Mapping[str, object],
    done: list[str],
    *,
    dry_run: bool,
    asked: bool,
) -> str:
    """The answer, once the fact that was typed is written down.

    Raises:
        UsageError: it makes no sense, is not agreed to, or the journal cannot be written.
    """
    manner = Manner(dry_run, partial(_agrees, call) if asked else None, data=_named_data(call), typed=typed)
    fact = {**read_fact(typed, opened, manner.data), **recorded}
    if typed.note:
        fact["note"] = on_one_line(typed.note)
    if typed.proof:
        given = read_given_proof(typed.proof, opened.folder, opened.facts, copies=typed.copy_proof)
        fact["proof"], manner = given.fact, manner._replace(copy=given.copy)
    return fold(write_down(fact, opened.folder, opened, call.session, done.append, manner), call.screen.width)


def _emit(done: list[str], write: Callable[[], str]) -> None:
    """Gives the answer; what is recorded is told whatever stops the rest.

    Raises:
        QpError: nothing was recorded.
    """
    try:
        emit(write())
    except (QpError, KeyboardInterrupt):
        if not done:
            raise
        forget_interruption()
        say(done[0])  # what could not be told is recorded all the same, and asking again would record it twice


def _agrees(call: Call) -> bool:
    """Whether a fact that was shown is to be recorded."""
    return Asking(call.language).confirms(msg("Record it?"))


def _named_data(call: Call) -> str | None:
    """The folder that was named, with the command or before it."""
    return next(iter(call.data or call.session.data), None)
