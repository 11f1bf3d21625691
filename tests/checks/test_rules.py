"""The rules about references: each with what it refuses, at its place (marked ‸), and what it lets pass."""

from __future__ import annotations

from textwrap import indent

import pytest

from qp_cli.checks.blocking import REFERENCES, blocking_findings
from qp_cli.checks.references import loops
from qp_cli.findings import Severity
from qp_cli.store.repository import read_repository
from tests.tracking.building import NEIGHBOUR, SHIPPED

BASE = """\
format: qp/1
id: essai
title: Essai
term: {due: {within: P24M, from: depart}}
events:
  - {id: depart, title: Départ, date: 2022-01-10}
  - {id: accord, title: Accord}
  - {id: demande, title: Demande, repeats: true}
parties:
  - {id: ville, name: Ville}
  - {id: region, name: Région}
engagements:
  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {within: P1M, from: depart}}
"""
JOURNAL = "format: qp/1\nfacts:\n"
SITES = "format: qp/1\nsites:\n  - {id: halle, name: Halle, commune: Bourg}\n"


@pytest.fixture
def see(tmp_path):
    """Runs the rules on the files given, whose mark ‸ says where the findings are expected."""

    def read(**files):
        marks = []
        for name, text in {"convention": BASE, **files}.items():
            for number, line in enumerate(text.splitlines(), 1):
                if "‸" in line:
                    marks.append((f"{name}.yaml", number, line.index("‸") + 1))
            (tmp_path / f"{name}.yaml").write_text(text.replace("‸", ""), encoding="utf-8")
        found = blocking_findings(read_repository(tmp_path))
        places = [(each.span.path.rpartition("/")[2], each.span.line, each.span.column) for each in found]
        return found, places, marks

    return read


def engagement(name="suite", kind="one-off", **more):
    keys = {"id": name, "title": "T", "debtors": "[ville]", "kind": kind, **more}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n"


def due(text, **more):
    return {"convention": BASE + engagement(due=text, **more)}


def fact(text):
    return {"journal": JOURNAL + "  - {id: f-1, on: 2022-06-01, " + text + "}\n"}


def avenant(*changes):
    lines = "".join(f"- {each}\n" for each in changes)
    head = "  - id: f-1\n    kind: amended\n    title: A\n    on: 2022-06-01\n    changes:\n"
    return {"journal": JOURNAL + head + indent(lines, "      ")}


TERMLESS = BASE.replace("term: {due: {within: P24M, from: depart}}\n", "")


def without_term(text, **more):
    return {"convention": TERMLESS + engagement(due=text, **more)}


