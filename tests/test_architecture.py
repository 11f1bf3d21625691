"""The shape of the source: what each room may do, how long a module is, what it may be called."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from complexipy import file_complexity

PACKAGE = Path(__file__).resolve().parents[1] / "qp_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400  # a whole subject: two files that are always opened together are one
HARDEST = 15  # cognitive complexity: what a reader has to keep in mind at once
HARDER = {"store/yaml/builder.py: Builder::build"}  # the loop that every character of every file goes through
OUTSIDE = {"os", "pathlib", "io", "shutil", "tempfile", "subprocess", "socket", "yaml", "rich", "typer"}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "tools", "base_utils"}
CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
CLOCK |= {("time", "localtime"), ("time", "gmtime"), ("time", "monotonic")}


def named(path):
    return path.relative_to(PACKAGE).as_posix()


every_module = pytest.mark.parametrize("path", MODULES, ids=named)


def tree(path):
    return ast.parse(path.read_text("utf-8"))


def attributes(path):
    """Each `name.attribute` of a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr


def test_the_package_is_where_the_tests_look():
    assert len(MODULES) > 60


@every_module
def test_a_module_says_what_it_is_in_one_line(path):
    text = ast.get_docstring(tree(path)) or ""
    first, *rest = text.splitlines() or [""]
    assert len(first) > 15
    assert first[0].isupper() or first.startswith(("`", "qp"))
    assert first.endswith(".")
    assert not rest or rest[0] == "", "its first line stands alone"


@every_module
def test_a_module_is_short_enough_to_read(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@every_module
def test_no_function_is_hard_to_hold_in_mind(path):
    hard = {f"{named(path)}: {each.name}" for each in file_complexity(str(path)).functions if each.complexity > HARDEST}
    assert hard == {name for name in HARDER if name.startswith(f"{named(path)}:")}


def imported_at_run_time(node):
    """The modules that code imports when it is run, at its start or in a function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING":
            for other in child.orelse:
                yield from imported_at_run_time(ast.Module([other], []))
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
            yield child.module
        elif isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        else:
            yield from imported_at_run_time(child)


def test_no_modules_import_one_another_in_a_circle():
    names = {".".join(("qp_cli", *path.relative_to(PACKAGE).with_suffix("").parts)): path for path in MODULES}
    wanted = {name: {*imported_at_run_time(tree(path))} & names.keys() - {name} for name, path in names.items()}
    assert any(wanted.values())
    TopologicalSorter(wanted).prepare()  # raises CycleError, which names the modules of the circle


def public_names(path):
    """The public functions, classes and values that a module makes; a command's function has the command's name."""
    for node in tree(path).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
        for target in targets:
            name = getattr(target, "name", None) or getattr(target, "id", "")
            if name and not name.startswith("_") and not (path.parent.name == "commands" and name == path.stem):
                yield name


def test_a_public_name_means_one_thing_in_the_whole_package():
    made = [(name, named(path)) for path in MODULES if path.name != "__main__.py" for name in set(public_names(path))]
    count = Counter(name for name, _ in made)
    assert len(count) > 600
    assert sorted((name, where) for name, where in made if count[name] > 1) == []


@every_module
def test_no_module_shadows_the_standard_library(path):
    if path.stem not in {"__init__", "__main__"}:
        assert path.stem not in sys.stdlib_module_names
        assert path.parent.name not in sys.stdlib_module_names


@every_module
def test_no_module_has_a_name_that_says_nothing(path):
    assert not {path.stem, path.parent.name} & VAGUE


def in_cli(path):
    return path.relative_to(PACKAGE).parts[0] in {"cli", "api.py", "__main__.py"}


ROOMS_BELOW = [path for path in MODULES if not in_cli(path)]


@pytest.mark.parametrize("path", ROOMS_BELOW, ids=named)
def test_below_the_command_line_nothing_reads_the_clock(path):
    assert not set(attributes(path)) & CLOCK


@pytest.mark.parametrize("path", ROOMS_BELOW, ids=named)
def test_below_the_command_line_nothing_prints_and_nothing_reads_the_environment(path):
    calls = {node.func.id for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and hasattr(node.func, "id")}
    assert not calls & {"print", "input", "breakpoint", "exit", "exec", "eval"}
    streams = {("sys", name) for name in ("stdout", "stderr", "stdin", "argv", "exit")} | {("os", "environ")}
    assert not set(attributes(path)) & (streams | {("os", "getenv")})


def test_one_function_reads_the_clock():
    readers = [named(path) for path in MODULES if set(attributes(path)) & CLOCK]
    assert readers == ["cli/clock.py"]


@pytest.mark.parametrize("room", ["law", "model", "tracking"])
def test_the_pure_rooms_touch_no_file(room):
    for path in (PACKAGE / room).glob("*.py"):
        imports = {
            alias.name for node in ast.walk(tree(path)) if isinstance(node, ast.Import) for alias in node.names
        } | {node.module for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}
        assert not imports & OUTSIDE


def test_law_knows_neither_pydantic_nor_yaml():
    for path in (PACKAGE / "law").glob("*.py"):
        assert "pydantic" not in path.read_text("utf-8")
        assert "import yaml" not in path.read_text("utf-8")
