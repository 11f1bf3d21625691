"""What versions keep of the parts of a convention is what copying the whole at each avenant would give."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from qp_cli.model.base import replaced
from qp_cli.model.facts import Add
from qp_cli.model.kinds import TERM
from qp_cli.tracking.assessment import Assessment
from qp_cli.tracking.changes import at_more_sites, changed, is_partial
from qp_cli.tracking.dating import dated_engagement, given_anew
from qp_cli.tracking.references import running_from
from tests.tracking.building import convention, day, facts
from tests.tracking.journals import avenant

BODY = """\
term: {due: {within: P24M, from: depart}}
events: [{id: depart, title: Départ, date: 2022-01-31}]
parties: [{id: ville, name: Ville}, {id: etat, name: État}]
groups: [{id: tous, name: Tous, members: [ville]}, {id: autres, name: Autres, members: [etat]}]
roles: [{id: pilote, name: Pilote}]
engagements:
  - {id: e0, title: E0, debtors: [tous], kind: one-off, due: {within: P6M, from: depart}, sites: [halle]}
  - {id: e1, title: E1, debtors: [pilote], kind: one-off, due: {within: P6M, from: depart}}
  - {id: e2, title: E2, debtors: [ville], kind: continuing}
"""


def change(dice, number):
    target = f"e{dice.randrange(4)}"
    added = f"{{id: n{number}, title: N, debtors: [tous], kind: one-off, due: {{on: 2023-01-01}}}}"
    made = dice.choice(
        (
            f"{{change: extend, target: {target}, by: P{number + 1}D}}",
            f"{{change: due, target: {dice.choice((target, TERM))}, due: {{on: 2023-0{1 + number % 9}-01}}}}",
            f"{{change: debtors, target: {target}, debtors: [{dice.choice(('ville', 'etat', 'tous'))}]}}",
            "{change: extend, target: e0, by: P1D, sites: [halle]}",
            f"{{change: end, target: {target}}}",
            f"{{change: add, engagement: {added}}}",
            f"{{change: add, event: {{id: ev{number}, title: Un fait}}}}",
            f"{{change: add, party: {{id: p{number}, name: P{number}}}}}",
            f"{{change: add, member: {dice.choice(('ville', 'etat'))}, group: {dice.choice(('tous', 'autres'))}}}",
            "{change: add, holder: ville, role: pilote}",
            f"{{change: add, site: {{id: s{number}, name: S, commune: B}}, engagements: [e0, e1]}}",
        )
    )
    return made[1:-1]


@dataclass
class Whole:
    """The parts of a convention, as copying all of them for each avenant has them."""

    engagements: dict
    events: dict
    parties: dict
    groups: dict
    roles: dict

    def amended(self, act):
        """The same once an avenant has acted."""
        made = Whole(*({**part} for part in vars(self).values()))
        for each in act.changes:
            if not isinstance(each, Add):
                if each.target in made.engagements and not is_partial(each):
                    made.engagements[each.target] = changed(made.engagements[each.target], each, act)
            elif each.engagement:
                dating = given_anew(act, each.engagement.clause)
                dated = dated_engagement(each.engagement, each.engagement.due, dating)
                made.engagements[each.engagement.id] = dated
            elif each.event:
                made.events[each.event.id] = each.event
            elif each.party:
                made.parties[each.party.id] = each.party
            elif each.member:
                group = made.groups[each.group]
                made.groups[each.group] = replaced(group, members=tuple(dict.fromkeys((*group.members, each.member))))
            elif each.holder:
                role = made.roles[each.role]
                made.roles[each.role] = replaced(role, held_by=tuple(dict.fromkeys((*role.held_by, each.holder))))
            for name in each.engagements if isinstance(each, Add) else ():
                made.engagements[name] = at_more_sites(made.engagements[name], each)
        return made


PARTS = ("engagements", "events", "parties", "groups", "roles")


@pytest.mark.parametrize("seed", range(40))
def test_what_versions_keep_is_what_copies_would_be(seed):
    dice = random.Random(seed)  # noqa: S311 - the same avenants each time, no secret
    acts = [
        avenant(
            f"2022-{2 + number // 3:02}-{1 + number % 3:02}", *(change(dice, 3 * number + each) for each in range(2))
        )
        for number in range(12)
    ]
    signed = convention(BODY)
    whole = Whole(*({one.id: one for one in getattr(signed, part)} for part in PARTS))
    versions = Assessment(signed, facts("".join(acts)), day("2024-01-01")).versions
    assert len(versions) == 13
    for version in versions:
        whole = whole.amended(version.avenant) if version.avenant else whole
        for part in PARTS:
            expected = getattr(whole, part)
            assert getattr(version.convention, part) == tuple(expected.values())
            kept = getattr(version.parts, part).at(version.number)
            assert dict(kept) == expected
            assert len(kept) == len(expected)
            assert "nobody" not in kept
        assert {**version.directory.groups} == whole.groups
        assert {**version.directory.parties} == whole.parties


def test_who_is_who_is_kept_as_it_was_in_an_earlier_version():
    told = avenant("2022-03-01", "change: add, member: etat, group: tous")
    before, after = Assessment(convention(BODY), facts(told), day("2024-01-01")).versions
    assert before.directory.members("tous") == ("ville",)
    assert after.directory.members("tous") == ("ville", "etat")


def test_what_runs_from_the_term_does_so_through_a_long_chain():
    links = "".join(
        f"  - {{id: l{number}, title: L, debtors: [ville], kind: one-off, due: {{within: P1D, from: {before}}}}}\n"
        for number, before in ((number, f"l{number - 1}" if number else TERM) for number in range(3000))
    )
    agreed = convention(BODY + links)
    assert running_from(TERM, agreed.engagements, agreed.events) == {f"l{number}" for number in range(3000)}
