"""`qp record --from`: what people filled into the sheet of `qp export xlsx`, all of it or nothing, and never twice."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.conftest import run_here, written

CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "territory": "Aix",
    "term": {"due": {"on": "2027-10-01"}},
    "events": [{"id": "debut", "title": "Début", "date": "2025-10-01"}],
    "parties": [
        {"id": "ville", "name": "La Ville", "aliases": ["Commune"]},
        {"id": "etat", "name": "L'État, ses services"},
    ],
    "engagements": [
        {"id": "plan", "title": "Plan", "debtors": ["ville"], "kind": "one-off", "due": {"on": "2026-03-01"}},
        {
            "id": "suite",
            "title": "Suite",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"within": "P6M", "from": "plan"},
        },
        {
            "id": "points",
            "title": "Points",
            "debtors": ["ville", "etat"],
            "kind": "recurring",
            "due": {"every": "P6M", "from": "debut", "until": "terme"},
        },
        {"id": "lieux", "title": "Lieux", "debtors": ["etat"], "kind": "one-off", "sites": ["nord", "sud"]},
        {"id": "avis", "title": "Avis", "debtors": ["etat"], "kind": "on-request", "due": {"within": "P1M"}},
        {"id": "vente", "title": "Vente", "debtors": ["ville", "etat"], "kind": "one-off", "solidary": True},
    ],
}
SITES = [{"id": "nord", "name": "Nord", "commune": "Aix"}, {"id": "sud", "name": "Sud", "commune": "Aix"}]
FIRST = 4
"""The first row below the headings, as spreadsheets number them."""
FRENCH = {"id": "Identifiant", "on": "Exécuté le", "by": "Exécuté par", "proof": "Preuve", "note": "Remarque"}
ENGLISH = {"id": "Id", "on": "Done on", "by": "Done by", "proof": "Proof", "note": "Remark"}


@pytest.fixture
def folder(repository):
    return repository(CONVENTION, sites=SITES)


@pytest.fixture
def sheet(qp, folder, tmp_path):
    """The sheet that qp makes, filled: by the id of each line, what stands under the keys of `FRENCH`."""

    def make(filled, *, lang="fr", name="suivi.xlsx", change=None):
        path = tmp_path / name
        assert qp("export", "xlsx", "--data", str(folder), "--lang", lang, "--output", str(path)).code == 0
        book = load_workbook(path)
        fill(book, filled, FRENCH if lang == "fr" else ENGLISH)
        if change:
            change(book)
        book.save(path)
        return path

    return make


def fill(book, filled, words):
    page = book["Suivi" if words is FRENCH else "Follow-up"]
    head = {cell.value: cell.column for cell in page[FIRST - 1]}
    rows = {page.cell(row, head[words["id"]]).value: row for row in range(FIRST, page.max_row + 1)}
    for target, cells in filled.items():
        for name, value in cells.items():
            page.cell(rows[target], head[words[name]]).value = value


@pytest.fixture
def given_file(qp, folder):
    """Runs `qp record --from` on a file."""
    return lambda path, *more: qp("record", "--from", str(path), "--data", str(folder), *more)


def recorded(folder):
    """What the journal says, without what no two runs have in common."""
    path = folder / "data" / "journal.yaml"
    facts = yaml.safe_load(path.read_text("utf-8"))["facts"] if path.exists() else []
    named = [{"on" if name is True else name: value for name, value in fact.items()} for fact in facts]
    return [{name: value for name, value in fact.items() if name not in {"id", "recorded"}} for fact in named]


def test_what_is_filled_is_recorded_as_the_commands_would_and_the_same_file_again_records_nothing(
    qp, folder, sheet, given_file, repository
):
    (folder / "data" / "preuves").mkdir()
    (folder / "data" / "preuves" / "pv.pdf").write_bytes(b"%PDF")
    path = sheet(
        {
            "suite/ville": {"on": date(2026, 9, 1)},
            "plan/ville": {"on": "18 mars 2026", "by": "Commune", "proof": "preuves\\pv.pdf", "note": "reçu\nle matin"},
            "points/etat@2026-04-01": {
                "on": datetime.fromisoformat("2026-04-01T14:30"),
                "proof": "https://exemple.fr/a?b=1",
            },
            "lieux/etat/sud": {"on": "02/02/2026", "note": 12},
        }
    )
    shown = given_file(path, "--dry-run", "--lang", "fr")
    assert (shown.code, recorded(folder)) == (0, [])
    assert "Suivi!H4: plan/ville, 18 mars 2026, La Ville, preuves/pv.pdf, reçu le matin" in shown.out.replace(
        "\u00a0", ""
    )
    assert "suite/ville" in shown.out
    answer = given_file(path, "--who", "Anne")
    assert answer.code == 0, answer.err
    assert answer.out.startswith("4 facts recorded in ")
    twin = repository(CONVENTION, sites=SITES, name="jumeau")
    (twin / "data" / "preuves").mkdir()
    (twin / "data" / "preuves" / "pv.pdf").write_bytes(b"%PDF")
    for words in (
        ["plan/ville", "--on", "2026-03-18", "--proof", "preuves/pv.pdf", "--note", "reçu le matin"],
        ["points/etat@2026-04-01", "--on", "2026-04-01", "--proof", "https://exemple.fr/a?b=1"],
        ["suite/ville", "--on", "2026-09-01"],
        ["lieux/etat/sud", "--on", "2026-02-02", "--note", "12"],
    ):
        assert qp("record", "fulfilled", *words, "--who", "Anne", "--data", str(twin)).code == 0
    key = str
    assert sorted(recorded(folder), key=key) == sorted(recorded(twin), key=key)
    again = given_file(path)
    assert (again.code, again.out) == (0, "Nothing new: 4 lines, all recorded already.\n")
    assert len(recorded(folder)) == 4
    assert qp("check", "--data", str(folder)).code == 0


def test_the_sheet_has_what_can_be_recorded_and_nothing_that_is_over_or_was_not_asked_for(qp, folder, sheet):
    assert qp("record", "fulfilled", "plan", "--on", "2026-02-01", "--data", str(folder)).code == 0
    page = load_workbook(sheet({}))["Suivi"]
    head = {cell.value: cell.column for cell in page[FIRST - 1]}
    ids = [page.cell(row, head["Identifiant"]).value for row in range(FIRST, page.max_row + 1)]
    assert "suite/ville" in ids
    assert "vente/ville+etat" in ids
    assert not [each for each in ids if each.startswith(("avis", "plan"))]
    marks = {page.cell(row, head["Repère"]).value for row in range(FIRST, page.max_row + 1)}
    (mark,) = marks
    assert mark.startswith("qp/1 essai 2026-11-23 1 f-")


def test_the_cells_to_fill_are_open_marked_and_guided_and_all_others_locked(sheet):
    page = load_workbook(sheet({}))["Suivi"]
    assert page.protection.sheet
    assert not page.protection.password
    assert not page.protection.autoFilter
    assert page.freeze_panes == f"C{FIRST}"
    for row in page.iter_rows(min_row=FIRST):
        for cell in row:
            is_filled = cell.column_letter in "HIJK"
            assert cell.protection.locked is not is_filled
            assert (cell.fill.fgColor.rgb == "FFFFF6CC") is is_filled
    rules = {(rule.type, rule.formula1): rule for rule in page.data_validations.dataValidation}
    days = next(rule for (kind, _), rule in rules.items() if kind == "date")
    assert f"H{FIRST}:H{page.max_row}" in str(days.sqref)
    ours = rules["list", '"La Ville"']
    rows = {row for each in ours.sqref.ranges for row in range(each.min_row, each.max_row + 1)}
    assert {page.cell(row, 3).value for row in rows} == {"La Ville"}
    assert ("list", '"ville,etat"') in rules  # a name with a comma would be two choices
    assert all(len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32 for rule in rules.values())


def test_every_cell_that_is_refused_is_named_with_its_reason_and_nothing_is_written(folder, sheet, given_file):
    path = sheet(
        {
            "plan/ville": {"on": "31/02/2026", "by": "Vile"},
            "suite/ville": {"proof": "https://exemple.fr/a"},
            "points/ville@2026-04-01": {"on": date(2026, 12, 24)},
            "points/etat@2026-04-01": {"on": date(2026, 4, 2), "proof": "absent.pdf"},
            "lieux/etat/nord": {"on": date(2026, 2, 2), "by": "La Ville"},
            "lieux/etat/sud": {"on": date(2026, 2, 2)},
        }
    )
    answer = given_file(path, "--lang", "fr")
    assert (answer.code, answer.out, recorded(folder)) == (2, "", [])
    lines = answer.err.replace("\u00a0", " ").splitlines()
    cells = [line.partition(" : ")[0] for line in lines if line.startswith("Suivi!")]
    assert len(cells) == len(set(cells)) == 6
    text = "\n".join(lines)
    assert "Suivi!H4 : Ce jour n'existe pas : 31/02/2026" in lines
    assert "Vile" in text
    assert "« Preuve » est rempli et le jour manque" in text
    assert "24 décembre 2026" in text
    assert "absent.pdf" in text
    assert "--proof" not in text
    assert lines[-1] == "qp: Rien n'a été enregistré : 6 cases sont refusées."


def test_what_the_rules_refuse_is_named_by_its_cell_and_what_is_unusual_is_said(qp, folder, sheet, given_file):
    assert qp("record", "fulfilled", "plan", "--on", "2026-02-01", "--data", str(folder)).code == 0
    path = sheet({"lieux/etat/nord": {"on": date(2026, 2, 2), "by": "La Ville"}, "suite/ville": {"on": "2026-02-03"}})
    answer = given_file(path)
    assert answer.code == 2
    assert "“La Ville” owes nothing of “lieux”" in answer.err
    assert "1 cell is refused" in answer.err
    assert len(recorded(folder)) == 1


def test_a_line_that_the_journal_has_otherwise_is_refused_and_what_it_has_so_is_left(folder, sheet, given_file):
    path = sheet({"plan/ville": {"on": date(2026, 2, 1)}})
    assert given_file(path).code == 0
    book = load_workbook(path)
    fill(book, {"plan/ville": {"on": date(2026, 2, 2)}, "lieux/etat/sud": {"on": date(2026, 2, 3)}}, FRENCH)
    book.save(path)
    assert given_file(path).code == 2
    fill(book, {"plan/ville": {"on": date(2026, 2, 1)}}, FRENCH)
    book.save(path)
    answer = given_file(path)
    assert answer.code == 0
    assert "1 line is recorded already" in answer.err
    assert [fact["engagement"] for fact in recorded(folder)] == ["plan", "lieux"]


def test_what_was_cancelled_can_be_recorded_again(qp, folder, sheet, given_file):
    path = sheet({"plan/ville": {"on": date(2026, 2, 1)}})
    assert given_file(path).code == 0
    name = yaml.safe_load((folder / "data" / "journal.yaml").read_text("utf-8"))["facts"][0]["id"]
    assert qp("record", "voided", name, "--data", str(folder)).code == 0
    assert given_file(path).code == 0
    assert [fact["kind"] for fact in recorded(folder)] == ["fulfilled", "voided", "fulfilled"]


def test_a_sheet_older_than_the_journal_is_told_to_be_and_its_own_facts_do_not_count(qp, folder, sheet, given_file):
    path = sheet({"plan/ville": {"on": date(2026, 2, 1)}})
    assert "since" not in given_file(path).err
    assert "since" not in given_file(path).err
    assert qp("record", "fulfilled", "lieux/etat/nord", "--on", "2026-02-02", "--data", str(folder)).code == 0
    assert "The sheet shows 23 November 2026: 1 fact was recorded since" in given_file(path).err
    (folder / "data" / "journal.yaml").write_text("format: qp/1\nfacts: []\n", "utf-8")
    qp("record", "fulfilled", "lieux/etat/nord", "--on", "2026-02-02", "--data", str(folder))
    other = sheet({"plan/ville": {"on": date(2026, 2, 1)}})
    (folder / "data" / "journal.yaml").write_text("format: qp/1\nfacts: []\n", "utf-8")
    assert "from another journal" in given_file(other).err


def reversed_rows(book):
    page = book["Suivi"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=FIRST)]
    for number, values in enumerate(reversed(rows), FIRST):
        for place, value in enumerate(values, 1):
            page.cell(number, place).value = value


def other_columns(book):
    """Columns in another order, one more between them, no more than those that are read, and a hidden row."""
    page = book["Suivi"]
    head = {cell.value: cell.column for cell in page[FIRST - 1]}
    made = book.create_sheet("Copie")
    order = [head["Exécuté le"], head["Identifiant"], None, head["Remarque"]]
    for number in range(FIRST - 1, page.max_row + 1):
        values = [page.cell(number, place).value if place else f"à nous {number}" for place in order]
        made.append(values)
    made.row_dimensions[2].hidden = True
    del book["Suivi"]


def in_1904(book):
    book.epoch = CALENDAR_MAC_1904


def without_others(book):
    page = book["Suivi"]
    for number in range(page.max_row, FIRST - 1, -1):
        if not page.cell(number, 8).value:
            page.delete_rows(number)
    for name in ("Synthèse", "Obligations", "Journal"):
        del book[name]


@pytest.mark.parametrize("change", [reversed_rows, other_columns, in_1904, without_others])
def test_rows_and_columns_may_be_moved_added_and_deleted(folder, sheet, given_file, change):
    days = {"plan/ville": date(2026, 2, 1), "lieux/etat/sud": date(2026, 2, 3)}
    path = sheet({each: {"on": on, "note": "oui"} for each, on in days.items()}, change=change)
    answer = given_file(path)
    assert answer.code == 0, answer.err
    assert sorted((fact["engagement"], fact["on"], fact["note"]) for fact in recorded(folder)) == [
        ("lieux", date(2026, 2, 3), "oui"),
        ("plan", date(2026, 2, 1), "oui"),
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_headings_of_either_language_are_read_by_readers_of_either(folder, sheet, given_file, lang):
    path = sheet({"plan/ville": {"on": "1 February 2026"}}, lang=lang)
    assert given_file(path, "--lang", "en" if lang == "fr" else "fr").code == 0
    assert [fact["on"] for fact in recorded(folder)] == [date(2026, 2, 1)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (date(2026, 2, 1), date(2026, 2, 1)),
        (datetime.fromisoformat("2026-02-01T23:59"), date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        (" 01/02/2026 ", date(2026, 2, 1)),
        ("1er février 2026", date(2026, 2, 1)),
        ("01/02/2026 14:30", date(2026, 2, 1)),
        ("2026-02-01T00:00:00", date(2026, 2, 1)),
        ("=DATE(2026,2,1)", "without a result"),
        ("02-01-26", "is no date"),
        (20260201, "is a number and no day"),
        (True, "is no day"),
        (time(14, 30), "is no day"),
        ("fait", "is no date"),
        (date(1899, 1, 1), ""),
    ],
    ids=str,
)
def test_a_day_is_read_as_people_write_it_or_refused(folder, sheet, given_file, typed, read):
    answer = given_file(sheet({"plan/ville": {"on": typed}}))
    if isinstance(read, date):
        assert answer.code == 0, answer.err
        assert [fact["on"] for fact in recorded(folder)] == [read]
    else:
        assert (answer.code, recorded(folder)) == (2, [])
        assert answer.err.startswith("Suivi!H4: ")
        assert read in answer.err


@pytest.mark.parametrize(
    "proof", ["/etc/passwd", "\\\\serveur\\part\\a.pdf", "C:\\a.pdf", "../../x.pdf", "//h/a", "\x00"]
)
def test_a_proof_is_a_file_of_the_repository_or_an_address(folder, given_file, tmp_path, proof):
    path = tmp_path / "suivi.csv"
    path.write_text(f"Id;Done on;Proof\nplan/ville;2026-02-01;{proof}\n", "utf-8")
    answer = given_file(path)
    assert (answer.code, recorded(folder)) == (2, [])


def test_the_list_of_all_obligations_is_no_sheet_to_fill(qp, folder, given_file, tmp_path):
    path = tmp_path / "obligations.csv"
    assert qp("export", "csv", "--excel-fr", "--lang", "fr", "--data", str(folder), "--output", str(path)).code == 0
    answer = given_file(path)
    assert answer.code == 2
    assert "No sheet of the file has the columns" in answer.err


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_csv_of_the_sheet_is_read_too(folder, sheet, given_file, tmp_path, separator, encoding):
    page = load_workbook(sheet({"plan/ville": {"on": "01/02/2026", "note": "à revoir\nvite"}}))["Suivi"]
    held = io.StringIO()
    csv.writer(held, delimiter=separator).writerows(page.iter_rows(values_only=True))
    (tmp_path / "suivi.csv").write_bytes(held.getvalue().encode(encoding, "replace"))
    answer = given_file(tmp_path / "suivi.csv")
    assert answer.code == 0, answer.err
    assert [(fact["on"], fact["note"]) for fact in recorded(folder)] == [(date(2026, 2, 1), "à revoir vite")]


def test_lines_said_twice_are_written_once(folder, given_file, tmp_path):
    line = "plan/ville;2026-02-01\n"
    (tmp_path / "a.csv").write_text(f"Id;Done on\n{line}{line}Id;Done on\n;\nlieux/etat/sud;\n", "utf-8")
    answer = given_file(tmp_path / "a.csv")
    assert answer.code == 0
    assert "B3: says the same as B2: written once." in answer.err
    assert len(recorded(folder)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty."),
        ("a;b\n1;2\n", "No sheet of the file has the columns “Id” and “Done on”"),
        ("Id;Done on;Done on\n", "Two columns are called “Done on”, B1 and C1"),
        ("Id;Done on;Reference mark\nplan/ville;2026-02-01;qp/2 x\n", "C2: “qp/2 x” is no mark of this version of qp"),
        ("Id;Done on\n;2026-02-01\n", "A2: the line has no id"),
        ("Id;Done on\nplann/ville;2026-02-01\n", "A2: No engagement is called “plann/ville”."),
        ("Id;Done on;Remark\nplan/ville;2026-02-01;a\x07b\n", "B2: note: the character U+0007"),
        (f"Id;Done on;Remark\nplan/ville;2026-02-01;{'x' * 5001}\n", "B2: This cannot be recorded"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(folder, given_file, tmp_path, text, words):
    (tmp_path / "a.csv").write_text(text, "utf-8")
    answer = given_file(tmp_path / "a.csv")
    assert (answer.code, answer.out, recorded(folder)) == (2, "", [])
    assert words in answer.err


def test_a_file_without_a_filled_line_records_nothing(sheet, given_file):
    answer = given_file(sheet({}))
    assert (answer.code, answer.out) == (0, "No line is filled: there is nothing to record.\n")


def test_nothing_of_a_fact_goes_beside_a_file(qp, folder, sheet):
    for more in (["fulfilled", "plan"], ["--on", "2026-02-01"], ["--proof", "x"], ["--note", "x"], ["--end"]):
        answer = qp("record", *more, "--from", str(sheet({})), "--data", str(folder))
        assert answer.code == 2
        assert "only --dry-run and --who go with it" in answer.err


def test_the_rows_of_other_conventions_are_left_to_them_and_counted(qp, folder, repository, tmp_path, given_file):
    other = repository({**CONVENTION, "id": "autre", "territory": "Lyon"}, sites=SITES, name="autre")
    path = tmp_path / "deux.xlsx"
    both = ("--data", str(folder), "--data", str(other))
    assert qp("export", "xlsx", *both, "--lang", "fr", "--output", str(path)).code == 0
    book = load_workbook(path)
    page = book["Suivi"]
    head = {cell.value: cell.column for cell in page[FIRST - 1]}
    for row in range(FIRST, page.max_row + 1):
        if page.cell(row, head["Identifiant"]).value == "plan/ville":
            page.cell(row, head["Exécuté le"]).value = date(2026, 2, 1)
    book.save(path)
    answer = given_file(path)
    assert answer.code == 0
    assert "1 filled line is of another convention (autre). With the folder of that one: " in answer.err
    assert " --data DIR\n" in answer.err
    assert (len(recorded(folder)), len(recorded(other))) == (1, 0)
    assert qp("record", "--from", str(path), "--data", str(other)).code == 0
    assert len(recorded(other)) == 1
    for row in range(FIRST, page.max_row + 1):
        if page.cell(row, head["Convention"]).value == "Aix":
            page.cell(row, head["Exécuté le"]).value = None
    book.save(path)
    alone = given_file(path)
    assert alone.code == 2
    assert "of another convention (autre)" in alone.err


def test_what_others_record_meanwhile_stops_all(folder, sheet, given_file, monkeypatch):
    from qp_cli.cli import filled_sheet
    from qp_cli.store.journal_append import append_fact, append_facts

    def late(journal, *arguments, **more):
        append_fact(journal, {"kind": "fulfilled", "engagement": "lieux", "on": date(2026, 2, 3)})
        return append_facts(journal, *arguments, **more)

    monkeypatch.setattr(filled_sheet, "append_facts", late)
    answer = given_file(sheet({"plan/ville": {"on": date(2026, 2, 1)}}))
    assert answer.code == 2
    assert "recorded meanwhile" in answer.err
    assert [fact["engagement"] for fact in recorded(folder)] == ["lieux"]


IDS = ["plan/ville", "suite/ville", "lieux/etat/nord", "lieux/etat/sud", "vente/ville+etat"]
IDS += [f"points/{who}@{day}" for who in ("ville", "etat") for day in ("2026-04-01", "2026-10-01")]
NOTES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20)
LINES = st.dictionaries(
    st.sampled_from(IDS),
    st.tuples(st.dates(date(2026, 3, 1), date(2026, 11, 23)), st.none() | NOTES.map(str.strip).filter(bool)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None)
@given(lines=LINES, shift=st.integers(0, 3))
def test_any_filled_cells_are_the_facts_of_the_same_commands_and_twice_is_nothing_new(tmp_path_factory, lines, shift):
    top = tmp_path_factory.mktemp("suivi")
    folders = [top / name for name in ("feuille", "commandes")]
    for each in folders:
        each.mkdir()
        (each / "data").mkdir()
        (each / "data" / "convention.yaml").write_text(written(CONVENTION), "utf-8")
        (each / "data" / "sites.yaml").write_text(written({"format": "qp/1", "sites": SITES}), "utf-8")
    book = Workbook()
    for _ in range(shift):
        book.active.append(["x"])
    book.active.append(["Remarque", "Identifiant", "Exécuté le"])
    for target, (day, note) in lines.items():
        book.active.append([None, target, day])
        if note:
            cell = book.active.cell(book.active.max_row, 1)
            cell.value, cell.data_type = note, "s"
    book.save(top / "suivi.xlsx")

    def run(*arguments, to):
        return run_here("record", *arguments, "--who", "Anne", "--data", str(to))

    together = run("--from", str(top / "suivi.xlsx"), to=folders[0])
    alone = [
        run("fulfilled", target, "--on", day.isoformat(), *(["--note", note] if note else []), to=folders[1]).code
        for target, (day, note) in sorted(lines.items(), key=lambda item: item[1][0])
    ]
    assert together.code == max(alone), together.err
    if together.code == 0:
        known = [sorted(recorded(each), key=str) for each in folders]
        assert known[0] == known[1]
        again = run("--from", str(top / "suivi.xlsx"), to=folders[0])
        assert (again.code, len(recorded(folders[0]))) == (0, len(lines))
        assert again.out.startswith("Nothing new: ")
    else:
        assert recorded(folders[0]) == []
