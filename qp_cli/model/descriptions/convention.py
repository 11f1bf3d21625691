"""What a convention and its sites declare."""

from __future__ import annotations

from qp_cli.messages import msg
from qp_cli.model.descriptions.words import FORMAT_WORDS, NOTE, KeyWords

_CONTACT = msg("Who follows it.")
_CLAUSE = msg("Where the text says it: “art. 2, State (i)”. Free wording, shown beside every result.")
_ID = msg("Short name used everywhere else in the files: lower-case letters without accents, figures, hyphens.")
_FOCUS = msg("Themes worked on here: digital, crafts…")

CONVENTION_WORDS: dict[str, KeyWords] = {
    "Convention": KeyWords(
        msg("Convention"),
        msg("One convention as agreed and signed: who owes what, by when, under which clause."),
        {
            "format": FORMAT_WORDS,
            "title": msg("Title of the convention."),
            "id": _ID,
            "territory": msg("Where it applies, in words."),
            "source": msg("The document it was read from."),
            "regime": msg("How periods are computed where the text is silent."),
            "zone": msg("Whose public holidays count."),
            "due_soon_days": msg("A deadline this many days ahead, or fewer, is “due soon”."),
            "remind": msg("How many days ahead qp remind writes, farthest first: [30, 14, 7, 1]; none for []."),
            "approval": msg("The event by which the convention was approved."),
            "signature": msg("The event by which the convention is signed."),
            "accessibility": msg("What the foot of a page states of its accessibility, as a public body has to."),
            "term": msg("The end of the convention; it is named “terme” everywhere."),
            "parties": msg("The legal persons, and their organs."),
            "groups": msg("Several parties under one name, each owing for itself."),
            "roles": msg("Capacities, and who holds them."),
            "events": msg("What starts periods running, dated or still awaited."),
            "engagements": msg("What the text binds its debtors to."),
            "claims": msg("What other documents say of a date, or of something as done, kept as their word."),
            "ignore": msg("Findings of qp check that somebody has read and decided to silence, each with the reason."),
        },
    ),
    "Source": KeyWords(
        msg("Source"),
        msg("The document the convention was read from."),
        {
            "title": msg("Title of the document."),
            "reference": msg("Its reference: number of the decision, shelf mark…"),
            "date": msg("Its date, written YYYY-MM-DD."),
        },
    ),
    "Term": KeyWords(
        msg("Term"),
        msg("The end of the convention, and the clause that sets it."),
        {
            "title": msg("What it is called."),
            "due": msg("The date of the term, or how it is computed."),
            "open_ended": msg("Whether the convention has no fixed end; due is then left out."),
            "notice": msg("Without a fixed end: the notice that a termination gives, where its fact says none."),
            "renewal": msg("How the term moves by itself at each expiry."),
            "clause": _CLAUSE,
            "note": NOTE,
        },
    ),
    "Renewal": KeyWords(
        msg("Tacit renewal"),
        msg("The term moves by itself at each expiry, unless a denunciation comes in time."),
        {
            "every": msg("How much longer each renewal makes it: P3Y."),
            "notice": msg("How long before the expiry a party must denounce: P6M; else by the expiry itself."),
            "at_most": msg("How many renewals there can be; without it, for ever."),
            "regime": msg("How the notice is computed, if not as the rest; a-rebours for clear days."),
            "clause": _CLAUSE,
            "note": NOTE,
        },
    ),
    "Named": KeyWords(
        msg("Name"),
        msg("Something with an id, that people also call by other names."),
        {
            "id": _ID,
            "name": msg("Name in full."),
            "short": msg("Short name, for tables."),
            "aliases": msg("Other names that can be typed on the command line."),
            "clause": _CLAUSE,
            "note": NOTE,
        },
    ),
    "Party": KeyWords(
        msg("Legal person or organ"),
        msg("A legal person, or the organ of one."),
        {
            "organ_of": msg("The party whose organ it is; what the organ owes is counted with it."),
            "signatory": msg("Whether it signs the convention."),
            "represented_by": msg("Who signs for it."),
            "part": msg("Its part in the convention, in words."),
            "contact": _CONTACT,
        },
    ),
    "Group": KeyWords(
        msg("Group"),
        msg("Several parties under one name; each owes for itself."),
        {"members": msg("The ids of its parties.")},
    ),
    "Role": KeyWords(
        msg("Role"),
        msg("A capacity, and who holds it."),
        {"held_by": msg("The ids of the parties that hold it.")},
    ),
    "Event": KeyWords(
        msg("Event"),
        msg("Something that happens, on a known day or on one still awaited."),
        {
            "id": _ID,
            "title": msg("What happens."),
            "date": msg("The day it happened, written YYYY-MM-DD; left out while it is awaited."),
            "when": msg(
                "How its day follows from others, in place of date: “when: {{latest_of: [signature-etat, "
                "signature-ville]}}”. It needs no fact: those that it follows from are recorded."
            ),
            "repeats": msg("Whether it can happen several times, each recorded in the journal."),
            "clause": _CLAUSE,
            "note": NOTE,
        },
    ),
    "Engagement": KeyWords(
        msg("Engagement"),
        msg("What the text binds its debtors to."),
        {
            "id": _ID,
            "title": msg("What is owed, in a few words that begin with a verb."),
            "clause": _CLAUSE,
            "debtors": msg("Who owes it: the ids of parties, groups or roles."),
            "creditors": msg("Whom it is owed to, where the text says so."),
            "support": msg("Who helps, without owing it."),
            "performer": msg("Who carries it out for the debtor."),
            "solidary": msg("Whether one debtor's performance frees them all; it is never presumed."),
            "reporting": msg("Whether performing it means reporting to somebody, now and again."),
            "kind": msg("How it is owed."),
            "nature": msg("A reader's qualification; left out where it is open."),
            "scope": msg("Where it was made: here, or at national level and reported here."),
            "trigger": msg("The event that starts it; for what is owed on request."),
            "due": msg("The date the text writes. Without it, a one-off is owed by the term."),
            "target": msg("An aim of the team's own: shown, never overdue."),
            "sites": msg("The sites it concerns: their ids in sites.yaml; all of them when left out."),
            "note": NOTE,
            "contact": _CONTACT,
            "amount": msg("How much each obligation of it is about; with several debtors, for each of them."),
        },
    ),
    "Contact": KeyWords(
        msg("Contact"),
        msg("Whom to ask: a name or an e-mail address at least. A page leaves it out unless asked for contacts."),
        {
            "name": msg("A name, or a service."),
            "email": msg("An e-mail address."),
            "telephone": msg("A telephone number."),
            "language": msg("The language that qp remind writes in: fr or en; else that of whoever runs it."),
        },
    ),
    "Accessibility": KeyWords(
        msg("Accessibility"),
        msg("What a public body states of the pages it publishes: how far they meet the RGAA, and its declaration."),
        {
            "level": msg("How far the pages meet the RGAA, by the last audit; without one, non-conforme."),
            "declaration": msg("The web address of the declaration of accessibility."),
        },
    ),
    "Amount": KeyWords(
        msg("Amount"),
        msg("How much an engagement is about, as the text says. Nothing is computed with it but sums."),
        {
            "value": msg("The number, exact, with two decimals at the most: 30000 or 1234.50."),
            "currency": msg("The ISO 4217 code of its currency."),
            "share": msg("Which share of the whole it is, where the text says so: 30 % or 1/3."),
        },
    ),
    "Claim": KeyWords(
        msg("Claim"),
        msg("What a document says of a date, or of something as done, kept as that document's word."),
        {
            "about": msg("What it speaks of: “terme”, an event or an engagement."),
            "where": msg("Where it is written."),
            "says": msg("Its own words."),
            "first_year": msg("First year it claims."),
            "last_year": msg("Last year it claims."),
            "done": msg("Whether it speaks of it as already done."),
            "note": NOTE,
        },
    ),
    "Ignore": KeyWords(
        msg("Silenced finding"),
        msg("A finding that somebody has read and decided to silence, and why."),
        {
            "code": msg("The code of the finding, from QP300 to QP599."),
            "at": msg("The id of what it is about: an engagement, an event, a party, a site, a fact or “terme”."),
            "reason": msg("Why it needs no change."),
        },
    ),
    "Sites": KeyWords(
        msg("Sites"),
        msg("The places where the engagements are carried out."),
        {"format": FORMAT_WORDS, "sites": msg("The sites.")},
    ),
    "Site": KeyWords(
        msg("Site"),
        msg("A place where the engagements are carried out."),
        {
            "id": _ID,
            "name": msg("Name in full."),
            "short": msg("Short name, for tables."),
            "aliases": msg("Other names that can be typed on the command line."),
            "commune": msg("The commune it is in."),
            "districts": msg("Its districts."),
            "focus": _FOCUS,
            "projects": msg("What is planned here."),
            "zooms": msg("Parts of the site looked at more closely."),
            "source": msg("The document that names it."),
            "note": NOTE,
            "contact": _CONTACT,
        },
    ),
    "Parties": KeyWords(
        msg("Shared parties"),
        msg("The parties that several conventions share: in a file above them, at the top of their repository."),
        {"format": FORMAT_WORDS, "parties": msg("The shared parties.")},
    ),
    "SharedParty": KeyWords(
        msg("Shared party"),
        msg("A legal person that several conventions name; each convention declares it too, and stands alone."),
        {
            "id": _ID,
            "name": msg("Name in full."),
            "short": msg("Short name, for tables."),
            "aliases": msg("Other names that can be typed on the command line."),
            "ids": msg("The ids that conventions give it, where they are not this one."),
            "note": NOTE,
        },
    ),
    "Zoom": KeyWords(
        msg("Part of a site"),
        msg("A part of a site looked at more closely."),
        {"name": msg("Name in full."), "focus": _FOCUS, "note": NOTE},
    ),
}
