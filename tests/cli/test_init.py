"""`qp init` without a terminal: a repository that passes `qp check` at once, whole or not at all, over nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qp_cli.cli.parser import COMMANDS
from qp_cli.init import convention as inherited
from qp_cli.init import files as planting
from qp_cli.init.convention import Founding, declare_blank, make_id
from qp_cli.init.files import UNKNOWN_SOURCES, data_files, fill
from qp_cli.init.source import noted_source
from qp_cli.render.formats import escape_markdown
from qp_cli.store.yaml.reader import read_document
from tests.conftest import run_here
from tests.integration.test_ci_files import validate

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "qp_cli" / "init" / "templates"
FILES = {
    ".gitattributes",
    ".github/dependabot.yml",
    ".github/workflows/qp.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".gitlab/qp.yml",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "README.md",
    "data/convention.yaml",
    "data/journal.yaml",
    "data/sites.yaml",
    "schemas/convention.schema.json",
    "schemas/journal.schema.json",
    "schemas/sites.schema.json",
}
QUARTIERS = (
    *("--template", "quartiers-productifs", "--territory", "Pays d'Été", "--epci", "Communauté urbaine de l'Été"),
    *("--prefet", "Préfet de l'Été", "--chef-de-file", "Banque des Territoires"),
)
BLANK = (
    *("--template", "blank", "--title", "Convention d'objectifs", "--party", "Ville de Bourg", "--party", "Région"),
    *("--origin", "31/01/2026", "--term", "P24M", "--term-clause", "art. 4"),
    *("--engagement", "Remettre le bilan; Région; one-off; P6M; art. 1"),
    *("--engagement", "Rendre compte; Ville de Bourg, region; recurring; P1Y; art. 2"),
    *("--engagement", "Répondre; ville-de-bourg; on-request; 10 jours ouvrés; art. 3"),
    *("--engagement", "Se concerter; Région; continuing; ; art. 3"),
)
LEAST = ("--template", "blank", "--title", "Essai", "--party", "Ville")
ENOUGH = (*LEAST, "--engagement", "Se concerter; Ville; continuing; ; art. 1")
"""With something owed: nothing is left to be warned of."""


def everything(folder):
    """Each file below a folder with its bytes, and each folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def declared(folder):
    return read_document((folder / "data" / "convention.yaml").read_bytes(), "convention.yaml").root


def weight(qp, folder):
    """How many errors and warnings `qp check` has."""
    answer = qp("check", str(folder), "--format", "json")
    assert answer.err == ""
    return answer.json["summary"]["errors"], answer.json["summary"]["warnings"]


@pytest.fixture
def new(qp, tmp_path):
    """Makes a repository and gives its folder."""

    def make(*arguments, name="dépôt n° 1", language="en"):
        answer = qp("init", str(tmp_path / name), *arguments, "--lang", language)
        assert (answer.code, answer.err) == (0, "")
        return tmp_path / name

    return make


def test_one_in_which_nothing_is_owed_yet_is_made_and_says_so(qp, tmp_path):
    answer = qp("init", str(tmp_path / "x"), *LEAST)
    assert answer.code == 0
    assert "QP216 warning: The convention has no engagement: nothing is owed" in answer.err
    assert weight(qp, tmp_path / "x") == (0, 1)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("arguments", "engagement"),
    [(QUARTIERS, "feuille-de-route"), (BLANK, "remettre-le-bilan")],
    ids=["territory", "any"],
)
def test_a_new_repository_passes_its_check_takes_a_fact_and_passes_again(qp, new, arguments, engagement, language):
    folder = new(*arguments, language=language)
    assert {name for name, data in everything(folder).items() if data is not None} == FILES
    assert weight(qp, folder) == (0, 0)
    assert qp("status", "--data", str(folder), "--lang", language).code == 0
    made = everything(folder)
    assert qp("record", "fulfilled", engagement, "--on", "2026-07-01", "--data", str(folder)).code == 0
    assert weight(qp, folder) == (0, 0)
    assert engagement in qp("log", "--data", str(folder), "--lang", language).out
    now = everything(folder)
    assert {name for name in made if made[name] != now[name]} == {"data/journal.yaml", "schemas/journal.schema.json"}
    assert now["data/journal.yaml"].startswith(made["data/journal.yaml"].partition(b"facts:")[0])


