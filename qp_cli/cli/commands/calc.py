"""`qp calc`: a date and its working, with no repository."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.app.readings import read_choice, read_delay
from qp_cli.cli.completion import complete_regimes, complete_zones
from qp_cli.cli.options import Call, taking
from qp_cli.cli.parser import marked
from qp_cli.law.typed_days import read_day

_Origin = Annotated[
    str, typer.Argument(metavar=marked("ORIGIN"), help=marked("Day counted from: 2021-03-18 or 18/03/2021."))
]
_Length = Annotated[
    str,
    typer.Argument(metavar=marked("PERIOD"), help=marked("P6M, P1Y2M10D, “10 jours ouvrés”, “5 jours ouvrables”.")),
]
_RegimeOption = Annotated[
    str | None,
    typer.Option(
        "--regime",
        metavar=marked("REGIME"),
        help=marked("Rule of computation (default: quantieme; backwards: a-rebours)."),
        autocompletion=complete_regimes,
    ),
]
_ZoneOption = Annotated[
    str,
    typer.Option(
        "--zone",
        metavar=marked("ZONE"),
        help=marked("Whose public holidays: metropole, alsace-moselle, reunion…"),
        autocompletion=complete_zones,
    ),
]
_Backwards = Annotated[bool, typer.Option("--backwards", help=marked("Count back from the origin."))]


@taking("lang", "form", "output")
def calc(
    origin: _Origin,
    period: _Length,
    regime: _RegimeOption = None,
    zone: _ZoneOption = "metropole",
    backwards: _Backwards = False,
    *,
    call: Call,
) -> None:
    """A date computed by itself, with its working."""
    from qp_cli.law.computation import compute_deadline
    from qp_cli.law.periods import parse_delay
    from qp_cli.law.regimes import find_regime
    from qp_cli.law.zones import find_zone
    from qp_cli.render.date_working import calculation_record, write_calculation
    from qp_cli.render.layout import fold

    answer_in = read_choice(call.form or call.session.form or "table", ("table", "json"), "--format")
    rule = find_regime(regime or ("a-rebours" if backwards else "quantieme"))
    back = backwards or rule.backwards_only
    result = compute_deadline(read_day(origin), parse_delay(read_delay(period)), rule, find_zone(zone), backwards=back)
    if answer_in == "json":
        from qp_cli.render.formats import to_json

        text = to_json(calculation_record(result, call.language))
    else:
        text = fold(write_calculation(result, call.language), call.screen.width)
    call.give(text)
