"""The options that several commands share, each written once, and the decorator that gives them to a command."""

from __future__ import annotations

from inspect import Parameter, Signature, signature
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from qp_cli.cli.completion import complete_parties, complete_sites, complete_words
from qp_cli.cli.output import emit, screen
from qp_cli.cli.parser import marked
from qp_cli.cli.words_taken import with_words_taken
from qp_cli.render.language import LANGUAGES
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from qp_cli.cli.output import AnsweredText
    from qp_cli.cli.session import Session
    from qp_cli.render.language import Language
    from qp_cli.render.screen import Screen

FORMATS = ("table", "json", "csv", "md")
CHECK_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
GROUPINGS = ("convention", "party", "clause", "site")
STATES_TAKEN = (
    "overdue",
    "overdue-by-term",
    "due-soon",
    "due-soon-by-term",
    "upcoming",
    "open",
    "in-effect",
    "conditional",
    "suspended",
    "fulfilled",
    "fulfilled-late",
    "discharged",
    "replaced-by-avenant",
    "breached",
    "expired",
    "exercised",
    "lapsed",
    "derived-from-term",
    "other",
    "options",
)
"""What `--state` and `--fail-on` take: the states, what is so by a date of the term alone, columns of the counts."""


def _without_cache(ctx: typer.Context, asked: bool) -> None:
    if asked and ctx.obj is not None:  # there is no session while a shell completes a word
        ctx.obj.no_cache = True


Data = Annotated[
    list[str] | None,
    typer.Option(
        "--data",
        metavar=marked("DIR"),
        help=marked("Folder of the repository, or of several; repeatable (else QP_DATA, else upwards from here)."),
    ),
]
ConventionsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--convention",
        metavar=marked("ID"),
        help=marked("Only this convention, by id, territory, title or folder; repeatable."),
    ),
]
GroupBy = Annotated[
    str | None,
    typer.Option(
        "--group-by",
        metavar="|".join(GROUPINGS),
        help=marked("Put together by convention, party, clause or site."),
        autocompletion=complete_words(GROUPINGS),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=marked("DATE"),
        help=marked("Day to look at: 2021-10-01 or 01/10/2021 (else QP_AS_OF, else today)."),
    ),
]
KnownAt = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar=marked("DATE|REV"),
        help=marked("What the repository said then, by its git history: a day as it ended, or a revision."),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="fr|en",
        help=marked("Language (else QP_LANG, else the machine's)."),
        autocompletion=complete_words(LANGUAGES),
    ),
]
FormOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="table|json|csv|md",
        help=marked("Form of the answer."),
        autocompletion=complete_words(FORMATS),
    ),
]
CheckForm = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="text|json|github|gitlab|sarif|junit",
        help=marked("Form of the answer (else text, with github's annotations under GitHub Actions)."),
        autocompletion=complete_words(CHECK_FORMATS),
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar=marked("FILE"), help=marked("Write to this file, whole or not at all.")),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        callback=_without_cache,
        help=marked("Read the files again, and keep nothing for the next time (else QP_NO_CACHE)."),
    ),
]
PartiesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--party",
        metavar=marked("PARTY"),
        help=marked("Only what this party, organ, group or role owes; repeatable."),
        autocompletion=complete_parties,
    ),
]
SitesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--site",
        metavar=marked("SITE"),
        help=marked("Only this site, and what concerns every site; repeatable."),
        autocompletion=complete_sites,
    ),
]
StatesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--state",
        metavar=marked("STATE"),
        help=marked("Only this state; repeatable, or separated by commas. overdue holds overdue-by-term too."),
        autocompletion=complete_words(STATES_TAKEN),
    ),
]
WithinOption = Annotated[
    str | None,
    typer.Option(
        "--within",
        metavar=marked("LENGTH"),
        help=marked("What is overdue and what falls due by then: 90d or P3M from the day looked at."),
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar=marked("STATES"),
        help=marked("Exit with 1 when an obligation is in one of these states, overdue-by-term being one of its own."),
        autocompletion=complete_words(STATES_TAKEN),
    ),
]
NewlyOption = Annotated[
    str | None,
    typer.Option(
        "--newly",
        metavar=marked("LENGTH"),
        help=marked("With --fail-on, of what is overdue only what has become so in these last days: 7d or P1M."),
    ),
]


FOR_READING = ("data", "convention", "as_of", "known_at", "lang", "output", "no_cache")
"""What every command takes that reads conventions."""
FOR_CHOOSING = ("party", "site", "state", "within")
"""What chooses obligations."""