def test_the_dates_of_a_blank_one_are_those_asked_for(qp, new):
    record = qp("deadlines", "--data", str(new(*BLANK)), "--format", "json").json
    due = {one["id"]: one["due"] for one in record["obligations"]}
    assert due["remettre-le-bilan/region"] == "2026-07-31"
    assert due["rendre-compte/ville-de-bourg@2027-01-31"] == "2027-01-31"
    assert due["rendre-compte/region@2028-01-31"] == "2028-01-31"
    assert due["se-concerter/region"] == "2028-01-31"
    assert due["repondre/ville-de-bourg"] is None


def test_the_answer_says_what_was_written_under_which_ids_and_what_comes_next(qp, outside):
    answer = qp("init", "mon dépôt", *BLANK)
    listed = {line.strip() for line in answer.lines if line.startswith("  ")}
    assert listed >= FILES
    assert {"cd 'mon dépôt'", "qp check", "git init", "git add .", "qp record"} <= listed
    assert "Parties: ville-de-bourg, region" in answer.lines
    assert "Engagements: remettre-le-bilan, rendre-compte, repondre, se-concerter" in answer.lines
    assert "Term: Monday 31 January 2028" in answer.lines
    (outside / "clone" / ".git").mkdir(parents=True)
    assert "git init" not in qp("init", "clone", *LEAST).out


# --- another territory


def test_another_territory_has_the_shipped_engagements_and_nothing_of_its_dossier(new):
    shipped = read_document((ROOT / "data" / "convention.yaml").read_bytes(), "convention.yaml").root
    made = declared(new(*QUARTIERS))
    for part in ("engagements", "groups"):
        assert made[part] == [{key: each[key] for key in each if key != "note"} for each in shipped[part]]
    assert made["term"]["due"] == shipped["term"]["due"]
    assert [party["id"] for party in made["parties"]] == [party["id"] for party in shipped["parties"]]
    assert {"claims", "ignore", "source"}.isdisjoint(made)
    text = json.dumps(made, ensure_ascii=False, default=str)
    assert not re.search("note|Aix|Marseille|Provence|AMP|Bouches|Présidente|HN 001|signatory", text)
    assert {event["id"]: str(event.get("date")) for event in made["events"]} == {
        "annonce-programme": "2021-01-29",
        "labellisation": "2021-03-18",
        "approbation": "None",
        "signature": "None",
        "confirmation-ecrite": "None",
        "proposition-soumise": "None",
        "action-approuvee": "None",
    }


def test_the_names_given_stand_where_they_belong(new):
    made = declared(new(*QUARTIERS))
    parties = {party["id"]: party for party in made["parties"]}
    assert (made["id"], made["territory"]) == ("quartiers-productifs-pays-d-ete", "Pays d'Été")
    assert parties["metropole"]["name"] == "Communauté urbaine de l'Été"
    assert parties["metropole"]["aliases"] == ["intercommunalité", "intercommunalité bénéficiaire"]
    assert parties["prefet"]["name"] == "Préfet de l'Été"
    assert [role["held_by"] for role in made["roles"]] == [["banque-des-territoires"]]
    assert parties["banque-des-territoires"]["part"] == (
        "Partenaire ; Chef de file sur ce territoire, interlocuteur unique désigné en lien avec l'intercommunalité"
    )
    assert parties["anru"]["part"] == "Partenaire"


