"""A date computed by itself, with its working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.working import step_records, write_steps, write_three_dates

if TYPE_CHECKING:
    from qp_cli.law.computation import Computation
    from qp_cli.render.language import Language


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
