"""`qp status`: one screen, on which nothing in the file is taken for failed and no date for another's."""

from __future__ import annotations

import json
import shlex
import shutil

import pytest

pytestmark = pytest.mark.usefixtures("outside")

COLUMNS = ["overdue", "due_soon", "in_effect", "fulfilled", "conditional", "other"]


def line_with(answer, text):
    """The one line that holds a text."""
    (found,) = [line for line in answer.lines if text in line]
    return found


def entry(answer, text):
    """The first line that holds a text and the indented lines that follow from it, two at the most, as one."""
    at = next(number for number, line in enumerate(answer.lines) if text in line)
    below = [line for line in answer.lines[at + 1 : at + 3] if line.startswith("  ")]
    return " ".join(" ".join([answer.lines[at], *below]).split())


def convention(qp, *arguments):
    return qp("status", "--format", "json", *arguments).json["conventions"][0]


def test_the_roadmap_was_due_on_a_saturday_and_is_overdue_since_the_day_after(qp):
    line = entry(qp("status"), "Formaliser la Feuille de route")
    assert "Sat 18 Sep 2021" in line
    assert "art. 1" in line
    assert "since 19 Sep 2021" in line
    assert "1,892 days" in line
    assert "Métropole AMP" in line


def test_an_overdue_obligation_is_said_in_neutral_words(qp):
    answer = qp("status")
    assert "Deadline passed, no fulfilment recorded" in answer.lines
    assert not any(word in answer.out.casefold() for word in ("failed", "failure", "missed", " late"))


def test_the_term_has_passed_and_its_other_reading_is_the_day_before(qp):
    answer = qp("status")
    gauge = line_with(answer, "18 Mar 2023  term, art. 4")
    assert gauge.startswith("18 Mar 2021 ")
    assert line_with(answer, "Term passed").startswith("Term passed 1,346 days ago.")
    assert "Other reading: Friday 17 March 2023" in answer.out


def test_the_gauge_is_as_full_as_the_term_has_run(qp):
    gauges = [
        line_with(qp("status", "--as-of", day), "term, art. 4").split()[3]
        for day in ("2021-03-18", "2022-03-18", "2023-03-18", "2026-11-23")
    ]
    assert gauges == ["─" * 30, "━" * 15 + "─" * 15, "━" * 30, "━" * 30]


def test_dates_derived_from_the_term_are_shown_apart_and_counted_apart(qp):
    answer = qp("status")
    apart = answer.lines.index("Date derived from the term, not written in the text (counted apart)")
    passed = answer.lines.index("Deadline passed, no fulfilment recorded")
    assert passed < apart
    for name in ("Désigner le Coordonnateur", "Désigner un référent"):
        line = line_with(answer, name)
        assert answer.lines.index(line) > apart
        assert "Sat 18 Mar 2023*" in line
    assert answer.lines.index("  since 19 Mar 2023: 1,346 days") == answer.lines.index(line) + 1, "said once, below"
    rows = {row["id"]: row for row in convention(qp)["parties"]}
    assert (rows["metropole"]["overdue"], rows["metropole"]["derived_from_term"]) == (1, 1)
    assert (rows["etat"]["overdue"], rows["etat"]["derived_from_term"]) == (0, 1)


def test_what_has_expired_with_the_term_is_counted(qp):
    assert "Other: 15 expired, 2 by a date derived from the term" in qp("status").lines
    assert convention(qp)["states"]["expired"] == 15


def test_the_two_national_engagements_stand_apart_and_stay_conditional_after_the_term(qp):
    assert line_with(qp("status"), "At national level").endswith("At national level: 10 conditional.")
    assert convention(qp)["states"]["conditional"] == 10


def test_a_row_stands_for_a_legal_person_and_holds_what_its_organs_owe(qp):
    rows = convention(qp)["parties"]
    assert [row["id"] for row in rows] == ["metropole", "etat", "anct", "anru", "banque-des-territoires", "bpifrance"]
    assert [row["conditional"] for row in rows] == [0, 2, 2, 2, 2, 2], "the ministry's two are the State's"


