"""A rule: one code, one name, one severity, one pure function; and the parts of messages that rules share."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.findings import Finding, Related, Severity
from qp_cli.messages import DAYS_OF_THE_WEEK, MONTHS, msg
from qp_cli.store.places import CONVENTION, JOURNAL
from qp_cli.store.yaml.findings import SHOWN_PER_CODE, more_like_those

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from qp_cli.checks.repository import Subject
    from qp_cli.findings import Span
    from qp_cli.messages import Message


_FIRST_OF_THE_LAW = "QP300"
_FIRST_OF_THE_PAST = "QP600"
_ABOUT_SILENCES = frozenset({"QP505", "QP506"})


Loc = tuple[str | int, ...]


class Pointer(NamedTuple):
    """Where something is written: a file of the repository, and the path to it inside."""

    file: str
    loc: Loc

    def to(self, *more: str | int) -> Pointer:
        """The place of a part of it."""
        return Pointer(self.file, (*self.loc, *more))


class Remark(NamedTuple):
    """What a rule saw: a place, what is wrong there, what to do, and the places that explain it.

    Attributes:
        pointer: the value it is about.
        message: what is wrong or doubtful.
        hint: what to do about it, or what looks for that, which is asked only where it is shown.
        related: other places, each with what it shows.
        severity: its own, where it is not the rule's.
        is_idle: whether a fact is idle by it: it changes nothing at all, and `qp record` refuses to write it.
        is_kept: whether what is idle took place all the same, as a letter that was sent: it is written, and this said.
    """

    pointer: Pointer
    message: Message
    hint: Message | Callable[[], Message | None] | None = None
    related: tuple[tuple[Pointer, Message], ...] = ()
    severity: Severity | None = None
    is_idle: bool = False
    is_kept: bool = False

    @property
    def advice(self) -> Message | None:
        """What to do about it; looked for now, where it has to be."""
        return self.hint() if callable(self.hint) else self.hint


class CheckRule(NamedTuple):
    """One rule of `qp check`.

    Attributes:
        code: `QP304`; never used again for something else.
        name: what it is called, in kebab-case.
        severity: how much its findings weigh, where they say nothing else.
        see: what finds; what people read about it is in `docs/rules/` and `docs/regles/`.
        needs: the files that must have been read, else the rule is skipped.
    """

    code: str
    name: str
    severity: Severity
    see: Callable[[Subject], Iterator[Remark | Finding]]
    needs: tuple[str, ...] = (CONVENTION, JOURNAL)

    @property
    def blocking(self) -> bool:
        """Whether nothing can be computed from a repository that has such an error."""
        return self.code < _FIRST_OF_THE_LAW

    @property
    def stops(self) -> bool:
        """Whether nothing can be computed while it finds something, whatever it finds."""
        return self.blocking and self.severity is Severity.ERROR

    @property
    def suppressible(self) -> bool:
        """Whether somebody who has read and decided can silence it."""
        return not self.blocking and self.code not in _ABOUT_SILENCES and self.code < _FIRST_OF_THE_PAST

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What the rule finds, each at its place; nothing while a file it needs could not be read.

        Of what stops everything, the first findings of each file, and how many more there are.
        """
        if not subject.has(*self.needs):
            return
        stopping: list[tuple[Span, Remark]] = []
        for seen in self.see(subject):
            if isinstance(seen, Finding):
                yield seen
            elif self.stops:
                stopping.append((subject.span(seen.pointer), seen))
            else:
                yield self._placed(seen, subject, subject.span(seen.pointer))
        yield from self._first(stopping, subject)

    def _first(self, placed: list[tuple[Span, Remark]], subject: Subject) -> Iterator[Finding]:
        by_file: dict[tuple[str, Severity], list[tuple[Span, Remark]]] = {}
        for span, remark in sorted(placed, key=itemgetter(0)):
            by_file.setdefault((span.path, remark.severity or self.severity), []).append((span, remark))
        for (_, severity), found in by_file.items():
            yield from (self._placed(remark, subject, span) for span, remark in found[:SHOWN_PER_CODE])
            if len(found) > SHOWN_PER_CODE:
                yield more_like_those(self.code, severity, len(found) - SHOWN_PER_CODE, found[SHOWN_PER_CODE][0])

    def _placed(self, remark: Remark, subject: Subject, span: Span) -> Finding:
        related = tuple(Related(subject.span(pointer), message) for pointer, message in remark.related)
        return Finding(self.code, remark.severity or self.severity, remark.message, span, remark.advice, related)


def named(name: str, clause: str | None) -> Message:
    """An id with the clause it rests on, where there is one."""
    return msg("“{id}” ({clause})", id=name, clause=clause) if clause else msg("“{id}”", id=name)


def on_weekday(day: date) -> Message:
    """A day with its weekday: Saturday 18 September 2021."""
    return msg("{weekday} {day}", weekday=DAYS_OF_THE_WEEK[day.weekday()], day=day)


def in_month(day: date) -> Message:
    """The month of a day: September 2021."""
    return msg("{month} {year}", month=MONTHS[day.month - 1], year=str(day.year))
