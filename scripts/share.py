"""Rewrites share/: the man page in both languages, and the completion of each shell, for those who package qp."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from typer.main import get_command

from qp_cli.cli.app import app
from qp_cli.cli.parser import COMMANDS, parameters, speak, take_as_typed, translate
from qp_cli.render.language import Language
from qp_cli.version import ADDRESS, __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARE = Path(__file__).resolve().parents[1] / "share"
MAN = {"en": "man/man1/qp.1", "fr": "man/fr/man1/qp.1"}
COMPLETIONS = {
    "bash": "bash-completion/completions/qp",
    "zsh": "zsh/site-functions/_qp",
    "fish": "fish/vendor_completions.d/qp.fish",
}
HEADINGS = {
    "name": ("NAME", "NOM"),
    "synopsis": ("SYNOPSIS", "SYNOPSIS"),
    "description": ("DESCRIPTION", "DESCRIPTION"),
    "common": ("OPTIONS BEFORE A COMMAND", "OPTIONS AVANT UNE COMMANDE"),
    "commands": ("COMMANDS", "COMMANDES"),
    "exit": ("EXIT STATUS", "CODE DE RETOUR"),
    "environment": ("ENVIRONMENT", "ENVIRONNEMENT"),
    "files": ("FILES", "FICHIERS"),
    "see": ("SEE ALSO", "VOIR AUSSI"),
}
ABOUT = (
    (
        "qp reads what a convention says in YAML files of a git repository: the parties, what they engage to do, "
        "by when, under which clause; and a journal of what happened. It computes each deadline at any day, shows "
        "how it is reached and what the clause is, lists what is overdue for each party, and checks the files. "
        "Without a command, it answers qp status."
    ),
    (
        "qp lit ce que dit une convention dans les fichiers YAML d'un dépôt git : les parties, ce à quoi elles "
        "s'engagent, pour quand, selon quelle clause ; et un journal de ce qui s'est passé. Il calcule chaque "
        "échéance à tout jour, montre comment elle est obtenue et la clause dont elle vient, liste pour chaque "
        "partie ce dont l'échéance est dépassée, et contrôle les fichiers. Sans commande, il répond à qp status."
    ),
)
EXIT = (
    ("0", "Fine.", "Tout va bien."),
    (
        "1",
        (
            "Findings of severity error (with --strict, warnings too), a --fail-on that matched, or one of several "
            "conventions that could not be read."
        ),
        (
            "Des constats d'erreur (avec --strict, des avertissements aussi), un --fail-on rempli, ou une convention "
            "illisible parmi plusieurs."
        ),
    ),
    ("2", "The command line was not understood.", "La ligne de commande n'a pas été comprise."),
    ("3", "Nothing could be loaded.", "Rien n'a pu être lu."),
    ("130", "Interrupted.", "Interrompu."),
)
ENVIRONMENT = (
    ("QP_DATA", "The folder, as --data.", "Le dossier, comme --data."),
    ("QP_AS_OF", "The day, as --as-of; else today in Paris.", "Le jour, comme --as-of ; sinon aujourd'hui à Paris."),
    (
        "QP_LANG",
        "The language, fr or en, as --lang; else the locale's.",
        "La langue, fr ou en, comme --lang ; sinon celle du système.",
    ),
    (
        "QP_JOBS",
        "How many processes share the work on several conventions.",
        "Combien de processus se partagent le travail sur plusieurs conventions.",
    ),
    (
        "QP_NO_CACHE",
        "Anything, for nothing to be kept from one run to the next.",
        "N'importe quoi, pour que rien ne soit gardé d'une fois à l'autre.",
    ),
    (
        "QP_DEBUG",
        "Anything, for Python's own account of an error that is none of qp's.",
        "N'importe quoi, pour le compte rendu de Python sur une erreur imprévue.",
    ),
    (
        "NO_COLOR, FORCE_COLOR",
        "Without colours; with them, whatever the output.",
        "Sans couleurs ; avec, quelle que soit la sortie.",
    ),
)
FILES = (
    ("data/convention.yaml", "What was agreed.", "Ce qui a été convenu."),
    ("data/sites.yaml", "The sites.", "Les sites."),
    ("data/journal.yaml", "What happened; written by qp record.", "Ce qui s'est passé ; écrit par qp record."),
)


def main() -> None:
    """Writes every file and names it."""
    for path, text in files():
        target = SHARE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        print(f"wrote share/{path}")


def files() -> Iterator[tuple[str, str]]:
    """Each file under share/ with what it holds."""
    yield MAN["en"], man_page("en")
    yield MAN["fr"], man_page("fr")
    for shell, path in COMPLETIONS.items():
        environ = {**os.environ, "_QP_COMPLETE": f"source_{shell}"}
        done = subprocess.run([sys.executable, "-m", "qp_cli"], env=environ, capture_output=True, check=True)
        text = done.stdout.decode().replace("\r\n", "\n").strip()
        # zsh loads the file at the first completion, which is to be answered too.
        yield path, f'{text}\n_qp_completion "$@"\n' if shell == "zsh" else f"{text}\n"


def man_page(code: Literal["en", "fr"]) -> str:
    """The page in a language, for `man`: every command with its options, exit codes, variables, files."""
    language = Language(code)
    at = 1 if code == "fr" else 0
    speak(language)
    root: Any = get_command(app)

    def adapt(command: Any) -> None:
        translate(command, language)
        take_as_typed(command)

    root.adapt = adapt
    adapt(root)
    heads = {key: f'.SH "{words[at]}"' for key, words in HEADINGS.items()}
    lines = [f'.TH QP 1 "" "qp {__version__}" "qp"', heads["name"], f"qp \\- {_plain(_first(root.help))}"]
    lines += [heads["synopsis"], ".B qp", "[options]", f".I {('command', 'commande')[at]}", "[...]"]
    lines += [heads["description"], _plain(ABOUT[at]), heads["commands"]]
    for name in COMMANDS:
        lines += _command(root.get_command(None, name), name)
    lines += [heads["common"], *_parameters(root)]
    for key, rows in (("exit", EXIT), ("environment", ENVIRONMENT), ("files", FILES)):
        lines += [heads[key], *(line for row in rows for line in _entry(row[0], row[1 + at]))]
    if ADDRESS:
        lines += [heads["see"], _plain(ADDRESS)]
    return "\n".join(lines) + "\n"


def _first(text: str | None) -> str:
    return (text or "").split("\n\n")[0].replace("\n", " ").rstrip(".")


def _command(command: Any, name: str) -> Iterator[str]:
    arguments = " ".join(
        f"[\\fI{_plain(each.metavar or each.name)}\\fR]"
        for each in command.params
        if each.param_type_name == "argument"
    )
    yield f'.SS "qp {name}"'
    yield f".B qp {name}"
    if arguments:
        yield arguments
    for paragraph in (command.help or "").split("\n\n"):
        yield ".PP"
        yield _plain(" ".join(paragraph.split()))
    yield from _parameters(command)


def _parameters(command: Any) -> Iterator[str]:
    for each in parameters(command):
        if getattr(each, "hidden", False):
            continue
        if each.param_type_name == "argument":
            called = each.metavar or each.name
        else:
            value = "" if each.is_flag else f" {each.metavar or each.name.upper()}"
            called = ", ".join(sorted(each.opts)) + value
        yield from _entry(called, each.help or "")


def _entry(called: str, words: str) -> Iterator[str]:
    yield ".TP"
    yield f"\\fB{_plain(called)}\\fR"
    yield _plain(" ".join(words.split()))


def _plain(text: str) -> str:
    """The text as roff reads it: nothing in it is a request."""
    text = re.sub(" (?=[:;!?»])|(?<=«) ", "\u00a0", text)
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("\u00a0", "\\~")
    return re.sub(r"^(?=[.'])", r"\\&", text)


if __name__ == "__main__":
    main()
