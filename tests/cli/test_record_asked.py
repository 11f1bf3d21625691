"""What `qp record` asks, in this process: each word that it lists is taken, and answers are as good as options."""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qp_cli.app.recording import FACT_KINDS, read_kind
from qp_cli.cli.record_words import KIND_WORDS
from qp_cli.render.language import Language
from qp_cli.render.new_fact import MOST_SHOWN, write_effects
from tests.tracking.building import at

GOLDEN = Path(__file__).with_name("golden_record")
CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "signature": "signature",
    "parties": [{"id": "ville", "name": "Ville de Bourg"}, {"id": "etat", "name": "L'État"}],
    "term": {"title": "Terme", "due": {"within": "P2Y", "from": "debut"}},
    "events": [
        {"id": "debut", "title": "Début", "date": "2025-10-01"},
        {"id": "signature", "title": "Signature de la convention"},
    ],
    "engagements": [
        {
            "id": "feuille-de-route",
            "title": "Formaliser la feuille de route et l'annexer à la convention, avec ses indicateurs de suivi",
            "debtors": ["ville", "etat"],
            "kind": "one-off",
            "due": {"on": "2026-10-01"},
        },
        {
            "id": "comite",
            "title": "Réunir le comité",
            "debtors": ["ville"],
            "kind": "recurring",
            "due": {"every": "P6M", "from": "debut"},
        },
        {
            "id": "lieux",
            "title": "Ouvrir les lieux",
            "debtors": ["ville"],
            "kind": "one-off",
            "sites": ["nord", "sud"],
            "due": {"within": "P18M", "from": "debut"},
        },
        {"id": "avis", "title": "Rendre un avis", "debtors": ["etat"], "kind": "on-request", "due": {"within": "P1M"}},
    ],
}
SITES = [{"id": "nord", "name": "Nord", "commune": "Aix"}, {"id": "sud", "name": "Sud", "commune": "Aix"}]


class Keyboard(io.StringIO):
    """Somebody who types all answers, which are seen as on a terminal."""

    def isatty(self):
        """Always."""
        return True

    def readline(self, size=-1):
        """The next answer, echoed beside the questions."""
        line = super().readline(size)
        sys.stderr.write(line)
        return line


@pytest.fixture
def folder(repository):
    return repository(CONVENTION, sites=SITES)


