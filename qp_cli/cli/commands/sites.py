"""`qp sites`: where."""

from __future__ import annotations

from qp_cli.cli.answers import form_of
from qp_cli.cli.conventions import open_one
from qp_cli.cli.options import FOR_READING, Call, taking


@taking(*FOR_READING, "form")
def sites(*, call: Call) -> None:
    """The sites: communes, districts, projects and zooms."""
    answer_in = form_of(call)
    situation = open_one(call).situation
    from qp_cli.render.people_and_places import list_sites

    call.give(list_sites(situation, answer_in, call.screen, call.language))
