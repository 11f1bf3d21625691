"""`qp init` at a terminal: from nothing to a first fact, in French and English, and nothing left by who gives up."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal

import pytest

from qp_cli.render.language import Language

if os.name == "nt":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from tests.cli.conversation import Conversation

WHICH = "Which convention is it?"
TERRITORY = (
    (WHICH, "1"),
    ("Its territory:", "Pays d'Été"),
    ("The intercommunalité, by its full name:", "Métropole d'Été"),
    ("The préfet who follows it (Préfet du Nord…):", "Préfet de l'Été"),
    ("Which partner is chef de file?", "2"),
    ("The day of the labellisation:", ""),
    ("The day of the signature (nothing while it is not known):", ""),
    ("The zone of its public holidays (alsace-moselle, reunion…):", ""),
)
NO_MORE = "Something it asks for, in a few words (nothing to finish):"
ANY = (
    (WHICH, "blank"),
    ("Its title:", "Convention d'objectifs"),
    ("Its territory (nothing for none):", ""),
    ("A party, by its full name:", "Ville de Bourg"),
    ("Another party (nothing to go on):", "Région"),
    ("Another party (nothing to go on):", ""),
    ("What are its periods counted from?", ""),
    ("On which day? (nothing while it is not known)", "31/01/2026"),
    ("How long does it last? (P24M, or its last day; nothing if no clause says)", "P24M"),
    ("Which clause says so? (for example: art. 4)", "art. 4"),
    ("The zone of its public holidays (alsace-moselle, reunion…):", ""),
    (NO_MORE, "Remettre le bilan"),
    ("Which clause? (for example: art. 1)", "art. 1"),
    ("Who owes it? (several: 1, 2)", "2"),
    ("How is it owed?", "1"),
    ("By when? (P6M from that day, or a date; nothing if the text does not say)", "P6M"),
    (NO_MORE, "Rendre compte"),
    ("Which clause? (for example: art. 1)", "art. 2"),
    ("Who owes it? (several: 1, 2)", "1, région"),
    ("How is it owed?", "recurring"),
    ("How often? (P1Y, P6M…)", "P1Y"),
    (NO_MORE, "Répondre aux demandes"),
    ("Which clause? (for example: art. 1)", "art. 3"),
    ("Who owes it? (several: 1, 2)", "ville-de-bourg"),
    ("How is it owed?", "4"),
    ("Within how long of each request? (P1M…; nothing if the text gives no number)", "10 jours ouvrés"),
    (NO_MORE, "Se concerter"),
    ("Which clause? (for example: art. 1)", "art. 4"),
    ("Who owes it? (several: 1, 2)", "Ville de Bourg"),
    ("How is it owed?", "continuing"),
    (NO_MORE, ""),
)
"""What is asked, in the words of the source, and what is answered."""
LAST = {"territory": len(TERRITORY), "any": len(ANY)}


@pytest.fixture
def run(tmp_path, clean_environ):
    """Starts a command in a terminal of its own."""

    def start(*arguments, language="en", folder=".", **more):
        environ = clean_environ(QP_AS_OF="2026-11-23", QP_LANG=language, TERM="dumb", PATH="", **more)
        return Conversation(arguments, tmp_path / folder, environ)

    return start


@pytest.fixture
def told(run):
    """The answer of a command that asks nothing and succeeds."""

    def ask(*arguments, **where):
        conversation = run(*arguments, **where)
        code, out = conversation.end()
        assert code == 0, out + conversation.shown
        return out

    return ask


def answer(conversation, script, language="en"):
    """Answers questions that are put in a language."""
    words = Language(language).plain
    return [conversation.answer(f"{words(question)} ", line) for question, line in script]


def counts(told, folder):
    """How many errors and warnings `qp check` has."""
    summary = json.loads(told("check", "--format", "json", folder=folder))["summary"]
    return summary["errors"], summary["warnings"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_another_territory_goes_from_nothing_to_its_first_fact(run, told, language):
    folder = "dépôt d'été"
    qp = run("init", folder, language=language)
    answer(qp, TERRITORY, language)
    code, out = qp.end()
    assert code == 0, qp.shown
    assert "  data/convention.yaml\n" in out
    assert counts(told, folder) == (0, 0)
    assert "Métropole d'Été" in told("status", folder=folder, language=language)
    fact = told("record", "fulfilled", "feuille-de-route", "--on", "2021-09-10", folder=folder, language=language)
    assert "feuille-de-route/metropole" in fact
    assert counts(told, folder) == (0, 0)
    assert "feuille-de-route" in told("log", folder=folder, language=language)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_any_convention_goes_from_nothing_to_its_first_fact(run, told, language):
    qp = run("init", "dépôt", language=language)
    shown = "".join(answer(qp, ANY, language))
    code, out = qp.end()
    assert code == 0, qp.shown
    for name in ("ville-de-bourg", "region", "remettre-le-bilan", "rendre-compte", "se-concerter"):
        assert f"  id: {name}" in shown
        assert name in out
    assert counts(told, "dépôt") == (0, 0)
    assert "Ville de Bourg" in told("status", folder="dépôt", language=language)
    fact = told("record", "fulfilled", "remettre-le-bilan", "--on", "2026-07-01", folder="dépôt", language=language)
    assert "remettre-le-bilan/region" in fact
    assert counts(told, "dépôt") == (0, 0)
    assert "remettre-le-bilan" in told("log", folder="dépôt", language=language)
    record = json.loads(told("deadlines", "--format", "json", folder="dépôt"))
    due = {one["id"]: one["due"] for one in record["obligations"] if one["due"]}
    assert due["remettre-le-bilan/region"] == "2026-07-31"
    assert due["rendre-compte/region@2027-01-31"] == "2027-01-31"


def test_what_the_command_line_gives_is_not_asked_for(run):
    options = ("--template", "quartiers-productifs", "--territory", "Est", "--epci", "Métropole de l'Est")
    qp = run("init", "depot", *options)
    assert "Its territory" not in qp.answer("who follows it (Préfet du Nord…): ", "Préfet de l'Est")
    qp.answer("Which partner is chef de file? ", "Bpifrance")
    qp.answer("The day of the labellisation: [2021-03-18] ", "2021-04-01")
    answer(qp, TERRITORY[6:])
    code, out = qp.end()
    assert code == 0
    assert "Term: Saturday 1 April 2023" in out


def test_a_whole_command_line_asks_nothing(run):
    owed = ("--engagement", "Se concerter; Ville; continuing; ; art. 1")
    qp = run("init", "depot", "--template", "blank", "--title", "Essai", "--party", "Ville", *owed)
    code, _ = qp.end()
    assert (code, qp.shown) == (0, "")


def test_answers_are_tried_at_once_and_asked_for_again(run):
    qp = run("init", "depot", "--template", "blank", PYTHONIOENCODING="utf-8:strict")
    qp.answer("Its title: ", "")
    assert "An answer is needed." in qp.answer("Its title: ", "a\u202eb")
    assert "U+202E (RIGHT-TO-LEFT OVERRIDE) is not allowed" in qp.answer("Its title: ", b"\xff\n")
    assert "That was no readable text" in qp.answer("Its title: ", "x" * 501)
    assert "500" in qp.answer("Its title: ", "non: 1.10 #1 « été » 🎉")
    qp.answer("Its territory (nothing for none): ", "no")
    qp.answer("A party, by its full name: ", " - [a]: &b *c")
    qp.answer("Another party (nothing to go on): ", "- [A]: &B *C")
    assert "is named twice" in qp.answer("Another party (nothing to go on): ", "a b c")
    assert "a-b-c" in qp.answer("Another party (nothing to go on): ", "")
    qp.answer("counted from? ", "Démarrage")
    qp.answer("On which day? ", "2026-02-30")
    assert "There is no such day" in qp.answer("On which day? ", "2100-12-01")
    qp.answer("How long does it last? ", "P24M")
    assert "1905 to 2100" in qp.answer("How long does it last? ", "31/12/2100")
    qp.answer("Which clause says so? ", "art. 1: l'« annexe »")
    qp.answer("The zone of its public holidays", "moon")
    assert "“moon” is not one of France métropolitaine (metropole)" in qp.answer("The zone of its public holidays", "")
    qp.answer(NO_MORE, "")
    code, _ = qp.end()
    assert code == 0, qp.shown


def test_a_name_that_another_party_goes_by_is_asked_for_again(run):
    qp = run("init", "depot", "--template", "blank", "--title", "Essai")
    qp.answer("Its territory", "")
    qp.answer("A party, by its full name: ", "Ville (A)")
    qp.answer("Another party", "ville-a")
    assert "“ville-a”" in qp.until("Another party")
    qp.process.send_signal(signal.SIGINT)
    assert qp.end()[0] == 130


def test_a_day_is_no_name_and_a_part_of_one_name_alone_is_taken_and_said(run):
    qp = run("init", "depot", "--template", "blank", "--title", "Essai")
    qp.answer("Its territory", "")
    qp.answer("A party, by its full name: ", "15/10/2026")
    assert "A name is asked for here" in qp.answer("A party, by its full name: ", "Métropole de Bourg")
    qp.answer("Another party", "Ville de Bourg")
    qp.answer("Another party", "")
    qp.answer("counted from? ", "")
    qp.answer("On which day? ", "")
    qp.answer("How long does it last? ", "")
    qp.answer("The zone of its public holidays", "")
    qp.answer(NO_MORE, "Remettre le bilan")
    qp.answer("Which clause? ", "art. 1")
    qp.answer("Who owes it? ", "Bourg")
    qp.answer("Who owes it? ", "Métropole")
    assert "Taken: Métropole de Bourg" in qp.until("How is it owed?")
    qp.process.send_signal(signal.SIGINT)
    assert qp.end()[0] == 130


@pytest.mark.parametrize(("stopped", "stop"), [(4, "q"), (8, "wrong"), (12, "Ctrl-C"), (21, "q")])
def test_what_was_answered_is_not_lost_by_who_stops(run, tmp_path, stopped, stop):
    qp = run("init", "depot")
    for question, line in ANY[:stopped]:
        qp.answer(f"{question} ", line)
    if stop == "Ctrl-C":
        qp.until(ANY[stopped][0])
        qp.process.send_signal(signal.SIGINT)
    for _ in range({"wrong": 5, "q": 1, "Ctrl-C": 0}[stop]):
        qp.answer(f"{ANY[stopped][0]} ", "q" if stop == "q" else "\x1b")
    assert qp.end()[0] == (130 if stop == "Ctrl-C" else 2)
    (again,) = re.findall(r"To go on from there: qp (init [^\r\n]*(?:\r\n[^\r\n]+)*)", qp.shown)
    assert list(tmp_path.iterdir()) == []
    qp = run(*shlex.split(again.replace("\r\n", " ")))
    first = first_left(stopped)
    for question, line in (*(each for each in ANY[:first] if not each[1] and "(nothing" in each[0]), *ANY[first:]):
        qp.answer(f"{question} ", line)
    assert qp.end()[0] == 0
    whole = run("init", "entier")
    for question, line in ANY:
        whole.answer(f"{question} ", line)
    assert whole.end()[0] == 0
    made, wanted = (tmp_path / name / "data" / "convention.yaml" for name in ("depot", "entier"))
    assert made.read_bytes() == wanted.read_bytes()


def first_left(stopped):
    """The first question that is left: that of the engagement that was not finished."""
    begins = [place for place, (question, _) in enumerate(ANY) if question == NO_MORE]
    return max((each for each in begins if each <= stopped), default=stopped)


def test_an_option_typed_wrong_is_told_before_anything_is_asked(run):
    qp = run(
        "init", "depot", "--template", "blank", "--party", "Ville", "--engagement", "Bilan; Ville; annuel; P1Y; art. 1"
    )
    qp.until("annuel")
    assert qp.end()[0] == 2


@pytest.mark.parametrize("script", [TERRITORY, ANY], ids=["territory", "any"])
@pytest.mark.parametrize("give_up", [b"\x04", signal.SIGINT], ids=["end of input", "Ctrl-C"])
def test_who_gives_up_leaves_nothing_behind(run, tmp_path, script, give_up):
    for answered in (0, 3, len(script) - 1):
        qp = run("init", "dépôt")
        words = [*script[:answered]]
        for question, line in words:
            qp.answer(f"{question} ", line)
        qp.until(script[answered][0])
        if isinstance(give_up, bytes):
            os.write(qp.terminal, give_up)
        else:
            qp.process.send_signal(give_up)
        code, out = qp.end()
        assert (code, out) == (2 if isinstance(give_up, bytes) else 130, "")
        assert list(tmp_path.iterdir()) == []
