"""Help pages: one screen to begin with, what most people come for first; everything behind `--all`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

from qp_cli.messages import msg
from qp_cli.render.layout import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.cli.session import Session
    from qp_cli.messages import Message

_WIDTH = 78
_AROUND = 2
"""Columns that the parser's own paragraphs leave free."""
_LINES = 24
"""A help page of so many lines is shown whole."""
GROUPS: tuple[tuple[Message, dict[str, Message]], ...] = (
    (
        msg("Look"),
        {
            "status": msg("the convention on one screen, who stands where (or qp alone)"),
            "deadlines": msg("what is due, to whom it falls, when; --party, --site, --within 90d"),
            "overdue": msg("what is past its date, by party"),
            "show": msg("one engagement, and the working of its date step by step"),
        },
    ),
    (
        msg("Record"),
        {
            "record": msg("what happened: a performance, an avenant, a suspension…"),
            "log": msg("what was recorded, newest last"),
        },
    ),
    (
        msg("Take away"),
        {
            "report": msg("a page to print or to send"),
            "export": msg("for a calendar (ics), Excel (xlsx, csv) or another program"),
        },
    ),
    (
        msg("Begin, and keep in order"),
        {
            "init": msg("a folder for another convention"),
            "check": msg("what is wrong or doubtful in the files"),
            "calc": msg("a date on its own: qp calc 2021-03-18 P6M"),
        },
    ),
)
"""The commands of the first help page, in the order in which they are needed."""
NAMED = ("data", "convention", "as_of", "known_at", "lang", "output", "fail", "newly", "no_cache")
"""The options that most commands take, or that scheduled jobs give: a first help page only names them."""

EXPLAINED: dict[str, frozenset[str]] = {
    "record": frozenset({"kind", "target", "on", "by", "proof", "from_file", "dry_run"}),
    "init": frozenset({"folder", "template", "title", "territory", "origin", "term", "party"}),
    "check": frozenset({"paths", "form", "strict", "explain", "fix"}),
    "export": frozenset({"form", "party", "site", "within", "excel_fr"}),
    "deadlines": frozenset({"party", "site", "state", "within", "everything", "form"}),
}
"""Of commands that have many parameters of their own, those that a first help page explains; it names the others."""


def split_all(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """A command line, and whether it asks for a whole help page: the `--all` beside `--help` is then taken off it."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    given, rest = list(arguments[:end]), list(arguments[end:])
    asks = "--help" in given or "-h" in given or given[:1] == ["help"]
    if not asks or "--all" not in given:
        return [*given, *rest], False
    return [*(each for each in given if each != "--all"), *rest], True


def is_whole(context: Any) -> bool:
    """Whether the whole page was asked for, or nobody in particular asks."""
    session: Session | None = context.obj
    return session is None or session.whole_help


def first_page(context: Any, others: Sequence[str]) -> str:
    """The first help page of qp: its commands in groups, then the `others` by name."""
    language = context.obj.language
    formatter = context.make_formatter()
    context.command.format_usage(context, formatter)
    context.command.format_help_text(context, formatter)
    formatter.write_paragraph()
    widest = max(len(name) for _, commands in GROUPS for name in commands)
    width = formatter.width + _AROUND

    def write(text: str, hang: int = 2) -> None:
        formatter.write(fold(f"{text}\n", width, hang))

    for title, commands in GROUPS:
        write(language.text(title))
        for name, text in commands.items():
            write(f"  {name:<{widest}}  {language.text(text)}", widest + 2)
    write(language.text(msg("And: {names}", names=", ".join(others))))
    formatter.write_paragraph()
    write(language.text(msg("--data DIR, --as-of DATE and --lang fr|en go with each of them.")))
    write(language.text(msg("More: qp help COMMAND; every command and option: qp help --all")))
    return str(formatter.getvalue()).rstrip("\n")


class OneCommand(TyperCommand):
    """A command whose first help page is one screen: the options that most of them take are only named there.

    Of a command that has many of its own, so are these but for a few, and what it is for is said in a paragraph.
    """

    _is_short = False

    def get_params(self, ctx: Any) -> list[Any]:
        """Its parameters; on its first help page, those that it explains."""
        found = super().get_params(ctx)
        return [each for each in found if not self._is_named(each)] if self._is_short else found

    def _is_named(self, parameter: Any) -> bool:
        """Whether a first help page gives its name alone."""
        if parameter.name in NAMED:
            return True
        return self.name in EXPLAINED and parameter.name not in EXPLAINED[self.name] | {"help"}

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """What the command is for; on a first help page that explains a part of it, the first paragraph alone."""
        whole = self.help
        if self._is_short and self.name in EXPLAINED:
            self.help = (whole or "").partition("\n\n")[0]
        super().format_help_text(ctx, formatter)
        self.help = whole

    def get_help(self, ctx: Any) -> str:
        """The whole page where it was asked for, or is short; else its own options, and the names of the others."""
        page = super().get_help(ctx)
        common = [each.opts[0] for each in self.get_params(ctx) if self._is_named(each)]
        if is_whole(ctx) or not common or len(page.splitlines()) <= _LINES:
            return page
        self._is_short = True
        own = super().get_help(ctx)
        self._is_short = False
        names = fold("  " + " ".join(common), min(_WIDTH, ctx.make_formatter().width))
        title = msg("Also, explained by qp help {command} --all:", command=self.name)
        short = f"{own}\n\n{ctx.obj.language.text(title)}\n{names}".rstrip("\n")
        return min(page, short, key=lambda text: text.count("\n"))
