"""What a made-up journal says of an engagement: facts of every kind, each after what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from portfolio import words
from portfolio.days import HORIZON, add_months, after, draw
from portfolio.writing import block, flow, item

if TYPE_CHECKING:
    from datetime import date

    from portfolio.commitments import Commitment
    from portfolio.scene import Avenant, Scene
    from portfolio.writing import Entry

NOTED, PROVED, NAMED = 0.3, 0.1, 0.3


class Odds(NamedTuple):
    """How often something happens, out of one."""

    amended: float = 0.08
    fulfilled: float = 0.5
    late: float = 0.3
    mistaken: float = 0.04
    waived: float = 0.06
    suspended: float = 0.1
    resumed: float = 0.7
    notified: float = 0.3
    breached: float = 0.2
    evidence: float = 0.15
    answered: float = 0.6


ODDS = Odds()


def happen(scene: Scene, commitment: Commitment) -> None:
    """Writes down what came of an engagement."""
    match commitment.kind:
        case "one-off":
            _once(scene, commitment)
        case "recurring":
            _repeatedly(scene, commitment)
        case "on-request":
            _when_asked(scene, commitment)
        case _ if _chance(scene, ODDS.evidence):
            record(scene, "fulfilled", draw(scene.dice, scene.start, scene.term), {"engagement": commitment.id})


def record(scene: Scene, kind: str, day: date, what: Entry) -> str:
    """Writes a fact down some days after it happened, unless that is yet to come; its id."""
    dice = scene.dice
    name = f"f-{dice.getrandbits(32):08x}"
    written = after(day, dice.randint(0, 12))
    if written > HORIZON:
        return ""
    entry = {"id": name, "kind": kind, **what, "on": day.isoformat()}
    entry |= {"recorded": written.isoformat(), "recorded_by": dice.choice(words.RECORDERS)}
    if dice.random() < NOTED:
        entry["note"] = dice.choice(words.FACT_NOTES)
    if kind == "fulfilled" and dice.random() < PROVED:
        entry["proof"] = f"{{url: https://pieces.example/{scene.id}/{name}}}"
    scene.journal.append((written, entry))
    return name


def record_events(scene: Scene) -> None:
    """Writes down the days of the events that the convention leaves open."""
    for event in scene.events.values():
        for day in event.times or ((event.day,) if event.recorded and event.day else ()):
            record(scene, "occurred", day, {"event": event.id})


def record_avenants(scene: Scene) -> None:
    """Writes down the avenants, once all that they change is known."""
    for avenant in scene.avenants:
        if avenant.changes:
            changes = block("".join(item(change, 6) for change in avenant.changes))
            what = {"title": f"Avenant n° {avenant.number}", "signed": avenant.signed.isoformat()}
            what |= {"effect": avenant.effect.isoformat(), "changes": changes}
            record(scene, "amended", avenant.signed, what)


def _chance(scene: Scene, odds: float) -> bool:
    return scene.dice.random() < odds


def _about(scene: Scene, commitment: Commitment) -> Entry:
    """The engagement, for one debtor or one site at times."""
    what = {"engagement": commitment.id}
    if _chance(scene, NAMED):
        what["by"] = scene.dice.choice(commitment.debtors)
    if commitment.sites and _chance(scene, NAMED):
        what["sites"] = flow((scene.dice.choice(commitment.sites),))
    return what


def _once(scene: Scene, commitment: Commitment) -> None:
    dated = commitment.dated
    if dated is None or dated.origin is None or dated.due is None:
        scene.pending.append(commitment.id)
        return
    origin, due = dated.origin, dated.due
    avenant = _avenant_before(scene, due, after(origin, 1))
    if avenant and _chance(scene, ODDS.amended):
        moved = _amend(scene, commitment, avenant)
        if moved is None:
            return
        origin, due = avenant.effect, moved
    elif _chance(scene, ODDS.waived):
        record(scene, "waived", draw(scene.dice, origin, due), _about(scene, commitment))
        return
    elif _chance(scene, ODDS.suspended):
        paused = _suspend(scene, commitment, origin, due)
        if paused is None:
            return
        origin = paused
    if _chance(scene, ODDS.fulfilled):
        _fulfil(scene, commitment, origin, due)
    elif due < HORIZON and _chance(scene, ODDS.notified):
        _put_on_notice(scene, commitment, due)


def _avenant_before(scene: Scene, due: date, origin: date) -> Avenant | None:
    """An avenant that comes while an engagement runs."""
    return next((each for each in scene.avenants if origin < each.signed and each.effect < after(due, -10)), None)


def _amend(scene: Scene, commitment: Commitment, avenant: Avenant) -> date | None:
    """Has an avenant change an engagement; its new date, or None where nothing is to be performed as it was."""
    dated = commitment.dated
    if dated and dated.form == "within" and dated.origin:
        avenant.changes.append({"change": "extend", "target": commitment.id, "by": "P3M"})
        return add_months(dated.origin, dated.months + 3)
    if dated and dated.form == "on" and dated.due:
        moved = add_months(dated.due, 4)
        avenant.changes.append({"change": "due", "target": commitment.id, "due": f"{{on: {moved}}}"})
        return moved
    if scene.dice.randrange(2):
        avenant.changes.append({"change": "end", "target": commitment.id})
    else:
        avenant.changes.append({"change": "debtors", "target": commitment.id, "debtors": flow((scene.metropole,))})
    return None


def _suspend(scene: Scene, commitment: Commitment, origin: date, due: date) -> date | None:
    """Suspends an engagement while it runs; the day it runs again, or None."""
    day = draw(scene.dice, origin, due)
    what = {"engagement": commitment.id}
    if not record(scene, "suspended", day, what) or not _chance(scene, ODDS.resumed):
        return None
    resumed = after(day, scene.dice.randint(30, 150))
    return resumed if record(scene, "resumed", resumed, what) else None


def _fulfil(scene: Scene, commitment: Commitment, origin: date, due: date) -> None:
    last = after(due, scene.dice.randint(1, 120)) if _chance(scene, ODDS.late) else due
    day = max(origin, last if last > due else draw(scene.dice, max(origin, after(due, -60)), due))
    what = _about(scene, commitment)
    if _chance(scene, ODDS.mistaken) and (wrong := record(scene, "fulfilled", day, what)):
        record(scene, "voided", after(day, 13), {"fact": wrong})
    if record(scene, "fulfilled", day, what) and len(what) == 1:
        scene.done[commitment.id] = day


def _put_on_notice(scene: Scene, commitment: Commitment, due: date) -> None:
    """A mise en demeure with its cure; at times a decision that the engagement was broken."""
    day = after(due, scene.dice.randint(15, 90))
    what = {"engagement": commitment.id, "by": scene.dice.choice(commitment.debtors)}
    cure = scene.dice.choice(("P1M", "P2M", "15 jours ouvrés", "P15D"))
    if record(scene, "notified", day, what | {"cure": cure}) and _chance(scene, ODDS.breached):
        record(scene, "breached", after(day, scene.dice.randint(70, 200)), what)


def _repeatedly(scene: Scene, commitment: Commitment) -> None:
    """Performance of the first occurrences of a series whose days are known."""
    dated = commitment.dated
    passed = [day for day in dated.occurrences if day < HORIZON] if dated and dated.origin else []
    earliest = 0 if dated and dated.form == "within each" else -20
    for day in passed[: scene.dice.randint(0, 3)]:
        what = {"engagement": commitment.id, "occurrence": day.isoformat()}
        record(scene, "fulfilled", after(day, scene.dice.randint(earliest, 45)), what)


def _when_asked(scene: Scene, commitment: Commitment) -> None:
    """Requests, where no event makes them, and answers to the first of them."""
    dice = scene.dice
    event = scene.events[commitment.trigger] if commitment.trigger else None
    asked = list(event.times or ()) if event else []
    if not event:
        asked = sorted({draw(dice, after(scene.start, 60), scene.term) for _ in range(dice.randint(0, 2))})
        for day in asked:
            who = {"engagement": commitment.id, "by": scene.metropole}
            to = {"to": flow(commitment.debtors[:2])} if _chance(scene, NAMED) else {}
            record(scene, "triggered", day, who | to)
    for day in asked[:3]:
        if _chance(scene, ODDS.answered):
            what = {"engagement": commitment.id, "occurrence": day.isoformat()}
            record(scene, "fulfilled", after(day, dice.randint(3, 70)), what)
