"""Several conventions at once: `--data` repeated or a folder of them; one that is broken does not hide the others."""

from __future__ import annotations

import csv
import re
import shutil
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import written

ROOT = Path(__file__).parents[2]
NEIGHBOUR = ROOT / "tests" / "conventions" / "neighbour"
LEFT_OUT = {
    "en": "1 convention could not be read or counted, and is left out: casse",
    "fr": "1 convention n'a pas pu être lue ou comptée, et est laissée de côté : casse",
}
COLUMNS = ("overdue", "due_soon", "in_effect", "fulfilled", "conditional", "other")
AMP, VALMONT = "quartiers-productifs-amp", "bourgs-vivants-valmont"
PARTIES = """\
format: qp/1
parties:
  - {id: anru, name: Agence nationale pour la rénovation urbaine, short: ANRU, aliases: [agence]}
  - {id: etat, name: L'État, short: État}
"""


@pytest.fixture
def several(tmp_path, monkeypatch):
    """A folder with the shipped convention and the tests' second one, at different depths, and a broken third one."""

    def make(*, broken=False, parties=""):
        top = tmp_path / "territoires"
        (top / "sud").mkdir(parents=True)
        shutil.copytree(ROOT / "data", top / "sud" / "amp" / "data")
        shutil.copytree(NEIGHBOUR, top / "valmont")
        if broken:
            (top / "casse").mkdir()
            (top / "casse" / "convention.yaml").write_text("format: qp/1\nid: casse\ntitre: Cassée\n", "utf-8")
        if parties:
            (top / "parties.yaml").write_text(parties, "utf-8")
        monkeypatch.chdir(tmp_path)
        return top

    return make


def counts(record):
    return {column: record[column] for column in COLUMNS}


def test_a_folder_of_conventions_at_any_depth_and_data_repeated_are_the_same(qp, several):
    top = several()
    folder = qp("status", "--data", "territoires", "--format", "json").json
    repeated = qp("status", "--data", str(top / "sud"), "--data", str(top / "valmont"), "--format", "json").json
    assert folder == repeated
    assert [each["id"] for each in folder["conventions"]] == [AMP, VALMONT]


def test_a_convention_named_twice_counts_once(qp, several):
    top = several()
    answer = qp("status", "--data", str(top), "--data", str(top / "valmont"), "--format", "json")
    assert [each["id"] for each in answer.json["conventions"]] == [AMP, VALMONT]


def test_the_counts_of_several_are_those_of_each_added(qp, several):
    several()
    together = qp("status", "--data", "territoires", "--format", "csv").rows
    alone = [qp("deadlines", "--data", f"territoires/{name}", "--format", "json").json for name in ("sud", "valmont")]
    assert [row[0] for row in together[1:]] == [AMP, VALMONT]
    assert [sum(map(int, row[3:9])) for row in together[1:]] == [len(each["obligations"]) for each in alone]
    record = qp("status", "--data", "territoires", "--format", "json").json
    assert sum(record["total"].values()) == sum(len(each["obligations"]) for each in alone)


@pytest.mark.parametrize("command", ["deadlines", "overdue"])
def test_every_obligation_of_every_convention_is_listed_once_soonest_first(qp, several, command):
    several()
    together = qp(command, "--data", "territoires", "--format", "json").json["obligations"]
    alone = [
        each
        for name in ("sud", "valmont")
        for each in qp(command, "--data", f"territoires/{name}", "--format", "json").json["obligations"]
    ]
    assert sorted((each["convention"], each["id"]) for each in together) == sorted(
        (each["convention"], each["id"]) for each in alone
    )
    dues = [each["due"] or "9999" for each in together]
    assert dues == sorted(dues)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_broken_one_is_reported_beside_the_others_and_the_exit_says_so(qp, several, language):
    several(broken=True)
    answer = qp("status", "--data", "territoires", "--lang", language)
    assert answer.code == 1
    assert "territoires/casse/convention.yaml:3:1: QP101" in answer.err
    assert answer.err.splitlines()[-1].startswith("qp: territoires/casse ")
    assert "Aix-Marseille-Provence" in answer.out
    assert "Valmont" in answer.out
    assert [line for line in answer.lines if "casse" in line.casefold()] == [LEFT_OUT[language]]


