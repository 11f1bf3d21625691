"""The ids of facts and what they are about: what is typed for the one where the other is wanted, and what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.app.typed_command import as_command
from qp_cli.choices import chosen
from qp_cli.errors import PartlyNamedError, UsageError, unknown
from qp_cli.messages import listing, msg, msgs
from qp_cli.model.facts import Amended, ProofAdded, Voided
from qp_cli.model.kinds import TERM
from qp_cli.names import key, meant_by_name, shown, telling_words
from qp_cli.tracking.fact_names import KIND_NAMES
from qp_cli.tracking.filters import find_shown, party_names, site_names
from qp_cli.tracking.journal import cancellations, subjects

if TYPE_CHECKING:
    from collections.abc import Collection

    from qp_cli.app.opening import Opened
    from qp_cli.app.typed_command import Typed
    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact

OF_FACTS = frozenset({"voided", "proof"})
"""The kinds that are about another fact."""
PROOF_EXAMPLE = "https://exemple.fr/pv.pdf"
"""What a proof may be, in an example."""
_MOST_FACTS = 6


def fact_called(opened: Opened, name: str) -> Fact | None:
    """The fact of that id, or the avenant of that title; None where there is none, or something declared has the name.

    Args:
        opened: the repository.
        name: what was typed.
    """
    asked, convention = key(name), opened.situation.convention
    if asked in {key(each.id) for each in convention.engagements} | {key(each.id) for each in convention.events}:
        return None
    named = [one for one in opened.facts if asked == key(one.id)]
    titled = [one for one in opened.facts if isinstance(one, Amended) and asked == key(one.title)]
    return next(iter((*named, *titled)), None)


def fact_words(fact: Fact, opened: Opened) -> Message:
    """A fact that was named, in a message: its kind, its day, and what it is about."""
    kind, day = KIND_NAMES[fact.kind], fact.on
    if about := _about(fact, opened):
        return msg("{kind} of {day}, about {target}", kind=kind, day=day, target=", ".join(about))
    return msg("{kind} of {day}", kind=kind, day=day)


def _about(fact: Fact, opened: Opened) -> tuple[str, ...]:
    """What a fact is about, through the fact that it cancels or shows."""
    if not isinstance(fact, Voided | ProofAdded):
        return tuple(dict.fromkeys(subjects(fact)))
    other = next((one for one in opened.facts if one.id == fact.fact), None)
    return _about(other, opened) if other and not isinstance(other, Voided | ProofAdded) else ()


def taken_for_target(
    fact: Fact, typed: Typed, opened: Opened, data: str | None, *, is_event: bool, is_of_one: bool
) -> UsageError:
    """The error for the id of a fact in the place of what a fact is about: the same command with what was meant.

    Args:
        fact: whose id was typed.
        typed: what was typed.
        opened: the repository.
        data: the folder that was named.
        is_event: whether what is typed is recorded of an event.
        is_of_one: whether it can be about one occurrence, or request.
    """
    problem = msg("“{name}” is a fact: {fact}.", name=shown(typed.target or ""), fact=fact_words(fact, opened))
    asked = next((one.engagement.id for one in opened.situation.obligations if one.request == fact.id), None)
    if asked and is_of_one:
        command = as_command(typed._replace(target=asked, occurrence=fact.id), data=data)
        return UsageError(msg("{problem} About what it asks for: {command}", problem=problem, command=command))
    about = _about(fact, opened)
    if not about or is_event != _is_event(about[0], opened):
        return UsageError(problem)
    command = as_command(typed._replace(target=about[0]), data=data)
    return UsageError(msg("{problem} About the same: {command}", problem=problem, command=command))


def _is_event(name: str, opened: Opened) -> bool:
    return any(each.id == name for each in opened.situation.convention.events)


def fact_alone(fact: Fact, name: str, opened: Opened) -> UsageError:
    """The error for the id of a fact where a kind of fact is expected: what it is, and what is recorded of a fact."""
    said = fact_words(fact, opened)
    return UsageError(
        msg(
            "“{name}” is a fact: {fact}. To give what shows it: {proof}; to cancel it: {cancel}",
            name=shown(name),
            fact=said,
            proof=msg("qp record {kind} {id} --proof {file}", kind=KIND_NAMES["proof"], id=fact.id, file=PROOF_EXAMPLE),
            cancel=msg("qp record {kind} {id}", kind=KIND_NAMES["voided"], id=fact.id),
        )
    )


def no_fact(opened: Opened, typed: Typed, data: str | None = None) -> UsageError:
    """The error for a name that no fact has: the facts of what is called so, with the whole command; else those near.

    Args:
        opened: the repository.
        typed: what was typed, with the name as its target.
        data: the folder that was named.
    """
    name = typed.target or ""
    if not opened.facts:
        return UsageError(msg("No fact is called “{name}”: the journal has none yet.", name=shown(name)))
    target, problem = _target_called(opened, name), msg("No fact is called “{name}”.", name=shown(name))
    if target is None:
        return unknown(problem, name, [one.id for one in opened.facts[-10:]])
    own = _standing_of(opened, target, typed.kind)
    if not own:
        return UsageError(msg("{problem} None is about it.", problem=problem))
    proof = typed.proof or (PROOF_EXAMPLE if chosen(typed.kind or "", OF_FACTS) == "proof" else None)
    command = as_command(typed._replace(target=own[0].id, proof=proof), data=data)
    listed = [_short(one) for one in own[:_MOST_FACTS]]
    if (more := len(own) - _MOST_FACTS) > 0:
        listed.append(msgs("and {count} other", "and {count} others", count=more))
    return UsageError(
        msg(
            "{problem} Those about it: {facts}. For instance: {command}",
            problem=problem,
            facts=listing(listed),
            command=command,
        )
    )


def _short(fact: Fact) -> Message:
    return msg("{kind} of {day} ({id})", kind=KIND_NAMES[fact.kind], day=fact.on, id=fact.id)


def _target_called(opened: Opened, name: str) -> str | None:
    """The engagement, the event or the term that a name is of; None where it is of nothing."""
    try:
        found = find_shown(opened.situation, name)
    except UsageError:
        return None
    return found.id if found else TERM


def _standing_of(opened: Opened, target: str, kind: str | None) -> list[Fact]:
    """The facts about something that one of a kind can be about, the newest first."""
    cancelled, silent = cancellations(opened.facts), {"voided", chosen(kind or "", OF_FACTS)}
    ours = [one for one in opened.facts if one.id not in cancelled and one.kind not in silent]
    return sorted((one for one in ours if target in _about(one, opened)), key=lambda one: one.on, reverse=True)


def not_shown(name: str, opened: Opened, kinds: Collection[str], again: str, error: UsageError) -> UsageError:
    """The error for a name that nothing to be shown has: the command for what it is of; else the one that was made.

    Args:
        name: what was typed.
        opened: the repository.
        kinds: the kinds of fact.
        again: the options that the next command needs, after a blank.
        error: what was said of it.
    """
    if isinstance(error, PartlyNamedError):
        return error
    if fact := fact_called(opened, name):
        command = " ".join(["qp log", *(f"--engagement {each}" for each in _logged(fact, opened))]) + again
        said = fact_words(fact, opened)
        return UsageError(msg("“{name}” is a fact: {fact}. {command}", name=shown(name), fact=said, command=command))
    if _is_part_of_names(name, opened):
        return error
    now = opened.situation
    if party := meant_by_name(name, party_names(now)):
        command = f"qp deadlines --party {party}{again}"
        return UsageError(msg("“{name}” is {sort}: {command}", name=shown(name), sort=msg("a party"), command=command))
    if site := meant_by_name(name, site_names(now)):
        command = f"qp deadlines --site {site}{again}"
        return UsageError(msg("“{name}” is {sort}: {command}", name=shown(name), sort=msg("a site"), command=command))
    if kind := chosen(name, kinds):
        sort, command = msg("a kind of fact"), f"qp log --kind {kind}{again}"
        return UsageError(msg("“{name}” is {sort}: {command}", name=shown(name), sort=sort, command=command))
    return error


def _logged(fact: Fact, opened: Opened) -> tuple[str, ...]:
    """What the log can be asked for of what a fact is about: engagements and the term."""
    return tuple(each for each in _about(fact, opened) if not _is_event(each, opened))


def _is_part_of_names(name: str, opened: Opened) -> bool:
    """Whether what was typed is words of the name of an engagement or an event."""
    words, convention = telling_words(name), opened.situation.convention
    names = [each for one in convention.engagements for each in (one.id, one.title)]
    names += [each for one in convention.events for each in (one.id, one.title)]
    return bool(words) and any(words <= telling_words(each) for each in names)
