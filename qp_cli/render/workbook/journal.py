"""The sheet of facts: the journal up to the day looked at, what was cancelled included and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.model.facts import Amended, Notified, Voided
from qp_cli.model.kinds import ALL
from qp_cli.render.avenants import write_change
from qp_cli.render.journal import WHOLE, FactNames, actor, recipients, target
from qp_cli.render.wording import FACTS
from qp_cli.render.workbook.sheet import Layout, SheetColumn, Tone
from qp_cli.tracking.journal import effective_on
from qp_cli.tracking.log import Filter, log_entries
from qp_cli.tracking.portfolio import convention_ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.model.facts import Fact
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import CellValue
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.log import Entry

_CANCELLED = SheetColumn(msg("Cancelled"), 22)
JOURNAL_LAYOUT = Layout(
    msg("Journal"),
    (
        SheetColumn(msg("Convention"), 17),
        SheetColumn(msg("Day"), 13, right=True),
        SheetColumn(msg("Fact"), 24),
        SheetColumn(msg("Target"), 24),
        SheetColumn(msg("Subject"), 40),
        SheetColumn(msg("Changes"), 30),
        SheetColumn(msg("By"), 20),
        SheetColumn(msg("To, or debtor"), 20),
        SheetColumn(msg("Sites"), 16),
        SheetColumn(msg("Note"), 40),
        _CANCELLED,
        SheetColumn(msg("Occurrence of"), 13, right=True),
        SheetColumn(msg("In effect from"), 13, right=True),
        SheetColumn(msg("Cure period"), 14),
        SheetColumn(msg("Signed on"), 13, right=True),
        SheetColumn(msg("Proof"), 40),
        SheetColumn(msg("Fingerprint of the proof"), 20),
        SheetColumn(msg("Recorded on"), 13, right=True),
        SheetColumn(msg("Recorded by"), 20),
        SheetColumn(msg("Cancels"), 14),
        SheetColumn(msg("Id"), 14),
        SheetColumn(msg("Kind"), 12),
        SheetColumn(msg("Convention's id"), 20),
    ),
    frozen=2,
    printed=11,
)
TONES = [Tone(_CANCELLED, None, {"font_color": "#666666", "italic": True})]
"""What was cancelled is grey; the words that say so stand in a column, and are to be read."""


def fact_rows(ledger: Ledger, language: Language) -> Iterator[list[CellValue]]:
    """A row per fact of the day looked at or before, newest last."""
    situation = ledger.situation
    home = convention_ref(situation)
    places = {site.id: site.label for site in situation.sites}
    names = FactNames(situation)
    for entry in log_entries(situation, ledger.signed, ledger.facts, Filter()):
        yield [home.label, *_first(names, entry, places, language), *_rest(entry.fact, language), home.id]


def _first(names: FactNames, entry: Entry, places: dict[str, str], language: Language) -> list[CellValue]:
    """What people look for: the day, what happened, to what, by whom, where."""
    fact, directory = entry.fact, names.situation.directory
    name, said = target(names, fact)
    by, sites = actor(fact), getattr(fact, "sites", ())
    changes = fact.changes if isinstance(fact, Amended) else ()
    gone = entry.cancelled_by
    return [
        fact.on,
        language.text(FACTS[fact.kind]),
        name,
        said or (language.text(WHOLE) if name == ALL else ""),
        language.joined(write_change(change, directory, language) for change in changes),
        directory.label(by) if by else None,
        ", ".join(map(directory.label, recipients(fact))),
        ", ".join(places.get(site, site) for site in sites),
        fact.note,
        language.text(msg("cancelled on {day} by [{fact}]", day=gone.on, fact=gone.id)) if gone else None,
    ]


def _rest(fact: Fact, language: Language) -> list[CellValue]:
    cure = fact.cure if isinstance(fact, Notified) else None
    proof = fact.proof
    return [
        getattr(fact, "occurrence", None),
        effective_on(fact),
        language.period(cure) if cure else None,
        getattr(fact, "signed", None),
        (proof.url or proof.file) if proof else None,
        proof.sha256 if proof else None,
        fact.recorded,
        fact.recorded_by,
        fact.fact if isinstance(fact, Voided) else None,
        fact.id,
        fact.kind,
    ]