@pytest.mark.parametrize("command", ["status", "status --group-by party", "deadlines", "overdue", "timeline"])
def test_a_screen_says_first_what_it_lacks(qp, several, command):
    several(broken=True)
    answer = qp(*command.split(), "--data", "territoires", "--lang", "fr")
    assert answer.code == 1
    assert LEFT_OUT["fr"] in answer.lines[:3]


def test_what_people_take_away_says_what_it_lacks(qp, several, tmp_path):
    several(broken=True)
    assert qp("export", "md", "--data", "territoires", "--lang", "fr").lines[0] == LEFT_OUT["fr"]
    path = tmp_path / "classeur.xlsx"
    assert qp("export", "xlsx", "--data", "territoires", "--lang", "fr", "--output", str(path)).code == 1
    last = load_workbook(path).worksheets[-1]
    assert LEFT_OUT["fr"] in [row[0] for row in last.iter_rows(values_only=True)]


def test_a_folder_that_is_not_there_does_not_hide_the_others(qp, several):
    several()
    answer = qp("status", "--data", "territoires", "--data", "ailleurs", "--lang", "en")
    assert answer.code == 1
    assert answer.err == "qp: ailleurs is left out: ailleurs cannot be read: no such file or folder\n"
    assert "1 convention could not be read or counted, and is left out: ailleurs" in answer.lines
    alone = qp("status", "--data", "territoires", "--format", "json")
    record = qp("status", "--data", "ailleurs", "--data", "territoires", "--format", "json").json
    assert record == {**alone.json, "left_out": [{"path": "ailleurs", "reason": "unread"}]}
    assert (qp("status", "--data", "ailleurs").code, qp("status", "--data", "ailleurs").out) == (3, "")


def test_when_all_are_broken_nothing_is_answered(qp, several):
    top = several(broken=True)
    shutil.rmtree(top / "sud")
    shutil.rmtree(top / "valmont")
    (top / "autre").mkdir()
    (top / "autre" / "convention.yaml").write_text("rien\n", "utf-8")
    answer = qp("status", "--data", "territoires")
    assert (answer.code, answer.out) == (3, "")


def test_a_second_convention_with_the_id_of_another_is_left_out_and_said(qp, several):
    top = several()
    shutil.copytree(top / "valmont", top / "valmont-bis")
    answer = qp("status", "--data", "territoires", "--format", "json", "--lang", "en")
    assert answer.code == 1
    assert [each["id"] for each in answer.json["conventions"]] == [AMP, VALMONT]
    assert answer.err == (
        f"qp: territoires/valmont-bis is left out: it has the id “{VALMONT}” of territoires/valmont\n"
    )