def test_every_obligation_is_in_exactly_one_column(qp):
    for day in ("2021-03-17", "2021-09-18", "2021-09-19", "2023-03-18", "2023-03-19", "2026-11-23"):
        found = convention(qp, "--as-of", day)
        listed = qp("deadlines", "--format", "json", "--as-of", day).json["obligations"]
        counted = sum(row[column] for row in found["parties"] for column in COLUMNS)
        assert counted == len(listed) == sum(found["states"].values()) == 28


def test_on_its_last_day_the_roadmap_is_not_overdue(qp):
    answer = qp("status", "--as-of", "2021-09-18")
    assert "Nothing is overdue by a date of the text." in answer.lines
    assert "today" in entry(answer, "Formaliser la Feuille de route")
    assert convention(qp, "--as-of", "2021-09-18")["overdue"] == []


def test_a_day_after_its_last_day_the_roadmap_is_overdue_by_one_day(qp):
    answer = qp("status", "--as-of", "2021-09-19")
    line = entry(answer, "Formaliser la Feuille de route")
    assert "since 19 Sep 2021" in line
    assert "1 day" in line
    assert "1 days" not in line


def test_before_the_approval_the_screen_says_that_the_convention_was_not_approved(qp):
    for day in ("2021-09-19", "2022-03-09"):
        warning = line_with(qp("status", "--as-of", day), "not yet approved")
        assert "10 March 2022" in warning
        assert "text" in warning
    assert "not yet approved" not in qp("status", "--as-of", "2022-03-10").out


def test_on_18_march_2023_the_term_still_runs(qp):
    answer = qp("status", "--as-of", "2023-03-18")
    assert "The term still runs: this is its last day." in answer.out
    assert convention(qp, "--as-of", "2023-03-18")["states"]["expired"] == 0


def test_on_the_last_day_the_other_reading_says_that_it_ended_the_day_before(qp):
    answer = qp("status", "--as-of", "2023-03-18")
    assert "By the other reading (durée), the convention ended the day before." in answer.lines
    french = qp("--lang", "fr", "status", "--as-of", "2023-03-18")
    assert "Selon l'autre lecture (durée), la convention a pris fin la veille." in french.lines
    assert "the day before" not in qp("status", "--as-of", "2023-03-19").out


def test_between_two_readings_further_apart_the_earlier_one_says_when_it_ended(qp, repository, small):
    due = {"within": "P6M", "from": "2026-05-30", "regime": "quantieme", "readings": ["duree"]}
    data = ("--data", str(repository(small(term={"clause": "art. 9", "due": due}))))
    assert (
        "By the other reading (durée), the convention ended the day before."
        in qp("status", *data, "--as-of", "2026-11-30").out
    )
    assert (
        "Term passed 1 day ago. Other reading: Sunday 29 November 2026 (durée)."
        in qp("status", *data, "--as-of", "2026-12-01").out
    )


def test_what_is_renewed_is_so_by_the_other_reading_too_and_what_was_denounced_ended(qp, repository, small):
    due = {"within": "P6M", "from": "2026-05-30", "regime": "quantieme", "readings": ["duree"]}
    convention = small(term={"clause": "art. 9", "due": due, "renewal": {"every": "P1Y", "notice": "P1M"}})
    folder = repository(convention, journal=[])
    data = ("--data", str(folder), "--as-of", "2026-11-30")
    said = qp("status", *data).out
    assert "By the other reading (durée), the convention was renewed on 30 November 2026." in said
    assert "ended the day before" not in said
    assert "To be renewed by 1 year on 1 December 2026: the last day" in qp("report", *data).out
    denounced = "{id: d-1, kind: denounced, by: ville, on: 2026-09-01}"
    (folder / "data" / "journal.yaml").write_text(f"format: qp/1\nfacts: [{denounced}]\n", "utf-8")
    assert "By the other reading (durée), the convention ended the day before." in qp("status", *data).out


