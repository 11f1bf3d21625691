"""The conventions' folders that names stand for, and what is out of reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.errors import LeftOutError, RepositoryError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
