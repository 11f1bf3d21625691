"""The conventions' folders that names stand for, and what is out of reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import LeftOutError, RepositoryError
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qp_cli.messages import Message
    from qp_cli.store.portfolio import Below


def settle(
    found: list[Path], refused: Mapping[str, RepositoryError], absent: dict[str, RepositoryError] | None
) -> None:
    """Notes what is out of reach in `absent`.

    Raises:
        RepositoryError: nothing else is found, or nobody wants to know.
    """
    if refused and (absent is None or not found):
        raise next(iter(refused.values()))
    if absent is not None:
        absent |= refused


def refusals(below: Below) -> dict[str, RepositoryError]:
    """What cannot be looked into, by its name."""
    return {str(path): LeftOutError(path, why) for path, why in below.unread.items()}


def tried(name: str, refused: dict[str, RepositoryError], step: Callable[[], None]) -> list[Path]:
    """The conventions' folders that a name given with --data stands for; none where it is refused, with the reason.

    `step` hears of each folder that is looked through.
    """
    try:
        below = _named(name, step)
    except RepositoryError as error:
        refused[name] = error
        return []
    refused |= refusals(below)
    return below.folders


_MOST_NAMED = 3
"""How many folders are named where nobody named one."""


class NearbyConventions(NamedTuple):
    """Conventions below the folder where qp stands, of which none was named.

    Attributes:
        number: how many were seen.
        names: the first of their folders.
        data: what `--data` takes to mean them.
    """

    number: int
    names: str
    data: str


def nearby() -> NearbyConventions | None:
    """The conventions that lie one or two levels below the folder where qp stands; None where none is seen."""
    from shlex import quote

    from qp_cli.render.visible import visible
    from qp_cli.store.portfolio import conventions_near

    here = Path.cwd()
    found = [visible(each.relative_to(here).as_posix()) for each in conventions_near(here)]
    if not found:
        return None
    names = ", ".join([*found[:_MOST_NAMED], *(["…"] if found[_MOST_NAMED:] else [])])
    alone = len(found) == 1 and (here / found[0]).is_dir()  # else it is not called as it can be shown
    return NearbyConventions(len(found), names, quote(found[0]) if alone else ".")


def fallen_back(found: NearbyConventions | None) -> Message:
    """That the convention that comes with qp is shown; that others lie below which are not, and how to ask for them."""
    if found is None:
        return msg("No repository of qp here: showing Aix-Marseille-Provence. Yours: --data DIR")
    return msgs(
        "No repository here: showing the Aix-Marseille-Provence convention, NOT the one below ({names}): {command}",
        "No repository here: showing the Aix-Marseille-Provence convention, NOT the {count} below ({names}): {command}",
        count=found.number,
        names=found.names,
        command=f"qp status --data {found.data}",
    )


def none_named(found: NearbyConventions | None) -> RepositoryError:
    """That no convention is here and none is named; which lie below, and what would name them."""
    problem = msg("No convention.yaml here or above, and none named with --data")
    if found is None:
        return RepositoryError(msg("{problem}; a new one: qp init DIR", problem=problem))
    return RepositoryError(
        msgs(
            "{problem}; {count} is below ({names}): --data {data}",
            "{problem}; {count} are below ({names}): --data {data}",
            count=found.number,
            problem=problem,
            names=found.names,
            data=found.data,
        )
    )


def _named(name: str, step: Callable[[], None]) -> Below:
    """The conventions' folders that a name given with --data stands for.

    Raises:
        RepositoryError: there is none, or it cannot be read.
    """
    from qp_cli.store.portfolio import conventions_in

    try:
        return conventions_in(Path(name), step)
    except ValueError as error:  # a name that no system has
        raise RepositoryError(msg("There is no {file} in {folder}", file="convention.yaml", folder=name)) from error
    except OSError as error:
        from qp_cli.store.places import reason

        raise RepositoryError(msg("{file} cannot be read: {reason}", file=name, reason=reason(error))) from error