def test_near_the_term_it_counts_what_falls_due_by_it(qp):
    assert (
        "The term still runs: 1 day left. 2 obligations fall due by the term."
        in qp("status", "--as-of", "2023-03-17").out
    )
    for day, number in (("2023-02-15", None), ("2023-02-16", 2), ("2023-03-18", 2), ("2023-03-19", None)):
        assert convention(qp, "--as-of", day)["term"]["falls_due"] == number
        assert ("fall due by the term" in qp("status", "--as-of", day).out) is (number is not None)


def test_near_the_term_it_says_that_nothing_is_left(qp, repository, small):
    term = {"clause": "art. 9", "due": {"on": "2026-11-30"}}
    data = ("--data", str(repository(small(term=term, engagements=[]))))
    assert convention(qp, *data)["term"]["falls_due"] == 0


def test_a_signature_without_a_date_in_the_file_says_so(qp, repository, small):
    assert qp("status", "--as-of", "2023-03-18").lines[1] == "On Saturday 18 March 2023. Signature undated in the file."
    french = qp("--lang", "fr", "status", "--as-of", "2023-03-18")
    assert french.lines[1] == "Au samedi 18 mars 2023. Signature non datée dans le dossier."
    assert convention(qp)["signature"] == {"event": "signature", "date": None}
    signed = small(signature="accord", events=[{"id": "accord", "title": "Accord", "date": "2026-01-05"}])
    data = ("--data", str(repository(signed)))
    assert "undated" not in qp("status", *data).out
    assert convention(qp, *data)["signature"] == {"event": "accord", "date": "2026-01-05"}


def test_where_no_signature_is_declared_nothing_is_said_of_one(qp, repository, small):
    data = ("--data", str(repository(small())))
    assert "undated" not in qp("status", *data).out
    assert convention(qp, *data)["signature"] is None


def test_nothing_is_said_to_be_in_effect_which_no_file_can_tell(qp):
    for day in ("2021-09-19", "2022-03-10", "2023-03-18"):
        for language, words in (("en", "in effect"), ("fr", "en vigueur")):
            for command in (["status"], ["deadlines"], ["show", "gouvernance"]):
                assert words not in qp("--lang", language, *command, "--as-of", day).out.casefold()
    assert "running" in qp("show", "gouvernance", "--as-of", "2022-03-10").out
    assert "en cours" in qp("--lang", "fr", "show", "gouvernance", "--as-of", "2022-03-10").out
    assert convention(qp, "--as-of", "2022-03-10")["states"]["in-effect"] == 15


def test_after_the_approval_a_date_earlier_than_it_says_so_below_the_list(qp):
    said = "earlier than the approval (10 Mar 2022)"
    assert f"  since 19 Sep 2021: 173 days; {said}" in qp("status", "--as-of", "2022-03-10").lines
    assert said not in qp("status", "--as-of", "2022-03-09").out, "the heading says it of every date"


def test_of_several_each_note_is_said_by_its_name(qp, repository, small):
    one = small()["engagements"][0]
    events = [{"id": "vote", "title": "Vote", "date": "2026-10-05"}]
    later = {**one, "id": "compte", "title": "Rendre compte", "due": {"on": "2026-10-15"}}
    body = small(approval="vote", events=events, engagements=[one, later])
    lines = qp("status", "--data", str(repository(body))).lines
    assert "  Remettre le bilan: earlier than the approval (5 Oct 2026)" in lines
    assert sum("since" in line for line in lines) == 2
    assert not any(line.startswith("  Rendre compte:") for line in lines)


def test_between_the_nominal_and_the_carried_over_date_it_says_so(qp):
    said = "passed without carry-over, in time until 20 Sep 2021 with it"
    for day, shown in (("2021-09-18", False), ("2021-09-19", True), ("2021-09-20", True), ("2021-09-21", False)):
        assert (said in " ".join(qp("status", "--as-of", day).lines)) is shown


def test_on_17_march_2023_the_prudent_reading_advises_to_act_by_then(qp):
    answer = qp("status", "--as-of", "2023-03-17")
    assert "The term still runs: 1 day left." in answer.out
    assert line_with(answer, "Other reading: Friday 17 March 2023").endswith("Prudent: act today.")
    assert "Prudent" not in qp("status", "--as-of", "2023-03-18").out


