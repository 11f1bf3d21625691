"""What `qp record` says of a command line that says too little, or names the wrong thing: what to type, in one line."""

from __future__ import annotations

import shlex

import pytest

from qp_cli.app.recording import ENDINGS, FACT_KINDS
from qp_cli.render.language import Language
from qp_cli.tracking.fact_names import KIND_NAMES
from tests.cli.test_record import CONVENTION

EXAMPLE = {"en": "For instance: ", "fr": "Par exemple\u00a0: "}
TARGET = {"en": "TARGET", "fr": "OBJET"}
SITES = [{"id": name, "name": name.title(), "commune": "Aix"} for name in ("nord", "sud")]
RENEWED = {**CONVENTION["term"], "renewal": {"every": "P1Y", "notice": "P3M"}}


@pytest.fixture
def folder(repository):
    return repository({**CONVENTION, "signature": "signature", "term": RENEWED}, sites=SITES)


@pytest.fixture
def record(qp, folder, monkeypatch):
    """Runs `qp record` where nobody answers; nothing is written but by the first fact."""
    monkeypatch.chdir(folder)
    assert qp("record", "suspended", "plan", "--on", "2026-11-01").code == 0

    def run(*arguments, language="fr", where=()):
        return qp("record", *arguments, *where, environ={"QP_LANG": language})

    return run


def one_line(answer):
    """The one line that refuses a command line."""
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.splitlines()
    return line


def tried(record, line, language):
    """The command that is given as an example does what it says: nothing is written, and nothing refused."""
    command = shlex.split(line.partition(EXAMPLE[language])[2])
    assert command[:2] == ["qp", "record"]
    answer = record(*command[2:], "--dry-run")
    assert answer.code == 0, answer.err
    return command[2:]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", sorted(set(FACT_KINDS) - ENDINGS))
def test_without_its_target_a_kind_says_what_it_is_and_gives_a_command_that_works(record, kind, language):
    name = Language(language).text(KIND_NAMES[kind])
    for word in (kind, name):
        line = one_line(record(word, "--on", "2026-11-02", language=language))
        assert line.startswith(f"qp: {name}")
        assert TARGET[language] in line
        rest = {"amended": ("--title", "n° 1", "--extend", "P1M"), "proof": ("--proof", "https://exemple.fr")}
        command = shlex.split(line.partition(EXAMPLE[language])[2])
        assert command[:3] + command[4:] == ["qp", "record", word, "--on", "2026-11-02"]
        done = record(*command[2:], *rest.get(kind, ()), "--dry-run")
        assert done.code == 0, done.err


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["avenant", "terme"], "--title"),
        (["avenant", "terme", "--extend", "3 mois"], "--title"),
        (["dénonciation"], "--by"),
        (["preuve", "{fact}"], "--proof"),
    ],
)
def test_an_option_that_a_kind_cannot_do_without_is_named_with_a_command_that_works(
    record, folder, arguments, option, language
):
    fact = (folder / "data" / "journal.yaml").read_text("utf-8").partition("- id: ")[2].split()[0]
    typed = [each.format(fact=fact) for each in arguments]
    line = one_line(record(*typed, language=language))
    assert option in line
    assert [each for each in tried(record, line, language) if each in typed] == typed


@pytest.mark.parametrize("word", ["signé", "signed"])
def test_what_is_signed_is_the_event_of_the_signature(record, word):
    line = one_line(record(word, "--on", "18/03/2026"))
    assert line.endswith(f"Par exemple\u00a0: qp record {word} signature --on 18/03/2026")


def test_no_kind_at_all_and_a_word_that_is_none_get_the_words_of_the_language(record):
    line = one_line(record())
    assert "GENRE" in line
    assert "mise en demeure, manquement, avenant" in line
    assert tried(record, line, "fr") == ["fulfilled", "bilan"]
    assert one_line(record("truc", "bilan")).endswith("annulation, preuve.")
    assert "Noms proches\u00a0: exécution (fulfilled)" in one_line(record("exécussion", "bilan"))
    assert "performance (fulfilled)" in one_line(record("fulfild", "bilan", language="en"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bilan"], "« bilan » est un engagement : qp record exécution bilan"),
        (["Signature de l’essai"], "« Signature de l’essai » est un événement : qp record événement signature"),
        (["exécution", "signature"], "« signature » est un événement : qp record événement signature"),
        (["mise en demeure", "demande"], "« demande » est un événement : qp record événement demande"),
        (["avenant", "demande", "--title", "n° 1"], "« demande » est un événement : qp record événement demande"),
        (["suspension", "bilan", "demande"], "« demande » est un événement : qp record événement demande"),
        (["signature", "bilan"], "« bilan » est un engagement : qp record exécution bilan"),
        (["demande", "La Ville"], "« La Ville » est une partie, qui se nomme par --by ville"),
        (["exécution", "Nord"], "« Nord » est un site, qui se nomme par --site nord"),
        (["annulation", "bilan"], "Aucun fait ne se nomme « bilan »."),
    ],
)
def test_a_name_of_another_sort_is_told_from_one_that_nothing_has(record, arguments, said):
    assert said in one_line(record(*arguments)).replace("\u00a0", " ")


def test_the_example_names_the_folder_that_was_named(record, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    line = one_line(record("exécution", where=("--data", str(folder))))
    assert tried(record, line, "fr") == ["exécution", "bilan", "--data", str(folder)]


def test_a_journal_without_facts_is_said_to_have_none(qp, repository):
    where = ("--data", str(repository(CONVENTION, sites=SITES)))
    for arguments in (["annulation"], ["preuve"], ["annulation", "f-rien"]):
        line = one_line(qp("record", *arguments, *where, environ={"QP_LANG": "fr"}))
        assert line.endswith(("Le journal n'a aucun fait à annuler.", "à prouver.", "le journal n'en a encore aucun."))


def test_the_help_says_in_french_what_is_typed(qp):
    page = qp("record", "--help", environ={"QP_LANG": "fr"}).out
    assert "[GENRE] [OBJET]..." in page
    assert not {"KIND", "TARGET", "fulfilled", "occurred"} & set(page.replace(",", " ").split())


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("prolongation", "qp record avenant … --title … --extend …"),
        ("suivi rempli.xlsx", "qp record --from 'suivi rempli.xlsx'"),
    ],
)
def test_a_word_for_what_is_recorded_otherwise_leads_there(record, word, command):
    assert one_line(record(word)).replace("\u00a0", " ").endswith(f"Essayez : {command}")


def test_the_word_of_an_event_is_the_event(record):
    answer = record("signature", "--on", "2026-11-02", "--dry-run")
    assert answer.code == 0, answer.err
    assert "event: signature" in answer.out


def test_the_date_that_the_convention_has_already_is_no_fact_to_cancel(record):
    line = one_line(record("événement", "debut", "--on", "2025-10-01"))
    assert "dans convention.yaml" in line
    assert "voided" not in line
    assert "voided" not in one_line(record("événement", "debut", "--on", "2025-10-02"))
