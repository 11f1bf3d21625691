"""What may be typed for a fact: the words of its kinds, which word is its target, an example from the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from qp_cli.app.fact_targets import PROOF_EXAMPLE, fact_alone, fact_called, fact_words
from qp_cli.app.typed_command import Typed, as_command, as_line
from qp_cli.choices import SPOKEN, chosen
from qp_cli.errors import UsageError
from qp_cli.law.typed_days import read_day
from qp_cli.messages import listing, msg
from qp_cli.model.kinds import TERM, Kind
from qp_cli.names import KnownNames, key, meant_by_name, shown
from qp_cli.store.places import JOURNAL
from qp_cli.tracking.fact_names import KIND_NAMES
from qp_cli.tracking.filters import party_names, site_names
from qp_cli.tracking.journal import cancellations
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qp_cli.app.opening import Opened
    from qp_cli.messages import Message
    from qp_cli.model.convention import Event
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.situation import Situation

_Found = TypeVar("_Found")
_SHEETS = (".xlsx", ".ods", ".csv")
_SAID_FOR = (
    ("voided", ("correction", "corriger", "rectification", "erreur", "annuler"), "f-…"),
    ("amended", ("prolongation", "prorogation", "prolonger", "extension"), "… --title … --extend …"),
)
"""Words for what is recorded by a kind of fact: the kind, the words, and what follows it on the command line."""
_TARGETS: dict[str, Message] = {
    "fulfilled": msg("the engagement, or the one obligation, that was performed"),
    "triggered": msg("the engagement on request that was called upon"),
    "occurred": msg("the event that took place"),
    "waived": msg("the engagement that is given up"),
    "suspended": msg("the engagement whose period stops running, several, or all"),
    "resumed": msg("the engagement whose period runs again, several, or all"),
    "notified": msg("the engagement that the formal notice is about"),
    "breached": msg("the engagement that the decision or agreement is about"),
    "amended": msg("what the avenant changes, an engagement or terme"),
    "voided": msg("the id of the fact recorded by mistake, which qp log shows"),
    "proof": msg("the id of the fact that it shows, which qp log shows"),
}


def listed_kinds() -> Message:
    """The words of all kinds, one after the other."""
    return listing(KIND_NAMES.values())


def no_kind(text: str | None, opened: Opened | None = None) -> UsageError:
    """The error for a word that stands for no kind of fact, or for none: with the nearest, or all of them.

    A word that is an engagement or an event of the repository is what a fact is about: the command is given.
    """
    if text is None:
        problem = msg("KIND is missing: {names}.", names=listed_kinds())
        about = next(_examples("fulfilled", opened), None) if opened else None
        return UsageError(problem) if about is None else _with_example(problem, Typed("fulfilled", about), None)
    return _meant_by(text, opened) or _near_kinds(text)


def _meant_by(text: str, opened: Opened | None) -> UsageError | None:
    """The error for a word in the place of a kind that is something else; None where it is nothing that is known."""
    if opened and (meant := _as_target(text, opened)):
        return UsageError(meant)
    if opened and (fact := fact_called(opened, text)):
        return fact_alone(fact, text, opened)
    said = _meant_kind(text)
    return UsageError(said) if said else None


def _near_kinds(text: str) -> UsageError:
    """The error for a word that is nothing that is known: the nearest kinds, or all of them."""
    spoken = {word: kind for kind in KIND_NAMES for word in (kind, *SPOKEN.get(kind, ()))}
    near = dict.fromkeys(spoken[word] for word in KnownNames(spoken).nearest(text))
    problem = msg("“{text}” is not one of the kinds of fact.", text=shown(text))
    if near:
        named = listing(msg("{title} ({id})", title=KIND_NAMES[kind], id=kind) for kind in near)
        return UsageError(msg("{problem} Nearest: {names}.", problem=problem, names=named))
    return UsageError(msg("{problem} Known: {names}.", problem=problem, names=listed_kinds()))


def _meant_kind(text: str) -> Message | None:
    """What a word that is no kind of fact is recorded as, or that it is a sheet to be read; None for any other."""
    problem = msg("“{text}” is not one of the kinds of fact.", text=shown(text))
    if text.casefold().endswith(_SHEETS):
        return msg("{problem} Try: {names}", problem=problem, names=as_line(("qp", "record"), {"from": text}))
    for kind, words, options in _SAID_FOR:
        if chosen(text, (kind,), {kind: words}):
            command = msg("qp record {kind} {id}", kind=KIND_NAMES[kind], id=options)
            return msg("{problem} Try: {names}", problem=problem, names=command)
    return None


def _no_target(typed: Typed, kind: str, opened: Opened, data: str | None) -> UsageError:
    """The error for a fact that says not what it is about: what its target is, and the same command with one."""
    problem = msg("{kind}: TARGET is missing, {what}.", kind=KIND_NAMES[kind], what=_TARGETS[kind])
    example = next(_examples(kind, opened), None)
    if example is None:
        return UsageError(msg("{problem} {reason}", problem=problem, reason=_NOTHING.get(kind, _NO_ENGAGEMENT)))
    return _with_example(problem, typed._replace(target=example), data)


def nothing_of(kind: str) -> UsageError:
    """The error for a kind of fact that nothing of the repository can be about."""
    return UsageError(_NOTHING.get(kind, _NO_ENGAGEMENT))


def one_change_of(opened: Opened, target: str) -> UsageError:
    """The error for an avenant without a change, or with several: the options, and the lines to write for more."""
    now = opened.situation
    lines = (
        f"- {{id: f-avenant, kind: amended, title: Avenant n° 1, on: {now.as_of}, "
        f"changes: [{{change: extend, target: {target}, by: P6M}}, {{change: add, …}}]}}"
    )
    return UsageError(
        msg(
            "An avenant is recorded with one of {options}. What changes more, or adds something, is written by hand "
            "at the end of {file}: {lines}",
            options="--extend, --due-on, --end, --to",
            file=str(opened.folder / JOURNAL),
            lines=lines,
        )
    )


def unsaid_debtor(owed: Sequence[PendingObligation], opened: Opened, typed: Typed, data: str | None) -> UsageError:
    """The error for a performance that names nobody where one debtor took another's place, and both owe some of it.

    Args:
        owed: the oldest that each of them owes, those of who handed it over first.
        opened: the repository.
        typed: what was typed.
        data: the folder that was named.
    """
    directory = opened.situation.directory
    first = {one.debtor.parties[0]: one for one in reversed(owed)}
    said: list[Message] = []
    commands: list[str] = []
    for party, one in reversed(first.items()):
        said.append(msg("{who} owes {what}", who=directory.label(party), what=one.id))
        commands.append(as_command(typed._replace(by=party), data=data))
    return UsageError(
        msg(
            "The engagement was handed over, and who performed it is not said: {owing}. With --by: {commands}",
            owing=listing(said),
            commands=_alternatives(commands),
        )
    )


def _alternatives(commands: Iterable[str]) -> Message | str:
    found: Message | str = ""
    for each in commands:
        found = msg("{first} or {next}", first=found, next=each) if found else each
    return found


def _lacking(name: str, what: Message, completed: Typed, data: str | None) -> UsageError:
    """The error for an option without which a kind of fact says too little: what it is, and the command with one."""
    return _with_example(msg("{name} is missing: {what}.", name=name, what=what), completed, data)


def _with_example(problem: Message, completed: Typed, data: str | None) -> UsageError:
    command = as_command(completed, data=data)
    return UsageError(msg("{problem} For instance: {command}", problem=problem, command=command))


def not_a_target(kind: str, text: str) -> UsageError:
    """The error for a word after the one target of a kind of fact; of a day, the option that it goes with."""
    try:
        read_day(text)
    except UsageError:
        return UsageError(
            msg("{kind} is of one target: this is not expected: {text}", kind=KIND_NAMES[kind], text=shown(text))
        )
    return UsageError(msg("{kind}: its day is said by {option}.", kind=KIND_NAMES[kind], option=f"--on {shown(text)}"))


def _meant_otherwise(name: str, opened: Opened, error: UsageError) -> UsageError:
    """The error for a target that nothing of the right sort is called: what it is, where it is of another sort."""
    now = opened.situation
    if about := _as_target(name, opened):
        return UsageError(about)
    if fact := fact_called(opened, name):
        return UsageError(msg("“{name}” is a fact: {fact}.", name=shown(name), fact=fact_words(fact, opened)))
    if party := meant_by_name(name, party_names(now)):
        return UsageError(_option(name, msg("a party"), "--by", party))
    if site := meant_by_name(name, site_names(now)):
        return UsageError(_option(name, msg("a site"), "--site", site))
    return error


def _option(name: str, sort: Message, option: str, found: str) -> Message:
    return msg("“{name}” is {sort}, named by {option} {id}, and no target of a fact.", name=shown(name), sort=sort,
               option=option, id=found)  # fmt: skip


def _as_target(name: str, opened: Opened) -> Message | None:
    """What a word is, an event or an engagement, and how a fact is recorded of it; None where it is neither."""
    asked = key(name)
    for sort, kind, names in _sorts(opened):
        if found := names.get(asked):
            return msg(
                "“{name}” is {sort}: qp record {kind} {id}",
                name=shown(name),
                sort=sort,
                kind=KIND_NAMES[kind],
                id=found,
            )
    return None


def _sorts(opened: Opened) -> Iterator[tuple[Message, str, dict[str, str]]]:
    convention = opened.situation.convention
    events = {key(each): one.id for one in convention.events for each in (one.title, one.id)}
    yield msg("an event"), "occurred", events
    yield msg("an engagement"), "fulfilled", {key(one.id): one.id for one in convention.engagements}


def require(typed: Typed, kind: str, opened: Opened, data: str | None) -> None:
    """Looks for what a kind cannot do without: what it is about, its proof, the title of an avenant, who denounces.

    Raises:
        UsageError: something is missing; what it is, and the same command with an example of it.
    """
    if typed.target is None and kind in _TARGETS:
        raise _no_target(typed, kind, opened, data)
    if (kind == "proof" or typed.copy_proof) and not typed.proof:
        example = typed._replace(proof=PROOF_EXAMPLE, copy_proof=False)
        raise _lacking("--proof", msg("a file or a web address"), example, data)
    if kind == "amended" and not typed.title:
        changed = typed.extend or typed.due_on or typed.end or typed.to
        example = typed._replace(title="Avenant n° 1", extend=typed.extend if changed else "P6M")
        raise _lacking("--title", msg("the title of the avenant"), example, data)
    if kind == "denounced" and not typed.by:
        raise _lacking("--by", msg("who denounces"), typed._replace(by=_denouncing(opened.situation)), data)


def _denouncing(now: Situation) -> str:
    """One who can denounce the convention: any of its parties where nobody is said to."""
    from qp_cli.tracking.denunciation import denouncing

    return next(iter(denouncing(now.convention, now.directory)), next(iter(now.directory.parties), ""))


def found_target(find: Callable[[Situation, str], _Found], name: str, opened: Opened) -> _Found:
    """What a fact is about, as it is found by its name.

    Raises:
        UsageError: nothing of that sort is called so; what is, of another sort, is said.
    """
    try:
        return find(opened.situation, name)
    except UsageError as error:
        raise _meant_otherwise(name, opened, error) from error


def datable_events(now: Situation) -> list[Event]:
    """The events that a fact can date."""
    return [each for each in now.convention.events if each.repeats or not (each.date_ or each.when)]


_NO_ENGAGEMENT = msg("The convention has no such engagement.")
_NOTHING: dict[str, Message] = {
    "occurred": msg("No event of the convention awaits its day."),
    "triggered": msg("The convention has no engagement on request."),
    "voided": msg("The journal has no fact to cancel."),
    "proof": msg("The journal has no fact to give a proof of."),
}
"""Why no example can be given."""


def _examples(kind: str, opened: Opened) -> Iterator[str]:
    """Targets of the repository that a kind of fact can be about, the likeliest first."""
    now = opened.situation
    match kind:
        case "occurred":
            yield from _awaited(opened)
        case "voided" | "proof":
            cancelled, silent = cancellations(opened.facts), {"voided", kind}
            yield from (one.id for one in reversed(opened.facts) if one.id not in cancelled and one.kind not in silent)
        case "triggered":
            yield from (one.id for one in now.convention.engagements if one.kind is Kind.ON_REQUEST)
        case "amended" if now.convention.term:
            yield TERM
        case _:
            wanted = State.SUSPENDED if kind == "resumed" else State.OVERDUE
            yield from (one.engagement.id for one in now.obligations if one.state is wanted)
            yield from (one.id for one in now.convention.engagements if one.id not in now.ended_by)


def _awaited(opened: Opened) -> Sequence[str]:
    """The events that await their day, the signature first."""
    now = opened.situation
    dated = {getattr(one, "event", None) for one in opened.facts}
    ids = [each.id for each in datable_events(now) if each.repeats or each.id not in dated]
    return sorted(ids, key=lambda each: each != now.convention.signature)