def test_on_19_march_2023_the_term_has_passed(qp):
    assert "Term passed 1 day ago." in qp("status", "--as-of", "2023-03-19").out


def test_before_the_labellisation_the_term_has_not_started(qp):
    assert "Starts in 1 day." in qp("status", "--as-of", "2021-03-17").out


def test_what_comes_next_is_named_with_the_days_left(qp):
    assert "in 10 days" in entry(qp("status", "--as-of", "2021-09-08"), "Formaliser la Feuille de route")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "day",
    ["2021-03-01", "2021-09-08", "2021-09-18", "2021-09-19", "2022-03-10", "2023-03-17", "2023-03-18", "2026-11-23"],
)
def test_it_fits_a_terminal_of_80_columns_and_24_lines(qp, day, language):
    answer = qp("status", "--as-of", day, "--lang", language, terminal=True, environ={"NO_COLOR": "1"})
    assert answer.code == 0
    assert len(answer.lines) <= 24
    assert max(map(len, answer.lines)) <= 80


def test_qp_alone_is_qp_status(qp):
    assert qp() == qp("status")


def test_a_convention_without_a_term_says_so(qp, repository):
    answer = qp("status", "--data", str(repository()))
    assert "The text sets no term." in answer.lines
    assert "Thu 1 Oct 2026" in entry(answer, "Remettre le bilan")


def test_a_term_that_waits_for_an_event_says_which(qp, repository, small):
    awaited = small(
        term={"clause": "art. 9", "due": {"within": "P24M", "from": "signature"}},
        events=[{"id": "signature", "title": "Signature"}],
    )
    answer = qp("status", "--data", str(repository(awaited)))
    assert "Term (art. 9): no date yet, awaits signature" in answer.lines


def test_a_long_list_of_overdue_obligations_is_cut_and_says_how_many_more(qp, repository, small, monkeypatch):
    one = small()["engagements"][0]
    many = small(engagements=[{**one, "id": f"bilan-{n}", "title": f"Bilan numéro {n}"} for n in range(1, 9)])
    data = str(repository(many))
    monkeypatch.setenv("COLUMNS", "300")
    answer = qp("status", "--data", data, "--convention", "essai", "--as-of", "2026-11-20")
    typed = f"--convention essai --data {data} --as-of 2026-11-20"
    assert f"  … and 3 more: qp overdue {typed}" in answer.lines
    assert answer.lines[-1].endswith(typed)
    assert sum("Bilan numéro" in line for line in answer.lines) == 5


OPTION = """\
format: qp/1
id: essai
title: Convention d'essai
term: {clause: art. 9, due: {on: 2022-12-31}}
parties: [{id: ville, name: Ville, signatory: true}]
engagements:
  - {id: retrait, title: Se retirer, clause: art. 2, debtors: [ville], kind: option, due: {on: 2022-06-30}}
  - {id: plan, title: Plan, clause: art. 3, debtors: [ville], kind: one-off, due: {on: 2022-09-30}}
"""


def test_options_have_a_column_of_their_own_where_there_are_some_and_are_neither_late_nor_next(qp, tmp_path):
    (tmp_path / "convention.yaml").write_text(OPTION, "utf-8")

    def status(day, *more):
        return qp("status", "--data", str(tmp_path), "--as-of", day, *more)

    before, after = (status(day) for day in ("2022-06-30", "2022-07-01"))
    assert "Optional" in before.out
    assert "Options: 1 option open" in before.out
    assert "Options: 1 option not exercised" in after.out
    assert "Nothing is overdue" in after.out
    found = json.loads(status("2022-07-01", "--format", "json").out)["conventions"][0]
    assert (found["parties"][0]["options"], found["parties"][0]["other"]) == (1, 1)
    assert (found["states"]["lapsed"], found["states"]["overdue"], found["overdue"]) == (1, 0, [])
    listed = qp("deadlines", "--data", str(tmp_path), "--as-of", "2022-06-01", "--state", "open", "--lang", "fr").out
    assert "peut être exercée" in listed


