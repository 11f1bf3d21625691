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
    """A regime that counts backwards, on a period that runs forwards.

    ## What it does

    Looks for `regime: a-rebours`, also among `readings`, on what runs forwards (`within`, `every`), and as the
    convention's own regime, which every period has that names none.

    ## Why it matters

    Counted so, a period would end before it begins: a date in the past, for something still to be done. Nothing is
    computed from the repository until it is put right.

    ## Example

    ```yaml
    due: {within: P6M, from: depart, regime: a-rebours}
    ```

    ## Write instead

    A period that runs forwards has another regime, or none; one that is counted back from a day says so:

    ```yaml
    due: {within: P6M, from: depart}
    due: {at_the_latest: P6M, before: terme, regime: a-rebours}
    ```
    """
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
    """A convention whose own regime is one that counts something else.

    ## What it does

    Looks for `silence-administration` or `prescription` as the convention's `regime`, which every period has that
    names none. On a due date of its own, either can be right.

    ## Why it matters

    The first tells when a decision arises from the administration's silence, the second when a right can no longer
    be exercised. Neither counts the periods within which the parties perform, and the sources shown with each date
    would be those of another question.

    ## Example

    ```yaml
    format: qp/1
    id: essai
    title: Convention d'essai
    regime: prescription
    ```

    ## Write instead

    Leave the convention's regime out where its text is silent, and name one where it holds:

    ```yaml
    due: {within: P5Y, from: connaissance, regime: prescription}
    ```

    ## Source

    CRPA art. L. 231-1 (decisions that arise from silence); C. civ. art. 2219 (what extinctive prescription is).
    """
    name = subject.convention.regime
    if name in _UNSUITED:
        message = msg(
            "“{regime}” cannot be meant for every period here: {scope}", regime=name, scope=find_regime(name).scope
        )
        yield Remark(_OWN, message, msg("Leave regime out, and name it on the due date that it holds for"))
