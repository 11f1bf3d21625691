"""Messages handed to an SMTP server, verified TLS, each by itself, and what became of it: the only connection."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import deque
from contextlib import suppress
from enum import StrEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.places import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from smtplib import SMTP

    from qp_cli.messages import Message

TIMEOUT = 30.0
"""Seconds that a server has for each answer."""
_PORTS = {"smtp": 587, "smtps": 465}
_HOST = re.compile(r"[\w.:-]{1,253}")
_MOST_REPLY = 160
"""How many characters of a server's answer a line repeats."""
_ACCEPTED, _AUTHENTICATED, _GO_ON, _SEND, _CLOSING = 250, 235, 334, 354, 421
_FORWARDED = 251


class Protection(StrEnum):
    """How a connection is kept from other eyes."""

    FROM_THE_START = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class MailServer:
    """Where messages are handed over, and as whom; it never shows its password."""

    def __init__(self, host: str, port: int, protection: Protection, user: str = "", password: str = "") -> None:
        self.host = host
        self.port = port
        self.protection = protection
        self.user = user
        self.password = password

    @property
    def label(self) -> str:
        """The host and its port."""
        return f"{self.host}:{self.port}"


class Fate(StrEnum):
    """What became of a message."""

    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    UNSENT = "unsent"


class Outgoing(NamedTuple):
    """A message on its way: from whom, to whom, its bytes."""

    sender: str
    to: str
    data: bytes


class Delivery(NamedTuple):
    """What became of the message to an address, and why, where it was not accepted."""

    to: str
    fate: Fate
    why: Message | None = None


def read_mail_server(url: str, password: str = "") -> MailServer:
    """The server of `smtp://user@host:587` or `smtps://user@host`; encryption is required but on the machine itself.

    Raises:
        UsageError: it cannot be read, holds a password, or would have one sent without encryption; the address is not
            repeated.
    """
    expected = msg("QP_SMTP_URL: smtp://user@host:587 or smtps://user@host is expected")
    try:
        parts = urlsplit(url.strip())
        asked, port = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query))), parts.port
    except ValueError as error:
        raise UsageError(expected) from error
    host, user = parts.hostname or "", unquote(parts.username or "")
    if parts.password is not None:
        raise UsageError(msg("QP_SMTP_URL holds a password: it belongs in QP_SMTP_PASSWORD alone."))
    unfit = parts.scheme not in _PORTS or not _HOST.fullmatch(host) or parts.path not in {"", "/"} or parts.fragment
    if unfit or asked.keys() - {"starttls"} or asked.get("starttls", "no") not in {"yes", "no"}:
        raise UsageError(expected)
    protection = _protection(parts.scheme, asked.get("starttls"), host)
    if bool(user) != bool(password):
        wanted = msg("QP_SMTP_URL names a user: QP_SMTP_PASSWORD is to hold the password.")
        raise UsageError(wanted if user else msg("QP_SMTP_PASSWORD is set, and QP_SMTP_URL names no user."))
    if password and protection is Protection.NONE and not _is_loopback(host):
        raise UsageError(msg("QP_SMTP_URL: with starttls=no, no password is sent: it would be readable on the way."))
    return MailServer(host, port or _PORTS[parts.scheme], protection, user, password)


def _protection(scheme: str, starttls: str | None, host: str) -> Protection:
    if scheme == "smtps":
        return Protection.FROM_THE_START
    if starttls == "no" or (starttls is None and _is_loopback(host)):
        return Protection.NONE
    return Protection.STARTTLS


