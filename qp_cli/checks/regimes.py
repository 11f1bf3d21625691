"""Regimes against what they count: backwards what runs forwards, or what no convention counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.subject import Pointer
from qp_cli.law.regimes import find_regime
from qp_cli.messages import msg
from qp_cli.model.dues import EarliestOf, Every, LatestOf, Rule, Within
from qp_cli.store.places import CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.model.dues import Due

_BACKWARDS = "a-rebours"
_UNSUITED = frozenset({"silence-administration", "prescription"})
_OWN = Pointer(CONVENTION, ("regime",))


def backwards_regimes(subject: Subject) -> Iterator[Remark]:
    """A regime that counts backwards, on a period that runs forwards."""
    if subject.convention.regime == _BACKWARDS:
        message = msg("“{regime}” counts backwards: it cannot be the rule of every period", regime=_BACKWARDS)
        hint = msg("Name it where a date is counted back: {{at_the_latest: P2M, before: …, regime: a-rebours}}")
        yield Remark(_OWN, message, hint)
    for _, due, pointer in subject.dues:
        for place in _forwards(due, pointer):
            message = msg("“{regime}” counts backwards, and this period runs forwards", regime=_BACKWARDS)
            hint = msg("Name another regime, or count back from a day: {{at_the_latest: P2M, before: …}}")
            yield Remark(place, message, hint)


def _forwards(due: Due, pointer: Pointer) -> Iterator[Pointer]:
    """Where what runs forwards names a regime that counts backwards."""
    match due:
        case Within():
            if isinstance(due.from_, Every | Rule):
                yield from _forwards(due.from_, pointer.to("from"))
            yield from (
                pointer.to("readings", number) for number, name in enumerate(due.readings) if name == _BACKWARDS
            )
        case EarliestOf(earliest_of=choices):
            for number, choice in enumerate(choices):
                yield from _forwards(choice, pointer.to("earliest_of", number))
        case LatestOf(latest_of=choices):
            for number, choice in enumerate(choices):
                yield from _forwards(choice, pointer.to("latest_of", number))
        case _:
            pass
    if isinstance(due, Within | Every) and due.regime == _BACKWARDS:
        yield pointer.to("regime")


def unsuited_regimes(subject: Subject) -> Iterator[Remark]:
    """A convention whose own regime is one that counts something else."""
    name = subject.convention.regime
    if name in _UNSUITED:
        message = msg(
            "“{regime}” cannot be meant for every period here: {scope}", regime=name, scope=find_regime(name).scope
        )
        yield Remark(_OWN, message, msg("Leave regime out, and name it on the due date that it holds for"))
