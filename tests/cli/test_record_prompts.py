"""`qp record` at a terminal: what is missing is asked for, with choices, and never when nobody can answer."""

from __future__ import annotations

import os

import pytest

if os.name == "nt":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from tests.cli.conversation import Conversation


@pytest.fixture
def converse(repository, clean_environ, small):
    declared = small()
    declared["parties"].append({"id": "etat", "name": "L'État"})
    declared["term"] = {"title": "Terme", "due": {"within": "P2Y", "from": "debut"}}
    declared["events"] = [
        {"id": "debut", "title": "Début", "date": "2025-10-01"},
        {"id": "signature", "title": "Signature"},
    ]
    declared["engagements"].append(
        {"id": "soutien", "title": "Soutenir", "debtors": ["ville", "etat"], "kind": "one-off"}
    )
    folder = repository(declared)

    def start(*arguments, language="en"):
        environ = clean_environ(QP_AS_OF="2026-11-23", QP_LANG=language, TERM="dumb", PATH="")
        conversation = Conversation(["record", *arguments], folder, environ)
        conversation.journal = folder / "data" / "journal.yaml"
        return conversation

    return start


def test_everything_is_asked_for(converse):
    qp = converse()
    shown = qp.answer("What happened? ", "1")
    assert "   1  performance: what was owed was done (fulfilled)" in shown
    assert "  12  cancellation: a fact was recorded by mistake (voided)" in shown
    shown = qp.answer("Which engagement? ", "soutien")
    assert "   1  Remettre le bilan (bilan)" in shown
    qp.answer("On which day? [23 November 2026] ", "20/11/2026")
    shown = qp.answer("By whom? (nothing for all) ", "2")
    assert "   2  L'État (etat)" in shown
    qp.answer("Which share of it? ", "")
    qp.answer("A proof, a file or a web address (nothing for none): ", "")
    qp.answer("A remark (nothing for none): ", "reçu : oui")
    shown = qp.answer("Record it? [yes] ", "").replace("\r", "")
    assert "  performance recorded, Friday 20 November 2026\n  soutien: Soutenir\n  by L'État\n" in shown
    assert "soutien/etat, due on 1 October 2027: upcoming → fulfilled\n" in shown
    code, out = qp.end()
    assert code == 0, qp.shown
    assert out.splitlines()[1:] == [f"To cancel it: qp record voided {out.split()[0]}"]
    text = qp.journal.read_text("utf-8")
    assert "    by: etat\n    on: 2026-11-20\n" in text
    assert '    note: "reçu : oui"\n' in text


def test_answers_are_checked_and_asked_for_again(converse):
    qp = converse()
    qp.answer("What happened? ", "99")
    assert "The list has no number 99: answer 1 to 13." in qp.answer("What happened? ", "NOTIFIED")
    qp.answer("Which engagement? ", "bilans")
    assert "Did you mean bilan (Remettre le bilan)?" in qp.answer("Which engagement? ", "bilan")
    qp.answer("On which day? ", "")
    qp.answer("put things right", "un mois")
    assert "is not a period" in qp.answer("put things right", "P1M")
    qp.answer("A proof", "")
    qp.answer("A remark", "")
    assert "formal notice given,\r\nuntil 23 December 2026" in qp.answer("Record it? ", "perhaps")
    assert "Answer yes or no." in qp.answer("Record it? ", "YES")
    assert qp.end()[0] == 0
    assert "    on: 2026-11-23\n    cure: P1M\n" in qp.journal.read_text("utf-8")


def test_an_avenant_is_asked_for_its_title_and_what_it_changes(converse):
    qp = converse("amended", "terme")
    qp.answer("Its title: ", "")
    assert "An answer is needed." in qp.answer("Its title: ", "Avenant n° 1")
    assert "a longer period, counted from the same origin (extend)" in qp.answer("What does it change? ", "extend")
    qp.answer("Longer by (12 months…): ", "12 months")
    assert "terme: 1 October 2027 → 1 October 2028" in qp.answer("Record it? ", "y")
    assert qp.end()[0] == 0


def test_events_and_facts_are_offered(converse):
    qp = converse("occurred")
    shown = qp.answer("Which event? ", "1")
    assert "   1  Signature (signature)" in shown
    assert "debut" not in shown
    qp.answer("On which day? ", "2026-11-01")
    qp.answer("A proof", "")
    qp.answer("A remark", "")
    qp.answer("Record it? ", "")
    code, out = qp.end()
    assert code == 0
    name = out.split()[0]
    qp = converse("voided")
    assert f"   1  event recorded, 1 Nov 2026: Signature ({name})" in qp.answer("Which fact? ", "1")
    qp.answer("A remark", "")
    assert f"cancels [{name}]: event recorded, 1 November 2026" in qp.answer("Record it? ", "no")
    assert qp.end() == (2, "")
    assert "qp: Nothing was recorded." in qp.shown
    assert "voided" not in qp.journal.read_text("utf-8").split("facts:")[1]


def test_a_whole_command_line_asks_nothing(converse):
    qp = converse("fulfilled", "bilan")
    code, _ = qp.end()
    assert (code, qp.shown) == (0, "")


def test_no_answer_records_nothing(converse):
    qp = converse("fulfilled")
    qp.until("Which engagement? ")
    os.write(qp.terminal, b"\x04")
    code, out = qp.end()
    assert (code, out) == (2, "")
    assert "nothing was recorded" in qp.shown
    assert not qp.journal.exists()


def test_an_interruption_records_nothing_and_says_how_to_go_on(converse):
    qp = converse()
    qp.until("What happened? ")
    qp.process.send_signal(2)
    code, out = qp.end()
    assert (code, out) == (130, "")
    assert qp.shown.replace("^C", "").split("\r\n") == ["", "qp: Nothing was recorded.", ""]
    qp = converse(language="fr")
    qp.answer("passé\u00a0? ", "exécution")
    qp.answer("engagement\u00a0? ", "soutien")
    qp.until("jour\u00a0?")
    qp.process.send_signal(2)
    assert qp.end() == (130, "")
    said = "qp: Rien n'a été enregistré. Pour reprendre de là : qp record fulfilled soutien --ask"
    assert qp.shown.replace("\u00a0", " ").splitlines()[-1] == said
    assert not qp.journal.exists()


def test_nobody_is_asked_without_a_terminal(qp_process, repository):
    folder = repository()
    for arguments, word in (([], "KIND"), (["fulfilled"], "TARGET"), (["amended", "bilan"], "--title")):
        answer = qp_process("record", *arguments, cwd=folder, environ={"QP_LANG": "en", "QP_AS_OF": "2026-11-23"})
        assert (answer.code, answer.out) == (2, "")
        assert f"{word} is missing" in answer.err
        assert answer.err.count("\n") == 1
