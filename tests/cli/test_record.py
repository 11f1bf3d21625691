"""`qp record`: each kind of fact, what it changes, and what it refuses; nothing is written then."""

from __future__ import annotations

import hashlib
import re

import pytest
import yaml

PARTIES = [
    {"id": "ville", "name": "La Ville", "aliases": ["Commune"]},
    {"id": "etat", "name": "L'État"},
    {"id": "prefet", "name": "Préfet", "organ_of": "etat"},
    {"id": "region", "name": "La Région"},
]
CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "term": {"due": {"within": "P24M", "from": "debut"}},
    "events": [
        {"id": "debut", "title": "Début", "date": "2025-10-01"},
        {"id": "signature", "title": "Signature de l'essai"},
        {"id": "demande", "title": "Demande d'avis", "repeats": True},
    ],
    "parties": PARTIES,
    "groups": [{"id": "signataires", "name": "Signataires", "members": ["ville", "etat"]}],
    "engagements": [
        {"id": "bilan", "title": "Bilan", "debtors": ["ville"], "kind": "one-off", "due": {"on": "2026-10-01"}},
        {
            "id": "plan",
            "title": "Plan",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"within": "P18M", "from": "debut"},
        },
        {
            "id": "rapport",
            "title": "Rapport",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"within": "P6M", "from": "signature"},
        },
        {"id": "soutien", "title": "Soutien", "debtors": ["signataires"], "kind": "one-off"},
        {"id": "veille", "title": "Veille", "debtors": ["ville"], "kind": "continuing"},
        {
            "id": "avis",
            "title": "Avis",
            "debtors": ["signataires"],
            "kind": "on-request",
            "trigger": "demande",
            "due": {"within": "P1M"},
        },
        {
            "id": "points",
            "title": "Points",
            "debtors": ["ville"],
            "kind": "recurring",
            "due": {"every": "P6M", "from": "debut"},
        },
        {"id": "lieux", "title": "Lieux", "debtors": ["ville"], "kind": "one-off", "sites": ["nord", "sud"]},
    ],
}
SITES = [{"id": "nord", "name": "Nord", "commune": "Aix"}, {"id": "sud", "name": "Sud", "commune": "Aix"}]


@pytest.fixture
def folder(repository):
    return repository(CONVENTION, sites=SITES)


@pytest.fixture
def record(qp, folder):
    """Runs `qp record` on a repository that holds a bit of everything, on 23 November 2026."""

    def run(*arguments, **environ):
        answer = qp("record", *arguments, "--data", str(folder), environ=environ)
        check = qp("status", "--data", str(folder), "--format", "json", environ=environ)
        assert check.code == 0, check.err
        return answer

    return run


@pytest.fixture
def journal(folder):
    """The journal's text, empty while there is none."""
    path = folder / "data" / "journal.yaml"
    return lambda: path.read_text("utf-8") if path.exists() else ""


def recorded(answer):
    """The id and the effects of a fact that was recorded."""
    assert answer.code == 0, answer.err
    first, *others = answer.out.splitlines()
    name = re.match(r"(f-[a-z0-9]{10}) recorded in ", first)[1]
    return name, [line for line in others if not line.startswith(("  ", "To cancel it: "))]


def refused(answer, *words, code=2):
    assert (answer.code, answer.out) == (code, "")
    (line,) = answer.err.splitlines()
    for word in words:
        assert word in line
    return line


