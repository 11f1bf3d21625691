"""`qp log`: the journal, newest last."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.app.readings import split_choices
from qp_cli.app.recording import FACT_KINDS
from qp_cli.cli.answers import form_of
from qp_cli.cli.completion import complete_engagements, complete_parties, complete_words
from qp_cli.cli.conventions import open_one
from qp_cli.cli.options import FOR_READING, Call, SitesOption, taking
from qp_cli.cli.parser import marked
from qp_cli.law.typed_days import read_day
from qp_cli.tracking.fact_names import KIND_NAMES

_People = Annotated[
    list[str] | None,
    typer.Option(
        "--party",
        metavar=marked("PARTY"),
        help=marked("Only what concerns this party, organ, group or role; repeatable."),
        autocompletion=complete_parties,
    ),
]
_Engagements = Annotated[
    list[str] | None,
    typer.Option(
        "--engagement",
        metavar=marked("ID"),
        help=marked("Only what is about this engagement, or terme; repeatable."),
        autocompletion=complete_engagements,
    ),
]
_Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar=marked("KIND"),
        help=marked("Only this kind of fact: fulfilled, amended…; repeatable, or separated by commas."),
        autocompletion=complete_words(FACT_KINDS),
    ),
]
_Since = Annotated[
    str | None, typer.Option("--since", metavar=marked("DATE"), help=marked("Only facts of this day or later."))
]
_Until = Annotated[
    str | None, typer.Option("--until", metavar=marked("DATE"), help=marked("Only facts of this day or earlier."))
]


@taking(*FOR_READING, "form")
def log(
    party: _People = None,
    engagement: _Engagements = None,
    kind: _Kinds = None,
    since: _Since = None,
    until: _Until = None,
    site: SitesOption = None,
    *,
    call: Call,
) -> None:
    """What happened, fact by fact, as the journal records it, newest last."""
    answer_in = form_of(call)
    kinds = frozenset[str](split_choices(kind or (), FACT_KINDS, "--kind", KIND_NAMES.__getitem__))
    first, last = (read_day(text) if text else None for text in (since, until))
    opened = open_one(call)
    situation, language = opened.situation, call.language
    from qp_cli.render import journal
    from qp_cli.render.layout import fold
    from qp_cli.tracking.log import Filter, log_entries

    wanted = Filter(tuple(party or ()), tuple(engagement or ()), kinds, first, last, tuple(site or ()))
    entries = log_entries(situation, opened.convention, opened.facts, wanted)
    if answer_in == "table":
        text = journal.write_log(situation, entries, opened.facts, language)
        text = fold(text, call.screen.width)
    else:
        text = journal.list_facts(situation, entries, answer_in, language)
    call.give(text)
