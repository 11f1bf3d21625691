"""What the READMEs say that commands take, read from their own sentence: taken, with its effect, or refused in a line.

The sentence has three parts, set apart by semicolons: what every command takes; what those take that it names; what
these take but for the ones that it names again. An option that it names and that has no effect here is a KeyError.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from qp_cli.cli.parser import COMMANDS
from tests.cli.test_known_at import WITH_GIT, Clone
from tests.cli.test_options import READING_COMMANDS
from tests.conftest import ROOT, small_convention

SENTENCES = {
    code: re.search(rf"^{first}(.*?)\. `qp COMMAND", (ROOT / name).read_text("utf-8"), re.MULTILINE | re.DOTALL)[1]
    for code, name, first in (("en", "README.md", "All of them take"), ("fr", "README.fr.md", "Toutes acceptent"))
}
MADE_UP = re.compile(r"f-[0-9a-z]{10}\b")
MORE = {
    "show": ["bilan"],
    "diff": ["2026-01-01"],
    "export": ["md"],
    "calc": ["2021-03-18", "P6M"],
    "record": ["voided", "f-1", "--on", "2026-11-20", "--dry-run"],
    "init": ["neuf", "--template", "blank", "--id", "neuf", "--title", "Neuf", "--party", "A", "--party", "B"],
    "remind": ["--within", "P1Y"],
    "schema": ["convention"],
}
"""What commands need besides their options."""
WITHOUT_A_DAY = {"parties", "sites"}
"""What is the same on every day, for no avenant changes it."""
BEFORE, LATER, LATER_IN_FRENCH = "2026-09-30", "2026-10-30", "30/10/2026"
"""Two days, with the deadline between them; the later as it is also written."""
WRONG = {"--lang": "de", "--data": "nulle-part", "--as-of": "31/02/2026", "--known-at": "nulle-part"}
WRONG |= {"--output": "data/convention.yaml/x", "--format": "xml"}
"""A value of each that is none."""


def parts(code):
    """The parts of a sentence: the commands that each names, its options, and their values."""
    return [
        (
            [word for word in re.findall("`([a-z]+)`", part) if word in COMMANDS],
            dict(re.findall("`(--[a-z-]+) ([^`]+)`", part)),
        )
        for part in SENTENCES[code].split(";")
    ]


def taken(code):
    """Each command and option of a sentence."""
    (nobody, every), (reading, these), (not_these, forms) = parts(code)
    assert (nobody, sorted(not_these)) == ([], ["export", "report"])
    found = [(command, option) for option in every for command in COMMANDS]
    found += [(command, option) for option in these for command in reading]
    return found + [(command, option) for option in forms for command in reading if command not in not_these]


TAKEN = taken("en")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A repository in git, changed since its first commit, with another one beside it."""
    folder = tmp_path_factory.mktemp("options") / "dépôt"
    folder.mkdir()
    clone = Clone(folder)
    for word, day in (("Premier", "2026-01-05"), ("Second", "2026-02-05")):
        contact = {"name": "A. Martin", "email": "a.martin@example.org"}
        parties = [{"id": "ville", "name": f"La Ville ({word})", "contact": contact}]
        declared = small_convention(title=f"{word} essai", parties=parties)
        declared["engagements"].append({**declared["engagements"][0], "id": "compte", "due": {"on": "2026-10-15"}})
        clone.write("convention.yaml", declared)
        place = {"id": "halle", "name": f"La Halle ({word})", "commune": "Ville", "projects": ["tiers-lieu"]}
        clone.write("sites.yaml", {"sites": [place]})
        facts = [{"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-10-20"}]
        clone.write("journal.yaml", {"facts": facts if word == "Second" else []})
        clone.commit(f"{day}T12:00:00+0100", word)
    other = folder.parent / "autre"
    shutil.copytree(folder / "data", other)
    for path in other.iterdir():
        path.write_text(path.read_text("utf-8").replace("Second", "Autre").replace("10-20", "11-05"), "utf-8")
    return folder


@pytest.fixture
def ask(qp, home, monkeypatch):
    """Runs a command in that repository, in French where nothing asks for English; without the ids that qp makes up."""
    monkeypatch.chdir(home)

    def answer(command, *options, first=(), code=0, language="fr"):
        more = ["md"] if command == "export" else MORE.get(command, [])
        found = qp(*first, command, *more, *options, environ={"QP_LANG": language, **WITH_GIT})
        shutil.rmtree("neuf", ignore_errors=True)
        assert found.code == code, found
        return MADE_UP.sub("f-", found.out) if code == 0 else found

    return answer


