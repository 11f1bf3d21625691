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
    """An engagement to report, for which nothing says how often.

    ## What it does

    Looks at engagements marked `reporting: true` that are `continuing`: they run on, so that no date ever comes
    due. The mark is the reader's, like `nature`: words of a title are not interpreted.

    ## Why it matters

    The duty stands, and whoever waits for the report can ask for it. What is missing is a date: nothing says when
    the next report is due, so that no deadline can be computed, nor shown as met or passed.

    ## Example

    ```yaml
    engagements:
      - {id: suivi, title: Rendre compte de l'avancement, clause: art. 3, debtors: [ville], kind: continuing,
         reporting: true}
    ```

    ## Write instead

    Once the parties agree on a frequency (an avenant, or a decision of the steering body that they accept):

    ```yaml
      - {id: suivi, title: Rendre compte de l'avancement, clause: art. 3, debtors: [ville], kind: recurring,
         reporting: true, due: {every: P6M, from: depart, until: terme}}
    ```

    ## Source

    C. civ. art. 1231 and 1344, by analogy: a formal notice puts the debtor in default, with a date or without one;
    the due date alone does so only where the contract says it. Art. 1305-1: a term that the parties did not agree
    on can be set by the judge.
    """
    for engagement, pointer in _standing(subject):
        if engagement.reporting and engagement.kind is Kind.CONTINUING:
            name = named(engagement.id, engagement.clause)
            hint = msg("Once a frequency is agreed: kind: recurring, with due: {{every: P6M, from: …}}")
            message = msg("{name} is to report, and nothing says how often", name=name)
            yield Remark(pointer.to("reporting"), message, hint)


def debtors_who_do_not_sign(subject: Subject) -> Iterator[Remark]:
    """An engagement that the text states for somebody who does not sign it.

    ## What it does

    Where at least one party is marked `signatory: true`, looks for engagements of this convention whose debtors'
    legal persons are not. An organ counts as the legal person it belongs to. Engagements made elsewhere
    (`scope: national`) are left out: this convention only reports them.

    ## Why it matters

    A contract binds those who made it. An engagement that a convention states for a third party shows what was
    expected of it; it does not by itself oblige it.

    ## Example

    ```yaml
    parties:
      - {id: ville, name: Ville, signatory: true}
      - {id: agence, name: Agence}
    engagements:
      - {id: appui, title: Appuyer la Ville, clause: art. 2, debtors: [agence], kind: continuing}
    ```

    ## Write instead

    Say that it signs, if it does (an accession is recorded where it is signed), or that it is bound elsewhere:

    ```yaml
      - {id: agence, name: Agence, signatory: true}
    # or, on the engagement:
      - {id: appui, title: Appuyer la Ville, clause: art. 2, debtors: [agence], kind: continuing, scope: national}
    ```

    ## Source

    C. civ. art. 1199 (a contract creates obligations between its parties only) and art. 1203 (one binds
    only oneself in one's own name), by analogy between public bodies.
    """
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
    """An engagement on request, for which the text gives no number of days.

    ## What it does

    Looks at engagements of `kind: on-request` that have neither `due` nor `target`.

    ## Why it matters

    “Within the best delays” is no period: no date follows from a request, and nothing can be shown as overdue.
    The duty stands: performance can be asked for, and what is reasonable is argued case by case.

    ## Example

    ```yaml
    engagements:
      - {id: instruction, title: Instruire chaque demande, clause: art. 5, debtors: [ville], kind: on-request}
    ```

    ## Write instead

    A team can set an aim of its own: it is shown as such, and never as overdue under the text.

    ```yaml
      - {id: instruction, title: Instruire chaque demande, clause: art. 5, debtors: [ville], kind: on-request,
         target: {within: P1M}}
    ```

    ## Source

    C. civ. art. 1231 and 1344, by analogy: a formal notice puts the debtor in default, with a date or without one;
    the due date alone does so only where the contract says it. Art. 1305-1: a term that the parties did not agree
    on can be set by the judge.
    """
    for engagement, pointer in _standing(subject):
        if engagement.kind is Kind.ON_REQUEST and engagement.due is None and engagement.target is None:
            name = named(engagement.id, engagement.clause)
            message = msg("{name} is owed on request, and the text gives no number of days", name=name)
            hint = msg("A team can set an aim of its own: target: {{within: P1M}}")
            yield Remark(pointer.to("kind"), message, hint)