def test_what_the_shipped_convention_says_tomorrow_the_next_territory_says(new, tmp_path, monkeypatch):
    text = (ROOT / "data" / "convention.yaml").read_text("utf-8")
    changed = text.replace("Désigner un référent", "Désigner deux référents").replace("within: P6M", "within: P7M")
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "convention.yaml").write_text(changed, "utf-8")
    monkeypatch.setattr(inherited, "embedded", lambda: tmp_path / "shipped")
    made = {each["id"]: each for each in declared(new(*QUARTIERS))["engagements"]}
    assert made["etat-referent"]["title"] == "Désigner deux référents dans les services déconcentrés"
    assert made["feuille-de-route"]["due"]["within"] == "P7M"


def test_its_days_term_and_zone_can_be_its_own(qp, tmp_path):
    own = ("--origin", "2021-04-01", "--signed", "2021-05-04", "--term", "P36M", "--zone", "alsace-moselle")
    answer = qp("init", str(tmp_path / "x"), *QUARTIERS, *own, "--id", "est", "--title", "Convention de l'Est")
    assert (answer.code, answer.err) == (0, "")
    assert "Term: Monday 1 April 2024" in answer.lines
    made = declared(tmp_path / "x")
    assert (made["id"], made["title"], made["zone"]) == ("est", "Convention de l'Est", "alsace-moselle")
    events = {event["id"]: event for event in made["events"]}
    assert str(events["labellisation"]["date"]) == "2021-04-01"
    assert str(events["signature"]["date"]) == "2021-05-04"


def test_a_signature_after_a_deadline_is_told_and_does_not_stop_anything(qp, tmp_path):
    answer = qp("init", str(tmp_path / "x"), *QUARTIERS, "--signed", "2022-04-01")
    assert answer.code == 0
    assert answer.err.count("warning") == 1
    assert "QP301" in answer.err
    assert weight(qp, tmp_path / "x") == (0, 1)


