"""What the journal's facts say."""

from __future__ import annotations

from qp_cli.messages import msg
from qp_cli.model.descriptions.words import FORMAT_WORDS, NOTE, KeyWords

_TARGET = msg("What the avenant changes: the id of an engagement, or “terme”.")
_TO = msg("Who is asked: the ids of debtors; all of them when left out.")
_OWN_SITES = msg("Only at these sites: their ids in sites.yaml; everywhere when left out.")
_SINCE = msg("Reaches back to what fell due since that day; else only what falls due from the effect on.")
_REQUEST = msg("Which request it answers: the id of its fact; for what is owed on request, instead of occurrence.")
_ENGAGEMENT = msg("The engagement concerned: its id in convention.yaml.")

JOURNAL_WORDS: dict[str, KeyWords] = {
    "Journal": KeyWords(
        msg("Journal"),
        msg("What happened since the signature: dated facts, only ever appended."),
        {"format": FORMAT_WORDS, "facts": msg("The facts, in any order. A wrong one is cancelled by a voided fact.")},
    ),
    "Fact": KeyWords(msg("Fact"), msg("One dated fact. Its kind decides which other keys it has.")),
    "Recorded": KeyWords(
        msg("Fact"),
        msg("What every fact carries."),
        {
            "id": msg("A short name of its own, never used twice: f-7c1e20."),
            "kind": msg("What kind of fact it is."),
            "on": msg("The day it took effect, written YYYY-MM-DD."),
            "recorded": msg("The day it was written down here."),
            "recorded_by": msg("Who wrote it down."),
            "note": NOTE,
            "proof": msg("What shows it: a page, or a file of the repository."),
        },
    ),
    "About": KeyWords(
        msg("Fact about an engagement"),
        msg("A fact about an engagement: for one debtor, site or occurrence where it says so, else for all."),
        {
            "engagement": _ENGAGEMENT,
            "by": msg("The debtor concerned: its id; all of them when left out."),
            "sites": _OWN_SITES,
            "occurrence": msg("Which occurrence, by its date; for what is recurring or owed on request."),
            "request": _REQUEST,
        },
    ),
    "Fulfilled": KeyWords(
        msg("Performance"),
        msg("The engagement was performed."),
        {
            "part": msg("Which share of it was performed: 1/3 or 30 %. It is fulfilled once its parts are the whole."),
            "partly": msg("Whether it was performed in part only, where nobody says how much."),
        },
    ),
    "Waived": KeyWords(msg("Waiver"), msg("The creditor gave the engagement up.")),
    "Pausing": KeyWords(
        msg("Suspension or resumption"),
        msg("A suspension or a resumption: of an engagement, of several, or of all that run."),
        {
            "engagement": msg(
                "The engagement concerned, a list of several, or “all”: every period that runs that day."
            ),
            "by": msg("The debtor concerned: its id; all of them when left out."),
            "sites": _OWN_SITES,
            "occurrence": msg("Which occurrence, by its date; for what is recurring or owed on request."),
            "request": _REQUEST,
            "term": msg(
                "true: the term of the convention stops too, and its period gets the days that did not run once it "
                "is resumed, by “all” or with term: true."
            ),
        },
    ),
    "Suspended": KeyWords(msg("Suspension"), msg("The engagement stops running.")),
    "Resumed": KeyWords(msg("Resumption"), msg("A suspended engagement runs again.")),
    "Notified": KeyWords(
        msg("Formal notice"),
        msg("A mise en demeure, with the period it gives to put things right."),
        {"cure": msg("The period it gives: P1M, “8 jours ouvrés”…")},
    ),
    "Breached": KeyWords(msg("Breach"), msg("A decision or an agreement says that the engagement was broken.")),
    "Triggered": KeyWords(
        msg("Request"),
        msg("A request that starts an on-request engagement, for all its debtors or those named."),
        {
            "engagement": _ENGAGEMENT,
            "by": msg("Who asks."),
            "to": _TO,
            "sites": _OWN_SITES,
        },
    ),
    "Occurred": KeyWords(
        msg("Event that occurred"),
        msg("An awaited event has its date; a repeated one happened once more."),
        {
            "event": msg("The event: its id in convention.yaml."),
            "by": msg("Who made it happen."),
            "to": _TO,
            "sites": _OWN_SITES,
        },
    ),
    "Amended": KeyWords(
        msg("Avenant"),
        msg("An avenant: it applies once signed and in effect."),
        {
            "title": msg("Its title: “Avenant n° 1”."),
            "signed": msg("The day it was signed; else the day of the fact."),
            "effect": msg("The day it takes effect; else the day of the fact."),
            "changes": msg("What it changes, each change by itself."),
        },
    ),
    "Denounced": KeyWords(
        msg("Denunciation"),
        msg("A party refuses that the convention be renewed; on is the day it was received."),
        {"by": msg("Who denounces: the id of a party.")},
    ),
    "Terminated": KeyWords(
        msg("Termination"),
        msg("A résiliation: the convention is brought to an early end; on is the day it was notified."),
        {
            "by": msg("Who terminates: the id of a party; nobody where both agree."),
            "notice": msg("The notice that it gives, counted from on: P3M."),
            "effect": msg("The day on which the convention ends, instead of notice."),
        },
    ),
    "Voided": KeyWords(
        msg("Cancelled fact"),
        msg("An earlier fact is cancelled; nothing is edited or deleted."),
        {"fact": msg("The id of the fact that is cancelled.")},
    ),
    "ProofAdded": KeyWords(
        msg("Proof given later"),
        msg("What shows an earlier fact, given after it was recorded; on is the day it was given."),
        {"fact": msg("The id of the fact that it shows.")},
    ),
    "Proof": KeyWords(
        msg("Proof"),
        msg("What shows that a fact is so: a page, or a file of the repository with its fingerprint."),
        {
            "url": msg("Address of the page, beginning with https://."),
            "file": msg("Path of the file in the repository."),
            "sha256": msg("The file's SHA-256, so that a later change shows."),
        },
    ),
    "Change": KeyWords(msg("Change"), msg("One change. What is changed decides which other keys it has.")),
    "Reaching": KeyWords(
        msg("Change"),
        msg("What a change reaches: what falls due from its effect on, unless it says otherwise."),
        {
            "target": _TARGET,
            "since": _SINCE,
            "occurrence": msg("Only this occurrence, by its date, whenever it fell due."),
            "request": msg("Only the answer to this request: the id of its fact; for what is owed on request."),
            "debtor": msg("Only what this debtor owes: its id."),
            "sites": msg("Only at these sites: their ids in sites.yaml."),
        },
    ),
    "Extend": KeyWords(
        msg("A longer period"),
        msg("A longer period: lengthened, and counted again from its origin."),
        {
            "change": msg("What is changed."),
            "by": msg("By how much: P12M."),
        },
    ),
    "Redate": KeyWords(
        msg("Another date"),
        msg("Another due date for the term or an engagement."),
        {"change": msg("What is changed."), "due": msg("The new date.")},
    ),
    "Reassign": KeyWords(
        msg("Other debtors"),
        msg("Other debtors for an engagement."),
        {
            "change": msg("What is changed."),
            "debtors": msg("Who owes it from then on: the ids of parties, groups or roles."),
        },
    ),
    "Add": KeyWords(
        msg("Addition"),
        msg("One more engagement, party, member of a group, holder of a role, event or site: one of them."),
        {
            "change": msg("What is changed."),
            "engagement": msg("The new engagement, written as in convention.yaml."),
            "since": _SINCE,
            "party": msg("The new party, written as in convention.yaml; a signatory signs from the effect on."),
            "member": msg("The party that joins a group: it owes with it what falls due from the effect on."),
            "group": msg("The group that the member joins: its id."),
            "holder": msg("The party that holds a role from the effect on: its id."),
            "role": msg("The role that it holds: its id."),
            "event": msg("The new event, written as in convention.yaml."),
            "site": msg("The new site, written as in sites.yaml."),
            "engagements": msg("The engagements owed at the new site too, from the effect on: their ids."),
        },
    ),
    "End": KeyWords(
        msg("End of an engagement"),
        msg("An engagement that is no longer owed."),
        {"change": msg("What is changed.")},
    ),
}
