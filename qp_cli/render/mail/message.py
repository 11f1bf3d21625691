"""A letter as a message (RFC 5322): text, HTML, and its dates as a calendar; the same letter gives the same bytes."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import datetime, time
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from qp_cli.messages import msg
from qp_cli.names import fold_case, on_one_line
from qp_cli.render.mail.words import letter_groups

if TYPE_CHECKING:
    from email.policy import EmailPolicy

    from jinja2 import Environment

    from qp_cli.messages import Message
    from qp_cli.render.mail.letters import Letter
    from qp_cli.render.mail.words import ReminderWords

_PACKAGE = "qp_cli.render.mail"
_PARIS = "Europe/Paris"
_NO_DOMAIN = "qp.invalid"
"""What stands after the @ of a message's id where no sender is known: a name that is nobody's (RFC 2606)."""
_PLAIN = re.compile(r"[A-Za-z0-9'.,:/() -]{1,60}")
"""What a subject can say as it is."""
_LONGEST_NAME = 45
"""How many bytes of a name one encoded word holds, of the 75 characters that it may have."""
_WORDS = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+){0,5}")
"""What a name can say as it is: neither a quote nor anything that parts addresses."""


class Sender(NamedTuple):
    """Who a message is from: an address, and a name where there is one."""

    email: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands after the @ of the address."""
        return self.email.rpartition("@")[2]


class _AsIs:
    """A header on one line, safe as it is: the folding of some Pythons breaks a long id, or quotes around a comma."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._text = text

    def fold(self, *, policy: EmailPolicy) -> str:
        """The header as a line."""
        return f"{self.name}: {self._text}{policy.linesep}"

    def __str__(self) -> str:
        return self._text


class _Subject:
    """A subject, in encoded words (RFC 2047) where it is not plain: in those, nothing acts."""

    name = "Subject"

    def __init__(self, text: str) -> None:
        self._text = on_one_line(text)

    def fold(self, *, policy: EmailPolicy) -> str:
        """The header as lines."""
        plain = _PLAIN.fullmatch(self._text)
        words = self._text if plain else Header(self._text, "utf-8", 75, self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {words}{policy.linesep}"

    def __str__(self) -> str:
        return self._text


def _mailbox(header: str, name: str, address: str) -> _AsIs:
    """A header with one address, and before it a name, which is one encoded word where it is not plain.

    In that, neither a comma nor a quote acts. A longer one is cut: between two, some programs, Python's own among them,
    read a blank. The name stands before the address whatever it says.
    """
    if _WORDS.fullmatch(name):
        return _AsIs(header, f"{name} <{address}>")
    if len(name.encode()) > _LONGEST_NAME:
        name = f"{name.encode()[: _LONGEST_NAME - 3].decode(errors='ignore').rstrip()}…"
    word = f"=?utf-8?b?{b64encode(name.encode()).decode()}?= " if name else ""
    return _AsIs(header, f"{word}<{address}>" if word else address)


def message_id(letter: Letter, sender: Sender | None = None) -> str:
    """What a message is known by: the same for the conventions, the address and the day, whatever it says."""
    told = "\n".join((*sorted(letter.conventions), letter.email.casefold(), letter.as_of.isoformat()))
    return f"<qp.{sha256(told.encode()).hexdigest()[:32]}@{sender.domain if sender else _NO_DOMAIN}>"


def write_message(letter: Letter, sender: Sender | None = None, *, is_draft: bool = False) -> bytes:
    """A letter as bytes, lines ended by CR LF; its date is the first instant of its day in Paris.

    Args:
        letter: what is told, and to whom.
        sender: who it is from; nobody, for a draft that the program that opens it completes.
        is_draft: whether it is a file to open, which Outlook then takes for a message not yet sent (`X-Unsent`).
    """
    language = letter.language
    made = EmailMessage(policy=policy.SMTP)
    headers: list[_AsIs | _Subject] = [_mailbox("From", sender.name, sender.email)] if sender else []
    headers += [_mailbox("To", letter.name, letter.email), _Subject(letter.subject)]
    for header in (*headers, _AsIs("Message-ID", message_id(letter, sender))):
        made[header.name] = header  # kept as it is, for it has a name: see `EmailPolicy.header_store_parse`
    made["Date"] = format_datetime(datetime.combine(letter.as_of, time(), ZoneInfo(_PARIS)))
    if is_draft:
        made["X-Unsent"] = "1"
    else:
        made["Auto-Submitted"] = "auto-generated"
    text, html, calendar = plain_part(letter), html_part(letter), letter.calendar
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    name = f"{language.text(msg('deadlines'))}-{letter.as_of.isoformat()}.ics"
    made.add_attachment(calendar, "text", "calendar", cte="base64", filename=_ascii(name), params={"charset": "utf-8"})
    made["Content-Language"] = language.code
    mark = sha256(b"\0".join((text.encode(), html.encode(), calendar))).hexdigest()[:24]
    for number, part in enumerate(part for part in made.walk() if part.is_multipart()):
        part.set_boundary(f"=_qp_{mark}_{number}")
    return made.as_bytes()


def _ascii(name: str) -> str:
    """A name of a file that every program takes: accents left aside."""
    return fold_case(name)


def plain_part(letter: Letter) -> str:
    """A letter as plain text."""
    language = letter.language
    lines = [language.text(HELLO), "", language.text(_opening(letter))]
    for _, heading, group in letter_groups(letter.reminders):
        lines += ["", language.text(heading).upper()]
        for each in group:
            lines += ["", f"* {each.title}", f"  {language.text(_when(each))}"]
            lines += [f"  {line}" for line in (each.about, *each.details) if line]
            if each.working:
                lines.append(f"  {language.text(msg('Working'))}")
                lines += [f"    {number}. {line}" for number, line in enumerate(each.working, start=1)]
            lines.append(f"  {each.reference}")
    lines += ["", *(language.text(line) for line in CLOSING), ""]
    return "\n".join(lines)


def html_part(letter: Letter) -> str:
    """A letter as a page that needs nothing from elsewhere: every text escaped, no link, no script, no picture."""
    language = letter.language
    return (
        _environment()
        .get_template("reminder.html")
        .render(
            language=language.code,
            subject=letter.subject,
            hello=language.text(HELLO),
            opening=language.text(_opening(letter)),
            groups=[(name, language.text(said), group) for name, said, group in letter_groups(letter.reminders)],
            when=lambda each: language.text(_when(each)),
            working=language.text(msg("Working")),
            closing=[language.text(line) for line in CLOSING],
        )
    )


HELLO = msg("Hello,")
CLOSING = (
    msg("The attached calendar holds these dates."),
    msg("If one of these is done, tell whoever keeps this follow-up: the day, and a proof of it."),
    msg("This reminder was made by qp from the files of the convention. It is no formal notice (mise en demeure)."),
)


def _opening(letter: Letter) -> Message:
    """The day, for whom it is written, and of which conventions."""
    day, names = letter.language.full_day(letter.as_of), letter.language.joined(letter.conventions.values())
    return msg(
        "Here is what the follow-up says on {day} for {parties} – {conventions}.",
        day=day, parties=letter.party_words, conventions=names,
    )  # fmt: skip


def _when(each: ReminderWords) -> Message:
    return msg("{deadline}, {distance}", deadline=each.deadline, distance=each.distance)


@cache
def _environment() -> Environment:
    """The template: everything is escaped, and a name it does not know is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _template(name: str) -> str:
    """A template, its lines ended alike on every system."""
    from importlib.resources import files

    return files(_PACKAGE).joinpath("templates", name).read_text("utf-8").replace("\r\n", "\n")
