"""The lists of the status: what is overdue and what comes next, titles first; and what to type next."""

from __future__ import annotations

from datetime import timedelta
from shlex import quote
from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import MARKS, days, debtor, due, name, where
from qp_cli.render.folding import whole_command
from qp_cli.render.layout import indented, styled, table
from qp_cli.render.notes import note_lines
from qp_cli.render.plain_writer import width_of
from qp_cli.render.rows import title_line
from qp_cli.render.visible import visible
from qp_cli.render.wording import moved
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import Note, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.render.language import Language
    from qp_cli.render.layout import Line, Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.portfolio import Listed, Soonest
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.survey import Overview


def draw_soonest(
    found: Soonest[Listed], only: Situation | None, command: str, screen: Screen, language: Language
) -> list[Part]:
    """Obligations of one convention or of several by date, and how many more there are, which a command lists."""
    lines = _Lines(found.kept, only, screen, language)
    parts = lines.drawn()
    if found.others:
        more = msgs(
            "  … and {count} more: {command}",
            "  … and {count} more: {command}",
            count=found.others,
            command=command,
        )
        parts += whole_command(language.text(more), screen.width)
    return parts


def next_step(found: Overview, only: Situation | None, again: str, screen: Screen, language: Language) -> list[Part]:
    """The command that answers what the screen raises first: what is overdue, else what comes; `again` ends it."""
    late = [each for each in found.derived.kept if each.obligation.state is State.OVERDUE]
    seen = next(iter((*found.overdue.kept, *late, *found.upcoming.kept, *found.derived.kept)), None)
    if seen is None:
        command = "qp deadlines" if any(found.total.counts.values()) else ""
    else:
        home = "" if only else f" --convention {quote(seen.convention.id)}"
        command = f"qp show {quote(seen.obligation.engagement.id)}{home}"
    if not command:
        return []
    said = language.text(msg("See first: {command}", command=f"{command}{again}"))
    return whole_command(said, screen.width, style="bold")


class _Lines:
    """Obligations as the status lists them: the date, the title, then whose it is, on the same line where that fits."""

    def __init__(self, kept: Sequence[Listed], only: Situation | None, screen: Screen, language: Language) -> None:
        self._kept = kept
        self._only = only
        self._language = language
        self._dates = [f"  {due(one, language)}" for _, one in kept]
        self._room = screen.width - 2 - max(map(width_of, self._dates), default=0)
        self._is_beside = bool(kept[1:])
        self._below = self._known()
        if not self._is_beside and any(width_of(line) > screen.width - 2 for line in self._below):
            self._is_beside = True
            self._below = self._known()

    def drawn(self) -> list[Part]:
        """The lines, then what there is to know of them all."""
        drawn = table(["", ""], whole=[0])
        for when, each in zip(self._dates, self._kept, strict=True):
            drawn.add_row(styled(when), self._said(each))
        return [drawn, *(indented(line, "dim") for line in self._below)]

    def _said(self, each: Listed) -> Line:
        """The title and whose it is, on one line where that fits, else on two; its id where there is room for it."""
        title, (whose, shorter) = title_line(each), self._whose(each)
        taken, called = width_of(str(title)) + 2, f"  {name(each.obligation)}"
        if taken + width_of(whose) <= self._room:
            return self._named(title.append(f"  {whose}"), called, taken + width_of(whose))
        if shorter and taken + width_of(shorter) <= self._room:
            return title.append(f"  {shorter}")
        return self._named(title.append(f"\n{whose}"), called, width_of(whose))

    def _named(self, said: Line, called: str, taken: int) -> Line:
        fits = taken + width_of(called) <= self._room
        return said.append(called, "dim") if fits else said

    def _whose(self, each: Listed) -> tuple[str, str]:
        """Whose it is, with the clause and when; then the same without the clause, for a date derived from the term."""
        home, one = each
        who, language = debtor(one, home.directory), self._language
        place = where("" if self._only else home.label, one.engagement.clause, language)
        past = "" if one.derived or not self._is_beside else self._since(one, home.as_of)
        when = (self._ahead(one, home.as_of) or past) if self._only else ""
        return ", ".join(filter(None, (who, place, when))), who if one.derived and self._only else ""

    def _ahead(self, one: Obligation, as_of: date) -> str:
        """In how long a date of the text comes; nothing once it is past."""
        if self._only is None or one.due is None or one.derived or one.due < as_of:
            return ""
        left = (one.due - as_of).days
        return self._language.text(msg("in {days}", days=days(left)) if left else msg("today"))

    def _since(self, one: Obligation, as_of: date) -> str:
        """Since when a date is passed; nothing while it is not."""
        if one.due is None or one.due >= as_of:
            return ""
        first = self._language.short_day(one.due + timedelta(days=1)).strip()
        return self._language.text(msg("since {day}: {days}", day=first, days=days((as_of - one.due).days)))

    def _moved(self, one: Obligation) -> str:
        """From which date it was moved, and by what, which is what its mark says; nothing of others."""
        if one.previous_due is None:
            return ""
        said = moved(self._language.short_day(one.previous_due).strip(), one.moved_how)
        return self._language.text(msg("{mark} {text}", mark=MARKS[Basis.AMENDMENT], text=said))

    def _known(self) -> list[str]:
        """What there is to know of each: on one line of the only one, else by its title.

        Since when it is late stands beside each of several, and beside the only one where that line would be too long.
        Before the approval, the heading has said of every date that it is earlier. A date derived from the term is
        one for all, and so is since when.
        """
        situation, language = self._only, self._language
        if situation is None:
            return []
        told = frozenset() if situation.approved else frozenset({Note.BEFORE_APPROVAL})
        sinces = (self._since(one, situation.as_of) for _, one in self._kept if one.derived or not self._is_beside)
        moves = (self._moved(one) for _, one in self._kept)
        said = list(dict.fromkeys(filter(None, (*sinces, *moves))))
        notes = [(one, note_lines(situation, one, language, without=told)) for _, one in self._kept]
        if len(notes) == 1:
            said += notes[0][1]
            return [language.joined(said)] if said else []
        named = ((visible(one.engagement.title), language.joined(lines)) for one, lines in notes if lines)
        about = (language.text(msg("{label}: {text}", label=title, text=text)) for title, text in named)
        return [*said, *about]