@pytest.mark.parametrize(
    ("arguments", "effects"),
    [
        (["fulfilled", "bilan", "--on", "2026-09-30"], ["bilan/ville: overdue → fulfilled"]),
        (["fulfilled", "BILAN", "--by", "commune", "--on", "13/10/2026"], ["fulfilled after the date, 12 days"]),
        (["fulfilled", "soutien", "--by", "etat"], ["soutien/etat: upcoming → fulfilled"]),
        (["fulfilled", "soutien/etat"], ["soutien/etat: upcoming → fulfilled"]),
        (["fulfilled", "soutien", "--by", "Préfet"], ["soutien/etat: upcoming → fulfilled"]),
        (["fulfilled", "soutien"], ["soutien/ville: upcoming → fulfilled", "soutien/etat: upcoming → fulfilled"]),
        (["fulfilled", "soutien/etat", "--part", "1/3"], ["soutien/etat: still upcoming"]),
        (["fulfilled", "soutien/etat", "--part", "100 %"], ["soutien/etat: upcoming → fulfilled"]),
        (["fulfilled", "soutien/etat", "--partly"], ["soutien/etat: still upcoming"]),
        (["fulfilled", "lieux", "--site", "NORD"], ["lieux/ville/nord: upcoming → fulfilled"]),
        (["fulfilled", "veille"], ["veille/ville: still running"]),
        (["fulfilled", "points", "--on", "2026-03-30"], ["points/ville@2026-04-01: overdue"]),
        (["fulfilled", "points", "--occurrence", "2026-10-01"], ["points/ville@2026-10-01: overdue"]),
        (["fulfilled", "points/ville@2026-10-01"], ["points/ville@2026-10-01: overdue"]),
        (["waived", "bilan"], ["bilan/ville: overdue → discharged"]),
        (["suspended", "bilan", "--on", "2026-09-01"], ["bilan/ville: overdue → suspended"]),
        (
            ["notified", "bilan", "--cure", "P1M"],
            ["still overdue, 53 days; formal notice given, until 23 December 2026"],
        ),
        (["notified", "bilan", "--cure", "8 jours ouvrés"], ["formal notice given, until 3 December 2026"]),
        (["notified", "bilan"], ["still overdue, 53 days; formal notice given"]),
        (["breached", "bilan"], ["bilan/ville: overdue → breach recorded"]),
        (["triggered", "avis", "--to", "etat", "--by", "ville"], ["avis/etat@2026-11-23: new, due soon"]),
        (["occurred", "demande", "--on", "2026-11-01", "--to", "ville"], ["avis/ville@2026-11-01: new, due soon"]),
        (["occurred", "signature de l'essai", "--on", "2026-03-01"], ["rapport/ville: conditional → overdue, 83 days"]),
        (["amended", "terme", "--extend", "P12M", "--title", "n° 1"], ["terme: 1 October 2027 → 1 October 2028"]),
        (
            ["amended", "plan", "--extend", "P6M", "--title", "n° 1"],
            ["plan/ville: still upcoming; date 1 April 2027 →"],
        ),
        (
            ["amended", "bilan", "--due-on", "2026-12-31", "--title", "a"],
            ["bilan/ville: overdue → upcoming; date"],
        ),
        (["amended", "veille", "--end", "--title", "n° 1"], ["veille/ville: running → discharged"]),
    ],
    ids=lambda value: " ".join(value) if len(value) > 1 else None,
)
def test_each_kind_is_recorded_and_says_what_it_changes(record, journal, arguments, effects):
    name, said = recorded(record(*arguments))
    for effect in effects:
        assert any(effect in line for line in said), said
    assert f"- id: {name}\n    kind: {arguments[0]}\n" in journal()
    assert "\n    recorded: 2026-11-23\n" in journal()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["KIND is missing"]),
        (["fulfilled"], ["TARGET is missing"]),
        (["fulfilled", "bilan", "--part", "half"], ["A share is expected: a fraction such as 1/3"]),
        (["fulfilled", "bilan", "--part", "0/3"], ["A share is expected"]),
        (["waived", "bilan", "--part", "1/3"], ["--part does not go with waiver."]),
        (["fulfilled", "bilan", "--part", "1/3", "--partly"], ["both which share was performed"]),
        (["fulfiled", "bilan"], ["“fulfiled” is not one of", "Nearest: performance (fulfilled)"]),
        (["fulfilled", "bilans"], ["No engagement is called “bilans”", "Did you mean bilan?"]),
        (["fulfilled", "bilan/etat"], ["No obligation is called"]),
        (["fulfilled", "terme"], ["The term is computed"]),
        (["fulfilled", "bilan", "--by", "vile"], ["No party", "Nearest: ville"]),
        (["fulfilled", "bilan", "--by", "region"], ["“La Région” owes nothing of “bilan”", "Name one of: ville"]),
        (["fulfilled", "bilan", "--site", "est"], ["No site is called “est”"]),
        (["fulfilled", "bilan", "--on", "2026-11-24"], ["still to come"]),
        (["fulfilled", "bilan", "--on", "demain"], ["is no date"]),
        (["fulfilled", "avis"], ["nothing had been asked under “avis”", "record the request"]),
        (["fulfilled", "points", "--occurrence", "2026-05-01"], ["no occurrence on 1 May 2026", "2026-04-01"]),
        (["fulfilled", "bilan", "--occurrence", "2026-05-01"], ["no occurrence"]),
        (["fulfilled", "bilan", "--cure", "P1M"], ["--cure does not go with performance"]),
        (["fulfilled", "bilan", "--to", "etat"], ["--to does not go with performance"]),
        (["fulfilled", "bilan", "--end"], ["--end does not go with performance"]),
        (["fulfilled", "bilan", "--note", "a\x85b"], ["note: the character U+0085"]),
        (["fulfilled", "bilan", "--who", "\x1b[31mx"], ["U+001B"]),
        (["fulfilled", "bilan", "--note", ""], ["needs a value"]),
        (["resumed", "bilan"], ["“bilan” is resumed, and was not suspended"]),
        (["notified", "bilan", "--cure", "un mois"], ["is not a period"]),
        (["triggered", "bilan"], ["is not owed on request"]),
        (["triggered", "avis", "--to", "region"], ["“La Région” owes nothing of “avis”"]),
        (["occurred", "debut"], ["“debut” already has a date: 1 October 2025"]),
        (["occurred", "bilan"], ["“bilan” is an engagement: qp record performance bilan"]),
        (["occurred", "signatur"], ["No event is called", "signature"]),
        (["occurred", "signature", "--to", "ville"], ["asks nothing of anybody"]),
        (["amended", "terme"], ["--title is missing"]),
        (["amended", "terme", "--title", "n° 1"], ["one of --extend, --due-on, --end"]),
        (["amended", "terme", "--title", "n° 1", "--extend", "P1M", "--end"], ["one of"]),
        (["amended", "terme", "--title", "n° 1", "--end"], ["term cannot be ended"]),
        (["amended", "terme", "--title", "n° 1", "--extend", "12"], ["is not a period"]),
        (["amended", "terme", "--title", "n° 1", "--extend", "P9999Y"], ["Dates are computed"]),
        (["amended", "bilan", "--title", "n° 1", "--extend", "P1M"], ["no period in months or days"]),
        (["amended", "rien", "--title", "n° 1", "--extend", "P1M"], ["No engagement is called"]),
        (
            ["amended", "plan", "--title", "a", "--extend", "P1M", "--on", "2026-11-01", "--signed", "2026-12-01"],
            ["to come"],
        ),
        (["voided", "f-rien"], ["No fact is called"]),
        (["fulfilled", "bilan", "de", "trop"], ["not expected"]),
    ],
    ids=lambda value: " ".join(value).encode("ascii", "replace").decode() or "nothing",
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(record, journal, folder, arguments, words):
    refused(record(*arguments), *words)
    assert journal() == ""
    assert sorted(path.name for path in (folder / "data").iterdir()) == ["convention.yaml", "sites.yaml"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (["fulfilled", "bilan"], ["fulfilled", "bilan"], ["“bilan” was already discharged by “f-"]),
        (["fulfilled", "bilan"], ["waived", "bilan"], ["already discharged"]),
        (["waived", "bilan"], ["fulfilled", "bilan"], ["already discharged"]),
        (["waived", "veille"], ["fulfilled", "veille"], ["already discharged"]),
        (["breached", "bilan"], ["breached", "bilan"], ["already recorded"]),
        (
            ["suspended", "bilan", "--on", "2026-09-01"],
            ["suspended", "bilan"],
            ["“bilan” is suspended, and already was"],
        ),
        (["suspended", "bilan"], ["resumed", "bilan"], ["suspended and resumed on one day, 23 November 2026"]),
        (
            ["suspended", "bilan", "--on", "2026-09-02"],
            ["resumed", "bilan", "--on", "2026-09-01"],
            ["was not suspended"],
        ),
        (["occurred", "signature"], ["occurred", "signature"], ["already has a date"]),
        (
            ["amended", "veille", "--end", "--title", "a"],
            ["amended", "veille", "--end", "--title", "b"],
            ["no longer owed"],
        ),
        (["amended", "avis", "--end", "--title", "a"], ["triggered", "avis"], ["“avis” was ended by the avenant"]),
        (
            ["occurred", "demande", "--on", "2026-11-10"],
            ["fulfilled", "avis", "--on", "2026-11-09"],
            ["nothing had been asked"],
        ),
    ],
    ids=" ".join,
)
def test_what_is_settled_stays_settled(record, journal, before, after, words):
    recorded(record(*before))
    text = journal()
    refused(record(*after), *words)
    assert journal() == text