COMPTES = due("{every: P6M, from: 2022-01-09}", kind="recurring")
SAMPLES = [
    # one id, one thing
    ("QP201", {"convention": BASE + engagement("‸plan")}, "“plan”", "another id"),
    ("QP201", {"convention": BASE + engagement("‸depart")}, "“depart”", "another id"),  # events and engagements
    ("QP201", {"convention": BASE + "groups: [{id: ‸ville, name: V, members: [region]}]\n"}, "“ville”", "another id"),
    ("QP201", {"sites": SITES + "  - {id: ‸halle, name: H, commune: B}\n"}, "“halle”", "another id"),
    ("QP201", {"journal": JOURNAL + "".join(f"  - {{id: {each}, kind: occurred, event: accord, on: 2022-01-01}}\n"
     for each in ("f-1", "‸f-1"))}, "“f-1”", "another id"),
    ("QP201", {"convention": BASE + engagement("‸terme")}, "“terme”", "another id"),
    ("QP201", {"convention": BASE.replace("term: {due: {within: P24M, from: depart}}\n", "") + engagement("‸terme")},
     "is the convention's term", ""),
    ("QP201", avenant("change: add\n  engagement: {id: ‸plan, title: T, debtors: [ville], kind: one-off}"), "“plan”",
     "another id"),
    # names that exist
    ("QP202", {"convention": BASE + engagement(debtors="[vile]").replace("vile", "‸vile")}, "party", "ville"),
    ("QP202", {"convention": BASE + engagement(creditors="[region, ‸regon]")}, "“regon”", "region"),
    ("QP202", {"convention": BASE + engagement(support="[‸zzz]")}, "“zzz”", ""),
    ("QP202", {"convention": BASE + engagement(performer="‸regie")}, "“regie”", "region"),
    ("QP202", {"convention": BASE + engagement(sites="[halle, ‸hale]"), "sites": SITES}, "site", "halle"),
    ("QP202", {"convention": BASE + engagement(kind="on-request", trigger="‸demandes")}, "event", "demande"),
    ("QP202", {"convention": BASE + engagement(kind="on-request", trigger="‸plan")}, "No event", ""),
    ("QP202", due("{within: P1M, from: ‸acord}"), "event or engagement", "accord"),
    ("QP202", due("{at_the_latest: P1M, before: ‸term}"), "“term”", "terme"),
    ("QP202", due("{at_least: P1M, before: ‸term}"), "“term”", "terme"),
    ("QP202", due("{earliest_of: [{on: 2022-01-01}, {within: P1M, from: ‸acord}]}"), "“acord”", "accord"),
    ("QP202", due("{latest_of: [{on: 2022-01-01}, {earliest_of: [{on: 2022-01-01}, {at_least: P1M, before: ‸x}]}]}"),
     "“x”", ""),
    ("QP202", due("{every: P1M, from: ‸acord}", kind="recurring"), "“acord”", "accord"),
    ("QP202", due("{every: P1M, from: accord, until: ‸trme}", kind="recurring"), "“trme”", "terme"),
    ("QP202", due("{within: P1M, from: {rrule: FREQ=YEARLY, from: ‸acord}}", kind="recurring"), "“acord”", "accord"),
    ("QP202", {"convention": BASE.replace("from: depart}}\nev", "from: ‸departt}}\nev")}, "“departt”", "depart"),
    ("QP202", {"convention": BASE + "approval: ‸accor\n"}, "“accor”", "accord"),
    ("QP202", {"convention": BASE + "claims: [{about: ‸trme, where: titre, says: x}]\n"}, "“trme”", "terme"),
    ("QP202", {"convention": BASE + "groups: [{id: g, name: G, members: [‸vile]}]\n"}, "No party", "ville"),
    ("QP202", {"convention": BASE + "groups: [{id: g, name: G, members: [ville]}, {id: h, name: H, members: [‸g]}]\n"},
     "No party", ""),
    ("QP202", {"convention": BASE + "roles: [{id: r, name: R, held_by: [‸vile]}]\n"}, "No party", "ville"),
    ("QP202", {"convention": BASE.replace("name: Ville}", "name: Ville, organ_of: ‸regon}")}, "“regon”", "region"),
    ("QP202", fact("kind: fulfilled, engagement: ‸plna"), "No engagement", "plan"),
    ("QP202", fact("kind: triggered, engagement: ‸accord"), "No engagement", ""),
    ("QP202", fact("kind: occurred, event: ‸acord"), "No event", "accord"),
    ("QP202", fact("kind: occurred, event: ‸terme"), "No event", ""),
    ("QP202", fact("kind: occurred, event: demande, to: [ville, ‸vile]"), "“vile”", "ville"),
    ("QP202", fact("kind: fulfilled, engagement: plan, by: ‸vile"), "“vile”", "ville"),
    ("QP202", fact("kind: fulfilled, engagement: plan, sites: [‸halle]"), "site", ""),
    ("QP202", fact("kind: voided, fact: ‸f-9"), "No fact", "f-1"),
    ("QP202", avenant("{change: extend, target: ‸plna, by: P1M}"), "No engagement", "plan"),
    ("QP202", avenant("{change: debtors, target: plan, debtors: [‸vile]}"), "“vile”", "ville"),
    ("QP202", avenant("{change: due, target: plan, due: {within: P1M, from: ‸acord}}"), "“acord”", "accord"),
    ("QP202", {"convention": BASE + engagement(kind="on-request", target="{within: P1M, from: ‸acord}")}, "“acord”",
     "accord"),
    ("QP202", without_term("{within: P1M, from: ‸terme}"), "has no term", "Declare term"),
    ("QP202", without_term("{at_the_latest: P1M, before: ‸terme}"), "has no term", "Declare term"),
    ("QP202", without_term("{at_least: P1M, before: ‸terme}"), "has no term", "Declare term"),
    ("QP202", without_term("{every: P1M, from: ‸terme, until: 2030-01-01}", kind="recurring"), "has no term", ""),
    ("QP202", without_term("{rrule: FREQ=YEARLY, from: ‸terme}", kind="recurring"), "has no term", ""),
    ("QP202", without_term("{within: P1M, from: {every: P1Y, from: ‸terme}}", kind="recurring"), "has no term", ""),
    ("QP202", without_term("{earliest_of: [{on: 2022-01-01}, {within: P1M, from: ‸terme}]}"), "has no term", ""),
    ("QP202", {"convention": TERMLESS, **avenant("{change: due, target: plan, due: {within: P1M, from: ‸terme}}")},
     "has no term", ""),
    # loops
    ("QP203", due("{within: P1M, from: ‸suite}"), "suite → suite", "event, or from a day"),
    ("QP204", {"convention": BASE + "roles: [‸{id: pilote, name: Pilote}]\n"}, "“pilote”", "held_by"),
    ("QP205", {"convention": BASE.replace("name: Ville}", "name: Ville, organ_of: ‸region}")
     .replace("name: Région}", "name: Région, organ_of: ville}")}, "ville → region → ville", ""),
    ("QP205", {"convention": BASE.replace("name: Ville}", "name: Ville, organ_of: ‸ville}")}, "ville → ville", ""),
    # due dates that suit
    ("QP206", due("‸{every: P1M, from: depart}"), "owed once", "recurring"),
    ("QP206", due("‸{within: P1M, from: {every: P1Y, from: depart}}", kind="continuing"), "owed once", "recurring"),
    ("QP206", {"convention": BASE.replace("{within: P24M,", "‸{every: P1M, until: accord,")}, "“terme”", "recurring"),
    ("QP206", {"convention": BASE + engagement(kind="recurring").replace("{", "‸{")}, "nothing says how", "every"),
    ("QP206", due("‸{on: 2022-01-01}", kind="recurring"), "nothing says how often", "every"),
    ("QP206", due("‸{within: P1M}"), "counted from", "from:"),
    ("QP206", due("{earliest_of: [{on: 2022-01-01}, ‸{within: P1M}]}"), "counted from", "from:"),
    ("QP206", due("{latest_of: [{on: 2022-01-01}, ‸{every: P1M, from: depart}]}"), "one of several", ""),
    ("QP206", {"convention": BASE + engagement(target="‸{within: P1M, from: depart}")}, "on request", "due"),
    ("QP206", avenant("{change: due, target: plan, due: ‸{every: P1M, from: depart}}"), "owed once", "recurring"),
    # what can be lengthened
    ("QP207", {**due("{on: 2022-06-30}"), **avenant("‸{change: extend, target: suite, by: P1M}")}, "“suite”", "due"),
    ("QP207", {**due("{within: 10 jours ouvrés, from: depart}"),
               **avenant("‸{change: extend, target: suite, by: P1M}")}, "cannot be lengthened", "due"),
    ("QP207", {"convention": BASE + engagement(), **avenant("‸{change: extend, target: suite, by: P1M}")}, "“suite”",
     "due"),
    ("QP207", {"convention": BASE.replace("term: {due: {within: P24M, from: depart}}\n", ""),
               **avenant("‸{change: extend, target: terme, by: P1M}")}, "“terme”", "due"),
    ("QP206", {"convention": due("{every: P1M, from: depart}", kind="recurring")["convention"],
               **avenant("{change: due, target: suite, due: ‸{on: 2022-06-30}}")}, "one date", "every"),
    # one day to count from
    ("QP208", due("{within: P1M, from: ‸demande}"), "“demande”", "trigger: demande"),
    ("QP208", {"convention": due("{every: P1M, from: depart}", kind="recurring")["convention"]
               + engagement("apres", due="{within: P1M, from: ‸suite}")}, "“suite”", ""),
    ("QP208", due("{at_least: P1M, before: ‸demande}"), "several times", "happens once"),
    ("QP208", {"convention": COMPTES["convention"] + engagement("apres", due="{within: P1M, from: ‸suite}")},
     "“suite”", "kind: recurring, with from: {every: P6M, from: 2022-01-09}"),
    # counted back from what comes back: one thing is said, in the words of what comes back
    ("QP208", {"convention": COMPTES["convention"]
               + engagement("avant", kind="recurring", due="{at_least: P1M, before: ‸suite}")},
     "“suite”", "each of its dates, write before: {every: P6M, from: 2022-01-09}"),
    ("QP208", {"convention": due("{rrule: FREQ=MONTHLY;BYMONTHDAY=1;INTERVAL=3, from: depart}", kind="recurring")
               ["convention"] + engagement("avant", kind="recurring", due="{at_the_latest: P1M, before: ‸suite}")},
     "“suite”", 'write before: {rrule: "FREQ=MONTHLY;BYMONTHDAY=1;INTERVAL=3", from: depart}'),
    ("QP206", due("‸{within: P1M, from: accord}", kind="on-request"), "waits for requests", "trigger: accord"),
    ("QP206", due("‸{within: P2M, from: depart}", kind="on-request", trigger="demande"),
     "does not count from the request", "Leave from out, or write from: demande"),
    ("QP206", due("‸{within: P2M, from: 2022-01-10}", kind="on-request"), "does not count", "each request"),
    ("QP206", due("‸{on: 2022-06-30}", kind="on-request"), "does not count from the request", "within: P2M"),
    ("QP206", due("‸{at_the_latest: P2M, before: terme}", kind="on-request", trigger="demande"), "does not count", ""),
    ("QP206", due("‸{earliest_of: [depart, 2022-06-30]}", kind="on-request", trigger="demande"), "does not count", ""),
    ("QP206", {"convention": BASE + engagement(kind="on-request", target="‸{within: P2M, from: terme}")},
     "does not count from the request", "Leave from out"),
    ("QP206", {"convention": BASE + engagement(kind="on-request", trigger="demande"),
               **avenant("{change: due, target: suite, due: ‸{within: P2M, from: depart}}")},
     "does not count from the request", "from: demande"),
    # each named once, and for itself
    ("QP209", {"convention": BASE + engagement(debtors="[ville, ‸ville]")}, "“ville”", "once"),
    ("QP209", {"convention": BASE + "groups: [{id: g, name: G, members: [ville, region, ‸ville]}]\n"}, "twice", ""),
    ("QP209", {"convention": BASE + "roles: [{id: r, name: R, held_by: [ville, ‸ville]}]\n"}, "twice", ""),
    ("QP209", {"convention": BASE + engagement(sites="[halle, ‸halle]"), "sites": SITES}, "“halle”", ""),
    ("QP209", {**fact("kind: triggered, engagement: reponse, to: [ville, ‸ville]"),
               "convention": BASE + engagement("reponse", kind="on-request")}, "“ville”", ""),
    ("QP209", avenant("{change: debtors, target: plan, debtors: [region, ‸region]}"), "“region”", ""),
    ("QP210", {"convention": BASE.replace("name: Ville}", "name: Ville, organ_of: region, signatory: ‸true}")},
     "signs for it", "“region”"),
    # occurrences and days that exist
    ("QP211", {**COMPTES, **fact("kind: fulfilled, engagement: suite, occurrence: ‸2022-07-10")}, "“suite”",
     "2022-07-09"),
    ("QP211", fact("kind: fulfilled, engagement: plan, occurrence: ‸2022-02-10"), "owed once", "out"),
    ("QP211", {**fact("kind: fulfilled, engagement: suite, occurrence: ‸2022-02-10"),
               "convention": BASE + engagement(kind="on-request", trigger="demande")}, "no occurrence", ""),
    # something owed
    ("QP216", {"convention": "‸" + BASE.partition("engagements:")[0]}, "no engagement", "engagements"),
    ("QP216", {"convention": BASE.partition("engagements:")[0] + "engagements: ‸[]\n"}, "no engagement", ""),
    # what runs backwards
    ("QP217", due("{within: P1M, from: depart, regime: ‸a-rebours}"), "backwards", "at_the_latest"),
    ("QP217", due("{within: P1M, from: depart, readings: [duree, ‸a-rebours]}"), "backwards", ""),
    ("QP217", due("{every: P1M, from: depart, regime: ‸a-rebours}", kind="recurring"), "backwards", ""),
    ("QP217", due("{within: P1M, from: {every: P1Y, from: depart}, regime: ‸a-rebours}", kind="recurring"),
     "backwards", ""),
    ("QP217", due("{within: P1M, from: {every: P1Y, from: depart, regime: ‸a-rebours}}", kind="recurring"),
     "backwards", ""),
    ("QP217", due("{latest_of: [{on: 2022-01-01}, {earliest_of: [{on: 2022-01-01}, "
                  "{within: P1M, from: depart, regime: ‸a-rebours}]}]}"), "backwards", ""),
    ("QP217", {"convention": BASE.replace("from: depart}}\nev", "from: depart, regime: ‸a-rebours}}\nev")},
     "backwards", ""),
    ("QP217", {"convention": BASE + engagement(kind="on-request", target="{within: P1M, regime: ‸a-rebours}")},
     "backwards", ""),
    ("QP217", {"convention": BASE + "regime: ‸a-rebours\n"}, "every period", "at_the_latest"),
    ("QP226", avenant("‸{change: add}"), "Nothing says", "engagement, party"),
    ("QP226", avenant("{change: add, member: ‸ville}"), "goes with", "Add group"),
    ("QP226", avenant("{change: add, holder: ‸ville}"), "goes with", "Add role"),
    ("QP227", avenant("{change: end, target: plan, request: ‸f-absent}"), "no request", ""),
    ("QP217", avenant("{change: due, target: plan, due: {within: P1M, from: depart, regime: ‸a-rebours}}"),
     "backwards", ""),
    ("QP217", avenant("change: add\n  engagement: {id: suite, title: T, debtors: [ville], kind: one-off, "
                      "due: {within: P1M, from: depart, regime: ‸a-rebours}}"), "backwards", ""),
    ("QP212", due("‸{within: P200Y, from: depart}"), "from 1905 to 2100", "years"),
    ("QP212", due("‸{rrule: FREQ=DAILY, from: depart, until: 2090-01-01}", kind="recurring"), "at most 1000", ""),
    ("QP212", {"convention": BASE.replace("{within: P24M", "‸{within: P900Y")}, "1905", ""),
    ("QP212", avenant("{change: extend, target: plan, by: ‸P900Y}"), "1905", ""),
    ("QP212", {"convention": BASE + engagement(kind="on-request", trigger="demande", due="‸{within: P900Y}"),
               **fact("kind: occurred, event: demande")}, "1905", ""),
    ("QP206", {"convention": BASE.replace("title: Accord}", "title: Accord, when: ‸{every: P1Y, from: depart}}")},
     "happens once", "recurring"),
    ("QP206", due("‸{at_least: P15D, before: {every: P3M, from: depart}}"), "owed once", ""),
    ("QP208", {"convention": BASE + engagement(kind="on-request", trigger="depart", due="{on: ‸demande}")},
     "several times", ""),
    ("QP203", {"convention": BASE.replace("title: Accord}", "title: Accord, when: {on: terme}}").replace(
        "from: depart}}\nev", "from: ‸accord}}\nev")}, "wait for each other", "event"),
    ("QP202", {"convention": BASE.replace("title: Accord}", "title: Accord, when: {latest_of: [depart, ‸acord]}}")},
     "acord", "accord"),
    # how it ends
    ("QP222", {"convention": BASE.replace("term: {due: {within: P24M, from: depart}}", "term: ‸{clause: art. 1}")},
     "Nothing says", "open_ended"),
    ("QP222", {"convention": BASE.replace("from: depart}}\nev", "from: depart}, open_ended: ‸true}\nev")},
     "no date", "Leave due out"),
    ("QP222", {"convention": BASE.replace("from: depart}}\nev", "from: depart}, notice: ‸P3M}\nev")},
     "notice", "renewal"),
    ("QP222", {"convention": BASE.replace("{within: P24M, from: depart}}\nev",
               "{latest_of: [depart, {on: 2024-01-01}]}, renewal: ‸{every: P1Y}}\nev")}, "cannot be renewed", "within"),
    *(("QP222", {"convention": BASE.replace("term: {due: {within: P24M, from: depart}", f"term: {{{text}")}, word, "")
      for text, word in (
          ("due: {within: P5Y, from: depart}, renewal: {every: P3Y, notice: ‸P4Y}", "longer than"),
          ("due: {within: P6M, from: depart}, renewal: {every: P3Y, notice: ‸P7M}", "longer than"),
          ("due: {within: P6M, from: depart}, renewal: {every: P3M, notice: ‸100 jours ouvrés}", "longer than"),
          ("due: {on: 2029-08-31}, renewal: {every: P3Y, notice: ‸P4Y}", "longer than"),
      )),
    ("QP222", {"convention": BASE.replace("term: {due: {within: P24M, from: depart}", "signature: depart\nterm: {due: "
               "{on: 2022-06-30}, renewal: {every: P1Y, notice: ‸P6M}")}, "before the signature", "text"),
    ("QP223", fact("kind: terminated, notice: P1M, effect: ‸2022-12-31"), "both", "Keep one"),
    ("QP223", fact("kind: terminated, effect: ‸2022-05-31"), "before it was notified", "both days"),
    ("QP229", {"convention": BASE.replace("date: 2022-01-10", "date: ‸2022-01-10, when: {on: 2022-01-10}")},
     "another", "one of them"),
    ("QP229", {"convention": BASE.replace("repeats: true", "repeats: ‸true, when: {on: depart}")}, "cannot repeat", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "files", "word", "hint"), SAMPLES)
