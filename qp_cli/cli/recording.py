"""A fact weighed, written down, and what it changes told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.record_usage import unsaid_debtor
from qp_cli.app.recording import refuse_days_to_come
from qp_cli.app.typed_command import Typed
from qp_cli.cli.clock import now
from qp_cli.cli.editor_schemas import refresh_schemas
from qp_cli.cli.output import say_all
from qp_cli.errors import UsageError
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.base import replaced
from qp_cli.model.facts import Amended
from qp_cli.render.layout import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from qp_cli.app.opening import Opened
    from qp_cli.checks.new_facts import Weighed
    from qp_cli.cli.session import Session
    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.render.language import Language
    from qp_cli.store.journal_text import AppendedFacts
    from qp_cli.store.proof_copies import ProofCopy
    from qp_cli.tracking.obligations import PendingObligation

_A_MOMENT = 60
"""Seconds within which a command that is typed again is told."""


class Manner(NamedTuple):
    """How a fact is written down.

    Attributes:
        dry_run: it is not: what would be is shown.
        agrees: asked once what would change has been shown; None where nobody is asked.
        copy: the copy of its proof that is to be made first.
        data: the folder that was named, for the command that would cancel it.
        typed: what was typed, for a command that says more.
    """

    dry_run: bool = False
    agrees: Callable[[], bool] | None = None
    copy: ProofCopy | None = None
    data: str | None = None
    typed: Typed | None = None


def write_down(
    fact: Mapping[str, object],
    folder: Path,
    opened: Opened,
    session: Session,
    recorded: Callable[[str], None],
    manner: Manner,
) -> str:
    """The answer of `qp record`: where the fact now is, or its YAML, what it says and changes, and how to cancel it.

    `recorded` is told where it is as soon as the disk has it.

    Raises:
        UsageError: the fact makes no sense, is not agreed to, or the journal cannot be written.
    """
    from qp_cli.render.new_fact import fact_lines, undoing
    from qp_cli.store.journal_append import append_fact, read_journal
    from qp_cli.store.journal_text import draft_fact
    from qp_cli.store.places import JOURNAL
    from qp_cli.store.proof_copies import placed

    language, journal = session.language, folder / JOURNAL
    old = read_journal(journal)
    draft = draft_fact(journal, old, fact)
    weighed = _weighed(draft, folder, opened, manner.data)
    _say_unusual(weighed, session)
    if weighed.left_aside:
        owed = (*weighed.left_aside, *(weighed.served or ()))
        raise unsaid_debtor(owed, opened, manner.typed or Typed("fulfilled", owed[0].engagement.id), manner.data)
    if weighed.served:
        which, serves = _occurrence(weighed.served, opened)
        session.remark(serves)
        if which:
            fact = _with_occurrence(fact, which)
            draft = draft_fact(journal, old, {"id": draft.id, **fact})
    effects = _effects(draft.facts, opened, session)
    if manner.dry_run:
        _say_unwritten(manner.copy, folder, session)
        return f"{draft.entry}\n{effects}{_left(draft.facts, folder, language)}"
    told = "".join(f"  {line}\n" for line in fact_lines(opened.situation, draft.facts, language))
    if manner.agrees:
        _ask(f"{told}{_effects(draft.facts, opened, session, dated=True)}", manner.agrees, language)

    def accept(found: AppendedFacts) -> None:
        """What others recorded since is weighed as well."""
        if found.facts[:-1] != draft.facts[:-1]:
            _weighed(found, folder, opened, manner.data)

    def done(found: AppendedFacts) -> str:
        return language.text(msg("{id} recorded in {file}", id=found.id, file=from_here(journal)))

    _tell_repetition(draft.facts, journal, manner.data, session)
    with placed(manner.copy, folder):
        appended = append_fact(
            journal, {"id": draft.id, **fact}, accept=accept, recorded=lambda found: recorded(done(found))
        )
    refresh_schemas(folder, session)
    answer = "" if manner.agrees else f"{told}{effects}"
    if appended.facts[:-1] != draft.facts[:-1]:
        answer = f"{told}{_effects(appended.facts, opened, session)}"
    left = _left(appended.facts, folder, language)
    return f"{done(appended)}\n{answer}{left}{undoing(appended.facts[-1], manner.data, language)}"


def _left(facts: Sequence[Fact], folder: Path, language: Language) -> str:
    """What is said of the files that showed a fact which the last one cancels, and that are still there."""
    from qp_cli.render.new_fact import left_behind
    from qp_cli.store.proofs import is_held
    from qp_cli.tracking.proofs import left_files

    left = {file: others for file, others in left_files(facts).items() if is_held(folder, file)}
    return "".join(left_behind(from_here(folder / file), others, language) for file, others in left.items())


def _say_unusual(weighed: Weighed, session: Session) -> None:
    """What the rules say of a fact that they do not refuse."""
    for severity, problem in weighed.said:
        if severity is Severity.INFO:
            session.remark(problem)
        else:
            session.say(msg("qp: warning: {problem}", problem=problem))


def _say_unwritten(copy: ProofCopy | None, folder: Path, session: Session) -> None:
    """That nothing was written, nor copied."""
    session.say(msg("Nothing was written: this is what would be."))
    if copy and not copy.is_there:
        file = from_here(folder / copy.name)
        session.say(msg("{file} would be copied from {source}.", file=file, source=str(copy.source)))


def _ask(said: str, agrees: Callable[[], bool], language: Language) -> None:
    """Shows what would change, and asks.

    Raises:
        UsageError: the answer is no.
    """
    from qp_cli.cli.prompts import terminal_width

    said = fold(f"{language.text(msg('This is what would be recorded:'))}\n{said}", terminal_width())
    say_all(f"\n{said}")
    if not agrees():
        raise UsageError(msg("Nothing was recorded."))


def _tell_repetition(facts: Sequence[Fact], journal: Path, data: str | None, session: Session) -> None:
    """Says that the last fact is one that was recorded a moment ago, as when a command is typed again."""
    from qp_cli.tracking.journal import cancellations

    new, cancelled = facts[-1], cancellations(facts)
    standing = (one for one in reversed(facts[:-1]) if one.id not in cancelled)
    same = next((one for one in standing if replaced(new, id=one.id) == one), None)
    if same and journal.exists() and now().timestamp() - journal.stat().st_mtime < _A_MOMENT:
        session.remark(
            msg(
                "The same was recorded less than a minute ago, as {id}. "
                "If it is one fact: qp record voided {id}{where}",
                id=same.id,
                where=folder_option(data),
            )
        )


def folder_option(data: str | None) -> str:
    """The option that names a folder, after a blank; nothing where none was named."""
    from shlex import quote

    return f" --data {quote(data)}" if data else ""


def _occurrence(served: Sequence[PendingObligation], opened: Opened) -> tuple[Mapping[str, object], Message]:
    """What names the one occurrence that a performance serves, to be written into the fact; and what is said of it."""
    from qp_cli.app.named_obligations import naming

    ids = ", ".join(one.id for one in served)
    if len({one.suffix for one in served}) > 1:
        return {}, msg("It serves the oldest one that each still owes: {ids}; no occurrence is written.", ids=ids)
    own = [one for one in opened.situation.obligations if one.engagement.id == served[0].engagement.id]
    which = next((naming(one, own) for one in own if one.id == served[0].id), {"occurrence": served[0].occurrence})
    return which, msg("It serves the oldest one still owed, {ids}: written as its occurrence.", ids=ids)


def _with_occurrence(fact: Mapping[str, object], which: Mapping[str, object]) -> dict[str, object]:
    """A fact with its occurrence, among what it is about."""
    place = list(fact).index("on")
    entries = [*fact.items()]
    return dict([*entries[:place], *which.items(), *entries[place:]])


def from_here(file: Path) -> str:
    """A file as the reader would write it: from where they stand when it is below."""
    from pathlib import Path

    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _weighed(draft: AppendedFacts, folder: Path, opened: Opened, data: str | None) -> Weighed:
    """What the rules of `qp check` say of the last fact; the days to come are for whoever has a clock.

    Raises:
        UsageError: it makes no sense.
    """
    from qp_cli.checks.new_facts import weigh
    from qp_cli.store.files import read_files
    from qp_cli.store.places import JOURNAL
    from qp_cli.store.repository import read_repository

    fact = draft.facts[-1]
    refuse_days_to_come(opened.situation.as_of, fact.on, fact.signed if isinstance(fact, Amended) else None)
    weighed = weigh(read_repository(folder, None, {**read_files(folder), JOURNAL: draft.data}), folder_option(data))
    if weighed.refusal:
        raise UsageError(weighed.refusal)
    return weighed


def _effects(facts: Sequence[Fact], opened: Opened, session: Session, *, dated: bool = False) -> str:
    """What the last fact changes today, or on the day an avenant takes effect; with the dates before and after."""
    from qp_cli.render.new_fact import write_effects
    from qp_cli.tracking.journal import effective_on

    today, day = opened.situation.as_of, effective_on(facts[-1])
    later = day > today
    without = opened.ledger._replace(facts=tuple(facts[:-1])).at(day if later else today)
    with_it = opened.ledger._replace(facts=tuple(facts)).at(day if later else today)
    changed = write_effects(without.situation, with_it.situation, session.language, dated=dated)
    if not later:
        return changed
    return session.language.text(msg("It takes effect on {day}:", day=day)) + f"\n{changed}"
