"""Questions at a terminal, on stderr, each answer read before the next; and those of `qp record`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from qp_cli.app.readings import read_choice, read_day, read_delay
from qp_cli.app.recording import ENDINGS, FACT_KINDS, find_event, find_fact, read_kind, takes
from qp_cli.cli.output import say, say_all
from qp_cli.errors import QpError, UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qp_cli.app.opening import Opened
    from qp_cli.app.recording import Typed
    from qp_cli.cli.session import Session
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Situation

_Value = TypeVar("_Value")
_ATTEMPTS = 5
_LAST_FACTS = 15


def is_answered() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


class Asking:
    """Questions, in the reader's language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def ask(self, question: Message, read: Callable[[str], _Value], default: str = "") -> _Value:
        """An answer that can be read; an empty one stands for the default."""
        shown = f" [{default}]" if default else ""
        for attempt in range(_ATTEMPTS):
            say_all(f"{self.language.text(question)}{shown} ")
            try:
                line = _line()
                if not line:
                    say("")
                    break
                return read(line.strip() or default)
            except QpError as error:
                if attempt + 1 == _ATTEMPTS:
                    raise
                say(f"  {self.language.text(error.message)}")
        raise UsageError(msg("No answer: nothing was recorded."))

    def choose(self, question: Message, choices: Sequence[tuple[str, str]], read: Callable[[str], str]) -> str:
        """One of the choices by its number or name."""
        width = max((len(name) for name, _ in choices), default=0)
        for number, (name, about) in enumerate(choices, 1):
            say(f"{number:4}  {name:{width}}  {about}".rstrip())

        def pick(text: str) -> str:
            if text.isdecimal() and 0 < int(text) <= len(choices):
                return choices[int(text) - 1][0]
            return read(text)

        return self.ask(question, pick)


def _line() -> str:
    """The next line typed; empty once there is none.

    Raises:
        UsageError: it is no text in the terminal's encoding.
    """
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError as error:
        raise UsageError(msg("That was no readable text: type it again.")) from error


def something(text: str) -> str:
    """Any answer but none."""
    if not text:
        raise UsageError(msg("An answer is needed."))
    return text


def ask_day(text: str) -> str:
    """A day, as it is written in a file."""
    return read_day(text).isoformat()


def optional(read: Callable[[str], str]) -> Callable[[str], str | None]:
    """The same reader, for which an empty answer is none."""
    return lambda text: read(text) if text else None


def complete(typed: Typed, opened: Opened, session: Session) -> Typed:
    """The command line with what it lacked; when it lacked its kind or target, the rest is offered too.

    Raises:
        UsageError: the answers end, or make no sense five times.
    """
    asking = Interview(opened, session.language)
    offered = typed.kind is None or typed.target is None
    if typed.kind is None:
        typed = typed._replace(kind=asking.choose(msg("What happened?"), asking.kinds(), read_kind))
    kind = read_kind(typed.kind or "")
    if typed.target is None and kind not in ENDINGS:
        question, choices, read = asking.targets(kind)
        typed = typed._replace(target=asking.choose(question, choices, read))
    if kind == "amended":
        typed = asking.avenant(typed)
    return asking.details(typed, kind) if offered else typed


