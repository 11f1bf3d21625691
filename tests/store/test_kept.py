"""What was validated, kept as JSON and read again: it cannot be told from the models by any answer of qp."""

from __future__ import annotations

import json
import pickle
from copy import copy, deepcopy
from datetime import date
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.app.answers import ask_about, chosen_of, counts_of
from qp_cli.checks.registry import examine
from qp_cli.errors import OutOfRangeError
from qp_cli.findings import Finding, Related, Severity, Span
from qp_cli.law.periods import DayCount, Period, WorkingDays
from qp_cli.messages import msg, msgs
from qp_cli.model.as_json import UnfitError
from qp_cli.model.base import Declared, replaced, stated, values_of
from qp_cli.model.declarations import Declarations
from qp_cli.model.dues import AtLeast, AtTheLatest, EarliestOf, Every, LatestOf, On, Rule, Within
from qp_cli.model.facts import Add, Amended, Fact, Redate
from qp_cli.render.counts import convention_record
from qp_cli.render.detail import engagement_record, term_record, write_engagement
from qp_cli.render.diff import DiffEnd, difference_json, write_difference
from qp_cli.render.journal import list_facts, write_log
from qp_cli.render.language import Language
from qp_cli.render.lists import write_list
from qp_cli.render.new_fact import write_effects
from qp_cli.render.screen import Screen
from qp_cli.render.status import draw_status
from qp_cli.store import cache_entries as kept_findings
from qp_cli.store.cache_entries import KeptFindings, from_plain, to_plain
from qp_cli.store.repository import read_repository
from qp_cli.tracking.diff import explain
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.log import Filter, log_entries
from tests.tracking.building import NEIGHBOUR, SHIPPED, convention, day, facts
from tests.tracking.test_properties import DAYS, PLACES, conventions, journals

SEVERAL = settings(max_examples=80, deadline=None)
EVERYTHING = Filter((), (), frozenset(), None, None, ())
BODY = """\
regime: procedure-civile
zone: alsace-moselle
source: {title: Journal officiel, date: 2021-03-20}
approval: accord
signature: signature
term: {due: {within: P24M, from: signature, readings: [duree]}, clause: art. 9}
events:
  - {id: signature, title: Signature, date: 2021-01-31, note: "Ligne\\nsuivante"}
  - {id: accord, title: Accord}
  - {id: demande, title: Demande, repeats: true}
parties:
  - {id: ville, name: Ville, short: V, aliases: [la ville], signatory: true, represented_by: Le maire}
  - {id: region, name: Région}
  - {id: service, name: Service, organ_of: ville}
groups: [{id: tous, name: Tous, members: [ville, region]}]
roles: [{id: pilote, name: Pilote, held_by: [service]}]
engagements:
  - {id: jour, title: Jour, debtors: [tous], kind: one-off, nature: resultat, due: {on: 2022-06-30}}
  - {id: delai, title: Délai, debtors: [pilote], kind: one-off, due: {within: 10 jours ouvrés, from: signature}}
  - {id: unjour, title: Un, debtors: [ville], kind: one-off, due: {within: 1 jour ouvrable, from: 2021-05-01}}
  - {id: rebours, title: Rebours, debtors: [ville], kind: one-off, due: {at_the_latest: P2M, before: terme}}
  - {id: clair, title: Clair, debtors: [ville], kind: one-off, due: {at_least: P2M, before: 2022-12-31}}
  - {id: premier, title: P, debtors: [ville], kind: one-off,
     due: {earliest_of: [{on: 2022-12-31}, {latest_of: [{on: 2022-01-01}, {within: P1Y2M3W4D, from: signature}]}]}}
  - {id: annuel, title: An, debtors: [region], kind: recurring, due: {every: P6M, from: signature, until: 2023-01-01}}
  - {id: regle, title: R, debtors: [region], kind: recurring,
     due: {rrule: FREQ=YEARLY;BYMONTH=12, from: 2021-01-01}}
  - {id: bilan, title: B, debtors: [region], kind: recurring,
     due: {within: P6M, from: {every: P1Y, first: 2020-12-31, until: terme}, regime: duree}}
  - {id: avis, title: A, debtors: [ville, region], kind: on-request, trigger: demande, target: {within: P1M}}
  - {id: suivi, title: S, debtors: [ville], kind: continuing, scope: national, sites: [nord], reporting: true}
claims: [{about: jour, where: p. 3, says: fait, first_year: 2021, done: true}]
ignore: [{code: QP304, at: jour, reason: vu}]
"""
FACTS = """\
  - {id: f1, kind: fulfilled, engagement: jour, by: ville, on: 2022-07-12, recorded: 2022-07-13, recorded_by: Ana,
     proof: {url: "https://exemple.fr/a", file: preuve.pdf,
     sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855}}
  - {id: f2, kind: waived, engagement: delai, on: 2021-03-01}
  - {id: f3, kind: suspended, engagement: rebours, on: 2021-06-01}
  - {id: f4, kind: resumed, engagement: rebours, on: 2021-07-01}
  - {id: f5, kind: notified, engagement: clair, on: 2023-01-10, cure: 15 jours ouvrables}
  - {id: f6, kind: breached, engagement: unjour, on: 2021-09-01}
  - {id: f7, kind: triggered, engagement: avis, to: [ville], on: 2021-04-01}
  - {id: f8, kind: occurred, event: demande, on: 2021-05-01}
  - {id: f9, kind: occurred, event: accord, on: 2021-02-01}
  - {id: f10, kind: amended, title: Avenant, on: 2021-08-01, signed: 2021-07-20, effect: 2021-08-02, changes: [
     {change: extend, target: terme, by: P12M}, {change: due, target: jour, due: {on: 2022-09-30}},
     {change: debtors, target: delai, debtors: [region]}, {change: end, target: unjour},
     {change: add, engagement: {id: neuf, title: N, debtors: [ville], kind: one-off, due: {within: P1M, from: jour}}}]}
  - {id: f11, kind: voided, fact: f6, on: 2021-10-01}
  - {id: f14, kind: proof, fact: f6, on: 2021-10-02, proof: {url: "https://example.org/plan"}}
  - {id: f12, kind: denounced, by: ville, on: 2021-10-02}
  - {id: f13, kind: terminated, by: ville, on: 2021-10-03, notice: P3M}
"""
"""Every form that a declaration can take."""