def test_an_answer_to_a_request(record):
    recorded(record("occurred", "demande", "--on", "2026-10-01"))
    _, effects = recorded(record("fulfilled", "avis", "--by", "etat", "--on", "2026-11-05"))
    assert effects == ["avis/etat@2026-10-01: overdue → fulfilled after the date, 4 days"]


SERVED = "qp: It serves the oldest one still owed, {}: written as its occurrence.\n"


@pytest.mark.parametrize(
    ("arguments", "served", "written"),
    [
        (["points", "--on", "2026-03-30"], "points/ville@2026-04-01", "2026-04-01"),
        (["points", "--by", "commune"], "points/ville@2026-04-01", "2026-04-01"),
        (["avis", "--by", "etat"], "avis/etat@2026-10-01", "2026-10-01"),
        (["avis"], "avis/ville@2026-10-01, avis/etat@2026-10-01", "2026-10-01"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_the_occurrence_that_a_performance_serves_is_written_and_said(record, journal, arguments, served, written):
    recorded(record("occurred", "demande", "--on", "2026-10-01"))
    recorded(record("occurred", "demande", "--on", "2026-11-02"))
    answer = record("fulfilled", *arguments)
    _, effects = recorded(answer)
    assert answer.err == SERVED.format(served)
    assert f"    engagement: {arguments[0]}\n" in journal()
    assert f"    occurrence: {written}\n    on: 2026" in journal()
    assert [line.partition(":")[0] for line in effects] == served.split(", ")


def test_one_performance_after_the_other_serves_one_occurrence_after_the_other(record, journal):
    for day in ("2026-04-01", "2026-10-01", "2027-04-01"):
        assert record("fulfilled", "points").err == SERVED.format(f"points/ville@{day}")
    answer = record("fulfilled", "points")
    _, effects = recorded(answer)
    assert answer.err == "qp: warning: No occurrence of “points” was owed on 23 November 2026: kept as evidence\n"
    assert effects == ["points/ville@2027-04-01: still fulfilled"]
    assert journal().count("    occurrence: ") == 3


def test_a_performance_that_leaves_nothing_to_one_recorded_before_is_refused(record, journal):
    name, _ = recorded(record("fulfilled", "points", "--on", "2026-04-01"))
    text = journal()
    answer = record("fulfilled", "points", "--on", "2026-03-01")
    refused(answer, f"performance of 1 April 2026 ({name})", "--occurrence", f"qp record voided {name} --data ")
    assert journal() == text


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (["notified", "plan", "--on", "2026-11-02"], ["fulfilled", "plan", "--on", "2026-09-15"], "fulfilled"),
        (["suspended", "bilan", "--on", "2026-09-20"], ["fulfilled", "bilan", "--on", "2026-09-15"], "fulfilled"),
        (["waived", "bilan", "--on", "2026-10-20"], ["fulfilled", "bilan", "--on", "2026-09-15"], "fulfilled"),
        (["breached", "bilan", "--on", "2026-10-20"], ["fulfilled", "bilan", "--on", "2026-09-15"], "fulfilled"),
        (["notified", "bilan", "--on", "2026-11-02"], ["waived", "bilan", "--on", "2026-10-20"], "discharged"),
        (["suspended", "bilan", "--on", "2026-10-21"], ["waived", "bilan", "--on", "2026-10-20"], "discharged"),
        (["notified", "veille", "--on", "2026-11-02"], ["waived", "veille", "--on", "2026-10-20"], "discharged"),
    ],
    ids=" ".join,
)
def test_what_happened_before_a_fact_that_is_recorded_already_is_recorded_all_the_same(record, before, after, state):
    name, _ = recorded(record(*before))
    answer = record(*after)
    _, effects = recorded(answer)
    assert f"→ {state}" in effects[0]
    if before[0] != "breached":
        assert f"({name}), which has no effect any more" in answer.err
        assert f"qp record voided {name} --data " in answer.err


@pytest.mark.parametrize(
    ("before", "what"),
    [
        (["fulfilled", "bilan", "--on", "2026-10-20"], "performance of 20 October 2026"),
        (["waived", "bilan", "--on", "2026-10-20"], "waiver of 20 October 2026"),
    ],
)
def test_a_letter_that_was_sent_too_late_is_recorded_with_the_word_that_it_has_no_effect(record, journal, before, what):
    name, _ = recorded(record(*before))
    answer = record("notified", "bilan", "--on", "2026-11-02")
    recorded(answer)
    assert f"already discharged by “{name}” ({what}): the formal notice has no effect" in answer.err
    assert "kind: notified" in journal()
    refused(record("suspended", "bilan", "--on", "2026-11-03"), f"“{name}” ({what})")


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("fulfilled", ["bilan", "--on", "2026-10-20"], ["bilan", "--on", "2026-09-15"]),
        ("fulfilled", ["bilan", "--on", "2026-10-20"], ["bilan/ville", "--on", "2026-09-15"]),
        ("waived", ["bilan", "--on", "2026-10-20"], ["bilan", "--on", "2026-09-15"]),
        ("breached", ["bilan", "--on", "2026-10-20"], ["bilan", "--on", "2026-10-15"]),
        ("suspended", ["bilan", "--on", "2026-09-20"], ["bilan", "--on", "2026-09-15"]),
        ("terminated", ["--on", "2026-03-20"], ["--on", "2026-03-15"]),
    ],
)
def test_what_may_be_one_fact_with_two_days_is_refused_and_the_command_helps(record, kind, first, second):
    name, _ = recorded(record(kind, *first))
    line = refused(record(kind, *second), f"({name})", "would leave nothing", "there is nothing to record")
    _, command = line.split("cancel it first: qp record ")
    words = command.split()
    recorded(record(*words[: words.index("--data")]))
    recorded(record(kind, *second))