def _is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _LostError(Exception):
    """The connection is of no more use: why."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


def deliver(server: MailServer, messages: Sequence[Outgoing]) -> Iterator[Delivery]:
    """Hands messages over, one after the other, and says of each what became of it, in their order.

    One connection serves as long as it lasts. Where it ends before a message was given, and has carried one that was
    accepted, another is opened for that message: it was surely not taken. One whose end was lost is never given again:
    the server may have it. Where a connection carried nothing, the rest is left unsent.
    """
    waiting = deque(messages)
    while waiting:
        carried, why = 0, None
        try:
            with _Connection(server) as connection:
                while waiting and connection.ended is None:
                    delivery = connection.hand_over(waiting[0])
                    waiting.popleft()
                    carried += delivery.fate is Fate.SENT
                    yield delivery
                why = connection.ended
        except _LostError as lost:
            why = lost.why
        if not carried:
            yield from (Delivery(each.to, Fate.UNSENT, why) for each in waiting)
            return


class _Connection:
    """A connection to a server, ready for messages.

    Attributes:
        ended: why it takes no more messages; None while it does.
    """

    def __init__(self, server: MailServer) -> None:
        self.ended: Message | None = None
        self._server = server

    def __enter__(self) -> Self:
        """The same, once the server is reached, encryption begun where it has to be, and the user let in."""
        from smtplib import SMTPException, SMTPNotSupportedError

        try:
            self._smtp = self._reach()
            try:
                self._prepare()
            except BaseException:
                self._smtp.close()
                raise
        except SMTPNotSupportedError as error:
            text = msg("{server} offers no encryption (STARTTLS); nothing is sent without it, but with"
                       " ?starttls=no in QP_SMTP_URL", server=self._server.label)  # fmt: skip
            raise _LostError(text) from error
        except (OSError, SMTPException, UnicodeError) as error:
            raise _LostError(self._trouble(error)) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Says good-bye, where anybody listens, and closes it."""
        from smtplib import SMTPException

        with suppress(OSError, SMTPException):
            if self.ended is None:
                self._smtp.quit()
        self._smtp.close()

    def _reach(self) -> SMTP:
        from smtplib import SMTP, SMTP_SSL
        from ssl import create_default_context

        where = self._server.host, self._server.port
        if self._server.protection is Protection.FROM_THE_START:
            context = create_default_context()
            return SMTP_SSL(*where, local_hostname="localhost", timeout=TIMEOUT, context=context)
        return SMTP(*where, local_hostname="localhost", timeout=TIMEOUT)

    def _prepare(self) -> None:
        """Says who calls, by the address of this end, begins encryption and logs in."""
        from ssl import create_default_context

        smtp = self._smtp
        if smtp.sock:
            address = smtp.sock.getsockname()[0]
            smtp.local_hostname = f"[IPv6:{address}]" if ":" in address else f"[{address}]"
        smtp.ehlo_or_helo_if_needed()
        if self._server.protection is Protection.STARTTLS:
            smtp.starttls(context=create_default_context())
            smtp.ehlo_or_helo_if_needed()
        if self._server.user:
            self._log_in()

    def _log_in(self) -> None:
        """As the standard library does, but for passwords with accents, and so that no error ever holds one."""
        smtp, server = self._smtp, self._server
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            code, _ = smtp.docmd("AUTH", f"PLAIN {_base64(f'{chr(0)}{server.user}{chr(0)}{server.password}')}")
        elif "LOGIN" in offered:
            code, _ = smtp.docmd("AUTH", "LOGIN")
            for said in (server.user, server.password):
                if code == _GO_ON:
                    code, _ = smtp.docmd(_base64(said))
        else:
            raise _LostError(msg("{server} offers no way to log in that qp knows (PLAIN, LOGIN)", server=server.label))
        if code != _AUTHENTICATED:
            text = msg(
                "{server} does not let this user in with this password ({code})", server=server.label, code=str(code)
            )
            raise _LostError(text)

    def hand_over(self, message: Outgoing) -> Delivery:
        """Gives one message to the server.

        Raises:
            _LostError: the connection ended before the message was given.
        """
        from smtplib import SMTPException

        try:
            refusal = self._announce(message)
        except (OSError, SMTPException) as error:
            raise _LostError(self._lose(error)) from error
        if refusal:
            return Delivery(message.to, Fate.REFUSED, refusal)
        try:
            self._smtp.send(re.sub(rb"(?m)^\.", b"..", message.data) + b".\r\n")
            code, reply = self._smtp.getreply()
        except (OSError, SMTPException) as error:
            lost = self._lose(error)
            return Delivery(message.to, Fate.UNKNOWN, msg("{reason}: the server may have it", reason=lost))
        if code == _ACCEPTED:
            return Delivery(message.to, Fate.SENT)
        said = self._said(code, reply)
        if code == _CLOSING:
            self.ended = said
        return Delivery(message.to, Fate.REFUSED, said)

    def _announce(self, message: Outgoing) -> Message | None:
        """Says that a message comes, from whom and to whom; why the server does not want it, where it does not.

        Raises:
            _LostError: the server ends the connection.
        """
        smtp = self._smtp
        steps: tuple[tuple[Callable[[], tuple[int, bytes]], set[int]], ...] = (
            (lambda: smtp.mail(message.sender), {_ACCEPTED}),
            (lambda: smtp.rcpt(message.to), {_ACCEPTED, _FORWARDED}),
            (lambda: smtp.docmd("DATA"), {_SEND}),
        )
        for ask, wanted in steps:
            code, reply = ask()
            if code == _CLOSING:
                self.ended = self._said(code, reply)
                raise _LostError(self.ended)
            if code not in wanted:
                return self._refused(code, reply)
        return None

    def _refused(self, code: int, reply: bytes) -> Message:
        """Why a message was refused; the next one begins anew, where the server still listens."""
        from smtplib import SMTPException

        try:
            self._smtp.rset()
        except (OSError, SMTPException) as error:
            self._lose(error)
        return self._said(code, reply)

    def _lose(self, error: Exception) -> Message:
        """Notes that the connection is of no more use; why."""
        self.ended = self._trouble(error)
        return self.ended

    def _said(self, code: int, reply: bytes) -> Message:
        """What the server answered, in its own words; a password that it repeats is left out."""
        text = reply.decode("utf-8", "replace")
        for secret in (self._server.password, _base64(self._server.password)):
            text = text.replace(secret, "…") if secret else text
        text = " ".join(text.split())
        shown = text if len(text) <= _MOST_REPLY else f"{text[:_MOST_REPLY]}…"
        return msg("{server} answered {code} {text}", server=self._server.label, code=str(code), text=shown)

    def _trouble(self, error: Exception) -> Message:
        """Why a connection failed or ended."""
        from smtplib import SMTPResponseException, SMTPServerDisconnected
        from ssl import SSLCertVerificationError, SSLError

        server = self._server.label
        cause = error.__context__ if isinstance(error, SMTPServerDisconnected) else error
        if isinstance(cause, TimeoutError):
            return msg("{server} did not answer within {seconds} s", server=server, seconds=f"{TIMEOUT:g}")
        if isinstance(cause, SSLCertVerificationError):
            return msg("{server} has a certificate that cannot be trusted: {reason}",
                       server=server, reason=cause.verify_message)  # fmt: skip
        if isinstance(cause, SSLError):
            return msg("{server}: no encrypted connection comes about", server=server)
        if isinstance(error, SMTPResponseException):
            reply = error.smtp_error
            return self._said(error.smtp_code, reply if isinstance(reply, bytes) else str(reply).encode())
        if isinstance(error, SMTPServerDisconnected) or not isinstance(error, OSError):
            return msg("{server} ended the connection", server=server)
        return msg("{server} cannot be reached: {reason}", server=server, reason=_unreachable(error))


def _unreachable(error: OSError) -> Message:
    """Why nobody answers at an address."""
    from socket import gaierror

    if isinstance(error, gaierror):
        return msg("no machine has that name")
    return msg("nothing listens there") if isinstance(error, ConnectionRefusedError) else reason(error)


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()
