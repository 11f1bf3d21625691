"""The entry point: language first, then the command; every error one line and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from qp_cli.cli.interruption import end_at_once, raise_it, was_interrupted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qp_cli.render.language import Code, Language

_INTERRUPTED = 130
_GARBAGE = 1_000_000


def main() -> None:
    """Runs qp on the process's own arguments and environment."""
    spare_the_collector()
    code = run(sys.argv[1:], os.environ)
    end_at_once()
    _let_go_of_what_cannot_be_written()
    gc.freeze()
    sys.exit(code)


def _let_go_of_what_cannot_be_written() -> None:
    """Has it go nowhere: it was told already; Python would try once more at the end, and tell it in its own words."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream and stream.flush()
        except (OSError, ValueError):
            from qp_cli.cli.output import let_go

            with suppress(OSError, ValueError):
                let_go(stream)


def spare_the_collector() -> None:
    """Has garbage looked for rarely.

    A process this short makes little of it: looking on the way, and once more at the end, would take a fifth of the
    time.
    """
    gc.set_threshold(_GARBAGE, 50, 50)


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """The exit code of one command: 0 fine, 1 a condition asked for, 2 usage, 3 nothing could be loaded."""
    from qp_cli.render.language import Language

    language = Language(_before_asked(environ))
    try:
        try:
            language = Language(choose_language(arguments, environ))
            return _invoke(arguments, environ, language)
        except Exception as error:  # noqa: BLE001 - each is told
            return _tell(error, language, environ)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _tell(error: Exception, language: Language, environ: Mapping[str, str]) -> int:
    """Says what stopped a command; its exit code.

    Raises:
        Exception: the error itself, where QP_DEBUG asks for it and it is none of ours.
        KeyboardInterrupt: it came of an interruption.
    """
    from qp_cli.cli.output import say, say_all
    from qp_cli.errors import BrokenRepositoryError, QpError

    if was_interrupted():
        raise KeyboardInterrupt from error
    if isinstance(error, BrokenRepositoryError):
        from qp_cli.render.findings.text import write_findings

        say_all(write_findings(error.findings, language))
    if not isinstance(error, QpError):
        from qp_cli.cli.surroundings import cramped

        if environ.get("QP_DEBUG"):
            raise error
        error = cramped(error)
    say(f"qp: {language.text(error.message)}")
    return error.exit_code


def _invoke(arguments: Sequence[str], environ: Mapping[str, str], language: Language) -> int:
    """Parses and runs, Typer's own exceptions turned into ours."""
    from typer.exceptions import Abort, TyperException
    from typer.main import get_command

    from qp_cli.cli.app import app
    from qp_cli.cli.help_pages import split_all
    from qp_cli.cli.parser import reworded, speak, take_as_typed, translate
    from qp_cli.cli.session import Session

    def adapt(command: Any) -> None:
        translate(command, language)
        take_as_typed(command)
        if "_QP_COMPLETE" in os.environ:
            from qp_cli.cli.completion import quiet_help

            quiet_help(command)

    speak(language)
    command: Any = get_command(app)
    command.adapt = adapt
    adapt(command)
    words, whole = split_all(arguments)
    session = Session(language, environ, whole_help=whole)
    raise_it()
    try:
        result = command.main(words, prog_name="qp", standalone_mode=False, obj=session)
    except TyperException as error:
        raise reworded(error, words) from error
    except Abort:
        return _INTERRUPTED
    session.part()
    return result if isinstance(result, int) else 0


def choose_language(arguments: Sequence[str], environ: Mapping[str, str]) -> Code:
    """`--lang`, else QP_LANG, else the locale: French for `fr*`, English for anything else.

    Raises:
        UsageError: a language qp does not speak.
    """
    from qp_cli.errors import UsageError
    from qp_cli.messages import msg
    from qp_cli.names import shown
    from qp_cli.render.language import LANGUAGES

    given = _option(arguments)
    asked = given or environ.get("QP_LANG")
    if asked:
        if asked.casefold() not in LANGUAGES:
            option = "--lang" if given else "QP_LANG"
            raise UsageError(
                msg("{option}: “{text}” is not one of {names}", option=option, text=shown(asked), names="fr, en")
            )
        return "fr" if asked.casefold() == "fr" else "en"
    return _of_the_machine(environ)


def _before_asked(environ: Mapping[str, str]) -> Code:
    """The language that a `--lang` is refused in: QP_LANG where it is one, else the locale."""
    match environ.get("QP_LANG", "").casefold():
        case "fr" | "en" as asked:
            return asked
        case _:
            return _of_the_machine(environ)


def _of_the_machine(environ: Mapping[str, str]) -> Code:
    """French for a locale `fr*`, English for any other."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "fr" if environ[name].casefold().startswith("fr") else "en"
    return _machine_language()


def _option(arguments: Sequence[str]) -> str | None:
    """The last `--lang` of the command line, before it is parsed: help texts need it."""
    found: str | None = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            found = argument.removeprefix("--lang=")
        elif argument == "--lang" and place + 1 < len(arguments):
            found = arguments[place + 1]
    return found


def _machine_language() -> Code:
    """The language a Windows machine is set to, which no variable tells; English elsewhere."""
    import locale

    name = locale.getlocale()[0] or ""
    return "fr" if name.casefold().startswith("fr") else "en"
