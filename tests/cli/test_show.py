"""`qp show`: one engagement in full, with the working of its date step by step."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("outside")


def test_the_roadmap_shows_its_working_and_the_three_dates(qp):
    answer = qp("show", "feuille-de-route")
    assert answer.code == 0
    steps = [line.strip() for line in answer.lines if line.strip()[:2] in {"1.", "2.", "3.", "4.", "5."}]
    kept = "the earliest reading is kept, 18 September 2021"
    assert steps == [
        "1. labellisation: Labellisation des quatorze territoires → Thursday 18 March 2021",
        "2. Counted from 18 March 2021, which is not counted itself",
        "3. 6 months: the months are counted once, by day number → Saturday 18 September 2021",
        "4. 18 September 2021 is not a working day: a Saturday",
        f"5. The text names no carry-over, and whether there is one is unsettled: {kept}",
    ]
    dates = answer.out.partition("is unsettled")[2]
    assert "  Saturday 18 September 2021  strict" in dates
    assert "  Friday 17 September 2021    prudent" in dates
    assert "  Monday 20 September 2021    carried over" in dates


def test_each_step_of_the_working_gives_its_source(qp):
    answer = qp("show", "feuille-de-route")
    assert "[contexte, dernier alinéa]" in answer.out
    # Unsettled: what admits a carry-over and what refuses one; 04-44.544 is about durées.
    assert "n° 06-19.567" in answer.out
    assert "fiche F32360" in answer.out
    assert "04-44.544" not in answer.out


def test_it_says_who_owes_what_under_which_clause_and_that_no_fact_is_recorded(qp):
    out = qp("show", "feuille-de-route").out
    for line in (
        "Clause: art. 1",
        "Owed by: Métropole AMP",
        "Kind: one-off",
        "Nature: result (obligation de résultat); a reader's qualification",
    ):
        assert f"{line}\n" in out
    assert "Support named by the text: État, Partenaires\n" in out  # it says "or": a list is not an "and"
    assert out.endswith("Facts\n  none recorded\n")
    assert "no fulfilment recorded" in out


def test_the_term_has_two_readings_and_no_carried_over_date(qp):
    answer = qp("show", "terme")
    assert "Working of Saturday 18 March 2023" in answer.lines
    assert "  Friday 17 March 2023" in answer.out
    assert "carried" not in answer.out
    assert "20 March 2023" not in answer.out
    record = qp("show", "terme", "--format", "json").json
    assert record["due"] == "2023-03-18"
    assert record["readings"] == [{"regime": "duree", "due": "2023-03-17"}]
    assert (record["strict"], record["prudent"], record["carried_over"]) == ("2023-03-18", "2023-03-17", None)
    assert not any("carry" in step["rule"] for step in record["steps"])


def test_its_json_holds_the_obligations_with_their_three_dates(qp):
    record = qp("show", "feuille-de-route", "--format", "json").json
    assert record["schema"] == "qp/1"
    assert record["engagement"] == "feuille-de-route"
    (one,) = record["obligations"]
    assert (one["strict"], one["prudent"], one["carried_over"]) == ("2021-09-18", "2021-09-17", "2021-09-20")
    assert one["due"] == "2021-09-18"


def test_an_engagement_reported_from_the_national_level_says_so_and_has_no_date(qp):
    out = qp("show", "instruction-projets").out
    assert "Made: at national level; the convention reports it" in out
    assert "awaits soumission d'une proposition par l'intercommunalité" in out
    assert "Working of" not in out


def test_an_organ_that_performs_is_named(qp):
    assert "Performed by: Coordonnateur" in qp("show", "coordonnateur-suivi").out


def test_a_date_derived_from_the_term_says_so(qp):
    assert "date derived from the term" in qp("show", "etat-referent").out


def test_before_the_approval_it_says_so(qp):
    assert "not yet approved" in qp("show", "feuille-de-route", "--as-of", "2021-10-01").out


def test_an_obligation_id_leads_to_its_engagement(qp):
    assert qp("show", "feuille-de-route/metropole").out == qp("show", "feuille-de-route").out


@pytest.mark.parametrize("name", ["FEUILLE-DE-ROUTE", "feuille de route", "Terme"])
def test_case_and_separators_do_not_matter(qp, name):
    assert qp("show", name).code == 0


def test_an_unknown_engagement_gets_the_nearest_and_exit_2(qp, shipped):
    assert shipped
    answer = qp("show", "feuille-de-rout")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("qp: No engagement and no event is called “feuille-de-rout”. ")
    assert answer.err.endswith(": feuille-de-route.\n")


def test_facts_are_listed_oldest_first_with_their_ids(qp, repository, small):
    journal = [
        {"id": "f-2", "kind": "fulfilled", "engagement": "bilan", "on": "2026-10-05", "note": "Envoyé."},
        {"id": "f-1", "kind": "notified", "engagement": "bilan", "on": "2026-10-02"},
    ]
    out = qp("show", "bilan", "--data", str(repository(small(), journal=journal))).out
    first, second = out.split("Facts\n")[1].splitlines()
    assert first.startswith("   2 Oct 2026")
    assert first.endswith("[f-1]")
    assert second.endswith("performance recorded – Envoyé. [f-2]")


NEIGHBOUR = ROOT / "tests" / "conventions" / "neighbour"
ORIGINS = {
    "en": {
        "bare": "1. request recorded [f-expertise] → Tuesday 10 May 2022",
        "event": "1. projet-soumis: Un porteur soumet un projet → Friday 8 April 2022",
        "asked": "1. request recorded [f-projet-4] → Monday 5 September 2022",
        "notice": "1. formal notice [f-5] → Wednesday 1 June 2022",
        "noted": "1. formal notice [f-6]: Second courrier → Friday 1 July 2022",
    },
    "fr": {
        "bare": "1. demande enregistrée [f-expertise] → mardi 10 mai 2022",
        "event": "1. projet-soumis\u00a0: Un porteur soumet un projet → vendredi 8 avril 2022",
        "asked": "1. demande enregistrée [f-projet-4] → lundi 5 septembre 2022",
        "notice": "1. mise en demeure [f-5] → mercredi 1er juin 2022",
        "noted": "1. mise en demeure [f-6]\u00a0: Second courrier → vendredi 1er juillet 2022",
    },
}


@pytest.mark.parametrize("code", ORIGINS)
def test_what_a_date_is_counted_from_is_said_in_words_whether_declared_or_recorded(qp, repository, small, code):
    said, asked = ORIGINS[code], ("--data", str(NEIGHBOUR), "--as-of", "2023-03-17", "--lang", code)
    assert f"  {said['bare']}" in qp("show", "expertise", *asked).lines
    lines = qp("show", "reponse", *asked).lines
    assert f"  {said['event']}" in lines
    assert lines[lines.index(f"  {said['event']}") + 1] == "     [art. 5]"
    assert lines[lines.index(f"  {said['asked']}") + 1] == "     [art. 5]"
    given = {"kind": "notified", "cure": "P1M"}
    facts = [{"id": "f-5", "engagement": "plan", "on": "2022-06-01", **given}]
    facts.append({"id": "f-6", "engagement": "bilan", "on": "2022-07-01", "note": "Second courrier", **given})
    owed = [{**small()["engagements"][0], "id": name, "due": {"on": "2022-05-01"}} for name in ("plan", "bilan")]
    folder = repository(small(engagements=owed), journal=facts)
    for name, key in (("plan", "notice"), ("bilan", "noted")):
        assert f"    {said[key]}" in qp("show", name, "--data", str(folder), "--lang", code).lines


def test_on_80_columns_long_lines_are_folded_and_no_word_is_lost(qp):
    narrow = qp("show", "feuille-de-route", terminal=True, environ={"NO_COLOR": "1"})
    assert max(map(len, narrow.lines)) <= 80
    assert narrow.out.split() == qp("show", "feuille-de-route").out.split()


@pytest.mark.parametrize("form", ["csv", "md"])
def test_as_a_sheet_it_holds_the_obligations_of_the_engagement_alone(qp, form):
    lines = qp("show", "partenaires-capitalisation", "--format", form).lines
    assert sum("partenaires-capitalisation" in line for line in lines) == 4
    assert len(lines if form == "csv" else lines[: lines.index("```text") - 1]) == {"csv": 5, "md": 6}[form]


def test_solidarity_is_said(qp, repository, small):
    one = small()["engagements"][0]
    declared = small(
        parties=[{"id": "ville", "name": "La Ville"}, {"id": "pays", "name": "Le Pays"}],
        engagements=[{**one, "debtors": ["ville", "pays"], "solidary": True}],
    )
    out = qp("show", "bilan", "--data", str(repository(declared))).out
    assert "Owed by: La Ville, Le Pays" in out
    assert "performance by any of them discharges all" in out


def test_a_convention_without_a_term_has_none_to_show(qp, repository):
    answer = qp("show", "terme", "--data", str(repository()))
    assert (answer.code, answer.out) == (2, "")
    assert "“terme”" in answer.err


def test_facts_are_in_the_order_they_count_not_that_of_their_ids(qp, repository, small):
    facts = [
        {"id": "a", "kind": "suspended", "engagement": "bilan", "on": "2026-03-01", "recorded": "2026-03-09"},
        {"id": "b", "kind": "notified", "engagement": "bilan", "on": "2026-03-01", "recorded": "2026-03-02"},
        {
            "id": "c",
            "kind": "amended",
            "title": "Avenant 1",
            "on": "2026-01-05",
            "effect": "2026-04-01",
            "changes": [{"change": "due", "target": "bilan", "due": {"on": "2026-12-31"}}],
        },
    ]
    folder = repository(small(), journal=facts)
    answer = qp("show", "bilan", "--data", str(folder))
    assert (answer.code, answer.err) == (0, "")
    below = answer.lines[answer.lines.index("Facts") + 1 :]
    assert [line.rpartition("[")[2] for line in below] == ["b]", "a]", "c]"]


def test_a_term_shows_every_step_that_the_law_gives_and_ends_on_its_date(qp, repository, small):
    for regime in ("quantieme", "ccag", "delai-franc", "ue-1182-71"):
        body = small(regime=regime, term={"clause": "art. 9", "due": {"within": "P24M", "from": "2021-03-18"}})
        folder = repository(body, name=regime)
        term = qp("show", "terme", "--format", "json", "--as-of", "2023-03-18", "--data", str(folder)).json
        assert [step["result"] for step in term["steps"] if step["result"]][-1] == term["due"] == "2023-03-18", regime
        assert not {step["rule"] for step in term["steps"]} & {"carry-over", "no-carry-over", "non-working-day"}


@pytest.fixture
def asked(qp):
    def ask(*arguments, code=0):
        answer = qp("show", *arguments, "--data", str(ROOT / "tests" / "conventions" / "entree-en-vigueur"))
        assert answer.code == code, answer.err
        return answer

    return ask


def test_an_event_that_follows_from_others_shows_how_its_day_was_reached_and_what_counts_from_it(asked):
    lines = [line.strip() for line in asked("vigueur", "--as-of", "2021-06-01").lines]
    assert lines[:4] == ["Entrée en vigueur", "vigueur", "", "Clause: art. 7"]
    assert "Working of Monday 31 May 2021" in lines  # the last of 12 April, 20 May and 31 May
    found = lines[lines.index("What counts from it") + 1 :]
    assert found[:2] == ["terme: Wednesday 30 November 2022", "lancement: Tuesday 1 June 2021"]
    assert any(line.startswith("chef-de-projet/commune: upcoming, Saturday 31 July 2021") for line in found)
    assert not any(line.startswith("publication") for line in found)  # by the day of another event


def test_an_event_not_dated_yet_says_what_it_awaits(asked):
    assert "No date yet: awaits signature de l'État" in asked("vigueur", "--as-of", "2021-05-25").out
    record = asked("vigueur", "--as-of", "2021-05-25", "--format", "json").json
    assert (record["day"], record["waiting_for"]) == (None, ["signature-etat"])
    assert "No date yet: no fact says that it happened." in asked("signature-etat", "--as-of", "2021-05-25").out


def test_an_event_that_happened_shows_its_fact(asked):
    said = asked("Signature-Etat", "--as-of", "2021-06-01").out
    assert "Day: Monday 31 May 2021" in said
    assert "[f-etat]" in said
    record = asked("signature-etat", "--as-of", "2021-06-01", "--format", "json").json
    assert (record["day"], record["facts"]) == ("2021-05-31", ["f-etat"])
    assert record["counted_from"] == {"term": False, "events": ["vigueur"], "engagements": []}


def test_an_event_is_no_table_of_obligations(asked):
    assert "table or json" in asked("vigueur", "--format", "csv", code=2).err


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("bilan", {"kind": "fulfilled", "engagement": "bilan"}),
        ("signature", {"kind": "occurred", "event": "signature"}),
    ],
)
def test_where_every_fact_was_cancelled_it_says_how_many(qp, repository, small, name, about):
    convention = small()
    convention["events"] = [*convention.get("events", []), {"id": "signature", "title": "Signature"}]
    convention["engagements"] = [
        {"id": "bilan", "title": "Bilan", "debtors": [convention["parties"][0]["id"]], "kind": "one-off"}
    ]
    facts = [{"id": f"f-{each}", **about, "on": "2026-10-01"} for each in range(2)]
    undone = [{"id": f"v-{each}", "kind": "voided", "fact": f"f-{each}", "on": "2026-10-02"} for each in range(2)]
    folder = repository(convention, journal=[*facts, *undone])
    out = qp("show", name, "--data", str(folder)).out
    assert "Facts\n  none recorded\n  2 cancelled facts: qp log --data " in out
    folder = repository(convention, journal=[*facts, *undone[:1]], name="autre")
    assert "cancelled" not in qp("show", name, "--data", str(folder)).out


@pytest.fixture
def series(repository, small):
    """A series of 24 months owed by two parties, one of which has a performance."""
    comite = {
        "id": "comite",
        "title": "Réunir le comité",
        "debtors": ["ville", "pays"],
        "kind": "recurring",
        "due": {"every": "P1M", "from": "2025-01-31", "until": "2026-12-31"},
    }
    parties = [{"id": "ville", "name": "La Ville"}, {"id": "pays", "name": "Le Pays"}]
    fact = {
        "kind": "fulfilled",
        "engagement": "comite",
        "by": "ville",
        "occurrence": "2026-04-30",
        "on": "2026-04-29",
    }
    journal = [{"id": "f-1", **fact}]
    return str(repository(small(parties=parties, engagements=[comite]), journal=journal))


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("comite@2026-04-30", ["comite/ville@2026-04-30", "comite/pays@2026-04-30"]),
        ("comite@30/04/2026", ["comite/ville@2026-04-30", "comite/pays@2026-04-30"]),
        ("comite/ville@2026-04-30", ["comite/ville@2026-04-30"]),
        ("Comite/Pays@2026-04-30", ["comite/pays@2026-04-30"]),
    ],
)
def test_an_occurrence_is_shown_alone_with_its_working(qp, series, name, ids):
    record = qp("show", name, "--data", series, "--format", "json").json
    assert [one["id"] for one in record["obligations"]] == ids
    shown = qp("show", name, "--data", series)
    assert [each for each in ids if f"  {each}: " in shown.out] == ids
    assert shown.out.count("Working of") == 1
    assert "Working of Thursday 30 April 2026" in shown.lines
    assert ("[f-1]" in shown.out) == any("ville" in each for each in ids)
    assert len(qp("show", name, "--data", series, "--format", "csv").rows) == 1 + len(ids)


def test_a_debtor_named_alone_has_the_whole_series(qp, series):
    record = qp("show", "comite/pays", "--data", series, "--format", "json").json
    assert {one["id"].partition("@")[0] for one in record["obligations"]} == {"comite/pays"}
    assert len(record["obligations"]) > 20


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("comite@2026-04-12", "Nearest: comite@2026-03-31, comite@2026-04-30."),
        ("comite/ville@2026-04-12", "Nearest: comite/ville@2026-03-31, comite/ville@2026-04-30."),
        ("comite@1999-01-01", "Nearest: comite@2025-02-28."),
        ("comite/etat@2026-04-30", "No obligation is called “comite/etat@2026-04-30”"),
        ("comite@demain", "“demain” is no date"),
    ],
)
def test_an_occurrence_that_is_not_there_is_refused_with_the_nearest_days(qp, series, name, said):
    answer = qp("show", name, "--data", series)
    assert answer.code == 2
    assert not answer.out
    assert said in answer.err


def test_in_markdown_the_working_stands_below_the_table_as_the_text_has_it(qp, series):
    text = qp("show", "comite@2026-04-30", "--data", series).lines
    told = qp("show", "comite@2026-04-30", "--data", series, "--format", "md").lines
    first, last = text.index("Working of Thursday 30 April 2026"), text.index("Facts")
    assert told[told.index("```text") + 1 : told.index("```")] == text[first : last - 1]


@pytest.mark.parametrize(
    ("keys", "language", "said"),
    [
        ({"due": {"within": "P2M"}}, "en", "Deadline: within 2 months of the request"),
        ({"due": {"within": "P2M"}}, "fr", "Échéance\u00a0: dans un délai de 2 mois à compter de la demande"),
        ({"due": {"within": "10 jours ouvrés"}}, "en", "Deadline: within 10 jours ouvrés of the request"),
        ({"target": {"within": "P1M"}}, "en", "Deadline: within 1 month of the request (target of the repository, not"),
    ],
)
def test_what_waits_for_a_request_says_how_long_it_leaves(qp, repository, small, keys, language, said):
    convention = small()
    convention["engagements"].append(
        {"id": "avis", "title": "Avis", "clause": "art. 5", "debtors": ["ville"], "kind": "on-request", **keys}
    )
    request = {"id": "f-1", "kind": "triggered", "engagement": "avis", "on": "2026-10-01"}
    before = repository(convention)
    after = repository(convention, journal=[request], name="after")
    assert said in qp("show", "avis", "--data", str(before), "--lang", language).out
    assert said not in qp("show", "avis", "--data", str(after), "--lang", language).out