def following(answer):
    """The command that the status ends with, as a shell reads it."""
    at = next(number for number, line in enumerate(answer.lines) if line.startswith("See first: "))
    return shlex.split("\n".join(answer.lines[at:]).replace("\\\n", " ").removeprefix("See first: qp "))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2021-03-01", "feuille-de-route"),
        ("2021-09-19", "feuille-de-route"),
        ("2026-11-23", "feuille-de-route"),
    ],
)
def test_it_ends_with_a_command_about_what_is_overdue_or_comes_that_runs_as_it_is_printed(qp, day, name):
    for terminal in (True, False):
        answer = qp("status", "--as-of", day, terminal=terminal, environ={"NO_COLOR": "1"})
        words = following(answer)
        assert words == ["show", name, "--as-of", day]
        assert qp(*words).code == 0
        assert name in qp(*words).out


def test_the_command_it_ends_with_names_the_folder_and_the_convention_as_they_were_typed(
    qp, tmp_path, repository, small
):
    for name, due in (("un", "2026-12-01"), ("deux", "2026-11-30")):
        one = {**small()["engagements"][0], "due": {"on": due}}
        repository(small(id=name, engagements=[one]), name=f"{name} d'ici")
    data = [part for name in ("un", "deux") for part in ("--data", str(tmp_path / f"{name} d'ici"))]
    for terminal in (True, False):
        words = following(qp("status", *data, terminal=terminal, environ={"NO_COLOR": "1"}))
        assert words == ["show", "bilan", "--convention", "deux", *data]
        assert qp(*words).code == 0


def test_where_nothing_is_dated_it_ends_with_the_list(qp, repository, small):
    one = {**small()["engagements"][0], "due": {"within": "P1M", "from": "vote"}}
    body = small(events=[{"id": "vote", "title": "Vote"}], engagements=[one])
    data = ("--data", str(repository(body)))
    assert following(qp("status", *data)) == ["deadlines", *data]
    nothing = repository(small(engagements=[]), name="rien")
    assert "See first" not in qp("status", "--data", str(nothing)).out


def test_what_the_last_column_counts_is_always_explained_of_several_conventions_too(qp, shipped, tmp_path):
    assert "Other: 2 by a date derived from the term" in qp("status", "--as-of", "2021-09-19").lines
    shutil.copytree(shipped / "data", tmp_path / "autre")
    file = tmp_path / "autre" / "convention.yaml"
    file.write_text(file.read_text("utf-8").replace("id: quartiers-productifs-amp", "id: autre", 1), "utf-8")
    both = ("--data", str(shipped / "data"), "--data", str(tmp_path / "autre"))
    assert "Other: 30 expired, 4 by a date derived from the term" in qp("status", *both).lines
    assert qp("status", "--format", "json", *both).json["total"]["other"] == 34


def test_a_mark_beside_a_date_of_the_status_is_explained_below(qp, repository, small):
    avenant = {"id": "a-1", "kind": "amended", "title": "Avenant", "on": "2026-09-01"}
    changes = [{"change": "due", "target": "bilan", "due": {"on": "2026-12-01"}}]
    folder = str(repository(small(), journal=[{**avenant, "changes": changes}]))
    moved = qp("status", "--data", folder, "--as-of", "2026-11-20")
    assert "1 Dec 2026†" in moved.out
    assert any("† was " in line and line.endswith(" before the avenant") for line in moved.lines)
    assert "†" not in qp("status", "--data", folder, "--as-of", "2026-08-20").out


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Other: 2 by a date derived from the term (2 due soon by the term)"),
        ("fr", "Autres\u00a0: 2 à échéance déduite du terme (dont 2 à terme proche)"),
    ],
)
def test_what_is_due_soon_by_the_term_is_said_where_it_is_counted(qp, language, said):
    answer = qp("status", "--as-of", "2023-03-17", "--lang", language)
    assert said in answer.lines
