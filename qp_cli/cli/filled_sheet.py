"""`qp record --from`: the facts that people filled into a sheet, all of them or none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from qp_cli.app.filled_sheets import Filled, Refusal, cell_address, read_filled
from qp_cli.app.weighing import weigh_list
from qp_cli.cli.editor_schemas import refresh_schemas
from qp_cli.cli.output import say, say_all
from qp_cli.cli.recording import folder_option, from_here
from qp_cli.errors import UsageError
from qp_cli.findings import Severity
from qp_cli.messages import msg, msgs
from qp_cli.render.filled_sheet import headings_in_every_language, write_lines, write_refusals
from qp_cli.render.locked_cells import LockedCells
from qp_cli.store.journal_append import append_facts, read_journal
from qp_cli.store.places import JOURNAL
from qp_cli.store.spreadsheets import read_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qp_cli.app.opening import Opened
    from qp_cli.app.weighing import ListWeighed
    from qp_cli.cli.session import Session
    from qp_cli.messages import Message
    from qp_cli.store.journal_text import AppendedFacts


def record_filled(
    file: str,
    opened: Opened,
    session: Session,
    recorded: Mapping[str, object],
    done: Callable[[str], None],
    *,
    data: str | None,
    dry_run: bool,
) -> str:
    """The answer: what the lines of a file say, where they now are, and what they change.

    Args:
        file: an `.xlsx`, `.ods` or `.csv`.
        opened: the convention that they are recorded in.
        session: this run.
        recorded: who writes them down, and when.
        done: is told where they are as soon as the disk has them.
        data: the folder that was named, for the command that would cancel a fact.
        dry_run: whether they are only shown.

    Raises:
        UsageError: the file cannot be read, or a cell of it cannot be taken: nothing is written then.
    """
    filled = read_filled(
        read_sheets(Path(file)), headings_in_every_language(), opened, recorded, LockedCells(opened).changed
    )
    _tell_others(filled, file, session)
    return _Writing(filled, opened, session, folder_option(data)).write(done, dry_run=dry_run)


def refuse_beside(*given: object) -> None:
    """Looks whether anything of a fact was given beside a file.

    Raises:
        UsageError: something was.
    """
    if any(given):
        raise UsageError(msg("--from takes the facts from the file: only --dry-run and --who go with it."))


def _tell_others(filled: Filled, file: str, session: Session) -> None:
    """Says which filled lines are left to other conventions.

    Raises:
        UsageError: all of them are.
    """
    if not filled.others:
        return
    names, count = ", ".join(sorted(filled.others)), sum(filled.others.values())
    told = msgs(
        "{count} filled line is of another convention ({names}). With the folder of that one: {command}",
        "{count} filled lines are of other conventions ({names}). With the folder of each: {command}",
        count=count,
        names=names,
        command=msg("qp record --from {file} --data DIR", file=quote(file)),
    )
    if not filled.lines and not filled.refusals:
        raise UsageError(told)
    session.remark(told)


class _Writing:
    """What a file says, on its way into the journal."""

    def __init__(self, filled: Filled, opened: Opened, session: Session, where: str) -> None:
        self._filled, self._opened, self._session, self._where = filled, opened, session, where
        self._journal = opened.folder / JOURNAL
        self._facts = [line.fact for line in filled.lines]
        self._names = [cell_address(line.place) for line in filled.lines]

    def write(self, done: Callable[[str], None], *, dry_run: bool) -> str:
        """The answer; whatever is written is written at once.

        Raises:
            UsageError: a cell cannot be taken, or the journal cannot be written.
        """
        language, lines = self._session.language, self._filled.lines
        old = read_journal(self._journal)
        weighed = weigh_list(self._facts, self._names, self._opened.folder, old, self._where)
        self._refuse(weighed)
        self._tell(weighed)
        if weighed.draft is None:
            return f"{language.text(self._nothing_new(weighed))}\n"
        new = [lines[number] for number in weighed.new]
        told = write_lines(new, self._opened.situation.directory, language)
        if dry_run:
            say(language.text(msg("Nothing was written: this is what would be.")))
            return f"{told}\n{self._effects(weighed.draft, len(new))}"
        appended = append_facts(
            self._journal,
            [line.fact for line in new],
            accept=lambda found: _refuse_changed(weighed.draft, found, len(new)),
            recorded=lambda found: done(self._recorded(found)),
        )
        refresh_schemas(self._opened.folder, self._session)
        return f"{self._recorded(appended)}\n{told}\n{self._effects(appended, len(new))}"

    def _refuse(self, weighed: ListWeighed) -> None:
        """Says what is wrong with each cell.

        Raises:
            UsageError: something is.
        """
        lines = self._filled.lines
        found = [
            *self._filled.refusals,
            *(Refusal(lines[each.number].place, each.message) for each in weighed.refusals),
        ]
        if found:
            say_all(write_refusals(sorted(found, key=lambda each: each.place), self._session.language))
            problem = msgs(
                "Nothing was recorded: {count} cell is refused.",
                "Nothing was recorded: {count} cells are refused.",
                count=len(found),
            )
            raise UsageError(problem)

    def _tell(self, weighed: ListWeighed) -> None:
        """What is unusual, what is said twice, and whether the sheet is older than the journal."""
        session, names = self._session, self._names
        for number, problem, severity in weighed.said:
            told = msg("{cell}: {text}", cell=names[number], text=problem)
            if severity is Severity.INFO:
                session.remark(told)
            else:
                say(session.language.text(msg("qp: warning: {problem}", problem=told)))
        for number, first in weighed.repeated.items():
            session.remark(
                msg("{cell}: says the same as {first}: written once.", cell=names[number], first=names[first])
            )
        if weighed.draft and weighed.known:
            session.remark(
                msgs(
                    "{count} line is recorded already and stays as it is.",
                    "{count} lines are recorded already and stay as they are.",
                    count=len(weighed.known),
                )
            )
        self._tell_age(weighed)

    def _tell_age(self, weighed: ListWeighed) -> None:
        """Says that facts were recorded since the sheet was made, other than its own."""
        ids = [fact.id for fact in self._opened.facts]
        marks = [line.mark for line in self._filled.lines if line.mark]
        if not marks:
            return
        oldest = min(marks, key=lambda mark: (mark.as_of, mark.facts))
        if oldest.last in ids:
            since = ids[ids.index(oldest.last) + 1 :]
        elif oldest.facts == "0":
            since = ids
        else:
            self._session.remark(msg("The sheet was made from another journal, or from one that was changed since."))
            return
        others = len(set(since) - set(weighed.known.values()))
        if others:
            day = date.fromisoformat(oldest.as_of)
            self._session.remark(
                msgs(
                    "The sheet shows {day}: {count} fact was recorded since, which it does not show.",
                    "The sheet shows {day}: {count} facts were recorded since, which it does not show.",
                    count=others,
                    day=day,
                )
            )

    def _nothing_new(self, weighed: ListWeighed) -> Message:
        if not weighed.known:
            return msg("No line is filled: there is nothing to record.")
        return msgs(
            "Nothing new: {count} line, recorded already.",
            "Nothing new: {count} lines, all recorded already.",
            count=len(weighed.known),
        )

    def _recorded(self, found: AppendedFacts) -> str:
        return self._session.language.text(
            msgs(
                "{count} fact recorded in {file}: {ids}",
                "{count} facts recorded in {file}: {ids}",
                count=len(found.ids),
                file=from_here(self._journal),
                ids=", ".join(found.ids),
            )
        )

    def _effects(self, draft: AppendedFacts, count: int) -> str:
        """What the new facts change today."""
        from qp_cli.render.new_fact import write_effects

        day, ledger = self._opened.situation.as_of, self._opened.ledger
        before, after = (
            ledger._replace(facts=facts).at(day).situation for facts in (draft.facts[:-count], draft.facts)
        )
        return write_effects(before, after, self._session.language)


def _refuse_changed(draft: AppendedFacts | None, found: AppendedFacts, count: int) -> None:
    """Refuses to write beside what was recorded since the lines were weighed.

    Raises:
        UsageError: something was.
    """
    if draft and found.facts[:-count] != draft.facts[:-count]:
        raise UsageError(msg("Something else was recorded meanwhile: nothing was; give the file again."))