def test_a_termination_by_another_party_is_recorded_beside_the_first(record):
    name, _ = recorded(record("terminated", "--on", "2026-03-20", "--by", "ville"))
    answer = record("terminated", "--on", "2026-03-15", "--by", "etat")
    recorded(answer)
    assert f"termination of 20 March 2026 ({name}), which has no effect any more" in answer.err


def test_where_each_debtor_owes_another_occurrence_none_is_written(record, journal):
    recorded(record("occurred", "demande", "--on", "2026-10-01"))
    recorded(record("occurred", "demande", "--on", "2026-10-05", "--to", "ville"))
    recorded(record("fulfilled", "avis", "--by", "ville", "--on", "2026-10-02"))
    answer = record("fulfilled", "avis", "--on", "2026-10-06")
    recorded(answer)
    assert answer.err == (
        "qp: It serves the oldest one that each still owes: avis/ville@2026-10-05, avis/etat@2026-10-01; "
        "no occurrence is written.\n"
    )
    assert journal().count("    occurrence: ") == 1


def test_what_is_named_needs_no_word(record):
    assert record("fulfilled", "points", "--occurrence", "2026-10-01").err == ""
    assert record("fulfilled", "bilan").err == ""


def test_a_suspension_and_its_end(record):
    recorded(record("suspended", "bilan", "--on", "2026-09-01"))
    _, effects = recorded(record("resumed", "bilan", "--on", "2026-11-20"))
    # A day that the text names is no period that runs: the suspension leaves it where it is.
    assert effects == ["bilan/ville: suspended → overdue, 53 days"]