def test_a_rule_says_what_is_wrong_where_it_is_and_what_to_do(see, code, files, word, hint):
    found, places, marks = see(**files)
    assert [each.code for each in found] == [code]
    assert places == marks
    assert word in str(found[0].message)
    assert hint in str(found[0].hint or "")


def test_every_rule_has_a_sample_and_says_what_it_is():
    assert {rule.code for rule in REFERENCES} == {sample[0] for sample in SAMPLES}
    assert all(rule.see.__doc__ for rule in REFERENCES)


def test_the_base_of_the_samples_has_nothing_wrong(see):
    assert see(sites=SITES, journal=JOURNAL[:-1] + " []\n")[0] == []


@pytest.mark.parametrize("folder", [SHIPPED, NEIGHBOUR])
def test_the_repositories_of_this_tree_have_nothing_wrong(folder):
    assert blocking_findings(read_repository(folder)) == []


def test_an_id_written_twice_shows_where_it_was_written_first(see):
    (found,), _, _ = see(convention=BASE + engagement("plan"))
    (first,) = found.related
    assert (first.span.line, first.span.column) == (13, 10)
    assert "first" in str(first.message)


def test_of_two_things_with_one_id_nothing_is_said_that_rests_on_which_is_meant(see):
    """An engagement renamed to an id that exists: no word on the dates and facts of the two, be they right or wrong."""
    avis = engagement("avis", kind="on-request", trigger="demande", due="{within: P1M}")
    files = {
        "convention": BASE
        + avis
        + engagement("suite", due="{within: P1M, from: revue}")
        + engagement("revue", kind="recurring", due="{every: P1Y, from: depart}"),
        "journal": JOURNAL
        + "  - {id: f-1, kind: fulfilled, engagement: revue, occurrence: 2023-01-10, on: 2023-01-09}\n"
        "  - id: a-1\n    kind: amended\n    title: A\n    on: 2022-06-01\n    changes:\n"
        "      - {change: due, target: revue, due: {every: P2Y, from: depart}}\n",
    }
    assert [each.code for each in see(**files)[0]] == ["QP208"]
    for other in ("avis", "plan"):
        renamed = files["convention"].replace(f"id: {other},", "id: revue,").replace("from: revue", "from: plan")
        found = see(**{**files, "convention": renamed})[0]
        assert "QP201" in {each.code for each in found} <= {"QP201", "QP202"}, other


