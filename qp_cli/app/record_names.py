"""Names typed in part for a fact to be recorded: which one, and the same with the whole name, once it is agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.app.record_usage import found_target
from qp_cli.app.recording import ENDINGS, FACT_KINDS
from qp_cli.choices import chosen
from qp_cli.errors import PartlyNamedError, Sort, UsageError
from qp_cli.tracking.filters import find_engagement, find_event, find_party, find_site, means_every_engagement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qp_cli.app.opening import Opened
    from qp_cli.app.typed_command import Typed
    from qp_cli.tracking.situation import Situation


def partly_named(typed: Typed, opened: Opened) -> PartlyNamedError | None:
    """The first name of which words were typed that tell what is meant; None where there is none."""
    for find, name in _names(typed, opened):
        try:
            find(opened.situation, name)
        except PartlyNamedError as error:
            return error
        except UsageError:  # which is said in its turn
            continue
    return None


def _names(typed: Typed, opened: Opened) -> Iterator[tuple[Callable[[Situation, str], object], str]]:
    """Each name that was typed, with what finds the thing that it stands for; none where the kind is none."""
    kind = chosen(typed.kind or "", FACT_KINDS)
    if kind is None:
        return
    find = find_event if kind == "occurred" else find_engagement

    def find_target(_: Situation, name: str) -> object:
        return found_target(find, name, opened)

    targets = () if kind in ENDINGS | {"voided", "proof"} else (typed.target, *typed.more)
    yield from ((find_target, name) for name in targets if name and not means_every_engagement(opened.situation, name))
    yield from ((find_party, name) for name in (typed.by, *typed.to) if name)
    yield from ((find_site, name) for name in typed.site)


def whole_names(typed: Typed, error: PartlyNamedError) -> Typed:
    """What was typed, with the whole name in the place of the words that were typed of it."""

    def whole(text: str) -> str:
        return error.name if text == error.typed else text

    match error.sort:
        case Sort.PARTY:
            return typed._replace(by=typed.by and whole(typed.by), to=tuple(map(whole, typed.to)))
        case Sort.SITE:
            return typed._replace(site=tuple(map(whole, typed.site)))
        case _:
            return typed._replace(target=typed.target and whole(typed.target), more=tuple(map(whole, typed.more)))