def has_its_language(ask, command, _value):
    """The language that it asks for, whatever the environment says; a schema is in both where nothing asks."""
    english, french = ask(command, "--lang", "en"), ask(command, "--lang", "fr")
    assert english != french
    assert english == ask(command, "--lang", "EN", language="en")
    assert french == ask(command, "--lang", "FR", language="en")
    if command != "schema":
        assert (english, french) == (ask(command, language="en"), ask(command))


def has_its_day(ask, command, value):
    """The answer of that day, in either way to write it, but for what is the same on every day."""
    later = ask(command, "--as-of", LATER)
    assert later == ask(command, first=["--as-of", LATER])
    said = ask(command, "--as-of", LATER_IN_FRENCH)  # which the next command to type says again
    assert later.replace(LATER, LATER_IN_FRENCH) == said.replace(LATER, LATER_IN_FRENCH)
    assert (later == ask(command, "--as-of", BEFORE)) is (command in WITHOUT_A_DAY)
    ask(command, "--as-of", value)


def has_its_state(ask, command, _value):
    """What the repository said then, by a revision or a day, which a command to type repeats."""
    first, of_day = (untyped(ask(command, "--known-at", each)) for each in ("HEAD~1", "2026-01-20"))
    assert first == of_day
    assert first != untyped(ask(command))


def untyped(answer):
    """What was answered, without the option that a command to type repeats."""
    return re.sub(r" --known-at (?:'HEAD~1'|2026-01-20)$", "", str(answer), flags=re.MULTILINE)


def has_its_repository(ask, command, _value):
    """The other repository."""
    there = ask(command, "--data", "../autre")
    assert there == ask(command, first=["--data", "../autre"])
    assert there != ask(command)


def has_its_file(ask, command, _value):
    """All that would be answered, in a file; nothing on stdout."""
    shown, path = ask(command), Path("écrit.txt")
    for options in ({"first": ["--output", str(path)]}, {}):
        assert ask(command, *(() if options else ("--output", str(path))), **options) == ""
        assert path.read_bytes().decode() == shown
        path.unlink()


def has_its_form(ask, command, value):
    """Each form that the sentence names, unlike the others."""
    answers = {form: ask(command, "--format", form) for form in value.split("|")}
    assert answers.keys() == {"table", "json", "csv", "md"}
    assert len({*answers.values()}) == 4
    assert answers["table"] == ask(command)
    assert answers["json"] == ask(command, first=["--format", "json"])
    assert answers["json"].startswith('{\n  "schema": "qp/1",\n')
    assert re.match(r"\w+(,\w+)+\r?\n", answers["csv"])
    assert re.search(r"^(\| .* \||#+ .*)$", answers["md"], re.MULTILINE)


EFFECTS = {
    "--lang": has_its_language,
    "--data": has_its_repository,
    "--as-of": has_its_day,
    "--known-at": has_its_state,
    "--output": has_its_file,
    "--format": has_its_form,
}


def test_both_sentences_say_the_same():
    assert taken("fr") == TAKEN
    named = {code: [[*options] for _, options in parts(code)] for code in SENTENCES}
    assert named["fr"] == named["en"]


def test_those_that_read_conventions_are_named():
    assert sorted(parts("en")[1][0]) == sorted(READING_COMMANDS)


@pytest.mark.parametrize(("command", "option"), TAKEN)
def test_an_option_has_its_effect(ask, command, option):
    value = {name: value for _, options in parts("fr") for name, value in options.items()}[option]
    EFFECTS[option](ask, command, value)


@pytest.mark.parametrize(("command", "option"), TAKEN)
def test_a_wrong_value_is_refused_in_a_line_of_the_readers_language(ask, command, option):
    wanted = 3 if option == "--data" else 2
    said = [ask(command, option, WRONG[option], code=wanted, language=code) for code in ("en", "fr")]
    assert [found.out for found in said] == ["", ""]
    assert all(re.fullmatch("qp: .+\n", found.err) for found in said), said
    assert option == "--lang" or said[0].err != said[1].err


@pytest.mark.parametrize("option", ["--format", "--output"])
@pytest.mark.parametrize("command", COMMANDS)
def test_before_a_command_an_option_is_heeded_or_refused(home, monkeypatch, command, option, qp):
    from qp_cli.cli.parser import make_command

    monkeypatch.chdir(home)
    takes = option in {flag for each in make_command(command).params for flag in each.opts}
    answer = qp("--lang", "en", option, WRONG[option], command, *MORE.get(command, []))
    assert answer.code == 2
    assert ("does not take" in answer.err) is not takes