def test_what_leaves_no_doubt_about_a_date_is_a_warning_and_the_rest_are_errors(see):
    (found,), _, _ = see(convention=BASE + "roles: [{id: pilote, name: Pilote}]\n")
    assert found.severity is Severity.WARNING
    assert {rule.code for rule in REFERENCES if rule.severity is not Severity.ERROR} == {
        "QP204",
        "QP209",
        "QP210",
        "QP216",
    }


def test_all_the_findings_of_all_the_files_come_at_once_by_place(see):
    found, places, _ = see(
        convention=BASE + engagement("plan") + engagement(debtors="[vile]"),
        sites=SITES + "  - {id: halle, name: H, commune: B}\n",
        journal=JOURNAL + "  - {id: f-1, kind: voided, fact: f-9, on: 2022-01-01}\n",
    )
    assert [each.code for each in found] == ["QP201", "QP202", "QP202", "QP201"]
    assert [place[:2] for place in places] == [
        ("convention.yaml", 14),
        ("convention.yaml", 15),
        ("journal.yaml", 3),
        ("sites.yaml", 4),
    ]


BROKEN = "format: qp/1\n{}: 3\n"


def test_a_rule_that_needs_no_broken_file_goes_on_and_nothing_follows_from_what_is_missing(see):
    text = BASE + engagement("plan", sites="[halle]") + engagement(debtors="[vile]")
    found, _, _ = see(convention=text, sites=BROKEN.format("sites"))
    assert [(each.code, each.span.line) for each in found] == [("QP201", 14), ("QP202", 15), ("QP103", 2)]


