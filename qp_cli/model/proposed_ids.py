"""The ids that an editor can propose: what each key of the files names, and what a repository declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from qp_cli.model.facts import Add, Amended, Occurred, Triggered
from qp_cli.model.kinds import ALL, TERM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qp_cli.model.base import Declared
    from qp_cli.model.convention import Convention, Engagement, Event, Named
    from qp_cli.model.facts import Fact
    from qp_cli.model.sites import Site

    Identified: TypeAlias = Named | Event | Engagement | Site | Fact

    ProposedIds: TypeAlias = Mapping[str, tuple[str, ...]]
    """The ids of each sort of thing, in the order of the files."""

_PEOPLE = ("parties", "groups", "roles")
_DATED = ("events", "engagements", "term")
_ANY = ("parties", "groups", "roles", "events", "engagements", "sites", "term")

NAMED_BY_KEY: dict[str, dict[str, tuple[str, ...]]] = {
    "Convention": {"approval": ("events",), "signature": ("events",)},
    "Party": {"organ_of": ("parties",)},
    "Group": {"members": ("parties",)},
    "Role": {"held_by": ("parties",)},
    "Engagement": {
        "debtors": _PEOPLE,
        "creditors": _PEOPLE,
        "support": _PEOPLE,
        "performer": _PEOPLE,
        "trigger": ("events",),
        "sites": ("sites",),
    },
    "Claim": {"about": _DATED},
    "Ignore": {"at": _ANY},
    "On": {"on": _DATED},
    "Within": {"from": _DATED},
    "AtTheLatest": {"before": _DATED},
    "AtLeast": {"before": _DATED},
    "EarliestOf": {"earliest_of": _DATED},
    "LatestOf": {"latest_of": _DATED},
    "Every": {"from": _DATED, "first": _DATED, "until": _DATED},
    "Rule": {"from": _DATED, "until": _DATED},
    "About": {"engagement": ("engagements",), "by": _PEOPLE, "sites": ("sites",), "request": ("requests",)},
    "Pausing": {"engagement": ("engagements", "all"), "by": _PEOPLE, "sites": ("sites",), "request": ("requests",)},
    "Triggered": {"engagement": ("engagements",), "by": _PEOPLE, "to": _PEOPLE, "sites": ("sites",)},
    "Occurred": {"event": ("events",), "by": _PEOPLE, "to": _PEOPLE, "sites": ("sites",)},
    "Reaching": {
        "target": ("engagements", "term"),
        "request": ("requests",),
        "debtor": _PEOPLE,
        "sites": ("sites",),
    },
    "Reassign": {"debtors": _PEOPLE},
    "Add": {
        "member": ("parties",),
        "group": ("groups",),
        "holder": ("parties",),
        "role": ("roles",),
        "engagements": ("engagements",),
    },
    "Denounced": {"by": _PEOPLE},
    "Terminated": {"by": _PEOPLE},
    "Voided": {"fact": ("facts",)},
    "ProofAdded": {"fact": ("facts",)},
}
"""The sorts of things whose ids stand under a key, by the class that has the key; `QP202` and its like hold to them."""


def named_under(model: type[Declared], key: str) -> tuple[str, ...]:
    """The sorts of things that a key of a class names, its parents' keys included; none where it names nothing."""
    tables = (NAMED_BY_KEY[each.__name__] for each in model.__mro__ if each.__name__ in NAMED_BY_KEY)
    return next((table[key] for table in tables if key in table), ())


def ids_in_convention(convention: Convention, sites: Sequence[Site]) -> ProposedIds:
    """What the convention and the sites can name: all that was declared as signed."""
    return {
        "parties": _ids(convention.parties),
        "groups": _ids(convention.groups),
        "roles": _ids(convention.roles),
        "events": _ids(convention.events),
        "engagements": _ids(convention.engagements),
        "sites": _ids(sites),
        "term": (TERM,) if convention.term else (),
    }


def ids_in_journal(convention: Convention, sites: Sequence[Site], facts: Sequence[Fact]) -> ProposedIds:
    """What the journal can name: the same, what avenants add, and the facts themselves."""
    signed = ids_in_convention(convention, sites)
    added = [each for fact in facts if isinstance(fact, Amended) for each in fact.changes if isinstance(each, Add)]
    more = {
        "parties": _ids(each.party for each in added if each.party),
        "events": _ids(each.event for each in added if each.event),
        "engagements": _ids(each.engagement for each in added if each.engagement),
        "sites": _ids(each.site for each in added if each.site),
    }
    return {
        **{sort: (*signed[sort], *more.get(sort, ())) for sort in signed},
        "all": (ALL,),
        "requests": _ids(fact for fact in facts if isinstance(fact, Triggered | Occurred)),
        "facts": _ids(facts),
    }


def _ids(declared: Iterable[Identified]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.id for each in declared))