class Call:
    """One call of a command: its session, and the shared options as given, in the order of the help pages.

    An option that the command does not take is as if it were not given.
    """

    party: PartiesOption = None
    site: SitesOption = None
    state: StatesOption = None
    within: WithinOption = None
    data: Data = None
    convention: ConventionsOption = None
    group_by: GroupBy = None
    as_of: AsOf = None
    known_at: KnownAt = None
    lang: Lang = None
    form: FormOption = None
    output: Output = None
    fail: FailOn = None
    newly: NewlyOption = None
    no_cache: NoCache = False

    def __init__(self, ctx: typer.Context, given: Mapping[str, Any]) -> None:
        self.ctx = ctx
        self.session: Session = ctx.obj
        vars(self).update(given)

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.session.language

    @property
    def destination(self) -> str | None:
        """The file to write to, named with the command or before it; None for stdout."""
        return self.output or self.session.output

    @property
    def again(self) -> str:
        """The options as typed that the next command needs to look at the same repository and day, quoted."""
        session = self.session
        given = [("--data", each) for each in dict.fromkeys(self.data or session.data)]
        given.append(("--as-of", self.as_of or session.as_of or ""))
        given.append(("--known-at", self.known_at or session.known_at or ""))
        return _typed(given)

    @property
    def named(self) -> str:
        """The conventions that were named, as the next command needs them, quoted."""
        return _typed(("--convention", each) for each in dict.fromkeys(self.convention or self.session.conventions))

    @property
    def chosen(self) -> str:
        """The parties and sites that were asked for, as the next command needs them, quoted."""
        asked = [("--party", each) for each in self.party or ()] + [("--site", each) for each in self.site or ()]
        return _typed(asked)

    @property
    def narrowed(self) -> str:
        """All that chooses obligations, as the next command needs it to choose the same, quoted."""
        states = [("--state", each) for each in self.state or ()]
        return f"{self.chosen}{_typed((*states, ('--within', self.within or '')))}"

    @property
    def typed(self) -> str:
        """All that a list was asked with but its form, as the next command needs it, quoted."""
        return f"{self.narrowed}{self.named}{self.again}"

    @property
    def screen(self) -> Screen:
        """What can be shown where the answer goes."""
        return screen(self.session.environ, self.destination)

    def with_known_states(self, answer: AnsweredText, form: str) -> AnsweredText:
        """The answer, and with `--known-at` the states of repositories that it was read from."""
        if not (self.known_at or self.session.known_at):
            return answer
        from qp_cli.render.known_state import with_known_states

        return with_known_states(answer, form, self.session.known, self.screen, self.language)

    def give(self, answer: AnsweredText, code: int = 0, form: str | None = None) -> None:
        """Writes the answer where it was asked for, and says which file; in its own form without `--format`.

        Raises:
            UsageError: it cannot be written.
            typer.Exit: with `code`, unless that is 0.
        """
        form = form or self.form or self.session.form or "table"
        emit(self.with_known_states(answer, form), self.destination, form, language=self.language)
        if code:
            raise typer.Exit(code)


def _typed(given: Iterable[tuple[str, str]]) -> str:
    """Options and their values as a shell takes them; those without a value left out."""
    return "".join(f" {name} {quote(visible(value))}" for name, value in given if value)


def taking(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """What gives a command the shared options of these names; it gets them together, as its parameter `call`.

    In its help page, those that choose obligations come first, the others where `call` stands among its own.
    """

    def give(command: Callable[..., None]) -> Callable[..., None]:
        def run(ctx: typer.Context, **given: Any) -> None:
            def called(values: Mapping[str, Any]) -> None:
                shared = {name: values[name] for name in names if name in values}
                own = {name: value for name, value in values.items() if name not in shared}
                command(**own, call=Call(ctx, shared))

            if "known_at" in names:
                with_words_taken(called, given, ctx.obj)
            else:
                called(given)

        vars(run)["__signature__"] = _signature_with(names, command)
        run.__annotations__ = {}  # Typer reads the signature alone
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        return run

    return give


def _signature_with(names: Collection[str], command: Callable[..., None]) -> Signature:
    """The parameters of a command, with the shared options of these names in the place of `call`."""
    types = get_type_hints(Call, include_extras=True)
    if unknown := set(names) - types.keys():
        raise ValueError(unknown)
    shared = [
        Parameter(each, Parameter.KEYWORD_ONLY, default=getattr(Call, each), annotation=types[each])
        for each in sorted(names, key=[*types].index)
    ]
    parameters = signature(command, eval_str=True).parameters.values()
    own = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in parameters]
    place = [each.name for each in own].index("call")
    choosing = [each for each in shared if each.name in FOR_CHOOSING]
    others = [each for each in shared if each.name not in FOR_CHOOSING]
    context = Parameter("ctx", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    return Signature([context, *choosing, *own[:place], *others, *own[place + 1 :]])
