"""`qp show`: one engagement, one event or the term, with the working of its date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.cli.answers import form_of
from qp_cli.cli.completion import complete_shown
from qp_cli.cli.conventions import open_one
from qp_cli.cli.options import FOR_READING, Call, taking
from qp_cli.cli.parser import marked
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qp_cli.app.opening import Opened
    from qp_cli.model.convention import Engagement, Event
    from qp_cli.store.proofs import ProofFile
    from qp_cli.tracking.situation import Obligation, Situation

_Name = Annotated[
    str,
    typer.Argument(
        metavar=marked("ID"), help=marked("An engagement, an event, or terme."), autocompletion=complete_shown
    ),
]


@taking(*FOR_READING, "form")
def show(name: _Name, *, call: Call) -> None:
    """One engagement: clause, parties, facts, and the working of its date step by step."""
    answer_in = form_of(call)
    opened = open_one(call, has=lambda one: _has(one, name))
    situation, language = opened.situation, call.language
    from qp_cli.app.answers import chosen_of
    from qp_cli.model.convention import Event
    from qp_cli.render.detail import (
        engagement_record,
        term_record,
        write_engagement,
        write_engagement_markdown,
        write_term,
    )
    from qp_cli.render.formats import to_json
    from qp_cli.render.layout import fold
    from qp_cli.render.lists import write_list
    from qp_cli.tracking.filters import find_shown

    try:
        found = find_shown(situation, name)
    except UsageError as error:
        from qp_cli.app.fact_targets import not_shown
        from qp_cli.app.recording import FACT_KINDS

        raise not_shown(name, opened, FACT_KINDS, f"{call.named}{call.again}", error) from error
    if isinstance(found, Event):
        _give_event(opened, found, call, answer_in)
        return
    if found is None and answer_in not in {"json", "table"}:
        raise UsageError(msg("--format: the term is shown as table or json"))
    shown = _shown(situation, name, found) if found else []
    if found is None:
        text = to_json(term_record(situation, language)) if answer_in == "json" else write_term(situation, language)
    elif answer_in == "json":
        text = to_json(engagement_record(situation, found, language, opened.facts, _proof_files(opened, found), shown))
    elif answer_in == "table":
        again = f"{call.named}{call.again}"
        text = write_engagement(situation, found, opened.facts, language, _proof_files(opened, found), again, shown)
    else:
        text = write_list(chosen_of(situation, shown), None, answer_in, language)
        text += write_engagement_markdown(situation, shown, language) if answer_in == "md" else ""
    if answer_in == "table":
        text = fold(text, call.screen.width)
    call.give(text)


def _shown(situation: Situation, name: str, engagement: Engagement) -> Sequence[Obligation]:
    """The obligations of an engagement that are meant: those that its id goes on to name, else all.

    Raises:
        UsageError: there is no such obligation; the nearest are given.
    """
    from qp_cli.app.named_obligations import obligations_shown
    from qp_cli.names import key, without_article
    from qp_cli.tracking.filters import engagement_part

    written, rest = engagement_part(name)
    if rest and key(engagement.id) in {key(written), without_article(key(written))}:
        return obligations_shown(situation, f"{engagement.id}{rest}", engagement.id)
    return [one for one in situation.obligations if one.engagement.id == engagement.id]


def _has(opened: Opened, name: str) -> bool:
    """Whether a convention has something of that name."""
    from qp_cli.tracking.filters import find_shown

    try:
        find_shown(opened.situation, name)
    except UsageError:
        return False
    return True


def _proof_files(opened: Opened, engagement: Engagement) -> Mapping[str, ProofFile]:
    """What the folder holds of the files that the engagement's facts give as proof; nothing where none does."""
    from qp_cli.render.proofs import given_proofs

    given = given_proofs(opened.situation, engagement, opened.facts)
    names = {each.proof.file for each in given if each.proof.file}
    if not names:
        return {}
    from qp_cli.store.proofs import fingerprints

    return fingerprints(opened.folder, names)


def _give_event(opened: Opened, event: Event, call: Call, answer_in: str) -> None:
    from qp_cli.render.event_detail import event_record, write_event
    from qp_cli.render.formats import to_json
    from qp_cli.render.layout import fold

    if answer_in not in {"json", "table"}:
        raise UsageError(msg("--format: an event is shown as table or json"))
    if answer_in == "json":
        call.give(to_json(event_record(opened.situation, event, opened.facts, call.language)))
    else:
        again = f"{call.named}{call.again}"
        text = write_event(opened.situation, event, opened.facts, call.language, again)
        call.give(fold(text, call.screen.width))
