"""French as it is written: elisions, and the no-break space that stands before a semicolon and a colon."""

from __future__ import annotations

import html
import re

import pytest

from tests.conftest import ROOT, small_convention

NEIGHBOUR = ROOT / "tests" / "conventions" / "neighbour"
READ = (
    ("status",),
    ("deadlines",),
    ("overdue",),
    ("timeline",),
    ("timeline", "--format", "md"),
    ("log",),
    ("log", "--format", "md"),
    ("diff", "2022-01-01", "2023-03-17"),
    ("diff", "2022-01-01", "2023-03-17", "--format", "md"),
    ("report",),
    ("report", "--party", "etat"),
    ("export", "md"),
    ("export", "md", "--party", "etat", "--site", "halle", "--state", "overdue,conditional"),
    *(("show", name) for name in ("expertise", "reponse", "bilan-travaux", "plan-guide", "terme")),
)
VOWEL = "aeiouyàâéèêëîïôöûüœ"


def words(text):
    """What a reader sees of an answer but the sources in brackets; of a page, without its tags, style and script."""
    text = re.sub(r"\[[^\]\n]*\]", "", text)
    if not text.startswith("<!"):
        return html.unescape(text)
    text = re.sub(r"<(style|script)\b.*?</\1>", "", text, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "\n", text))


@pytest.mark.parametrize("as_of", ["2021-08-30", "2022-03-09", "2023-03-17"])
@pytest.mark.parametrize("arguments", READ, ids=" ".join)
def test_no_elision_and_no_space_before_a_mark_is_missing(qp, arguments, as_of):
    answer = qp(*arguments, "--data", str(NEIGHBOUR), "--lang", "fr", "--as-of", as_of)
    assert answer.code == 0
    said = words(answer.out)
    assert re.findall(rf"\b(?:[dD]e|[lL]e|[qQ]ue|[nN]e|[sS]e|[sS]i(?= il)) (?=[{VOWEL}]).*", said) == []
    assert re.findall(r".*[^\u00a0][;:](?:\s.*|$)", said) == []


def test_what_an_avenant_changed_is_said_in_french(qp, repository):
    dues = (
        {"at_the_latest": "P2M", "before": "2026-12-18"},
        {"at_least": "P1M", "before": "depart"},
        {"earliest_of": [{"within": "P9M", "from": "depart"}, {"on": "2026-10-30"}]},
    )
    changes = [{"change": "due", "target": "bilan", "due": due} for due in dues]
    facts = [
        {"id": f"f-{number}", "kind": "amended", "title": "Avenant", "on": f"2026-0{number}-01", "changes": [change]}
        for number, change in enumerate(changes, start=1)
    ]
    events = [{"id": "depart", "title": "Départ", "date": "2026-01-05"}]
    folder = repository(small_convention(events=events), journal=facts)
    lines = [line.strip() for line in qp("log", "--data", str(folder), "--lang", "fr").lines]
    assert "bilan\u00a0: échéance au plus tard 2 mois à rebours, point de départ\u00a0: 18 décembre 2026" in lines
    assert "bilan\u00a0: échéance au moins 1 mois à rebours, point de départ\u00a0: depart" in lines
    choices = "dans un délai de 9 mois, point de départ\u00a0: depart\u00a0; le 30 octobre 2026"
    assert f"bilan\u00a0: échéance à la première de ces dates\u00a0: {choices}" in lines


def test_a_cure_period_runs_until_the_end_of_its_last_day(qp):
    heading = qp("export", "csv", "--excel-fr", "--data", str(NEIGHBOUR), "--lang", "fr").lines[0]
    assert "Remédier au plus tard le" in heading.split(";")