# --- what is missing, or makes no sense


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (
            (),
            f"--template quartiers-productifs {' '.join(QUARTIERS[2::2])}, or --template blank --title --party",
        ),
        (("--party", "Ville", "--term", "P2Y"), "--template blank --title --term-clause"),
        (("--epci", "Métropole"), "--template quartiers-productifs --territory --prefet --chef-de-file"),
        (
            ("--template", "blank", "--engagement", "Bilan; Ville; périodique; P1Y; art. 1"),
            "--title, --party, --term, --term-clause",
        ),
        (("--template", "blank"), "--title, --party"),
        (("--template", "Blank", "--party", "Ville"), "--title"),
        (("--template", "quartiers-productifs"), "--territory, --epci, --prefet, --chef-de-file"),
        ((*LEAST, "--term", "P2Y"), "--term-clause"),
    ],
)
def test_what_is_missing_is_said_on_one_line(qp_process, tmp_path, arguments, names):
    answer = qp_process("init", "x", *arguments, cwd=tmp_path, environ={"QP_LANG": "en"})
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"qp: Missing: {names}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*LEAST, "--epci", "x"), "--epci does not go with blank"),
        ((*QUARTIERS, "--party", "x"), "--party does not go with quartiers-productifs"),
        (("--template", "other"), "“other” is not one of quartiers-productifs, blank"),
        ((*LEAST, "--title", " "), "--title needs a value"),
        ((*LEAST, "--party", " "), "--party needs a value"),
        ((*LEAST, "--party", "VILLE"), "named twice"),
        ((*LEAST, "--id", "Été"), "is no id"),
        ((*LEAST, "--origin", "2026-02-30"), "There is no such day"),
        ((*LEAST, "--term", "deux ans", "--term-clause", "art. 4"), "“deux ans” is not a period"),
        ((*LEAST, "--zone", "lune"), "is not one of France métropolitaine (metropole)"),
        ((*LEAST, "--title", "a\u202eb"), "U+202E"),
        ((*LEAST, "--party", "\x1b[31mrouge"), "U+001B"),
        ((*LEAST, "--engagement", "Bilan; Ville; one-off; P6M"), "TITLE; PARTY; KIND; DUE; CLAUSE"),
        ((*LEAST, "--engagement", "Bilan; Villa; one-off; P6M; art. 1"), "--engagement “Bilan”, PARTY: No"),
        (
            (*LEAST, "--engagement", "Bilan; Ville; weekly; P6M; art. 1"),
            "“Bilan”, KIND: “weekly” is no kind. Write recurring",
        ),
        ((*LEAST, "--engagement", "Bilan; Ville; annuel; ; art. 1"), "Write recurring, and P1Y as DUE."),
        ((*LEAST, "--engagement", "Bilan; Ville; recuring; P6M; art. 1"), "Nearest: recurring."),
        ((*LEAST, "--engagement", "Bilan; Ville; moyens; P6M; art. 1"), "Known: one-off, continuing"),
        ((*LEAST, "--engagement", "Bilan; Ville; one-off; 6 moix; art. 1"), "“Bilan”, DUE: “6 moix” is not a period"),
        ((*LEAST, "--engagement", "Bilan; Ville; continuing; P6M; art. 1"), "does not go with continuing"),
        ((*LEAST, "--engagement", "Bilan; Ville; recurring; ; art. 1"), "“Bilan”, DUE: What comes back needs"),
        ((*LEAST, "--engagement", "Bilan; Ville; recurring; P1Y; art. 1"), "Missing: --term"),
        ((*LEAST, "--qp-source", "-e ."), "is not one word for pip"),
        ((*LEAST, "--qp-source", "${{ github.token }}"), "is not one word for pip"),
        ((*LEAST, "--qp-source", "$(touch pwned)"), "is not one word for pip"),
        ((*QUARTIERS, "--chef-de-file", "etat"), "Known: anct"),
        ((*QUARTIERS, "--origin", "2100-06-01"), "1905 to 2100"),
        ((*QUARTIERS, "--epci", "ANRU"), "is also a name of “metropole”"),
    ],
)
def test_an_option_that_cannot_be_kept_is_refused_and_nothing_is_written(qp, outside, arguments, words):
    answer = qp("init", "x", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1
    assert list(outside.iterdir()) == []


@pytest.mark.usefixtures("outside")
def test_the_parts_of_an_engagement_have_one_name_in_the_help_and_in_what_refuses_them(qp):
    helped = " ".join(qp("init", "--help", "--all", "--lang", "fr").out.replace("\xa0", " ").split())
    assert "INTITULÉ; PARTIE; TYPE; ÉCHÉANCE; CLAUSE" in helped
    few = qp("init", "x", *LEAST, "--engagement", "Bilan; Ville", "--lang", "fr").err
    assert "« INTITULÉ; PARTIE; TYPE; ÉCHÉANCE; CLAUSE »" in few.replace("\xa0", " ")
    unknown = ("Bilan; Ville; moyens; P6M; art. 1", "--lang")
    assert "--engagement « Bilan », TYPE : « moyens »" in qp(
        "init", "x", *LEAST, "--engagement", *unknown, "fr"
    ).err.replace("\xa0", " ")
    assert "--engagement “Bilan”, KIND: “moyens”" in qp("init", "x", *LEAST, "--engagement", *unknown, "en").err


def test_a_day_to_look_at_that_is_none_is_refused_before_anything_is_written(qp, outside):
    assert qp("init", "x", *LEAST, environ={"QP_AS_OF": "demain"}).code == 2
    assert list(outside.iterdir()) == []


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30) | st.sampled_from(
    [
        *(
            "no",
            "1.10",
            "2026-01-31",
            "012",
            "null",
            "~",
            "# non",
            "a: b",
            "a #b",
            "- x",
            "'x",
            '"x',
            "x\\",
            "{{title}}",
        ),
        *(
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "[a",
            "{a: b}",
            "a\nb",
            "a\n\n\nb\n",
            "---",
            "...",
            "<<",
            "=",
            "?",
        ),
        *(
            "🎉",
            "œuvre",
            "Été",
            "«\u00a0a\u00a0»",
            "\u00a0a",
            "a\u2028b",
            "a\tb",
            "a\rb",
            "\ufeffa",
            "x" * 501,
            "terme",
        ),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), st.sampled_from(["fr", "en"]))
