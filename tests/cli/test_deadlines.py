"""`qp deadlines`: each obligation with its deadline, soonest first, chosen by party, site, state and time."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

pytestmark = pytest.mark.usefixtures("outside")


def listed(qp, *arguments):
    return qp("deadlines", "--format", "json", *arguments).json["obligations"]


def ids(qp, *arguments):
    return [one["id"] for one in listed(qp, *arguments)]


def engagements(qp, *arguments):
    return {one["engagement"] for one in listed(qp, *arguments)}


def test_the_soonest_comes_first_and_those_without_a_date_last(qp):
    dues = [one["due"] for one in listed(qp)]
    dated = [due for due in dues if due]
    assert dated == sorted(dated)
    assert dues == dated + [None] * 10
    assert dues[0] == "2021-09-18"


def test_each_member_of_a_group_has_an_obligation_of_its_own(qp):
    assert [name for name in ids(qp) if name.startswith("partenaires-capitalisation/")] == [
        f"partenaires-capitalisation/{party}" for party in ("anct", "anru", "banque-des-territoires", "bpifrance")
    ]


@pytest.mark.parametrize("name", ["etat", "État", "ETAT", "état", " Etat ", "l'État", "l’Etat", "L'ETAT"])
def test_a_party_is_found_by_id_alias_or_name_without_regard_to_case_or_accents(qp, name):
    assert ids(qp, "--party", name) == ids(qp, "--party", "etat")


def test_a_party_has_its_own_obligations_and_its_organs(qp):
    names = ids(qp, "--party", "etat")
    assert {"meilleurs-efforts/etat", "etat-referent/etat", "instruction-projets/ministere-ville"} <= set(names)
    assert len(names) == 7


def test_anru_owes_as_partner_as_technical_partner_and_as_chef_de_file(qp):
    assert ids(qp, "--party", "anru") == [
        "chef-de-file-appui/anru",
        "chef-de-file-portage/anru",
        "partenaires-capitalisation/anru",
        "instruction-projets/anru",
        "mobilisation-moyens/anru",
    ]


def test_a_group_shows_what_each_of_its_members_owes(qp):
    owed = listed(qp, "--party", "partenaires")
    assert {party for one in owed for party in one["debtors"]} == {
        "anct",
        "anru",
        "banque-des-territoires",
        "bpifrance",
    }
    assert len(owed) == 14


def test_a_role_shows_that_capacity_alone(qp):
    assert ids(qp, "--party", "chef-de-file") == ["chef-de-file-appui/anru", "chef-de-file-portage/anru"]


def test_an_organ_shows_what_it_performs(qp):
    assert ids(qp, "--party", "coordonnateur") == ["coordonnateur-suivi/metropole"]


def test_several_parties_are_alternatives(qp):
    assert len(ids(qp, "--party", "anct", "--party", "bpifrance")) == 6


def test_rows_without_a_site_match_every_site(qp):
    assert ids(qp, "--site", "aix-encagnane") == ids(qp) == ids(qp, "--site", "Le Charel")


def test_a_site_keeps_its_own_rows_and_leaves_those_of_others(qp, repository, small):
    one = small()["engagements"][0]
    declared = small(
        engagements=[
            {**one, "id": "partout"},
            {**one, "id": "au-nord", "sites": ["nord"]},
            {**one, "id": "au-sud", "sites": ["sud"]},
        ]
    )
    sites = [{"id": name, "name": f"Quartier {name}", "commune": "Lieu"} for name in ("nord", "sud")]
    folder = str(repository(declared, sites=sites))
    assert ids(qp, "--data", folder, "--site", "Quartier-NORD") == ["au-nord/ville/nord", "partout/ville"]


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("--party", "anur"), "anru"),
        (("--party", "inconnu"), "metropole"),
        (("--site", "encagnan"), "aix-encagnane"),
        (("--site", "zzz"), "marseille-nord"),
        (("--state", "lost"), "overdue"),
    ],
)
def test_an_unknown_name_gets_the_nearest_or_the_known_ones_and_exit_2(qp, shipped, arguments, near):
    assert shipped
    answer = qp("deadlines", *arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("qp: ")
    assert f"“{arguments[1]}”" in answer.err
    assert near in answer.err
    assert answer.err.count("\n") == 1


def test_states_are_repeated_or_separated_by_commas(qp):
    both = ids(qp, "--state", "overdue", "--state", "conditional")
    assert both == ids(qp, "--state", "overdue,conditional") == ids(qp, "--state", "OVERDUE, conditional ")
    assert {one["state"] for one in listed(qp, "--state", "overdue,conditional")} == {"overdue", "conditional"}
    assert len(both) == 13


@pytest.mark.parametrize("length", ["10d", "10D", "10j", "P10D", "010d", "10 jours"])
def test_within_keeps_what_is_due_by_then_the_last_day_included(qp, length):
    assert ids(qp, "--as-of", "2021-09-08", "--within", length) == ["feuille-de-route/metropole"]
    assert ids(qp, "--as-of", "2021-09-07", "--within", length) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("90x", "« 90x » n'est pas une durée : écrivez 90j ou P3M"),
        ("10 jours ouvrés", "« 10 jours ouvrés » n'est pas une durée : écrivez 90j ou P3M"),
    ],
)
def test_a_length_that_cannot_be_read_is_refused_with_the_forms_that_the_help_names(qp, text, said):
    for command in (["deadlines"], ["export", "csv"]):
        answer = qp(*command, "--within", text, "--lang", "fr")
        assert (answer.code, answer.err.replace("\xa0", " ")) == (2, f"qp: --within : {said}\n")
    helped = qp("deadlines", "--help", "--lang", "fr").out
    assert "90j ou P3M" in " ".join(helped.split())


def test_within_shows_what_is_overdue_and_nothing_that_is_over(qp):
    found = listed(qp, "--as-of", "2026-11-23", "--within", "90d")
    assert [(one["id"], one["state"]) for one in found] == [
        ("feuille-de-route/metropole", "overdue"),
        ("coordonnateur-designation/metropole", "overdue"),
        ("etat-referent/etat", "overdue"),
    ]


STANDINGS = [
    {"id": "fait", "due": {"on": "2026-09-01"}},
    {"id": "fait-tard", "due": {"on": "2026-07-01"}},
    {"id": "renonce", "due": {"on": "2026-09-02"}},
    {"id": "manque", "due": {"on": "2026-09-03"}},
    {"id": "veille", "kind": "continuing", "due": {"on": "2026-08-01"}},
    {"id": "passe", "due": {"on": "2026-08-02"}},
    {"id": "le-jour", "due": {"on": "2026-08-15"}},
    {"id": "dernier-jour", "due": {"on": "2026-09-14"}},
    {"id": "lendemain", "due": {"on": "2026-09-15"}},
    {"id": "court", "kind": "continuing", "due": {"on": "2026-09-04"}},
    {"id": "objectif-passe", "kind": "on-request", "target": {"within": "P1M"}},
]
HAPPENED = [
    {"id": "f-1", "kind": "fulfilled", "engagement": "fait", "on": "2026-08-01"},
    {"id": "f-2", "kind": "fulfilled", "engagement": "fait-tard", "on": "2026-08-01"},
    {"id": "f-3", "kind": "waived", "engagement": "renonce", "on": "2026-08-01"},
    {"id": "f-4", "kind": "breached", "engagement": "manque", "on": "2026-08-01"},
    {"id": "f-5", "kind": "triggered", "engagement": "objectif-passe", "on": "2026-05-01"},
]
IN_SIGHT = ["passe", "le-jour", "court", "dernier-jour"]


@pytest.fixture
def standings(repository, small):
    """Obligations of one convention, or of two, in every state that a period can look at."""

    def make(*names):
        owed = [{"title": "T", "debtors": ["ville"], "kind": "one-off", **each} for each in STANDINGS]
        folders = [
            str(repository(small(id=name, engagements=owed), journal=HAPPENED, name=name)) for name in names or ("un",)
        ]
        return [part for folder in folders for part in ("--data", folder)] + ["--as-of", "2026-08-15"]

    return make


def test_within_is_the_same_in_screens_machine_formats_and_exports(qp, standings, tmp_path):
    asked = ["--within", "30d", *standings()]
    assert [one["engagement"] for one in listed(qp, *asked)] == IN_SIGHT
    for command in (["deadlines", "--format", "csv"], ["export", "csv"]):
        heading, *rows = qp(*command, *asked).rows
        assert [row[heading.index("engagement")] for row in rows] == IN_SIGHT
    assert [one["engagement"] for one in qp("export", "json", *asked).json["obligations"]] == IN_SIGHT
    book = tmp_path / "obligations.xlsx"
    assert qp("export", "xlsx", "--output", str(book), "--lang", "en", *asked).code == 0
    sheet = load_workbook(book)["Obligations"]
    assert [line[1] for line in sheet.iter_rows(min_row=2, values_only=True)] == IN_SIGHT
    for command in (["deadlines"], ["deadlines", "--format", "md"], ["export", "md"]):
        assert named(qp(*command, *asked).out) == sorted(IN_SIGHT)
    days = [each.start.isoformat() for each in Calendar.from_ical(qp("export", "ics", *asked).out).walk("VEVENT")]
    assert days == ["2026-08-02", "2026-08-15", "2026-09-04", "2026-09-14"]


def named(text):
    """The engagements that a text names."""
    return sorted(each["id"] for each in STANDINGS if re.search(rf"(?<![\w-]){each['id']}\s", text))


def test_within_is_the_same_for_several_conventions_and_in_groups(qp, standings):
    asked = ["--within", "30d", *standings("nord", "sud")]
    both = [name for name in IN_SIGHT for _ in range(2)]
    assert [one["engagement"] for one in listed(qp, *asked)] == both
    assert [one["engagement"] for one in qp("export", "json", *asked).json["obligations"]] == both
    grouped = qp("deadlines", "--group-by", "clause", "--format", "json", *asked).json["obligations"]
    assert sorted(one["engagement"] for one in grouped) == sorted(both)
    for command in (["deadlines"], ["deadlines", "--format", "md"], ["export", "md"]):
        assert named(qp(*command, *asked).out) == sorted(IN_SIGHT)


def test_within_keeps_a_state_that_is_over_where_that_very_state_is_asked_for(qp, standings):
    asked = ["--within", "30d", *standings()]
    assert [one["engagement"] for one in listed(qp, "--state", "fulfilled,breached", *asked)] == ["fait", "manque"]


def test_a_calendar_of_what_comes_holds_no_term_that_is_past(qp):
    made = qp("export", "ics", "--as-of", "2026-11-23", "--within", "90d").out
    assert "terme" not in {str(each["uid"]).partition("@")[0] for each in Calendar.from_ical(made).walk("VEVENT")}
    assert len(Calendar.from_ical(made).walk("VEVENT")) == 3
    near = qp("export", "ics", "--as-of", "2023-03-01", "--within", "P1M").out
    assert len(Calendar.from_ical(near).walk("VEVENT")) == 4


def test_within_counts_months_from_the_day_looked_at(qp):
    assert "etat-referent" in engagements(qp, "--as-of", "2022-12-18", "--within", "P3M")
    assert "etat-referent" not in engagements(qp, "--as-of", "2022-12-17", "--within", "P3M")


@pytest.mark.parametrize("length", ["soon", "P0M", "", "90", "-3d", "10 jours ouvrés", "99999d"])
def test_a_length_that_is_none_is_refused(qp, length):
    answer = qp("deadlines", "--within", length)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("qp: ") == 1


def test_nothing_that_matches_is_an_answer(qp):
    answer = qp("deadlines", "--state", "breached")
    assert (answer.code, answer.out) == (0, "No obligation matches.\n")
    assert listed(qp, "--state", "breached") == []


def test_a_date_derived_from_the_term_is_marked_and_the_mark_explained(qp):
    answer = qp("deadlines", "--party", "anru", "--all")
    assert "Sat 18 Mar 2023*" in answer.out
    assert answer.lines[-1] == "* derived from the term, not written in the text"
    assert "*" not in qp("deadlines", "--state", "conditional").out


def test_a_target_is_shown_as_a_target_and_is_never_overdue(qp, repository, small):
    declared = small(
        engagements=[
            {
                "id": "instruction",
                "title": "Instruire",
                "debtors": ["ville"],
                "kind": "on-request",
                "target": {"within": "P1M"},
            }
        ]
    )
    journal = [{"id": "f-1", "kind": "triggered", "engagement": "instruction", "on": "2026-01-05"}]
    folder = str(repository(declared, journal=journal))
    (one,) = listed(qp, "--data", folder)
    assert (one["due"], one["basis"], one["days_late"]) == ("2026-02-05", "target", None)
    assert one["state"] == "open"
    assert "° target of the repository, not of the text" in qp("deadlines", "--data", folder).lines


def test_on_80_columns_the_title_stands_over_the_state_and_nothing_is_lost(qp):
    answer = qp("deadlines", "--all", terminal=True, environ={"NO_COLOR": "1"})
    assert max(map(len, answer.lines)) <= 80
    for one in listed(qp):
        assert one["engagement"] in answer.out


def test_past_200_rows_the_table_says_how_many_more_and_machine_formats_hold_them_all(qp, repository, small):
    one = small()["engagements"][0]
    many = small(engagements=[{**one, "id": f"bilan-{number}"} for number in range(230)])
    folder = str(repository(many))
    answer = qp("deadlines", "--data", folder)
    assert f"… and 30 more that are overdue: qp overdue --data {folder}" in re.sub(r" \\\n +", " ", answer.out)
    assert len(qp("deadlines", "--data", folder, "--format", "csv").rows) == 231
    assert len(listed(qp, "--data", folder)) == 230


def test_what_anru_owes_is_shown_with_the_capacity_it_owes_it_in(qp):
    found = qp("deadlines", "--party", "anru", "--all").out
    for capacity in ("Chef de file", "Partenaires", "Partenaires techniques et financiers"):
        assert f"ANRU ({capacity})" in found


OVER = {"fulfilled", "fulfilled-late", "discharged", "breached", "expired", "exercised", "lapsed"}


def words_of(answer):
    return " ".join(answer.out.split())


def test_the_table_leaves_out_what_is_over_and_says_how_many_and_how_to_see_them(qp, standings):
    data = standings()
    owed = listed(qp, *data)
    over = [one for one in owed if one["state"] in OVER]
    assert (len(over), len(owed)) == (5, 11)
    left_out = qp("deadlines", *data)
    waiting = {one["engagement"] for one in owed if one not in over} - {"objectif-passe"}
    assert named(left_out.out) == sorted(waiting)
    said = "5 obligations of which nothing more is awaited are left out (1 fulfilled, 1 fulfilled after the date, "
    assert said + "1 discharged, 1 breach recorded, 1 expired). To see them: qp deadlines --all" in words_of(left_out)
    everything = qp("deadlines", "--all", *data)
    assert named(everything.out) == sorted(waiting | {one["engagement"] for one in over})
    assert "--all" not in everything.out


def test_what_is_over_is_shown_where_its_state_is_asked_for_and_always_in_machine_formats(qp, standings):
    data = standings()
    asked = qp("deadlines", "--state", "fulfilled,breached", *data)
    assert named(asked.out) == ["fait", "manque"]
    assert "--all" not in asked.out
    for form in ("json", "csv", "md"):
        assert qp("deadlines", "--format", form, *data) == qp("deadlines", "--all", "--format", form, *data)
        assert named(qp("deadlines", "--format", form, *data).out.replace('"', " ").replace(",", " "))


def test_what_fails_is_the_same_whether_it_is_shown_or_left_out(qp, standings):
    data = standings("un", "deux")
    for more in ((), ("--all",), ("--format", "json")):
        answer = qp("deadlines", "--fail-on", "fulfilled", *more, *data)
        assert (answer.code, answer.err.count("fait/ville")) == (1, 2)


def test_where_everything_is_over_it_says_so(qp, repository, small):
    done = [{"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-01"}]
    answer = qp("deadlines", "--data", str(repository(small(), journal=done)))
    assert answer.lines[3:5] == ["Nothing more is awaited.", ""]
    said = "1 obligation of which nothing more is awaited is left out (1 fulfilled). To see it: qp deadlines --all"
    assert answer.lines[5].startswith(said)


def conditional_ones(small, **more):
    return small(
        events=[{"id": "vote", "title": "Vote du budget"}],
        parties=[{"id": name, "name": name.title()} for name in ("ville", "region", "etat", "banque")],
        engagements=[
            {
                "id": "verser",
                "title": "Verser la subvention",
                "kind": "one-off",
                "due": {"within": "P1M", "from": "vote"},
                **more,
            }
        ],
    )


SITES = [{"id": name, "name": f"Quartier {name}", "commune": "Lieu"} for name in ("nord", "sud", "est", "ouest")]


@pytest.mark.parametrize(
    ("more", "said", "count"),
    [
        ({"debtors": ["ville"], "sites": ["nord", "sud", "est", "ouest"]}, "Ville × 4 sites", 4),
        ({"debtors": ["ville", "region", "etat"]}, "Etat, Region, Ville × 3 debtors", 3),
        ({"debtors": ["ville", "region", "etat", "banque"]}, "× 4 debtors", 4),
        (
            {"debtors": ["ville", "region"], "sites": ["nord", "sud", "est", "ouest"]},
            "Region, Ville × 2 debtors × 4 sites",
            8,
        ),
    ],
)
def test_conditional_ones_that_await_the_same_are_one_row_of_the_table(qp, repository, small, more, said, count):
    data = ("--data", str(repository(conditional_ones(small, **more), sites=SITES)))
    owed = listed(qp, *data)
    assert {one["state"] for one in owed} == {"conditional"}
    assert len(owed) == count == len(qp("deadlines", "--format", "csv", *data).rows) - 1
    answer = qp("deadlines", *data)
    assert answer.out.count("Verser la subvention") == 1
    assert said in words_of(answer)
    (found,) = qp("status", "--format", "json", *data).json["conventions"]
    assert sum(tally["conditional"] for tally in found["parties"]) == count


def test_an_organ_that_owes_nothing_is_answered_for_by_its_legal_person_and_the_answer_says_so(qp):
    said = "Préfet: an organ that owes nothing of its own, answered for État"
    for name in ("prefet", "Préfet des Bouches-du-Rhône"):
        assert ids(qp, "--party", name) == ids(qp, "--party", "etat") != []
        assert said in qp("deadlines", "--party", name).lines
        assert said in qp("overdue", "--party", name).lines
    for command in (["deadlines", "--format", "csv"], ["overdue", "--format", "json"], ["export", "ics"], ["timeline"]):
        answer = qp(*command, "--party", "prefet")
        assert f"qp: {said}" in answer.err.splitlines()
        assert said not in answer.out
    assert "organ" not in qp("deadlines", "--party", "coordonnateur", "--format", "json").err


def test_what_was_late_when_all_was_suspended_says_by_how_many_days_then(qp, repository, small):
    paused = [{"id": "f-1", "kind": "suspended", "engagement": "all", "on": "2026-10-11"}]
    data = ("--data", str(repository(small(), journal=paused)))
    assert [one["state"] for one in listed(qp, *data)] == ["suspended"]
    assert "suspended, 10 days past its date when the suspension began" in qp("deadlines", *data).out
    french = "suspendu, échéance dépassée de 10 jours au début de la suspension"
    assert french in qp("deadlines", "--lang", "fr", *data).out


def test_until_when_is_said_over_the_list(qp):
    answer = qp("deadlines", "--within", "90d", "--as-of", "2021-09-01", "--lang", "en")
    assert "Only: overdue, or due by 30 November 2021" in answer.lines
    assert not any(line.startswith("Only:") for line in qp("deadlines", "--lang", "en").lines)


def dated(one, name, days):
    """As many engagements, each due on a day of its own."""
    return [{**one, "id": f"{name}-{number}", "due": {"on": day}} for number, day in enumerate(days)]


@pytest.fixture
def long_list(repository, small):
    """230 that are overdue, then five that come within 30 days of the day looked at, and one that has no date."""
    one = small()["engagements"][0]
    late = dated(one, "passe", ["2020-01-10"] * 230)
    ahead = dated(one, "vient", [f"2026-03-{day:02}" for day in (1, 2, 3, 4, 5)])
    undated = {key: value for key, value in one.items() if key != "due"} | {"id": "sans-date"}
    return str(repository(small(engagements=[*late, undated, *ahead])))


@pytest.mark.parametrize("more", [(), ("--group-by", "party"), ("--group-by", "clause"), ("--all",)])
def test_a_list_cut_keeps_what_comes_and_names_the_command_that_lists_what_is_overdue(qp, long_list, more):
    answer = qp("deadlines", "--data", long_list, "--as-of", "2026-03-01", "--within", "30d", *more)
    assert re.findall(r"vient-\d", answer.out) == [f"vient-{number}" for number in range(5)]
    assert answer.out.count("passe-") == 195
    command = f"qp overdue --data {long_list} --as-of 2026-03-01"
    assert f"… and 35 more that are overdue: {command}" in re.sub(r" \\\n +", " ", answer.out)
    assert "235 obligations in all" in answer.lines
    assert qp(*command.split()[1:]).out.count("passe-") == 230


def test_each_group_of_a_long_list_says_how_many_it_holds(qp, long_list):
    shown = qp("deadlines", "--data", long_list, "--as-of", "2026-03-01", "--group-by", "clause")
    assert "art. 1 (236)" in shown.lines
    few = ("--as-of", "2026-03-01", "--group-by", "clause", "--state", "due-soon")
    assert "art. 1" in qp("deadlines", "--data", long_list, *few).lines


def test_what_has_no_date_is_cut_before_what_is_overdue(qp, long_list):
    answer = qp("deadlines", "--data", long_list, "--as-of", "2026-03-01")
    assert "sans-date" not in answer.out
    assert any(line.startswith("… and 1 more row: qp deadlines --format csv") for line in answer.lines)


def test_the_status_sends_to_a_list_that_has_the_others(qp, long_list):
    told = qp("status", "--data", long_list, "--as-of", "2026-03-01").lines
    commands = [line.split(": qp ")[1].split() for line in told if "more: qp" in line]
    assert [each[0] for each in commands] == ["overdue"]
    assert all("passe-229" in qp(*each).out for each in commands)


@pytest.mark.parametrize("form", ["--format", "--group-by"])
def test_a_state_that_is_part_of_a_column_says_what_of_it_is_left_out_and_by_which_name(qp, repository, small, form):
    one = small()["engagements"][0]
    three = small(engagements=dated(one, "bilan", ["2026-01-15", "2026-02-15", "2026-03-15"]))
    days = ("2026-01-10", "2026-02-20", "2026-03-20")
    done = [
        {"id": f"f-{number}", "kind": "fulfilled", "engagement": f"bilan-{number}", "on": day}
        for number, day in enumerate(days)
    ]
    folder = str(repository(three, journal=done))
    more = ("--group-by", "clause") if form == "--group-by" else ()
    shown = qp("deadlines", "--data", folder, "--as-of", "2026-05-01", "--state", "Fulfilled", *more)
    assert "Only: fulfilled; without the 2 fulfilled after the date: --state fulfilled-late" in shown.lines
    assert re.findall(r"bilan-\d", shown.out) == ["bilan-0"]
    late = qp("deadlines", "--data", folder, "--as-of", "2026-05-01", "--state", "fulfilled-late", *more)
    assert re.findall(r"bilan-\d", late.out) == ["bilan-1", "bilan-2"]
    both = qp("deadlines", "--data", folder, "--as-of", "2026-05-01", "--state", "fulfilled,fulfilled-late", *more)
    assert "without the" not in both.out
    assert len(re.findall(r"bilan-\d", both.out)) == 3


def test_a_state_of_which_some_are_so_by_the_term_alone_says_how_many(qp):
    asked = ("deadlines", "--as-of", "2026-11-23", "--state", "overdue")
    apart = [one for one in listed(qp, *asked[1:]) if one["basis"] == "term"]
    (said,) = (line for line in qp(*asked).lines if line.startswith("Only: "))
    assert said == f"Only: overdue; {len(apart)} of them by the term alone"
    assert "of them" not in qp(*asked[:-1], "fulfilled").out
