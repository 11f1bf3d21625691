"""What a journal undid is what reading all of it again gives, though only what each fact bears on is read."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.errors import QpError
from qp_cli.law.periods import Period
from qp_cli.model.base import replaced
from qp_cli.model.convention import Term
from qp_cli.model.declarations import Declarations
from qp_cli.model.facts import Denounced, Journal, Notified
from qp_cli.tracking import journal_parts
from qp_cli.tracking.journal_parts import JournalParts, cuts_of
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.situation import assess
from qp_cli.tracking.withdrawn import is_dated, withdrawn
from tests.tracking.test_properties import DAYS, conventions, journals, read, voiding

SEVERAL = settings(max_examples=200, deadline=None)


def joining(name, on):
    """An avenant that brings a member to the group and a holder to the role that nobody holds."""
    changes = [
        {"change": "add", "member": "p2", "group": "group"},
        {"change": "add", "holder": "p1", "role": "vacant"},
        {"change": "add", "site": {"id": f"s-{name}", "name": "S", "commune": "Bourg"}, "engagements": ["e0"]},
    ]
    raw = {"id": name, "kind": "amended", "title": "Avenant", "on": on, "changes": changes}
    return read(Journal, {"format": "qp/1", "facts": [raw]}).facts


@st.composite
def undoing(draw):
    """A journal some of whose facts are cancelled, were recorded late, or set a cure period."""
    facts = [*draw(journals(most=8)), *(joining("j", draw(DAYS)) if draw(st.booleans()) else ())]
    made = []
    for fact in facts:
        late = draw(st.integers(-20, 60))
        known = replaced(fact, recorded=fact.on + timedelta(late)) if late > 0 else fact
        made.append(replaced(known, cure=Period(0, 0, 20)) if isinstance(known, Notified) and late % 2 else known)
    for number in range(draw(st.integers(0, 3)) if made else 0):
        cancelled = draw(st.sampled_from(made))
        made += voiding(f"v{number}", cancelled.id, max(cancelled.on, draw(DAYS)))
    return tuple(made)


def read_whole(ledger):
    """The same the plain way: everything, at each part of the journal from the first one on."""
    journal = JournalParts(ledger)
    gone, notices, term = {}, {}, None
    for cut in cuts_of(ledger, journal):
        facts = tuple(fact for fact in journal.facts if cut.ranks[fact.id] < cut.end)
        try:
            seen = assess(ledger.signed, ledger.situation.sites, facts, cut.day)
        except QpError:
            continue
        gone |= {one.id: one.due for one in seen.obligations if is_dated(one)}
        notices |= {one.id: given.fact for one in seen.obligations if (given := one.standing.notice) and given.cure}
        term = seen.term.due if seen.term and seen.term.due else term
    now = ledger.situation
    for one in now.obligations:
        if is_dated(one):
            gone.pop(one.id, None)
        if one.standing.notice and one.standing.notice.cure:
            notices.pop(one.id, None)
    return gone, notices, term if not (now.term and now.term.due) else None


@SEVERAL
@given(conventions(), undoing(), DAYS)
def test_what_was_undone_is_what_reading_everything_again_gives(convention, facts, as_of):
    try:
        ledger = open_ledger(Declarations(convention, (), facts), as_of)
    except QpError:
        return
    found = withdrawn(ledger)
    told = {name: one.due for name, one in found.gone.items()}, {name: one.fact for name, one in found.notices.items()}
    assert (*told, found.term.due if found.term else None) == read_whole(ledger)


UNDOES = journal_parts._undoes


@st.composite
def denounced(draw):
    """A convention that is renewed, and denunciations of it, some of them known late."""
    notice = draw(st.sampled_from(({}, {"notice": "P10D"}, {"notice": "P1M"})))
    due = draw(st.sampled_from(({"on": date(2021, 6, 30)}, {"within": "P3M", "from": "dated"})))
    term = {"due": due, "renewal": {"every": draw(st.sampled_from(("P1M", "P1Y"))), **notice}}
    told = []
    for number in range(draw(st.integers(1, 4))):
        on, late = draw(DAYS), draw(st.sampled_from((0, 0, 40, 400)))
        known = {"recorded": on + timedelta(late)} if late else {}
        told.append({"id": f"d{number}", "kind": "denounced", "by": "p0", "on": on, **known})
    facts = read(Journal, {"format": "qp/1", "facts": told}).facts
    more = draw(undoing()) if draw(st.booleans()) else ()
    return replaced(draw(conventions()), term=read(Term, term)), (*facts, *more)


@SEVERAL
@given(denounced(), DAYS)
def test_a_denunciation_that_was_known_on_its_day_need_not_be_read_up_to(life, as_of):
    convention, facts = life

    def undoes(fact, *rest):
        return isinstance(fact, Denounced) or UNDOES(fact, *rest)

    try:
        ledger = open_ledger(Declarations(convention, (), facts), as_of)
    except QpError:
        return
    with patch.object(journal_parts, "_undoes", undoes):
        expected = withdrawn(ledger)
    assert withdrawn(ledger) == expected
