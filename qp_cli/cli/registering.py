"""A fact weighed, written down, and what it changes told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.cli.output import say
from qp_cli.errors import UsageError
from qp_cli.findings import Severity
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from qp_cli.cli.session import Opened, Session
    from qp_cli.messages import Message
    from qp_cli.model.journal import Fact
    from qp_cli.store.drafting import AppendedFact


def write_down(fact: Mapping[str, object], folder: Path, opened: Opened, session: Session, *, dry_run: bool) -> str:
    """The answer of `qp record`: where the fact now is, or its YAML, and what it changes.

    Raises:
        UsageError: the fact makes no sense, or the journal cannot be written.
    """
    from qp_cli.store.append import append_fact, read_journal
    from qp_cli.store.drafting import draft_fact
    from qp_cli.store.places import JOURNAL

    language, journal = session.language, folder / JOURNAL
    draft = draft_fact(journal, read_journal(journal), fact)
    for warning in _weighed(draft, folder, opened):
        say(language.text(msg("qp: warning: {problem}", problem=warning)))
    effects = _effects(draft.facts, opened, session)
    if dry_run:
        say(language.text(msg("Nothing was written: this is what would be.")))
        return f"{draft.entry}\n{effects}"

    def accept(found: AppendedFact) -> None:
        """What others recorded since is weighed as well."""
        if found.facts[:-1] != draft.facts[:-1]:
            _weighed(found, folder, opened)

    appended = append_fact(journal, fact, accept=accept)
    if appended.facts[:-1] != draft.facts[:-1]:
        effects = _effects(appended.facts, opened, session)
    done = language.text(msg("{id} recorded in {file}", id=appended.id, file=_shown(journal)))
    return f"{done}\n{effects}"


def _shown(journal: Path) -> str:
    """The journal as the reader would write it: from where they stand when it is below."""
    from pathlib import Path

    here = Path.cwd()
    return str(journal.relative_to(here) if journal.is_relative_to(here) else journal)


def _weighed(draft: AppendedFact, folder: Path, opened: Opened) -> list[Message]:
    """What is unusual about the last fact, given the others."""
    from qp_cli.tracking.recording import Scene, weigh

    *others, fact = draft.facts
    before = opened.dossier._replace(facts=tuple(others)).at(opened.situation.as_of)
    warnings = weigh(fact, Scene(before.situation, before.facts))
    _check(draft, folder)
    return warnings


def _check(draft: AppendedFact, folder: Path) -> None:
    """Refuses a fact that would stop everything, such as the cancellation of what others rest on."""
    from qp_cli.checks.blocking import blocking_findings
    from qp_cli.store.contents import read_files
    from qp_cli.store.places import JOURNAL
    from qp_cli.store.repository import read_repository

    for finding in blocking_findings(read_repository(folder, None, {**read_files(folder), JOURNAL: draft.data})):
        if finding.severity is Severity.ERROR:
            raise UsageError(msg("This cannot be recorded: {problem}", problem=finding.message))


def _effects(facts: Sequence[Fact], opened: Opened, session: Session) -> str:
    """What the last fact changes today, or on the day an avenant takes effect."""
    from qp_cli.render.effects import write_effects
    from qp_cli.tracking.journal import effective_on

    today, day = opened.situation.as_of, effective_on(facts[-1])
    later = day > today
    without = opened.dossier._replace(facts=tuple(facts[:-1])).at(day if later else today)
    with_it = opened.dossier._replace(facts=tuple(facts)).at(day if later else today)
    changed = write_effects(without.situation, with_it.situation, session.language)
    if not later:
        return changed
    return session.language.text(msg("It takes effect on {day}:", day=day)) + f"\n{changed}"
