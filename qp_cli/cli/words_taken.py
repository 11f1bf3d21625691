"""A name typed in part: taken by what reads where it tells one thing alone, which is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qp_cli.errors import PartlyNamedError, Sort, id_and_title
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qp_cli.cli.session import Session

_PARAMETERS = {
    Sort.PARTY: "party",
    Sort.SITE: "site",
    Sort.SHOWN: "name",
    Sort.ENGAGEMENT: "engagement",
    Sort.CONVENTION: "convention",
}
"""By which parameter things of a sort are named in the commands that read."""


def with_words_taken(run: Callable[[Mapping[str, Any]], None], given: Mapping[str, Any], session: Session) -> None:
    """Runs a command that reads; once more with the whole name, which is said, where words of it tell what is meant.

    Nothing was answered before the names were looked for.

    Raises:
        QpError: what stopped the command.
    """
    for _ in range(_named(given, session)):
        try:
            run(given)
        except PartlyNamedError as error:
            given = _renamed(given, session, error)
        else:
            return
    run(given)


def _named(given: Mapping[str, Any], session: Session) -> int:
    """How many names were typed."""
    values = [given.get(each) or () for each in _PARAMETERS.values()]
    return len(session.conventions) + sum(1 if isinstance(each, str) else len(each) for each in values)


def _renamed(given: Mapping[str, Any], session: Session, error: PartlyNamedError) -> Mapping[str, Any]:
    """What was given, with the whole name instead of the words that were typed.

    Raises:
        PartlyNamedError: they were not typed as a name of that sort.
    """

    def whole(text: str) -> str:
        return error.name if text == error.typed else text

    parameter = _PARAMETERS.get(error.sort, "")
    before = given.get(parameter)
    after = whole(before) if isinstance(before, str) else [whole(each) for each in before or ()]
    conventions = list(session.conventions)
    if error.sort is Sort.CONVENTION:
        session.conventions = list(map(whole, conventions))
    if after == (before or []) and list(session.conventions) == conventions:
        raise error
    session.goes_on_after(msg("“{text}”: {name}", text=error.typed, name=id_and_title(error.meant)))
    return {**given, parameter: after} if parameter in given else given
