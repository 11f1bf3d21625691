"""What a journal undid: the dates, formal notices and term that an earlier reader saw and one of today does not. Pure.

The journal is read again up to each fact that can take a date away, and of the convention only what that fact bears on.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import QpError
from qp_cli.model.facts import Add, Reassign, Voided
from qp_cli.model.kinds import DENUNCIATION, TERM, Kind
from qp_cli.tracking.journal_parts import JournalParts, cuts_of
from qp_cli.tracking.people import Directory
from qp_cli.tracking.situation import assess
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from qp_cli.model.convention import Engagement
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.journal_parts import JournalCut
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import Notice

    PersonPlace = tuple[str, str | None]
    Lacking = dict[str, set[PersonPlace] | None]

_ONCE = frozenset({Kind.ONE_OFF, Kind.CONTINUING, Kind.OPTION})


class Withdrawn(NamedTuple):
    """What an earlier reader saw and a reader of today does not.

    Attributes:
        gone: the obligations that lost their date, or are no more, by id; each discharged, with its last date.
        notices: the formal notices that set a cure period and stand no more, by the obligation's id.
        term: the last date of a term that has none now.
    """

    gone: dict[str, Obligation]
    notices: dict[str, Notice]
    term: Deadline | None


def is_dated(one: Obligation) -> bool:
    """Whether an obligation has a day of its own: what is owed throughout ends with the term."""
    return one.due is not None and not (one.engagement.kind is Kind.CONTINUING and one.derived)


def withdrawn(ledger: Ledger) -> Withdrawn:
    """What the journal undid: read again up to each fact that can take a date away.

    The journal is read in two orders: as its facts took effect, and as they came to be known, which differ where a
    fact was recorded later than it took effect. The last that was seen of each thing counts: so the parts of the
    journal are read from the last one back, and no further than something is still looked for.
    """
    journal = JournalParts(ledger)
    sought = _Sought(ledger, journal)
    for cut in [] if sought.is_over else reversed(cuts_of(ledger, journal)):
        if names := sought.reached_by(cut):
            with suppress(QpError):  # a part of a journal need not make sense alone
                sought.find(assess(*journal.part(names, cut), cut.day), names)
        if sought.is_over:
            break
    return sought.found


def _discharged(one: Obligation) -> Obligation:
    """An obligation that is no more: nothing is late about it."""
    return one._replace(standing=one.standing._replace(state=State.DISCHARGED, days_late=None, notice=None))


class _Sought:
    """The obligations that may have had a date, or a cure period, and have none now; and the term, in the same way.

    What is owed once is looked for by who owed it where: of an engagement whose debtors all have a date today, nothing
    can be gone. None stands for whoever it may have been.
    """

    def __init__(self, ledger: Ledger, journal: JournalParts) -> None:
        now = ledger.situation
        self._journal = journal
        dated = [one for one in now.obligations if is_dated(one)]
        standing = [one for one in now.obligations if (given := one.standing.notice) and given.cure]
        self._dated_ids = {one.id for one in dated}
        self._standing_ids = {one.id for one in standing}
        self._rows = Counter(one.engagement.id for one in now.obligations)
        self._directories = Directory.of(ledger.signed), now.directory
        self._dates: Lacking = dict(self._lacking(journal.engagements, dated))
        self._notices: Lacking = dict(self._lacking(journal.noticed, standing))
        if journal.signed.term and journal.signed.term.renewal:
            self._dates[DENUNCIATION] = None
        self._seeks_term = not (now.term and now.term.due)
        self.found = Withdrawn({}, {}, None)

    @property
    def is_over(self) -> bool:
        """Whether nothing is looked for any more."""
        return not (self._dates or self._notices or self._seeks_term)

    def _lacking(
        self, names: Iterable[str], now: Iterable[Obligation]
    ) -> Iterator[tuple[str, set[PersonPlace] | None]]:
        """Of some engagements, those that were owed by others, or elsewhere, than what there is of them now."""
        held = {(one.engagement.id, _place(one)) for one in now}
        for name in names:
            places = self._places(name)
            left = None if places is None else {place for place in places if (name, place) not in held}
            if left is None or left:
                yield name, left

    def _places(self, name: str) -> set[PersonPlace] | None:
        """Who can ever have owed an engagement where; None where that cannot be told, or only what was owed when."""
        words = self._journal.engagements[name]
        if len(words) > 1 or words[0].kind not in _ONCE or name in self._unsure:
            return None
        parties = self._parties(words[0])
        sites = {*words[0].sites, *self._handed.get(name, ((), ()))[1]} or {None}
        if parties is None or len(parties) * len(sites) > self._rows[name]:
            return None
        return {(party, site) for party in parties for site in sites}

    def _parties(self, engagement: Engagement) -> set[str] | None:
        """The keys of those who can ever have owed an engagement; None where others come to owe it with them."""
        if engagement.id not in self._handed:
            return {debtor.key for debtor in self._directories[1].debtors(engagement)}
        if engagement.solidary:
            return None
        names = (*engagement.debtors, *self._handed[engagement.id][0])
        return {party for name in names for directory in self._directories for party in directory.members(name)}

    @cached_property
    def _unsure(self) -> frozenset[str]:
        """The engagements that a cancelled avenant reached: whom it named is known no more."""
        cancelled = {fact.fact for fact in self._journal.facts if isinstance(fact, Voided)}
        return frozenset(
            name for fact in self._journal.amended if fact.id in cancelled for name in self._journal.about(fact)
        )

    @cached_property
    def _handed(self) -> dict[str, tuple[dict[str, None], dict[str, None]]]:
        """The names of debtors and the sites that avenants bring to each engagement that they reach."""
        found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
        for fact in self._journal.amended:
            for name in self._journal.about(fact):
                found.setdefault(name, ({}, {}))
            for change in fact.changes:
                if isinstance(change, Reassign):
                    found[change.target][0].update(dict.fromkeys(change.debtors))
                elif isinstance(change, Add) and change.site:
                    for name in change.engagements:
                        found[name][1][change.site.id] = None
        return found

    def reached_by(self, cut: JournalCut) -> set[str]:
        """What is still looked for among what the facts of a part bear on: engagements, and the term."""
        reached = self._journal.dependencies.resting_on(cut.about)
        sought = self._dates.keys() | self._notices.keys()
        if TERM not in reached:
            return sought & reached
        return sought | {TERM} if self._seeks_term else sought

    def find(self, seen: Situation, names: Collection[str]) -> None:
        """Keeps what was seen of some engagements, and of the term, unless it was seen later, too."""
        for one in seen.obligations:
            if one.engagement.id in names:
                self._find(one)
        if TERM in names and seen.term and seen.term.due:
            self.found = self.found._replace(term=seen.term)
            self._seeks_term = False

    def _find(self, one: Obligation) -> None:
        if is_dated(one):
            self._seen(self._dates, one)
            if one.id not in self._dated_ids:
                self.found.gone.setdefault(one.id, _discharged(one))
        if (notice := one.standing.notice) and notice.cure:
            self._seen(self._notices, one)
            if one.id not in self._standing_ids:
                self.found.notices.setdefault(one.id, notice)

    @staticmethod
    def _seen(lacking: Lacking, one: Obligation) -> None:
        """Looks no further for one that was seen, nor for an engagement of which none is left."""
        if places := lacking.get(one.engagement.id):
            places.discard(_place(one))
            if not places:
                del lacking[one.engagement.id]


def _place(one: Obligation) -> PersonPlace:
    return one.debtor.key, one.sites[0] if one.sites else None
