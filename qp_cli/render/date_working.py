"""The working of a date: each step with its source, the three dates side by side, and a date computed by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.visible import visible
from qp_cli.tracking.compared_dates import compared_dates, compared_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.law.computation import Computation
    from qp_cli.law.dates import Step
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.compared_dates import ComparedDates
    from qp_cli.tracking.deadlines import Deadline, Reading


def write_steps(steps: Sequence[Step], language: Language, *, indent: str = "  ") -> list[str]:
    """One line per step, numbered, with the day where it changes; its source on the line below."""
    lines: list[str] = []
    reached: date | None = None
    for number, step in enumerate(steps, start=1):
        result = f" → {language.full_day(step.result)}" if step.result and step.result != reached else ""
        reached = step.result or reached
        lines.append(f"{indent}{number}. {language.text(step.text)}{result}")
        if step.source:
            lines.append(f"{indent}   [{visible(step.source)}]")
    return lines


_UNSAID = frozenset({"holiday-note", "other-reading", "beside", "no-end"})
"""The rules of the steps that a working in short leaves out: they lead to no other day."""
_ORIGINS = frozenset({"reference", "day", "recurrence", "termination"})
"""The rules of the steps that name the day from which the next one counts."""
_CITED = _ORIGINS | {"term", "avenant", "extension", "renewal"}
"""The rules of the steps whose source is a clause, an avenant or a fact; the sources of the others are law."""


def short_working(steps: Sequence[Step], language: Language) -> list[str]:
    """The working in short, for a letter: the words and days of `write_steps`, a line a step, clauses without the law.

    That a day which was just named is the one counted from is not said again.
    """
    lines: list[str] = []
    reached: date | None = None
    named = ""
    for step in steps:
        if step.rule in _UNSAID or (step.rule == "origin" and named in _ORIGINS and step.result == reached):
            continue
        source = f" [{visible(step.source)}]" if step.source and step.rule in _CITED else ""
        result = f" → {language.full_day(step.result)}" if step.result and step.result != reached else ""
        lines.append(f"{language.text(step.text)}{source}{result}")
        reached, named = step.result or reached, step.rule
    return lines


def compared_lines(deadline: Deadline, zone: Zone, language: Language, *, indent: str = "") -> list[str]:
    """The dates to keep beside a deadline, after an empty line and what they are; none where they are one day."""
    dates = write_three_dates(compared_dates(deadline, zone), language, indent=f"{indent}  ")
    return ["", indent + language.text(msg("Dates to compare")), *dates] if dates else []


def write_three_dates(compared: ComparedDates | None, language: Language, *, indent: str = "  ") -> list[str]:
    """Strict, prudent and carried over, where they differ; a durée and a count backwards have no carry-over."""
    rows = three_dates(compared)
    words = [language.full_day(day) for _, day in rows]
    width = max(map(len, words), default=0)
    return [f"{indent}{word:<{width}}  {language.text(text)}" for word, (text, _) in zip(words, rows, strict=True)]


def three_dates(compared: ComparedDates | None) -> list[tuple[Message, date]]:
    """Strict, prudent and carried over, each with what it is; none where they are one day."""
    if compared is None or not compared.differ:
        return []
    rows = [(_strict(compared), compared.strict)]
    if compared.prudent:
        rows.append((msg("prudent: the working day before"), compared.prudent))
    if carried := compared.carried_over:
        provided = carried == compared.deadline
        unsaid = msg("carried over: the next working day, where a text provides for it")
        rows.append((msg("carried over: the next working day, as the rule provides") if provided else unsaid, carried))
    return rows


def _strict(compared: ComparedDates) -> Message:
    """What the day itself is."""
    if compared.is_length:
        return msg("strict: the end of a length, which nothing carries over")
    if compared.is_period:
        return msg("strict: the nominal end")
    return msg("strict: the day itself, which ends no period: nothing carries it over")


def write_readings(readings: Sequence[Reading], language: Language, *, indent: str = "  ") -> list[str]:
    """The other readings of the same period, each with its regime and source."""
    return [
        indent + language.text(reading_words(reading, language)) + f" [{reading.regime.source}]" for reading in readings
    ]


def reading_words(reading: Reading, language: Language) -> Message:
    """The day of another reading, and its regime."""
    day, regime = language.full_day(reading.day), reading.regime
    return msg("{day}, {regime}: {title}", day=day, regime=regime.label, title=regime.title)


def step_records(steps: Sequence[Step], language: Language) -> list[dict[str, object]]:
    """Each step as the contract's record: a stable `rule`, its words, its source, the ISO day reached."""
    return [
        {
            "rule": step.rule,
            "text": language.text(step.text),
            "source": step.source,
            "result": step.result.isoformat() if step.result else None,
        }
        for step in steps
    ]


def compared_record(compared: ComparedDates | None) -> dict[str, object]:
    """The three dates as the contract has them, ISO days, none without a date."""
    days = (compared.strict, compared.prudent, compared.carried_over) if compared else (None, None, None)
    return {
        name: day and day.isoformat() for name, day in zip(("strict", "prudent", "carried_over"), days, strict=True)
    }


def write_calculation(computation: Computation, language: Language) -> str:
    """The date first, then how it was reached, then the dates to keep in mind."""
    regime = computation.regime
    origin = language.full_day(computation.origin)
    question = msg("{period} from {origin}", period=computation.delay, origin=origin)
    if computation.backwards:
        question = msg("{period} before {origin}", period=computation.delay, origin=origin)
    rule = msg("Regime {label} ({name}): {title}.", label=regime.label, name=regime.name, title=regime.title)
    lines = [language.full_day(computation.deadline), language.text(question), "", language.text(rule)]
    lines.append(language.text(msg("Where: {scope}.", scope=regime.scope)))
    lines += [language.text(msg("Public holidays: {zone}.", zone=computation.zone.label)), ""]
    lines += [language.text(msg("Working")), *write_steps(computation.steps, language)]
    dates = write_three_dates(compared_in(computation), language)
    if dates:
        lines += ["", language.text(msg("Dates to compare")), *dates]
    return "\n".join(lines) + "\n"


def calculation_record(computation: Computation, language: Language) -> dict[str, object]:
    """The calculation as the JSON of the contract."""
    return {
        "schema": "qp/1",
        "origin": computation.origin.isoformat(),
        "period": str(computation.delay),
        "regime": computation.regime.name,
        "zone": computation.zone.value,
        "backwards": computation.backwards,
        "deadline": computation.deadline.isoformat(),
        "weekday": f"{computation.deadline:%A}",
        "steps": step_records(computation.steps, language),
        **compared_record(compared_in(computation)),
        "other_reading": computation.other_reading.isoformat() if computation.other_reading else None,
    }
