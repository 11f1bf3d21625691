"""Conventions put into the format of the program that opens them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qp_cli.cli.absences import absences, left_out
from qp_cli.messages import msg
from qp_cli.tracking.filters import Chooser
from qp_cli.tracking.portfolio import Listed, SharedParties, convention_ref
from qp_cli.tracking.summary import soonest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qp_cli.cli.conventions import Conventions
    from qp_cli.cli.session import Opened
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.portfolio import ConventionRef, Grouping
    from qp_cli.tracking.situation import Obligation

    Chosen = Callable[[Dossier], list[Obligation]]


def write_export(conventions: Conventions, choice: Choice, form: str, language: Language) -> bytes:
    """The file to take away, in `ics`, `xlsx`, `csv`, `excel-fr`, `md` or `json`.

    Raises:
        QpError: nothing can be read, or a name is unknown in every convention.
    """
    only = conventions.only()
    opened: Iterable[Opened] = conventions if only is None else (only,)
    register = SharedParties() if only else conventions.register
    chooser = Chooser(choice, register)
    told = choice._replace(parties=tuple(register.label(name) or name for name in choice.parties))

    def chosen(dossier: Dossier) -> list[Obligation]:
        return soonest(chooser.choose(dossier.situation))

    def lacks() -> list[Message]:
        return absences(conventions)

    dossiers = (each.dossier for each in opened)
    match form:
        case "ics":
            written = _calendar(dossiers, chosen, told, language, lacks, several=only is None)
        case "xlsx":
            from qp_cli.render.workbook import write_workbook

            written = write_workbook(dossiers, chosen, language, lacks)
        case "excel-fr":
            from qp_cli.render.sheets import excel_csv

            written = excel_csv(dossiers, chosen, language, lacks)
        case "md":
            from qp_cli.render.markdown import markdown_page

            written = markdown_page(dossiers, chosen, language, told, lacks).encode()
        case _:
            written = _records(dossiers, chosen, form, conventions).encode()
    chooser.confirm()
    return written


def write_groups(conventions: Conventions, choice: Choice, grouping: Grouping, form: str, language: Language) -> bytes:
    """The obligations of one convention or of several, put together, in `csv`, `md` or `json`.

    Raises:
        QpError: nothing can be read, or a name is unknown in every convention.
    """
    from qp_cli.app.answers import list_chosen
    from qp_cli.cli.answers import ask
    from qp_cli.render.formats import escape_markdown
    from qp_cli.render.lists import write_list

    found = list_chosen(ask(conventions, grouping), choice)
    text = write_list(found, grouping, form, language, level=2)
    if form != "md":
        return text.encode()
    on = msg("Obligations on {day}", day=language.full_day(conventions.day))
    lacks = [escape_markdown(language.text(each)) for each in absences(conventions)]
    empty = [] if found.listed else [escape_markdown(language.text(msg("No obligation matches.")))]
    return "\n\n".join([f"# {escape_markdown(language.text(on))}", *lacks, *empty, text]).encode()


def _calendar(
    dossiers: Iterable[Dossier],
    chosen: Chosen,
    choice: Choice,
    language: Language,
    lacks: Callable[[], Sequence[Message]],
    *,
    several: bool,
) -> bytes:
    """The calendar; the term is left out by a choice of states, which it has none of, and of days it is not among."""
    from qp_cli.render.ics import write_calendar

    def with_term(dossier: Dossier) -> bool:
        situation, until = dossier.situation, choice.until
        if choice.states or until is None:
            return not choice.states
        end = situation.term.due if situation.term else None
        return end is not None and situation.as_of <= end <= until

    return write_calendar(
        dossiers, chosen, language, with_term=with_term, people=choice.parties, several=several, lacks=lacks
    )


def _records(dossiers: Iterable[Dossier], chosen: Chosen, form: str, conventions: Conventions) -> str:
    """As `qp deadlines` answers in CSV or JSON: soonest first across the conventions."""
    from qp_cli.render.columns import RECORD
    from qp_cli.render.formats import write_csv, write_json

    found: list[Obligation] = []
    homes: dict[int, ConventionRef] = {}
    for dossier in dossiers:
        home, own = convention_ref(dossier.situation), chosen(dossier)
        found += own
        homes |= dict.fromkeys(map(id, own), home)
    rows = (Listed(homes[id(one)], one) for one in soonest(found))
    lacks = partial(left_out, conventions)
    if form == "csv":
        return write_csv(RECORD, rows, lacks)
    return write_json({"as_of": conventions.day.isoformat()}, "obligations", RECORD, rows, lacks)