def test_whatever_is_typed_is_kept_as_it_is_or_refused(texts, language):
    title, territory, party, event, engagement = texts
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "x"
        owed = (
            ("--engagement", f"{engagement}; 1; one-off; 2026-12-31; {title}") if ";" not in engagement + title else ()
        )
        answer = run_here(
            *("init", str(folder), "--template", "blank", f"--title={title}", f"--territory={territory}"),
            *("--party=1", f"--party={party}", f"--event={event}", *owed, "--lang", language),
        )
        assert "error of its own" not in answer.err
        if answer.code:
            assert (answer.code, answer.err.count("\n"), folder.exists()) == (2, 1, False)
            return
        made = declared(folder)
        assert (made["title"], made["territory"]) == (title.strip(), territory.strip())
        assert [each["name"] for each in made["parties"]] == ["1", party.strip()]
        assert [each["title"] for each in made["events"]] == [event.strip()]
        assert [each["title"] for each in made["engagements"]] == ([engagement.strip()] if owed else [])
        assert weight(run_here, folder) == (0, 0 if owed else 1)
        heading = (folder / "README.md").read_text("utf-8").split("\n")[:2]
        assert heading[0].startswith("# ")
        assert heading[1] == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Métropole d'Aix", "metropole-d-aix"),
        ("Œuvre & Cœur", "oeuvre-coeur"),
        ("2024", "partie-2024"),
        ("🎉", "partie"),
        ("2026-01-31", "partie-2026-01-31"),
        ("Terme", "terme-2"),
        ("Ville", "ville-3"),
        ("établir la feuille de route et l'annexer à la convention", "etablir-la-feuille-de-route-et-l-annexer"),
        ("x" * 90, "x" * 40),
    ],
)
def test_an_id_reads_like_its_name_and_is_the_only_one(name, expected):
    assert make_id(name, "partie", {"ville", "ville-2"}) == expected


# --- never over anything


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.sampled_from(sorted(FILES)), st.binary(max_size=20), min_size=1),
    st.sampled_from([LEAST, QUARTIERS]),
)
def test_what_is_there_stays_as_it_is_and_is_named(there, arguments):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, data in there.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        before = everything(folder)
        answer = run_here("init", temporary, *arguments)
        assert answer.code == 2
        assert answer.err == f"qp: Nothing was written: {temporary} already has {', '.join(sorted(there))}.\n"
        assert everything(folder) == before


def test_a_folder_with_other_files_is_fine(qp, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "notes.md").write_bytes(b"mes notes\r\n")
    (tmp_path / "data").mkdir()
    assert qp("init", str(tmp_path), *LEAST).code == 0
    assert (tmp_path / "notes.md").read_bytes() == b"mes notes\r\n"


