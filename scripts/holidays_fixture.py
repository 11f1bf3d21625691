"""Rebuild tests/law/holidays_fixture.json: what independent packages say of French public holidays.

Run it by hand: `python scripts/holidays_fixture.py`. Their pins conflict with qp's own, so they go into a
venv of their own, in a temporary folder, from PyPI.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
import venv
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

FIXTURE = Path(__file__).resolve().parent.parent / "tests" / "law" / "holidays_fixture.json"
PACKAGES = ("holidays", "workalendar", "jours-feries-france")
YEARS = range(1905, 2101)

# Zone of qp: the package's own name for it.
HOLIDAYS_ZONES = {
    "metropole": None,
    "alsace-moselle": "57",
    "guadeloupe": "971",
    "guyane": "973",
    "martinique": "972",
    "mayotte": "976",
    "reunion": "974",
    "saint-barthelemy": "BL",
    "saint-pierre-et-miquelon": "PM",
}
JOURS_FERIES_ZONES = {
    "metropole": "Métropole",
    "alsace-moselle": "Alsace-Moselle",
    "guadeloupe": "Guadeloupe",
    "guyane": "Guyane",
    "martinique": "Martinique",
    "mayotte": "Mayotte",
    "reunion": "La Réunion",
    "saint-barthelemy": "Saint-Barthélémy",
    "saint-pierre-et-miquelon": "Saint-Pierre-et-Miquelon",
}
WORKALENDAR_ZONES = {"metropole": "France", "alsace-moselle": "FranceAlsaceMoselle"}


def main() -> None:
    """Install the packages apart, ask them, and write the fixture."""
    if sys.argv[1:] == ["--probe"]:
        print(json.dumps(probe()))
        return
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        told = subprocess.run([python, __file__, "--probe"], check=True, stdout=subprocess.PIPE).stdout
    text = json.dumps(json.loads(told), indent=1, ensure_ascii=False, sort_keys=True)
    FIXTURE.write_text(text + "\n", encoding="utf-8")
    print(f"{FIXTURE}: {len(text)} characters")


def probe() -> dict[str, object]:
    """For each package: its version, and by zone the years in which each day of the year is a holiday."""
    holidays = importlib.import_module("holidays")
    workalendar = importlib.import_module("workalendar.europe.france")
    jours_feries = importlib.import_module("jours_feries_france").JoursFeries

    def from_holidays(zone: str | None) -> Callable[[int], Iterable[date]]:
        return lambda year: holidays.France(years=year, subdiv=zone, expand=False)

    def from_workalendar(zone: str) -> Callable[[int], Iterable[date]]:
        calendar = getattr(workalendar, zone)()
        return lambda year: [day for day, _ in calendar.holidays(year)]

    def from_jours_feries(zone: str) -> Callable[[int], Iterable[date]]:
        return lambda year: jours_feries.for_year(year, zone).values()

    told = {
        "holidays": {zone: spread(from_holidays(name)) for zone, name in HOLIDAYS_ZONES.items()},
        "workalendar": {zone: spread(from_workalendar(name)) for zone, name in WORKALENDAR_ZONES.items()},
        "jours-feries-france": {zone: spread(from_jours_feries(name)) for zone, name in JOURS_FERIES_ZONES.items()},
    }
    return {package: {"version": version(package), "zones": zones} for package, zones in told.items()}


def spread(days_of: Callable[[int], Iterable[date]]) -> dict[str, str]:
    """By day of the year (`05-08`), the years in which it is a holiday, as spans (`1953-1959 1982-2100`)."""
    years: dict[str, list[int]] = {}
    for year in YEARS:
        for day in set(days_of(year)):
            years.setdefault(f"{day:%m-%d}", []).append(year)
    return {day: spans(found) for day, found in years.items()}


def spans(years: list[int]) -> str:
    """Ascending years, consecutive ones as first-last."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1] = [runs[-1][0], year]
        else:
            runs.append([year])
    return " ".join("-".join(str(year) for year in run) for run in runs)


if __name__ == "__main__":
    main()
