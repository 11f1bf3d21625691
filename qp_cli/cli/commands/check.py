"""`qp check`: everything that is wrong or doubtful in a repository, at its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.cli.answers import FAILED
from qp_cli.cli.completion import complete_words
from qp_cli.cli.naming import Wanted
from qp_cli.cli.options import CHECK_FORMATS, CheckForm, ConventionsOption, Data, Lang, NoCache, Output
from qp_cli.cli.output import emit, say, screen
from qp_cli.cli.readings import read_choice
from qp_cli.cli.session import Session
from qp_cli.cli.wording import marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qp_cli.cli.checking import Choice, Named
    from qp_cli.cli.examining import Examined, Folder
    from qp_cli.cli.vicinity import Vicinity
    from qp_cli.findings import Finding
    from qp_cli.render.checked import Checked
    from qp_cli.render.rule_pages import RulePage


def _complete_codes(incomplete: str) -> list[str]:
    from qp_cli.checks.registry import RULES

    return complete_words([rule.code for rule in RULES])(incomplete.upper())


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar=marked("PATH"), help=marked("Folders of repositories, or files inside them.")),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar=marked("CODES"),
        help=marked("Only these rules, and what stops a repository from being read: QP304, or QP3 for all of them."),
        autocompletion=_complete_codes,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar=marked("CODES"), help=marked("Not these rules."), autocompletion=_complete_codes),
]
Strict = Annotated[bool, typer.Option("--strict", help=marked("Exit with 1 for warnings too."))]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar=marked("CODE"),
        help=marked("What a rule wants, and why; nothing is checked."),
        autocompletion=_complete_codes,
    ),
]
Fix = Annotated[
    bool,
    typer.Option("--fix", help=marked("First remove blanks and ends of lines that nobody sees; nothing else changes.")),
]


def check(
    ctx: typer.Context,
    paths: Paths = None,
    data: Data = None,
    convention: ConventionsOption = None,
    form: CheckForm = None,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = False,
    explain: Explain = None,
    fix: Fix = False,
    output: Output = None,
    lang: Lang = None,
    no_cache: NoCache = False,
) -> None:
    """Everything that is wrong or doubtful in a repository; no finding comes from the day it is."""
    session: Session = ctx.obj
    destination = output or session.output
    if explain:
        from qp_cli.render.prose import fold
        from qp_cli.render.rule_pages import find_page, write_page

        page = write_page(find_page(explain, session.language), session.language)
        emit(fold(page, screen(session.environ, destination).width), destination)
        return
    answer_in = _form(session, form, destination)
    from qp_cli.cli.checking import choose_codes, folders_of
    from qp_cli.render.rule_pages import rule_pages

    rules = rule_pages(session.language) if select or ignore or answer_in == "sarif" else ()
    choice = choose_codes(select or (), ignore or (), rules)
    named = folders_of([*(paths or ()), *(data or session.data)], session)
    if fix and not paths:
        session.refuse_anothers(named.folders, data or ())
    wanted = Wanted(convention or session.conventions)
    checked, failed = _check(session, named, choice, wanted, strict=strict, fix=fix)
    code = max(named.code, failed, FAILED if checked.failed else 0)
    if checked.files:
        answer = _answer(session, checked, answer_in, rules, destination)
        emit(answer, destination, commands=answer_in == "github")
        if destination:
            from qp_cli.render.notices import write_summary

            say(write_summary(checked, session.language))
    if code:
        raise typer.Exit(code)


def _form(session: Session, option: str | None, destination: str | None) -> str:
    """The format asked for; GitHub's annotations by themselves where GitHub runs qp and reads its output."""
    asked = option or session.form
    if asked:
        return read_choice(asked, CHECK_FORMATS, "--format")
    return "github" if session.environ.get("GITHUB_ACTIONS") == "true" and not destination else "text"


