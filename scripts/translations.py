"""Keeps the French catalogue in step with the code: extract, update, compile, check."""

from __future__ import annotations

import argparse
import ast
import io
import sys
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "qp_cli"
COMMAND_FOLDER = f"{PACKAGE}/cli/commands/"
CATALOGUE = f"{PACKAGE}/locale/fr/LC_MESSAGES/qp.po"
# How many texts each marking function takes, first arguments first.
MARKS = {"msg": 1, "msgs": 2, "marked": 1}
HEADER_COMMENT = "# French texts of qp. Written by scripts/translations.py update; translate here."
HEADERS = [
    ("Project-Id-Version", "qp"),
    ("Language", "fr"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n > 1);\n"),
]


class French(Catalog):
    """A catalogue whose header holds no date and no tool version, so that it changes with its texts only."""

    def __init__(self) -> None:
        super().__init__(locale="fr", header_comment=HEADER_COMMENT, charset="utf-8", fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header's lines, always the same."""
        return HEADERS

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """None but those."""

    @property
    def num_plurals(self) -> int:
        """As the header says; that a language has another form for millions is of no use here."""
        return 2


# --- what the code says


@cache
def marked_calls(tree: ast.AST) -> tuple[tuple[ast.Call, int], ...]:
    """Each call of a marking function, with the number of texts it takes; looked for once in each tree."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [(call, getattr(call.func, "id", None) or getattr(call.func, "attr", "")) for call in calls]
    return tuple((call, MARKS[name]) for call, name in named if name in MARKS)


def literals(node: ast.expr) -> list[str]:
    """The texts an argument can be: itself, or either branch of a conditional expression."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return [node.value]
    return []


def command_helps(name: str, tree: ast.AST) -> Iterator[str]:
    """The docstring of a command, which is called as its module: it is also its help page."""
    if not name.startswith(COMMAND_FOLDER):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == Path(name).stem:
            yield ast.get_docstring(node) or ""


def sources(root: Path = ROOT) -> Iterator[tuple[str, ast.AST]]:
    """Each module of the package, parsed, by its name relative to the root."""
    for path in sorted((root / PACKAGE).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        yield name, _parsed(path.read_text("utf-8"), name)


@cache
def _parsed(text: str, name: str) -> ast.AST:
    """A module, parsed once for all who look through it."""
    return ast.parse(text, name)


def extract(root: Path = ROOT) -> Catalog:
    """The texts marked in the code, without any translation, each with the files that use it."""
    found = French()
    for name, tree in sources(root):
        for call, wanted in marked_calls(tree):
            texts = [literals(argument) for argument in call.args[:wanted]]
            if len(texts) < wanted:
                continue
            if wanted == 1:
                for text in texts[0]:
                    found.add(text, locations=[(name, 0)])
            else:
                for one, many in zip(*texts, strict=False):
                    found.add((one, many), locations=[(name, 0)])
        for text in command_helps(name, tree):
            found.add(text, locations=[(name, 0)])
    return found


def interpolated(root: Path = ROOT) -> list[str]:
    """Marked f-strings: their text is not known before the program runs, so nobody can translate it."""
    return [
        f"{name}:{call.lineno}: an f-string cannot be translated"
        for name, tree in sources(root)
        for call, wanted in marked_calls(tree)
        if any(isinstance(argument, ast.JoinedStr) for argument in call.args[:wanted])
    ]


# --- what the catalogue says


def read(root: Path = ROOT) -> Catalog:
    """The catalogue as committed, empty where there is none yet."""
    path = root / CATALOGUE
    if not path.exists():
        return French()
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def entries(catalogue: Catalog) -> list[Message]:
    """Its messages, header excepted, in the order of their texts."""
    return sorted((entry for entry in catalogue if entry.id), key=lambda entry: forms(entry.id))


def forms(text: object) -> tuple[str, ...]:
    """A text as a tuple: the singular and plural where there are two, itself alone otherwise."""
    return tuple(str(form) for form in text) if isinstance(text, list | tuple) else (str(text or ""),)


def same_text(one: Message, other: Message | None) -> bool:
    """Whether both translate the same source, plural included."""
    return other is not None and forms(one.id) == forms(other.id)


def merged(marked: Catalog, kept: Catalog) -> French:
    """The code's texts with the translations that the catalogue has for exactly them; nothing is guessed."""
    result = French()
    for entry in entries(marked):
        known = kept.get(forms(entry.id)[0])
        if known is None or not same_text(entry, known):
            result.add(entry.id, locations=entry.locations)
            continue
        flags = {"fuzzy"} & set(known.flags)
        result.add(entry.id, known.string, entry.locations, flags, user_comments=known.user_comments)
    return result


def po_bytes(catalogue: Catalog) -> bytes:
    """The text form: sorted, unwrapped, file names without line numbers."""
    for entry in catalogue:
        entry.flags.discard("python-format")  # a percent sign is only itself: parts stand in braces
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled form: the same bytes for the same translations."""
    fixed = French()
    for entry in entries(catalogue):
        fixed.add(entry.id, entry.string, flags=entry.flags)
    buffer = io.BytesIO()
    write_mo(buffer, fixed)
    return buffer.getvalue()


# --- what is wrong


def quoted(entry: Message) -> str:
    """The entry's source, as findings name it."""
    return f'"{forms(entry.id)[0]}"'


def missing(marked: Catalog, catalogue: Catalog) -> list[str]:
    """Texts of the code that the catalogue doesn't translate, or not in each of their forms."""
    found = []
    for entry in entries(marked):
        known = catalogue.get(forms(entry.id)[0])
        if known is None or not same_text(entry, known) or not all(forms(known.string)):
            found.append(f"{quoted(entry)} has no translation")
    return found


def fuzzy(catalogue: Catalog) -> list[str]:
    """Translations that somebody has left to be confirmed."""
    return [f"{quoted(entry)} is fuzzy" for entry in entries(catalogue) if entry.fuzzy]


def obsolete(marked: Catalog, catalogue: Catalog) -> list[str]:
    """Translations of texts that the code no longer has."""
    gone = [entry for entry in entries(catalogue) if not same_text(entry, marked.get(forms(entry.id)[0]))]
    return [f"{quoted(entry)} is obsolete" for entry in [*gone, *catalogue.obsolete.values()]]


def placeholders(text: str) -> frozenset[str] | None:
    """The names in braces, or None where the braces are not well formed."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def fits(source: tuple[str, ...], translation: tuple[str, ...]) -> bool:
    """Whether each form has its source's placeholders; French "one" also serves zero, so may count too."""
    allowed = [placeholders(form) for form in source]
    found = [placeholders(form) for form in translation]
    if None in allowed or None in found:
        return False
    return found[0] in allowed and found[-1] == allowed[-1]


def mismatched(catalogue: Catalog) -> list[str]:
    """Translations whose placeholders are not those of their source."""
    return [
        f"{quoted(entry)} and its translation have different placeholders"
        for entry in entries(catalogue)
        if all(forms(entry.string)) and not fits(forms(entry.id), forms(entry.string))
    ]


def stale(catalogue: Catalog, root: Path = ROOT) -> list[str]:
    """The compiled catalogue, where it isn't what the text form compiles to."""
    path = (root / CATALOGUE).with_suffix(".mo")
    if path.exists() and path.read_bytes() == mo_bytes(catalogue):
        return []
    return [f"{path.relative_to(root).as_posix()} is stale: run python scripts/translations.py compile"]


def problems(root: Path = ROOT) -> list[str]:
    """Everything that is wrong with the translations, a sentence each; empty is what a test expects."""
    marked, catalogue = extract(root), read(root)
    return [
        *interpolated(root),
        *missing(marked, catalogue),
        *fuzzy(catalogue),
        *mismatched(catalogue),
        *obsolete(marked, catalogue),
        *stale(catalogue, root),
    ]


# --- the commands


def print_template(root: Path = ROOT) -> int:
    """Prints the texts of the code as an empty catalogue."""
    sys.stdout.buffer.write(po_bytes(extract(root)))
    return 0


def update(root: Path = ROOT) -> int:
    """Rewrites the catalogue for the code's texts of today and says what came and went."""
    marked, kept = extract(root), read(root)
    catalogue = merged(marked, kept)
    path = root / CATALOGUE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_bytes(catalogue))
    show(obsolete(marked, kept), "removed: ")
    show(missing(marked, catalogue), "to do: ")
    print(f"{len(entries(catalogue))} texts in {CATALOGUE}")
    return 0


def compile_catalogue(root: Path = ROOT) -> int:
    """Writes the compiled catalogue next to the text form."""
    path = (root / CATALOGUE).with_suffix(".mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(mo_bytes(read(root)))
    print(f"wrote {path.relative_to(root).as_posix()}")
    return 0


def check(root: Path = ROOT) -> int:
    """Names each problem; 1 where there is one."""
    found = problems(root)
    show(found)
    return 1 if found else 0


def show(lines: Iterable[str], prefix: str = "") -> None:
    """Prints each line; the end of a text's lines stay on it."""
    for line in lines:
        print(prefix + line.replace("\n", "\\n"))


COMMANDS = {"extract": print_template, "update": update, "compile": compile_catalogue, "check": check}


def main() -> int:
    """Runs the command that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    return COMMANDS[parser.parse_args().command]()


if __name__ == "__main__":
    sys.exit(main())
