"""One engagement in full: clause, parties, facts, and the working of each of its dates."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.model.base import values_of
from qp_cli.model.facts import About, Amended
from qp_cli.model.kinds import Kind, Scope
from qp_cli.render.amounts import amount_words
from qp_cli.render.avenants import unasked
from qp_cli.render.columns import awaited, days, obligation_record
from qp_cli.render.date_working import compared_lines, compared_record, step_records, write_readings, write_steps
from qp_cli.render.formats import SCHEMA, iso
from qp_cli.render.headings import unapproved
from qp_cli.render.naming import titles_of
from qp_cli.render.notes import note_lines
from qp_cli.render.proofs import given_proofs, proof_lines, proof_records
from qp_cli.render.renewals import renewal_record, without_end, write_renewals
from qp_cli.render.term_standing import run_words
from qp_cli.render.visible import visible
from qp_cli.render.wording import (
    BASES,
    FACTS,
    KINDS,
    NATURES,
    SET_BY_TERMINATION,
    done_words,
    moved,
    moved_sentence,
    state_word,
    state_words,
)
from qp_cli.tracking.compared_dates import compared_dates
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.journal import cancellations, effective_on, order, subjects
from qp_cli.tracking.portfolio import Listed, convention_ref
from qp_cli.tracking.renewal import MoveKind
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement
    from qp_cli.model.facts import Fact
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.store.proofs import ProofFile
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import Notice


def write_engagement(
    situation: Situation,
    engagement: Engagement,
    facts: Sequence[Fact],
    language: Language,
    files: Mapping[str, ProofFile] | None = None,
    again: str = "",
    shown: Sequence[Obligation] | None = None,
) -> str:
    """What the engagement is, where each of its obligations stands, how every date was reached, and what shows it.

    `files` is what the folder holds of the proofs of its facts, where somebody looked; `again` ends what to type next.
    Some of its obligations alone are `shown`, where they are given.
    """
    obligations = _own(situation, engagement) if shown is None else shown
    titles = titles_of(situation.convention)
    lines = [visible(engagement.title), engagement.id, ""]
    lines += [_pair(label, text, language) for label, text in facets(situation, engagement, language)]
    lines += [_pair(msg("Deadline"), text, language) for text in unasked(engagement, obligations, language)]
    if engagement.note:
        lines += ["", visible(engagement.note)]
    lines += [_pair(msg("Contact"), visible(each), language) for each in contact_lines(situation, engagement)]
    lines += ["", language.text(msg("On {day}", day=language.full_day(situation.as_of)))]
    if not situation.approved:
        lines.append(f"  {language.text(unapproved(situation))}")
    for one in obligations:
        lines.append(f"  {_pair(visible(one.id), standing_words(one, titles, language), language)}")
        lines += [f"    {line}" for line in note_lines(situation, one, language)]
    lines += _workings(obligations, titles, language, situation.convention.zone)
    lines += _notices(obligations, situation, language)
    given = given_proofs(situation, engagement, facts)
    cancelled = cancellations(facts)
    known = [fact for fact in facts if fact.id not in cancelled and effective_on(fact) <= situation.as_of]
    proofs = partial(proof_lines, given=given, files=files or {}, language=language)
    said = _history(situation, engagement, obligations, known, language, proofs)
    about = (engagement.id, engagement.trigger)
    lines += ["", language.text(msg("Facts")), *(said or none_recorded(about, facts, situation.as_of, language, again))]
    return "\n".join(lines) + "\n"


def write_engagement_markdown(situation: Situation, shown: Sequence[Obligation], language: Language) -> str:
    """The workings of the obligations shown, as the text has them, to stand below their table in Markdown."""
    lines = _workings(shown, titles_of(situation.convention), language, situation.convention.zone)
    if not lines:
        return ""
    fence = "`" * max(3, 1 + max(len(run) for line in lines for run in re.findall("`*", line)))
    return "\n".join(("", f"{fence}text", *lines[1:], fence)) + "\n"


def _own(situation: Situation, engagement: Engagement) -> list[Obligation]:
    return [one for one in situation.obligations if one.engagement.id == engagement.id]


def write_term(situation: Situation, language: Language) -> str:
    """The term, its clause, its working and its other readings."""
    declared, deadline = situation.convention.term, situation.term
    if declared is None or deadline is None:
        return language.text(msg("The text sets no term.")) + "\n"
    lines = [visible(declared.title or language.text(msg("Term of the convention"))), "terme", ""]
    lines.append(_pair(msg("Clause"), visible(declared.clause or "–"), language))
    if declared.note:
        lines += ["", visible(declared.note)]
    if situation.previous_term:
        before = language.full_day(situation.previous_term)
        lines += ["", language.text(_term_moved(before, situation))]
    elif deadline.basis is Basis.TERMINATION:
        lines += ["", language.text(SET_BY_TERMINATION)]
    if deadline.due and situation.start.day:
        lines += ["", language.text(msg("On {day}", day=language.full_day(situation.as_of)))]
        lines.append(f"  {language.text(run_words(situation, situation.start.day, deadline.due))}")
    if deadline.due is None and declared.open_ended:
        lines += ["", language.text(without_end(situation, language))]
    else:
        lines += ["", *write_working(deadline, titles_of(situation.convention), language, situation.convention.zone)]
    if situation.renewals:
        lines += write_renewals(situation, situation.renewals, language)
    return "\n".join(lines) + "\n"


def _term_moved(before: str, situation: Situation) -> Message:
    """The term that was shown before an avenant moved it; before a renewal or a termination, in their words."""
    how = situation.term_moved_how
    if set(how) <= {MoveKind.AVENANT}:
        facts = ", ".join(situation.term_moved_by)
        return msg("Was {day} before the avenant [{facts}]", day=before, facts=facts)
    return moved_sentence(before, how)


def _pair(label: Message | str, text: str, language: Language) -> str:
    """A label and what it holds, with the colon of the language."""
    return language.text(msg("{label}: {text}", label=label, text=text))


def contact_lines(situation: Situation, engagement: Engagement) -> list[str]:
    """Whom to ask about an engagement: its own contact, else those of the parties that owe it, by name."""
    if engagement.contact:
        return [engagement.contact.words]
    directory = situation.directory
    owing = dict.fromkeys(party for debtor in directory.debtors(engagement) for party in debtor.parties)
    known = (directory.parties[name] for name in owing if name in directory.parties)
    return [f"{party.label} – {party.contact.words}" for party in known if party.contact]


def facets(
    situation: Situation, engagement: Engagement, language: Language, most: int | None = None
) -> list[tuple[Message, str]]:
    """What there is to say of an engagement, a line each, left out where the text is silent.

    The texts are as they are written: whoever puts them into a line makes them safe to show. Of those who owe it, and
    of any other list, no more than `most` are named, where that is given; the others are counted.
    """
    directory = situation.directory

    def labels(names: Sequence[str]) -> str:
        said = ", ".join(directory.label(name).strip() for name in names[:most])
        left = 0 if most is None else max(len(names) - most, 0)
        more = msgs("{names}, and {count} more", "{names}, and {count} more", names=said, count=left)
        return language.text(more) if left else said

    facets: list[tuple[Message, str]] = [
        (msg("Clause"), engagement.clause or "–"),
        (msg("Open to") if engagement.kind is Kind.OPTION else msg("Owed by"), labels(engagement.debtors)),
    ]
    if engagement.solidary:
        facets.append((msg("Solidary"), language.text(msg("performance by any of them discharges all"))))
    optional = (
        (msg("Owed to"), engagement.creditors),
        (msg("Support named by the text"), engagement.support),
        (msg("Performed by"), (engagement.performer,) if engagement.performer else ()),
        (msg("Sites"), engagement.sites),
    )
    facets += [(label, labels(names)) for label, names in optional if names]
    facets.append((msg("Kind"), language.text(KINDS[engagement.kind])))
    if engagement.amount:
        facets.append((msg("Amount"), visible(amount_words(engagement.amount, language))))
    if engagement.nature:
        nature = msg("{nature}; a reader's qualification", nature=NATURES[engagement.nature])
        facets.append((msg("Nature"), language.text(nature)))
    if engagement.scope is Scope.NATIONAL:
        facets.append((msg("Made"), language.text(msg("at national level; the convention reports it"))))
    return facets


def standing_words(one: Obligation, titles: Titles, language: Language) -> str:
    """State and date in one line."""
    words = [language.text(state_word(one) if one.replaced_by else state_words(one))]
    if one.due:
        words.append(language.full_day(one.due))
        if one.deadline.basis is not Basis.TEXT:
            words.append(language.text(BASES[one.deadline.basis]))
    if one.deadline.waiting_for:
        words.append(language.text(msg("awaits {names}", names=awaited(one.deadline, titles, language))))
    if done := done_words(one):
        words.append(language.text(done))
    if one.standing.days_late is not None:
        late = msg("{days} after the date", days=days(one.standing.days_late))
        words.append(language.text(late))
    if one.state is State.OVERDUE:
        words.append(language.text(msg("no fulfilment recorded")))
    if one.replaced_by:
        words.append(language.text(msg("replaced by an avenant [{facts}]", facts=", ".join(one.replaced_by))))
    if one.previous_due:
        before = language.full_day(one.previous_due)
        words.append(language.text(moved(before, one.moved_how, one.moved_by)))
    return ", ".join(words)


def _notices(obligations: Sequence[Obligation], situation: Situation, language: Language) -> list[str]:
    """Where each obligation stands in the chain from its date to a formal notice and its cure period."""
    lines: list[str] = []
    for one in obligations:
        notice = one.standing.notice
        if notice is None:
            continue
        lines += ["", language.text(msg("Formal notice: {obligation}", obligation=one.id))]
        lines.append(f"  {language.text(msg('given on {day} [{fact}]', day=notice.on, fact=notice.fact))}")
        lines.append(f"  {cure_words(notice, situation.as_of, language)}")
        if notice.cure and notice.cure.due:
            lines += write_steps(notice.cure.steps, language, indent="    ")
            lines += compared_lines(notice.cure, situation.convention.zone, language, indent="    ")
    return lines


def cure_words(notice: Notice, as_of: date, language: Language) -> str:
    """Until when a formal notice leaves time to put things right, and how far that is."""
    if notice.cure is None or notice.cure.due is None:
        return language.text(msg("it sets no cure period"))
    left = (notice.cure.due - as_of).days
    text = msg("cure period until {day}: {days} left", day=language.full_day(notice.cure.due), days=days(left))
    if left < 0:
        text = msg(
            "cure period ended on {day}, {days} ago, no fulfilment recorded",
            day=language.full_day(notice.cure.due),
            days=days(-left),
        )
    return language.text(text)


def _workings(obligations: Sequence[Obligation], titles: Titles, language: Language, zone: Zone) -> list[str]:
    """The working of each different date, once."""
    lines: list[str] = []
    shown: list[tuple[object, ...]] = []
    for one in obligations:
        key = (one.due, one.deadline.steps)
        if one.due and key not in shown:
            shown.append(key)
            lines += ["", *write_working(one.deadline, titles, language, zone)]
    return lines


def write_working(deadline: Deadline, titles: Titles, language: Language, zone: Zone | None = None) -> list[str]:
    """The date, its steps, then the dates to keep beside it, by the public holidays of a zone.

    Without a zone none is compared: the day of an event is no day to act by.
    """
    if deadline.due is None:
        if deadline.without_date:
            return [language.text(deadline.without_date)]
        return [language.text(msg("No date yet: awaits {names}", names=awaited(deadline, titles, language)))]
    lines = [language.text(msg("Working of {day}", day=language.full_day(deadline.due)))]
    lines += write_steps(deadline.steps, language)
    if zone:
        lines += compared_lines(deadline, zone, language)
    if deadline.readings:
        lines += ["", language.text(msg("Other reading")), *write_readings(deadline.readings, language)]
    return lines


def _history(
    situation: Situation,
    engagement: Engagement,
    obligations: Sequence[Obligation],
    known: Sequence[Fact],
    language: Language,
    proofs: Callable[[str], list[str]],
) -> list[str]:
    """The facts recorded, in the order they count, each with its proofs; those about nothing owed, said to be so.

    `known` are those that count by the day. What moved a date is among what is told.
    """
    borne, everywhere = (
        {name for one in some for name in (*one.facts, *one.moved_by)}
        for some in (obligations, _own(situation, engagement))
    )
    lost = _lost(engagement, everywhere, known)
    lines: list[str] = []
    for fact in sorted((fact for fact in known if fact.id in borne | lost.keys()), key=order):
        said = [f"{language.text(FACTS[fact.kind])}{f' – {visible(fact.note)}' if fact.note else ''}"]
        said += [language.text(msg("serves nothing that is owed"))] if lost.get(fact.id) else []
        lines.append(f"  {language.short_day(fact.on)}  {', '.join(said)} [{fact.id}]")
        lines += [f"    {line}" for line in proofs(fact.id)]
    return lines


def _lost(engagement: Engagement, borne: Collection[str], known: Sequence[Fact]) -> dict[str, bool]:
    """The facts about an engagement that bear on nothing owed, and the avenants about it, which are none of them."""
    about = {fact.id: True for fact in known if isinstance(fact, About) and fact.engagement == engagement.id}
    lost = {name: True for name in about if name not in borne}
    avenants = (fact.id for fact in known if isinstance(fact, Amended) and engagement.id in subjects(fact))
    return {**lost, **dict.fromkeys(avenants, False)} if lost else {}


def none_recorded(
    names: Collection[str | None], facts: Sequence[Fact], as_of: date, language: Language, again: str = ""
) -> list[str]:
    """That no fact about some names is recorded, and how many by a day were cancelled, where some were.

    `again` ends the command that shows these.
    """
    cancelled = cancellations(facts)
    known = [fact for fact in facts if fact.id in cancelled and effective_on(fact) <= as_of]
    count = sum(1 for fact in known if not set(names).isdisjoint(subjects(fact)))
    said = [f"  {language.text(msg('none recorded'))}"]
    if count:
        command = f"qp log{again}"
        told = msgs(
            "{count} cancelled fact: {command}", "{count} cancelled facts: {command}", count=count, command=command
        )
        said.append(f"  {language.text(told)}")
    return said


def engagement_record(
    situation: Situation,
    engagement: Engagement,
    language: Language,
    facts: Sequence[Fact] = (),
    files: Mapping[str, ProofFile] | None = None,
    shown: Sequence[Obligation] | None = None,
) -> dict[str, object]:
    """The engagement with its obligations, or those shown, each with the steps of its date; the proofs of its facts."""
    own = _own(situation, engagement) if shown is None else shown
    convention, zone = convention_ref(situation), situation.convention.zone
    return {
        "schema": SCHEMA,
        "as_of": situation.as_of.isoformat(),
        "engagement": engagement.id,
        "title": engagement.title,
        "clause": engagement.clause,
        "note": engagement.note,
        "contact": dict(values_of(engagement.contact)) if engagement.contact else None,
        "obligations": [
            {**obligation_record(Listed(convention, one)), **_dates(one.deadline, zone, language)} for one in own
        ],
        "proofs": proof_records(given_proofs(situation, engagement, facts), files or {}),
    }


def term_record(situation: Situation, language: Language) -> dict[str, object]:
    """The term with the steps of its date."""
    term = situation.term
    declared = situation.convention.term
    dates = _dates(term, situation.convention.zone, language) if term else {}
    return {
        "schema": SCHEMA,
        "as_of": situation.as_of.isoformat(),
        "engagement": None,
        "title": declared.title if declared else None,
        "clause": declared.clause if declared else None,
        "due": term.due.isoformat() if term and term.due else None,
        **dates,
        "open_ended": bool(declared and declared.open_ended),
        "moved_by": list(situation.term_moved_by),
        "suspended_since": iso(situation.term_stopped_on),
        "renewal": renewal_record(situation),
    }


def _dates(deadline: Deadline, zone: Zone, language: Language) -> dict[str, object]:
    return {
        "steps": step_records(deadline.steps, language),
        **compared_record(compared_dates(deadline, zone)),
        "readings": [{"regime": reading.regime.name, "due": reading.day.isoformat()} for reading in deadline.readings],
    }