def _check(
    session: Session, named: Named, choice: Choice, wanted: Wanted, *, strict: bool, fix: bool
) -> tuple[Checked, int]:
    """What is found in the conventions wanted, and the exit code of the folders that could not be loaded.

    Raises:
        UsageError: no convention is called as asked.
    """
    from qp_cli.cli.checking import complain, path_from
    from qp_cli.cli.examining import Folder, lines_shown
    from qp_cli.cli.vicinity import Vicinity
    from qp_cli.errors import RepositoryError
    from qp_cli.render.checked import Checked
    from qp_cli.store.portfolio import names_in

    here = Path.cwd()
    known = [Folder(folder, Path(path_from(here, folder))) for folder in named.folders]
    left_out = list(named.left_out)
    found: list[Finding] = []
    files: dict[str, None] = {}
    sources: dict[str, Mapping[int, str]] = {}
    near: dict[Path, None] = {}
    code = 0
    vicinity = Vicinity()
    for folder, examined in zip(known, _examine(session, known, vicinity, wanted, fix=fix), strict=True):
        if examined.problem:
            failed = complain(RepositoryError(examined.problem), session)
            left_out.append(folder.shown.as_posix())
            if not wanted or wanted.takes(names_in(folder.path)):
                code = failed
            continue
        findings = vicinity.meet(examined, folder.path)
        if not wanted.takes(examined.names):
            continue
        if examined.parties:
            near[examined.parties] = None
        found += filter(choice.keeps, findings)
        files.update(dict.fromkeys(examined.files))
        sources.update(examined.lines)
    wanted.confirm(unread=bool(left_out))
    if near:
        shared, documents = vicinity.findings(near), vicinity.documents(near)
        found += filter(choice.keeps, shared)
        files.update(dict.fromkeys(documents))
        spans = [finding.span for finding in shared]
        sources.update({path: lines_shown(each, spans) for path, each in documents.items()})
    with_findings = {finding.span.path for finding in found}
    sources = {path: lines for path, lines in sources.items() if path in with_findings}
    return Checked(tuple(found), tuple(files), sources, strict, tuple(left_out)), code


def _examine(
    session: Session, folders: list[Folder], vicinity: Vicinity, wanted: Wanted, *, fix: bool
) -> Iterator[Examined]:
    """What is found in each folder; put right before, one after the other, where that is asked for."""
    from qp_cli.cli.examining import examine_each, recall

    cache = session.cache(*(folder.path for folder in folders))
    if fix:
        from qp_cli.cli.fixing import put_right

        for folder in folders:
            if not wanted or any(wanted.takes(one.names) for one in examine_each([folder], vicinity, cache)):
                put_right(folder.path, folder.shown, session.language)
            yield from examine_each([folder], vicinity, cache)
        return
    from qp_cli.cli.workers import choose_jobs, examine_in_processes

    recalled = [recall(folder, vicinity, cache) if cache.folder else None for folder in folders]
    changed = [folder for folder, one in zip(folders, recalled, strict=True) if one is None]
    jobs = choose_jobs(changed or folders, session.environ)
    together = jobs > 1 and len(changed) > 1
    fresh = examine_in_processes(changed, jobs, cache) if together else examine_each(changed, vicinity, cache)
    for one in recalled:
        yield one or next(fresh)


def _answer(session: Session, checked: Checked, form: str, rules: tuple[RulePage, ...], destination: str | None) -> str:
    """The findings in a format; what a CI reads has its paths from the root of the source tree."""
    from qp_cli.cli.checking import path_from, root_of

    language = session.language
    if form == "json":
        from qp_cli.render.findings_json import write_json

        return write_json(checked, language)
    text = ""
    if form in {"text", "github"}:
        from qp_cli.render.notices import write_checked

        text = write_checked(checked, language, screen(session.environ, destination))
        if form == "text":
            return text
    root = root_of(session.environ)
    rooted = checked.renamed(lambda path: path_from(root, Path(path)))
    match form:
        case "github":
            from qp_cli.render.annotations import write_annotations

            return text + write_annotations(rooted, language)
        case "gitlab":
            from qp_cli.render.code_quality import write_code_quality

            return write_code_quality(rooted, language)
        case "sarif":
            from qp_cli.render.sarif import write_sarif

            return write_sarif(rooted, rules, language)
        case _:
            from qp_cli.render.junit import write_junit

            return write_junit(rooted, language)
