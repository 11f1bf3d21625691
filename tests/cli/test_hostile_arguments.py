"""Whatever is typed, qp answers with an exit code of its own and never with a traceback."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.cli.main import run

COMMANDS = ["status", "deadlines", "overdue", "show", "parties", "sites", "calc"]
OPTIONS = [
    "--data",
    "--as-of",
    "--lang",
    "--format",
    "--output",
    "-o",
    "--party",
    "--site",
    "--state",
    "--within",
    "--fail-on",
    "--regime",
    "--zone",
    "--backwards",
    "--version",
    "--help",
    "-h",
    "--",
    "-",
    "--lang=fr",
    "--format=json",
    "--nosuch",
]
VALUES = [
    "metropole",
    "État",
    "aix-encagnane",
    "feuille-de-route",
    "terme",
    "overdue",
    "json",
    "csv",
    "md",
    "fr",
    "en",
    "2021-03-18",
    "01/10/2021",
    "9999-99-99",
    "P6M",
    "P9999Y",
    "10 jours ouvrés",
    "90d",
    "duree",
    "reunion",
    "",
    ",",
    "\x1b[31m",
    "\udcff",
    "\x00",
    "{0}",
    "%s",
    "é" * 300,
]
WORDS = st.sampled_from(COMMANDS) | st.sampled_from(OPTIONS) | st.sampled_from(VALUES) | st.text(max_size=12)
ENVIRONMENTS = st.dictionaries(
    st.sampled_from(["QP_AS_OF", "QP_LANG", "QP_DATA", "LANG", "NO_COLOR", "FORCE_COLOR", "TERM"]),
    st.sampled_from(VALUES) | st.text(st.characters(exclude_characters="\0"), max_size=8),
    max_size=3,
)


def tried(arguments, environ):
    """Exit code, stdout and stderr of a run that can write no file."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err), patch("qp_cli.store.atomic_writing.write_whole"):
        code = run(arguments, environ)
    out.flush()
    err.flush()
    return code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode()


def assert_civil(code, out, err):
    assert code in {0, 1, 2, 3}
    assert "Traceback" not in out + err
    assert "error of its own" not in err
    assert not set(err) & {"\x1b", "\x00", "\x07", "\u202e", "\r"}
    if code in {2, 3}:
        assert out == ""
        assert err.splitlines()[-1].startswith("qp: ")


@pytest.mark.usefixtures("outside")
@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=7), ENVIRONMENTS)
def test_no_list_of_arguments_gets_a_traceback(arguments, environ):
    assert_civil(*tried(arguments, environ))


@pytest.mark.usefixtures("outside")
@settings(max_examples=60, deadline=None)
@given(st.sampled_from(COMMANDS), st.sampled_from(OPTIONS[:14]), st.text(max_size=60))
def test_no_value_of_an_option_gets_a_traceback(command, option, value):
    assert_civil(*tried([command, option, value], {"LANG": "C"}))


@pytest.mark.usefixtures("outside")
@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_origin_and_no_period_get_a_traceback(origin, period):
    assert_civil(*tried(["calc", "--", origin, period], {}))
    assert_civil(*tried(["calc", "--", "2021-03-18", period], {}))


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("command", ["status", "deadlines", "overdue", "show feuille-de-route", "parties", "sites"])
@pytest.mark.parametrize(
    "where",
    [
        "qp_cli.store.repository.read_repository",
        "qp_cli.checks.blocking.blocking_findings",
        "qp_cli.tracking.ledger.open_ledger",
    ],
)
@pytest.mark.parametrize("error", [RuntimeError("boom"), MemoryError(), RecursionError("deep"), ValueError("a\nb\x1b")])
def test_an_error_injected_anywhere_is_one_line(command, where, error):
    with patch(where, side_effect=error):
        code, out, err = tried([*command.split(), "--format", "json", "--no-cache"], {})
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert "\x1b" not in err
    said = "not enough memory" if isinstance(error, MemoryError) else type(error).__name__
    assert said in err.splitlines()[-1]
