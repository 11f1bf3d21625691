"""What a command imports: start-up time is a feature, and this is where it would be lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[1] / "data"
SCRIPT = """
import sys
before = set(sys.modules)  # an empty Python's, which Debian and others add to
import contextlib, io, json, os
pages = set()
def watch(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".md"):
        pages.add(str(arguments[0]))
sys.addaudithook(watch)
from qp_cli.cli.main import run
stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(io.StringIO()):
    try:
        environ = {"QP_AS_OF": "2026-11-23", "QP_CACHE_DIR": os.environ["QP_CACHE_DIR"], **json.loads(sys.argv[2])}
        code = run(json.loads(sys.argv[1]), environ)
    except SystemExit as left:
        code = left.code
    stream.flush()
out = stream.buffer.getvalue().decode()
print(json.dumps({"code": code, "out": out, "modules": sorted(set(sys.modules) - before), "pages": len(pages)}))
"""
ALWAYS = {"annotated_doc", "qp_cli", "shellingham", "typer", "typing_extensions"}
"""What Typer brings."""
WARM = ALWAYS | {"dateutil"}
"""What a pipe needs once the files have been read before: neither YAML nor Pydantic, nor Rich."""
COLD = WARM | {"annotated_types", "cython_runtime", "pydantic", "pydantic_core", "typing_inspection", "yaml"}
READING = [
    ["status"],
    ["status", "--lang", "fr"],
    ["deadlines"],
    ["overdue"],
    ["show", "feuille-de-route"],
    ["log"],
    ["diff", "2021-10-01", "2026-11-23"],
    ["parties"],
    ["sites"],
    ["timeline"],
]
HEAVY = {"asyncio", "http", "unittest", "sqlite3", "multiprocessing", "xml", "ssl", "concurrent", "email", "doctest"}
"""Of the standard library: none of them serves a command line."""


@pytest.fixture
def ran(outside, clean_environ, tmp_path):
    """What a command did in a fresh interpreter."""

    def run(*arguments, locale="C.UTF-8", heard=None, **environ):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, json.dumps(arguments), json.dumps({"LANG": locale, **(heard or {})})],
            cwd=outside,
            env=clean_environ(**{"QP_CACHE_DIR": str(tmp_path / "cache"), "QP_NO_CACHE": "", **environ}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=30,
        )
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["code"] in {0, None}
        return found

    return run


@pytest.fixture
def imported(ran):
    """The answer of a command in a fresh interpreter, and every module it brought in."""

    def run(*arguments, **heard):
        found = ran(*arguments, **heard)
        return found["out"], set(found["modules"])

    return run


def packages(modules):
    """The packages that are not of the standard library."""
    names = {name.partition(".")[0] for name in modules}
    return {name for name in names if not name.startswith("_")} - set(sys.stdlib_module_names)


def heavy(modules):
    return {name for name in ("pydantic", "yaml", "rich.table", "rich.console") if name in modules}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["init", "--help"],
        ["calc", "2021-03-18", "P6M"],
        ["calc", "2021-03-18", "P6M", "--format", "json"],
        ["calc", "2021-03-18", "10 jours ouvrés", "--zone", "alsace-moselle", "--lang", "fr"],
    ],
    ids=" ".join,
)
def test_what_needs_no_repository_imports_neither_pydantic_nor_yaml_nor_rich_tables(imported, arguments):
    out, modules = imported(*arguments)
    assert out
    assert not heavy(modules)
    assert packages(modules) <= ALWAYS | {"dateutil"}


def test_a_version_needs_no_law_and_no_data(imported):
    out, modules = imported("--version")
    assert out.startswith("qp ")
    assert not [name for name in modules if name.startswith(("qp_cli.store", "qp_cli.tracking", "qp_cli.model"))]
    assert "dateutil" not in modules


def completing(line):
    return {"_QP_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("qp st", "status"),
        ("qp deadlines --state upc", "upcoming"),
        ("qp calc x y --regime du", "duree"),
        ("qp calc x y --zone mar", "martinique"),
    ],
)
def test_completing_a_word_imports_neither_pydantic_nor_yaml_nor_rich(imported, line, expected):
    out, modules = imported(**completing(line))
    assert out.split() == [expected]
    assert not heavy(modules)
    assert "rich" not in modules


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("qp show feu", "feuille-de-route"),
        ("qp deadlines --party anr", "anru"),
        ("qp deadlines --site aix", "aix-encagnane"),
    ],
)
def test_completing_an_id_imports_neither_pydantic_nor_rich_nor_yaml_once_warm(imported, line, expected):
    out, modules = imported(**completing(line))
    assert out.split() == [expected]
    assert "pydantic" not in modules
    assert "rich" not in modules
    imported("status")
    again, warm = imported(**completing(line))
    assert again == out
    assert not heavy(warm)


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_reading_commands_import_nothing_beyond_an_explicit_list(imported, arguments):
    first, cold = imported(*arguments)
    again, warm = imported(*arguments)
    assert first == again != ""
    folding = {"rich"} if "timeline" in arguments else set()
    assert packages(cold) <= COLD | folding
    assert packages(warm) <= WARM | folding


def test_a_coloured_screen_is_drawn_with_rich_and_still_needs_neither_yaml_nor_pydantic(imported):
    imported("status")
    _, modules = imported("status", heard={"FORCE_COLOR": "1"})
    assert heavy(modules) == {"rich.table", "rich.console"}


def test_a_second_check_imports_neither_yaml_nor_pydantic_nor_any_rule(imported):
    first, cold = imported("check", "--data", str(DATA))
    again, warm = imported("check", "--data", str(DATA))
    assert first == again
    assert "yaml" in cold
    assert packages(warm) <= ALWAYS
    assert not {"qp_cli.checks.registry", "qp_cli.checks.blocking", "qp_cli.tracking.situation"} & warm


@pytest.mark.parametrize("arguments", READING[:4], ids=" ".join)
def test_a_warm_run_loads_nothing_of_the_reader_the_checks_or_the_models(imported, arguments):
    imported(*arguments)
    _, modules = imported(*arguments)
    unwanted = ("qp_cli.checks", "qp_cli.store.yaml.reader", "qp_cli.store.schema", "qp_cli.model.reading")
    assert not [name for name in modules if name.startswith(unwanted)]
    assert not {"hashlib", "platformdirs", "tempfile"} & modules


@pytest.mark.parametrize("command", ["deadlines", "timeline"])
@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_machine_formats_do_not_import_rich_nor_yaml_and_pydantic_once_warm(imported, command, form):
    out, modules = imported(command, "--format", form)
    assert "feuille-de-route" in out
    assert "rich" not in modules
    again, warm = imported(command, "--format", form)
    assert again == out
    assert not heavy(warm)


@pytest.mark.parametrize("arguments", [["--version"], ["calc", "2021-03-18", "P6M"], ["status"]], ids=" ".join)
def test_no_heavy_module_of_the_standard_library_comes_along(imported, arguments):
    _, modules = imported(*arguments)
    assert not HEAVY & modules


@pytest.mark.parametrize("form", ["csv", "json", "md", "ics"])
def test_an_export_imports_no_more_than_its_format_needs(imported, form):
    out, modules = imported("export", form)
    assert "Feuille de route" in out.replace("\r\n ", "")
    assert packages(modules) <= COLD | ({"icalendar"} if form == "ics" else set())
    assert not HEAVY & modules


def test_a_report_brings_in_its_templates_and_neither_rich_nor_an_export(imported):
    out, modules = imported("report")
    assert 'data-obligation="feuille-de-route/metropole"' in out
    assert packages(modules) <= COLD | {"jinja2", "markupsafe"}
    assert not HEAVY & modules


def test_reminders_bring_in_the_mail_and_a_connection_only_where_they_are_sent(imported):
    out, modules = imported("remind", "--within", "P5Y")
    assert "Feuille de route" in out or "nothing to write" in out
    assert packages(modules) <= COLD | {"icalendar"}
    assert not {"smtplib", "ssl", "http", "jinja2"} & modules
    assert not HEAVY - {"email"} & modules


def test_a_rule_has_its_page_read_when_it_is_asked_for_and_not_before(ran):
    for arguments in (["status"], ["check", "--data", str(DATA)], ["check", "--data", str(DATA), "--select", "QP3"]):
        found = ran(*arguments)
        assert found["pages"] == 0
    assert ran("check", "--explain", "QP304")["pages"] == 1
    rules = ran("rules", "--lang", "fr")
    assert rules["pages"] == rules["out"].count("\n  QP") > 70
