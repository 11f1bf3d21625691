"""Writes the second half of docs/fr/reference.md and docs/en/reference.md: words, commands and options, as qp has them.

python scripts/reference.py          # writes it; what stands above the mark is written by hand
python scripts/reference.py --check  # says which page is not in step, and exits with 1
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qp_cli.cli.parser import COMMANDS, make_command, parameters
from qp_cli.render.language import Language
from qp_cli.render.wording import FACTS, KINDS, counted_word
from qp_cli.tracking.summary import ASKED_BY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qp_cli.messages import Message
    from qp_cli.render.language import Code

DOCS = Path(__file__).resolve().parents[1] / "docs"
MARK = "<!-- python scripts/reference.py writes what follows -->\n"


class Words(NamedTuple):
    """What a page says by itself."""

    states: str
    facts: str
    kinds: str
    written: str
    word: str
    commands: str
    option: str
    says: str


WORDS: dict[Code, Words] = {
    "fr": Words(
        "Les situations (`--state`, `--fail-on`)",
        "Les faits (`qp record`)",
        "Les types d'engagement (`kind`)",
        "s'écrit",
        "se lit",
        "Les commandes",
        "argument ou option",
        "sens",
    ),
    "en": Words(
        "The states (`--state`, `--fail-on`)",
        "The facts (`qp record`)",
        "The kinds of engagement (`kind`)",
        "written",
        "read",
        "The commands",
        "argument or option",
        "means",
    ),
}


def generated(code: Code) -> str:
    """All that the code says of itself, in a language."""
    language, words = Language(code), WORDS[code]
    parts = [
        f"## {words.states}\n",
        *_words({name: counted_word(name) for name in ASKED_BY}, language),
        f"\n## {words.facts}\n",
        *_words(FACTS, language),
        f"\n## {words.kinds}\n",
        *_words({kind.value: text for kind, text in KINDS.items()}, language),
        f"\n## {words.commands}\n",
        *(line for name in COMMANDS for line in _command(name, language)),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _words(said: Mapping[str, Message], language: Language) -> Iterator[str]:
    words = WORDS[language.code]
    yield from _table((words.written, words.word), ((f"`{name}`", language.text(text)) for name, text in said.items()))


def _command(name: str, language: Language) -> Iterator[str]:
    """A command: what it does, and each of its arguments and options."""
    command = make_command(name)
    words = WORDS[language.code]
    yield f"### `qp {name}`\n"
    yield f"{' '.join(language.plain(command.help).split())}\n"
    rows = ((_shown(each, language), language.plain(getattr(each, "help", "") or "")) for each in parameters(command))
    yield from _table((words.option, words.says), rows)
    yield ""


def _shown(parameter: Any, language: Language) -> str:
    """An argument or option as it is typed."""
    metavar = language.plain(parameter.metavar or "")
    if parameter.param_type_name == "argument":
        return f"`{metavar or parameter.name.upper()}`"
    names = ", ".join(sorted(parameter.opts, key=len))
    return f"`{names}`" if parameter.is_flag or not metavar else f"`{names} {metavar}`"


def _table(heading: tuple[str, str], rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"| {' | '.join(heading)} |"
    yield "| --- | --- |"
    yield from (f"| {' | '.join(each.replace('|', chr(92) + '|') for each in row)} |" for row in rows)


def page(code: Code, docs: Path = DOCS) -> str:
    """A page as it should be: its head as it is kept, the rest anew."""
    head, _, _ = (docs / code / "reference.md").read_text("utf-8").partition(MARK)
    return f"{head}{MARK}\n{generated(code)}"


def out_of_step(docs: Path = DOCS) -> list[str]:
    """The pages that differ from what qp has."""
    return [
        f"{code}/reference.md"
        for code in WORDS
        if (docs / code / "reference.md").read_text("utf-8") != page(code, docs)
    ]


def main() -> int:
    """Writes the pages, or only compares them."""
    if "--check" not in sys.argv[1:]:
        for code in WORDS:
            (DOCS / code / "reference.md").write_bytes(page(code).encode())
    for name in (names := out_of_step()):
        print(f"docs/{name} is not in step with the commands")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
