"""khal, a calendar program of its own, imports the calendar and shows what it holds; left out where it is absent.

`QP_KHAL` names the program where it is not on the path.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

KHAL = os.environ.get("QP_KHAL") or shutil.which("khal")
pytestmark = pytest.mark.skipif(not KHAL, reason="khal is not installed, and QP_KHAL names none")
CONFIGURATION = """\
[calendars]
[[qp]]
path = {home}/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = Europe/Paris
local_timezone = Europe/Paris
[default]
default_calendar = qp
[sqlite]
path = {home}/khal.db
"""


@pytest.fixture
def khal(tmp_path, clean_environ):
    """Runs khal on a calendar of its own, in a home of its own."""
    home = tmp_path / "home"
    (home / "calendar").mkdir(parents=True)
    configuration = home / "khal.conf"
    configuration.write_text(CONFIGURATION.format(home=home), encoding="utf-8")
    environ = clean_environ(HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home), LC_ALL="C.UTF-8")

    def run(*arguments):
        done = subprocess.run(
            [KHAL, "-c", str(configuration), *arguments],
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def listed(khal):
    """Each event khal knows: its UID, its day, what it is, its status."""
    form = "{uid}|{start-date}|{title}|{status}"
    lines = khal("list", "--day-format", "", "--format", form, "2000-01-01", "2060-01-01").splitlines()
    rows = [line.split("|") for line in lines if line.strip()]
    assert len({row[0] for row in rows}) == len(rows)
    return {name: (day, title, status.strip()) for name, day, title, status in rows}


def taken(qp, khal, folder, *arguments):
    """What khal lists once the calendar of a day was imported."""
    path = folder / "calendrier.ics"
    answer = qp("export", "ics", "--output", str(path), *arguments)
    assert answer.code == 0, answer.err
    khal("import", "--batch", str(path))
    return listed(khal)


def test_khal_lists_every_event_on_its_day(qp, khal, outside):
    found = taken(qp, khal, outside, "--as-of", "2021-05-01", "--lang", "fr")
    assert sorted((day, title) for day, title, _ in found.values()) == [
        ("2021-09-18", "Métropole AMP\u00a0: Formaliser la Feuille de route et l'annexer à la Convention"),
        ("2023-03-18", "Métropole AMP\u00a0: Désigner le Coordonnateur (échéance déduite du terme)"),
        ("2023-03-18", "Terme de la convention\u00a0: Convention d'engagement Quartiers productifs"),
        ("2023-03-18", "État\u00a0: Désigner un référent dans les services déconcentrés (échéance déduite du terme)"),
    ]


def test_a_later_import_moves_cancels_and_doubles_nothing(qp, khal, outside, repository, small):
    one = small()["engagements"][0]
    declared = small(
        events=[{"id": "accord", "title": "Accord"}],
        engagements=[
            one,
            {**one, "id": "suite", "title": "Suivre", "due": {"within": "P1M", "from": "accord"}},
        ],
    )
    happened = {"id": "f-1", "kind": "occurred", "event": "accord", "on": "2026-09-01"}
    changed = [{"change": "due", "target": "bilan", "due": {"on": "2026-12-15"}}]
    moved = {"id": "f-2", "kind": "amended", "title": "Avenant", "on": "2026-09-10", "changes": changed}
    undone = {"id": "f-3", "kind": "voided", "fact": "f-1", "on": "2026-09-20"}
    believed = str(repository(declared, journal=[happened, moved], name="avant"))
    told = str(repository(declared, journal=[happened, moved, undone], name="apres"))
    first = taken(qp, khal, outside, "--data", believed, "--as-of", "2026-09-05")
    second = taken(qp, khal, outside, "--data", believed, "--as-of", "2026-09-15")
    third = taken(qp, khal, outside, "--data", told, "--as-of", "2026-09-25")
    assert first.keys() == second.keys() == third.keys()
    titles = {title.partition(" (")[0]: name for name, (_, title, _) in first.items()}
    bilan, suite = titles["La Ville: Remettre le bilan"], titles["La Ville: Suivre"]
    assert [each[bilan][::2] for each in (first, second, third)] == [
        ("2026-10-01", "CONFIRMED"),
        ("2026-12-15", "CONFIRMED"),
        ("2026-12-15", "CONFIRMED"),
    ]
    assert [each[suite][::2] for each in (first, second, third)] == [
        ("2026-10-01", "CONFIRMED"),
        ("2026-10-01", "CONFIRMED"),
        ("2026-10-01", "CANCELLED"),
    ]


def test_a_partys_calendar_beside_everyones_doubles_nothing(qp, khal, outside):
    everyones = taken(qp, khal, outside)
    assert taken(qp, khal, outside, "--party", "etat") == everyones