def without_command(text):
    """An answer without the commands it names, which repeat the folder and the convention as they were typed."""
    begins = r"(?:^See first: |(?<=more: )|(?<=see them: )|^qp deadlines --all)"
    return re.sub(begins + r"(?:.*\\\n)*.*\n", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", [VALMONT, VALMONT.upper(), "bourgs vivants valmont"])
def test_one_is_chosen_by_its_id_and_answers_as_it_does_alone(qp, several, name):
    several()
    for command in ("status", "deadlines", "overdue", "parties", "sites", "log", "show terme"):
        chosen = qp(*command.split(), "--data", "territoires", "--convention", name)
        alone = qp(*command.split(), "--data", "territoires/valmont")
        assert without_command(chosen.out) == without_command(alone.out)
        assert (chosen.code, chosen.err) == (alone.code, alone.err) == (0, "")


@pytest.mark.parametrize("command", [("status",), ("show", "terme")])
def test_one_chosen_by_its_name_does_not_mind_that_another_is_broken(qp, several, command):
    several(broken=True)
    answer = qp(*command, "--data", "territoires", "--convention", VALMONT)
    assert answer.code == 0
    assert answer.err == "qp: 1 other convention has errors: qp check tells them.\n"
    alone = qp(*command, "--data", "territoires/valmont")
    assert without_command(answer.out) == without_command(alone.out)


def test_a_name_that_may_be_that_of_a_broken_one_is_not_said_to_be_unknown(qp, several):
    top = several(broken=True)
    (top / "casse" / "convention.yaml").write_text("{format: qp/1, id: casse}\n", "utf-8")
    answer = qp("status", "--data", "territoires", "--convention", "casse", "--lang", "en")
    assert answer.code == 2
    assert answer.err.splitlines()[-1].startswith("qp: No convention that could be read is called “casse”.")


def test_conventions_of_one_territory_are_told_apart_everywhere(qp, several):
    top = several()
    texts = (top / "sud" / "amp" / "data" / "convention.yaml").read_text("utf-8")
    for name, title in (("ville", "Contrat de ville"), ("rive", "Quartiers de rive"), ("rive-2", "Quartiers de rive")):
        shutil.copytree(top / "sud" / "amp" / "data", top / name)
        text = re.sub("^id: .*$", f"id: {name}", texts, flags=re.MULTILINE)
        text = re.sub("^title: .*$", f'title: "{title}"', text, flags=re.MULTILINE)
        (top / name / "convention.yaml").write_text(text, "utf-8")
    amp = "Aix-Marseille-Provence"
    labels = {f"{amp} – Contrat de ville", f"{amp} – rive", f"{amp} – rive-2"}
    labels |= {f"{amp} – Convention d'engagement Quartiers productifs", "Valmont-sur-Isle (commune imaginaire)"}
    record = qp("status", "--data", "territoires", "--group-by", "convention", "--format", "csv").rows[1:]
    assert {row[1] for row in record} == labels
    for command in (["status"], ["timeline"], ["overdue", "--group-by", "convention"]):
        out = qp(*command, "--data", "territoires", "--as-of", "2021-10-01").out
        assert {label for label in labels if label not in out and label not in re.sub(r"\n(?=\S)", " ", out)} <= {
            "Valmont-sur-Isle (commune imaginaire)"
        }


def test_a_convention_that_nobody_knows_gets_the_nearest(qp, several):
    several()
    answer = qp("status", "--data", "territoires", "--convention", "bourgs-vivants-valmon", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    called = f"{VALMONT} (Valmont-sur-Isle (commune imaginaire))"
    assert answer.err == f"qp: No convention is called “bourgs-vivants-valmon”. Nearest: {called}.\n"


APART = "Counted in each convention apart: La Ville. Where they are one and the same, a parties.yaml says so."


@pytest.mark.parametrize("command", ["status", "overdue", "deadlines", "report"])
def test_parties_of_one_name_lead_to_the_file_that_puts_them_together(qp, small, tmp_path, command):
    for name in ("une", "deux"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "convention.yaml").write_text(written(small(id=name, title=name)), "utf-8")
    asked = (command, "--data", str(tmp_path), "--as-of", "2026-11-27", "--group-by")
    assert APART in qp(*asked, "party").out
    assert "Counted in each" not in qp(*asked, "convention").out
    shared = {"format": "qp/1", "parties": [{"id": "ville", "name": "La Ville"}]}
    (tmp_path / "parties.yaml").write_text(written(shared), "utf-8")
    assert "Counted in each" not in qp(*asked, "party").out


@pytest.mark.parametrize("name", ["amp", "AMP", "sud/amp", "valmont"])
def test_a_convention_goes_by_the_name_of_its_folder(qp, several, name):
    several()
    asked = ("--data", "territoires", "--convention", name, "--format", "json")
    expected = VALMONT if name == "valmont" else AMP
    assert qp("log", *asked).code == 0
    for command in ("status", "deadlines", "timeline"):
        answer = qp(command, *asked)
        assert answer.code == 0, answer.err
        assert expected in answer.out
        assert ({VALMONT, AMP} - {expected}).pop() not in answer.out
    assert qp("check", "--data", "territoires", "--convention", name).lines[-1].startswith("3 files checked")


def test_what_a_convention_goes_by_itself_is_never_the_name_of_anothers_folder(qp, several):
    top = several()
    (top / "valmont").rename(top / AMP)
    (found,) = qp("status", "--data", "territoires", "--convention", AMP, "--format", "json").json["conventions"]
    assert found["id"] == AMP
    refused = qp("status", "--data", "territoires", "--convention", "ailleurs")
    assert refused.code == 2
    called = f"{VALMONT} (Valmont-sur-Isle (commune imaginaire)), {AMP} (Aix-Marseille-Provence)"
    assert refused.err == f"qp: No convention is called “ailleurs”. Known: {called}.\n"


@pytest.mark.parametrize("command", ["show terme", "parties", "sites", "log", "diff 2022-01-01"])
def test_a_command_about_one_convention_asks_which(qp, several, command):
    several()
    answer = qp(*command.split(), "--data", "territoires", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert "--convention" in answer.err
    assert AMP in answer.err
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Only 1 convention here can be read"), ("fr", "Seule 1 convention peut")]
)
def test_one_that_is_left_beside_a_broken_one_is_not_called_several(qp, several, language, said):
    shutil.rmtree(several(broken=True) / "valmont")
    answer = qp("log", "--data", "territoires", "--lang", language)
    assert answer.code == 2
    assert said in answer.err
    assert AMP in answer.err


def test_a_fact_is_never_recorded_in_one_of_several(qp, several):
    several()
    answer = qp("record", "fulfilled", "strategie", "--on", "2022-01-01", "--data", "territoires", "--lang", "en")
    assert (answer.code, answer.err) == (2, "qp: There are 2 conventions here: name one with --data\n")


def test_a_party_of_the_file_is_one_across_conventions(qp, several):
    several(parties=PARTIES)
    record = qp("status", "--data", "territoires", "--format", "json").json
    assert [each["id"] for each in record["shared_parties"]] == ["anru", "etat"]
    state = record["shared_parties"][1]
    own = [party for each in record["conventions"] for party in each["parties"] if party["id"] == "etat"]
    assert len(own) == 2
    assert counts(state) == {column: sum(party[column] for party in own) for column in COLUMNS}


def test_without_the_file_nobody_is_shared(qp, several):
    several()
    record = qp("status", "--data", "territoires", "--format", "json", "--group-by", "party").json
    assert record["shared_parties"] == []
    named = [each["id"] for each in record["groups"] if each["id"].endswith("/etat")]
    assert named == [f"{AMP}/etat", f"{VALMONT}/etat"]


@pytest.mark.parametrize("name", ["anru", "ANRU", "agence", "Agence nationale pour la rénovation urbaine"])
def test_a_shared_party_is_found_by_any_of_its_names_in_every_convention(qp, several, name):
    several(parties=PARTIES)
    found = qp("deadlines", "--data", "territoires", "--party", name, "--format", "json")
    assert found.code == 0
    assert {each["convention"] for each in found.json["obligations"]} == {AMP}
    assert {debtor for each in found.json["obligations"] for debtor in each["debtors"]} == {"anru"}


def test_a_name_that_one_convention_alone_knows_is_found_there(qp, several):
    several()
    found = qp("deadlines", "--data", "territoires", "--party", "departement", "--format", "json").json
    assert {each["convention"] for each in found["obligations"]} == {VALMONT}


def test_the_nearest_name_is_looked_for_in_all_of_them(qp, several):
    several()
    for option, name, near in (
        ("--party", "valmontt", "commune (Commune de Valmont-sur-Isle)"),
        ("--party", "bpifrence", "bpifrance"),
    ):
        answer = qp("deadlines", "--data", "territoires", option, name, "--lang", "en")
        assert (answer.code, answer.err) == (
            2,
            f"qp: No party, group or role is called “{name}”. Nearest: {near}.\n",
        )


def test_a_shared_party_is_called_by_its_name_in_what_people_take_away(qp, several):
    several(parties=PARTIES.replace("id: anru", "id: renouvellement").replace("aliases: [agence]", "ids: [anru]"))
    calendar = qp("export", "ics", "--data", "territoires", "--party", "renouvellement", "--lang", "fr")
    assert "NAME:Échéances : ANRU\r\n" in calendar.out
    page = qp("export", "md", "--data", "territoires", "--party", "renouvellement", "--lang", "fr")
    assert page.out.count("Seulement : ANRU") == 2


def test_a_group_of_one_convention_says_which_on_a_line_of_its_own(qp, several):
    several()
    out = qp("status", "--data", "territoires", "--group-by", "site", "--as-of", "2022-03-09").lines
    place = next(number for number, line in enumerate(out) if line.startswith("La Halle "))
    assert out[place + 1].strip() == "Valmont-sur-Isle (commune imaginaire)"


def test_a_name_that_none_of_them_knows_is_refused(qp, several):
    several()
    answer = qp("deadlines", "--data", "territoires", "--party", "personne", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert "No party, group or role is called “personne”." in answer.err


def test_a_file_with_errors_is_reported_and_its_parties_left_apart(qp, several):
    several(parties=PARTIES + "  - {id: anru, name: Encore}\n")
    answer = qp("status", "--data", "territoires", "--format", "json", "--lang", "en")
    assert answer.code == 1
    assert answer.json["shared_parties"] == []
    assert "territoires/parties.yaml:5:10: QP201" in answer.err
    assert "territoires/parties.yaml has errors: its parties are left apart." in answer.err


def test_standing_where_the_file_is_shows_the_conventions_below(qp, several, monkeypatch):
    monkeypatch.chdir(several(parties=PARTIES))
    answer = qp("status", "--format", "json")
    assert [each["id"] for each in answer.json["conventions"]] == [AMP, VALMONT]


@pytest.mark.parametrize("grouping", ["convention", "party", "clause", "site"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("command", ["status", "deadlines", "overdue"])
def test_every_command_puts_together_by_anything_in_every_format(qp, several, command, form, grouping):
    several(parties=PARTIES)
    answer = qp(command, "--data", "territoires", "--group-by", grouping, "--format", form)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out


@pytest.mark.parametrize("grouping", ["convention", "party", "clause", "site"])
@pytest.mark.parametrize("form", ["md", "csv", "json"])
def test_what_is_taken_away_is_put_together_as_it_is_on_the_screen(qp, several, form, grouping):
    several(parties=PARTIES)
    asked = ("--data", "territoires", "--group-by", grouping, "--lang", "fr")
    taken, shown = qp("export", form, *asked), qp("deadlines", "--format", form, *asked)
    assert (taken.code, taken.err) == (0, "")
    if form == "md":
        tables = shown.out.replace("### ", "## ")
        assert taken.out == f"# Obligations au lundi 23 novembre 2026\n\n{tables}"
    else:
        assert taken.out == shown.out


@pytest.mark.parametrize("words", [("export", "ics"), ("export", "csv", "--excel-fr"), ("timeline", "--format", "csv")])
def test_what_is_not_put_together_says_so(qp, several, words):
    several()
    answer = qp(*words, "--data", "territoires", "--group-by", "party", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("qp: --group-by goes with ")
    assert answer.err.count("\n") == 1


def test_a_group_holds_the_same_obligations_as_the_list(qp, several):
    several()
    plain = qp("deadlines", "--data", "territoires", "--format", "csv").rows
    by_convention = qp("deadlines", "--data", "territoires", "--group-by", "convention", "--format", "csv").rows
    assert sorted(plain) == sorted(by_convention)
    assert [row[1] for row in by_convention[1:]] == sorted((row[1] for row in plain[1:]), key=[AMP, VALMONT].index)


def test_an_obligation_of_several_parties_is_under_each_and_counts_once_in_machine_formats(qp, several):
    several()
    rows = qp("deadlines", "--data", "territoires", "--group-by", "party", "--format", "csv").rows[1:]
    assert len({(row[1], row[0]) for row in rows}) == len(rows)


def test_one_convention_is_put_together_too(qp, several):
    several()
    answer = qp("deadlines", "--data", "territoires/valmont", "--group-by", "clause", "--lang", "en")
    assert "\nart. 4 (22)\n" in answer.out


def test_what_they_could_not_be_grouped_by_is_refused(qp, several):
    several()
    answer = qp("status", "--data", "territoires", "--group-by", "mayor", "--lang", "en")
    assert (answer.code, answer.err) == (
        2,
        "qp: --group-by: “mayor” is not one of convention, party, clause, site\n",
    )


def test_a_state_in_any_of_them_fails_the_job(qp, several):
    several()
    late = qp("overdue", "--data", "territoires", "--format", "json").json["obligations"]
    status = qp("status", "--data", "territoires", "--format", "json").json
    for name, basis in (("overdue", "text"), ("overdue-by-term", "term")):
        named = [each for each in late if each["basis"] == basis]
        words = "overdue" if name == "overdue" else "overdue by the term"
        assert sum(each["states"][name] for each in status["conventions"]) == len(named) > 0
        for command in ("status", "deadlines", "overdue", "status --group-by party", "overdue --group-by party"):
            answer = qp(*command.split(), "--data", "territoires", "--lang", "en", "--fail-on", name)
            assert answer.code == 1
            head, *lines = answer.err.splitlines()
            assert head == f"qp: --fail-on: {len(named)} obligations in a state that it names"
            ids = [f"{each['convention']} {each['id']}: {words}" for each in named[:20]]
            assert [line.split("  ")[-1] for line in lines[:20]] == ids
    assert status["total"]["overdue"] == sum(each["states"]["overdue"] for each in status["conventions"])
    assert qp("status", "--data", "territoires", "--fail-on", "breached").code == 0


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("command", ["status", "deadlines", "overdue", "status --group-by party"])
def test_it_is_shown_in_80_columns(qp, several, command, language):
    several(parties=PARTIES)
    shown = qp(*command.split(), "--data", "territoires", "--lang", language, terminal=True, environ={"NO_COLOR": "1"})
    assert shown.code == 0
    assert max(map(len, shown.lines)) <= 80


def test_a_long_table_shows_the_soonest_and_says_how_many_more_there_are(qp, several, small):
    top = several()
    for number, start in ((1, "2001-01-01"), (2, "2011-01-01")):
        weekly = {
            "id": "point",
            "title": "Faire le point",
            "debtors": ["ville"],
            "kind": "recurring",
            "due": {"every": "P1W", "from": start, "until": f"{int(start[:4]) + 3}-01-01"},
        }
        (top / f"n{number}").mkdir()
        text = written(small(id=f"n{number}", engagements=[weekly]))
        (top / f"n{number}" / "convention.yaml").write_text(text, "utf-8")
    shown = qp("deadlines", "--all", "--data", "territoires", "--lang", "en")
    every = qp("deadlines", "--data", "territoires", "--format", "csv").rows[1:]
    listed = [line for line in shown.lines if re.match(r"[A-Z][a-z]{2} +\d", line)]
    assert len(listed) == 200 < len(every)
    soonest = [row[0].partition("@")[2] for row in every[:200]]
    assert [datetime.strptime(" ".join(line.split()[1:4]), "%d %b %Y").date().isoformat() for line in listed] == soonest  # noqa: DTZ007
    assert "… and 153 more that are overdue: qp overdue --data territoires --format csv" in shown.lines
    more = f"… and {len(every) - 353} more rows: qp "
    assert [line for line in shown.lines if line.startswith(more) and " --format csv" in line]
    assert "derived from the term" not in shown.out


def test_hidden_folders_and_links_are_left_out(qp, several):
    top = several()
    shutil.move(top / "sud", top / ".sud")
    if sys.platform != "win32":
        (top / "lien").symlink_to(top / "valmont", target_is_directory=True)
    record = qp("status", "--data", "territoires", "--format", "json").json
    assert [each["id"] for each in record["conventions"]] == [VALMONT]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_passed_by_the_term_is_counted_on_the_screen_in_the_words_of_the_page(qp, several, language):
    data = ("--data", str(several()), "--as-of", "2023-06-01", "--lang", language)
    records = qp("deadlines", *data, "--format", "json").json["obligations"]
    number = sum(one["state"] == "overdue" and one["basis"] == "term" for one in records)
    assert number > 1
    start = {"en": f"{number} dates derived from the term", "fr": f"{number} échéances déduites du terme"}[language]
    (line,) = [line.strip() for line in qp("status", *data).lines if line.strip().startswith(start)]
    assert line.split("\u00a0")[0] in qp("report", *data).out.replace("&#39;", "'")


@pytest.mark.parametrize("command", ["overdue", "deadlines"])
def test_a_list_says_of_how_many_conventions_it_is_and_what_was_asked_for(qp, several, command):
    data = ("--data", str(several()))
    assert qp(command, *data).lines[:3] == ["2 conventions", "On Monday 23 November 2026", ""]
    assert qp(command, *data, "--party", "etat").lines[:3] == [
        "2 conventions",
        "On Monday 23 November 2026",
        "Only: etat",
    ]


def test_each_id_of_a_row_has_its_name_beside_it_in_every_machine_format(qp, several):
    several(parties=PARTIES)
    record = qp("deadlines", "--data", "territoires", "--format", "json").json["obligations"]
    sheet = list(csv.DictReader(StringIO(qp("deadlines", "--data", "territoires", "--format", "csv").out)))
    for one, row in zip(record, sheet, strict=True):
        assert len(one["debtor_names"]) == len(one["debtors"]) == row["debtor_names"].count(";") + 1
        assert [len(one["creditor_names"]), len(one["site_names"])] == [len(one["creditors"]), len(one["sites"])]
        assert (one["performer_name"] is None) == (one["performer"] is None)
        assert row["convention_name"] == one["convention_name"]
        assert row["debtor_names"] == ";".join(one["debtor_names"])
    assert {one["convention_name"] for one in record if one["convention"] == AMP} == {"Aix-Marseille-Provence"}
    known = {name: label for one in record for name, label in zip(one["debtors"], one["debtor_names"], strict=True)}
    assert known["anru"] == "ANRU"
    exported = qp("export", "json", "--data", "territoires").json["obligations"]
    assert sorted(map(str, exported)) == sorted(map(str, record))


@pytest.mark.parametrize("grouping", [[], ["--group-by", "convention"]])
def test_the_counts_of_a_convention_name_it_in_the_column_of_conventions(qp, several, grouping):
    several()
    rows = qp("status", "--data", "territoires", "--format", "csv", *grouping).rows
    place, name = rows[0].index("convention"), rows[0].index("name")
    assert [row[place] for row in rows[1:]] == [row[name] for row in rows[1:]] != ["", ""]


def test_people_read_the_total_of_several_conventions_in_markdown_too_and_programs_do_not(qp, several):
    several()
    asked = ("status", "--data", "territoires")
    record = qp(*asked, "--format", "json").json
    *_, last = qp(*asked, "--format", "md").lines
    name, *figures = (cell.strip() for cell in last.strip("|").split("|"))
    assert name == "Total"
    shown = [column for column in record["total"] if column != "options" or len(figures) == len(record["total"])]
    assert figures == [str(record["total"][column]) for column in shown]
    assert "Total" not in qp(*asked, "--format", "csv").out
    assert "Total" not in qp(*asked, "--group-by", "party", "--format", "md").out


# --- what a command line lacks is said once, with what answers


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        (["status", "--party", "État"], ["qp status --group-by party", "qp deadlines --party État"]),
        (["status", "--site=Nord"], ["qp status --group-by site", "qp deadlines --site=Nord"]),
        (["status", "--state", "overdue"], ["qp deadlines --state overdue"]),
    ],
)
def test_what_chooses_rows_leads_from_the_counts_to_the_commands_that_answer(qp, typed, instead):
    answer = qp(*typed)
    assert answer.code == 2
    assert answer.err.endswith(f"Try: {', '.join(instead)}\n")


def test_what_one_convention_alone_has_is_shown_and_said(qp, several):
    several()
    answer = qp("show", "feuille-de-route", "--data", "territoires")
    assert (answer.code, answer.out) == (0, qp("show", "feuille-de-route", "--data", "territoires/sud").out)
    assert f"Of 2 conventions, {AMP} (Aix-Marseille-Provence) alone has it." in answer.err
    for name in ("terme", "personne"):
        refused = qp("show", name, "--data", "territoires")
        assert refused.code == 2
        assert f", {AMP} (Aix-Marseille-Provence)." in refused.err


@pytest.mark.parametrize("command", [["status", "--known-at", "hier"], ["diff", "lundi", "mardi"]])
def test_a_word_that_is_no_day_is_refused_once(qp, several, command):
    several()
    answer = qp(*command, "--data", "territoires")
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert "is no day and no revision: write a day, 2021-10-01, or a commit, HEAD~3" in answer.err