def of_a_folder(folder):
    read = read_repository(folder)
    return Declarations(read.convention, read.sites, read.facts)


def of_every_form():
    return Declarations(convention(BODY), PLACES, facts(FACTS))


def kept(declared):
    """What an entry of the cache gives for these."""
    found = from_plain(json.loads(json.dumps(to_plain(declared), ensure_ascii=False)))
    assert found is not None
    return found


def assert_alike(one, other):
    """Equal, and of the same class, whatever they hold too."""
    assert type(one) is type(other)
    assert one == other
    if isinstance(one, Declared):
        assert hash(one) == hash(other)
        for name in type(one).defaults:
            assert_alike(getattr(one, name), getattr(other, name))
    elif isinstance(one, tuple):
        for each, same in zip(one, other, strict=True):
            assert_alike(each, same)


def told(due):
    """What a due date is, told by class patterns alone."""
    match due:
        case Within(within=Period() | WorkingDays(), from_=Every() | Rule() as series):
            return f"within, of {told(series)}"
        case Within(within=Period() | WorkingDays(), from_=str() | date() | None):
            return "within"
        case AtTheLatest(at_the_latest=Period() | WorkingDays()) | AtLeast(at_least=Period() | WorkingDays()):
            return due.form
        case EarliestOf(earliest_of=choices) | LatestOf(latest_of=choices):
            return f"{due.form} {[told(each) for each in choices]}"
        case On(on=date()) | Every(every=Period()) | Rule(rrule=str()):
            return due.form
        case None:
            return "none"


def dues(declared):
    """Every due date that a convention and a journal hold."""
    agreed = declared.convention
    held = [agreed.term.due] if agreed.term else []
    held += [each.due for each in agreed.engagements]
    changes = [change for fact in declared.facts if isinstance(fact, Amended) for change in fact.changes]
    held += [change.due for change in changes if isinstance(change, Redate)]
    return held + [change.engagement.due for change in changes if isinstance(change, Add)]


def answers(declared, *days):
    """All that can be asked of a repository at some days, as records and as text in both languages."""
    said = []
    ledgers = [open_ledger(declared, each) for each in days]
    for ledger in ledgers:
        situation = ledger.situation
        entries = log_entries(situation, ledger.signed, ledger.facts, EVERYTHING)
        said.append(convention_record(situation))
        said.append(write_list(chosen_of(situation, situation.obligations), None, "json", Language("en")))
        said.append(list_facts(situation, entries, "json", Language("en")))
        for language in map(Language, ("fr", "en")):
            said.append(draw_status(counts_of(ask_about(situation)), Screen(), language))
            said.append(write_log(situation, entries, ledger.facts, language))
            said.append(term_record(situation, language) if situation.term else None)
            for one in situation.convention.engagements:
                said.append(engagement_record(situation, one, language))
                said.append(write_engagement(situation, one, ledger.facts, language))
    for before, after in pairwise(ledgers):
        found, ends = explain(before, after), (DiffEnd(before.situation.as_of), DiffEnd(after.situation.as_of))
        said += [difference_json(found, *ends), write_difference(found, *ends, Language("fr"))]
        said.append(write_effects(before.situation, after.situation, Language("en")))
    return json.dumps(said, default=str, ensure_ascii=False)