def test_a_rule_that_needs_a_broken_file_waits(see):
    found, _, _ = see(convention=BASE + engagement("plan"), journal=BROKEN.format("facts"))
    assert [each.code for each in found] == ["QP103"]
    found, _, _ = see(convention=BROKEN.format("parties"), journal=JOURNAL + "  - {id: f-1, kind: voided, fact: f-9}\n")
    assert {each.code for each in found} == {"QP102", "QP103"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{every: P1M, from: depart}", "recurring"),
        ("{every: P1M, from: depart, until: terme}", "recurring"),
        ("{rrule: FREQ=MONTHLY, from: depart}", "recurring"),
        ("{within: P1M, from: {every: P1Y, from: depart}}", "recurring"),
        ("{within: P1M, from: depart}", "one-off"),
    ],
)
def test_a_series_runs_until_the_term_also_where_there_is_none_yet(see, text, kind):
    assert see(**without_term(text, kind=kind))[0] == []


def test_what_is_counted_back_can_be_counted_backwards(see):
    assert see(**due("{at_the_latest: P1M, before: terme, regime: a-rebours}"))[0] == []


# --- Loops --------------------------------------------------------------------------------------------------


def chain(**starts):
    return BASE + "".join(engagement(name, due=f"{{within: P1M, from: {start}}}") for name, start in starts.items())


