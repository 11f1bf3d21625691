"""What is said of an answer as a whole: the state of the repository it was read from, why its command fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.app.known_at import known_words
from qp_cli.render.formats import SCHEMA, escape_markdown, to_json
from qp_cli.render.layout import styled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from qp_cli.app.known_at import KnownState
    from qp_cli.render.language import Language
    from qp_cli.render.screen import Screen

KNOWN_AT = "known_at"
"""The key under which JSON names these states."""
FAILED_FOR = "failed_for"
"""The key under which JSON says, with `--fail-on`, why a command exits with 1."""
BY_STATE, BY_ABSENCE = "fail-on", "left-out"
"""The reasons: an obligation in a state that is named; something that could not be read or put together."""
_HEAD = to_json({"schema": SCHEMA}).removesuffix("\n}\n")
"""What every answer in JSON begins with."""


def with_known_states(
    answer: str | Iterable[str], form: str, states: Collection[KnownState], screen: Screen, language: Language
) -> Iterator[str]:
    """An answer, and the states that it was read from, known once its first piece is there.

    People read them below it, a line each; JSON has them as `known_at`, right after the version of its format; CSV
    holds nothing but the data.
    """
    pieces = iter((answer,) if isinstance(answer, str) else answer)
    match form:
        case "csv":
            yield from pieces
        case "json":
            yield _with_key(next(pieces, ""), states)
            yield from pieces
        case _:
            yield from pieces
            yield _below(form, states, screen, language)


def _with_key(text: str, states: Collection[KnownState]) -> str:
    """The beginning of an answer in JSON, with the key of the states."""
    held = [{"commit": each.commit, "day": each.day.isoformat()} for each in states]
    return _with(text, KNOWN_AT, held) if held else text


def _with(text: str, name: str, value: object) -> str:
    """The beginning of an answer in JSON, with one key more right after the version of its format."""
    key = to_json({name: value}).removeprefix("{").removesuffix("\n}\n")
    return text.replace(_HEAD, f"{_HEAD},{key}", 1) if text.startswith(_HEAD) else text


def with_reasons(answer: str | Iterable[str], reasons: Sequence[str]) -> Iterator[str]:
    """An answer in JSON that says under `failed_for` why the command exits with 1: none where it does not."""
    pieces = iter((answer,) if isinstance(answer, str) else answer)
    yield _with(next(pieces, ""), FAILED_FOR, list(reasons))
    yield from pieces


def _below(form: str, states: Collection[KnownState], screen: Screen, language: Language) -> str:
    """The lines that people read below an answer; nothing where there is no state to name."""
    lines = [language.text(each) for each in known_words(states)]
    if form == "md":
        return "".join(f"\n{escape_markdown(each)}\n" for each in lines)
    return screen.draw("", *(styled(each, "dim") for each in lines)) if lines else ""
