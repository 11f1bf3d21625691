"""Help pages: one screen to begin with; behind `--all` everything, in both languages."""

from __future__ import annotations

import re

import pytest

from qp_cli.cli.help_pages import EXPLAINED
from qp_cli.cli.parser import COMMANDS, make_command


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_help_page_is_one_screen_that_names_every_command(qp, language):
    asked = ("--lang", language)
    page = qp("--help", *asked)
    assert len(page.lines) <= 24
    assert max(map(len, page.lines)) <= 80
    assert page == qp("-h", *asked) == qp("help", *asked)
    assert sorted(set(re.findall(r"[a-z]+", page.out)) & set(COMMANDS)) == sorted(COMMANDS)
    whole = qp("--help", "--all", *asked)
    assert whole == qp("help", "--all", *asked)
    for option in ("--data ", "--convention ", "--known-at ", "--no-cache ", "--install-completion "):
        assert option in whole.out


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_first_help_page_of_a_command_names_every_option_that_the_whole_one_explains(qp, command, language):
    short, whole = (qp("help", command, *more, "--lang", language) for more in ((), ("--all",)))
    assert (short.code, whole.code) == (0, 0)
    assert qp(command, "--help", "--all", "--lang", language) == whole
    named = set(re.findall(r"--[a-z-]+", short.out)) - {"--all"}
    assert named == {flag for each in make_command(command).params for flag in each.opts if flag[:2] == "--"} - {
        "--all"
    } | {"--help"}
    assert len(short.lines) <= len(whole.lines)
    assert len(short.lines) <= 24, short.out
    assert max(map(len, short.lines)) <= 80


def test_what_a_first_page_explains_is_there_to_be_explained():
    for command, explained in EXPLAINED.items():
        assert explained <= {each.name for each in make_command(command).params}