def answers_or_refusal(declared, *days):
    try:
        return answers(declared, *days)
    except OutOfRangeError as error:
        return str(error)


@pytest.mark.parametrize("source", [SHIPPED, NEIGHBOUR, None], ids=["shipped", "neighbour", "every form"])
def test_what_is_kept_gives_the_same_answers_as_what_was_read(source):
    declared = of_a_folder(source) if source else of_every_form()
    days = [day(text) for text in ("2021-05-01", "2021-09-19", "2022-12-31", "2026-11-23")]
    assert answers(kept(declared), *days) == answers(declared, *days)


@SEVERAL
@given(conventions(), journals(), DAYS, DAYS)
def test_any_convention_and_any_journal_give_the_same_answers_once_kept(agreed, recorded, one, other):
    declared = Declarations(agreed, PLACES, tuple(recorded))
    assert answers_or_refusal(kept(declared), one, other) == answers_or_refusal(declared, one, other)


@SEVERAL
@given(conventions(), journals())
def test_what_is_kept_equals_what_was_read_is_of_the_same_classes_and_hashes_alike(agreed, recorded):
    declared = Declarations(agreed, PLACES, tuple(recorded))
    again = kept(declared)
    for models, values in zip(declared, again, strict=True):
        assert_alike(models, values)
        assert values == models
        assert hash(models) == hash(values)


@SEVERAL
@given(conventions(), journals())
def test_class_patterns_tell_the_same_of_what_was_read_and_of_what_was_kept(agreed, recorded):
    declared = Declarations(agreed, PLACES, tuple(recorded))
    said = [told(due) for due in dues(declared)]
    assert None not in said
    assert [told(due) for due in dues(kept(declared))] == said


@pytest.mark.parametrize("source", [SHIPPED, NEIGHBOUR], ids=["shipped", "neighbour"])
def test_a_convention_file_read_and_the_same_from_the_cache_are_of_the_same_classes(source):
    declared = of_a_folder(source)
    again = kept(declared)
    for models, values in zip(declared, again, strict=True):
        assert_alike(models, values)
    said = [told(due) for due in dues(declared)]
    assert None not in said
    assert [told(due) for due in dues(again)] == said


def test_every_class_is_the_same_through_pickle_and_a_deep_copy():
    declared = of_every_form()
    for one in (pickle.loads(pickle.dumps(declared)), deepcopy(declared)):  # noqa: S301 - our own
        for models, values in zip(declared, one, strict=True):
            assert_alike(models, values)


def test_every_form_is_kept_and_stays_what_it_is():
    declared = of_every_form()
    again = kept(declared)
    assert again == declared
    assert {type(each) for each in again.facts} == set(get_args(get_args(Fact)[0]))
    assert [type(each.due).__name__ for each in again.convention.engagements] == [
        type(each.due).__name__ for each in declared.convention.engagements
    ]
    assert [getattr(each.due, "form", None) for each in again.convention.engagements] == [
        getattr(each.due, "form", None) for each in declared.convention.engagements
    ]
    for one, other in zip(again.convention.engagements, declared.convention.engagements, strict=True):
        for name, value in values_of(other).items():
            assert type(getattr(one, name)) is type(value)
        assert one.kind is other.kind
        assert one.scope is other.scope
        assert stated(one) == stated(other)


def test_values_that_say_the_same_in_different_things_are_not_equal():
    first, second = facts(
        "  - {id: f1, kind: suspended, engagement: plan, on: 2022-07-12}\n"
        "  - {id: f1, kind: resumed, engagement: plan, on: 2022-07-12}\n"
    )
    one, other = kept(Declarations(convention(BODY), (), (first, second))).facts
    assert one != other
    assert first != other
    assert one != second
    assert one != "f1"


def test_nothing_can_be_changed_in_what_is_kept():
    (site, *_) = kept(of_every_form()).sites
    with pytest.raises(AttributeError):
        site.name = "autre"
    with pytest.raises(AttributeError):
        del site.name
    assert site.name == "nord"