def test_a_loop_is_named_from_the_first_written_and_once(see):
    found, places, _ = see(convention=chain(a="b", b="a", c="a"))
    assert [(each.code, str(each.message)) for each in found] == [
        ("QP203", "These dates wait for each other: a → b → a")
    ]
    assert [place[:2] for place in places] == [("convention.yaml", 14)]


def test_a_longer_loop_is_named_whole(see):
    found, _, _ = see(convention=chain(a="b", b="c", c="d", d="b"))
    assert [str(each.message) for each in found] == ["These dates wait for each other: b → c → d → b"]


def test_a_loop_through_the_term_is_named(see):
    text = BASE.replace("from: depart}}\nevents", "from: ‸suite}}\nevents") + engagement(
        due="{at_the_latest: P2M, before: terme}"
    )
    found, places, marks = see(convention=text)
    assert [str(each.message) for each in found] == ["These dates wait for each other: terme → suite → terme"]
    assert places == marks


def test_a_loop_through_until_is_one_too(see):
    text = BASE.replace("{within: P24M, from: depart}", "{every: P1M, from: depart}")
    found, _, _ = see(convention=text)
    assert [(each.code, str(each.message)) for each in found if each.code == "QP203"] == [
        ("QP203", "These dates wait for each other: terme → terme")
    ]


