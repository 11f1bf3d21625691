"""`qp check`: everything that is wrong or doubtful in a repository, at its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.app.convention_names import Wanted, by_their_folders
from qp_cli.app.readings import read_choice
from qp_cli.cli.answers import FAILED
from qp_cli.cli.completion import complete_words
from qp_cli.cli.options import CHECK_FORMATS, CheckForm, ConventionsOption, Data, Lang, NoCache, Output
from qp_cli.cli.output import emit, say, screen
from qp_cli.cli.parser import marked
from qp_cli.cli.session import Session
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qp_cli.app.check_result import Checked
    from qp_cli.app.checking import NamedFolders, Past
    from qp_cli.errors import RepositoryError

_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where the source tree begins, as GitHub and GitLab tell it."""


def _complete_codes(incomplete: str) -> list[str]:
    from qp_cli.checks.registry import RULES

    return complete_words([rule.code for rule in RULES])(incomplete.upper())


_Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar=marked("PATH"), help=marked("Folders of repositories, or files inside them.")),
]
_Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar=marked("CODES"),
        help=marked("Only these rules, and what stops a repository from being read: QP304, or QP3 for all of them."),
        autocompletion=_complete_codes,
    ),
]
_Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar=marked("CODES"), help=marked("Not these rules."), autocompletion=_complete_codes),
]
_Strict = Annotated[bool, typer.Option("--strict", help=marked("Exit with 1 for warnings too."))]
_Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar=marked("CODE"),
        help=marked("What a rule wants, and why; nothing is checked."),
        autocompletion=_complete_codes,
    ),
]
_Fix = Annotated[
    bool,
    typer.Option("--fix", help=marked("First remove blanks and ends of lines that nobody sees; nothing else changes.")),
]
_Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar=marked("REV"),
        help=marked(
            "Also what was recorded at this git revision and no longer is: the journal is only added to. "
            "REV... is where its history and this one part."
        ),
    ),
]


def check(
    ctx: typer.Context,
    paths: _Paths = None,
    data: Data = None,
    convention: ConventionsOption = None,
    form: CheckForm = None,
    select: _Select = None,
    ignore: _Ignore = None,
    strict: _Strict = False,
    explain: _Explain = None,
    fix: _Fix = False,
    against: _Against = None,
    output: Output = None,
    lang: Lang = None,
    no_cache: NoCache = False,
) -> None:
    """Everything that is wrong or doubtful in a repository; no finding comes from the day it is.

    A recorded fact that was changed or removed shows beside a commit alone: --against HEAD.
    """
    session: Session = ctx.obj
    destination = output or session.output
    if explain:
        from qp_cli.render.findings.rule_pages import find_page, fold_page, write_page

        page = write_page(find_page(explain, session.language), session.language)
        emit(fold_page(page, screen(session.environ, destination).width), destination, language=session.language)
        return
    answer_in = _form(session, form, destination)
    from qp_cli.app.checking import check_folders, choose_codes, folders_of

    choice = choose_codes(select or (), ignore or ())
    names = [*(paths or ()), *(data or session.data)]
    named = folders_of(names, session) if names else _folders_here(session)
    if fix and not paths:
        session.refuse_anothers(named.folders, data or ())
    wanted = Wanted(by_their_folders(convention or session.conventions, named.folders))
    past = _past(session, against, names, named)
    checked, failed = check_folders(session, named, choice, wanted, past, strict=strict, fix=fix)
    code = max(named.code, failed, FAILED if checked.failed else 0)
    if checked.files or checked.findings:
        answer = _answer(session, checked, answer_in, destination)
        emit(answer, destination, answer_in, language=session.language, commands=answer_in == "github")
        if destination:
            from qp_cli.render.findings.text import write_summary

            say(write_summary(checked, session.language))
    _tell_stale_schemas(named.folders, session)
    if code:
        raise typer.Exit(code)


def _tell_stale_schemas(folders: Sequence[Path], session: Session) -> None:
    """Says which schemas of one convention, kept for editors, propose ids that are no longer its own; fails nothing."""
    if len(folders) != 1:
        return
    from qp_cli.app.opening import shown_path
    from qp_cli.cli.editor_schemas import stale_schemas

    if stale := stale_schemas(folders[0], session):
        files = ", ".join(shown_path(each).as_posix() for each in stale)
        problem = msg("{files}: editors propose the ids of before; to renew them: qp schema --update", files=files)
        session.remark(problem)


def _form(session: Session, option: str | None, destination: str | None) -> str:
    """The format asked for; GitHub's annotations by themselves where GitHub runs qp and reads its output."""
    asked = option or session.form
    if asked:
        return read_choice(asked, CHECK_FORMATS, "--format")
    return "github" if session.environ.get("GITHUB_ACTIONS") == "true" and not destination else "text"


def _past(session: Session, revision: str | None, names: list[str], named: NamedFolders) -> Past | None:
    """What `--against` asks for; None where it is not given."""
    if revision is None:
        return None
    from qp_cli.app.against import roots_of
    from qp_cli.app.checking import Past

    return Past(revision, roots_of(names, named.folders, session.environ))


def _folders_here(session: Session) -> NamedFolders:
    """The folders to check where none is named: never the one that comes with qp. What is left out is said.

    Raises:
        RepositoryError: none is found.
    """
    from qp_cli.app.checking import NamedFolders

    absent: dict[str, RepositoryError] = {}
    folders = session.folders((), fallback=False, absent=absent)
    for error in absent.values():
        session.complain(error)
    return NamedFolders(folders, list(absent), FAILED if absent else 0)


def _answer(session: Session, checked: Checked, form: str, destination: str | None) -> str:
    """The findings in a format; what a CI reads has its paths from the root of the source tree."""
    from qp_cli.app.examining import path_from

    language = session.language
    if form == "json":
        from qp_cli.render.findings.as_json import write_findings_json

        return write_findings_json(checked, language)
    text = ""
    if form in {"text", "github"}:
        from qp_cli.render.findings.text import write_checked

        text = write_checked(checked, language, screen(session.environ, destination))
        if form == "text":
            return text
    root = _root_of(session.environ)
    rooted = checked.renamed(lambda path: path_from(root, Path(path)))
    match form:
        case "github":
            from qp_cli.render.findings.github import write_annotations

            return text + write_annotations(rooted, language)
        case "gitlab":
            from qp_cli.render.findings.gitlab import write_code_quality

            return write_code_quality(rooted, language)
        case "sarif":
            from qp_cli.render.findings.rule_pages import rule_pages
            from qp_cli.render.findings.sarif import write_sarif

            return write_sarif(rooted, rule_pages(language), language)
        case _:
            from qp_cli.render.findings.junit import write_junit

            return write_junit(rooted, language)


def _root_of(environ: Mapping[str, str]) -> Path:
    """Where the source tree begins: what the CI says, else here."""
    for name in _ROOTS:
        if environ.get(name):
            return Path(environ[name])
    return Path.cwd()