def test_a_changed_copy_leaves_the_first_as_it_was_and_keeps_what_is_worked_out_in_step():
    for site in (of_every_form().sites[0], kept(of_every_form()).sites[0]):
        other = replaced(site, short="N")
        assert (site.label, other.label) == ("nord", "N")
        assert type(other) is type(site)
        assert copy(site) == site
        assert other != site


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def places(value, path=()):
    """Every place in a JSON value."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def with_one_place_changed(value, path, new):
    if not path:
        return new
    made = copy(value)
    made[path[0]] = with_one_place_changed(value[path[0]], path[1:], new) if path[1:] else new
    return made


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_whatever_stands_in_an_entry_is_refused_or_has_the_type_that_the_models_have(data):
    raw = to_plain(of_every_form())
    path = data.draw(st.sampled_from(sorted(places(raw), key=repr)))
    found = from_plain(with_one_place_changed(raw, path, data.draw(JSON)))
    if found is not None:
        assert from_plain(json.loads(json.dumps(to_plain(found)))) == found


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"convention": {}, "sites": [], "facts": []},
        {"convention": None, "sites": None, "facts": None},
        {"convention": to_plain(of_every_form())["convention"], "sites": [], "facts": [], "more": 1},
    ],
)
def test_what_is_no_entry_at_all_is_refused(raw):
    assert from_plain(raw) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), 5),
        (("title",), True),
        (("title",), None),
        (("due_soon_days",), True),
        (("due_soon_days",), "30"),
        (("zone",), "atlantide"),
        (("regime",), "au jugé"),
        (("parties", 0, "signatory"), 1),
        (("parties", 0, "colour"), "red"),
        (("engagements", 0, "kind"), "sometimes"),
        (("engagements", 0, "due"), {"on": "2022-06-30"}),
        (("engagements", 0, "due"), [0, {"on": "20220630"}]),
        (("engagements", 0, "due"), [0, {"on": "2022-06-31"}]),
        (("engagements", 0, "due"), [8, {"on": "2022-06-30"}]),
        (("engagements", 0, "due"), [-1, {"on": "2022-06-30"}]),
        (("engagements", 1, "due", 1, "within"), [10, "jours"]),
        (("engagements", 1, "due", 1, "within"), [True, "ouvrés"]),
        (("engagements", 1, "due", 1, "within"), [1, 2, 3]),
        (("engagements", 1, "due", 1, "within"), [1, 2, 3, -4]),
        (("engagements", 1, "due", 1, "within"), [1, 2, 3, 10**6]),
    ],
)
def test_a_value_of_another_type_is_refused(path, value):
    raw = to_plain(of_every_form())
    assert from_plain(raw) is not None
    assert from_plain(with_one_place_changed(raw, ("convention", *path), value)) is None


def finding(message):
    span = Span("data/convention.yaml", 3, 1, 4, 7)
    return Finding("QP304", Severity.WARNING, message, span, msg("Do so"), (Related(span, msg("Here")),))


MESSAGES = [
    msg("Plain"),
    msg("On {day}", day=day("2021-03-18")),
    msg("{period} or {delay}", period=Period(months=6), delay=WorkingDays(3, DayCount.OUVRES)),
    msgs("{count} day", "{count} days", count=3),
    msg("Because: {why}", why=msgs("{count} day of {text}", "{count} days of {text}", count=2, text="{x}")),
    msg("{yes} {number} {nothing} {severity}", yes=True, number=-3, nothing=None, severity=Severity.ERROR),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text)
def test_a_finding_is_the_same_once_kept_in_every_language(message):
    before = KeptFindings((finding(message),), {"preuve.pdf": ("ab" * 32, ""), "autre": ("", "missing")})
    after = kept_findings.findings_from_plain(json.loads(json.dumps(kept_findings.findings_to_plain(before))))
    assert after == before
    for language in map(Language, ("fr", "en")):
        assert language.text(after.findings[0].message) == language.text(message)


def test_a_message_with_a_part_of_another_kind_is_not_kept_rather_than_kept_otherwise():
    with pytest.raises(UnfitError):
        kept_findings.findings_to_plain(KeptFindings((finding(msg("{odd}", odd=1.5)),), {}))


def test_every_finding_of_the_samples_is_the_same_once_kept():
    folders = sorted(path.parent for path in (NEIGHBOUR.parents[1] / "checks" / "samples").rglob("convention.yaml"))
    seen = set()
    for folder in (SHIPPED, NEIGHBOUR, *folders):
        findings = tuple(examine(read_repository(folder)))
        seen |= {each.code for each in findings}
        raw = json.loads(json.dumps(kept_findings.findings_to_plain(KeptFindings(findings, {})), ensure_ascii=False))
        assert kept_findings.findings_from_plain(raw).findings == findings
    assert len(seen) > 40


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_stands_in_an_entry_of_findings_is_refused_or_can_be_put_into_words(data):
    raw = kept_findings.findings_to_plain(KeptFindings(tuple(map(finding, MESSAGES)), {"p": ("", "missing")}))
    path = data.draw(st.sampled_from(sorted(places(raw), key=repr)))
    found = kept_findings.findings_from_plain(with_one_place_changed(raw, path, data.draw(JSON)))
    for each in found.findings if found else ():
        assert isinstance(Language("fr").text(each.message), str)
        assert isinstance(each.severity, Severity)
        assert all(number > 0 for number in each.span[1:])