@pytest.fixture
def asked(qp, folder, monkeypatch):
    """Runs `qp record` for somebody who gives these answers."""

    def run(*answers, arguments=(), **more):
        monkeypatch.chdir(folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdin", Keyboard("".join(f"{each}\n" for each in answers)))
            return qp("record", *arguments, **more)

    return run


def last_fact(folder):
    """The last fact of the journal, without its id."""
    text = (folder / "data" / "journal.yaml").read_text("utf-8")
    return re.split(r"  - id: \S+\n", text)[-1]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_word_that_stands_for_a_kind_is_taken_and_so_is_its_number(language):
    words = {kind: Language(language).text(KIND_WORDS[kind]) for kind in FACT_KINDS}
    assert [read_kind(re.split(r"\s?:", text)[0]) for text in words.values()] == list(FACT_KINDS)


DIALOGUES = {
    "delivery": ("1", "comit", "hier", "", "", "{proof}", "", "Reçu par courrier.", ""),
    "formal-notice": ("mise en demeure", "feuille", "18 nov. 2026", "ville", "P1M", "", "", "non"),
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", DIALOGUES)
def test_the_screen_is_the_one_that_was_read_and_kept(asked, tmp_path, request, name, language):
    proof = tmp_path / "bureau" / "pv.pdf"
    proof.parent.mkdir()
    proof.write_bytes(b"%PDF")
    answers = [each.format(proof=proof) for each in DIALOGUES[name]]
    answer = asked(*answers, environ={"QP_LANG": language, "PATH": ""})
    assert answer.code == (2 if "non" in answers else 0)
    text = re.sub(r"f-[a-z0-9]{10}", "f-…", f"{answer.err}\n{answer.out}").replace(str(tmp_path), "…")
    assert [line for line in text.splitlines() if len(line) > 80 and not line.startswith("qp: ")] == []
    kept = GOLDEN / f"{name}.{language}.txt"
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        kept.write_bytes(text.encode())
    assert kept.exists(), "write it with --update-golden"
    assert text == kept.read_bytes().decode()


def test_a_title_or_a_part_of_it_is_taken_where_no_other_has_it(asked, folder):
    answer = asked("exécution", "RÉUNIR LE COMITE", "18/11/2026", "2", "", "", "", "o")
    assert answer.code == 0, answer.err
    assert "    engagement: comite\n    occurrence: 2026-10-01\n    on: 2026-11-18\n" in last_fact(folder)
    answer = asked("exécution", "re", "", "rien", "comi", "", "1", "", "", "", "non")
    assert "“re” is in several: answer 2, 4." in answer.err
    assert "An answer is needed." in answer.err
    assert "No engagement is called “rien”." in answer.err
    assert (folder / "data" / "journal.yaml").read_text("utf-8").count("- id: ") == 1
    assert "  comite: Réunir le comité\n" in answer.err


def test_a_kind_without_a_target_is_asked_for_the_rest(asked, folder):
    answer = asked("hier", "2", "3 mois", "", "", "", arguments=["résiliation"])
    assert answer.code == 0, answer.err
    assert "    by: etat\n    on: 2026-11-22\n" in last_fact(folder)
    assert "    notice: P3M\n" in last_fact(folder)


def test_an_avenant_that_moves_everything_leaves_the_question_on_the_screen():
    owed = "- {{id: e{number}, title: E, debtors: [ville], kind: one-off, due: {{on: 2026-10-01}}}}\n"
    several = [owed.format(number=number) for number in range(12)]
    body = f"parties:\n- {{id: ville, name: Ville}}\nengagements:\n{''.join(several)}"
    before, after = (at(day, body) for day in ("2026-09-30", "2026-10-02"))
    lines = write_effects(before, after, Language("en"), dated=True).splitlines()
    assert lines[-1] == "and 4 others"
    assert len(lines) == MOST_SHOWN + 1
    assert len(write_effects(before, after, Language("en")).splitlines()) == len(several)


def test_several_sites_and_several_engagements_are_taken(asked, folder):
    answer = asked("exécution", "lieux", "", "2, nord", "1/2", "", "", "")
    assert answer.code == 0, answer.err
    assert "    sites: [sud, nord]\n" in last_fact(folder)
    assert '    part: "1/2"\n' in last_fact(folder)
    answer = asked("suspension", "1, Ouvrir les lieux", "", "", "", "")
    assert answer.code == 0, answer.err
    assert "    engagement: [feuille-de-route, lieux]\n" in last_fact(folder)
    for kind, every, day in (("suspension", "tous les engagements", "hier"), ("reprise", "Tout", "")):
        answer = asked(kind, every, day, "", "", "", environ={"QP_LANG": "fr"})
        assert answer.code == 0, answer.err
        assert "    engagement: all\n" in last_fact(folder)


def test_a_part_can_be_said_in_words(asked, folder):
    answer = asked("exécution", "lieux", "", "1", "un tiers", "en partie", "", "", "")
    assert answer.code == 0, answer.err
    assert "“un tiers” is no share: write 1/3 or 30 %" in answer.err
    assert "    partly: true\n" in last_fact(folder)


def test_a_day_to_come_is_asked_for_again(asked, folder):
    answer = asked("événement", "1", "18 mars 2027", "avant-hier", "", "", "")
    assert answer.code == 0, answer.err
    assert "18 March 2027 is still to come: today is 23 November 2026." in answer.err
    assert "    on: 2026-11-21\n" in last_fact(folder)


def test_a_proof_of_a_whole_command_line_is_copied_once_the_reader_agrees(asked, folder, tmp_path):
    proof = tmp_path / "pv.pdf"
    proof.write_bytes(b"%PDF")
    arguments = ["fulfilled", "lieux", "--proof", str(proof)]
    answer = asked("non", arguments=arguments)
    assert (answer.code, answer.out) == (2, "")
    assert not (folder / "data" / "journal.yaml").exists()
    answer = asked("oui", "oui", arguments=arguments)
    assert answer.code == 0, answer.err
    assert "copy it to data/preuves/pv.pdf?" in answer.err
    assert (folder / "data" / "preuves" / "pv.pdf").read_bytes() == b"%PDF"
    assert asked(arguments=[*arguments, "--copy-proof", "--part", "1/3", "--dry-run"]).code in {0, 2}


@pytest.mark.parametrize("dropped", ["'{}'", '"{}"', "{spaced}", "file://{quoted}"])
def test_a_file_dropped_on_the_terminal_is_found(asked, folder, tmp_path, dropped):
    proof = tmp_path / "le pv.pdf"
    proof.write_bytes(b"%PDF")
    text = dropped.format(proof, spaced=str(proof).replace(" ", "\\ "), quoted=str(proof).replace(" ", "%20"))
    answer = asked("exécution", "lieux", "", "", "", text, "", "", "")
    assert answer.code == 0, answer.err
    assert '      file: "preuves/le pv.pdf"\n' in last_fact(folder) or "file: preuves/le pv.pdf\n" in last_fact(folder)


def test_who_declines_or_stops_writes_nothing(asked, folder, tmp_path):
    proof = tmp_path / "pv.pdf"
    proof.write_bytes(b"%PDF")
    answers = ["exécution", "lieux", "", "", "", str(proof), "", ""]
    for number in range(len(answers) + 1):
        assert asked(*answers[:number]).code == 2
    declined = asked(*answers, "non")
    again = f"qp record fulfilled lieux --on 2026-11-23 --proof {proof} --copy-proof"
    assert (declined.code, declined.err.splitlines()[-1]) == (
        2,
        f"qp: Nothing was recorded. To go on from there: {again}",
    )
    assert sorted(path.name for path in (folder / "data").iterdir()) == ["convention.yaml", "sites.yaml"]


def test_what_the_rules_refuse_is_not_to_be_answered_all_over_again(asked, folder, qp, monkeypatch):
    refused = asked("mise en demeure", "avis", "hier", "1 mois", "", "Reçu : « oui »", arguments=["--who", "Zoé O."])
    assert refused.code == 2
    again = shlex.split(refused.err.partition("To go on from there: ")[2])
    assert again[:4] == ["qp", "record", "notified", "avis"]
    assert again[4:] == ["--on", "2026-11-22", "--cure", "P1M", "--note", "Reçu : « oui »", "--who", "Zoé O."]
    monkeypatch.chdir(folder)
    assert qp(*again[1:]).err.splitlines()[-1] in refused.err


SCRIPTS = {
    "performance": ("exécution", "lieux", "hier", "sud", "1/3", "https://exemple.fr/pv", "Reçu : oui"),
    "series": ("1", "comite", "20/11/2026", "1", "en partie", "https://exemple.fr/pv", "remarque"),
    "formal notice": ("mise en demeure", "feuille", "1/11/2026", "ville", "1 mois", "https://a.fr", "x"),
    "avenant": ("avenant", "terme", "Avenant n° 1", "extend", "6 mois", "hier", "https://a.fr", "x"),
    "event": ("événement", "signature", "sam. 21/11/2026", "https://a.fr", "x"),
    "suspension": ("suspension", "1, lieux", "hier", "https://a.fr", "x"),
    "termination": ("résiliation", "hier", "etat", "3 mois", "https://a.fr", "x"),
}


@pytest.mark.parametrize("stop", [("q",), ("quitter",), (), ("n'importe", "9999", "zzz zz", "?!", "x y z")])
@pytest.mark.parametrize("name", SCRIPTS)
def test_who_stops_goes_on_from_there_and_records_the_same(asked, folder, name, stop):
    script, journal = SCRIPTS[name], folder / "data" / "journal.yaml"
    assert asked(*script, "oui").code == 0
    whole = last_fact(folder)
    for answered in range(1, len(script)):
        asks_for_any_text = answered == len(script) - 1 or script[answered].startswith("Avenant")
        if (asks_for_any_text and len(stop) > 1) or script[answered - 1] == "extend":  # a choice, not yet an answer
            continue
        journal.unlink(missing_ok=True)
        stopped = asked(*script[:answered], *stop)
        again = shlex.split(stopped.err.splitlines()[-1].partition("To go on from there: ")[2])
        assert (stopped.code, stopped.out) == (2, ""), stopped.err
        assert not journal.exists()
        assert again[:2] == ["qp", "record"]
        assert again[-1] == "--ask"
        gone_on = asked(*script[answered:], "oui", arguments=again[2:])
        assert gone_on.code == 0, gone_on.err
        assert last_fact(folder) == whole


def test_how_to_answer_is_told_and_costs_no_attempt(asked, folder):
    answers = ("exécution", "lieux", *"??????", "", "1", "?", "", "", "?", "", "?", "oui")
    answer = asked(*answers, environ={"QP_LANG": "fr"})
    assert answer.code == 0, answer.err
    assert answer.err.count("Répondre un numéro, un nom ou un mot de la liste") == 9
    assert "note" not in last_fact(folder)


def test_a_number_that_the_list_has_not_is_no_part_of_a_title(asked):
    asked("exécution", "lieux", "hier", "", "", "", "", "")
    answer = asked("annulation", "2", "q")
    assert "The list has no number 2: answer 1 to 1." in answer.err


@pytest.mark.parametrize(("kind", "said"), [("annulation", "fact to cancel"), ("preuve", "fact to give a proof of")])
def test_a_cancelled_fact_is_not_offered_and_an_empty_list_is_not_asked_about(asked, folder, kind, said):
    for answers in (["événement", "signature", "", "", "", ""], ["exécution", "lieux", "", "", "", "", "", ""]):
        assert asked(*answers).code == 0
    shown = asked(kind, "q").err
    assert ("Signature de la convention" in shown.partition("Which fact?")[0], "2  " in shown) == (True, True)
    proof = ["hier", "https://exemple.fr"] if kind == "preuve" else []
    assert asked(kind, "1", *proof, "", "non").code == 2
    for _ in range(2):
        undone = asked("annulation", "1", "", "")
        assert undone.code == 0, undone.err
        assert "which day" not in undone.err
        assert "proof" not in undone.err.partition("Which fact?")[2]
    shown = asked(kind, "événement", "q").err
    assert f"The journal has no {said}." in shown
    assert "Which fact?" not in shown
    assert "Which event?" in shown
    refused = asked("1", arguments=[kind])
    assert (refused.code, f"The journal has no {said}." in refused.err) == (2, True)
    assert last_fact(folder).startswith("    kind: voided\n")


def test_all_that_is_left_out_is_asked_for_where_that_is_wanted(asked, qp, folder):
    answer = asked("hier", "sud", "", "", "", "", arguments=["fulfilled", "lieux", "--ask"])
    assert answer.code == 0, answer.err
    assert "    sites: [sud]\n    on: 2026-11-22\n" in last_fact(folder)
    nobody = qp("record", "fulfilled", "lieux", "--ask", "--data", str(folder))
    assert (nobody.code, nobody.err) == (2, "qp: --ask needs a terminal.\n")


@st.composite
def facts(draw):
    """Answers, and the options that say the same."""
    day = draw(st.sampled_from([("2026-11-01", "2026-11-01"), ("hier", "2026-11-22"), ("1er juin 2026", "2026-06-01")]))
    note = draw(st.sampled_from(["", "Reçu : oui"]))
    proof = draw(st.sampled_from(["", "https://exemple.fr/pv"]))
    kind, target, more = draw(
        st.sampled_from(
            [
                ("fulfilled", "feuille-de-route", ["by", "part"]),
                ("waived", "feuille-de-route", ["by"]),
                ("breached", "feuille-de-route", ["by"]),
                ("notified", "feuille-de-route", ["by", "cure"]),
                ("fulfilled", "lieux", ["site", "part"]),
                ("waived", "lieux", ["site"]),
                ("fulfilled", "comite", ["occurrence", "part"]),
                ("occurred", "signature", []),
                ("triggered", "avis", []),
                ("suspended", "lieux", ["site"]),
            ]
        )
    )
    values = {
        "by": draw(st.sampled_from([("", ""), ("2", "etat"), ("Ville de Bourg", "ville")])),
        "part": draw(st.sampled_from([("", ""), ("30 %", "30 %")])),
        "cure": draw(st.sampled_from([("", ""), ("1 mois", "P1M")])),
        "site": draw(st.sampled_from([("", ""), ("2", "sud")])),
        "occurrence": draw(st.sampled_from([("", ""), ("1", "2026-04-01"), ("2026-10-01", "2026-10-01")])),
    }
    answers = [kind, target, day[0], *(values[name][0] for name in more), proof, note, ""]
    options = [kind, target, "--on", day[1]]
    for name, value in [*((name, values[name][1]) for name in more), ("proof", proof), ("note", note)]:
        options += [f"--{name}", value] if value else []
    return answers, options


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=facts())
def test_answers_and_options_that_say_the_same_give_the_same_fact(asked, folder, qp, said):
    answers, options = said
    journal = folder / "data" / "journal.yaml"
    journal.unlink(missing_ok=True)
    answer = asked(*answers)
    by_answers = last_fact(folder) if answer.code == 0 else answer.code
    journal.unlink(missing_ok=True)
    answer = qp("record", *options, "--data", str(folder))
    by_options = last_fact(folder) if answer.code == 0 else answer.code
    assert by_answers == by_options


DAYLESS = ("fulfilled", "feuille-de-route", "--by", "ville")


def test_at_a_terminal_the_day_that_is_left_out_is_asked_for_and_what_changes_is_agreed_to(asked, folder):
    answer = asked("hier", "", arguments=DAYLESS, terminal=True)
    assert answer.code == 0
    assert answer.err.index("On which day?") < answer.err.index("Record it?")
    assert "on: 2026-11-22" in last_fact(folder)
    assert asked("", "no", arguments=("fulfilled", "comite"), terminal=True).code == 2
    assert "comite" not in last_fact(folder)


@pytest.mark.parametrize(
    ("arguments", "terminal"),
    [
        (DAYLESS, False),
        ((*DAYLESS, "--on", "2026-11-20"), True),
        (("amended", "comite", "--end", "--title", "n° 1", "--signed", "2026-11-20"), True),
    ],
)
def test_nothing_is_asked_of_a_whole_command_line_nor_where_something_else_reads_the_answer(asked, arguments, terminal):
    answer = asked(arguments=arguments, terminal=terminal)
    assert answer.code == 0
    assert "?" not in answer.err


def test_what_is_wrong_is_said_before_the_day_is_asked_for(asked):
    answer = asked(arguments=("fulfilled", "inconnu"), terminal=True)
    assert answer.code == 2
    assert "On which day?" not in answer.err
