"""The working of a date: each step with its source, the three dates side by side, and a date computed by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.law.computation import Computation
    from qp_cli.law.dates import Step
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.deadlines import Reading


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


def write_three_dates(computation: Computation, language: Language, *, indent: str = "  ") -> list[str]:
    """Strict, prudent and carried over, where they differ; a durée and a count backwards have no carry-over."""
    rows = three_dates(computation)
    words = [language.full_day(day) for _, day in rows]
    width = max(map(len, words), default=0)
    return [f"{indent}{word:<{width}}  {language.text(text)}" for word, (text, _) in zip(words, rows, strict=True)]


def three_dates(computation: Computation) -> list[tuple[Message, date]]:
    """Strict, prudent and carried over, each with what it is; none where they are one day."""
    if computation.prudent in {None, computation.strict} and computation.carried_over in {None, computation.strict}:
        return []
    rows = [
        (msg("strict: the nominal end"), computation.strict),
    ]
    if computation.prudent:
        rows.append((msg("prudent: the working day before"), computation.prudent))
    if carried := computation.carried_over:
        provided = carried == computation.deadline
        unsaid = msg("carried over: the next working day, where a text provides for it")
        rows.append((msg("carried over: the next working day, as the rule provides") if provided else unsaid, carried))
    return rows


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
    dates = write_three_dates(computation, language)
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
        "strict": computation.strict.isoformat(),
        "prudent": computation.prudent.isoformat() if computation.prudent else None,
        "carried_over": computation.carried_over.isoformat() if computation.carried_over else None,
        "other_reading": computation.other_reading.isoformat() if computation.other_reading else None,
    }
