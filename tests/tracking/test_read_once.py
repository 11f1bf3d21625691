"""What is kept up as facts are read is what going through all of them gives: each plain rule is written out here."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from qp_cli.model.amounts import share_of
from qp_cli.model.facts import Fulfilled, Resumed, Suspended, Voided, Waived
from qp_cli.tracking.account import Account
from qp_cli.tracking.effective_facts import EffectiveFacts
from qp_cli.tracking.journal import cancellations, counting, facts_in_force, suspensions
from qp_cli.tracking.people import Debtor, Debtors, Directory
from tests.tracking.building import convention

SEEDS = range(60)
START = date(2021, 3, 18)
KINDS = {"fulfilled": Fulfilled, "waived": Waived, "suspended": Suspended, "resumed": Resumed}


def drawn(dice, number):
    """A fact about an engagement, of any of the kinds that settle or suspend."""
    kind = dice.choice([*KINDS])
    words = {"id": f"f-{number}", "kind": kind, "engagement": dice.choice(("plan", "plan", "all"))}
    if kind in {"fulfilled", "waived"}:
        words["engagement"] = "plan"
    if kind == "fulfilled" and dice.randrange(2):
        words["part"] = dice.choice(("1/2", "1/3", "60 %"))
    if dice.randrange(4) == 0:
        words["sites"] = ("halle",)
    return KINDS[kind](on=START + timedelta(number), **words)


def settling(deciding, due):
    """The first performance or waiver that settles, the plain way: each time from the beginning."""
    done = Fraction(0)
    for number, fact in enumerate(deciding):
        if not isinstance(fact, Fulfilled | Waived):
            continue
        stopped = [each for each in suspensions(deciding[:number]) if each.resumed is None]
        if due and fact.on > due and not (stopped and stopped[-1].first <= due):
            continue
        if isinstance(fact, Fulfilled) and fact.part:
            done += share_of(fact.part)
            if done < 1:
                continue
        return fact
    return None


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_at_site", [False, True])
def test_an_account_is_what_its_facts_give(seed, is_at_site):
    dice = random.Random(seed)  # noqa: S311 - the same facts each time, no secret
    facts = []
    account = Account(facts, is_at_site=is_at_site)
    for number in range(20):
        facts.append(drawn(dice, number))
        due = dice.choice((None, START + timedelta(8)))
        deciding = [fact for fact in facts if is_at_site or not fact.sites]
        read = account.read_on()
        assert read.deciding == deciding
        assert read.settled_by(due) is settling(deciding, due)
        assert [(each.first, each.resumed) for each in read.pauses] == [
            tuple(each) for each in suspensions(deciding) if each.resumed
        ]
    for one in facts:
        for other in facts:
            assert account.is_before(one, other) is (facts.index(one) < facts.index(other))


@pytest.mark.parametrize("seed", SEEDS)
def test_facts_that_count_alike_are_told_alike(seed):
    dice = random.Random(seed)  # noqa: S311 - the same facts each time, no secret
    facts = [Fulfilled(id="f-0", kind="fulfilled", engagement="plan", on=START)]
    for number in range(1, 15):
        words = {"id": f"f-{number}", "on": START + timedelta(number)}
        if dice.randrange(4):
            facts.append(Voided(kind="voided", fact=f"f-{dice.randrange(number + (seed % 3 == 0))}", **words))
        else:
            facts.append(Fulfilled(kind="fulfilled", engagement="plan", **words))
    if seed % 5 == 0:
        dice.shuffle(facts)
    effective, counted = EffectiveFacts(facts), {}
    for number, fact in enumerate(facts, start=1):
        effective.read(fact)
        gone = cancellations(facts[:number])
        left = frozenset(each.id for each in facts[:number] if not isinstance(each, Voided) and each.id not in gone)
        assert counted.setdefault(effective.state, left) == left


def chained(count):
    """A performance and as many cancellations, each of the one before."""
    yield Fulfilled(id="f-0", kind="fulfilled", engagement="plan", on=START)
    for number in range(1, count):
        yield Voided(id=f"f-{number}", kind="voided", fact=f"f-{number - 1}", on=START)


@pytest.mark.parametrize("step", [1, -1, 7])
def test_a_chain_of_cancellations_is_in_two_states_whatever_is_read_first(step):
    facts = list(chained(50))
    effective = EffectiveFacts(facts)
    states = {0}
    for number in range(50):
        effective.read(facts[(step * number) % 50])
        states.add(effective.state)
    assert effective.state == 0  # as many cancellations as cancel the performance
    assert len(states) == 2


def test_a_long_chain_of_cancellations_is_no_deep_one():
    facts = list(chained(20_000))
    effective = EffectiveFacts(facts)
    for fact in facts:
        effective.read(fact)
    assert (effective.state == 0) is ("f-0" in cancellations(facts))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_journal_as_far_as_a_day_is_the_journal_of_that_day(seed):
    dice = random.Random(seed)  # noqa: S311 - the same facts each time, no secret
    facts = tuple(drawn(dice, number) for number in range(20))
    for day in (START - timedelta(1), START + timedelta(7), START + timedelta(30)):
        whole, part = facts_in_force(facts, day), facts_in_force([each for each in facts if each.on <= day], date.max)
        assert whole.bearing_on("plan") == part.bearing_on("plan")
        assert dict(whole.about) == dict(part.about)
        assert whole.moving == part.moving
        assert whole.term_stopped == part.term_stopped
    assert counting(facts) == facts


PEOPLE = """\
parties:
  - {id: etat, name: État}
  - {id: prefet, name: Préfet, organ_of: etat}
  - {id: service, name: Service, organ_of: prefet}
  - {id: ville, name: Ville}
  - {id: maire, name: Maire, organ_of: ville}
  - {id: region, name: Région}
groups:
  - {id: tous, name: Tous, members: [etat, ville, region]}
  - {id: organes, name: Organes, members: [service, maire]}
roles:
  - {id: pilote, name: Pilote, held_by: [prefet]}
  - {id: vacant, name: Vacant}
engagements:
  - {id: plan, title: Plan, debtors: [ville], kind: one-off}
"""


@pytest.mark.parametrize("seed", SEEDS)
def test_whom_a_name_concerns_is_told_as_of_each_debtor(seed):
    dice = random.Random(seed)  # noqa: S311 - the same facts each time, no secret
    directory = Directory.of(convention(PEOPLE))
    names = [*directory.parties, *directory.groups, *directory.roles]
    chosen = dice.sample([*directory.parties, "vacant"], dice.randrange(1, 6))
    debtors = [Debtor((each,)) for each in chosen]
    if len(chosen) > 2:
        debtors = [Debtor(tuple(chosen[:2])), *debtors[2:]]
    known = Debtors(directory, debtors)
    for name in names:
        plain = {
            each.key
            for each in debtors
            if directory.covers([name], each, [other for other in debtors if other is not each])
        }
        assert known.concerned(name) == plain