def test_a_file_is_no_folder(qp, outside):
    (outside / "x").write_bytes(b"")
    assert "x is no folder." in qp("init", "x", *LEAST).err
    assert qp("init", "x/y", *LEAST).code == 2
    (outside / "d").mkdir()
    (outside / "d" / "data").write_bytes(b"un fichier")
    assert "already has data." in qp("init", "d", *LEAST).err
    assert set(everything(outside)) == {"x", "d", "d/data"}


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 300, "y/" + "x" * 300])
def test_a_name_that_no_folder_can_have_is_one_line(qp, outside, name):
    answer = qp("init", name, *LEAST)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "error of its own" not in answer.err
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nothing_is_written_through_a_link(qp, outside):
    (outside / "d").mkdir()
    (outside / "elsewhere").mkdir()
    (outside / "d" / "data").symlink_to(outside / "elsewhere")
    (outside / "d" / "README.md").symlink_to(outside / "nowhere")
    assert "already has README.md, data." in qp("init", "d", *LEAST).err
    assert list((outside / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("fault", [OSError(28, "full"), KeyboardInterrupt()], ids=["a full disk", "Ctrl-C"])
@pytest.mark.parametrize("call", range(1, len(FILES) + 3))
def test_what_stops_the_writing_leaves_nothing(qp, outside, monkeypatch, fault, call):
    (outside / "there").mkdir()
    (outside / "there" / "notes.md").write_bytes(b"")
    calls = []

    def fail(descriptor):
        calls.append(descriptor)
        if len(calls) == call:
            raise fault

    monkeypatch.setattr(planting.os, "fsync", fail)
    for name in ("there", "a/new one"):
        calls.clear()
        answer = qp("init", name, *LEAST)
        assert (answer.code, answer.out) == ((2, "") if isinstance(fault, OSError) else (130, ""))
        assert len(calls) >= call
        assert set(everything(outside)) == {"there", "there/notes.md"}
    if isinstance(fault, OSError):
        assert answer.err == "qp: a/new one cannot be written: the disk is full\n"


def test_a_file_that_appears_meanwhile_is_not_overwritten(qp, outside, monkeypatch):
    monkeypatch.setattr(planting, "_in_the_way", lambda *_: iter(()))
    (outside / "x" / "schemas").mkdir(parents=True)
    (outside / "x" / "schemas" / "sites.schema.json").write_bytes(b"d'un autre")
    assert qp("init", "x", *LEAST).code == 2
    assert set(everything(outside)) == {"x", "x/schemas", "x/schemas/sites.schema.json"}
    assert (outside / "x" / "schemas" / "sites.schema.json").read_bytes() == b"d'un autre"


def test_the_convention_is_written_last(qp, tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(planting, "write_new", lambda _, files: written.extend(files))
    qp("init", str(tmp_path / "x"), *LEAST)
    assert written[-1] == "data/convention.yaml"


# --- what stands around the data


SOURCES = ((), ("--qp-source", "git+https://forge.example/qp.git@v1.0.0#egg=qp-cli"))


def test_the_ci_files_are_valid(new):
    asked = [(source, language) for source in SOURCES for language in ("fr", "en")]
    folders = [
        new(*ENOUGH, *source, name=f"dépôt n° {number}", language=language)
        for number, (source, language) in enumerate(asked)
    ]
    gitlab = [folder / name for folder in folders for name in (".gitlab-ci.yml", ".gitlab/qp.yml")]
    validate("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", *gitlab)
    github = [folder / ".github" / "workflows" / "qp.yml" for folder in folders]
    validate("--builtin-schema", "vendor.github-workflows", *github)
    validate("--builtin-schema", "custom.github-workflows-require-timeout", *github)
    validate("--builtin-schema", "vendor.dependabot", *(folder / ".github" / "dependabot.yml" for folder in folders))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("source", SOURCES)
def test_the_ci_files_say_what_installs_qp(new, language, source):
    folder = new(*ENOUGH, *source, language=language)
    gitlab, github = folder / ".gitlab-ci.yml", folder / ".github" / "workflows" / "qp.yml"
    given = source[1] if source else None
    variables = yaml.safe_load(gitlab.read_text("utf-8"))["variables"]
    missing = UNKNOWN_SOURCES[language]
    assert variables == {"QP_INSTALL": given or missing, "QP_LANG": language}
    to_fill = {"fr": "À REMPLIR", "en": "TO FILL IN"}[language]
    assert {to_fill in path.read_text("utf-8") for path in (gitlab, github)} == {not source}
    environ = yaml.safe_load(github.read_text("utf-8"))["env"]
    by_setting = f"${{{{ vars.QP_INSTALL || '{missing}' }}}}"
    assert environ == {"QP_INSTALL": given or by_setting, "QP_LANG": language, "QP_NO_CACHE": "1"}


def test_the_pre_commit_file_is_valid(new):
    pre_commit = pytest.importorskip("pre_commit.clientlib", reason="pre-commit comes with the dev extra")
    config = pre_commit.load_config(new(*ENOUGH) / ".pre-commit-config.yaml")
    assert [hook["entry"] for repo in config["repos"] for hook in repo["hooks"]] == ["qp check --against=HEAD"]


@pytest.mark.parametrize(("language", "name"), [("en", "gitlab-ci.yml"), ("fr", "gitlab-ci.fr.yml")])
def test_the_jobs_of_gitlab_are_those_of_the_template(new, language, name):
    folder = new(*ENOUGH, language=language)
    assert (folder / ".gitlab" / "qp.yml").read_bytes() == (ROOT / "templates" / name).read_bytes()
    assert yaml.safe_load((folder / ".gitlab-ci.yml").read_text("utf-8"))["include"] == [{"local": ".gitlab/qp.yml"}]


def test_the_schemas_are_those_of_qp_schema_and_where_the_files_and_the_editor_look_for_them(new, qp):
    folder = new(*QUARTIERS, language="fr")
    assert "already" in qp("schema", "--update", "--data", str(folder)).err
    settings = json.loads((folder / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    for name in ("convention", "sites", "journal"):
        schema = folder / "schemas" / f"{name}.schema.json"
        assert schema.read_text("utf-8") == qp("schema", name, "--data", str(folder)).out
        first = (folder / "data" / f"{name}.yaml").read_text("utf-8").splitlines()[0]
        assert (folder / "data" / first.removeprefix("# yaml-language-server: $schema=")).resolve() == schema
        assert settings.pop(f"./schemas/{name}.schema.json") == f"data/{name}.yaml"
    assert settings == {}


def test_the_jobs_of_gitlab_are_the_same_in_both_languages():
    english, french = ((ROOT / "templates" / f"gitlab-ci{end}.yml").read_text("utf-8") for end in ("", ".fr"))
    assert yaml.safe_load(english) == yaml.safe_load(french)
    comments = [re.findall(r"^ *# (.*)$", text, re.MULTILINE) for text in (english, french)]
    assert not set(comments[0]) & set(comments[1])
    assert "docs/en/guides/continuous-integration.md" in english
    assert "docs/fr/guides/integration-continue.md" in french


def test_where_qp_was_installed_from_is_where_ci_installs_it_from(new, monkeypatch):
    noted = {"url": "https://forge.example/qp.git", "vcs_info": {"vcs": "git", "commit_id": "0" * 40}}
    monkeypatch.setattr("qp_cli.init.source.known_source", lambda: noted_source(noted))
    folder = new(*ENOUGH)
    variables = yaml.safe_load((folder / ".gitlab-ci.yml").read_text("utf-8"))["variables"]
    assert variables["QP_INSTALL"] == f"git+https://forge.example/qp.git@{'0' * 40}"
    assert "TO FILL IN" not in (folder / ".gitlab-ci.yml").read_text("utf-8")


GIT = {"vcs_info": {"vcs": "git", "commit_id": "abc"}}


@pytest.mark.parametrize(
    ("noted", "source"),
    [
        ({"url": "https://a.example/qp.git", **GIT}, "git+https://a.example/qp.git@abc"),
        ({"url": "https://me:secret@a.example:8443/qp.git", **GIT}, "git+https://a.example:8443/qp.git@abc"),
        ({"url": "ssh://git@a.example/qp.git", **GIT}, "git+ssh://git@a.example/qp.git@abc"),
        ({"url": "file:///home/me/qp", **GIT}, None),
        ({"url": "https://a.example/qp.git", "subdirectory": "x", **GIT}, None),
        ({"url": "https://a.example/qp-1.whl", "archive_info": {}}, "https://a.example/qp-1.whl"),
        ({"url": "https://me:secret@a.example/qp.whl", "archive_info": {}}, None),
        ({"url": "file:///home/me/qp.whl", "archive_info": {}}, None),
        ({"url": "file:///home/me/qp", "dir_info": {"editable": True}}, None),
        ({}, None),
    ],
)
def test_what_pip_noted_is_told_where_it_leads_somewhere_from_elsewhere(noted, source):
    assert noted_source(noted) == source


@pytest.mark.parametrize("given_day", [(), ("--signed", "2021-03-18")])
@pytest.mark.parametrize(("language", "asked"), [("fr", "dater la signature"), ("en", "date the signature")])
def test_the_readme_asks_for_no_day_of_a_signature_that_is_dated(new, language, asked, given_day):
    text = (new(*QUARTIERS, *given_day, language=language) / "README.md").read_text("utf-8")
    assert (asked in text) is (not given_day)
    assert "{{" not in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_readme_names_commands_that_exist_and_the_files_that_are_there(new, language):
    title = "Plan <b> & *suite* | #1"
    folder = new("--title", title, *ENOUGH[:2], *ENOUGH[4:], language=language)
    text = (folder / "README.md").read_text("utf-8")
    assert text.startswith(f"# {escape_markdown(title)}\n\n")
    assert "<b>" not in text
    commands = re.findall(r"^\| `qp ([a-z]+)", text, re.MULTILINE)
    assert len(commands) == 5
    assert set(commands) <= set(COMMANDS)
    for name in re.findall(r"`((?:data|schemas|\.git|\.pre)[^` ]*)`", text):
        assert (folder / name).exists() or name == "data/preuves/"


def test_what_qp_leaves_beside_the_journal_is_not_kept_by_git(new, clean_environ):
    git = shutil.which("git") or pytest.skip("git is not installed")
    folder = new(*BLANK)
    names = ["data/.journal.yaml.lock", "data/.journal.yaml.0123abcd.tmp", "public/index.html"]
    subprocess.run([git, "init", "-q"], cwd=folder, env=clean_environ(), check=True)
    done = subprocess.run(
        [git, "check-ignore", *names, "data/journal.yaml"],
        cwd=folder,
        env=clean_environ(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.split() == names
    attributes = (folder / ".gitattributes").read_text("utf-8").splitlines()
    assert not [line for line in attributes if "merge" in line and not line.startswith("#")]


# --- the templates


def test_both_languages_have_the_same_templates():
    assert {path.name for path in (TEMPLATES / "fr").iterdir()} == {path.name for path in (TEMPLATES / "en").iterdir()}


@pytest.mark.parametrize(
    "name", ["gitlab-ci.yml", "github.yml", "pre-commit-config.yaml", "sites.yaml", "journal.yaml"]
)
def test_a_template_says_the_same_in_both_languages(name):
    parts = {"source": "x", "example": "x", "absent": ""}
    french, english = (yaml.safe_load(fill(name, language, parts)) for language in ("fr", "en"))
    assert json.dumps(french).replace('"QP_LANG": "fr"', '"QP_LANG": "en"') == json.dumps(english)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_examples_in_the_comments_can_be_used(qp, new, language):
    folder = new(*BLANK, language=language)
    for name, part in (("sites.yaml", "sites"), ("journal.yaml", "facts")):
        path = folder / "data" / name
        text = path.read_text("utf-8")
        example = re.findall(r"^# (  [- ] .*)$", text, re.MULTILINE)
        assert len(example) > 5
        path.write_text(text.replace(f"{part}: []\n", "\n".join([f"{part}:", *example]) + "\n"), "utf-8")
    commented = folder / "data" / "convention.yaml"
    text = commented.read_text("utf-8")
    source = re.search(r"^# source:\n(?:#   .*\n)+", text, re.MULTILINE)[0]
    commented.write_text(text.replace(source, source.replace("# ", "")), "utf-8")
    answer = qp("check", str(folder))
    assert answer.code == 0, answer.out
    assert "warning" not in answer.out.replace("0 warnings", "")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_place_of_a_template_is_filled_once(language):
    files = data_files(declare_blank(Founding(title="{{head}}", parties=("{{term}}",))), language)
    text = files["convention.yaml"].decode()
    assert re.findall(r"\{\{\w+\}\}", text) == ["{{head}}", "{{term}}"]


def test_an_id_that_is_cut_ends_with_a_word_that_says_something():
    assert make_id("Convention Cœur de cité de la Métropole de Rivemont-sur-Loire", "convention") == (
        "convention-coeur-de-cite-de-la-metropole"
    )
    assert make_id("Convention de la Ville et des", "convention") == "convention-de-la-ville-et-des"
