"""Engagements whose text leaves something open: who is bound, how often, within how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.wording import named
from qp_cli.messages import msg, msgs
from qp_cli.model.words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Pointer, Subject
    from qp_cli.model.convention import Engagement


def _standing(subject: Subject) -> Iterator[tuple[Engagement, Pointer]]:
    """Every engagement as it stands, avenants included, and where it was first written."""
    current = subject.reckoning.engagements
    for engagement, pointer in subject.engagements:
        if engagement.id not in subject.reckoning.ended_by:
            yield current.get(engagement.id, engagement), pointer


def unstated_frequency(subject: Subject) -> Iterator[Remark]:
    """An engagement to report, for which nothing says how often."""
    for engagement, pointer in _standing(subject):
        if engagement.reporting and engagement.kind is Kind.CONTINUING:
            name = named(engagement.id, engagement.clause)
            hint = msg("Once a frequency is agreed: kind: recurring, with due: {{every: P6M, from: …}}")
            message = msg("{name} is to report, and nothing says how often", name=name)
            yield Remark(pointer.to("reporting"), message, hint)


def debtors_who_do_not_sign(subject: Subject) -> Iterator[Remark]:
    """An engagement that the text states for somebody who does not sign it."""
    directory = subject.reckoning.directory
    for engagement, pointer in _standing(subject):
        owing = dict.fromkeys(party for debtor in directory.debtors(engagement) for party in debtor.parties)
        absent = directory.not_signing(engagement, owing)
        if absent:
            message = msgs(
                "{name} is stated for {who}, which does not sign: a contract binds its parties "
                "(C. civ. art. 1199, by analogy)",
                "{name} is stated for {who}, which do not sign: a contract binds its parties "
                "(C. civ. art. 1199, by analogy)",
                count=len(absent),
                name=named(engagement.id, engagement.clause),
                who=", ".join(map(directory.label, absent)),
            )
            hint = msg("If bound all the same: signatory: true on the party, or scope: national on the engagement")
            yield Remark(pointer.to("debtors"), message, hint)


def unstated_delay(subject: Subject) -> Iterator[Remark]:
    """An engagement on request, for which the text gives no number of days."""
    for engagement, pointer in _standing(subject):
        if engagement.kind is Kind.ON_REQUEST and engagement.due is None and engagement.target is None:
            name = named(engagement.id, engagement.clause)
            message = msg("{name} is owed on request, and the text gives no number of days", name=name)
            hint = msg("A team can set an aim of its own: target: {{within: P1M}}")
            yield Remark(pointer.to("kind"), message, hint)
