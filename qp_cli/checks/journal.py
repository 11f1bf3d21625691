"""Facts against one another and against what is owed: dates, requests, formal notices, proofs."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qp_cli.checks.performances import facts_about, settled_before
from qp_cli.checks.rule import Pointer, Remark, named
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.dues import EarliestOf, LatestOf, Within
from qp_cli.model.facts import Amended, Breached, Notified, Occurred, Resumed, Suspended, Triggered, Voided
from qp_cli.model.kinds import Kind, Scope
from qp_cli.names import shown
from qp_cli.store.places import JOURNAL
from qp_cli.store.proofs import Trouble
from qp_cli.tracking.journal import cancellations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.dates import ComputedDates
    from qp_cli.checks.repository import Subject
    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement, Event
    from qp_cli.model.facts import FactAbout, Proof
    from qp_cli.store.proofs import ProofFile
    from qp_cli.tracking.obligations import PendingObligation


def _one_date(event: Event, *, is_same: bool) -> Message:
    """What to do about a second date of an event."""
    if event.date_ and is_same:
        return msg("It is the date of convention.yaml: there is nothing to record")
    if event.date_:
        return msg(
            "It is written in convention.yaml: correct it there if it is wrong; repeats: true if it can happen again"
        )
    return msg("Keep one date: cancel a fact with voided; repeats: true if it can happen again")


def dated_twice(subject: Subject) -> Iterator[Remark]:
    """An event that happens once, and is given a second date."""
    computed_dates = subject.computed_dates
    for event, pointer in subject.events:
        facts = computed_dates.in_force.happenings.get(event.id, [])
        if event.repeats or event.when or not facts:
            continue
        if event.date_:
            day, where, others = event.date_, pointer.to("date"), facts
        else:
            day, where, others = facts[0].on, computed_dates.place(facts[0]).to("on"), facts[1:]
        for fact in others:
            message = msg("{name} already has a date: {day}", name=named(event.id, event.clause), day=day)
            hint = _one_date(event, is_same=fact.on == day)
            severity = Severity.WARNING if fact.on == day else Severity.ERROR
            place = computed_dates.place(fact).to("on")
            yield Remark(place, message, hint, ((where, msg("dated here")),), severity, is_idle=True)


def computed_events(subject: Subject) -> Iterator[Remark]:
    """An event that follows from others, said to have occurred."""
    events = {event.id: event for event in subject.convention.events if event.when}
    for fact, pointer in subject.computed_dates.standing if events else ():
        if isinstance(fact, Occurred) and (event := events.get(fact.event)):
            day = subject.computed_dates.day(event.id)
            name = named(event.id, event.clause)
            message = msg("{name} follows from others: nobody records it, and this changes nothing", name=name)
            if day:
                message = msg("{name} follows from others by when:, and its day is {day}: this changes nothing",
                              name=name, day=day)  # fmt: skip
            hint = msg("Record what it follows from instead")
            yield Remark(pointer.to("event"), message, hint, is_idle=True)


def idle_suspensions(subject: Subject) -> Iterator[Remark]:
    """A resumption of what was not suspended, a suspension of what already was, or both on one day."""
    computed_dates = subject.computed_dates
    for fact, pointer in computed_dates.standing:
        if not isinstance(fact, Suspended | Resumed) or fact.id in computed_dates.in_force.pausing_the_term:
            continue
        names = list(computed_dates.engagements) if fact.is_of_all else fact.named
        slots = [slot for name in names for slot in computed_dates.concerned(name, fact)]
        if (not slots and not fact.term) or any(_has_effect(slot, fact) for slot in slots):
            continue
        yield _idle(fact, _suspended_name(fact, computed_dates), pointer.to("kind"), slots)


def _suspended_name(fact: Suspended | Resumed, computed_dates: ComputedDates) -> Message | str:
    """What a suspension or a resumption is about: an engagement with its clause, or the ids of several."""
    one = computed_dates.engagements.get(fact.named[0]) if len(fact.named) == 1 else None
    return named(one.id, one.clause) if one else named(", ".join(fact.named), None)


def _idle(fact: Suspended | Resumed, name: Message | str, place: Pointer, slots: list[PendingObligation]) -> Remark:
    if any(_undone_that_day(slot, fact) for slot in slots):
        message = msg("{name} is suspended and resumed on one day, {day}: nothing stops", name=name, day=fact.on)
        return Remark(place, message, msg("Check both days"), is_idle=True)
    if isinstance(fact, Resumed):
        message = msg("{name} is resumed, and was not suspended", name=name)
        if fact.is_of_all:
            message = msg("Nothing was suspended as a whole on {day}: there is nothing to resume", day=fact.on)
        return Remark(place, message, msg("Record the suspension too, with its day"), is_idle=True)
    message = msg("{name} is suspended, and already was", name=name)
    if fact.is_of_all:
        message = msg("The whole was suspended already on {day}", day=fact.on)
    return Remark(place, message, msg("Record the resumption between the two, with its day"), is_idle=True)


def _has_effect(slot: PendingObligation, fact: Suspended | Resumed) -> bool:
    """Whether a suspension stops an obligation that runs, or a resumption makes run one that was stopped."""
    step = slot.account.pausing(fact)
    return step.after != step.before and not _undone_that_day(slot, fact)


def _undone_that_day(slot: PendingObligation, fact: Suspended | Resumed) -> bool:
    """Whether the fact before it, suspension or resumption, says the contrary of the same day."""
    last = slot.account.pausing(fact).earlier
    return last is not None and type(last) is not type(fact) and last.on == fact.on


def unfit_suspensions(subject: Subject) -> Iterator[Remark]:
    """A suspension of the term where nothing runs to it, or one that names an occurrence of several engagements."""
    term = subject.convention.term
    for number, fact in enumerate(subject.facts):
        if not isinstance(fact, Suspended | Resumed):
            continue
        place = Pointer(JOURNAL, ("facts", number))
        if fact.is_of_one and (len(fact.named) > 1 or fact.is_of_all):
            which = "occurrence" if fact.occurrence else "request"
            message = msg("An occurrence is of one engagement, and this names several")
            hint = msg("Name one engagement, or leave {key} out", key=which)
            yield Remark(place.to(which), message, hint)
        if fact.term and term is None:
            message = msg("The convention has no term: nothing of it can be suspended")
            yield Remark(place.to("term"), message, msg("Leave {key} out", key="term"))
        elif fact.term and term and not isinstance(term.due, Within | EarliestOf | LatestOf):
            message = msg("The term is a day, not a period that runs: a suspension does not move it")
            hint = msg("Leave term: out; a later term is agreed by an avenant: {{change: due, target: terme, due: …}}")
            yield Remark(place.to("term"), message, hint)


def idle_cancellations(subject: Subject) -> Iterator[Remark]:
    """A cancellation of a cancellation, of itself, or of what is already cancelled."""
    kinds = {fact.id: fact.kind for fact in subject.facts}
    first: dict[str, Pointer] = {}
    for number, fact in enumerate(subject.facts):
        if not isinstance(fact, Voided):
            continue
        pointer = Pointer(JOURNAL, ("facts", number, "fact"))
        earlier = first.setdefault(fact.fact, pointer)
        if fact.fact == fact.id:
            message = msg("“{id}” cancels itself", id=fact.id)
            yield Remark(pointer, message, msg("Name the fact that it cancels"), is_idle=True)
        elif kinds.get(fact.fact) == "voided":
            message = msg("“{id}” is itself a cancellation: what it cancelled counts again", id=fact.fact)
            yield Remark(pointer, message, msg("Write the fact anew instead"))
        elif earlier is not pointer:
            message = msg("“{id}” is already cancelled", id=fact.fact)
            yield Remark(pointer, message, msg("Once is enough"), ((earlier, msg("cancelled here")),), is_idle=True)


def recorded_early(subject: Subject) -> Iterator[Remark]:
    """A fact written down before the day it is said to have happened."""
    cancelled = cancellations(subject.facts)
    for number, fact in enumerate(subject.facts):
        happened = max(fact.on, fact.signed or fact.on) if isinstance(fact, Amended) else fact.on
        if fact.recorded and fact.recorded < happened and fact.id not in cancelled:
            message = msg("Recorded on {recorded}, before the day it is said to have happened, {day}",
                          recorded=fact.recorded, day=happened)  # fmt: skip
            pointer = Pointer(JOURNAL, ("facts", number, "recorded"))
            yield Remark(pointer, message, msg("Check both days; what is only planned is not recorded"))


def idle_requests(subject: Subject) -> Iterator[Remark]:
    """A request that starts nothing."""
    computed_dates = subject.computed_dates
    events = {event.id: event for event, _ in subject.events}
    for fact, pointer in computed_dates.standing:
        if isinstance(fact, Triggered) and fact.engagement in computed_dates.engagements:
            yield from _request(fact, pointer, computed_dates.engagements[fact.engagement], computed_dates)
        elif isinstance(fact, Occurred) and fact.to and fact.event in events and not _asked_by(fact, computed_dates):
            name = named(fact.event, events[fact.event].clause)
            message = msg("{name} asks nothing of anybody", name=name)
            yield Remark(pointer.to("to"), message, msg("Leave {key} out", key="to"), is_idle=True)


def _request(
    fact: Triggered, pointer: Pointer, engagement: Engagement, computed_dates: ComputedDates
) -> Iterator[Remark]:
    name, place = named(engagement.id, engagement.clause), pointer.to("engagement")
    ended = computed_dates.avenants.get(computed_dates.ended_by.get(engagement.id, ""))
    term = computed_dates.term.due if computed_dates.term else None
    if engagement.kind is not Kind.ON_REQUEST:
        yield Remark(place, msg("{name} is not owed on request: nothing triggers it", name=name), is_idle=True)
    elif ended and fact.on >= ended.applies_from:
        message = msg("{name} was ended by the avenant “{id}” before this", name=name, id=ended.id)
        yield Remark(place, message, related=((computed_dates.place(ended), msg("ended here")),), is_idle=True)
    elif engagement.scope is Scope.CONVENTION and term and fact.on > term:
        message = msg("Asked on {day}, after the term of the convention, {term}", day=fact.on, term=term)
        yield Remark(pointer.to("on"), message, msg("Check the day"))


def _asked_by(fact: Occurred, computed_dates: ComputedDates) -> bool:
    """Whether an event starts what is owed on request."""
    return fact.event in computed_dates.started_by


def idle_notices(subject: Subject) -> Iterator[Remark]:
    """A formal notice of what nobody owed, or owed no longer, or a breach recorded twice."""
    computed_dates = subject.computed_dates
    for fact, pointer, engagement in facts_about(computed_dates):
        if not isinstance(fact, Notified | Breached):
            continue
        if engagement.kind is Kind.OPTION:
            name = named(engagement.id, engagement.clause)
            message = msg("{name} is an option: nobody owes it, and there is no default of it", name=name)
            yield Remark(pointer.to("kind"), message, is_idle=True)
            continue
        slots = computed_dates.concerned(engagement.id, fact)
        if isinstance(fact, Notified) and (end := settled_before(slots, fact, computed_dates)):
            message = msg("{reason}: the formal notice has no effect", reason=end.said(engagement))
            yield Remark(pointer.to("kind"), message, None, end.shown(computed_dates), is_idle=True, is_kept=True)
        elif isinstance(fact, Breached) and slots and all(earlier := [_broken_by(slot, fact) for slot in slots]):
            message = msg("A breach of {name} is already recorded", name=named(engagement.id, engagement.clause))
            shown = tuple((computed_dates.place(each), msg("recorded here")) for each in earlier[:1] if each)
            yield Remark(pointer.to("kind"), message, msg("Once is enough"), shown, is_idle=True)


def _broken_by(slot: PendingObligation, fact: FactAbout) -> FactAbout | None:
    """The fact that had said that an obligation was broken, before this one."""
    first = slot.account.breach
    return first if first and slot.account.is_before(first, fact) else None


def early_notices(subject: Subject) -> Iterator[Remark]:
    """A formal notice before any date of its engagement had passed."""
    computed_dates = subject.computed_dates
    for fact, pointer, engagement in facts_about(computed_dates):
        if not isinstance(fact, Notified) or engagement.kind in {Kind.CONTINUING, Kind.OPTION}:
            continue
        slots = computed_dates.concerned(engagement.id, fact)
        days = [day for slot in slots if (day := slot.due_now().due)]
        if days and min(days) >= fact.on and not settled_before(slots, fact, computed_dates):
            name = named(engagement.id, engagement.clause)
            message = msg("No date of {name} had passed on {day}; the first is {first}",
                          name=name, day=fact.on, first=min(days))  # fmt: skip
            yield Remark(pointer.to("on"), message, msg("Check the day"))


_TROUBLES = {
    Trouble.MISSING: msg("There is no file “{file}” beside the journal"),
    Trouble.OUTSIDE: msg("“{file}” leads out of the folder"),
    Trouble.LINK: msg("“{file}” goes through a symbolic link: what it shows can change unseen"),
    Trouble.NO_FILE: msg("“{file}” is no file"),
    Trouble.TOO_LARGE: msg("“{file}” is larger than 1 GB: it has no fingerprint"),
    Trouble.UNREADABLE: msg("“{file}” cannot be read"),
}


def _proofs(subject: Subject) -> Iterator[tuple[Proof, Pointer]]:
    for number, fact in enumerate(subject.facts):
        if fact.proof:
            yield fact.proof, Pointer(JOURNAL, ("facts", number, "proof"))


def missing_proofs(subject: Subject) -> Iterator[Remark]:
    """A proof that names a file which is not in the folder."""
    for proof, pointer in _proofs(subject):
        found = subject.proofs.get(proof.file or "")
        if found and found.trouble:
            problem = _TROUBLES[found.trouble]
            message = problem._replace(parts={"file": shown(proof.file or "")})
            hint = msg("Copy the file into the journal's folder, and name it from there")
            if found.trouble is Trouble.TOO_LARGE:
                hint = msg("Keep what shows the fact as a smaller file")
            yield Remark(pointer.to("file"), message, hint)


def changed_proofs(subject: Subject) -> Iterator[Remark]:
    """A proof whose file is no longer the one that was given."""
    for proof, pointer in _proofs(subject):
        found = subject.proofs.get(proof.file or "")
        if found and proof.sha256 and found.sha256 and found.sha256 != proof.sha256:
            message, hint = _change(proof, found)
            yield Remark(pointer.to("sha256"), message._replace(parts={"file": shown(proof.file or "")}), hint)


def _change(proof: Proof, found: ProofFile) -> tuple[Message, Message]:
    """What became of the file that was given, and what to do: git alone may be the reason."""
    if found.pointer == proof.sha256:
        return msg("“{file}” was not fetched: what is there is git-lfs's pointer to it"), msg("Fetch it: git lfs pull")
    if proof.sha256 in found.other_ends:
        hint = msg(
            "Write “{pattern} -text” in .gitattributes; then take the file again, from git or from where it was given",
            pattern=f"*{PurePosixPath(proof.file or '').suffix}",
        )
        return msg("“{file}” is the file that was given, but for its line ends, which git may change"), hint
    hint = msg(
        "Put the file back as it was, or record the fact again; it is now {sha256}",
        sha256=found.pointer or found.sha256,
    )
    if found.pointer:
        return msg("“{file}” was not fetched, and git-lfs's pointer is not to the file that was given"), hint
    return msg("“{file}” is not the file that was given: its SHA-256 differs"), hint


def unsealed_proofs(subject: Subject) -> Iterator[Remark]:
    """A proof that could change without anybody noticing, or that shows nothing."""
    for proof, pointer in _proofs(subject):
        if proof.file and not proof.sha256:
            found = subject.proofs.get(proof.file)
            if found and found.sha256:
                message = msg("“{file}” has no fingerprint: it could change unseen", file=shown(proof.file))
                yield Remark(pointer.to("file"), message, msg("Add sha256: {sha256}", sha256=found.sha256))
        elif proof.sha256 and not proof.file:
            hint = msg("Add file:, from the journal's folder")
            yield Remark(pointer.to("sha256"), msg("A fingerprint, and no file"), hint)
        elif not proof.file and not proof.url:
            yield Remark(pointer, msg("This proof shows nothing"), msg("Add url: or file:, or leave proof out"))