def test_a_loop_that_an_avenant_would_make_is_named(see):
    found, places, marks = see(
        convention=chain(a="depart", b="a"),
        **avenant("{change: due, target: a, due: {within: P1M, from: ‸b}}"),
    )
    assert [str(each.message) for each in found] == ["These dates wait for each other: a → b → a"]
    assert places == marks


def test_two_ways_to_one_date_are_no_loop(see):
    assert see(convention=chain(a="depart", b="a", c="a") + engagement("d", due=BOTH))[0] == []


BOTH = "{latest_of: [{within: P1M, from: b}, {within: P1M, from: c}]}"


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ({}, []),
        ({"a": ("b",), "b": ("c",)}, []),
        ({"a": ("a",)}, [("a",)]),
        ({"a": ("b",), "b": ("a",)}, [("a", "b")]),
        ({"a": ("b", "c"), "b": ("a",), "c": ("a",)}, [("a", "b"), ("a", "c")]),
        ({"a": ("b",), "b": ("c",), "c": ("b",)}, [("b", "c")]),
    ],
)
def test_each_loop_is_found_once(edges, expected):
    assert loops(edges) == expected


def test_many_ways_to_one_date_are_no_trouble():
    both = {f"{side}{rank}": (f"a{rank + 1}", f"b{rank + 1}") for rank in range(60) for side in "ab"}
    assert loops(both) == []


