"""Completion in a shell: commands, ids of the repository at hand, states, regimes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from qp_cli.cli.completion import complete_engagements, complete_parties
from qp_cli.cli.main import run
from qp_cli.cli.parser import COMMANDS


@pytest.fixture(params=["bash", "zsh", "fish"])
def complete(request, capsys, monkeypatch):
    """What a shell is offered for a line, the last word being typed."""

    def offered(line):
        words = line.split(" ")
        monkeypatch.setenv("_QP_COMPLETE", f"complete_{request.param}")
        monkeypatch.setenv("LANGUAGE", "")
        monkeypatch.setenv("COLUMNS", "40")
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        capsys.readouterr()
        with pytest.raises(SystemExit):
            run([], {"LANG": "C"})
        captured = capsys.readouterr()
        assert captured.err == ""
        if request.param == "bash":
            return captured.out.split()
        if request.param == "fish":
            return [line.partition("\t")[0] for line in captured.out.splitlines() if line]
        if captured.out.startswith("compadd"):
            return captured.out.partition(" -- ")[2].split()
        found = captured.out.partition("((")[2].split('"')
        return [word.replace("\\:", ":") for word in found[1::4]] if '":"' in captured.out else found[1::2]

    monkeypatch.delenv("QP_DATA", raising=False)
    return offered


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("qp st", ["status"]),
        ("qp ", list(COMMANDS)),
        ("qp show fe", ["feuille-de-route"]),
        ("qp show etat-", ["etat-animation", "etat-referent", "etat-cofinancement", "etat-experts"]),
        ("qp show te", ["terme"]),
        ("qp deadlines --party an", ["anct", "anru"]),
        ("qp deadlines --party partenaires", ["partenaires", "partenaires-techniques-financiers"]),
        ("qp overdue --party chef", ["chef-de-file"]),
        ("qp deadlines --site a", ["aix-encagnane", "aubagne-charrel"]),
        ("qp deadlines --state o", ["overdue", "overdue-by-term", "open", "other", "options"]),
        ("qp status --fail-on due", ["due-soon", "due-soon-by-term"]),
        ("qp status --fail-on overdue", ["overdue", "overdue-by-term"]),
        ("qp deadlines --state overdue", ["overdue", "overdue-by-term"]),
        ("qp status --format ", ["table", "json", "csv", "md"]),
        ("qp status --lang ", ["fr", "en"]),
        ("qp calc 2021-03-18 P6M --regime d", ["duree", "delai-franc"]),
        ("qp calc 2021-03-18 P6M --zone ma", ["martinique", "mayotte"]),
        ("qp show zzz", []),
        ("qp show FEU", ["feuille-de-route"]),
        ("qp show Féu", ["feuille-de-route"]),
        ("qp show TÉ", ["terme"]),
        ("qp deadlines --site Aix", ["aix-encagnane"]),
        ("qp status --fail-on DUE", ["due-soon", "due-soon-by-term"]),
        ("qp record den", ["denounced"]),
        ("qp record te", ["terminated"]),
        ("qp record fulfilled te", []),
        ("qp record fulfilled feu", ["feuille-de-route"]),
        ("qp record amended te", ["terme"]),
        ("qp record suspended al", ["all"]),
        ("qp record suspended to", ["tout"]),
        ("qp record reprise to", ["tout"]),
        ("qp record suspension feu", ["feuille-de-route"]),
        ("qp record événement sign", ["signature"]),
        ("qp record signé sign", ["signature"]),
        ("qp record avenant te", ["terme"]),
        ("qp record annulation feu", []),
        ("qp record exécution sign", []),
        ("qp record exéc", ["exécutée", "exécution"]),
        ("qp record man", ["manquement", "manqué"]),
        ("qp log --kind aven", ["avenant"]),
        ("qp deadlines --state dép", ["dépassée"]),
        ("qp status --fail-on éch", ["échue"]),
        ("qp export class", ["classeur"]),
        ("qp help ex", ["export"]),
        ("qp help ", list(COMMANDS)),
        ("qp record resumed al", ["all"]),
        ("qp record waived al", []),
        ("qp record occurred sig", ["signature"]),
        ("qp record denounced s", []),
        ("qp record suspended all --te", ["--term"]),
        ("qp deadlines --fa", ["--fail-on"]),
    ],
)
def test_a_shell_is_offered_what_can_come_next(complete, line, expected):
    assert sorted(complete(line)) == sorted(expected)


def test_ids_are_those_of_the_repository_at_hand(complete, repository, monkeypatch):
    monkeypatch.chdir(repository())
    assert complete("qp show b") == ["bilan"]
    assert complete("qp deadlines --party v") == ["ville"]


def test_ids_are_those_of_the_repository_that_qp_data_names(complete, outside, repository, monkeypatch):
    assert outside
    monkeypatch.setenv("QP_DATA", str(repository()))
    assert complete("qp show b") == ["bilan"]


@pytest.mark.parametrize("cached", [False, True])
def test_a_fact_to_cancel_is_one_of_the_journal(complete, repository, qp, monkeypatch, cached):
    facts = [{"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2022-02-01"}]
    folder = repository(journal=facts)
    if cached:
        assert qp("status", "--data", str(folder)).err == ""
    monkeypatch.chdir(folder)
    assert complete("qp record voided F") == ["f-1"]
    assert complete("qp record voided b") == []


@pytest.mark.parametrize("content", ["a: [", "", "- a\n- b\n", "engagements: 3\n", "engagements: [{id: 3}, x]\n"])
def test_a_broken_repository_completes_nothing_and_says_nothing(complete, repository, monkeypatch, content):
    monkeypatch.chdir(repository(content))
    assert complete("qp show b") == []


def test_a_repository_that_is_not_there_completes_nothing(complete, outside, monkeypatch):
    assert outside
    monkeypatch.setenv("QP_DATA", "/nulle/part")
    assert complete("qp show b") == []


@pytest.mark.usefixtures("outside")
def test_each_shell_gets_its_script(capfd, monkeypatch):
    for shell, mark in (("bash", "complete -o default"), ("zsh", "#compdef qp"), ("fish", "complete --command qp")):
        monkeypatch.setenv("_QP_COMPLETE", f"source_{shell}")
        with pytest.raises(SystemExit):
            run([], {"LANG": "C"})
        captured = capfd.readouterr()
        assert mark in captured.out
        assert captured.err == ""


def test_it_works_for_real_in_a_process_of_its_own(outside, clean_environ):
    done = subprocess.run(
        [sys.executable, "-m", "qp_cli"],
        cwd=outside,
        env=clean_environ(_QP_COMPLETE="complete_bash", COMP_WORDS="qp show feu", COMP_CWORD="2"),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.stdout.split(), done.stderr) == (["feuille-de-route"], "")


HOSTILE = 'l\'a\\$(touch x) `y` "z" ; & | < > [red] {b} ~ # !! * \\ \n é«ü» 50 %'


def test_only_ids_are_offered_and_what_stands_beside_them_is_harmless(repository, small, monkeypatch):
    declared = small()
    (plan,) = declared["engagements"]
    names = ["bilan", "bilan;x", "bilan$(x)", "Bilan", "b b", "-b", "b--b", "b-", "bilan\n", "b" * 81, "b*", "bé", ""]
    declared["engagements"] = [{**plan, "id": name, "title": HOSTILE} for name in names]
    declared["parties"] = [{"id": "ville", "name": HOSTILE}]
    monkeypatch.chdir(repository(declared))
    monkeypatch.delenv("QP_DATA", raising=False)
    monkeypatch.setenv("QP_NO_CACHE", "1")
    assert complete_engagements("b") == [("bilan", "l’a (touch x) y z ; red b é«ü» 50 %")]
    assert complete_parties("v")[0][0] == "ville"


def test_the_help_of_commands_keeps_its_apostrophes(capsys, monkeypatch):
    monkeypatch.setenv("_QP_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "qp deadlines --")
    with pytest.raises(SystemExit):
        run([], {"QP_LANG": "fr"})
    shown = capsys.readouterr().out
    assert "d’après son historique" in shown
    assert "''" not in shown
