"""The options that several commands share: each is defined once, and given to a command by its name."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from typing import get_args, get_type_hints

import pytest
import typer

from qp_cli.cli.app import READING, root
from qp_cli.cli.options import FOR_CHOOSING, FOR_READING, Call, taking
from qp_cli.cli.parser import COMMANDS, make_command

READING_COMMANDS = [*filter(None, READING), "diff"]
SHARED = {name: get_args(hint)[1] for name, hint in get_type_hints(Call, include_extras=True).items()}
"""Each shared option, as Typer reads it."""
OWN = {("export", "form"), ("report", "party"), ("log", "party"), ("log", "site")}
"""What a reading command has of its own under the name of a shared option: export's format is an argument."""


def options(command):
    return {parameter.name: parameter for parameter in make_command(command).params}


def module(command):
    return import_module(f"qp_cli.cli.commands.{command}")


def own_parameters(command):
    """The parameters that its source states."""
    [function] = [
        node
        for node in ast.parse(inspect.getsource(module(command))).body
        if isinstance(node, ast.FunctionDef) and node.name == command
    ]
    return [each.arg for each in (*function.args.args, *function.args.kwonlyargs)]


@pytest.mark.parametrize("command", READING_COMMANDS)
def test_a_reading_command_takes_all_that_reading_ones_take_from_the_one_definition(command):
    found = options(command)
    assert set(FOR_READING) <= found.keys()
    assert set(own_parameters(command)) & SHARED.keys() == {name for where, name in OWN if where == command}
    for name in SHARED.keys() & found.keys() - {name for where, name in OWN if where == command}:
        assert found[name].help == SHARED[name].help
        assert found[name].metavar == SHARED[name].metavar
        assert found[name].opts == [SHARED[name].default, *(SHARED[name].param_decls or ())]


def test_they_stand_in_one_order_in_every_help_page():
    for command in READING_COMMANDS:
        own = {name for where, name in OWN if where == command}
        names = [name for name in options(command) if name in SHARED and name not in own]
        assert names == [name for name in SHARED if name in names]


def test_what_stands_before_a_command_is_what_reading_ones_take():
    names = [name for name in inspect.signature(root).parameters if name not in {"ctx", "version"}]
    assert set(names) == {*FOR_READING, "form"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_called_as_it_says_and_has_its_sentence(command):
    function = getattr(module(command), command)
    assert function.__name__ == command
    assert function.__doc__


def test_the_values_come_together_and_the_own_ones_by_themselves():
    seen = []

    @taking("output", "lang", *FOR_CHOOSING)
    def told(own: str = "", *, call: Call, last: bool = False) -> None:
        seen.append((own, last, call.lang, call.party, call.output, call.form))

    names = [*inspect.signature(told).parameters]
    assert names == ["ctx", *FOR_CHOOSING, "own", "lang", "output", "last"]
    context = typer.Context(typer.main.get_command(typer.Typer(callback=told, invoke_without_command=True)))
    told(context, own="a", lang="fr", party=["etat"])
    told(context)
    assert seen == [("a", False, "fr", ["etat"], None, None), ("", False, None, None, None, None)]


def test_an_option_that_is_not_shared_cannot_be_taken():
    with pytest.raises(ValueError, match="colour"):

        @taking("colour")
        def told(*, call: Call) -> None: ...
