"""`qp log`: the journal, newest last, with filters."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import ROOT, small_convention

SHIPPED = (ROOT / "data" / "convention.yaml").read_text("utf-8")


def agreed():
    return small_convention(
        parties=[
            {"id": "ville", "name": "La Ville", "aliases": ["mairie"]},
            {"id": "service", "name": "Le Service", "organ_of": "ville"},
            {"id": "region", "name": "La Région"},
            {"id": "etat", "name": "L'État"},
        ],
        groups=[{"id": "partenaires", "name": "Les partenaires", "members": ["ville", "region"]}],
        events=[{"id": "signature", "title": "Signature de la Convention"}],
        term={"due": {"within": "P24M", "from": "signature"}},
        engagements=[
            {
                "id": "bilan",
                "title": "Remettre le bilan",
                "debtors": ["ville"],
                "kind": "one-off",
                "due": {"on": "2026-10-01"},
                "sites": ["nord", "sud"],
            },
            {"id": "avis", "title": "Rendre un avis", "debtors": ["region"], "kind": "on-request"},
            {"id": "veille", "title": "Veiller", "debtors": ["ville", "region"], "kind": "continuing"},
        ],
    )


SITES = [{"id": "nord", "name": "Gare du Nord", "commune": "Bourg"}, {"id": "sud", "name": "Port", "commune": "Bourg"}]
CHANGES = [
    {"change": "extend", "target": "terme", "by": "P12M"},
    {"change": "due", "target": "bilan", "due": {"within": "P6M", "from": "signature"}},
    {
        "change": "due",
        "target": "veille",
        "due": {"earliest_of": [{"on": "2027-01-01"}, {"within": "P1M", "from": "bilan"}]},
    },
    {"change": "debtors", "target": "veille", "debtors": ["region"]},
    {"change": "end", "target": "avis"},
    {"change": "add", "engagement": {"id": "suite", "title": "Suivre", "debtors": ["ville"], "kind": "continuing"}},
]
JOURNAL = [
    {
        "id": "f-done",
        "kind": "fulfilled",
        "engagement": "bilan",
        "by": "ville",
        "sites": ["nord"],
        "on": "2026-09-20",
        "recorded": "2026-09-22",
        "recorded_by": "A. Martin",
        "note": "Remis en séance.",
        "proof": {"file": "preuves/bilan.pdf", "sha256": "0" * 64},
    },
    {
        "id": "f-sign",
        "kind": "occurred",
        "event": "signature",
        "on": "2026-01-15",
        "proof": {"url": "https://example.org/a"},
    },
    {"id": "f-ask", "kind": "triggered", "engagement": "avis", "by": "ville", "to": ["region"], "on": "2026-03-01"},
    {
        "id": "f-avenant",
        "kind": "amended",
        "title": "Avenant n° 1",
        "on": "2026-10-10",
        "signed": "2026-10-10",
        "effect": "2026-12-01",
        "changes": CHANGES,
    },
    {"id": "f-void", "kind": "voided", "fact": "f-done", "on": "2026-10-02", "note": "Pièce erronée."},
    {"id": "f-notice", "kind": "notified", "engagement": "veille", "by": "region", "cure": "P15D", "on": "2026-11-02"},
    {"id": "f-later", "kind": "waived", "engagement": "veille", "on": "2026-12-24"},
]
ORDER = ["f-sign", "f-ask", "f-done", "f-void", "f-avenant", "f-notice"]


@pytest.fixture
def ask(qp, repository):
    folder = repository(agreed(), sites=SITES, journal=JOURNAL)

    def run(*arguments, **more):
        return qp("--data", str(folder), "log", *arguments, **more)

    return run


def ids(answer):
    assert (answer.code, answer.err) == (0, "")
    return [fact["id"] for fact in answer.json["facts"]]


def test_the_newest_comes_last_whatever_the_order_of_the_file(ask):
    assert ids(ask("--format", "json")) == ORDER


def test_what_is_dated_after_the_day_looked_at_is_counted_only(ask):
    assert ids(ask("--format", "json", "--as-of", "2026-12-31")) == [*ORDER, "f-later"]
    assert ids(ask("--format", "json", "--as-of", "2026-03-01")) == ORDER[:2]
    assert "1 fact is dated later than 23 November 2026." in ask().out
    assert "5 facts are dated later than 1 March 2026." in ask("--as-of", "2026-03-01").out


def test_each_fact_in_full(ask):
    out = ask().out
    assert out.startswith("Convention d'essai\nJournal on Monday 23 November 2026: 6 facts\n")
    assert (
        "\n20 Sep 2026  performance recorded [f-done]\n"
        "             bilan: Remettre le bilan\n"
        "             by La Ville; at Gare du Nord\n"
        "             note: Remis en séance.\n"
        "             proof: preuves/bilan.pdf\n"
        "             recorded on 22 September 2026 by A. Martin\n"
        "             cancelled on 2 October 2026 by [f-void]\n"
    ) in out
    assert "cancels [f-done]: performance recorded, 20 September 2026" in out
    assert "signature: Signature de la Convention" in out
    assert "by La Ville; to La Région" in out
    assert "             addressed to: La Région\n             cure period: 15 days\n" in out


@pytest.mark.parametrize(
    ("kind", "by", "english", "french"),
    [
        ("breached", "etat", "debtor: État", "débiteur\u00a0: État"),
        ("notified", "metropole", "addressed to: Métropole AMP", "adressée à\u00a0: Métropole AMP"),
        ("waived", "anru", "debtor: ANRU", "débiteur\u00a0: ANRU"),
        ("suspended", "etat", "debtor: État", "débiteur\u00a0: État"),
        ("fulfilled", "etat", "by État", "par l'État"),
        ("fulfilled", "metropole", "by Métropole AMP", "par la Métropole AMP"),
        ("fulfilled", "anru", "by ANRU", "par l'ANRU"),
    ],
)
def test_by_is_whom_a_fact_concerns_and_only_of_a_performance_who_acts(qp, repository, kind, by, english, french):
    """A breach is no act of the State, nor a formal notice one of the party that receives it."""
    fact = {"id": "f-1", "kind": kind, "engagement": "meilleurs-efforts", "by": by, "on": "2022-05-02"}
    folder = repository(SHIPPED, journal=[fact])
    said = {"en": english, "fr": french}
    for language, words in said.items():
        lines = [line.strip() for line in qp("--data", str(folder), "--lang", language, "log").lines]
        assert words in lines


def test_a_request_says_who_asks_and_whom(qp, repository):
    fact = {"id": "f-1", "kind": "triggered", "engagement": "instruction-projets", "on": "2022-06-01"}
    folder = repository(SHIPPED, journal=[{**fact, "by": "metropole", "to": ["anct", "anru"]}])
    lines = [line.strip() for line in qp("--data", str(folder), "--lang", "fr", "log").lines]
    assert "par la Métropole AMP\u00a0; à destination de\u00a0: ANCT, ANRU" in lines


def test_an_avenant_says_what_it_changes(ask):
    out = ask("--kind", "amended").out
    for line in (
        "Avenant n° 1",
        "signed on 10 October 2026; in effect from 1 December 2026",
        "terme: period longer by 12 months",
        "bilan: due within 6 months of signature",
        "veille: due on the first of: on 1 January 2027; within 1 month of bilan",
        "veille: owed by La Région",
        "avis: no longer owed",
        "suite: new engagement, Suivre",
    ):
        assert f"             {line}\n" in out
    assert "veille\u00a0: dû par la Région\n" in ask("--kind", "amended", "--lang", "fr").out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_narrow_terminal_cuts_nothing(ask, language, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    answer = ask("--lang", language, terminal=True)
    assert max(map(len, answer.lines)) <= 50
    assert "".join(answer.out.split()) == "".join(ask("--lang", language).out.split())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--kind", "fulfilled"], ["f-done"]),
        (["--kind", "fulfilled,VOIDED", "--kind", "occurred"], ["f-sign", "f-done", "f-void"]),
        (["--since", "2026-10-02"], ["f-void", "f-avenant", "f-notice"]),
        (["--since", "02/10/2026", "--until", "2026-10-10"], ["f-void", "f-avenant"]),
        (["--until", "2025-12-31"], []),
        (["--engagement", "bilan"], ["f-done", "f-void", "f-avenant"]),
        (["--engagement", "avis"], ["f-ask", "f-avenant"]),
        (["--engagement", "AVIS", "--engagement", "bilan"], ["f-ask", "f-done", "f-void", "f-avenant"]),
        (["--engagement", "terme"], ["f-avenant"]),
        (["--party", "mairie"], ["f-sign", "f-ask", "f-done", "f-void", "f-avenant"]),
        (["--party", "service"], ["f-sign", "f-avenant"]),
        (["--party", "La Région"], ["f-sign", "f-ask", "f-avenant", "f-notice"]),
        (["--party", "etat"], ["f-sign", "f-avenant"]),
        (["--party", "partenaires"], ORDER),
        (["--site", "Gare du Nord"], ORDER),
        (["--site", "sud"], ["f-sign", "f-ask", "f-avenant", "f-notice"]),
        (["--party", "ville", "--kind", "voided", "--since", "2026-10-01"], ["f-void"]),
    ],
)
def test_filters_keep_what_is_asked_and_what_concerns_everybody(ask, arguments, expected):
    assert ids(ask(*arguments, "--format", "json")) == expected


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--party", "vile"], "Nearest: ville"),
        (["--engagement", "bilna"], "Nearest: bilan"),
        (["--site", "nrod"], "Nearest: nord"),
        (["--kind", "done"], "--kind: “done” is not one of performance (fulfilled), request (triggered)"),
        (["--since", "hier"], "is no date"),
        (["--until", "2026-02-30"], "There is no such day"),
        (["--format", "xml"], "is not one of table, json, csv, md"),
    ],
)
def test_what_nobody_knows_is_one_line(ask, arguments, words):
    answer = ask(*arguments)
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.splitlines()
    assert words in line


def test_the_record_of_a_fact_has_every_key_whatever_its_kind(ask):
    facts = {fact["id"]: fact for fact in ask("--format", "json").json["facts"]}
    (keys,) = {tuple(fact) for fact in facts.values()}
    assert keys[:4] == ("id", "kind", "on", "effective_on")
    assert facts["f-done"] == {
        **dict.fromkeys(keys),
        "id": "f-done",
        "kind": "fulfilled",
        "on": "2026-09-20",
        "effective_on": "2026-09-20",
        "recorded": "2026-09-22",
        "recorded_by": "A. Martin",
        "target": "bilan",
        "title": "Remettre le bilan",
        "engagement": "bilan",
        "by": "ville",
        "to": [],
        "sites": ["nord"],
        "changes": [],
        "note": "Remis en séance.",
        "proof": {"url": None, "file": "preuves/bilan.pdf", "sha256": "0" * 64},
        "cancelled_by": "f-void",
        "part": None,
        "partly": False,
        "engagements": ["bilan"],
        "term": None,
    }
    assert facts["f-void"]["cancels"] == "f-done"
    assert (facts["f-avenant"]["signed"], facts["f-avenant"]["effective_on"]) == ("2026-10-10", "2026-12-01")
    assert facts["f-notice"]["cure"] == "P15D"


CHANGE_KEYS = (
    *("change", "target", "by", "due", "debtors", "engagement"),
    *("since", "occurrence", "debtor", "sites"),
    *("request", "party", "event", "site", "member", "group", "holder", "role", "engagements"),
)
PART = {"since": "2026-03-01", "debtor": "ville", "sites": ["nord", "sud"]}


@pytest.mark.parametrize(
    ("change", "english", "french"),
    [
        (
            {"change": "end", "target": "bilan", **PART},
            (
                "bilan: no longer owed "
                "(for what falls due from 1 March 2026 on; only for La Ville; only at the sites nord, sud)"
            ),
            (
                "bilan : n'est plus dû (pour ce qui échoit à compter du 1er mars 2026 ; seulement pour la Ville ; "
                "seulement aux sites nord, sud)"
            ),
        ),
        (
            {"change": "debtors", "target": "veille", "debtors": ["etat"], "debtor": "region"},
            "veille: owed by L'État (debtor replaced: La Région)",
            "veille : dû par l'État (débiteur remplacé : la Région)",
        ),
        (
            {"change": "due", "target": "points", "occurrence": "2027-01-15", "due": {"on": "2027-02-01"}},
            "points: due on 1 February 2027 (only the occurrence of 15 January 2027)",
            "points : échéance le 1er février 2027 (seulement l'occurrence du 15 janvier 2027)",
        ),
    ],
)
def test_what_alone_a_change_reaches_is_said_and_recorded(qp, repository, change, english, french):
    declared = agreed()
    yearly = {"every": "P1Y", "from": "2026-01-15", "until": "2028-01-15"}
    declared["engagements"].append(
        {"id": "points", "title": "Faire le point", "debtors": ["etat"], "kind": "recurring", "due": yearly}
    )
    fact = {"id": "a-1", "kind": "amended", "title": "Avenant", "on": "2026-06-01", "changes": [change]}
    folder = str(repository(declared, sites=SITES, journal=[fact]))
    assert f" {english}\n" in qp("--data", folder, "log").out
    assert f" {french}\n" in qp("--data", folder, "log", "--lang", "fr").out
    (found,) = qp("--data", folder, "log", "--format", "json").json["facts"]
    assert found["changes"] == [{**dict.fromkeys(CHANGE_KEYS), **change}]


def test_the_record_of_an_avenant_has_its_changes_as_they_are_written(ask):
    (fact,) = ask("--kind", "amended", "--format", "json").json["facts"]
    none = dict.fromkeys(CHANGE_KEYS)
    expected = [{**none, **change} for change in CHANGES]
    expected[-1]["target"] = "suite"
    assert fact["changes"] == expected


@pytest.mark.parametrize(
    ("change", "target", "english", "french"),
    [
        (
            {"party": {"id": "agence", "name": "Agence"}},
            "agence",
            "agence: new party, Agence",
            "agence\u00a0: nouvelle partie, Agence",
        ),
        (
            {"event": {"id": "pose", "title": "Pose"}},
            "pose",
            "pose: new event, Pose",
            "pose\u00a0: nouvel événement, Pose",
        ),
        (
            {"site": {"id": "est", "name": "Est", "commune": "X"}},
            "est",
            "est: new site, Est",
            "est\u00a0: nouveau site, Est",
        ),
    ],
)
def test_what_an_avenant_adds_is_said_and_recorded(qp, repository, change, target, english, french):
    added = {"change": "add", **change}
    fact = {"id": "a-1", "kind": "amended", "title": "Avenant", "on": "2026-06-01", "changes": [added]}
    folder = str(repository(agreed(), sites=SITES, journal=[fact]))
    assert f" {english}\n" in qp("--data", folder, "log").out
    assert f" {french}\n" in qp("--data", folder, "log", "--lang", "fr").out
    (found,) = qp("--data", folder, "log", "--format", "json").json["facts"]
    assert found["changes"] == [{**dict.fromkeys(CHANGE_KEYS), **added, "target": target}]


def test_a_sheet_has_one_line_per_fact(ask):
    heading, *rows = ask("--format", "csv").rows
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [row["id"] for row in found] == ORDER
    avenant = found[4]
    assert avenant["changes"] == "extend:terme due:bilan due:veille debtors:veille end:avis add:suite"
    assert found[2]["proof"] == "preuves/bilan.pdf"


def test_markdown_has_one_row_per_fact(ask):
    lines = ask("--format", "md").lines
    assert len(lines) == 2 + len(ORDER)
    assert lines[0] == "| Day | Fact | About | Details | Id |"


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_an_empty_journal(qp, repository, form):
    answer = qp("--data", str(repository()), "log", "--format", form)
    assert (answer.code, answer.err) == (0, "")
    if form == "table":
        assert answer.out == "Convention d'essai\nJournal on Monday 23 November 2026: no fact recorded.\n"
    elif form == "json":
        assert answer.json["facts"] == []


def test_no_fact_that_matches_is_no_empty_journal(ask):
    assert "no fact matches." in ask("--until", "2020-01-01").out


def test_a_cancelled_cancellation_has_no_effect(qp, repository):
    again = {"id": "f-back", "kind": "voided", "fact": "f-void", "on": "2026-10-03"}
    folder = repository(agreed(), sites=SITES, journal=[*JOURNAL, again])

    def cancelled(as_of):
        facts = qp("--data", str(folder), "log", "--format", "json", "--as-of", as_of).json["facts"]
        return {fact["id"]: fact["cancelled_by"] for fact in facts if fact["cancelled_by"]}

    assert cancelled("2026-10-01") == {}
    assert cancelled("2026-10-02") == {"f-void": "f-back"}
    assert cancelled("2026-10-03") == {"f-void": "f-back"}


def test_a_cancelled_fact_is_told_as_cancelled_at_every_day_since_it_never_held(qp, repository):
    folder = repository(agreed(), sites=SITES, journal=JOURNAL)
    for as_of in ("2026-10-01", "2026-10-02", "2026-10-03"):
        facts = qp("--data", str(folder), "log", "--format", "json", "--as-of", as_of).json["facts"]
        told = {fact["id"]: fact["cancelled_by"] for fact in facts if fact["cancelled_by"]}
        assert told == ({"f-done": "f-void"} if "f-done" in {fact["id"] for fact in facts} else {})


def test_a_note_cannot_act_on_the_terminal_or_on_a_sheet(qp, repository):
    folder = repository(journal=[{**JOURNAL[0], "sites": [], "note": "ok"}])
    path = folder / "data" / "journal.yaml"
    path.write_text(path.read_text("utf-8").replace("note: ok", 'note: "=1+1\\n# titre | <b>"'), "utf-8")
    out = qp("--data", str(folder), "log").out
    assert "note: =1+1 # titre | <b>" in out
    heading, row = qp("--data", str(folder), "log", "--format", "csv").rows
    assert dict(zip(heading, row, strict=True))["note"].startswith("'=")
    assert "\\# titre \\| \\<b\\>" in qp("--data", str(folder), "log", "--format", "md").out


@pytest.mark.usefixtures("outside")
def test_the_convention_that_comes_with_qp_has_an_empty_journal(qp):
    answer = qp("log")
    assert answer.code == 0
    assert "no fact recorded" in answer.out
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("target", "due", "words"),
    [
        ("bilan", {"on": "2027-01-31"}, "due on 31 January 2027"),
        ("bilan", {"at_the_latest": "P2M", "before": "terme"}, "due at the latest 2 months before terme"),
        (
            "bilan",
            {"at_least": "10 jours ouvrés", "before": "2027-01-31"},
            "due at least 10 jours ouvrés before 31 January 2027",
        ),
        ("avis", {"within": "P1M"}, "due within 1 month of the request"),
        (
            "bilan",
            {"latest_of": [{"on": "2027-01-31"}, {"on": "2027-02-28"}]},
            "due on the last of: on 31 January 2027; on 28 February 2027",
        ),
        ("points", {"every": "P1Y", "from": "signature"}, "due every 1 year from signature until terme"),
        (
            "points",
            {"every": "P1Y", "first": "2026-12-31"},
            "due every 1 year, the first on 31 December 2026, until terme",
        ),
        (
            "points",
            {"rrule": "FREQ=YEARLY", "from": "signature"},
            "due by the rule FREQ=YEARLY from signature until terme",
        ),
        (
            "points",
            {"within": "P6M", "from": {"every": "P1Y", "from": "2026-12-31"}},
            "due within 6 months of each: every 1 year from 31 December 2026 until terme",
        ),
    ],
)
def test_every_form_of_due_date_has_words_and_is_recorded_as_it_is_written(qp, repository, target, due, words):
    declared = agreed()
    yearly = {"every": "P2Y", "from": "signature"}
    declared["engagements"].append(
        {"id": "points", "title": "Faire le point", "debtors": ["etat"], "kind": "recurring", "due": yearly}
    )
    change = {"change": "due", "target": target, "due": due}
    fact = {"id": "a-1", "kind": "amended", "title": "Avenant", "on": "2026-06-01", "changes": [change]}
    folder = repository(declared, sites=SITES, journal=[fact])
    assert f" {target}: {words}\n" in qp("--data", str(folder), "log").out
    (found,) = qp("--data", str(folder), "log", "--format", "json").json["facts"]
    assert found["changes"][0]["due"] == due


@pytest.mark.parametrize(
    ("change", "concerned"),
    [
        ({"change": "end", "target": "avis"}, {"region", "partenaires"}),
        ({"change": "debtors", "target": "avis", "debtors": ["etat"]}, {"region", "partenaires", "etat"}),
        (CHANGES[-1], {"ville", "partenaires"}),
    ],
)
def test_an_avenant_concerns_who_owed_and_who_will_owe_what_it_changes(qp, repository, change, concerned):
    fact = {"id": "a-1", "kind": "amended", "title": "Avenant", "on": "2026-06-01", "changes": [change]}
    folder = repository(agreed(), sites=SITES, journal=[fact])
    found = {
        party
        for party in ("ville", "region", "etat", "partenaires")
        if ids(qp("--data", str(folder), "log", "--party", party, "--format", "json"))
    }
    assert found == concerned


def test_who_wrote_a_fact_down_or_when_may_be_unknown(qp, repository):
    fact = {"kind": "waived", "engagement": "bilan", "on": "2026-06-01"}
    journal = [{"id": "f-1", **fact, "recorded_by": "B. Petit"}, {"id": "f-2", **fact, "recorded": "2026-06-02"}]
    out = qp("--data", str(repository(journal=journal)), "log").out
    assert "recorded by B. Petit\n" in out
    assert "recorded on 2 June 2026\n" in out


def test_a_suspension_of_all_is_about_every_engagement_in_words(qp, repository):
    journal = [{"id": "f-1", "kind": "suspended", "engagement": "all", "on": date(2022, 3, 1)}]
    folder = str(repository(journal=journal))
    said = qp("log", "--data", folder, "--lang", "fr").out
    assert "tous les engagements" in said
    assert "all" not in said.split()