def test_voiding_cancels_and_can_itself_be_cancelled(record, journal):
    name, _ = recorded(record("fulfilled", "bilan", "--on", "2026-09-30", QP_AS_OF="2026-11-20"))
    first, effects = recorded(record("voided", name.upper(), QP_AS_OF="2026-11-21"))
    assert effects == ["bilan/ville: fulfilled → overdue, 51 days"]
    refused(record("voided", name), f"“{name}” is already cancelled")
    _, effects = recorded(record("voided", first))
    assert effects == ["bilan/ville: overdue → fulfilled"]
    assert journal().count("- id: ") == 3


def test_what_other_facts_rest_on_cannot_be_cancelled(record, journal):
    name, _ = recorded(record("triggered", "avis", "--on", "2026-11-02"))
    recorded(record("fulfilled", "avis", "--occurrence", "2026-11-02"))
    text = journal()
    refused(record("voided", name), "cannot be recorded")
    assert journal() == text


def test_an_event_cancelled_can_have_its_date_again(record):
    name, _ = recorded(record("occurred", "signature", "--on", "2026-03-01"))
    recorded(record("voided", name))
    recorded(record("occurred", "signature", "--on", "2026-04-01"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fulfilled", "plan", "--on", "2025-09-15"], "warning: Dated 15 September 2025, and “plan” runs from"),
        (["fulfilled", "rapport"], "“rapport” is counted from what has no date: signature"),
        (["fulfilled", "soutien", "--on", "2025-09-15"], "warning: Dated 15 September 2025, and “soutien” runs from"),
        (["fulfilled", "points", "--on", "2025-09-30"], "warning: No occurrence of “points” was owed on 30 September"),
        (["fulfilled", "veille"], "“veille” runs on: performance is kept as evidence"),
        (["notified", "plan"], "No date of “plan” had passed on 23 November 2026; the first is 1 April 2027"),
        (["fulfilled", "bilan", "--site", "nord"], "warning: “bilan” is not kept site by site"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_is_unusual_is_recorded_and_said(record, journal, arguments, words):
    answer = record(*arguments)
    recorded(answer)
    assert answer.err.startswith("qp: ")
    assert answer.err.count("\n") == 1
    assert words in answer.err
    assert arguments[0] in journal()


def test_an_avenant_concluded_after_the_term_is_recorded_with_a_warning(record):
    answer = record("amended", "terme", "--extend", "P12M", "--title", "n° 1", QP_AS_OF="2027-10-15")
    recorded(answer)
    assert "Concluded on 15 October 2027, after “terme” had ended, on 1 October 2027" in answer.err


def test_an_avenant_may_take_effect_later(record, journal):
    answer = record(
        "amended", "terme", "--extend", "P12M", "--title", "n° 1", "--signed", "2026-11-01", "--effect", "2027-01-01"
    )
    _, (first, *effects) = recorded(answer)
    assert first == "It takes effect on 1 January 2027:"
    assert effects[0] == "terme: 1 October 2027 → 1 October 2028"
    assert "    on: 2026-11-01\n" in journal()


@pytest.mark.parametrize("margin", ["", "  ", "    "])
def test_a_dry_run_shows_the_yaml_as_far_from_the_margin_as_the_journal_has_its_facts(record, folder, margin):
    kept = f"format: qp/1\nfacts:\n{margin}- {{id: f-1, kind: fulfilled, engagement: bilan, on: 2026-10-12}}\n"
    (folder / "data" / "journal.yaml").write_text(kept, "utf-8")
    answer = record("voided", "f-1", "--on", "2026-10-13", "--dry-run")
    assert re.match(rf"{margin}- id: f-[a-z0-9]{{10}}\n{margin}  kind: voided\n", answer.out)


def test_a_dry_run_shows_the_yaml_and_the_effect_and_writes_nothing(record, journal, folder):
    answer = record(
        "fulfilled", "bilan", "--on", "2026-10-13", "--note", "reçu : oui\npar courrier", "--who", "Anne", "--dry-run"
    )
    assert answer.code == 0
    assert re.fullmatch(
        r"  - id: f-[a-z0-9]{10}\n    kind: fulfilled\n    engagement: bilan\n    on: 2026-10-13\n"
        r"    recorded: 2026-11-23\n    recorded_by: Anne\n    note: \"reçu : oui par courrier\"\n\n"
        r"bilan/ville: overdue → fulfilled after the date, 12 days\n",
        answer.out,
    )
    assert answer.err == "Nothing was written: this is what would be.\n"
    assert journal() == ""
    assert not (folder / "data" / ".journal.yaml.lock").exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("un\tdeux", "un deux"),
        ("un\ndeux", "un deux"),
        ("un\r\n\r\ndeux", "un deux"),
        ("  un \n\t deux\n", "un deux"),
        ("un  deux ", "un  deux "),
        ("C:\\Notes \\\\srv\\Nord\\n", "C:\\Notes \\\\srv\\Nord\\n"),
    ],
)
def test_a_tab_or_a_line_break_that_is_typed_becomes_a_blank_and_nothing_else_changes(record, journal, typed, kept):
    recorded(record("fulfilled", "bilan", "--note", typed, "--who", typed))
    avenant = ("amended", "plan", "--title", typed, "--extend", "P1M", "--on", "2026-11-01")
    recorded(record(*avenant))
    first, second = yaml.safe_load(journal())["facts"]
    assert (first["note"], first["recorded_by"], second["title"]) == (kept, kept, kept)


@pytest.mark.parametrize("mark", ["\r", "\x0b", "\x0c", "\x1b", "\x85", "\u2028", "\u202e", "\x7f"])
def test_the_other_control_characters_that_are_typed_stay_refused(record, journal, mark):
    for option in ("--note", "--who"):
        answer = record("fulfilled", "bilan", option, f"un{mark}deux")
        assert (answer.code, answer.out) == (2, "")
        assert "is not allowed" in answer.err
    assert journal() == ""


def test_a_note_of_blanks_alone_is_no_note(record, journal):
    assert record("fulfilled", "bilan", "--note", "\n\t").code == 2
    assert journal() == ""


def test_a_proof_is_a_page_or_a_file_of_the_folder_with_its_fingerprint(record, journal, folder, monkeypatch):
    proof = folder / "data" / "pièces" / "bilan n° 1.pdf"
    proof.parent.mkdir()
    proof.write_bytes(b"%PDF")
    recorded(record("fulfilled", "bilan", "--proof", "https://exemple.fr/bilan"))
    assert "    proof:\n      url: https://exemple.fr/bilan\n" in journal()
    for number, (where, path) in enumerate(
        ((folder, proof), (proof.parent, proof.name), (folder, "pièces/bilan n° 1.pdf"))
    ):
        monkeypatch.chdir(where)
        recorded(record("fulfilled", "veille", "--proof", str(path), "--note", str(number)))
    sha256 = hashlib.sha256(b"%PDF").hexdigest()
    assert (
        journal().count(f"    proof:\n      file: pièces/bilan n° 1.pdf\n      sha256: {sha256}\n")
        + journal().count(f'    proof:\n      file: "pièces/bilan n° 1.pdf"\n      sha256: "{sha256}"\n')
        + journal().count(f'      file: pièces/bilan n° 1.pdf\n      sha256: "{sha256}"\n')
        == 3
    )


def test_a_proof_elsewhere_is_refused(record, journal, folder, tmp_path):
    outside = tmp_path / "dehors.pdf"
    outside.write_bytes(b"x")
    refused(record("fulfilled", "bilan", "--proof", str(outside)), "outside")
    refused(record("fulfilled", "bilan", "--proof", str(folder / "data" / ".." / ".." / "dehors.pdf")), "outside")
    refused(record("fulfilled", "bilan", "--proof", str(folder / "data" / "rien.pdf")), "no such file or folder")
    refused(record("fulfilled", "bilan", "--proof", str(folder / "data")), "it is a folder")
    refused(record("fulfilled", "bilan", "--proof", "ftp://exemple.fr/x"), "no such file")
    refused(record("fulfilled", "bilan", "--proof", "https://exemple.fr/a b"), "no such file")
    link = folder / "data" / "lien.pdf"
    try:
        link.symlink_to(outside)
    except OSError:
        return
    refused(record("fulfilled", "bilan", "--proof", str(link)), "outside")
    assert journal() == ""


def test_nothing_else_is_ever_written(record, folder):
    before = {path.name: path.read_bytes() for path in (folder / "data").iterdir()}
    recorded(record("amended", "terme", "--extend", "P12M", "--title", "n° 1"))
    recorded(record("fulfilled", "bilan"))
    after = {path.name: path.is_file() and path.read_bytes() for path in (folder / "data").iterdir()}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= {"journal.yaml", ".journal.yaml.lock"}


def test_without_a_repository_nothing_is_recorded(qp, outside):
    answer = qp("record", "fulfilled", "feuille-de-route")
    assert (answer.code, answer.out) == (3, "")
    assert list(outside.iterdir()) == []


def test_a_broken_repository_is_left_alone(qp, repository):
    folder = repository(journal=[{"id": "f-1", "kind": "autre"}])
    before = (folder / "data" / "journal.yaml").read_bytes()
    answer = qp("record", "fulfilled", "bilan", "--data", str(folder))
    assert (answer.code, answer.out) == (3, "")
    assert "journal.yaml:" in answer.err
    assert (folder / "data" / "journal.yaml").read_bytes() == before


def test_who_is_the_name_git_knows(qp, repository, tmp_path):
    import os
    import shutil

    if not shutil.which("git"):
        pytest.skip("no git here")
    folder = repository()
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Zoé l'Œil\n", "utf-8")
    environ = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1"}
    assert qp("record", "fulfilled", "bilan", "--data", str(folder), environ=environ).code == 0
    assert "    recorded_by: Zoé l'Œil\n" in (folder / "data" / "journal.yaml").read_text("utf-8")


def test_the_id_that_is_announced_is_the_one_that_is_written(record, journal):
    for _ in range(3):
        name, effects = recorded(record("triggered", "avis", "--to", "etat", "--on", "2026-11-05"))
        assert f"- id: {name}\n" in journal()
    assert effects == [f"avis/etat@2026-11-05~{name}: new, due soon"]


def test_a_fact_that_was_cancelled_is_not_told_as_the_same(record):
    first, _ = recorded(record("triggered", "avis"))
    recorded(record("voided", first))
    again = record("triggered", "avis")
    assert "less than a minute ago" not in again.err
    assert f"as {recorded(again)[0]}." in record("triggered", "avis").err
