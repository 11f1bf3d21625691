"""`qp remind`: a message to each contact about what is overdue and what comes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.app.conventions import absences, left_out
from qp_cli.app.readings import read_length
from qp_cli.cli.answers import form_of
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.interruption import forget_interruption
from qp_cli.cli.options import Call, taking
from qp_cli.cli.output import emit, say_all
from qp_cli.cli.parser import marked
from qp_cli.cli.sending import confirm_sending, read_sender, say_what_became, send_messages, settings
from qp_cli.errors import QpError, UsageError
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.cli.conventions import SessionConventions
    from qp_cli.law.periods import Period
    from qp_cli.render.mail.message import Sender
    from qp_cli.render.mail.plan import MailPlan
    from qp_cli.store.mail_server import MailServer

_Folder = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar=marked("DIR"),
        help=marked("Write each message into this folder, as a file that Outlook and Thunderbird open."),
    ),
]
_Send = Annotated[
    bool, typer.Option("--send", help=marked("Send them by the server of QP_SMTP_URL (password: QP_SMTP_PASSWORD)."))
]
_To = Annotated[
    list[str] | None,
    typer.Option("--to", metavar=marked("ADDRESS"), help=marked("Only the messages to this address; repeatable.")),
]
_From = Annotated[
    str | None,
    typer.Option("--from", metavar=marked("ADDRESS"), help=marked("Whom they are from (else QP_SMTP_FROM).")),
]
_Yes = Annotated[bool, typer.Option("--yes", help=marked("With --send: without asking first, for a job."))]


@taking("within", "data", "convention", "as_of", "lang", "form", "no_cache")
def remind(
    output: _Folder = None,
    send: _Send = False,
    to: _To = None,
    sender: _From = None,
    yes: _Yes = False,
    *,
    call: Call,
) -> None:
    """A message to each contact: what is overdue, what comes, and its dates as a calendar. Alone, shows to whom.

    Which days is the convention's to say (remind: [30, 14, 7, 1]), weekly once overdue; --within leaves that aside.
    """
    folder, session = output or call.session.output, call.session
    if send and folder:
        raise UsageError(msg("--output writes files, --send sends: give one of them"))
    answer_in, length = form_of(call), read_length(call.within, "--within") if call.within else None
    who = read_sender(sender, session.environ)
    server = settings(session.environ, who) if send else None
    conventions = open_conventions(call, fallback=not (send or folder))
    plan, code = _plan(conventions, length, to or (), who, with_days=bool(folder or send)), 0
    if folder:
        plan = _write(plan, folder, call)
    if server and who and plan.messages:
        if not yes:
            say_all(_answer(plan, "table", call))
            confirm_sending(len(plan.messages), server, call.language)
        code = _send(plan, server, who, answer_in, call)
    else:
        emit(_answer(plan, answer_in, call), None, answer_in)
    if code := code or conventions.code:
        raise typer.Exit(code)


def _plan(
    conventions: SessionConventions, length: Period | None, only: Sequence[str], who: Sender | None, *, with_days: bool
) -> MailPlan:
    """The messages of the day.

    Raises:
        QpError: no convention can be read.
        UsageError: there is nothing for an address that was asked for.
    """
    from qp_cli.app.reminding import remindings
    from qp_cli.law.dates import add_period
    from qp_cli.render.mail.letters import Correspondence
    from qp_cli.render.mail.plan import MailPlan, PlannedMessage

    one = conventions.only()
    until = add_period(conventions.day, length) if length else None
    session = conventions.session
    letters = Correspondence(conventions.day, session.language, several=one is None, only=only)
    for each in remindings(session, (one,) if one else conventions, until, with_days=with_days):
        letters.add(each)
    for address in letters.unmet(only):
        session.remark(msg("Nothing is to be written to {address} on this day.", address=address))
    planned = tuple(map(PlannedMessage, letters.letters()))
    return MailPlan(
        conventions.day,
        planned,
        who,
        tuple(letters.without),
        partial(absences, conventions),
        partial(left_out, conventions),
    )


def _answer(plan: MailPlan, form: str, call: Call) -> str:
    from qp_cli.render.mail.plan import draw_plan, write_plan

    return draw_plan(plan, call.screen, call.language) if form == "table" else write_plan(plan, form, call.language)


def _write(plan: MailPlan, folder: str, call: Call) -> MailPlan:
    """Writes the messages into a folder; the plan, with the name of each file.

    Raises:
        UsageError: one of them cannot be written.
    """
    from qp_cli.render.mail.message import message_id, write_message
    from qp_cli.store.mail_files import mail_file_names, write_mail_files

    letters = [each.letter for each in plan.messages]
    names = mail_file_names(plan.as_of, [each.email for each in letters])
    made = {
        name: (message_id(each, plan.sender), write_message(each, plan.sender, is_draft=True))
        for name, each in zip(names, letters, strict=True)
    }
    if made:
        write_mail_files(Path(folder), made)
    said = msgs(
        "{count} message written to {folder}", "{count} messages written to {folder}", count=len(made), folder=folder
    )
    call.session.say(said)
    named = (each._replace(file=name) for each, name in zip(plan.messages, names, strict=True))
    return plan._replace(messages=tuple(named))


def _send(plan: MailPlan, server: MailServer, who: Sender, form: str, call: Call) -> int:
    """Sends the messages and gives the list of what became of them; 1 where one was not sent, else 0.

    Raises:
        KeyboardInterrupt: somebody interrupted it; the list was given all the same.
    """
    from qp_cli.store.mail_server import Fate

    told, interrupted = send_messages(server, who, plan.messages)
    done = plan._replace(messages=tuple(told))
    if interrupted:
        forget_interruption()
    try:
        emit(_answer(done, form, call), None, form)
    except QpError:
        say_all(_answer(done, "table", call))  # what was sent is said somewhere, for it cannot be taken back
        raise
    finally:
        say_what_became(told, call.language)
    if interrupted:
        raise KeyboardInterrupt
    return int(any(each.fate is not Fate.SENT for each in told))
