"""Sending messages: who from and by which server, whether it is meant, and what became of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qp_cli.choices import chosen
from qp_cli.cli.output import say
from qp_cli.cli.prompts import Asking, is_answered
from qp_cli.errors import UsageError
from qp_cli.messages import msg, msgs
from qp_cli.model.contacts import EMAIL_PATTERN
from qp_cli.names import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qp_cli.render.language import Language
    from qp_cli.render.mail.message import Sender
    from qp_cli.render.mail.plan import PlannedMessage
    from qp_cli.store.mail_server import Delivery, MailServer

_SENDER = re.compile(r'\s*(?:"?([^<>"]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))\s*')
_YES = {"yes": ("y", "oui", "o"), "no": ("n", "non")}


def read_sender(text: str | None, environ: Mapping[str, str]) -> Sender | None:
    """Who messages are from: `--from`, else QP_SMTP_FROM, an address or `Name <address>`; None where nobody is said.

    Raises:
        UsageError: it is no address.
    """
    from qp_cli.render.mail.message import Sender
    from qp_cli.render.visible import visible

    given = text or environ.get("QP_SMTP_FROM")
    if not given:
        return None
    found = _SENDER.fullmatch(given)
    name, address = (found[1] or "", found[2] or found[3]) if found else ("", "")
    if not re.fullmatch(EMAIL_PATTERN, address) or visible(name) != name:
        option = "--from" if text else "QP_SMTP_FROM"
        problem = msg("{option}: “{text}” is no address: write suivi@example.org or Suivi <suivi@example.org>",
                      option=option, text=shown(given))  # fmt: skip
        raise UsageError(problem)
    return Sender(address, name)


def settings(environ: Mapping[str, str], sender: Sender | None) -> MailServer:
    """The server that messages are handed to, by QP_SMTP_URL and QP_SMTP_PASSWORD.

    Raises:
        UsageError: one of them is missing, or makes no sense, or nobody is said to send them.
    """
    from qp_cli.store.mail_server import read_mail_server

    url = environ.get("QP_SMTP_URL")
    if not url:
        raise UsageError(msg("--send: QP_SMTP_URL says by which server: smtp://user@host:587"))
    server = read_mail_server(url, environ.get("QP_SMTP_PASSWORD", ""))
    if sender is None:
        raise UsageError(msg("--send: --from, or QP_SMTP_FROM, says whom the messages are from."))
    return server


def confirm_sending(count: int, server: MailServer, language: Language) -> None:
    """Asks whether so many messages are to be sent; nothing, where the answer is yes.

    Raises:
        UsageError: it is no, or nobody is there to answer.
    """
    if not is_answered():
        raise UsageError(msg("Nothing was sent: nobody is there to confirm it. A job says --yes."))
    question = msgs(
        "Send {count} message by {server}? yes/no", "Send {count} messages by {server}? yes/no",
        count=count, server=server.label,
    )  # fmt: skip
    try:
        answer = Asking(language).ask(question, _yes_or_no, language.text(msg("no")))
    except UsageError:
        answer = "no"
    if answer == "no":
        raise UsageError(msg("Nothing was sent."))


def _yes_or_no(text: str) -> str:
    answer = chosen(text, ("yes", "no"), _YES)
    if answer is None:
        raise UsageError(msg("Answer yes or no."))
    return answer


def send_messages(
    server: MailServer, sender: Sender, messages: Sequence[PlannedMessage]
) -> tuple[list[PlannedMessage], bool]:
    """Sends messages and says of each what became of it; and whether somebody interrupted it."""
    from qp_cli.render.mail.message import write_message
    from qp_cli.store.mail_server import Delivery, Fate, Outgoing, deliver

    outgoing = [Outgoing(sender.email, each.letter.email, write_message(each.letter, sender)) for each in messages]
    done: list[Delivery] = []
    interrupted = False
    try:
        for each in deliver(server, outgoing):
            done.append(each)  # noqa: PERF402 - what was done before an interruption is kept
    except KeyboardInterrupt:
        interrupted = True
        why = msg("interrupted")
        left = [each.letter.email for each in messages[len(done) :]]
        done += [Delivery(to, Fate.UNSENT if number else Fate.UNKNOWN, why) for number, to in enumerate(left)]
    told = [one._replace(fate=each.fate, why=each.why) for one, each in zip(messages, done, strict=True)]
    return told, interrupted


def say_what_became(messages: Sequence[PlannedMessage], language: Language) -> None:
    """Says how many were sent, and what to add to the command to try those again that were not."""
    from qp_cli.store.mail_server import Fate

    sent = sum(each.fate is Fate.SENT for each in messages)
    missed = [each.letter.email for each in messages if each.fate in {Fate.REFUSED, Fate.UNSENT}]
    say(language.text(msgs("{count} message sent, {others} not.", "{count} messages sent, {others} not.",
                           count=sent, others=len(messages) - sent)))  # fmt: skip
    if missed:
        options = " ".join(f"--to {each}" for each in missed)
        text = msg("To try those again that were not sent, add to the same command: {options}", options=options)
        say(language.text(text))
