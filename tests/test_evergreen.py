"""A commit that passes today passes for ever: what `qp check` says of files does not depend on the day."""

from __future__ import annotations

import ast
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from qp_cli.checks import registry
from qp_cli.checks.rule import Pointer, Remark
from qp_cli.cli import clock
from qp_cli.findings import Severity
from qp_cli.messages import msg
from tests.fuzz.loading import ROOT, fuzz

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
SEEDS = [fuzz.read_seeds(folder) for folder in fuzz.SEEDS]
CHECKS = sorted((ROOT / "qp_cli" / "checks").rglob("*.py"))
CLOCKS = {
    "now",
    "utcnow",
    "today",
    "time",
    "time_ns",
    "monotonic",
    "localtime",
    "gmtime",
    "getmtime",
    "stat",
    "st_mtime",
}
OUTSIDE = {"time", "zoneinfo", "os", "random", "secrets", "uuid", "subprocess"}
DAYS = st.dates(date(2019, 1, 1), date(2060, 12, 31))
LATER = st.one_of(
    st.timedeltas(timedelta(days=1), timedelta(days=400)), st.timedeltas(timedelta(days=400), timedelta(days=40_000))
)


def repository(rng):
    """Files that say something else than the shipped ones, most of them well formed."""
    tree = {name: fuzz.copy(each) for name, each in rng.choice(SEEDS).trees.items()}
    fuzz.trim(rng, tree)
    for _ in range(rng.randrange(4)):
        rng.choice((fuzz.redate, fuzz.reperiod, fuzz.redue, fuzz.add_engagement, fuzz.add_fact, fuzz.add_fact))(
            rng, tree
        )
    if rng.randrange(4) == 0:
        fuzz.mutate_structure(rng, tree)
    return {name: fuzz.dump(rng, each) for name, each in tree.items()}


@pytest.fixture
def answers(qp, monkeypatch):
    """All that `qp check` says of a folder when it is run on a day: exit codes and outputs, in every format."""

    def run(folder, day):
        instant = datetime.combine(day, time(12), UTC)
        monkeypatch.setattr(clock, "now", lambda: instant)
        environ = {"QP_AS_OF": "", "QP_DEBUG": "1", "QP_NO_CACHE": "1"}
        return {form: qp("check", str(folder), "--format", form, environ=environ) for form in FORMATS}

    return run


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), DAYS, LATER)
def test_what_check_says_on_a_day_it_says_on_any_later_day(answers, rng, day, later):
    files = repository(rng)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        fuzz.write(folder, files)
        first = answers(folder, day)
        event(f"exit {first['text'].code}")
        assert answers(folder, day + later) == first


def test_the_shipped_convention_passes_on_any_day(answers):
    first = answers(ROOT, date(2021, 3, 18))
    assert {answer.code for answer in first.values()} == {0}
    for day in (date(2022, 3, 10), date(2023, 3, 19), date(2026, 11, 23), date(2099, 1, 1), date(2160, 1, 1)):
        assert answers(ROOT, day) == first


def test_repositories_that_pass_and_others_are_tried(tmp_path, qp):
    codes = []
    for number in range(60):
        fuzz.write(tmp_path, repository(fuzz.generator(1, number)))
        codes.append(qp("check", str(tmp_path)).code)
    assert set(codes) == {0, 1}
    assert 10 < codes.count(0) < 55


def test_a_rule_that_looked_at_the_day_would_be_seen(answers, monkeypatch):
    def late(_):
        """What has passed."""
        if clock.today() > date(2022, 1, 1):
            yield Remark(Pointer("convention.yaml", ("term",)), msg("The term has passed"))

    rule = registry.RULES[-1]._replace(see=late, severity=Severity.ERROR)
    monkeypatch.setattr(registry, "RULES", (*registry.RULES[:-1], rule))
    first = answers(ROOT, date(2021, 12, 31))
    assert first["text"].code == 0
    assert answers(ROOT, date(2022, 1, 2))["text"].code == 1


def test_check_runs_where_no_clock_can_be_read(qp, monkeypatch):
    def refuse():
        raise AssertionError("the clock was read")

    monkeypatch.setattr(clock, "now", refuse)
    for form in FORMATS:
        assert (
            qp("check", str(ROOT), "--no-cache", "--format", form, environ={"QP_AS_OF": "", "QP_DEBUG": "1"}).code == 0
        )


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_no_rule_imports_or_calls_a_clock(path):
    tree = ast.parse(path.read_text("utf-8"))
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imports |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert not {name.partition(".")[0] for name in imports} & OUTSIDE
    assert not [name for name in imports if name.startswith("qp_cli.cli")]
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not attributes & CLOCKS
