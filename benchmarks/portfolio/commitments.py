"""Made-up engagements, in every kind and with every form of due date."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from portfolio import words
from portfolio.days import add_months, after, draw
from portfolio.scene import OPERATORS
from portfolio.writing import flow

if TYPE_CHECKING:
    from datetime import date

    from portfolio.scene import Scene
    from portfolio.writing import Entry

KINDS = ("one-off",) * 10 + ("continuing",) * 4 + ("recurring",) * 3 + ("on-request",) * 3
ORIGINS = ("labellisation",) * 5 + ("signature",) * 3 + ("notification",) * 2 + ("achevement", "avis", "bilan")
REPEATED = ("projet-soumis", "action-approuvee")
ONCE = (
    ("within",) * 8 + ("on",) * 4 + ("silent",) * 3 + ("at_the_latest",) * 2 + ("at_least",)
    + ("earliest_of",) * 2 + ("latest_of",) * 2 + ("engagement",) * 2 + ("working",) * 3
)  # fmt: skip
NOTED = 0.25
PLACED = 0.3


class Dated(NamedTuple):
    """A due date: its text, the day it is counted from, about when it falls, the occurrences of a series.

    Attributes:
        form: which of the forms it takes; `within` can be extended, `on` set anew.
        months: how long a plain period is.
    """

    text: str
    form: str
    origin: date | None = None
    due: date | None = None
    months: int = 0
    occurrences: tuple[date, ...] = ()


class Commitment(NamedTuple):
    """An engagement as written, and what the journal needs to know of it."""

    id: str
    kind: str
    debtors: tuple[str, ...]
    sites: tuple[str, ...]
    trigger: str | None
    dated: Dated | None
    entry: Entry


def commit(scene: Scene, number: int, kind: str = "") -> Commitment:
    """An engagement of a kind, or of any."""
    dice = scene.dice
    kind = kind or dice.choice(KINDS)
    topic, what = dice.choice(words.TOPICS)
    debtor = dice.choice(tuple(scene.debtors))
    sites = _sites(scene) if kind == "one-off" else ()
    trigger = dice.choice((*REPEATED, None)) if kind == "on-request" else None
    entry = {"id": f"{topic}-{number:03}", "title": _title(scene, kind, what), "clause": _clause(scene, number)}
    entry |= {"debtors": flow((debtor,))} | _others(scene, debtor) | {"kind": kind}
    if dice.randrange(2):
        entry["nature"] = "moyens" if kind == "continuing" else dice.choice(("moyens", "resultat"))
    if not scene.everybody_signs and set(scene.debtors[debtor]) & set(OPERATORS):
        entry["scope"] = "national"
    if trigger:
        entry["trigger"] = trigger
    if sites:
        entry["sites"] = flow(sites)
    dated = _dated(scene, kind, trigger)
    if dated and dated.text:
        entry["target" if dated.form == "target" else "due"] = dated.text
    if dice.random() < NOTED:
        entry["note"] = f">-\n      {dice.choice(words.NOTES)}"
    return Commitment(entry["id"], kind, scene.debtors[debtor], sites, trigger, dated, entry)


def _title(scene: Scene, kind: str, what: str) -> str:
    dice = scene.dice
    if kind == "continuing":
        return f"{dice.choice(words.CONTINUING)}, {dice.choice(words.DETAILS[1:])}"
    return f"{dice.choice(words.VERBS)} {what} {dice.choice(words.DETAILS)}".rstrip()


def _clause(scene: Scene, number: int) -> str:
    return f"art. {2 + number // 12}{scene.dice.choice(words.CLAUSE_PARTS)}"


def _others(scene: Scene, debtor: str) -> Entry:
    """Who it is owed to, who helps, who carries it out."""
    dice = scene.dice
    entry: Entry = {}
    if debtor != scene.metropole and dice.randrange(3) == 0:
        entry["creditors"] = flow((scene.metropole,))
    if dice.randrange(6) == 0:
        entry["support"] = flow(("etat", "partenaires"))
    if debtor == scene.metropole and dice.randrange(4) == 0:
        entry["performer"] = f"coordonnateur-{scene.number:04}"
    elif debtor == "etat" and dice.randrange(4) == 0:
        entry["performer"] = dice.choice((scene.prefet, "ministere-ville"))
    return entry


def _sites(scene: Scene) -> tuple[str, ...]:
    if not scene.sites or scene.dice.random() > PLACED:
        return ()
    return tuple(sorted(set(scene.dice.choices(scene.sites, k=3))))


def _dated(scene: Scene, kind: str, trigger: str | None) -> Dated | None:
    if kind == "recurring":
        return _series(scene)
    if kind == "on-request":
        return _answer(scene, trigger)
    return _once(scene, scene.dice.choice(ONCE)) if kind == "one-off" else None


def _once(scene: Scene, form: str) -> Dated:
    dice, term = scene.dice, scene.term
    months, event = dice.choice((2, 3, 4, 6, 6, 9, 12, 18)), scene.events[dice.choice(ORIGINS)]
    within = f"within: P{months}M, from: {event.id}"
    due = add_months(event.day, months) if event.day else None
    fixed = draw(dice, add_months(scene.start, 3), term)
    match form:
        case "within":
            regime = dice.choice(("",) * 12 + (", regime: ccag", ", regime: ue-1182-71", ", readings: [duree]"))
            return Dated(f"{{{within}{regime}}}", form, event.day, due, months)
        case "on":
            return Dated(f"{{on: {fixed}}}", form, scene.start, fixed)
        case "silent":
            return Dated("", form, scene.start, term)
        case "at_the_latest" | "at_least":
            text = dice.choice((f"P{min(months, 6)}M", "20 jours ouvrés")) if form == "at_least" else "P2M"
            return Dated(f"{{{form}: {text}, before: terme}}", form, scene.start, add_months(term, -3))
        case "earliest_of" | "latest_of":
            days = [day for day in (due, fixed) if day]
            last = (min(days) if form == "earliest_of" else max(days)) if due or form == "earliest_of" else None
            origin = max(scene.start, event.day or scene.start)
            return Dated(f"{{{form}: [{{{within}}}, {{on: {fixed}}}]}}", form, origin if last else None, last)
        case "engagement" if scene.done or scene.pending:
            name = dice.choice([*scene.done, *scene.pending[:1]])
            origin_day = scene.done.get(name)
            due = add_months(origin_day, months) if origin_day else None
            return Dated(f"{{within: P{months}M, from: {name}}}", form, origin_day, due)
        case _:
            days_ = dice.choice((10, 15, 20, 30))
            text = f"{{within: {days_} jours {dice.choice(('ouvrés', 'ouvrables'))}, from: {event.id}}}"
            return Dated(text, form, event.day, after(event.day, days_ * 7 // 5) if event.day else None)


def _series(scene: Scene) -> Dated:
    dice = scene.dice
    months = dice.choice((3, 6, 12, 12))
    every = f"every: {'P1Y' if months == 12 else f'P{months}M'}"  # noqa: PLR2004 months of a year
    event = scene.events[dice.choice(ORIGINS[:10])]
    origin = event.day or scene.start
    match dice.choice(("every", "every", "within", "rrule")):
        case "every":
            days = _repeated(origin, months, scene.term)
            return Dated(f"{{{every}, from: {event.id}, until: terme}}", "every", origin, occurrences=days)
        case "within":
            text = f"{{within: P{dice.choice((1, 2, 3))}M, from: {{{every}, from: {event.id}, until: terme}}}}"
            return Dated(text, "within each", origin, occurrences=_repeated(origin, months, scene.term))
        case _:
            rule = dice.choice(("FREQ=YEARLY;BYMONTH=1;BYDAY=2TU", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1"))
            return Dated(f"{{rrule: {rule}, from: {event.id}}}", "rrule", origin)


def _repeated(origin: date, months: int, last: date) -> tuple[date, ...]:
    count = ((last.year - origin.year) * 12 + last.month - origin.month) // months
    days = (add_months(origin, months * step) for step in range(1, count + 1))
    return tuple(day for day in days if day <= last)


def _answer(scene: Scene, trigger: str | None) -> Dated | None:
    """What a request starts: a period of the text, an aim of the team's own, or nothing that is a number."""
    delay = scene.dice.choice(("P1M", "P2M", "10 jours ouvrés", "15 jours ouvrables", "P15D"))
    match scene.dice.choice(("due", "due", "due", "target", "none")):
        case "due":
            origin = f", from: {trigger}" if trigger and scene.dice.randrange(2) else ""
            return Dated(f"{{within: {delay}{origin}}}", "answer")
        case "target":
            return Dated(f"{{within: {delay}}}", "target")
        case _:
            return None