class Interview(Asking):
    """Questions about one repository."""

    def __init__(self, opened: Opened, language: Language) -> None:
        super().__init__(language)
        self.opened = opened

    def kinds(self) -> list[tuple[str, str]]:
        """The twelve kinds with their words."""
        from qp_cli.render.wording import FACTS

        return [(kind, self.language.text(FACTS[kind])) for kind in FACT_KINDS]

    def targets(self, kind: str) -> tuple[Message, list[tuple[str, str]], Callable[[str], str]]:
        """The question, the choices and the reader for what a kind of fact is about."""
        now = self.opened.situation
        if kind == "occurred":
            events = [
                (event.id, event.title)
                for event in now.convention.events
                if event.repeats or not (event.date_ or event.when)
            ]
            return msg("Which event?"), events, lambda text: find_event(now, text)
        if kind == "voided":
            facts = [(fact.id, f"{fact.on} {fact.kind}") for fact in self.opened.facts[-_LAST_FACTS:]]
            return msg("Which fact?"), facts, lambda text: find_fact(self.opened, text)
        return msg("Which engagement?"), _engagements(now, kind), lambda text: _read_engagement(now, text)

    def avenant(self, typed: Typed) -> Typed:
        """What every avenant has: a title, and one change."""
        if not typed.title:
            typed = typed._replace(title=self.ask(msg("Its title:"), something))
        if typed.extend or typed.due_on or typed.end:
            return typed
        ways = [
            ("extend", self.language.text(msg("a longer period, counted from the same origin"))),
            ("due-on", self.language.text(msg("another date"))),
            ("end", self.language.text(msg("no longer owed"))),
        ]
        names = [name for name, _ in ways]

        def read(text: str) -> str:

            return read_choice(text, names, "--")

        match self.choose(msg("What does it change?"), ways, read):
            case "extend":
                return typed._replace(extend=self.ask(msg("Longer by (P12M…):"), read_delay))
            case "due-on":
                return typed._replace(due_on=self.ask(msg("The new date:"), ask_day))
            case _:
                return typed._replace(end=True)

    def details(self, typed: Typed, kind: str) -> Typed:
        """What may be left out; an empty answer leaves it out."""
        today = self.opened.situation.as_of.isoformat()
        if typed.on is None and typed.signed is None:
            typed = typed._replace(on=self.ask(msg("On which day?"), ask_day, today))
        parties = list(self._denouncing() if kind in ENDINGS else self._debtors(typed))
        if (kind == "denounced" and typed.by is None) or (
            typed.by is None and kind != "triggered" and takes(kind, "by") and len(parties) > 1
        ):
            typed = typed._replace(by=self._party(parties))
        if kind == "notified" and typed.cure is None:
            cure = self.ask(msg("Time given to put things right (P1M…; nothing for none):"), optional(read_delay))
            typed = typed._replace(cure=cure)
        if typed.note is None:
            typed = typed._replace(note=self.ask(msg("A remark (nothing for none):"), optional(something)))
        return typed

    def _debtors(self, typed: Typed) -> Iterator[tuple[str, str]]:
        """Who owes the engagement, unless the target already names one of them."""
        now = self.opened.situation
        for engagement in now.convention.engagements:
            if engagement.id == typed.target:
                for debtor in now.directory.debtors(engagement):
                    for party in debtor.parties:
                        yield party, now.directory.label(party)

    def _denouncing(self) -> Iterator[tuple[str, str]]:
        """Who can end the convention, or refuse that it be renewed."""
        from qp_cli.tracking.denunciation import denouncing

        now = self.opened.situation
        for party in denouncing(now.convention, now.directory):
            yield party, now.directory.label(party)

    def _party(self, parties: list[tuple[str, str]]) -> str | None:
        from qp_cli.tracking.filters import find_party

        read = optional(lambda text: find_party(self.opened.situation, text))
        found = self.choose(msg("By whom? (nothing for all)"), parties, lambda text: read(text) or "")
        return found or None


def _engagements(now: Situation, kind: str) -> list[tuple[str, str]]:
    """The engagements that a kind of fact can be about, and the term for an avenant: ids and titles."""
    from qp_cli.model.kinds import TERM, Kind

    standing = [each for each in now.convention.engagements if each.id not in now.ended_by]
    if kind == "triggered":
        standing = [each for each in standing if each.kind is Kind.ON_REQUEST]
    term = now.convention.term if kind == "amended" else None
    return [*([(TERM, term.title or "")] if term else []), *((each.id, each.title) for each in standing)]


def _read_engagement(now: Situation, text: str) -> str:
    """The id of an engagement, or of one of its obligations, or the term's name.

    Raises:
        UsageError: nothing is called so.
    """
    from qp_cli.model.kinds import TERM
    from qp_cli.tracking.filters import find_engagement

    found = find_engagement(now, text)
    if "/" in text:
        return text
    return found.id if found else TERM