def test_a_chain_of_thousands_is_no_trouble():
    assert loops({str(number): (str(number + 1),) for number in range(3000)}) == []


# --- What is right ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files",
    [
        due("{within: P1M, from: terme}"),
        due("{within: P1M, from: plan}"),
        due("{within: P1M}", kind="on-request", trigger="demande"),
        due("{within: P1M, from: demande}", kind="on-request", trigger="demande"),
        due("{every: P1M, from: depart}", kind="recurring"),
        due("{within: P1M, from: {every: P1Y, first: 2021-12-31}}", kind="recurring"),
        {"convention": BASE + engagement(kind="on-request", target="{within: P1M}")},
        {"convention": BASE + "groups: [{id: g, name: G, members: [ville]}]\n" + "claims: []\n"},
        avenant("{change: extend, target: plan, by: P1M}", "{change: extend, target: terme, by: P1M}"),
        {**due("{on: 2022-06-30}"), **avenant("{change: due, target: suite, due: {on: 2023-01-01}}")},
        fact("kind: fulfilled, engagement: plan, by: ville"),
    ],
)
def test_what_is_right_is_let_pass(see, files):
    assert see(**files)[0] == []


def test_what_waits_for_requests_may_be_dated_from_what_they_are_about(see):
    for text, more in (
        ("{within: P1M, from: accord}", {"trigger": "accord"}),
        ("{within: P1M}", {}),
        ("{within: P1M, from: plan}", {}),
        ("{earliest_of: [{within: P1M}, 2022-06-30]}", {"trigger": "demande"}),
        ("{at_the_latest: P1M, before: suivi}", {"trigger": "accord"}),
    ):
        files = due(text, kind="on-request", **more)
        later = "Accord}\n  - {id: suivi, title: Suivi, when: {within: P9M, from: accord}}"
        assert see(convention=files["convention"].replace("Accord}", later))[0] == []
